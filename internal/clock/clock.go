// Package clock lets the demonstration and the tests choose the time.
package clock

import (
	"sync"
	"time"
)

// Clock tells the time. System is the machine's; Set is moved by hand.
type Clock interface {
	Now() time.Time
}

// System is the clock of the machine.
type System struct{}

// Now returns the time of the machine.
func (System) Now() time.Time { return time.Now() }

// Set is a clock moved by hand; it is safe for concurrent use.
type Set struct {
	mu  sync.Mutex
	now time.Time
}

// At returns a clock that stands at t.
func At(t time.Time) *Set { return &Set{now: t} }

// Now returns the time the clock was last moved to.
func (s *Set) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

// Move sets the clock to t, forwards or backwards.
func (s *Set) Move(t time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = t
}

// Advance moves the clock by d.
func (s *Set) Advance(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
}

// Running is a clock that started at From when the program's clock stood at Since, and runs since.
type Running struct{ From, Since time.Time }

// StartAt returns a clock that shows t now and runs from there.
func StartAt(t time.Time) Running { return Running{From: t, Since: time.Now()} }

// Now returns the time on the running clock.
func (r Running) Now() time.Time { return r.From.Add(time.Since(r.Since)) }
