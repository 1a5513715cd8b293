package strategy

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// SetDilemma names an axis, or rewords the one of that code. Its poles keep their sides: positions
// taken so far would otherwise say the contrary of what was decided.
func (r *Room) SetDilemma(ctx context.Context, by act.Actor, d Dilemma) (Dilemma, error) {
	return run(ctx, r, by, func(c *change) (Dilemma, error) { return c.setDilemma(d) })
}

// SetUsualDilemmas names the four usual axes that are not there yet.
func (r *Room) SetUsualDilemmas(ctx context.Context, by act.Actor) error {
	_, err := run(ctx, r, by, func(c *change) (int, error) {
		known, err := dilemmas(c.ctx, c.tx)
		if err != nil {
			return 0, err
		}
		have := map[string]bool{}
		for _, d := range known {
			have[d.Code] = true
		}
		n := 0
		for _, d := range Usual() {
			if have[d.Code] {
				continue
			}
			if _, err := c.setDilemma(d); err != nil {
				return n, err
			}
			n++
		}
		if n == 0 {
			return 0, fault.New(fault.Conflict, "strategy.dilemma.there_already")
		}
		return n, nil
	})
	return err
}

func (c *change) setDilemma(d Dilemma) (Dilemma, error) {
	trim(&d.Code)
	f := newForm()
	f.required("code", d.Code, maxCode)
	for field, w := range map[string]*Words{"name": &d.Name, "question": &d.Question, "left": &d.Left, "right": &d.Right} {
		w.trim()
		f.required(field, w.FR, maxTitle)
		f.limited(field+"_en", w.EN, maxTitle)
	}
	if err := f.OrNil(); err != nil {
		return d, err
	}
	known, err := dilemmas(c.ctx, c.tx)
	if err != nil {
		return d, err
	}
	d.ID, d.Version = c.tx.NewID(), 0
	if d.Rank == 0 {
		d.Rank = len(known) + 1
	}
	for _, k := range known {
		if k.Code == d.Code {
			d.ID, d.Version, d.Rank = k.ID, k.Version, k.Rank
		}
	}
	d.Version++
	if err := c.putDilemma(&d); err != nil {
		return d, err
	}
	_, err = c.record("dilemma.name", act.Act{Object: d.Ref(), Version: d.Version, Visibility: act.Public, Args: map[string]string{"code": d.Code}})
	return d, err
}

// Take is the form of the decision that takes a position.
type Take struct {
	Dilemma  id.ID
	Lean     Lean
	Strategy id.ID // in the frame of which it is taken, "" for none
	Answers  portfolio.Answers
	Keep     bool // internal for now
}

// TakePosition answers a dilemma by a decision, dated and with its six answers. It stands from its
// first day of effect until another is taken; the history is kept.
func (r *Room) TakePosition(ctx context.Context, by act.Actor, in Take) (Position, error) {
	return run(ctx, r, by, func(c *change) (Position, error) {
		f := newForm()
		oneOf(f, "lean", leanText(in.Lean), []string{"-2", "-1", "0", "1", "2"})
		if err := f.OrNil(); err != nil {
			return Position{}, err
		}
		d, err := loadDilemma(c.ctx, c.tx, in.Dilemma)
		if err != nil {
			return Position{}, err
		}
		a := decided(in.Answers, c.today)
		a.ID, a.Visibility = c.tx.NewID(), act.Public
		if in.Keep {
			a.Visibility = act.Internal
		}
		p := Position{ID: c.tx.NewID(), Version: 1, Dilemma: d.ID, Lean: in.Lean, Motive: in.Answers.Motive, Lang: in.Answers.Lang, Instrument: a.How.Instrument,
			Strategy: in.Strategy, Post: by.Post, TakenOn: a.When.Effective, Act: a.ID, Visibility: a.Visibility}
		if err := c.putPosition(&p); err != nil {
			return p, err
		}
		a.Object, a.Subject, a.Version = act.Ref{Type: "position", ID: p.ID}, d.Ref(), 1
		a.Args = map[string]string{"dilemma": d.Code, "lean": leanText(p.Lean)}
		_, err = c.record("position.take", a)
		return p, err
	})
}

func leanText(l Lean) string {
	return map[Lean]string{-2: "-2", -1: "-1", 0: "0", 1: "1", 2: "2"}[l]
}
