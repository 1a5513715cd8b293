package clock_test

import (
	"testing"
	"time"

	"parvis/internal/clock"
)

func TestASetClockStandsUntilMoved(t *testing.T) {
	start := time.Date(2018, 3, 12, 9, 0, 0, 0, time.UTC)
	c := clock.At(start)
	c.Advance(time.Hour)
	if got := c.Now(); !got.Equal(start.Add(time.Hour)) {
		t.Errorf("got %v", got)
	}
	c.Move(start)
	if got := c.Now(); !got.Equal(start) {
		t.Errorf("got %v", got)
	}
}

func TestARunningClockGoesOnFromItsStart(t *testing.T) {
	start := time.Date(2018, 3, 12, 9, 0, 0, 0, time.UTC)
	c := clock.StartAt(start)
	first := c.Now()
	if first.Before(start) || c.Now().Before(first) {
		t.Errorf("the clock stands at %v after %v", c.Now(), first)
	}
}
