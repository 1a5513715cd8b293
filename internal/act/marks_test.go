package act_test

import (
	"context"
	"sync"
	"testing"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
)

// note records an act of the room "test", and with it a row of the room "powers" when person is not empty.
func note(t *testing.T, l *act.Log, person id.ID) {
	t.Helper()
	_, err := act.Do(context.Background(), l, agent, func(tx *act.Tx) (id.ID, error) {
		a := act.Act{Object: act.Ref{Type: "note", ID: tx.NewID()}}
		if person != "" {
			a.Rows = []act.Row{{Table: "powers_person", ID: person}}
			if err := tx.Exec(`INSERT INTO powers_person (id, version) VALUES ($1, 1)`, person); err != nil {
				return "", err
			}
		}
		return write(tx, "test.note.keep", a)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// counted is a shelf that counts how often it reads.
type counted struct {
	*act.Kept[string, int]
	reads int
}

func (c *counted) get(t *testing.T, key string) int {
	t.Helper()
	n, err := c.Get(context.Background(), key, func(context.Context) (int, error) {
		c.reads++
		return c.reads, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestWhatIsKeptIsReadAgainWhenAnActTouchesItsRoom(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		l := newLog(t, d, permissive)
		here, elsewhere := act.NewMarks(d.Readers), act.NewMarks(d.Readers) // as two processes of a city
		shelf := func(m *act.Marks, room string) *counted { return &counted{Kept: act.Keep[string, int](m, 10, room)} }
		notes, people, others := shelf(here, "test"), shelf(here, "powers"), shelf(elsewhere, "powers")
		want := func(step string, n, p, o int) {
			t.Helper()
			if a, b, c := notes.get(t, "k"), people.get(t, "k"), others.get(t, "k"); a != n || b != p || c != o {
				t.Errorf("%s: read %d, %d and %d times, want %d, %d and %d", step, a, b, c, n, p, o)
			}
		}
		want("at first", 1, 1, 1)
		want("nothing happened", 1, 1, 1)
		note(t, l, "")
		want("an act by its verb", 2, 1, 1)
		note(t, l, "p-1")
		want("a row of another room", 3, 2, 2)
		want("nothing happened", 3, 2, 2)
	})
}

func TestAShelfIsBounded(t *testing.T) {
	d := dbtest.SQLite(t, nil)
	s := &counted{Kept: act.Keep[string, int](act.NewMarks(d.Readers), 2, "test")}
	for _, key := range []string{"a", "b", "a", "c", "a"} {
		s.get(t, key)
	}
	if s.reads != 4 {
		t.Errorf("%d reads, want 4: a, b, c, and a again because c emptied the shelf", s.reads)
	}
}

func TestWhoAsksTogetherReadsOnce(t *testing.T) {
	d := dbtest.SQLite(t, nil)
	s := &counted{Kept: act.Keep[string, int](act.NewMarks(d.Readers), 2, "test")}
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() { s.get(t, "k") })
	}
	group.Wait()
	if s.reads != 1 {
		t.Errorf("%d reads", s.reads)
	}
}

func TestAFailureIsNotKept(t *testing.T) {
	d := dbtest.SQLite(t, nil)
	s := &counted{Kept: act.Keep[string, int](act.NewMarks(d.Readers), 2, "test")}
	_, err := s.Get(context.Background(), "k", func(context.Context) (int, error) { return 0, context.Canceled })
	if err == nil || s.get(t, "k") != 1 {
		t.Errorf("%v, then %d", err, s.reads)
	}
}
