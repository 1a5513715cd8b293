package fact_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/fact"

	"github.com/google/go-cmp/cmp"
)

type LampLitV1 struct{ Lamp int }
type LampBrokenV1 struct{ Lamp int }
type Unversioned struct{}

var monday = time.Date(2018, 3, 12, 8, 0, 0, 0, time.UTC)

// city is a database with a table in which consumers leave their effects.
type city struct {
	t     *testing.T
	db    *db.DB
	clock *clock.Set
}

func each(t *testing.T, test func(c city)) {
	now := clock.At(monday)
	dbtest.EachAt(t, now, func(t *testing.T, d *db.DB) {
		now.Move(monday)
		c := city{t, d, now}
		c.traffic(func(tx *db.Tx) error {
			return tx.Exec("CREATE TABLE op_effect (consumer TEXT NOT NULL, lamp BIGINT NOT NULL)")
		})
		test(c)
	})
}

func (c city) traffic(fn func(*db.Tx) error) {
	c.t.Helper()
	if err := c.db.Writer.Traffic(context.Background(), fn); err != nil {
		c.t.Fatal(err)
	}
}

func (c city) light(lamps ...int) {
	c.t.Helper()
	for _, l := range lamps {
		c.traffic(func(tx *db.Tx) error { return fact.Insert(tx, LampLitV1{l}) })
	}
}

func (c city) relay(consumers ...fact.Consumer) *fact.Relay {
	c.t.Helper()
	r, err := fact.NewRelay(c.db, c.clock, consumers...)
	if err != nil {
		c.t.Fatal(err)
	}
	return r
}

// effects lists what a consumer did, in order.
func (c city) effects(consumer string) []int {
	c.t.Helper()
	all, err := db.All(context.Background(), c.db.Readers, db.Scalar[int],
		"SELECT lamp FROM op_effect WHERE consumer = $1 ORDER BY lamp", consumer)
	if err != nil {
		c.t.Fatal(err)
	}
	return all
}

func note(tx db.Transaction, consumer string, lamp int) error {
	return tx.Exec("INSERT INTO op_effect (consumer, lamp) VALUES ($1, $2)", consumer, lamp)
}

func noting(name string) fact.Consumer {
	return fact.Consumer{Name: name, Handlers: []fact.Handler{
		fact.On(func(tx *db.Tx, _ fact.Head, f LampLitV1) error { return note(tx, name, f.Lamp) })}}
}

func TestAFactExistsOnlyWithItsCause(t *testing.T) {
	each(t, func(c city) {
		undone := errors.New("undone")
		err := c.db.Writer.Traffic(context.Background(), func(tx *db.Tx) error {
			return errors.Join(fact.Insert(tx, LampLitV1{1}), undone)
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
		c.light(2)
		r := c.relay(noting("a"))
		if n, err := r.Deliver(context.Background()); n != 1 || err != nil {
			t.Errorf("delivered %d, %v, want the one fact committed", n, err)
		}
		if diff := cmp.Diff([]int{2}, c.effects("a")); diff != "" {
			t.Error(diff)
		}
	})
}

func TestOnlyVersionedStructsAreFacts(t *testing.T) {
	each(t, func(c city) {
		for _, bad := range []any{Unversioned{}, "text", &LampLitV1{}, struct{}{}} {
			err := c.db.Writer.Traffic(context.Background(), func(tx *db.Tx) error { return fact.Insert(tx, bad) })
			if err == nil {
				t.Errorf("%T was taken for a fact", bad)
			}
		}
		twice := noting("a")
		twice.Handlers = append(twice.Handlers, twice.Handlers[0])
		bad := fact.Consumer{Name: "b", Handlers: []fact.Handler{
			fact.On(func(*db.Tx, fact.Head, Unversioned) error { return nil })}}
		for _, table := range [][]fact.Consumer{{twice}, {bad}, {noting("a"), noting("a")}, {noting("")}} {
			if _, err := fact.NewRelay(c.db, c.clock, table...); err == nil {
				t.Errorf("%v was accepted", table)
			}
		}
	})
}

// A consumer that fails anywhere, in any way, still has each effect once, in order.
func TestEachEffectHappensOnceWhereverItFails(t *testing.T) {
	failures := map[string]func() error{
		"error":         func() error { return errors.New("broken") },
		"panic":         func() error { panic("broken") },
		"error of once": func() error { return fact.ErrTaken },
	}
	for name, fail := range failures {
		for _, after := range []bool{false, true} {
			each(t, func(c city) {
				for at := range 4 {
					consumer := name + string(rune('a'+at))
					c.light(at*10, at*10+1, at*10+2, at*10+3)
					runUntilDone(c, consumer, at*10, failTwice(consumer, at*10+at, after, fail))
				}
			})
		}
	}
}

// failTwice fails at a lamp until it has been tried twice: once in a batch, once alone or later.
func failTwice(name string, lamp int, after bool, fail func() error) fact.Consumer {
	failures := 0
	return fact.Consumer{Name: name, Handlers: []fact.Handler{fact.On(func(tx *db.Tx, _ fact.Head, f LampLitV1) error {
		trip := f.Lamp == lamp && failures < 2
		if trip {
			failures++
		}
		if trip && !after {
			return fail()
		}
		if err := note(tx, name, f.Lamp); err != nil || !trip {
			return err
		}
		return fail()
	})}}
}

func runUntilDone(c city, name string, from int, consumer fact.Consumer) {
	c.t.Helper()
	r := c.relay(consumer)
	_, err := r.Deliver(context.Background())
	if err == nil {
		c.t.Fatalf("%s: the failure went unseen", name)
	}
	if n, err := r.Deliver(context.Background()); n != 0 || err != nil {
		c.t.Errorf("%s: delivered %d facts (%v) before its delay was over", name, n, err)
	}
	for range 2 {
		c.clock.Advance(time.Minute)
		_, err = r.Deliver(context.Background())
	}
	if err != nil {
		c.t.Errorf("%s: %v", name, err)
	}
	var want []int
	for i := range from + 4 {
		if i%10 < 4 {
			want = append(want, i)
		}
	}
	if diff := cmp.Diff(want, c.effects(name)); diff != "" {
		c.t.Errorf("%s: %s", name, diff)
	}
}

func TestAFailureIsVisibleAndStopsOnlyItsConsumer(t *testing.T) {
	each(t, func(c city) {
		c.light(1, 2, 3)
		broken := fact.Consumer{Name: "broken", Handlers: []fact.Handler{
			fact.On(func(tx *db.Tx, _ fact.Head, f LampLitV1) error {
				if f.Lamp == 2 {
					return errors.New("no bulb")
				}
				return note(tx, "broken", f.Lamp)
			})}}
		r := c.relay(broken, noting("other"))
		for range 3 {
			r.Deliver(context.Background())
			c.clock.Advance(time.Hour)
		}
		got, err := r.Standings(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != 2 || got[0].Behind != 2 || got[0].Attempts != 3 || !strings.Contains(got[0].Trouble, "no bulb") || got[1].Behind != 0 {
			t.Errorf("standings %+v", got)
		}
		if err := r.Skip(context.Background(), "broken", 3); err == nil {
			t.Error("skipped a fact that stops nobody")
		}
		if err := r.Skip(context.Background(), "broken", 2); err != nil {
			t.Error(err)
		}
		if _, err := r.Deliver(context.Background()); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff([]int{1, 3}, c.effects("broken")); diff != "" {
			t.Error(diff)
		}
	})
}

func TestTwoRelaysShareTheWork(t *testing.T) {
	each(t, func(c city) {
		for i := range 150 {
			c.light(i)
		}
		done := make(chan error, 4)
		for range 4 {
			r := c.relay(noting("a"), noting("b"))
			go func() {
				_, err := r.Deliver(context.Background())
				done <- err
			}()
		}
		for range 4 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		for _, name := range []string{"a", "b"} {
			got := c.effects(name)
			if len(got) != 150 || got[149] != 149 {
				t.Errorf("%s had %d effects, want 150", name, len(got))
			}
		}
	})
}

func TestAConsumerFromNowPassesOverThePast(t *testing.T) {
	each(t, func(c city) {
		c.light(1)
		late := noting("late")
		late.FromNow = true
		r := c.relay(late)
		r.Deliver(context.Background())
		c.light(2)
		r.Deliver(context.Background())
		if diff := cmp.Diff([]int{2}, c.effects("late")); diff != "" {
			t.Error(diff)
		}
	})
}

func TestPruningNeverReusesANumber(t *testing.T) {
	each(t, func(c city) {
		r := c.relay(noting("a"))
		c.light(1, 2)
		if n, err := r.Prune(context.Background(), monday.Add(time.Hour)); n != 0 || err != nil {
			t.Errorf("pruned %d undelivered facts, %v", n, err)
		}
		r.Deliver(context.Background())
		if n, err := r.Prune(context.Background(), monday.Add(time.Hour)); n != 1 || err != nil {
			t.Errorf("pruned %d, %v, want 1: the last stays", n, err)
		}
		c.light(3)
		r.Deliver(context.Background())
		if diff := cmp.Diff([]int{1, 2, 3}, c.effects("a")); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRunDeliversWhatComes(t *testing.T) {
	each(t, func(c city) {
		ctx, stop := context.WithCancel(context.Background())
		seen := make(chan int, 1)
		r := c.relay(fact.Consumer{Name: "a", Handlers: []fact.Handler{
			fact.On(func(_ *db.Tx, _ fact.Head, f LampLitV1) error { seen <- f.Lamp; return nil })}})
		done := make(chan error)
		go func() { done <- r.Run(ctx) }()
		c.light(7)
		if got := <-seen; got != 7 {
			t.Errorf("got lamp %d", got)
		}
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}
