package portfolio

import (
	"context"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/money"
)

// edit opens an initiative, asks for the grant of a verb about it, lets fn write, and records.
func (r *Room) edit(ctx context.Context, by act.Actor, initiative id.ID, verb string, fn func(*change) (act.Act, error)) error {
	_, err := do(ctx, r, by, func(tx *act.Tx) (id.ID, error) {
		c, err := r.open(tx, initiative)
		if err != nil {
			return "", err
		}
		g, err := c.allow(verb, c.i.Ref())
		if err != nil {
			return "", err
		}
		a, err := fn(c)
		if err != nil {
			return "", err
		}
		if a.Args == nil {
			a.Args = map[string]string{}
		}
		a.Args["initiative"] = c.i.Number
		return c.record(g, verb, a)
	})
	return err
}

// SetMilestone is the form of a step; an empty ID makes a new one, after the others.
type SetMilestone struct {
	Initiative id.ID
	ID         id.ID
	Version    int64
	Label      string
	Planned    calendar.Fuzzy
	Actual     calendar.Fuzzy
	Dropped    string
}

// SetMilestone plans a step, moves it, notes that it was reached, or drops it with a reason.
func (r *Room) SetMilestone(ctx context.Context, by act.Actor, in SetMilestone) error {
	in.Label, in.Dropped = strings.TrimSpace(in.Label), strings.TrimSpace(in.Dropped)
	if err := in.check(); err != nil {
		return err
	}
	return r.edit(ctx, by, in.Initiative, "milestone.set", func(c *change) (act.Act, error) {
		m, err := c.milestone(in)
		if err != nil {
			return act.Act{}, err
		}
		m.Label, m.Planned, m.Actual, m.Dropped = in.Label, in.Planned, in.Actual, in.Dropped
		m.Version++
		return act.Act{Visibility: c.shown(), Args: map[string]string{"planned": string(m.Planned), "actual": string(m.Actual)},
			Texts: []act.Text{{Name: "label", Body: m.Label}, {Name: "motive", Body: m.Dropped}}}, c.wrote(m.row(), putMilestone(c.tx, m))
	})
}

func (in SetMilestone) check() error {
	err := fault.New(fault.Invalid, "portfolio.form")
	required(err, "label", in.Label, maxTitle)
	limited(err, "dropped", in.Dropped, maxText)
	for field, f := range map[string]calendar.Fuzzy{"planned": in.Planned, "actual": in.Actual} {
		if _, bad := calendar.ParseFuzzy(string(f)); bad != nil {
			err.At(field, "portfolio.bad_fuzzy")
		}
	}
	return err.OrNil()
}

// milestone is the step that is edited, or a new one.
func (c *change) milestone(in SetMilestone) (Milestone, error) {
	all, err := loadMilestones(c.tx.Context(), c.tx, c.i.ID)
	if err != nil {
		return Milestone{}, err
	}
	if in.ID == "" {
		return Milestone{ID: c.tx.NewID(), Initiative: c.i.ID, Rank: len(all) + 1}, nil
	}
	for _, m := range all {
		if m.ID == in.ID {
			return m, fresh(in.Version, m.Version, Differing{"label", in.Label, m.Label},
				Differing{"planned", string(in.Planned), string(m.Planned)}, Differing{"actual", string(in.Actual), string(m.Actual)})
		}
	}
	return Milestone{}, fault.New(fault.NotFound, "portfolio.milestone.not_found")
}

// ImportBudget replaces the figures that a source gave for an initiative by those it gives now.
// Figures are imported, never typed twice.
func (r *Room) ImportBudget(ctx context.Context, by act.Actor, initiative id.ID, source string, figures []Figure) error {
	if err := checkFigures(source, figures); err != nil {
		return err
	}
	return r.edit(ctx, by, initiative, "budget.import", func(c *change) (act.Act, error) {
		return act.Act{Visibility: c.shown(), Args: map[string]string{"source": source}}, c.replaceBudget(source, figures)
	})
}

func checkFigures(source string, figures []Figure) error {
	err := fault.New(fault.Invalid, "portfolio.form")
	required(err, "source", source, maxTitle)
	for _, f := range figures {
		if f.Credit != AE && f.Credit != CP {
			err.At("credit", "portfolio.choose")
		}
		if f.Nature != Planned && f.Nature != Voted && f.Nature != Committed && f.Nature != Paid {
			err.At("nature", "portfolio.choose")
		}
		if f.Year != 0 && (f.Year < 1900 || f.Year > 2200) {
			err.At("year", "portfolio.bad_year")
		}
	}
	return err.OrNil()
}

func (c *change) replaceBudget(source string, figures []Figure) error {
	stored, err := loadBudget(c.tx.Context(), c.tx, c.i.ID)
	if err != nil {
		return err
	}
	for _, old := range stored {
		if old.Source == source {
			if err := c.wrote(old.row(), dropFigure(c.tx, old.ID)); err != nil {
				return err
			}
		}
	}
	for _, f := range figures {
		f.ID, f.Version, f.Initiative, f.Source, f.StatedOn = c.tx.NewID(), 1, c.i.ID, source, c.tx.Today()
		if f.Amount.Currency == "" {
			f.Amount.Currency = money.EUR
		}
		if err := c.wrote(f.row(), putFigure(c.tx, f)); err != nil {
			return err
		}
	}
	return nil
}

// WriteNote adds an internal remark.
func (r *Room) WriteNote(ctx context.Context, by act.Actor, initiative id.ID, body string) error {
	body = strings.TrimSpace(body)
	bad := fault.New(fault.Invalid, "portfolio.form")
	if required(bad, "body", body, maxText); bad.OrNil() != nil {
		return bad
	}
	return r.edit(ctx, by, initiative, "note.write", func(c *change) (act.Act, error) {
		n := Note{ID: c.tx.NewID(), Version: 1, Initiative: c.i.ID, Body: body, Post: by.Post, At: c.tx.Now()}
		return act.Act{Object: act.Ref{Type: "note", ID: n.ID}, Version: 1, Visibility: act.Internal}, c.wrote(n.row(), putNote(c.tx, n))
	})
}

// SetObjective creates an objective of the strategy, or changes the one of that code.
func (r *Room) SetObjective(ctx context.Context, by act.Actor, o Objective) (Objective, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Objective, error) { return r.SetObjectiveIn(tx, o, "") })
}

// SetObjectiveIn is SetObjective inside a transaction of a later room, whose act cause led to it.
func (r *Room) SetObjectiveIn(tx *act.Tx, o Objective, cause id.ID) (Objective, error) {
	bad := fault.New(fault.Invalid, "portfolio.form")
	required(bad, "code", strings.TrimSpace(o.Code), 40)
	required(bad, "title_fr", strings.TrimSpace(o.TitleFR), maxTitle)
	if err := bad.OrNil(); err != nil {
		return o, err
	}
	stored, known, err := objectiveByCode(tx.Context(), tx, o.Code)
	if err != nil {
		return o, err
	}
	o.ID, o.Version = tx.NewID(), 1
	if known {
		o.ID, o.Version = stored.ID, stored.Version+1
	}
	if o.From == "" {
		o.From, o.To = tx.Today(), calendar.Forever
	}
	ref := act.Ref{Type: "objective", ID: o.ID}
	g, err := tx.Allow(act.Ask{Verb: "portfolio.objective.set", Object: ref})
	if err != nil {
		return o, err
	}
	if err := putObjective(tx, o); err != nil {
		return o, err
	}
	tx.Record(g, act.Act{Verb: "portfolio.objective.set", Object: ref, Version: o.Version, Rows: []act.Row{o.row()},
		Args: map[string]string{"code": o.Code}, Cause: cause})
	return o, nil
}

// ObjectiveByCode finds the objective of a code as a transaction sees it.
func (r *Room) ObjectiveByCode(ctx context.Context, q db.Querier, code string) (Objective, bool, error) {
	return objectiveByCode(ctx, q, code)
}
