package calendar_test

import (
	"testing"
	"time"

	"parvis/internal/calendar"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestEaster(t *testing.T) {
	for year, want := range map[int]calendar.Day{
		1818: "1818-03-22", 1943: "1943-04-25", 2000: "2000-04-23", 2014: "2014-04-20", 2016: "2016-03-27",
		2024: "2024-03-31", 2025: "2025-04-20", 2026: "2026-04-05", 2038: "2038-04-25", 2285: "2285-03-22",
	} {
		if got := calendar.Easter(year); got != want {
			t.Errorf("Easter %d = %s, want %s", year, got, want)
		}
	}
}

func days(hs []calendar.Holiday) []calendar.Day {
	var all []calendar.Day
	for _, h := range hs {
		all = append(all, h.Day)
	}
	return all
}

func TestHolidaysOf2025(t *testing.T) {
	metropole := []calendar.Day{"2025-01-01", "2025-04-21", "2025-05-01", "2025-05-08", "2025-05-29", "2025-06-09",
		"2025-07-14", "2025-08-15", "2025-11-01", "2025-11-11", "2025-12-25"}
	if diff := cmp.Diff(metropole, days(calendar.Metropole.Holidays(2025))); diff != "" {
		t.Error(diff)
	}
	alsace := append(append([]calendar.Day{"2025-01-01", "2025-04-18"}, metropole[1:]...), "2025-12-26")
	if diff := cmp.Diff(alsace, days(calendar.AlsaceMoselle.Holidays(2025))); diff != "" {
		t.Error(diff)
	}
	if n := len(calendar.Reunion.Holidays(9999)); n != 12 {
		t.Errorf("%d holidays in La Réunion in the last year", n)
	}
}

func TestWorkingDays(t *testing.T) {
	for _, c := range []struct {
		d    calendar.Day
		n    int
		want calendar.Day
	}{
		{"2025-04-17", 1, "2025-04-18"}, {"2025-04-18", 1, "2025-04-22"}, {"2025-04-19", 1, "2025-04-22"},
		{"2025-04-22", -1, "2025-04-18"}, {"2025-12-24", 2, "2025-12-29"}, {"2025-04-19", 0, "2025-04-19"},
		{"0001-01-01", -1, "0001-01-01"}, {calendar.Forever, 5, calendar.Forever}, {"", 3, ""},
	} {
		if got := calendar.Metropole.AddWorkingDays(c.d, c.n); got != c.want {
			t.Errorf("%s + %d working days = %s, want %s", c.d, c.n, got, c.want)
		}
	}
	if got := calendar.AlsaceMoselle.AddWorkingDays("2025-04-17", 1); got != "2025-04-22" {
		t.Errorf("Good Friday in Strasbourg: %s", got)
	}
}

func TestClearDays(t *testing.T) {
	for _, c := range []struct {
		d    calendar.Day
		n    int
		want calendar.Day
	}{
		{"2026-03-02", 5, "2026-03-09"}, // sixth day is Sunday 8 March
		{"2026-03-03", 5, "2026-03-09"}, {"2026-03-04", 5, "2026-03-10"},
		{"2026-04-29", 1, "2026-05-04"}, // 1 May is a holiday, then a week-end
	} {
		if got := calendar.Metropole.AddClearDays(c.d, c.n); got != c.want {
			t.Errorf("%d clear days from %s: %s, want %s", c.n, c.d, got, c.want)
		}
	}
	if n := calendar.Day("2026-03-02").ClearDaysUntil("2026-03-08"); n != 5 {
		t.Errorf("a council of 8 March called on 2 March: %d clear days", n)
	}
	// Published on 31 December: the two months end on 28 February, the clear delay on 1 March, a Sunday.
	if got := calendar.Metropole.AddClearMonths("2025-12-31", 2); got != "2026-03-02" {
		t.Errorf("two clear months from 31 December: %s", got)
	}
}

func TestWorkingDayProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := calendar.Day("1990-01-01").AddDays(rapid.IntRange(0, 30_000).Draw(t, "day"))
		n := rapid.IntRange(1, 40).Draw(t, "n")
		r := calendar.Region(rapid.IntRange(0, 6).Draw(t, "region"))
		e, count := r.AddWorkingDays(d, n), 0
		for x := d.AddDays(1); x <= e; x = x.AddDays(1) {
			if w := x.Weekday(); w != time.Saturday && w != time.Sunday && r.HolidayKey(x) == "" {
				count++
			}
		}
		if count != n || !r.IsWorkingDay(e) {
			t.Fatalf("%s + %d = %s holds %d working days", d, n, e, count)
		}
		if c := r.AddClearDays(d, n); !r.IsWorkingDay(c) || d.ClearDaysUntil(c) < n {
			t.Fatalf("%d clear days from %s: %s", n, d, c)
		}
	})
}
