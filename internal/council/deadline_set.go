package council

import (
	"context"
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// DeadlineForm is what is written of a deadline.
type DeadlineForm struct {
	NameFR   string
	NameEN   string
	Days     int
	After    bool // after the meeting, else before it
	Counting Counting
	Post     id.ID // "": the secretary of the meeting
	Settled  Settling
}

// Limits of the deadlines of a committee.
const (
	maxDeadlines    = 30
	maxDeadlineDays = 366
)

func (f DeadlineForm) clean() DeadlineForm {
	f.NameFR, f.NameEN = strings.TrimSpace(f.NameFR), strings.TrimSpace(f.NameEN)
	return f
}

func (f DeadlineForm) check() error {
	err := form()
	required(err, "name", f.NameFR, maxTitle)
	limited(err, "name_en", f.NameEN, maxTitle)
	within(err, "days", f.Days, 0, maxDeadlineDays)
	oneOf(err, "counting", f.Counting, Countings())
	oneOf(err, "settled", f.Settled, Settlings())
	return err.OrNil()
}

func (f DeadlineForm) into(d *Deadline) {
	d.NameFR, d.NameEN, d.Days, d.Counting, d.Post, d.Settled = f.NameFR, f.NameEN, f.Days, f.Counting, f.Post, f.Settled
	if !f.After {
		d.Days = -f.Days
	}
}

// AddDeadline gives a committee one more deadline, for its meetings from today on.
func (r *Room) AddDeadline(ctx context.Context, by act.Actor, committee id.ID, f DeadlineForm) (Deadline, error) {
	f = f.clean()
	if err := f.check(); err != nil {
		return Deadline{}, err
	}
	return do(ctx, r, by, func(tx *act.Tx) (Deadline, error) {
		c, rules, err := r.openDeadlines(tx, committee)
		if err != nil {
			return Deadline{}, err
		}
		if len(rules) >= maxDeadlines {
			return Deadline{}, fault.New(fault.Conflict, "council.deadline.too_many", "max", maxDeadlines)
		}
		d := Deadline{ID: c.tx.NewID(), Committee: committee, Period: calendar.Since(tx.Today())}
		d.Thread = d.ID
		return d, c.writeDeadline(&d, f, "committee.add_deadline")
	})
}

// ReviseDeadline changes a deadline for the meetings from today on: those held before keep what they were held under.
// It is named by its thread; version is that of the row that was read.
func (r *Room) ReviseDeadline(ctx context.Context, by act.Actor, committee, thread id.ID, version int64, f DeadlineForm) (Deadline, error) {
	f = f.clean()
	if err := f.check(); err != nil {
		return Deadline{}, err
	}
	return do(ctx, r, by, func(tx *act.Tx) (Deadline, error) {
		c, d, err := r.openDeadline(tx, committee, thread)
		if err != nil {
			return d, err
		}
		if err := fresh(version, d.Version, differing{"name", f.NameFR, d.NameFR}); err != nil {
			return d, err
		}
		if d.From.Before(tx.Today()) {
			if err := c.endDeadline(d); err != nil {
				return d, err
			}
			d.ID, d.Period = c.tx.NewID(), calendar.Since(tx.Today())
		}
		return d, c.writeDeadline(&d, f, "committee.revise_deadline")
	})
}

// EndDeadline takes a deadline away from the meetings from today on.
func (r *Room) EndDeadline(ctx context.Context, by act.Actor, committee, thread id.ID, version int64) error {
	return perform(ctx, r, by, func(tx *act.Tx) error {
		c, d, err := r.openDeadline(tx, committee, thread)
		if err != nil {
			return err
		}
		if err := fresh(version, d.Version); err != nil {
			return err
		}
		if err := c.endDeadline(d); err != nil {
			return err
		}
		return c.settle("committee.end_deadline", d.Ref(), d.Version+1, act.Act{Visibility: c.shown(), Texts: d.texts()})
	})
}

// openDeadlines loads a committee that sits with the deadlines that hold from today on.
func (r *Room) openDeadlines(tx *act.Tx, committee id.ID) (*change, []Deadline, error) {
	c, err := r.openCommittee(tx, committee)
	if err != nil {
		return c, nil, err
	}
	if c.c.ClosedOn != "" {
		return c, nil, fault.New(fault.Conflict, "council.committee.closed")
	}
	all, err := loadDeadlines(tx.Context(), tx, committee)
	return c, slices.DeleteFunc(all, func(d Deadline) bool { return !d.Contains(tx.Today()) }), err
}

func (r *Room) openDeadline(tx *act.Tx, committee, thread id.ID) (*change, Deadline, error) {
	c, rules, err := r.openDeadlines(tx, committee)
	if err != nil {
		return c, Deadline{}, err
	}
	n := slices.IndexFunc(rules, func(d Deadline) bool { return d.Thread == thread })
	if n < 0 {
		return c, Deadline{}, fault.New(fault.NotFound, "council.deadline.not_found")
	}
	return c, rules[n], nil
}

func (c *change) endDeadline(d Deadline) error {
	d.To = c.tx.Today()
	d.Version++
	return c.wrote(d.row(), putDeadline(c.tx, d))
}

func (c *change) writeDeadline(d *Deadline, f DeadlineForm, verb string) error {
	if f.Post != "" {
		if _, err := c.r.post(c.tx, f.Post, "post"); err != nil {
			return err
		}
	}
	f.into(d)
	d.Version++
	d.Edition++
	if err := c.wrote(d.row(), putDeadline(c.tx, *d)); err != nil {
		return err
	}
	return c.settle(verb, d.Ref(), d.Version, act.Act{Visibility: c.shown(), Texts: d.texts(), Args: map[string]string{"days": d.count()}})
}

func (d Deadline) texts() []act.Text {
	return []act.Text{{Name: "name", Body: d.NameFR}, {Name: "name_en", Body: d.NameEN}}
}

// count is the deadline as assemblies write it: J-12, J+8.
func (d Deadline) count() string {
	switch {
	case d.Days > 0:
		return "J+" + itoa(d.Days)
	case d.Days < 0:
		return "J" + itoa(d.Days)
	}
	return "J"
}
