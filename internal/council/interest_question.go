package council

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// One withdraws from preparatory work too (décret 2014-90, art. 2 and 5; loi 2013-907, art. 2): from a question that is
// put to one's post before any committee has it on an agenda. Where it stands on one, the declaration is that of the
// item; alone, it waits for the item, which it follows by the question that both name.

// openQuestion loads a question for a declaration: as the item by which it is on an agenda, or alone.
func (r *Room) openQuestion(tx *act.Tx, question id.ID) (*change, Item, error) {
	a, err := r.portfolio.QuestionIn(tx.Context(), tx, question)
	if err != nil {
		return nil, Item{}, err
	}
	on, err := openItemAsking(tx.Context(), tx, a.ID)
	if err != nil {
		return nil, on, err
	}
	if on.ID != "" {
		return r.openMatter(tx, InterestForm{Item: on.ID})
	}
	if a.Status == portfolio.Decided || a.Status == portfolio.AskWithdrawn {
		return nil, Item{}, fault.New(fault.Conflict, "council.item.question_over", "number", a.Number)
	}
	root, err := rootOf(tx.Context(), tx, a.ID)
	return &change{r: r, tx: tx, alone: &a}, Item{Root: root, Arbitration: a.ID, Initiative: a.Initiative}, err
}

// openItemAsking is the item by which a question stands on an agenda that is not over, the nearest; zero without one.
func openItemAsking(ctx context.Context, q db.Querier, question id.ID) (Item, error) {
	items, err := itemsAsking(ctx, q, question)
	for _, i := range items {
		m, err := loadMeeting(ctx, q, i.Meeting)
		if err != nil || !m.Held() {
			return i, err
		}
	}
	return Item{}, err
}

// mayEndAlone refuses all but the end of a recusal from a question that no committee has: it is said by the post
// above whoever withdrew, who must know of it (décret 2014-90, art. 3; CGFP, art. L122-2) and is not away too.
func (c *change) mayEndAlone(i Interest, event string) error {
	if event != "clear" {
		return fault.New(fault.Denied, "council.interest.oneself")
	}
	up, err := c.r.above(c.tx.Context(), c.tx, i.Post, Item{Root: i.Root, Arbitration: i.Arbitration}, c.tx.Today())
	if err == nil && (up == "" || up != c.tx.Actor().Post) {
		err = fault.New(fault.Denied, "council.interest.above")
	}
	return err
}

// recordAlone explains a declaration in which no committee has a part: of their own interests everybody answers, and
// nobody is kept from withdrawing; the actor, who was found to be above, owns the end of a recusal.
func (c *change) recordAlone(verb string, i Interest, a act.Act) error {
	role := "asked"
	if verb == "interest.clear" {
		role = "owner"
	}
	ask := act.Ask{Verb: "council." + verb, Object: i.Ref(), Roles: map[string][]id.ID{role: {c.tx.Actor().Post}}}
	g, err := c.tx.Allow(ask)
	if err != nil {
		return err
	}
	a.Verb, a.Object, a.Version, a.Subject = ask.Verb, i.Ref(), i.Version, c.alone.Ref()
	a.Rows, c.rows = c.rows, nil
	c.tx.Record(g, a)
	return nil
}
