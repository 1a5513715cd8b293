package fact_test

import (
	"context"
	"errors"
	"testing"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fact"

	"github.com/google/go-cmp/cmp"
)

func (c city) log() *act.Log {
	verbs, err := act.NewVerbs([]act.Verb{{Name: "lamp.bulb.order", Force: act.Did, Default: act.Internal}})
	if err != nil {
		c.t.Fatal(err)
	}
	return act.NewLog(c.db.Writer, verbs, func(*db.Tx, act.Actor, act.Ask) (act.Chain, error) { return act.Chain{}, nil })
}

// order is a civic effect: an act, the cursor and a fact of its own in one transaction.
func order(ctx context.Context, l *act.Log, h fact.Head, lamp int, take bool) error {
	_, err := act.Do(ctx, l, act.Actor{Kind: act.System, SetOffBy: h.Cause}, func(tx *act.Tx) (int, error) {
		if err := h.Take(tx); take && err != nil {
			return 0, err
		}
		g, err := tx.Allow(act.Ask{Verb: "lamp.bulb.order"})
		if err != nil {
			return 0, err
		}
		tx.Record(g, act.Act{Verb: "lamp.bulb.order", Object: act.Ref{Type: "lamp", ID: "x"}})
		return 0, errors.Join(note(tx, "civic", lamp), fact.Insert(tx, LampLitV1{lamp}))
	})
	return err
}

// The process dies after the act is committed and before the relay hears of it.
func TestACivicEffectHappensOnceEvenIfTheProcessDiesAfterIt(t *testing.T) {
	each(t, func(c city) {
		l := c.log()
		c.traffic(func(tx *db.Tx) error { return fact.Insert(tx, LampBrokenV1{1}) })
		dying := true
		consumer := fact.Consumer{Name: "civic", Handlers: []fact.Handler{
			fact.On(func(tx *db.Tx, _ fact.Head, f LampLitV1) error { return note(tx, "lit", f.Lamp) }),
			fact.OnCivic(func(ctx context.Context, h fact.Head, f LampBrokenV1) error {
				if err := order(ctx, l, h, f.Lamp, true); err != nil {
					return err
				}
				if dying {
					panic("power cut")
				}
				return nil
			})}}
		if _, err := c.relay(consumer).Deliver(context.Background()); err == nil {
			t.Fatal("the failure went unseen")
		}
		dying = false
		if _, err := c.relay(consumer).Deliver(context.Background()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]int{1}, c.effects("civic")); diff != "" {
			t.Errorf("ordered: %s", diff)
		}
		if diff := cmp.Diff([]int{1}, c.effects("lit")); diff != "" {
			t.Errorf("the fact of the act: %s", diff)
		}
	})
}

func TestAFactOfAnActNamesIt(t *testing.T) {
	each(t, func(c city) {
		if err := order(context.Background(), c.log(), fact.Head{}, 4, false); err != nil {
			t.Fatal(err)
		}
		var cause string
		r := c.relay(fact.Consumer{Name: "a", Handlers: []fact.Handler{
			fact.On(func(_ *db.Tx, h fact.Head, _ LampLitV1) error { cause = string(h.Cause); return nil })}})
		if _, err := r.Deliver(context.Background()); err != nil {
			t.Fatal(err)
		}
		known, err := db.One(context.Background(), c.db.Readers, db.Scalar[int], "SELECT COUNT(*) FROM act WHERE id = $1", cause)
		if err != nil || known != 1 {
			t.Errorf("cause %q is no act (%v)", cause, err)
		}
	})
}

// A handler with nothing to do opens no transaction; the relay still goes on.
func TestACivicHandlerMayDoNothing(t *testing.T) {
	each(t, func(c city) {
		c.traffic(func(tx *db.Tx) error { return fact.Insert(tx, LampBrokenV1{1}) })
		calls := 0
		r := c.relay(fact.Consumer{Name: "idle", Handlers: []fact.Handler{
			fact.OnCivic(func(context.Context, fact.Head, LampBrokenV1) error { calls++; return nil })}})
		for range 2 {
			if _, err := r.Deliver(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		if calls != 1 {
			t.Errorf("called %d times", calls)
		}
	})
}

// Two relays may hold the same fact at once: the second finds it taken, changes nothing and goes on.
func TestACivicFactIsTakenOnce(t *testing.T) {
	each(t, func(c city) {
		l := c.log()
		c.traffic(func(tx *db.Tx) error { return fact.Insert(tx, LampBrokenV1{1}) })
		r := c.relay(fact.Consumer{Name: "civic", Handlers: []fact.Handler{
			fact.OnCivic(func(ctx context.Context, h fact.Head, f LampBrokenV1) error {
				if err := order(ctx, l, h, f.Lamp, true); err != nil {
					return err
				}
				second := order(ctx, l, h, f.Lamp, true)
				if !errors.Is(second, fact.ErrTaken) {
					t.Errorf("taken twice: %v", second)
				}
				return second
			})}})
		if _, err := r.Deliver(context.Background()); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff([]int{1}, c.effects("civic")); diff != "" {
			t.Error(diff)
		}
	})
}
