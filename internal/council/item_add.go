package council

import (
	"context"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
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
func (c *change) unlocked(nature Nature, late string) error {
	switch {
	case c.m.Held() || c.m.Status == Cancelled:
		return fault.New(fault.Conflict, "council.agenda.over")
	case c.m.Again != "":
		return fault.New(fault.Conflict, "council.agenda.again")
	case nature != ForInfo && c.calledFor():
		return fault.New(fault.Conflict, "council.agenda.called", "day", c.m.ConveneBy)
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
		c, items, err := r.openAgenda(tx, meeting, f.Nature, f.Late)
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

func (r *Room) openAgenda(tx *act.Tx, meeting id.ID, nature Nature, late string) (*change, []Item, error) {
	c, err := r.openMeeting(tx, meeting)
	if err != nil {
		return nil, nil, err
	}
	if err := c.unlocked(nature, late); err != nil {
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
	if !i.approves() && !i.urgency() { // these stay what the law made them, whatever their title becomes
		i.Subject = f.Subject
	}
	i.Nature, i.Title, i.Summary, i.Initiative = f.Nature, f.Title, f.Summary, f.Initiative
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
	if err := c.sentAgain(*i); err != nil {
		return err
	}
	if err := c.saveItem(i); err != nil {
		return err
	}
	if err := c.tellAgenda(); err != nil {
		return err
	}
	args := aboutItem(*i)
	args["nature"] = string(i.Nature)
	return c.settle("item.add", i.Ref(), i.Version, act.Act{Args: args,
		Texts: []act.Text{{Name: "title", Body: i.Title}, {Name: "motive", Body: i.Late}}})
}
