package calendar_test

import (
	"errors"
	"testing"
	"time"

	"parvis/internal/calendar"
	"parvis/internal/fault"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func anyDay(label string) *rapid.Generator[calendar.Day] {
	return rapid.Custom(func(t *rapid.T) calendar.Day {
		return calendar.Day("0001-01-01").AddDays(rapid.IntRange(0, 3_652_057).Draw(t, label))
	})
}

func TestDayOfIsParisTime(t *testing.T) {
	for in, want := range map[string]calendar.Day{
		"2014-04-04T22:30:00Z": "2014-04-05", "2014-01-04T22:30:00Z": "2014-01-04",
		"2014-01-04T23:00:00Z": "2014-01-05", "2026-03-29T00:59:59Z": "2026-03-29",
	} {
		at, _ := time.Parse(time.RFC3339, in)
		if got := calendar.DayOf(at); got != want {
			t.Errorf("DayOf(%s) = %s, want %s", in, got, want)
		}
	}
	if calendar.DayOf(time.Time{}) != "" {
		t.Error("the zero instant has a day")
	}
}

func TestDaysOfTheClockChangesLast23And25Hours(t *testing.T) {
	for d, hours := range map[calendar.Day]float64{"2026-03-29": 23, "2026-10-25": 25, "2026-06-01": 24} {
		if got := d.AddDays(1).Time().Sub(d.Time()).Hours(); got != hours {
			t.Errorf("%s lasts %v h", d, got)
		}
	}
	if got := calendar.Day("2026-07-14").Time().UTC(); !got.Equal(time.Date(2026, 7, 13, 22, 0, 0, 0, time.UTC)) {
		t.Errorf("14 July begins at %v", got)
	}
}

func TestClockIsClearWhenTheHourIsNot(t *testing.T) {
	for _, c := range []struct {
		d    calendar.Day
		hour int
		want string
	}{
		{"2026-03-29", 2, "2026-03-29T01:30:00Z"}, {"2026-10-25", 2, "2026-10-25T00:30:00Z"},
		{"2026-10-25", 3, "2026-10-25T02:30:00Z"}, {"2026-11-20", 14, "2026-11-20T13:30:00Z"}, {"2026-07-01", 0, "2026-06-30T22:30:00Z"},
	} {
		if got := c.d.Clock(c.hour, 30).UTC().Format(time.RFC3339); got != c.want {
			t.Errorf("%s %d:30 = %s, want %s", c.d, c.hour, got, c.want)
		}
	}
}

func TestDayRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDay("day").Draw(t, "d")
		if parsed, err := calendar.ParseDay(string(d)); err != nil || parsed != d {
			t.Fatalf("ParseDay(%s) = %s, %v", d, parsed, err)
		}
		if d.Year() > 1911 && calendar.DayOf(d.Time()) != d { // Paris kept its mean solar time until then
			t.Fatalf("DayOf(%s.Time()) = %s", d, calendar.DayOf(d.Time()))
		}
		n := rapid.IntRange(-40_000, 40_000).Draw(t, "n")
		if e := d.AddDays(n); e != calendar.Forever && e != "0001-01-01" && d != calendar.Forever && d.DaysUntil(e) != n {
			t.Fatalf("%s + %d = %s, which is %d days away", d, n, e, d.DaysUntil(e))
		}
	})
}

func TestParseDayRefuses(t *testing.T) {
	for in, key := range map[string]string{
		"2014-4-5": "calendar.day.format", "05/04/2014": "calendar.day.format", "2014-04-05 ": "calendar.day.format",
		"2014-02-29": "calendar.day.impossible", "2014-13-01": "calendar.day.impossible",
		"0000-01-01": "calendar.day.impossible", "2014-00-10": "calendar.day.impossible",
	} {
		_, err := calendar.ParseDay(in)
		if f, ok := errors.AsType[*fault.Error](err); !ok || f.Key != key {
			t.Errorf("ParseDay(%q): %v, want %s", in, err, key)
		}
	}
}

func TestAddMonthsGoesFromQuantiemeToQuantieme(t *testing.T) {
	for _, c := range []struct {
		d    calendar.Day
		n    int
		want calendar.Day
	}{
		{"2014-01-31", 1, "2014-02-28"}, {"2016-01-31", 1, "2016-02-29"}, {"2014-03-31", -1, "2014-02-28"},
		{"2014-12-15", 2, "2015-02-15"}, {"2016-02-29", 12, "2017-02-28"}, {"2014-01-15", -13, "2012-12-15"},
		{calendar.Forever, 1, calendar.Forever}, {"", 1, ""}, {"9999-06-01", 7, calendar.Forever},
	} {
		if got := c.d.AddMonths(c.n); got != c.want {
			t.Errorf("%s + %d months = %s, want %s", c.d, c.n, got, c.want)
		}
	}
}

func TestSpanIsHowPeopleCountAnAge(t *testing.T) {
	for _, c := range []struct {
		a, b    calendar.Day
		y, m, d int
	}{
		{"2014-04-05", "2016-03-05", 1, 11, 0}, {"2014-04-05", "2014-04-08", 0, 0, 3},
		{"2014-01-31", "2014-02-28", 0, 1, 0}, {"2014-01-31", "2014-03-01", 0, 1, 1},
		{"2014-04-05", "2014-04-05", 0, 0, 0}, {"2014-04-05", "2014-01-01", 0, 0, 0}, {"", "2014-01-01", 0, 0, 0},
		{"2014-12-31", "2015-01-01", 0, 0, 1},
	} {
		y, m, d := c.a.Span(c.b)
		if y != c.y || m != c.m || d != c.d {
			t.Errorf("Span(%s, %s) = %d y %d m %d d", c.a, c.b, y, m, d)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyDay("a").Draw(t, "a"), anyDay("b").Draw(t, "b")
		y, m, d := a.Span(b)
		if a.Before(b) && a.AddMonths(12*y+m).AddDays(d) != b {
			t.Fatalf("%s + %d y %d m %d d is not %s", a, y, m, d, b)
		}
		if m < 0 || m > 11 || d < 0 || d > 30 {
			t.Fatalf("%d months %d days", m, d)
		}
	})
}

func TestPeriodsAgreeWithTheirDays(t *testing.T) {
	near := rapid.Custom(func(t *rapid.T) calendar.Day {
		return calendar.Day("2014-01-01").AddDays(rapid.IntRange(0, 12).Draw(t, "offset"))
	})
	period := rapid.Custom(func(t *rapid.T) calendar.Period {
		p := calendar.Period{From: near.Draw(t, "from"), To: near.Draw(t, "to")}
		if rapid.IntRange(0, 4).Draw(t, "open") == 0 {
			p.To = rapid.SampledFrom([]calendar.Day{"", calendar.Forever}).Draw(t, "end")
		}
		if rapid.IntRange(0, 6).Draw(t, "always") == 0 {
			p.From = ""
		}
		return p
	})
	rapid.Check(t, func(t *rapid.T) {
		p, q := period.Draw(t, "p"), period.Draw(t, "q")
		common, within := false, true
		for d := calendar.Day("2013-12-30"); d < "2014-01-20"; d = d.AddDays(1) {
			common = common || p.Contains(d) && q.Contains(d)
			within = within && (!p.Contains(d) || q.Contains(d))
			if p.Intersect(q).Contains(d) != (p.Contains(d) && q.Contains(d)) {
				t.Fatalf("intersection of %v and %v at %s", p, q, d)
			}
		}
		if p.Overlaps(q) != common || p.Within(q) != within {
			t.Fatalf("%v and %v: overlaps %t, within %t", p, q, p.Overlaps(q), p.Within(q))
		}
	})
}

func TestPeriodsAsPeopleSayThem(t *testing.T) {
	p := calendar.Through("2014-04-05", "2014-06-30")
	if p.To != "2014-07-01" || p.Last() != "2014-06-30" || p.Days() != 87 || p.Open() {
		t.Errorf("%v, last %s, %d days", p, p.Last(), p.Days())
	}
	if s := calendar.Since("2014-04-05"); !s.Open() || s.Last() != calendar.Forever || s.Days() != -1 {
		t.Errorf("%v", s)
	}
	if on := calendar.On("2014-04-05"); !on.Contains("2014-04-05") || on.Contains("2014-04-06") || on.Contains("") {
		t.Errorf("%v", on)
	}
}

func TestFuzzy(t *testing.T) {
	type facts struct {
		Start, End calendar.Day
		Precision  calendar.Precision
		Quarter    int
	}
	for in, want := range map[calendar.Fuzzy]facts{
		"2014":       {"2014-01-01", "2014-12-31", calendar.ToYear, 0},
		"2014-Q2":    {"2014-04-01", "2014-06-30", calendar.ToQuarter, 2},
		"2016-02":    {"2016-02-01", "2016-02-29", calendar.ToMonth, 1},
		"2014-05-06": {"2014-05-06", "2014-05-06", calendar.ToDay, 2},
		"9999":       {"9999-01-01", "9999-12-31", calendar.ToYear, 0},
		"9999-12":    {"9999-12-01", "9999-12-31", calendar.ToMonth, 4},
		"9999-Q4":    {"9999-10-01", "9999-12-31", calendar.ToQuarter, 4},
		"":           {}, "2014-Q5": {}, "2014-13": {}, "2014-02-30": {}, "14": {}, "abcd": {},
	} {
		got := facts{in.Start(), in.End(), in.Precision(), in.Quarter()}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", in, diff)
		}
	}
	if !calendar.Fuzzy("2014-Q1").Before("2014-Q2") || calendar.Fuzzy("2014").Before("2014-Q2") {
		t.Error("Before must be certain")
	}
}

func TestReadFuzzyReadsWhatPeopleType(t *testing.T) {
	for in, want := range map[string]calendar.Fuzzy{
		"2014": "2014", " 2014-Q2 ": "2014-Q2", "T2 2014": "2014-Q2", "2014-T2": "2014-Q2", "q4 2014": "2014-Q4",
		"2e trimestre 2014": "2014-Q2", "1er trimestre 2015": "2015-Q1", "05/2014": "2014-05", "mai 2014": "2014-05",
		"Février 2016": "2016-02", "août 2014": "2014-08", "06/05/2014": "2014-05-06", "6.5.2014": "2014-05-06",
		"6 mai 2014": "2014-05-06", "1er mai 2014": "2014-05-01", "1er\u00a0mai 2014": "2014-05-01",
		"6 May 2014": "2014-05-06", "2014/05/06": "2014-05-06", "6-5-2014": "2014-05-06", "déc. 2014": "2014-12", "": "",
	} {
		if got, err := calendar.ReadFuzzy(in); err != nil || got != want {
			t.Errorf("ReadFuzzy(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	for in, key := range map[string]string{
		"05/04/14": "calendar.fuzzy.format", "bientôt": "calendar.fuzzy.format", "S1 2014": "calendar.fuzzy.format",
		"T5 2014": "calendar.fuzzy.format", "31/06/2014": "calendar.day.impossible", "13/2014": "calendar.day.impossible",
		"05/13/2014": "calendar.day.impossible", "mai": "calendar.fuzzy.format", "a b c d": "calendar.fuzzy.format",
		"é trimestre 2014": "calendar.fuzzy.format",
	} {
		_, err := calendar.ReadFuzzy(in)
		if f, ok := errors.AsType[*fault.Error](err); !ok || f.Key != key {
			t.Errorf("ReadFuzzy(%q): %v, want %s", in, err, key)
		}
	}
}

func TestReadDay(t *testing.T) {
	if got, err := calendar.ReadDay("5 avril 2014"); err != nil || got != "2014-04-05" {
		t.Errorf("%s, %v", got, err)
	}
	for in, key := range map[string]string{"2014": "calendar.day.format", "x": "calendar.day.format", "31/02/2014": "calendar.day.impossible"} {
		_, err := calendar.ReadDay(in)
		if f, ok := errors.AsType[*fault.Error](err); !ok || f.Key != key {
			t.Errorf("ReadDay(%q): %v, want %s", in, err, key)
		}
	}
}

func FuzzReadFuzzy(f *testing.F) {
	for _, s := range []string{"2014-Q2", "1er mai 2014", "T2 2014", "31/12/9999", "trimestre", "1 trimestre 2014"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := calendar.ReadFuzzy(s)
		if err == nil && d != "" && (d.Precision() == calendar.Unknown || d.Start() > d.End()) {
			t.Fatalf("%q read as %q", s, d)
		}
	})
}
