package act

import (
	"context"
	"strings"
	"sync"

	"parvis/internal/db"
)

// Marks tells pages whether anything changed in a room since they last read it, whichever process recorded the
// act: a room is the first word of a verb ("powers", "portfolio") or of the name of a table. It reads the last
// act at each question, and what new acts touched only when there are new ones.
type Marks struct {
	q db.Querier

	mu    sync.Mutex
	began bool
	base  int64            // the last act when the first question was asked
	seen  int64            // the last act looked at
	rooms map[string]int64 // the last act that touched a room, as far as it was after base
}

// NewMarks makes marks of the acts that q reads.
func NewMarks(q db.Querier) *Marks { return &Marks{q: q, rooms: map[string]int64{}} }

// Last gives a number that grows with each act that touches one of the rooms.
func (m *Marks) Last(ctx context.Context, rooms ...string) (int64, error) {
	last, err := lastRecorded(ctx, m.q)
	if err != nil {
		return 0, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.began {
		m.began, m.base, m.seen = true, last, last
	}
	if last > m.seen {
		if err := m.lookAt(ctx, last); err != nil {
			return 0, err
		}
	}
	mark := m.base
	for _, room := range rooms {
		mark = max(mark, m.rooms[room])
	}
	return mark, nil
}

// lookAt notes the rooms that acts touched since the last one looked at.
func (m *Marks) lookAt(ctx context.Context, last int64) error {
	names, err := touchedSince(ctx, m.q, m.seen)
	if err != nil {
		return err
	}
	for _, name := range names {
		m.rooms[strings.FieldsFunc(name, func(r rune) bool { return r == '.' || r == '_' })[0]] = last
	}
	m.seen = last
	return nil
}

// Kept keeps what pages read of some rooms until an act touches one of them. What is kept is shared: callers
// must not change it. A transaction reads the tables themselves.
type Kept[K comparable, V any] struct {
	marks *Marks
	rooms []string
	most  int

	mu    sync.Mutex
	at    int64
	slots map[K]*slot[V]
}

// slot is one answer; whoever asks first reads it, the others wait for it.
type slot[V any] struct {
	mu    sync.Mutex
	known bool
	value V
}

// Keep makes a shelf of at most so many answers that are read of the rooms.
func Keep[K comparable, V any](m *Marks, most int, rooms ...string) *Kept[K, V] {
	return &Kept[K, V]{marks: m, rooms: rooms, most: most, slots: map[K]*slot[V]{}}
}

// Get gives the answer to key, read by read unless it is known and still true.
func (k *Kept[K, V]) Get(ctx context.Context, key K, read func(context.Context) (V, error)) (V, error) {
	at, err := k.marks.Last(ctx, k.rooms...)
	if err != nil {
		var none V
		return none, err
	}
	s := k.slot(at, key)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known {
		return s.value, nil
	}
	value, err := read(ctx)
	if err == nil {
		s.value, s.known = value, true
	}
	return value, err
}

// slot finds the slot of a key, on a shelf emptied when something was recorded since or when it is full.
func (k *Kept[K, V]) slot(at int64, key K) *slot[V] {
	k.mu.Lock()
	defer k.mu.Unlock()
	if at > k.at {
		clear(k.slots)
		k.at = at
	}
	s := k.slots[key]
	if s == nil {
		if len(k.slots) >= k.most {
			clear(k.slots)
		}
		s = &slot[V]{}
		k.slots[key] = s
	}
	return s
}
