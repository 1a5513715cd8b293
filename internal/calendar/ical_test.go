package calendar_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"parvis/internal/calendar"

	ics "github.com/arran4/golang-ical"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var stamp = time.Date(2026, 11, 2, 9, 30, 0, 0, time.UTC)

func committee() calendar.Event {
	return calendar.Event{
		UID: "0190-1@parvis.example", Sequence: 2, Stamp: stamp,
		Start:   calendar.Day("2026-11-20").Clock(14, 30),
		End:     calendar.Day("2026-11-20").Clock(16, 0),
		Summary: "Comité de pilotage ; Réinventer les places, 3e séance", Location: "Hôtel de Ville, salle 12",
		Description: "Ordre du jour :\n1. Capteurs\\mesures\n2. Suites", URL: "https://parvis.example/fr/comites/1?a=1,2;b",
		Categories: []string{"Comités", "a,b"}, Remind: 30 * time.Minute,
		Organizer: calendar.Party{Name: `Mission "ville intelligente"`, Email: "mission@parvis.example"},
		Attendees: []calendar.Party{{Name: "Élue référente", Email: "elue@parvis.example", Reply: true}, {Email: "b@parvis.example", Optional: true}},
	}
}

func write(t interface {
	Helper()
	Fatal(...any)
}, c calendar.Calendar) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func property(t *testing.T, c *ics.ComponentBase, p ics.ComponentProperty) string {
	t.Helper()
	got := c.GetProperty(p)
	if got == nil {
		t.Fatalf("no %s", p)
	}
	return got.Value
}

func TestAnInvitationIsReadByAnotherParser(t *testing.T) {
	want := committee()
	text := write(t, calendar.Calendar{Method: calendar.Request, Events: []calendar.Event{want}})
	parsed, err := ics.ParseCalendar(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	e := parsed.Events()[0]
	got := map[string]string{}
	for _, p := range []ics.ComponentProperty{ics.ComponentPropertyUniqueId, ics.ComponentPropertySequence,
		ics.ComponentPropertySummary, ics.ComponentPropertyLocation, ics.ComponentPropertyDescription,
		ics.ComponentPropertyUrl, ics.ComponentPropertyStatus, ics.ComponentPropertyOrganizer} {
		got[string(p)] = property(t, &e.ComponentBase, p)
	}
	if diff := cmp.Diff(map[string]string{"UID": want.UID, "SEQUENCE": "2", "SUMMARY": want.Summary,
		"LOCATION": want.Location, "DESCRIPTION": want.Description, "URL": want.URL, "STATUS": "CONFIRMED",
		"ORGANIZER": "mailto:mission@parvis.example"}, got); diff != "" {
		t.Error(diff)
	}
	start, err := e.GetStartAt()
	if err != nil || !start.Equal(want.Start) {
		t.Errorf("start %v, %v", start, err)
	}
	if n := len(e.Attendees()); n != 2 {
		t.Errorf("%d attendees", n)
	}
	if len(e.Alarms()) != 1 || len(parsed.Timezones()) != 1 {
		t.Error("alarm or time zone missing")
	}
}

func TestACancellationAndATodo(t *testing.T) {
	text := write(t, calendar.Calendar{Method: calendar.Cancel, Events: []calendar.Event{committee()}})
	if !strings.Contains(text, "METHOD:CANCEL\r\n") || !strings.Contains(text, "STATUS:CANCELLED\r\n") {
		t.Error(text)
	}
	todo := calendar.Todo{UID: "t1", Stamp: stamp, Due: "2026-12-01", Summary: "Rendre l’avis"}
	parsed, err := ics.ParseCalendar(strings.NewReader(write(t, calendar.Calendar{Todos: []calendar.Todo{todo}})))
	if err != nil || len(parsed.Todos()) != 1 {
		t.Fatalf("%v", err)
	}
	if due := property(t, &parsed.Todos()[0].ComponentBase, ics.ComponentPropertyDue); due != "20261201" {
		t.Errorf("due %s", due)
	}
}

func TestAWholeDayEndsOnTheNext(t *testing.T) {
	e := calendar.Event{UID: "d", Stamp: stamp, Days: calendar.Through("2026-10-03", "2026-10-04"), Summary: "Nuit blanche"}
	text := write(t, calendar.Calendar{Events: []calendar.Event{e}})
	for _, line := range []string{"DTSTART;VALUE=DATE:20261003\r\n", "DTEND;VALUE=DATE:20261005\r\n"} {
		if !strings.Contains(text, line) {
			t.Errorf("no %q", line)
		}
	}
}

func TestTheRepeatedHourOfAutumnKeepsItsInstant(t *testing.T) {
	e := committee()
	e.Start = time.Date(2026, 10, 25, 1, 30, 0, 0, time.UTC) // 2:30 in Paris, for the second time
	e.End = e.Start.Add(time.Hour)
	text := write(t, calendar.Calendar{Events: []calendar.Event{e}})
	if !strings.Contains(text, "DTSTART:20261025T013000Z\r\n") || !strings.Contains(text, "DTEND;TZID=Europe/Paris:20261025T033000\r\n") {
		t.Error(text)
	}
}

func TestACalendarThatAgendasWouldRefuseIsNotWritten(t *testing.T) {
	for name, spoil := range map[string]func(*calendar.Event){
		"uid":       func(e *calendar.Event) { e.UID = "" },
		"stamp":     func(e *calendar.Event) { e.Stamp = time.Time{} },
		"start":     func(e *calendar.Event) { e.Start = time.Time{} },
		"end":       func(e *calendar.Event) { e.End = e.Start.Add(-time.Minute) },
		"organiser": func(e *calendar.Event) { e.Organizer = calendar.Party{} },
		"attendee":  func(e *calendar.Event) { e.Attendees = nil },
	} {
		e := committee()
		spoil(&e)
		if err := (calendar.Calendar{Method: calendar.Request, Events: []calendar.Event{e}}).Write(&bytes.Buffer{}); err == nil {
			t.Errorf("written without %s", name)
		}
	}
}

// A text may come from anybody: it must neither break its line nor forge another.
func TestAnyTextStaysInItsFoldedLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := committee()
		e.Summary = rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.RuneFrom([]rune("é’🏛\r\n;,\\: \t\"\x00")))).Draw(t, "summary")
		e.Organizer.Name = rapid.String().Draw(t, "name")
		e.URL = rapid.String().Draw(t, "url")
		text := write(t, calendar.Calendar{Events: []calendar.Event{e}})
		if !strings.HasSuffix(text, "\r\n") {
			t.Fatal("the last line has no end")
		}
		for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
			if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n\x00") {
				t.Fatalf("bad line %q", line)
			}
		}
		unfolded := strings.ReplaceAll(text, "\r\n ", "")
		if n := strings.Count(unfolded, "\r\nBEGIN:VEVENT\r\n"); n != 1 {
			t.Fatalf("%d events", n)
		}
		if n := strings.Count(unfolded, "\r\n"); n != strings.Count(write(t, calendar.Calendar{Events: []calendar.Event{plain(e)}}), "\r\n") {
			t.Fatalf("%d lines", n)
		}
	})
}

// plain is e with texts of one line each where e has one, so that only the number of lines compares.
func plain(e calendar.Event) calendar.Event {
	for _, s := range []*string{&e.Summary, &e.URL, &e.Description} {
		if *s != "" {
			*s = "x"
		}
	}
	e.Organizer.Name, e.Categories = "", []string{"x"}
	e.Attendees = []calendar.Party{{Email: "a@b"}, {Email: "a@b"}}
	e.UID, e.Location = "x", "x"
	return e
}
