package council

import (
	"context"
	"strings"

	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
)

// precedentsRead is how many earlier acts a proposal looks at.
const precedentsRead = 200

// ProposeFormal is what a formal act of a decision begins with, so that nothing known is typed again: its object from the
// question and the initiative, or from the item; its budget line from the decision; its matter from the last act about
// the initiative, or about another of the same matter; who signs from the last act of its kind. All of it may be changed.
// Faults: NotFound council.decision.not_found for what may not be made into an act, or not read.
func (r *Room) ProposeFormal(ctx context.Context, v identity.Visitor, decision id.ID) (FormalForm, error) {
	offered, err := r.DecisionsToFormalise(ctx, v)
	if err != nil {
		return FormalForm{}, err
	}
	for _, d := range offered {
		if d.ID == decision {
			return r.propose(ctx, v, d)
		}
	}
	return FormalForm{}, fault.New(fault.NotFound, "council.decision.not_found")
}

func (r *Room) propose(ctx context.Context, v identity.Visitor, d DecisionLine) (FormalForm, error) {
	f := FormalForm{Decision: d.ID, Kind: Regulation, FormalText: FormalText{Title: d.Title, Transmit: true}}
	c, err := loadCommittee(ctx, r.reads, d.Committee)
	if err != nil {
		return f, err
	}
	if c.Kind == Council {
		f.Kind = Deliberation
	}
	if line := strings.TrimSpace(d.Answers.BudgetLine); line != "" {
		f.BudgetName, f.BudgetYear = line, string(d.DecidedOn[:4])
	}
	if q, err := r.portfolio.QuestionsOf(ctx, v, []id.ID{d.Arbitration}); err != nil {
		return f, err
	} else if asked, ok := q[d.Arbitration]; ok {
		f.Title = objectOf(asked)
	}
	return f, r.follow(ctx, v, d.Initiative, &f)
}

// objectOf names what was decided on a question: the initiative, then the option that was chosen.
func objectOf(q portfolio.AskedQuestion) string {
	what := q.Question
	if q.Chosen > 0 && q.Chosen <= len(q.Options) {
		what = q.Options[q.Chosen-1].Label
	}
	if q.About == "" || what == "" {
		return q.About + what
	}
	return q.About + " : " + what
}

// follow takes from earlier acts what is alike.
func (r *Room) follow(ctx context.Context, v identity.Visitor, initiative id.ID, f *FormalForm) error {
	before, err := precedents(ctx, r.reads, precedentsRead)
	if err != nil {
		return err
	}
	about := []id.ID{initiative}
	for _, p := range before {
		if f.Kind != Deliberation && f.Signatory == "" && p.Kind == f.Kind {
			f.Signatory = p.Signatory
		}
		about = append(about, p.initiative)
	}
	if initiative == "" {
		return nil
	}
	known, err := r.portfolio.BriefsOf(ctx, v, about)
	if err != nil {
		return err
	}
	for _, alike := range []func(precedent) bool{
		func(p precedent) bool { return p.initiative == initiative },
		func(p precedent) bool {
			return p.initiative != "" && known[p.initiative].Matter == known[initiative].Matter
		},
	} {
		for _, p := range before {
			if f.MatterCode == "" && alike(p) {
				f.MatterCode, f.MatterName = p.MatterCode, p.MatterName
			}
		}
	}
	return nil
}
