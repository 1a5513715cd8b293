package powers_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
	"parvis/internal/money"
	"parvis/internal/powers"
	"parvis/internal/powers/powerstest"
)

// big is a city of 600 units and 55,000 posts with ten years of holders, under the municipal team.
func big(b *testing.B) *powerstest.City {
	b.Helper()
	d := dbtest.SQLite(b, clock.At(calendar.Day("2020-06-15").Clock(9, 0)))
	c := powerstest.New(b, d, rooms())
	c.Populate(b, powerstest.Paris)
	c.Install(b, c.Founder, powers.MunicipalTeam, powerstest.Dawn)
	c.Do(b, c.Agent("SG"), func(tx *act.Tx) error {
		for i := range 200 {
			_, err := powers.Delegate(tx, powers.NewDelegation{Giver: c.Posts["SG"], Receiver: c.Posts[fmt.Sprintf("P%d-1", i)], Nature: powers.OfSignature,
				Scope:  powers.Scope{Verbs: []string{"portfolio.arbitration.decide"}, AmountMax: 200_000_00},
				Period: calendar.Since("2020-01-01"), LegalAct: fmt.Sprintf("2020-%d", i)})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return c
}

// BenchmarkDecide measures Decide inside the transaction, everything read from the database, and
// reports the median: an agent answers for their directorate's part; the secretary general arbitrates;
// an agent arbitrates by a delegation of signature; nobody's power is established.
func BenchmarkDecide(b *testing.B) {
	c := big(b)
	part := func(i int) (act.Actor, act.Ask) {
		return c.Agent(fmt.Sprintf("P%d-0", i%600)), act.Ask{Verb: "portfolio.part.accept", Object: act.Ref{Type: "part", ID: "x"},
			Matter: "proprete", Roles: map[string][]id.ID{"unit": {c.Units[fmt.Sprintf("U%d", i%600)]}}}
	}
	arbitration := act.Ask{Verb: "portfolio.arbitration.decide", Object: act.Ref{Type: "arbitration", ID: "x"}, Amount: money.Euros(180_000)}
	for name, pick := range map[string]func(i int) (act.Actor, act.Ask){
		"part":       part,
		"own":        func(int) (act.Actor, act.Ask) { return c.Agent("SG"), arbitration },
		"delegation": func(i int) (act.Actor, act.Ask) { return c.Agent(fmt.Sprintf("P%d-1", i%200)), arbitration },
		"lacking":    func(i int) (act.Actor, act.Ask) { return c.Agent(fmt.Sprintf("P%d-%d", i%600, 2+i%80)), arbitration },
	} {
		b.Run(name, func(b *testing.B) { decideMany(b, c, pick) })
	}
}

func decideMany(b *testing.B, c *powerstest.City, pick func(i int) (act.Actor, act.Ask)) {
	took := make([]time.Duration, 0, b.N)
	err := c.DB.Writer.Traffic(context.Background(), func(tx *db.Tx) error {
		for i := range b.N {
			by, ask := pick(i)
			ask.Day = "2020-06-15"
			began := time.Now()
			if _, err := c.Engine.Decide(tx, by, ask); err != nil {
				return err
			}
			took = append(took, time.Since(began))
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "µs-median")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "µs-p99")
}

// BenchmarkWho measures « Qui décide ? » on the readers' pool.
func BenchmarkWho(b *testing.B) {
	c := big(b)
	ask := act.Ask{Verb: "portfolio.arbitration.decide", Object: act.Ref{Type: "arbitration", ID: "x"}, Amount: money.Euros(180_000),
		Roles: map[string][]id.ID{"part": {c.Units["U1"], c.Units["U2"]}, "sponsor": {c.Posts["ADJ-NUM"]}}}
	m := powers.Now(calendar.Day("2020-06-15").Clock(12, 0))
	for b.Loop() {
		if _, err := c.Engine.Who(context.Background(), c.DB.Readers, ask, m); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkOrganigram measures the tree at a date with its heads, and BenchmarkUnit a page of 91 posts.
func BenchmarkOrganigram(b *testing.B) {
	c := big(b)
	m := powers.Now(calendar.Day("2020-06-15").Clock(12, 0)).On("2015-03-01")
	b.Run("tree", func(b *testing.B) {
		for b.Loop() {
			if _, err := powers.Organigram(context.Background(), c.DB.Readers, m, true); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("unit", func(b *testing.B) {
		for b.Loop() {
			if _, err := powers.UnitAt(context.Background(), c.DB.Readers, c.Units["U300"], m, true, 0); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("post", func(b *testing.B) {
		for b.Loop() {
			if _, err := powers.PostFor(context.Background(), c.DB.Readers, c.Posts["P300-4"], m, true); err != nil {
				b.Fatal(err)
			}
		}
	})
}
