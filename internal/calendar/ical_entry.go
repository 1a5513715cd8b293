package calendar

import (
	"errors"
	"fmt"
	"strconv"
	"time"
)

var (
	errNoUID       = errors.New("no UID")
	errNoStamp     = errors.New("no stamp")
	errNoStart     = errors.New("no beginning, or an end before it")
	errNoOrganizer = errors.New("no organiser")
	errNoAttendee  = errors.New("no attendee")
)

func (c Calendar) check() error {
	for _, e := range c.Events {
		if e.Start.IsZero() && (e.Days.From == "" || e.Days.Empty() || e.Days.Open()) || e.End.Before(e.Start) {
			return fmt.Errorf("calendar: event %q: %w", e.UID, errNoStart)
		}
		if err := c.checkEntry(e.UID, e.Stamp, e.Organizer, e.Attendees); err != nil {
			return fmt.Errorf("calendar: event %q: %w", e.UID, err)
		}
	}
	for _, t := range c.Todos {
		if err := c.checkEntry(t.UID, t.Stamp, t.Organizer, t.Attendees); err != nil {
			return fmt.Errorf("calendar: todo %q: %w", t.UID, err)
		}
	}
	return nil
}

func (c Calendar) checkEntry(uid string, stamp time.Time, organizer Party, attendees []Party) error {
	switch {
	case uid == "":
		return errNoUID
	case stamp.IsZero():
		return errNoStamp
	case (c.method() == Request || c.method() == Cancel) && organizer.Email == "":
		return errNoOrganizer
	case c.method() == Request && len(attendees) == 0:
		return errNoAttendee
	}
	return nil
}

func (b *lines) event(e Event, m Method) {
	b.add("BEGIN", "VEVENT")
	b.head(e.UID, e.Sequence, e.Stamp)
	if e.Start.IsZero() {
		b.day("DTSTART", e.Days.From)
		b.day("DTEND", e.Days.To)
	} else {
		b.instant("DTSTART", e.Start)
		b.instant("DTEND", e.End)
	}
	b.body(e.Summary, e.Description, e.URL, e.Categories)
	b.text("LOCATION", e.Location)
	b.add("STATUS", string(e.status(m)))
	b.parties(e.Organizer, e.Attendees)
	if e.Remind > 0 {
		b.alarm(e.Summary, e.Remind)
	}
	b.add("END", "VEVENT")
}

func (e Event) status(m Method) Status {
	switch {
	case m == Cancel:
		return Cancelled
	case e.Status == "":
		return Confirmed
	}
	return e.Status
}

func (b *lines) todo(t Todo, m Method) {
	b.add("BEGIN", "VTODO")
	b.head(t.UID, t.Sequence, t.Stamp)
	if t.Due != "" {
		b.day("DUE", t.Due)
	}
	b.body(t.Summary, t.Description, t.URL, t.Categories)
	switch {
	case m == Cancel || t.Cancelled:
		b.add("STATUS", "CANCELLED")
	case t.Completed.IsZero():
		b.add("STATUS", "NEEDS-ACTION")
	default:
		b.add("STATUS", "COMPLETED")
		b.add("PERCENT-COMPLETE", "100")
		b.utc("COMPLETED", t.Completed)
	}
	b.parties(t.Organizer, t.Attendees)
	b.add("END", "VTODO")
}

func (b *lines) head(uid string, sequence int, stamp time.Time) {
	b.text("UID", uid)
	b.add("SEQUENCE", strconv.Itoa(sequence))
	b.utc("DTSTAMP", stamp)
}

func (b *lines) body(summary, description, url string, categories []string) {
	b.text("SUMMARY"+b.language(), summary)
	b.text("DESCRIPTION"+b.language(), description)
	if url != "" {
		b.add("URL", clean(url))
	}
	b.texts("CATEGORIES", categories)
}

func (b *lines) parties(organizer Party, attendees []Party) {
	if organizer.Email != "" {
		b.add("ORGANIZER"+commonName(organizer.Name), mailto(organizer.Email))
	}
	for _, a := range attendees {
		params := commonName(a.Name)
		if a.Optional {
			params += ";ROLE=OPT-PARTICIPANT"
		}
		if a.Reply {
			params += ";PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
		}
		b.add("ATTENDEE"+params, mailto(a.Email))
	}
}

func (b *lines) alarm(summary string, before time.Duration) {
	b.add("BEGIN", "VALARM")
	b.add("ACTION", "DISPLAY")
	b.text("DESCRIPTION"+b.language(), summary)
	b.add("TRIGGER", "-PT"+strconv.Itoa(int(before/time.Minute))+"M")
	b.add("END", "VALARM")
}

// timezone is the rule of Paris since 1996; events before then do not travel as invitations.
func (b *lines) timezone() {
	for _, l := range [][2]string{
		{"BEGIN", "VTIMEZONE"}, {"TZID", "Europe/Paris"},
		{"BEGIN", "DAYLIGHT"}, {"DTSTART", "19960331T020000"}, {"RRULE", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"},
		{"TZNAME", "CEST"}, {"TZOFFSETFROM", "+0100"}, {"TZOFFSETTO", "+0200"}, {"END", "DAYLIGHT"},
		{"BEGIN", "STANDARD"}, {"DTSTART", "19961027T030000"}, {"RRULE", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"},
		{"TZNAME", "CET"}, {"TZOFFSETFROM", "+0200"}, {"TZOFFSETTO", "+0100"}, {"END", "STANDARD"},
		{"END", "VTIMEZONE"},
	} {
		b.add(l[0], l[1])
	}
}
