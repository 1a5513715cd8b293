package workspace

import (
	"strings"

	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/db"
	"parvis/internal/fact"
	"parvis/internal/id"
	"parvis/internal/mail"
	"parvis/internal/powers"
)

func (w *Workspace) meetingConvened(tx *db.Tx, _ fact.Head, f council.MeetingConvenedV1) error {
	return w.call(tx, calling{meeting: f.Meeting, sequence: f.Sequence, what: "convened", method: calendar.Request})
}

func (w *Workspace) meetingMoved(tx *db.Tx, _ fact.Head, f council.MeetingMovedV1) error {
	return w.call(tx, calling{meeting: f.Meeting, sequence: f.Sequence, what: "moved", method: calendar.Request})
}

func (w *Workspace) agendaChanged(tx *db.Tx, _ fact.Head, f council.AgendaChangedV1) error {
	return w.call(tx, calling{meeting: f.Meeting, sequence: f.Sequence, what: "agenda", method: calendar.Request})
}

func (w *Workspace) seatCalled(tx *db.Tx, _ fact.Head, f council.SeatCalledV1) error {
	return w.call(tx, calling{meeting: f.Meeting, what: "convened", method: calendar.Request, only: f.Post})
}

func (w *Workspace) meetingCancelled(tx *db.Tx, _ fact.Head, f council.MeetingCancelledV1) error {
	return w.call(tx, calling{meeting: f.Meeting, sequence: f.Sequence, what: "cancelled", method: calendar.Cancel})
}

// calling is one letter about a meeting, to all its seats or to one post.
type calling struct {
	meeting  id.ID
	sequence int // of the change that it tells, 0 for what stands
	what     string
	method   calendar.Method
	only     id.ID
}

// call writes to those who sit, with the agenda and the entry for their calendar, and notes who was written to. A
// meeting that changed again since has a fact of its own.
func (w *Workspace) call(tx *db.Tx, l calling) error {
	if w.Council == nil {
		return nil
	}
	c, err := w.Council.CallingOf(tx.Context(), l.meeting)
	if err != nil || l.sequence != 0 && c.Sequence != l.sequence {
		return err
	}
	if l.only != "" {
		c.Posts = []id.ID{l.only}
	}
	seats, err := holdersOf(tx.Context(), tx, c.Posts, powers.Now(tx.Now()))
	if err != nil {
		return err
	}
	to, err := w.readers(tx.Context(), tx, seats)
	if err != nil {
		return err
	}
	reached := map[id.ID]bool{}
	for _, r := range to {
		reached[r.person] = true
		if err := w.write(tx, r, "meeting", c.Ref(), w.convocation(c, r, l, tx)); err != nil {
			return err
		}
	}
	for _, s := range seats { // one letter calls whoever holds several seats
		if reached[s.person] {
			if err := w.Council.CalledIn(tx, c.Meeting, s.post); err != nil {
				return err
			}
		}
	}
	return nil
}

// convocation says to what somebody is called, item by item, with the way to the papers.
func (w *Workspace) convocation(c council.Calling, to reader, l calling, tx db.Transaction) mail.Message {
	m := mail.Message{To: mail.Address{Name: to.Name, Email: to.Email}, Lang: lang(to.Lang), Kind: "workspace.letter.meeting." + l.what,
		Args: []any{"committee", c.Of.Name(lang(to.Lang)), "meeting", c.Number, "day", c.Day, "clock", calendar.Hour(c.Clock)}, Thread: string(c.ID)}
	row(&m, "day", c.Day)
	row(&m, "clock", calendar.Hour(c.Clock))
	row(&m, "place", c.Place)
	row(&m, "reason", c.StatusNote)
	page := w.page(m.Lang, "council.meeting", c.Number)
	leads(&m, "meeting", page)
	if l.method == calendar.Request {
		leads(&m, "papers", w.page(m.Lang, "council.file", c.Number))
		w.agenda(&m, c)
	}
	m.Calendar = w.invitation(c, to, l.method, page, tx)
	return m
}

// agenda lists the items of a meeting in a letter, each with the way to its papers.
func (w *Workspace) agenda(m *mail.Message, c council.Calling) {
	for n, i := range c.Items {
		one := mail.Item{Key: "workspace.letter.item", Args: []any{"n", n + 1, "title", i.Title}, URL: w.page(m.Lang, "council.item", i.ID)}
		if c.Of.WantsNotes() && i.Deliberated() {
			one.Key = "workspace.letter.item.note"
		}
		if n == 0 {
			one.Heading = "workspace.letter.agenda"
		}
		m.Items = append(m.Items, one)
	}
}

// invitation is the entry of an agenda: the same UID, a higher sequence each time (RFC 5546).
func (w *Workspace) invitation(c council.Calling, to reader, method calendar.Method, page string, tx db.Transaction) *calendar.Calendar {
	in := lang(to.Lang)
	e := c.Entry(in, w.Domain, page, tx.Now())
	if method == calendar.Request {
		e.Description = strings.TrimSpace(e.Description + "\n" + w.Catalog.Printer(in).T("workspace.letter.agenda") + "\n" + c.Agenda())
	}
	if w.Organizer == "" {
		return &calendar.Calendar{Lang: in, Events: []calendar.Event{e}}
	}
	e.Organizer = calendar.Party{Name: c.Of.Name(in), Email: w.Organizer}
	e.Attendees = []calendar.Party{{Name: to.Name, Email: to.Email, Reply: method == calendar.Request}}
	return &calendar.Calendar{Method: method, Lang: in, Events: []calendar.Event{e}}
}
