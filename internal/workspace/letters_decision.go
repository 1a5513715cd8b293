package workspace

import (
	"context"
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fact"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/powers"
)

// arbitrationAsked puts a question before those who were asked, each in the capacity in which they are. The letter tells
// what one must know to say whether one has an interest in it, nothing of its file: that is opened afterwards
// (governance.md §6).
func (w *Workspace) arbitrationAsked(tx *db.Tx, _ fact.Head, f portfolio.ArbitrationAskedV1) error {
	a, ok, err := w.question(tx, f.Arbitration)
	if err != nil || !ok || !a.Waiting() {
		return err
	}
	s, ok, err := w.sheet(tx.Context(), insider, f.Initiative)
	if err != nil || !ok {
		return err
	}
	to, err := w.holders(tx, f.Posts, func(v identity.Visitor) error { return w.Portfolio.Readable(tx.Context(), v, a.Arbitration) })
	if err != nil {
		return err
	}
	sitting, err := w.sitting(tx.Context(), a.Number)
	if err != nil {
		return err
	}
	for _, r := range to {
		by, err := w.name(tx.Context(), tx, a.AskedBy, powers.Now(tx.Now()), r.Lang)
		if err != nil {
			return err
		}
		m := w.letter(r, "asked."+string(capacity(a, r.post)), s.Initiative, "question", a.Question)
		row(&m, "question", a.Question)
		row(&m, "asked_by", by)
		row(&m, "asked_on", a.AskedOn)
		row(&m, "sitting", sitting)
		leads(&m, "arbitration", w.page(lang(r.Lang), "portfolio.arbitration", a.Number))
		leads(&m, "concern", w.page(lang(r.Lang), "council.concern", a.Number))
		if err := w.write(tx, r, "asked", a.Ref(), m); err != nil {
			return err
		}
	}
	return nil
}

// sitting is the day of the meeting on whose agenda a question stands, "" for none.
func (w *Workspace) sitting(ctx context.Context, question string) (calendar.Day, error) {
	if w.Council == nil {
		return "", nil
	}
	c, err := w.Council.Concern(ctx, insider, question)
	return c.Sitting.Day, err
}

func capacity(a portfolio.ArbitrationSheet, post id.ID) portfolio.Capacity {
	for _, p := range a.Asked {
		if p.Post == post {
			return p.Capacity
		}
	}
	return portfolio.Informed
}

func (w *Workspace) question(tx *db.Tx, arbitration id.ID) (portfolio.ArbitrationSheet, bool, error) {
	a, err := w.Portfolio.Arbitration(tx.Context(), insider, string(arbitration))
	if k := fault.KindOf(err); k == fault.NotFound || k == fault.Gone {
		return a, false, nil
	}
	return a, err == nil, err
}

// decisionTaken tells those who carry, run or have a part in the initiative; not whoever decided.
func (w *Workspace) decisionTaken(tx *db.Tx, _ fact.Head, f portfolio.DecisionTakenV1) error {
	a, ok, err := w.question(tx, f.Arbitration)
	if err != nil || !ok || a.Status != portfolio.Decided {
		return err
	}
	s, ok, err := w.sheet(tx.Context(), insider, f.Initiative)
	if err != nil || !ok {
		return err
	}
	to, err := w.concerned(tx, s, f.Post)
	if err == nil {
		to, err = allowed(to, func(v identity.Visitor) error { return w.Portfolio.Readable(tx.Context(), v, a.Arbitration) })
	}
	if err != nil {
		return err
	}
	for _, r := range to {
		by, err := w.name(tx.Context(), tx, f.Post, powers.Now(tx.Now()), r.Lang)
		if err != nil {
			return err
		}
		m := w.letter(r, "decided", s.Initiative, "question", a.Question)
		row(&m, "question", a.Question)
		row(&m, "decision", a.Decision)
		row(&m, "decided_by", by)
		row(&m, "decided_on", a.DecidedOn)
		leads(&m, "arbitration", w.page(lang(r.Lang), "portfolio.arbitration", a.Number))
		if err := w.write(tx, r, "decided", a.Ref(), m); err != nil {
			return err
		}
	}
	return nil
}

// concerned lists who must hear of a decision: sponsors, owners, the heads of the units that have a part.
func (w *Workspace) concerned(tx *db.Tx, s portfolio.Sheet, but id.ID) ([]reader, error) {
	now := powers.Now(tx.Now())
	var posts []id.ID
	for _, h := range slices.Concat(s.Sponsors, s.Owners) {
		if h.Post != but {
			posts = append(posts, h.Post)
		}
	}
	seats, err := holdersOf(tx.Context(), tx, posts, now)
	if err != nil {
		return nil, err
	}
	for _, p := range s.Parts {
		if p.Unit == "" || !p.Open() {
			continue
		}
		heads, err := w.headsOf(tx.Context(), tx, p.Unit, now)
		if fault.KindOf(err) == fault.NotFound {
			continue // the unit is no more
		}
		if err != nil {
			return nil, err
		}
		seats = append(seats, heads...)
	}
	seats = slices.DeleteFunc(seats, func(x seat) bool { return x.post == but })
	return w.readers(tx.Context(), tx, seats)
}

// stageName is the key by which a stage is said.
func stageName(s portfolio.Stage) i18n.Key { return i18n.Key("workspace.stage." + string(s)) }
