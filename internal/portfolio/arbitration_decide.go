package portfolio

import (
	"context"
	"strconv"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// DecideForm is the form of a decision.
type DecideForm struct {
	Arbitration id.ID
	Version     int64
	Chosen      int    // option, 1 to 5; 0: none of them, and Decision says what instead
	Decision    string // in one sentence; "": the label of the option
	Answers     Answers
	Actions     []NewAction
	Keep        bool // keep it internal although the initiative is public: a person publishes it later

	Cause   id.ID    // the act of the committee that decides so, "" for none
	Meeting *act.Ref // the meeting at which it is decided
}

// DecideArbitration answers a question, under the profile in force, and creates what follows from it,
// in one transaction. What the form leaves empty is filled from the context; a decision is not
// adopted while one of its six answers is empty (I9). It is public with its initiative.
//
// Faults: Invalid act.incomplete naming the questions; Denied when the powers give the actor an
// opinion or a visa but not the decision; Conflict when it was decided meanwhile.
func (r *Room) DecideArbitration(ctx context.Context, by act.Actor, in DecideForm) (Arbitration, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Arbitration, error) { return r.DecideIn(tx, in) })
}

// DecideIn is DecideArbitration inside a transaction of a later room.
func (r *Room) DecideIn(tx *act.Tx, in DecideForm) (Arbitration, error) {
	in.Answers = in.Answers.clean()
	if err := in.Answers.check(); err != nil {
		return Arbitration{}, err
	}
	c, a, next, err := r.openArbitration(tx, in.Arbitration, "decide")
	if err != nil {
		return a, err
	}
	if err := fresh(in.Version, a.Version); err != nil {
		return a, err
	}
	if r.unbound != nil {
		if err := r.unbound(tx, a.ID); err != nil {
			return a, err
		}
	}
	if err := a.settleOn(tx, c, in); err != nil {
		return a, err
	}
	g, err := c.allowArbitration("arbitration.decide", a)
	if err != nil {
		return a, err
	}
	if role := g.Chain().Role; role == "opinion" || role == "visa" || role == "informed" {
		return a, fault.New(fault.Denied, "portfolio.arbitration.not_the_decider", "role", role, "verb", "portfolio.arbitration.decide")
	}
	a.Status = ArbitrationStatus(next)
	return a, c.decide(g, &a, in)
}

// settleOn writes what is decided into the question.
func (a *Arbitration) settleOn(tx *act.Tx, c *change, in DecideForm) error {
	if in.Chosen < 0 || in.Chosen > len(a.Options) {
		return invalid("chosen", "portfolio.choose")
	}
	a.Chosen, a.Decision = in.Chosen, strings.TrimSpace(in.Decision)
	if a.Decision == "" && a.Chosen > 0 {
		a.Decision = a.Options[a.Chosen-1].Label
	}
	a.Answers = in.Answers.over(a.Answers).prefill(c.i, *a, c.parts, tx.Today())
	if missing := a.Answers.Missing(tx.Actor().Post, a.Decision); len(missing) > 0 {
		err := fault.New(fault.Invalid, "act.incomplete", "verb", "portfolio.arbitration.decide")
		for _, q := range missing {
			err.At(string(q), "act.incomplete."+string(q))
		}
		return err
	}
	a.DecidedBy, a.DecidedOn, a.StatusOn, a.StatusNote, a.Until = tx.Actor().Post, tx.Today(), tx.Today(), "", ""
	if c.i.Public() && !in.Keep {
		a.Visibility = act.Public
	}
	return nil
}

// over lays the answers of a form over those given before: what the form says wins.
func (a Answers) over(before Answers) Answers {
	if len(a.Segments)+len(a.Units)+len(a.Places) == 0 {
		a.Segments, a.Units, a.Places = before.Segments, before.Units, before.Places
	}
	for _, l := range []struct{ yours, before *[]string }{{&a.Basis, &before.Basis}, {&a.Evidence, &before.Evidence}} {
		if len(*l.yours) == 0 {
			*l.yours = *l.before
		}
	}
	if len(a.Objectives) == 0 {
		a.Objectives = before.Objectives
	}
	for _, s := range []struct{ yours, before *string }{{&a.Motive, &before.Motive}, {&a.Lang, &before.Lang},
		{&a.Procedure, &before.Procedure}, {&a.Instrument, &before.Instrument}, {&a.BudgetLine, &before.BudgetLine}} {
		if *s.yours == "" {
			*s.yours = *s.before
		}
	}
	if a.Effective == "" {
		a.Effective = before.Effective
	}
	return a
}

// decide records the decision, then each thing that follows from it, as its own act.
func (c *change) decide(g act.Grant, a *Arbitration, in DecideForm) error {
	for _, kind := range []SpanKind{SpanMaturing, SpanSuspended} {
		if _, err := c.close(kind, a.ID, a.Decision); err != nil {
			return err
		}
	}
	out := act.Act{Visibility: a.Visibility, Cause: in.Cause, Args: map[string]string{"chosen": strconv.Itoa(a.Chosen), "asked_on": string(a.AskedOn),
		"cents": strconv.FormatInt(a.Amount.Cents, 10), "currency": a.Amount.Currency}}
	a.Answers.into(&out)
	ref := a.Ref()
	out.Why.Question, out.How.Meeting = &ref, in.Meeting
	out.Texts = append(out.Texts, act.Text{Name: "question", Body: a.Question}, act.Text{Name: "decision", Body: a.Decision})
	decision, err := c.settleArbitration(g, "arbitration.decide", a, out)
	if err != nil {
		return err
	}
	a.DecisionAct = decision
	for _, n := range in.Actions {
		if _, err := c.createAction(n, a.ID, decision, a.Visibility); err != nil {
			return err
		}
	}
	// Told last, so that whoever hears of the decision finds what follows from it.
	return c.tellDecision(*a)
}

// openArbitration loads a question and its initiative for an event of its table.
func (r *Room) openArbitration(tx *act.Tx, arbitration id.ID, event string) (*change, Arbitration, string, error) {
	a, err := loadArbitration(tx.Context(), tx, arbitration)
	if err != nil {
		return nil, a, "", err
	}
	c, err := r.open(tx, a.Initiative)
	if err != nil {
		return nil, a, "", err
	}
	next, err := arbitrationStates().Next(string(a.Status), event)
	return c, a, next, err
}
