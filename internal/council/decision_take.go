package council

import (
	"cmp"
	"context"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// DecideForm is what is pronounced on an item.
type DecideForm struct {
	Item       id.ID
	Version    int64
	Result     ItemStatus // adopted, rejected
	Chosen     int        // option of the question; 0: none of them
	Text       string     // what is decided, in a sentence; "": the motion that was carried, or the option
	Conditions string
	Answers    portfolio.Answers
	Actions    []portfolio.NewAction
	Keep       bool // keep it internal although the committee is public: PublishDecision makes it public later
}

// TakeDecision pronounces what the committee decides on an item, or the opinion that it gives on one that was put to
// it for that: an opinion decides nothing, is numbered apart, stays internal and makes no formal act. When the item carries a question and is
// for decision, the question is decided by the same transaction, with the same answers: its act names the
// committee's as its cause. A decision is not adopted while one of its six answers is empty (I9), nor
// without quorum, nor against the vote, nor while a visa or an « avis conforme » about the matter is awaited or refused.
func (r *Room) TakeDecision(ctx context.Context, by act.Actor, f DecideForm) (Decision, error) {
	f.Text, f.Conditions = strings.TrimSpace(f.Text), strings.TrimSpace(f.Conditions)
	f.Answers.Motive = strings.TrimSpace(f.Answers.Motive) // spaces do not say why
	return do(ctx, r, by, func(tx *act.Tx) (Decision, error) {
		c, i, err := r.openSitting(tx, f.Item)
		if err != nil {
			return Decision{}, err
		}
		if err := fresh(f.Version, i.Version); err != nil {
			return Decision{}, err
		}
		if i.Nature == ForInfo {
			return Decision{}, fault.New(fault.Conflict, "council.decision.for_info")
		}
		d := Decision{ID: tx.NewID(), Committee: c.c.ID, Meeting: c.m.ID, Item: i.ID, Initiative: i.Initiative, Arbitration: i.Arbitration,
			Result: f.Result, Text: f.Text, Conditions: f.Conditions, DecidedBy: by.Post, DecidedOn: tx.Today(), Visibility: act.Internal}
		if err := c.voted(&d, &f, i); err != nil {
			return d, err
		}
		return d, c.pronounce(&d, i, f)
	})
}

// voted checks the decision against the vote and the quorum, and takes its words from the motion.
func (c *change) voted(d *Decision, f *DecideForm, i Item) error {
	err := form()
	oneOf(err, "result", d.Result, []ItemStatus{ItemAdopted, ItemRejected})
	limited(err, "conditions", d.Conditions, maxText)
	if err := err.OrNil(); err != nil {
		return err
	}
	if err := c.noOpenBallot(); err != nil {
		return err
	}
	if err := c.unbound(i); err != nil {
		return err
	}
	base, bad := c.baseOf(i)
	if bad != nil {
		return bad
	}
	if err := cmp.Or(met(base), c.presided(i)); err != nil {
		return err
	}
	b, bad := lastBallot(c.tx.Context(), c.tx, i.ID)
	if bad != nil {
		return bad
	}
	switch {
	case b.ID == "" && c.c.Voting != Consensus && c.c.Voting != Chair:
		return fault.New(fault.Conflict, "council.decision.no_vote")
	case b.Result == Unsettled:
		return fault.New(fault.Conflict, "council.decision.unsettled")
	case b.ID != "" && string(b.Result) != string(d.Result):
		return form().At("result", "council.decision.against_vote")
	}
	return d.follow(f, b)
}

// follow gives a decision the words and the option of the vote that carried it: what was voted is what is decided. What
// was defeated may be told in other words.
func (d *Decision) follow(f *DecideForm, b Ballot) error {
	if b.ID == "" {
		return nil
	}
	d.Ballot = b.ID
	if d.Result != ItemAdopted {
		d.Text = cmp.Or(d.Text, b.Motion)
		return nil
	}
	err := form()
	if d.Text != "" && d.Text != b.Motion {
		err.At("text", "council.decision.not_the_motion", "motion", b.Motion)
	}
	if f.Chosen != 0 && f.Chosen != b.Option {
		err.At("chosen", "council.decision.not_the_option")
	}
	d.Text, f.Chosen = b.Motion, b.Option
	return err.OrNil()
}

// pronounce writes the decision and what follows from it.
func (c *change) pronounce(d *Decision, i Item, f DecideForm) error {
	decided := c.tx.NewID() // minted first: the question's own act names it as its cause
	verb, event := "decision.adopt", "adopt"
	if d.Result == ItemRejected {
		verb, event = "decision.reject", "reject"
	}
	if _, err := next(itemStates(), i.Status, event); err != nil {
		return err
	}
	if i.Nature == ForOpinion {
		verb = "decision.advise"
	}
	var err error
	if i.Arbitration != "" && i.Nature == ForDecision {
		err = c.decideQuestion(d, i, f, decided)
	} else {
		err = c.answer(d, i, f)
	}
	if err != nil {
		return err
	}
	// An opinion prepares a decision: it is known outside with the minutes (CRPA L311-2).
	if c.c.Public() && !f.Keep && i.Arbitration == "" && i.Nature == ForDecision && i.titled() {
		d.Visibility = act.Public
	}
	if err := c.settleDecision(d, i, verb, decided, f); err != nil || d.Result != ItemAdopted || !i.approves() {
		return err
	}
	return c.adoptMinutes(i, decided)
}

// decideQuestion decides the question of the portfolio that the item carries. Its answers become those of
// the committee's decision: they are typed once.
func (c *change) decideQuestion(d *Decision, i Item, f DecideForm, cause id.ID) error {
	q, err := c.r.portfolio.QuestionIn(c.tx.Context(), c.tx, i.Arbitration)
	if err != nil {
		return err
	}
	meeting := c.m.Ref()
	f.Answers.Procedure = "committee"
	text := d.Text
	if d.Result == ItemRejected {
		f.Chosen = 0
	}
	q, err = c.r.portfolio.DecideIn(c.tx, portfolio.DecideForm{Arbitration: q.ID, Version: q.Version, Chosen: f.Chosen, Decision: text,
		Answers: f.Answers, Actions: f.Actions, Keep: f.Keep, Cause: cause, Meeting: &meeting})
	if err != nil {
		return err
	}
	d.Text, d.Answers, d.Visibility = q.Decision, q.Answers, q.Visibility
	return nil
}

// answer completes the answers of a decision that carries no question. The motive is never filled in:
// nobody but whoever decides can say why.
func (c *change) answer(d *Decision, i Item, f DecideForm) error {
	a := f.Answers
	if a.Effective == "" {
		a.Effective = c.tx.Today()
	}
	a.Procedure = "committee"
	d.Answers = a
	if i.Nature == ForOpinion {
		if d.Text == "" {
			return invalid("text", "council.required")
		}
		return nil
	}
	missing := a.Missing(d.DecidedBy, d.Text)
	if len(missing) == 0 {
		return nil
	}
	err := fault.New(fault.Invalid, "act.incomplete", "verb", "council.decision.adopt")
	for _, q := range missing {
		err.At(string(q), "act.incomplete."+string(q))
	}
	return err
}

// follow creates what follows a decision that carries no question. What follows a question was created with it.
func (c *change) follow(d Decision, i Item, f DecideForm) ([]id.ID, error) {
	if i.Arbitration != "" && i.Nature == ForDecision {
		return nil, nil
	}
	return c.order(i, d.DecidedAct, d.Visibility, f.Actions)
}
