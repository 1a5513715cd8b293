package strategy

import (
	"cmp"
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// Adopt is the form of the decision that adopts a strategy.
type Adopt struct {
	Strategy id.ID
	Version  int64
	Answers  portfolio.Answers // the six answers; Instrument is the deliberation
}

// Adopt adopts a strategy by a decision. From its first day of effect the one that it replaces is
// superseded, objectives carry the words of the new tree, and those that it drops have an end.
//
// Faults: Invalid act.incomplete when one of the six answers is empty, Invalid strategy.no_objective
// for an empty tree, Conflict when it was adopted already, or another that replaces the same one.
func (r *Room) Adopt(ctx context.Context, by act.Actor, in Adopt) (Strategy, error) {
	return run(ctx, r, by, func(c *change) (Strategy, error) {
		s, nodes, err := c.openTree(in.Strategy)
		if err != nil {
			return s, err
		}
		if err := fresh(in.Version, s.Version); err != nil {
			return s, err
		}
		if len(nodes) == 0 {
			return s, fault.New(fault.Invalid, "strategy.no_objective")
		}
		for _, n := range nodes { // what a strategy decides is its own objectives
			in.Answers.Objectives = append(in.Answers.Objectives, n.Objective)
		}
		a := decided(in.Answers, c.today)
		s.Version, s.Status = s.Version+1, Adopted
		s.AdoptedOn, s.AdoptedBy, s.Instrument = a.When.Effective, by.Post, a.How.Instrument
		if err := c.supersede(&s); err != nil {
			return s, err
		}
		if err := c.putStrategy(&s); err != nil {
			return s, err
		}
		a.Object, a.Version, a.Visibility = s.Ref(), s.Version, s.Visibility
		a.Args = map[string]string{"strategy": s.Number}
		cause, err := c.record("strategy.adopt", a)
		if err != nil {
			return s, err
		}
		return s, c.reword(s, nodes, cause)
	})
}

// supersede ends the strategy that this one replaces.
func (c *change) supersede(s *Strategy) error {
	if s.Replaces == "" {
		return nil
	}
	old, err := loadStrategy(c.ctx, c.tx, s.Replaces)
	if err != nil {
		return err
	}
	if old.Status != Adopted {
		return fault.New(fault.Conflict, "strategy.replaced_already", "number", old.Number)
	}
	if s.AdoptedOn.Before(old.AdoptedOn) {
		return fault.New(fault.Invalid, "strategy.form").At("effective", "strategy.before_the_old", "number", old.Number)
	}
	old.Version, old.Status, old.SupersededOn, old.SupersededBy = old.Version+1, Superseded, s.AdoptedOn, s.ID
	return c.putStrategy(&old)
}

// reword gives the objectives of the portfolio the words of the new tree, and an end to those that the
// old one had and the new one has not.
func (c *change) reword(s Strategy, nodes []Node, cause id.ID) error {
	kept := map[id.ID]bool{}
	for _, n := range nodes {
		kept[n.Objective] = true
		since := calendar.Since(s.AdoptedOn)
		if o, known, err := c.r.portfolio.ObjectiveByCode(c.ctx, c.tx, n.Code); err != nil {
			return err
		} else if known {
			since.From = cmp.Or(min(o.From, since.From), since.From)
		}
		o := portfolio.Objective{Code: n.Code, TitleFR: n.Title.FR, TitleEN: n.Title.EN, Period: since}
		if _, err := c.r.portfolio.SetObjectiveIn(c.tx, o, cause); err != nil {
			return err
		}
	}
	before, err := nodesOf(c.ctx, c.tx, s.Replaces)
	for _, n := range before {
		if kept[n.Objective] {
			continue
		}
		o, known, err := c.r.portfolio.ObjectiveByCode(c.ctx, c.tx, n.Code)
		if err != nil || !known {
			return err
		}
		o.To = s.AdoptedOn
		if _, err := c.r.portfolio.SetObjectiveIn(c.tx, o, cause); err != nil {
			return err
		}
	}
	return err
}
