package council

import (
	"context"
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// ItemForm is what is typed of an item.
type ItemForm struct {
	Nature     Nature
	Title      string
	Summary    string
	Subject    act.Ref
	Initiative id.ID
	Rapporteur id.ID
	Minutes    int
	OpenDoors  bool
	Late       string // why it comes after the lock: the president says so
}

func (f ItemForm) clean() ItemForm {
	f.Title, f.Summary, f.Late = strings.TrimSpace(f.Title), strings.TrimSpace(f.Summary), strings.TrimSpace(f.Late)
	return f
}

func (f ItemForm) check() error {
	err := form()
	oneOf(err, "nature", f.Nature, Natures())
	required(err, "title", f.Title, 500)
	limited(err, "summary", f.Summary, maxText)
	within(err, "minutes", f.Minutes, 0, 600)
	limited(err, "late", f.Late, maxText)
	return err.OrNil()
}

// maxItems bounds an agenda.
const maxItems = 200

// unlocked refuses a change of the agenda after its lock, unless the president gives a reason.
func (c *change) unlocked(late string) error {
	switch {
	case c.m.Held() || c.m.Status == Cancelled:
		return fault.New(fault.Conflict, "council.agenda.over")
	case !c.m.Locked(c.tx.Today()):
		return nil
	case !c.presides(c.tx.Actor().Post):
		return fault.New(fault.Denied, "council.agenda.locked", "day", c.m.LockOn)
	case late == "":
		return invalid("late", "council.agenda.late_reason", "day", c.m.LockOn)
	}
	return nil
}

// AddItem puts an item on the agenda. Faults: Denied council.agenda.locked after the lock; Invalid when
// the president gives no reason.
func (r *Room) AddItem(ctx context.Context, by act.Actor, meeting id.ID, f ItemForm) (Item, error) {
	f = f.clean()
	if err := f.check(); err != nil {
		return Item{}, err
	}
	return do(ctx, r, by, func(tx *act.Tx) (Item, error) {
		c, items, err := r.openAgenda(tx, meeting, f.Late)
		if err != nil {
			return Item{}, err
		}
		if err := c.known(f); err != nil {
			return Item{}, err
		}
		i := Item{ID: tx.NewID()}
		f.into(&i)
		return i, c.add(&i, items)
	})
}

func (r *Room) openAgenda(tx *act.Tx, meeting id.ID, late string) (*change, []Item, error) {
	c, err := r.openMeeting(tx, meeting)
	if err != nil {
		return nil, nil, err
	}
	if err := c.unlocked(late); err != nil {
		return c, nil, err
	}
	items, err := loadItems(tx.Context(), tx, meeting)
	if err == nil && len(items) >= maxItems {
		err = fault.New(fault.Invalid, "council.agenda.full", "max", maxItems)
	}
	return c, items, err
}

// known checks that what the form names exists.
func (c *change) known(f ItemForm) error {
	if f.Rapporteur != "" {
		if _, err := c.r.post(c.tx, f.Rapporteur, "rapporteur"); err != nil {
			return err
		}
	}
	if f.Initiative == "" {
		return nil
	}
	_, err := c.r.portfolio.BriefOf(c.tx.Context(), c.tx, f.Initiative)
	return err
}

func (f ItemForm) into(i *Item) {
	i.Nature, i.Title, i.Summary, i.Subject, i.Initiative = f.Nature, f.Title, f.Summary, f.Subject, f.Initiative
	i.Rapporteur, i.Minutes, i.OpenDoors = f.Rapporteur, f.Minutes, f.OpenDoors
	if f.Late != "" {
		i.Late = f.Late
	}
	if i.Initiative != "" && i.Subject.Zero() {
		i.Subject = act.Ref{Type: "initiative", ID: i.Initiative}
	}
}

// add writes a new item at the end of the agenda.
func (c *change) add(i *Item, items []Item) error {
	i.Meeting, i.Status, i.StatusOn = c.m.ID, Listed, c.tx.Today()
	if i.Root == "" {
		i.Root = i.ID
	}
	for _, other := range items {
		i.Rank = max(i.Rank, other.Rank)
		if i.Arbitration != "" && other.Arbitration == i.Arbitration && other.Status == Listed {
			return fault.New(fault.Conflict, "council.item.already")
		}
	}
	i.Rank++
	if err := c.saveItem(i); err != nil {
		return err
	}
	args := aboutItem(*i)
	args["nature"] = string(i.Nature)
	return c.settle("item.add", i.Ref(), i.Version, act.Act{Args: args,
		Texts: []act.Text{{Name: "title", Body: i.Title}, {Name: "motive", Body: i.Late}}})
}

// AddQuestions puts questions of the portfolio on the agenda, as they are: nothing is typed again. Those
// already on it are left alone; it answers those it added.
func (r *Room) AddQuestions(ctx context.Context, by act.Actor, meeting id.ID, nature Nature, questions []id.ID, late string) ([]Item, error) {
	late = strings.TrimSpace(late)
	err := form()
	oneOf(err, "nature", nature, []Nature{ForDecision, ForOpinion})
	if len(questions) == 0 {
		err.At("questions", "council.item.no_question")
	}
	if err := err.OrNil(); err != nil {
		return nil, err
	}
	return do(ctx, r, by, func(tx *act.Tx) ([]Item, error) {
		c, items, err := r.openAgenda(tx, meeting, late)
		if err != nil {
			return nil, err
		}
		var added []Item
		for _, q := range questions {
			if slices.ContainsFunc(items, func(i Item) bool { return i.Arbitration == q && i.Status == Listed }) {
				continue
			}
			i, err := c.fromQuestion(q, nature, late)
			if err != nil {
				return nil, err
			}
			if err := c.add(&i, items); err != nil {
				return nil, err
			}
			items, added = append(items, i), append(added, i)
		}
		if len(added) == 0 {
			return nil, fault.New(fault.Conflict, "council.item.already")
		}
		return added, nil
	})
}

// fromQuestion is the item that carries a question. A matter that was on an agenda before keeps its root,
// so that a recusal follows it.
func (c *change) fromQuestion(question id.ID, nature Nature, late string) (Item, error) {
	a, err := c.r.portfolio.QuestionIn(c.tx.Context(), c.tx, question)
	if err != nil {
		return Item{}, err
	}
	if a.Status == portfolio.Decided || a.Status == portfolio.AskWithdrawn {
		return Item{}, fault.New(fault.Conflict, "council.item.question_over", "number", a.Number)
	}
	i := Item{ID: c.newID(), Nature: nature, Title: a.Question, Initiative: a.Initiative, Arbitration: a.ID,
		Subject: a.Ref(), Rapporteur: a.AskedBy, Minutes: 10, Late: late}
	i.Root, err = rootOf(c.tx.Context(), c.tx, a.ID)
	return i, err
}

// ReviseItem changes an item of an agenda that is not locked.
func (r *Room) ReviseItem(ctx context.Context, by act.Actor, item id.ID, version int64, f ItemForm) (Item, error) {
	f = f.clean()
	if err := f.check(); err != nil {
		return Item{}, err
	}
	return do(ctx, r, by, func(tx *act.Tx) (Item, error) {
		c, i, err := r.openListed(tx, item, version, "revise", differing{"title", f.Title, ""}, differing{"summary", f.Summary, ""})
		if err != nil {
			return i, err
		}
		if err := c.unlocked(f.Late); err != nil {
			return i, err
		}
		if err := c.known(f); err != nil {
			return i, err
		}
		f.into(&i)
		if err := c.saveItem(&i); err != nil {
			return i, err
		}
		return i, c.settle("item.revise", i.Ref(), i.Version, act.Act{Args: aboutItem(i),
			Texts: []act.Text{{Name: "title", Body: i.Title}, {Name: "motive", Body: f.Late}}})
	})
}

// openListed loads an item for an event of its table.
func (r *Room) openListed(tx *act.Tx, item id.ID, version int64, event string, texts ...differing) (*change, Item, error) {
	c, i, err := r.openItem(tx, item)
	if err != nil {
		return c, i, err
	}
	if _, err := next(itemStates(), i.Status, event); err != nil {
		return c, i, err
	}
	theirs := map[string]string{"title": i.Title, "summary": i.Summary, "debate": i.Debate}
	for n := range texts {
		texts[n].theirs = theirs[texts[n].field]
	}
	return c, i, fresh(version, i.Version, texts...)
}

// OrderItems puts the agenda in an order: the ids of all its items. The wall of drag and the keys both
// send it. It is the order of the day: it stays free until the meeting is held.
func (r *Room) OrderItems(ctx context.Context, by act.Actor, meeting id.ID, order []id.ID) error {
	_, err := do(ctx, r, by, func(tx *act.Tx) (struct{}, error) {
		c, err := r.openMeeting(tx, meeting)
		if err != nil {
			return struct{}{}, err
		}
		if c.m.Held() || c.m.Status == Cancelled {
			return struct{}{}, fault.New(fault.Conflict, "council.agenda.over")
		}
		items, err := loadItems(ctx, tx, meeting)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, c.reorder(items, order)
	})
	return err
}

func (c *change) reorder(items []Item, order []id.ID) error {
	if len(order) != len(items) {
		return fault.New(fault.Conflict, "council.agenda.changed")
	}
	moved := 0
	for _, i := range items {
		rank := slices.Index(order, i.ID) + 1
		if rank == 0 {
			return fault.New(fault.Conflict, "council.agenda.changed")
		}
		if rank == i.Rank {
			continue
		}
		i.Rank = rank
		moved++
		if err := c.saveItem(&i); err != nil {
			return err
		}
	}
	if moved == 0 {
		return fault.New(fault.Conflict, "council.agenda.same_order")
	}
	return c.settle("item.order", c.m.Ref(), c.m.Version, act.Act{})
}

// WithdrawItem takes an item off the agenda, with a reason: it stays on it, struck out.
func (r *Room) WithdrawItem(ctx context.Context, by act.Actor, item id.ID, version int64, reason string) (Item, error) {
	return r.leave(ctx, by, item, version, "withdraw", reason, nil)
}

// PostponeItem puts an item off to another meeting of the committee ("": to one that is not set yet),
// where it is taken up as it stands, with its papers, under the same root.
func (r *Room) PostponeItem(ctx context.Context, by act.Actor, item id.ID, version int64, reason string, to id.ID) (Item, error) {
	return r.leave(ctx, by, item, version, "postpone", reason, func(c *change, i *Item) error {
		if to == "" {
			return nil
		}
		if to == i.Meeting {
			return invalid("to", "council.item.same_meeting")
		}
		taken, err := c.takeUp(*i, to)
		i.MovedTo = taken.ID
		return err
	})
}

func (r *Room) leave(ctx context.Context, by act.Actor, item id.ID, version int64, event, reason string, edit func(*change, *Item) error) (Item, error) {
	reason = strings.TrimSpace(reason)
	return do(ctx, r, by, func(tx *act.Tx) (Item, error) {
		c, i, err := r.openListed(tx, item, version, event)
		if err != nil {
			return i, err
		}
		if reason == "" {
			return i, invalid("reason", "council.required")
		}
		if c.m.Held() || c.m.Status == Cancelled {
			return i, fault.New(fault.Conflict, "council.agenda.over")
		}
		if err := c.noOpenBallot(); err != nil {
			return i, err
		}
		if edit != nil {
			if err := edit(c, &i); err != nil {
				return i, err
			}
		}
		i.Status, i.StatusOn, i.StatusNote = ItemPostponed, tx.Today(), reason
		if event == "withdraw" {
			i.Status = ItemWithdrawn
		}
		if err := c.saveItem(&i); err != nil {
			return i, err
		}
		return i, c.settle("item."+event, i.Ref(), i.Version, act.Act{Args: aboutItem(i), Texts: []act.Text{{Name: "motive", Body: reason}}})
	})
}

// takeUp makes the item of another meeting that continues this one.
func (c *change) takeUp(i Item, to id.ID) (Item, error) {
	other, err := c.r.openMeeting(c.tx, to)
	if err != nil {
		return Item{}, err
	}
	if other.c.ID != c.c.ID {
		return Item{}, invalid("to", "council.item.other_committee")
	}
	if err := other.unlocked(i.StatusNote); err != nil {
		return Item{}, err
	}
	items, err := loadItems(c.tx.Context(), c.tx, to)
	if err != nil {
		return Item{}, err
	}
	n := Item{ID: c.newID(), Root: i.Root, Nature: i.Nature, Title: i.Title, Summary: i.Summary, Subject: i.Subject, Initiative: i.Initiative,
		Arbitration: i.Arbitration, Rapporteur: i.Rapporteur, Minutes: i.Minutes, MovedFrom: i.ID, OpenDoors: i.OpenDoors}
	return n, other.add(&n, items)
}

// TakeUpItem takes up, in a meeting that is being prepared, an item that an earlier one put off to a day
// that was not set.
func (r *Room) TakeUpItem(ctx context.Context, by act.Actor, item, meeting id.ID) (Item, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Item, error) {
		c, i, err := r.openItem(tx, item)
		if err != nil {
			return i, err
		}
		if i.Status != ItemPostponed || i.MovedTo != "" {
			return i, fault.New(fault.Conflict, "council.item.taken_up")
		}
		n, err := c.takeUp(i, meeting)
		if err != nil {
			return n, err
		}
		i.MovedTo = n.ID
		if err := c.saveItem(&i); err != nil {
			return n, err
		}
		return n, c.settle("item.postpone", i.Ref(), i.Version, act.Act{Args: aboutItem(i), Texts: []act.Text{{Name: "motive", Body: i.StatusNote}}})
	})
}
