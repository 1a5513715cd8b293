package council_test

import (
	"encoding/csv"
	"os"
	"testing"

	"parvis/internal/calendar"
	"parvis/internal/council"

	"pgregory.net/rapid"
)

// The table was worked out by hand from the articles and checked against a second calendar. A cell that
// begins with a question mark is what the deadline still waits for.
func TestTheClocksOfTheLawOnWorkedCases(t *testing.T) {
	f, err := os.Open("testdata/clocks.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) < 21 {
		t.Fatalf("%d worked cases, want twenty at least", len(rows)-1)
	}
	for _, row := range rows[1:] {
		t.Run(row[0], func(t *testing.T) { checkCase(t, rows[0], row) })
	}
}

var regions = map[string]calendar.Region{"alsace": calendar.AlsaceMoselle, "guadeloupe": calendar.Guadeloupe}

func checkCase(t *testing.T, header, row []string) {
	day := func(i int) calendar.Day {
		d, err := calendar.ParseDay(row[i])
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	got := map[string]string{}
	for _, c := range council.LegalClocks(
		council.FormalRegime{Kind: council.FormalKind(row[1]), Transmit: row[2] == "yes", Remedies: row[3] == "yes", Region: regions[row[4]]},
		council.FormalDays{Signed: day(5), Transmitted: day(6), Received: day(7), Posted: day(8), Notified: day(9), Appealed: day(10), Refused: day(11)}) {
		got[c.Name] = string(c.Day)
		if c.Waits != "" {
			got[c.Name] = "?" + c.Waits
		}
		if c.Basis == "" || (c.Day == "") == (c.Waits == "") {
			t.Errorf("%s says neither or both of a day and what it waits for: %+v", c.Name, c)
		}
	}
	got["transmit_by"] = got["transmit"]
	for i := 12; i < len(row); i++ {
		if got[header[i]] != row[i] {
			t.Errorf("%s: got %q, want %q", header[i], got[header[i]], row[i])
		}
	}
}

func TestTheWeeksOfTheAssembly(t *testing.T) {
	if got := council.ListDue("2018-03-26"); got != "2018-04-02" {
		t.Errorf("the list is due on %s: Easter Monday does not extend a week of display", got)
	}
	if got := council.MinutesDue("2018-05-28"); got != "2018-06-04" {
		t.Error(got)
	}
	for clear, want := range map[int]calendar.Day{5: "2018-03-20", 3: "2018-03-22"} {
		got := council.ConveneBy("2018-03-26", clear)
		if got != want || got.ClearDaysUntil("2018-03-26") != clear {
			t.Errorf("%d clear days before: %s, want %s", clear, got, want)
		}
	}
}

// I11 and I25: an act binds once it is known and received, never before either; a delay of procedure ends
// on a working day, and never before its two months have passed.
func TestNoClockEndsEarly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		published := calendar.Day("2015-01-01").AddDays(rapid.IntRange(0, 6000).Draw(t, "published"))
		received := published.AddDays(rapid.IntRange(-30, 30).Draw(t, "received"))
		region := calendar.Region(rapid.IntRange(0, 6).Draw(t, "region"))
		clocks := map[string]council.LegalClock{}
		for _, c := range council.LegalClocks(council.FormalRegime{Kind: council.Deliberation, Transmit: true, Region: region},
			council.FormalDays{Posted: published, Received: received}) {
			clocks[c.Name] = c
		}
		if d := clocks["executory"].Day; d.Before(published) || d.Before(received) || d != published && d != received {
			t.Errorf("executory on %s: published %s, received %s", d, published, received)
		}
		for name, from := range map[string]calendar.Day{"appeal": published, "deferral": received} {
			d := clocks[name].Day
			if !region.IsWorkingDay(d) || !d.After(from.AddMonths(2)) || from.AddMonths(2).AddDays(6).Before(d) {
				t.Errorf("%s from %s ends on %s", name, from, d)
			}
		}
	})
}
