package council

import (
	"context"
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// ConveneMeeting calls the members. After the last day of the notice it needs an urgency, which the act
// states and on which a council itself votes first (CGCT, art. L2121-12). The agenda of a public committee is
// then known outside: the titles alone.
// Faults: Invalid council.note.missing, council.meeting.notice_too_short; Conflict council.meeting.floor when no urgency may shorten the notice any more.
func (r *Room) ConveneMeeting(ctx context.Context, by act.Actor, meeting id.ID, version int64, urgency string) (Meeting, error) {
	urgency = strings.TrimSpace(urgency)
	return r.moveMeeting(ctx, by, meeting, version, "convene", func(c *change, a *act.Act) (string, error) {
		items, err := loadItems(c.tx.Context(), c.tx, c.m.ID)
		if err != nil {
			return "", err
		}
		if len(listed(items)) == 0 {
			return "", fault.New(fault.Invalid, "council.meeting.no_agenda")
		}
		if len(c.posts(President, Titular)) == 0 {
			return "", fault.New(fault.Invalid, "council.meeting.no_members")
		}
		if err := c.withNotes(items); err != nil {
			return "", err
		}
		if err := c.inTime(urgency); err != nil {
			return "", err
		}
		c.m.Law = &Law{c.c.Kind, c.c.Rules}
		c.m.ConvenedOn, c.m.StatusNote, c.m.Visibility = c.tx.Today(), urgency, c.c.Visibility
		c.m.Sequence++ // the entry of agendas was tentative
		a.Visibility, a.Args = c.shown(), map[string]string{"day": string(c.m.Day)}
		a.Texts = []act.Text{{Name: "motive", Body: urgency}}
		c.tell(MeetingConvenedV1{c.m.ID, c.m.Sequence})
		return "meeting.convene", nil
	})
}

// CallBy is the last day on which a meeting may be called, urgency or not. A council has one clear day at
// least (CGCT, art. L2121-12), and its second call three (art. L2121-17).
func (c Committee) CallBy(m Meeting) calendar.Day {
	switch {
	case m.Again != "":
		return m.ConveneBy
	case c.Kind == Council:
		return ConveneBy(m.Day, 1)
	}
	return m.Day
}

// inTime refuses a notice that leaves too late for the day of the meeting. A council that is called in urgency
// finds the question whether it was urgent at the head of its agenda.
func (c *change) inTime(urgency string) error {
	today, callBy := c.tx.Today(), c.c.CallBy(c.m)
	switch {
	case today.After(callBy):
		return fault.New(fault.Conflict, "council.meeting.floor", "day", callBy)
	case !today.After(c.m.ConveneBy):
		return nil
	case urgency == "":
		return invalid("urgency", "council.meeting.notice_too_short", "day", c.m.ConveneBy)
	case c.c.Kind == Council:
		return c.voteOnUrgency(urgency)
	}
	return nil
}

// nearer asks of a meeting that was called and moves what convening asks: another day of a council is another
// call, elsewhere it is one when the meeting comes nearer.
func (c *change) nearer(was Meeting, urgency string, a *act.Act) error {
	if !c.m.Starts().Before(was.Starts()) && (c.c.Kind != Council || c.m.Day == was.Day) {
		return nil
	}
	if urgency != "" {
		c.m.StatusNote, a.Texts = urgency, []act.Text{{Name: "motive", Body: urgency}}
	}
	return c.inTime(urgency)
}

// urgency tells whether the item is the question whether its council was called in urgency: by what it is about, however it
// is titled.
func (i Item) urgency() bool { return i.Subject.Type == "urgency" }

// urgencyTitle is in French in both languages, as the agenda of a council is.
const urgencyTitle = "Urgence de la convocation"

// voteOnUrgency puts at the head of the agenda the question on which a council pronounces as soon as it opens.
func (c *change) voteOnUrgency(why string) error {
	items, err := loadItems(c.tx.Context(), c.tx, c.m.ID)
	if err != nil || slices.ContainsFunc(items, func(i Item) bool { return i.urgency() && i.Status == Listed }) {
		return err
	}
	i := Item{ID: c.tx.NewID(), Nature: ForDecision, Title: urgencyTitle, Summary: why, Subject: act.Ref{Type: "urgency", ID: c.m.ID}, OpenDoors: true}
	if err := c.add(&i, items); err != nil {
		return err
	}
	order := []id.ID{i.ID}
	for _, other := range items {
		order = append(order, other.ID)
	}
	return c.reorder(append(items, i), order)
}

// calledFor tells whether the matters on which a council votes are fixed: it was called, and its members can
// no longer be called in time to anything else (CGCT, art. L2121-10). Until then a rectified agenda is sent.
func (c *change) calledFor() bool {
	called := c.m.Status != Prepared
	return c.c.Kind == Council && called && (c.m.Status != Convened || c.tx.Today().After(c.m.ConveneBy))
}
