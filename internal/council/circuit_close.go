package council

import (
	"context"
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// ResumeCircuit takes a returned circuit up again: its author answers the refusal without changing the
// paper.
func (r *Room) ResumeCircuit(ctx context.Context, by act.Actor, circuit id.ID, version int64, reply string) (Circuit, error) {
	return r.changeCircuit(ctx, by, circuit, version, "circuit.resume", reply, func(f *Flow) error { return f.resume() })
}

// WithdrawCircuit ends a circuit that is no longer wanted.
func (r *Room) WithdrawCircuit(ctx context.Context, by act.Actor, circuit id.ID, version int64, reason string) (Circuit, error) {
	return r.changeCircuit(ctx, by, circuit, version, "circuit.withdraw", reason, func(f *Flow) error { return f.withdraw() })
}

func (r *Room) changeCircuit(ctx context.Context, by act.Actor, circuit id.ID, version int64, verb, note string, edit func(*Flow) error) (Circuit, error) {
	note = strings.TrimSpace(note)
	bad := form()
	required(bad, "note", note, maxText)
	if err := bad.OrNil(); err != nil {
		return Circuit{}, err
	}
	return do(ctx, r, by, func(tx *act.Tx) (Circuit, error) {
		c, err := r.openFlow(tx, circuit)
		if err != nil {
			return Circuit{}, err
		}
		if err := fresh(version, c.f.Circuit.Version); err != nil {
			return c.f.Circuit, err
		}
		if err := edit(c.f); err != nil {
			return c.f.Circuit, err
		}
		c.f.Circuit.Note = note
		err = c.finish(verb, act.Act{Texts: []act.Text{{Name: "motive", Body: note}}})
		return c.f.Circuit, err
	})
}

// renewCircuits puts a new edition of a document under the circuits that run on it. It is called by
// whoever adds the edition, in the same transaction and after the act that says so: what was given on the old one is void at once.
func (c *change) renewCircuits(p Paper) error {
	cause := c.tx.Acts()[len(c.tx.Acts())-1]
	under, err := circuitsUnder(c.tx.Context(), c.tx, p.Thread)
	if err != nil {
		return err
	}
	for _, k := range under {
		f, err := loadFlow(c.tx.Context(), c.tx, k)
		if err != nil {
			return err
		}
		item, err := loadItem(c.tx.Context(), c.tx, f.Circuit.Item)
		if err != nil {
			return err
		}
		fc := c.r.changeOf(c, f, item)
		f.renew(p)
		if err := fc.finish("circuit.renew", act.Act{Cause: cause, Args: map[string]string{"digest": p.Digest}}); err != nil {
			return err
		}
	}
	return nil
}

// CloseSilences does what the steps of running circuits say of silence, once their deadlines have passed;
// it begins the delay of the seats that somebody holds at last, and looks again for whoever bears a role
// that nobody bore. It is a job: each circuit is its own transaction, whose author is the system, set off
// by the act that opened the circuit. It tells how many circuits it moved.
func (r *Room) CloseSilences(ctx context.Context) (int, error) {
	all, err := circuitsToLookAt(ctx, r.reads, r.Today())
	if err != nil {
		return 0, err
	}
	moved := 0
	for _, k := range all {
		ok, err := r.closeSilence(ctx, k)
		if err != nil {
			return moved, err
		}
		if ok {
			moved++
		}
	}
	return moved, nil
}

// nothingMoved ends a transaction in which the clock found nothing to do.
var nothingMoved = fault.New(fault.Conflict, "council.circuit.nothing_moved")

func (r *Room) closeSilence(ctx context.Context, circuit id.ID) (bool, error) {
	f, err := loadFlow(ctx, r.reads, circuit)
	if err != nil {
		return false, err
	}
	by := act.Actor{Kind: act.System, SetOffBy: f.Circuit.OpenedAct, Channel: "job"}
	_, err = do(ctx, r, by, func(tx *act.Tx) (bool, error) {
		c, err := r.openFlow(tx, circuit)
		if err != nil {
			return false, err
		}
		moved, err := c.tick()
		if err != nil {
			return false, err
		}
		if !moved {
			return false, nothingMoved
		}
		return true, c.finish("circuit.lapse", act.Act{Cause: f.Circuit.OpenedAct})
	})
	if err == error(nothingMoved) {
		return false, nil
	}
	return err == nil, err
}

// tick applies the clock to everything that waits.
func (c *flowChange) tick() (bool, error) {
	moved, err := c.unstick()
	if err != nil {
		return moved, err
	}
	for _, v := range slices.Clone(c.f.Visas) {
		if !v.Waits() {
			continue
		}
		one, err := c.tickVisa(v)
		if err != nil {
			return moved, err
		}
		moved = moved || one
	}
	return moved, nil
}

func (c *flowChange) tickVisa(v Visa) (bool, error) {
	seats, err := c.seeker()
	if err != nil {
		return false, err
	}
	now, err := seats.sought([]id.ID{v.Post})
	if err != nil {
		return false, err
	}
	seat := Sought{Post: v.Post}
	if len(now) > 0 {
		seat = now[0]
	}
	up, err := c.above(v.Post)
	if err != nil {
		return false, err
	}
	switch {
	case seat.Recused:
		return c.f.raise(v.ID, up), nil
	case v.Status == VisaVacant:
		return seat.Held && c.f.fill(v.ID), nil
	}
	return c.f.lapse(v.ID, seat.Held, up), nil
}
