package main

import (
	"context"
	"slices"
	"time"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/money"
	"parvis/internal/powers/powerstest"
)

// question is who asks the powers for what; n varies the post and the unit.
type question struct {
	name string
	pick func(c *powerstest.City, n int) (act.Actor, act.Ask)
}

func questions() []question {
	arbitration := act.Ask{Verb: "portfolio.arbitration.decide", Object: act.Ref{Type: "arbitration", ID: "x"}, Amount: money.Euros(180_000)}
	return []question{
		{"an agent answers for their directorate's part", func(c *powerstest.City, n int) (act.Actor, act.Ask) {
			return c.Agent(postCode(n%600, 0)), act.Ask{Verb: "portfolio.part.accept", Object: act.Ref{Type: "part", ID: "x"}, Matter: "proprete",
				Roles: map[string][]id.ID{"unit": {c.Units[unitCode(n%600)]}}}
		}},
		{"the secretary general arbitrates", func(c *powerstest.City, n int) (act.Actor, act.Ask) { return c.Agent("SG"), arbitration }},
		{"an agent arbitrates by delegation", func(c *powerstest.City, n int) (act.Actor, act.Ask) {
			return c.Agent(postCode(n%200, 1)), arbitration
		}},
		{"an agent whose power is not established", func(c *powerstest.City, n int) (act.Actor, act.Ask) {
			return c.Agent(postCode(n%600, 2+n%80)), arbitration
		}},
	}
}

const decisionsInRound = 1000

// measureDecide takes the evaluator inside the transaction, everything read from the database each time.
func measureDecide(p plan, t *table, e *engine) error {
	d, err := db.Open(context.Background(), e.c)
	if err != nil {
		return err
	}
	defer d.Close()
	medians, single := map[string][]float64{}, []float64{}
	for range p.runs {
		err := d.Writer.Traffic(context.Background(), func(tx *db.Tx) error {
			one, err := medianOf(func(int) error {
				_, err := db.One(tx.Context(), tx, db.Scalar[string], `SELECT code FROM powers_post WHERE thing = $1`, e.city.Posts["SG"])
				return err
			})
			single = append(single, one)
			if err != nil {
				return err
			}
			for _, q := range questions() {
				took, err := medianOf(func(n int) error {
					by, ask := q.pick(e.city, n)
					ask.Day = "2020-06-15"
					_, err := e.city.Engine.Decide(tx, by, ask)
					return err
				})
				if err != nil {
					return err
				}
				medians[q.name] = append(medians[q.name], took)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	t.title("Decide in the transaction on " + e.name + ", loading included (median of 1,000 in each round)")
	t.add("baseline: one post read by its key", "µs", single, "")
	for _, q := range questions() {
		t.add(q.name, "µs", medians[q.name], "≤ 100")
	}
	return nil
}

// medianOf is the median time of fn, in microseconds.
func medianOf(fn func(n int) error) (float64, error) {
	took := make([]time.Duration, decisionsInRound)
	for n := range took {
		began := time.Now()
		if err := fn(n); err != nil {
			return 0, err
		}
		took[n] = time.Since(began)
	}
	slices.Sort(took)
	return percentile(took, 50) * 1000, nil
}
