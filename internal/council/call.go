package council

import (
	"context"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Means is how a member was called.
type Means string

// The means. Paper is for who asked for it (CGCT, art. L2121-10); both others are for who has no account.
const (
	ByMail  Means = "mail" // the letter of Parvis, with the agenda and the entry of the calendar
	ByHand  Means = "hand"
	ByPaper Means = "paper"
)

// OtherMeans lists the means by which a person calls somebody, in the order of forms.
func OtherMeans() []Means { return []Means{ByPaper, ByHand} }

// Call is how and when a seat was called to a meeting, by a person.
type Call struct {
	ID       id.ID
	Version  int64
	Meeting  id.ID
	Member   id.ID
	Means    Means
	On       calendar.Day
	Sequence int // of the entry of the meeting that was told: what changed since is not known to them
}

func (c Call) row() act.Row { return act.Row{Table: "council_call", ID: c.ID} }

// Told is what the holder of a seat was told last of a meeting; its zero value, nothing.
type Told struct {
	Means Means
	On    calendar.Day
	Stale bool // day, place or agenda changed since
}

// CallForm says that a member was called otherwise than by the letter of Parvis.
type CallForm struct {
	Meeting id.ID
	Member  id.ID
	Means   Means
	On      calendar.Day
}

// CallOtherwise notes that a member who has no account or no address was called by hand or on paper.
func (r *Room) CallOtherwise(ctx context.Context, by act.Actor, f CallForm) (Call, error) {
	err := form()
	oneOf(err, "means", f.Means, OtherMeans())
	checkDay(err, "on", f.On)
	if err := err.OrNil(); err != nil {
		return Call{}, err
	}
	return do(ctx, r, by, func(tx *act.Tx) (Call, error) {
		c, err := r.openMeeting(tx, f.Meeting)
		if err != nil {
			return Call{}, err
		}
		if c.m.Status == Prepared || c.m.Status == Cancelled {
			return Call{}, fault.New(fault.Conflict, "council.call.not_convened")
		}
		if f.On.Before(c.m.ConvenedOn) || f.On.After(tx.Today()) {
			return Call{}, invalid("on", "council.call.day", "day", c.m.ConvenedOn)
		}
		m, err := c.seat(f.Member, "member")
		if err != nil {
			return Call{}, err
		}
		call := Call{ID: c.tx.NewID(), Version: 1, Meeting: c.m.ID, Member: m.ID, Means: f.Means, On: f.On, Sequence: c.m.Sequence}
		if err := c.wrote(call.row(), putCall(tx, call)); err != nil {
			return call, err
		}
		return call, c.settle("meeting.call", c.m.Ref(), c.m.Version, act.Act{When: act.When{Effective: f.On},
			Args: map[string]string{"post": string(m.Post), "means": string(f.Means)}})
	})
}

// CalledIn notes that the letter of Parvis went to whoever holds a post.
func (r *Room) CalledIn(tx db.Transaction, m Meeting, post id.ID) error {
	return putCalled(tx, m, post)
}

// tellAgenda tells the members who were called that what they were called to changed: an item was added,
// worded anew, withdrawn or put off ("ordre du jour rectificatif").
func (c *change) tellAgenda() error {
	if c.m.Status != Convened {
		return nil
	}
	c.m.Sequence++
	if err := c.saveMeeting(); err != nil {
		return err
	}
	c.tell(AgendaChangedV1{c.m.ID, c.m.Sequence})
	return nil
}

// tellSeat calls a new member to the meetings to which the others were called already.
func (c *change) tellSeat(m Member) error {
	called, err := convenedMeetings(c.tx.Context(), c.tx, c.c.ID, max(m.From, c.tx.Today()))
	for _, meeting := range called {
		c.tell(SeatCalledV1{meeting.ID, m.Post})
	}
	return err
}

// Agenda is the agenda of a meeting as its convening letter lists it, one item a line.
func (c Calling) Agenda() string {
	var lines []string
	for n, i := range c.Items {
		lines = append(lines, itoa(n+1)+". "+i.Title)
	}
	return strings.Join(lines, "\n")
}
