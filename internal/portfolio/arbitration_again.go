package portfolio

import (
	"context"
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// AskAnother puts a question that waits to one more post, which decides it: everybody who was asked withdrew, or the
// powers moved. Nobody is asked in somebody's place by itself: a person says to whom the question goes, as when it was asked.
// Whoever was asked already stays so.
func (r *Room) AskAnother(ctx context.Context, by act.Actor, arbitration, post id.ID, reason string) (Arbitration, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Arbitration, error) {
		bad := fault.New(fault.Invalid, "portfolio.form")
		reason = strings.TrimSpace(reason)
		required(bad, "note", reason, maxText)
		required(bad, "post", string(post), maxTitle)
		if err := bad.OrNil(); err != nil {
			return Arbitration{}, err
		}
		a, err := loadArbitration(tx.Context(), tx, arbitration)
		if err != nil {
			return a, err
		}
		c, err := r.open(tx, a.Initiative)
		if err != nil {
			return a, err
		}
		if !a.Waiting() {
			return a, fault.New(fault.Conflict, "portfolio.arbitration.state", "state", string(a.Status), "event", "ask")
		}
		g, err := c.allowArbitration("arbitration.ask", a)
		if err != nil {
			return a, err
		}
		if err := c.putToAnother(&a, post); err != nil {
			return a, err
		}
		c.tell(ArbitrationAskedV1{a.ID, c.i.ID, []id.ID{post}, a.Amount})
		_, err = c.settleArbitration(g, "arbitration.ask", &a, act.Act{Texts: []act.Text{{Name: "question", Body: a.Question}, {Name: "motive", Body: reason}}})
		return a, err
	})
}

// putToAnother adds a post to those who decide; what it was asked for short of that goes.
func (c *change) putToAnother(a *Arbitration, post id.ID) error {
	before := a.Asked
	another := AskedPost{Post: post, Capacity: Decides}
	if slices.ContainsFunc(before, func(p AskedPost) bool { return p.Post == post && p.Capacity == Decides }) {
		return invalid("post", "portfolio.arbitration.asked_already")
	}
	a.Asked = append(slices.DeleteFunc(slices.Clone(before), func(p AskedPost) bool { return p.Post == post }), another)
	return c.putAgain(a, before)
}
