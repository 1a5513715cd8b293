package powers_test

import (
	"context"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/powers"
	"parvis/internal/powers/powerstest"
)

// I2 and I27: a post is held only while the post and its unit live, by one person at a time (an interim
// apart), and whoever has left is shown on no later day. A refusal is right exactly when the naive model
// below says so.
func TestI2I27HoldersInsideTheirPost(t *testing.T) {
	properties(t, "", func(t *rapid.T, c *powerstest.City, now *clock.Set, run string) {
		s := newStaffing(t, c, run)
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			switch rapid.SampledFrom([]string{"appoint", "appoint", "appoint", "end", "close"}).Draw(t, "step") {
			case "appoint":
				s.appoint(t)
			case "end":
				s.end(t)
			case "close":
				s.close(t)
			}
		}
		s.compare(t, now)
	})
}

// staffing is one post with its model.
type staffing struct {
	c      *powerstest.City
	post   id.ID
	people [3]id.ID
	life   calendar.Period
	held   map[id.ID]tenure
}

type tenure struct {
	calendar.Period
	interim bool
	person  int
}

func newStaffing(t *rapid.T, c *powerstest.City, run string) *staffing {
	s := &staffing{c: c, life: drawPeriod(t), held: map[id.ID]tenure{}}
	err := c.Try(c.Founder, func(tx *act.Tx) error {
		unit, err := powers.CreateUnit(tx, powers.NewUnit{Body: c.Body, Kind: "service", Code: run + "U", Name: "U", Period: s.life})
		if err != nil {
			return err
		}
		for i := range s.people {
			if s.people[i], err = powers.AddPerson(tx, powers.NewPerson{Family: "X"}); err != nil {
				return err
			}
		}
		s.post, err = powers.CreatePost(tx, powers.NewPost{Unit: unit, Code: run + "P", Title: "P", Layer: "service", Period: s.life})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *staffing) appoint(t *rapid.T) {
	h := tenure{drawPeriod(t), rapid.Bool().Draw(t, "interim"), rapid.IntRange(0, 2).Draw(t, "person")}
	free := h.Within(s.life)
	for _, o := range s.held {
		if o.Overlaps(h.Period) && (o.interim == h.interim || o.person == h.person) {
			free = false
		}
	}
	err := s.c.Try(s.c.Founder, func(tx *act.Tx) error {
		holder, err := powers.Appoint(tx, powers.Appointment{Post: s.post, Person: s.people[h.person], Interim: h.interim, Period: h.Period})
		if err == nil {
			s.held[holder] = h
		}
		return err
	})
	if refused(t, err) == free {
		t.Fatalf("appoint %+v among %+v in %v: %v", h, s.held, s.life, err)
	}
}

func (s *staffing) end(t *rapid.T) {
	if len(s.held) == 0 {
		return
	}
	holder := rapid.SampledFrom(slices.Sorted(maps.Keys(s.held))).Draw(t, "holder")
	day := rapid.SampledFrom(days[:len(days)-1]).Draw(t, "end")
	late := day >= s.held[holder].To
	err := s.c.Try(s.c.Founder, func(tx *act.Tx) error { return powers.EndHolding(tx, holder, day, "A-1") })
	if refused(t, err) != late {
		t.Fatalf("end %+v on %s: %v", s.held[holder], day, err)
	}
	if err == nil {
		s.cut(holder, day)
	}
}

// close ends the post, and everybody on it with it.
func (s *staffing) close(t *rapid.T) {
	day := rapid.SampledFrom(days[:len(days)-1]).Filter(func(d calendar.Day) bool { return d > s.life.From }).Draw(t, "close")
	err := s.c.Try(s.c.Founder, func(tx *act.Tx) error { return powers.ClosePost(tx, s.post, day, "A-2") })
	if refused(t, err) {
		return
	}
	s.life.To = min(s.life.To, day)
	for holder := range s.held {
		s.cut(holder, day)
	}
}

func (s *staffing) cut(holder id.ID, day calendar.Day) {
	h := s.held[holder]
	if h.To = min(h.To, day); h.Empty() {
		delete(s.held, holder)
	} else {
		s.held[holder] = h
	}
}

// compare looks at every day.
func (s *staffing) compare(t *rapid.T, now *clock.Set) {
	for _, day := range days[:len(days)-1] {
		got, err := powers.PostAt(context.Background(), s.c.DB.Readers, s.post, powers.Moment{Day: day, Known: now.Now().AddDate(0, 1, 0)})
		if !s.life.Contains(day) {
			if fault.KindOf(err) != fault.NotFound {
				t.Fatalf("on %s the post should be no more: %v", day, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		var want, shown []id.ID
		for holder, h := range s.held {
			if h.Contains(day) {
				want = append(want, holder)
			}
		}
		for _, h := range got.Current {
			shown = append(shown, h.ID)
		}
		slices.Sort(want)
		slices.Sort(shown)
		if !slices.Equal(want, shown) {
			t.Fatalf("on %s: shown %v, want %v", day, shown, want)
		}
	}
}
