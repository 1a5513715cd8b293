package council

import (
	"context"
	"slices"

	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// DecisionLine is a decision with what it is about.
type DecisionLine struct {
	Decision
	Title       string // of the item
	CommitteeFR string
	CommitteeEN string
	Sitting     string // number of the meeting
	root        id.ID
}

// CommitteeName is the committee that decided, in a language.
func (d DecisionLine) CommitteeName(lang string) string {
	return inLang(lang, d.CommitteeFR, d.CommitteeEN)
}

const decisionLines = `SELECT i.root, i.title, c.name_fr, c.name_en, m.number, `

const fromDecisions = ` FROM council_decision d JOIN council_item i ON i.id = d.item JOIN council_committee c ON c.id = d.committee
	JOIN council_meeting m ON m.id = d.meeting `

func scanDecisionLine(r db.Row) (l DecisionLine, err error) {
	l.Decision, err = scanDecision(db.Leading{Row: r, First: []any{&l.root, &l.Title, &l.CommitteeFR, &l.CommitteeEN, &l.Sitting}})
	return l, err
}

// PublicDecisions lists the decisions that everyone may read, the last first.
func (r *Room) PublicDecisions(ctx context.Context) ([]DecisionLine, error) {
	return db.All(ctx, r.reads, scanDecisionLine, decisionLines+decisionColumns.List("d")+fromDecisions+
		`WHERE d.visibility = 'public' ORDER BY d.decided_on DESC, d.id DESC`)
}

// DecisionsToFormalise lists the adopted decisions, opinions left out, of which no formal act was made, for those inside; what
// they are recused from is left out.
func (r *Room) DecisionsToFormalise(ctx context.Context, v identity.Visitor) ([]DecisionLine, error) {
	if !v.Inside() {
		return nil, nil
	}
	all, err := db.All(ctx, r.reads, scanDecisionLine, decisionLines+decisionColumns.List("d")+fromDecisions+
		`WHERE d.result = 'adopted' AND i.nature = 'decision' AND NOT EXISTS (SELECT 1 FROM council_formal f WHERE f.decision = d.id AND f.status <> 'withdrawn')
		ORDER BY d.decided_on DESC, d.id DESC`)
	if err != nil {
		return nil, err
	}
	kept, err := r.Withheld(ctx, v)
	return slices.DeleteFunc(all, kept.decision), err
}

// decision tells whether a decision is about a matter that is kept from somebody.
func (w Withheld) decision(d DecisionLine) bool {
	return w.roots[d.root] || w.Arbitration(d.Arbitration)
}
