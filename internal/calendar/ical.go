package calendar

import (
	"io"
	"time"
)

// Method says what the receiver of a calendar should do with it (iTIP, RFC 5546).
type Method string

// The methods.
const (
	Publish Method = "PUBLISH" // for information, a feed to subscribe to
	Request Method = "REQUEST" // an invitation, or its new version (higher Sequence)
	Cancel  Method = "CANCEL"  // the withdrawal of an invitation
)

// Status is how firm an event is.
type Status string

// The statuses.
const (
	Confirmed Status = "CONFIRMED"
	Tentative Status = "TENTATIVE"
	Cancelled Status = "CANCELLED"
)

// Party is the organiser of an event or somebody invited to it.
type Party struct {
	Name     string
	Email    string
	Optional bool // presence is not required
	Reply    bool // an answer is expected
}

// Event is a meeting (VEVENT). It lasts from Start to End, or the whole Days when Start is zero.
type Event struct {
	UID         string    // the same for all versions: an id and the city's domain
	Sequence    int       // grows with each version
	Stamp       time.Time // when this version was made
	Start, End  time.Time
	Days        Period
	Summary     string
	Description string
	Location    string
	URL         string
	Status      Status // Confirmed when empty; Cancel makes it Cancelled
	Categories  []string
	Organizer   Party
	Attendees   []Party
	Remind      time.Duration // how long before the start to remind, 0 for never
}

// Todo is something to do by a day (VTODO).
type Todo struct {
	UID         string
	Sequence    int
	Stamp       time.Time
	Due         Day // the last day on which it may be done
	Summary     string
	Description string
	URL         string
	Categories  []string
	Completed   time.Time // zero while it is to be done
	Cancelled   bool      // not to be done any more
	Organizer   Party
	Attendees   []Party
}

// Calendar is one iCalendar file (RFC 5545). Method must be Publish when it holds unrelated events.
type Calendar struct {
	Method  Method // Publish when empty, and none when an entry has no organiser
	Product string // PRODID; Parvis when empty
	Name    string // shown by agendas that subscribe
	Lang    string // of the texts, "fr" when empty
	Events  []Event
	Todos   []Todo
}

// MediaType is the Content-Type of a Calendar with this method.
func (c Calendar) MediaType() string {
	if m := c.method(); m != "" {
		return "text/calendar; charset=utf-8; method=" + string(m)
	}
	return "text/calendar; charset=utf-8"
}

// method is what the receiver should do. Every method wants an organiser (RFC 5546 §3.2): without one the file is
// plain data, which agendas read as it stands, a cancelled entry too.
func (c Calendar) method() Method {
	if c.Method != "" && c.Method != Publish {
		return c.Method
	}
	for _, e := range c.Events {
		if e.Organizer.Email == "" {
			return ""
		}
	}
	for _, t := range c.Todos {
		if t.Organizer.Email == "" {
			return ""
		}
	}
	return Publish
}

// Write writes the calendar. It fails when an entry lacks what RFC 5545 and 5546 require (UID,
// Stamp, a beginning; an organiser for Request and Cancel, an attendee for Request) or w fails.
func (c Calendar) Write(w io.Writer) error {
	if err := c.check(); err != nil {
		return err
	}
	b := &lines{lang: c.Lang}
	b.add("BEGIN", "VCALENDAR")
	b.add("VERSION", "2.0")
	b.text("PRODID", orElse(c.Product, "-//Parvis//Parvis//FR"))
	b.add("CALSCALE", "GREGORIAN")
	if m := c.method(); m != "" {
		b.add("METHOD", string(m))
	}
	if c.Name != "" {
		b.text("NAME", c.Name) // RFC 7986
		b.text("X-WR-CALNAME", c.Name)
	}
	b.timezone()
	for _, e := range c.Events {
		b.event(e, c.method())
	}
	for _, t := range c.Todos {
		b.todo(t, c.method())
	}
	b.add("END", "VCALENDAR")
	_, err := w.Write(b.buf)
	return err
}

func orElse(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}
