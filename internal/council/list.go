package council

import (
	"context"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// List is the list of the deliberations that a council examined, which goes online within a week (CGCT, art.
// L2121-25). It is written from what happened; a person reads it again and publishes it.
type List struct {
	ID          id.ID
	Version     int64
	Meeting     id.ID
	Lines       []ListLine
	PublishedBy id.ID // post
	PublishedOn calendar.Day
}

// ListLine is a matter that was examined and what became of it.
type ListLine struct {
	Item    id.ID      `json:"item"`
	Rank    int        `json:"rank"`
	Number  string     `json:"number"` // of the deliberation, or of the decision until it comes back; "" without
	Object  string     `json:"object"`
	Outcome ItemStatus `json:"outcome"`
}

func (l List) row() act.Row { return act.Row{Table: "council_list", ID: l.ID} }

func (l List) ref() act.Ref { return act.Ref{Type: "council_list", ID: l.ID} }

// HasList tells whether the law wants a list of what the meeting examined.
func (f File) HasList() bool { return f.Committee.Kind == Council && f.Meeting.Held() }

// ListOf reads the list of a meeting: as it was published, or, inside, as it would be.
// Faults: NotFound council.list.not_found.
func (r *Room) ListOf(ctx context.Context, v identity.Visitor, f File) (List, error) {
	l, err := loadList(ctx, r.reads, f.Meeting.ID)
	if fault.KindOf(err) != fault.NotFound || !f.Inside || !f.HasList() {
		return l, err
	}
	for _, i := range f.Items {
		if examined(i.Item) && !i.Withheld {
			l.Lines = append(l.Lines, lineOf(i.Item, i.Numbered()))
		}
	}
	return l, nil
}

// examined tells whether an item was a deliberation.
func examined(i Item) bool { return i.Nature == ForDecision }

func lineOf(i Item, number string) ListLine {
	return ListLine{Item: i.ID, Rank: i.Rank, Number: number, Object: i.Title, Outcome: i.Status}
}

// PublishList publishes the list of a meeting that is over, once a person read again that its objects say nothing
// that must not be online: objects words them, by item. Done again, the list is rectified.
func (r *Room) PublishList(ctx context.Context, by act.Actor, meeting id.ID, version int64, objects map[id.ID]string, reviewed bool) (List, error) {
	return do(ctx, r, by, func(tx *act.Tx) (List, error) {
		c, err := r.openMeeting(tx, meeting)
		if err != nil {
			return List{}, err
		}
		if c.c.Kind != Council || !c.m.Held() {
			return List{}, fault.New(fault.Conflict, "council.list.not_yet")
		}
		if !reviewed {
			return List{}, invalid("reviewed", "council.list.review")
		}
		l, err := loadList(ctx, tx, meeting)
		if fault.KindOf(err) == fault.NotFound {
			l, err = List{ID: tx.NewID(), Meeting: meeting}, nil
		}
		if err == nil {
			err = fresh(version, l.Version)
		}
		if err == nil {
			l.Lines, err = c.examinedLines(objects)
		}
		if err != nil {
			return l, err
		}
		return l, c.publishList(&l)
	})
}

func (c *change) publishList(l *List) error {
	l.PublishedBy, l.PublishedOn = c.tx.Actor().Post, c.tx.Today()
	l.Version++
	if err := c.wrote(l.row(), putList(c.tx, *l)); err != nil {
		return err
	}
	var texts []act.Text
	for _, line := range l.Lines {
		texts = append(texts, act.Text{Name: "object", Body: line.Object})
	}
	return c.settle("meeting.list", l.ref(), l.Version, act.Act{Visibility: c.shown(), Texts: texts})
}

// examinedLines are the deliberations of the meeting, each under the words of whoever reviewed it.
func (c *change) examinedLines(objects map[id.ID]string) ([]ListLine, error) {
	f, err := c.r.gather(c.tx.Context(), c.tx, c.m)
	if err != nil {
		return nil, err
	}
	bad := form()
	var lines []ListLine
	for _, i := range f.Items {
		if !examined(i.Item) {
			continue
		}
		line := lineOf(i.Item, i.Numbered())
		if words := strings.TrimSpace(objects[i.ID]); words != "" {
			line.Object = words
		}
		limited(bad, "object."+string(i.ID), line.Object, 1000)
		lines = append(lines, line)
	}
	return lines, bad.OrNil()
}
