package council

import (
	"fmt"
	"testing"

	"parvis/internal/calendar"
	"parvis/internal/id"

	"pgregory.net/rapid"
)

// bench runs a circuit without a database: who holds which post is a map.
type bench struct {
	*rapid.T
	f     *Flow
	held  map[id.ID]bool
	minor bool
	n     int
}

var silences = []Silence{SilenceNothing, SilenceAgrees, SilenceRefuses, SilenceRises}

func newBench(t *rapid.T) *bench {
	b := &bench{T: t, held: map[id.ID]bool{}}
	for i := range 6 {
		b.held[seatName(i)] = rapid.Bool().Draw(t, "held")
	}
	var specs []StepSpec
	for i := range rapid.IntRange(1, 4).Draw(t, "steps") {
		n := rapid.IntRange(0, 3).Draw(t, "posts")
		s := StepSpec{IfAny: rapid.Bool().Draw(t, "if any"), NameFR: fmt.Sprint(i), Kind: rapid.SampledFrom(StepKinds()).Draw(t, "kind"), Days: 5,
			With: rapid.Bool().Draw(t, "with"), Need: rapid.IntRange(0, max(n, 1)).Draw(t, "need"), Minor: rapid.Bool().Draw(t, "minor"),
			Silence: rapid.SampledFrom(silences).Draw(t, "silence"), Authoritative: rapid.Bool().Draw(t, "authoritative"),
			Back: rapid.IntRange(0, i+1).Draw(t, "back")}
		for range n {
			s.Roles = append(s.Roles, string(seatName(rapid.IntRange(0, 4).Draw(t, "role"))))
		}
		specs = append(specs, s)
	}
	b.f = newFlow(Circuit{ID: "k", Specs: specs, Thread: "t", Edition: 1, Digest: "d1"}, "2018-03-12", calendar.Metropole, b.newID)
	b.advance()
	return b
}

func seatName(i int) id.ID { return id.ID(fmt.Sprintf("p%d", i)) }

func (b *bench) newID() id.ID {
	b.n++
	return id.ID(fmt.Sprintf("v%04d", b.n))
}

func (b *bench) sought(posts []string) []Sought {
	var out []Sought
	seen := map[string]bool{}
	for _, p := range posts {
		if !seen[p] {
			seen[p] = true
			out = append(out, Sought{Post: id.ID(p), Held: b.held[id.ID(p)]})
		}
	}
	return out
}

// advance opens steps, and holds that a step opens only when those before it let it (order).
func (b *bench) advance() {
	for s := b.f.ready(); s != nil; s = b.f.ready() {
		for _, o := range b.f.Steps {
			if o.Rank < s.Rank && !o.Settled() {
				b.Fatalf("step %d opens while step %d is %s", s.No, o.No, o.Status)
			}
		}
		b.f.open(s, b.sought(b.f.Spec(*s).Roles))
	}
}

func (b *bench) waiting() []Visa {
	var out []Visa
	for _, v := range b.f.Visas {
		if v.Waits() {
			out = append(out, v)
		}
	}
	return out
}

func (b *bench) move() {
	switch rapid.IntRange(0, 9).Draw(b.T, "move") {
	case 0, 1, 2, 3:
		if all := b.waiting(); len(all) > 0 {
			v := rapid.SampledFrom(all).Draw(b.T, "visa")
			to := rapid.SampledFrom([]VisaStatus{VisaAgreed, VisaAgreed, VisaReserved, VisaRefused, VisaAbstained}).Draw(b.T, "to")
			if b.f.answer(Answering{Visa: v.ID, To: to, Text: "parce que", By: v.Post, Holder: "h"}) == nil {
				if err := b.f.answer(Answering{Visa: v.ID, To: VisaAgreed, By: v.Post}); err == nil {
					b.Fatal("answered twice")
				}
			}
		}
	case 4, 5:
		b.f.today = b.f.today.AddDays(rapid.IntRange(1, 7).Draw(b.T, "days"))
		for _, v := range b.waiting() {
			if v.Status == VisaVacant {
				if b.held[v.Post] {
					b.f.fill(v.ID)
				}
				continue
			}
			b.f.lapse(v.ID, b.held[v.Post], Sought{Post: seatName(5), Held: b.held[seatName(5)]})
		}
	case 6:
		p := seatName(rapid.IntRange(0, 5).Draw(b.T, "seat"))
		b.held[p] = !b.held[p]
	case 7:
		b.minor = rapid.Bool().Draw(b.T, "is minor")
		b.f.renew(Paper{ID: "p", Edition: b.f.Circuit.Edition + 1, Digest: "d", Minor: b.minor})
		if !b.minor {
			b.nothingOldStands()
		}
	case 8:
		b.f.resume()
	case 9:
		if rapid.IntRange(0, 20).Draw(b.T, "rarely") == 0 {
			b.f.withdraw()
		}
	}
	b.advance()
	b.holds()
}

// nothingOldStands: a new edition that is not minor leaves nothing favourable of the old ones.
func (b *bench) nothingOldStands() {
	if b.f.Circuit.Status == CircuitWithdrawn {
		return
	}
	for _, v := range b.f.Visas {
		if v.Favourable() && v.Edition < b.f.Circuit.Edition {
			b.Fatalf("%s stands on edition %d while %d is in force", v.ID, v.Edition, b.f.Circuit.Edition)
		}
	}
}

// holds are the invariants of a circuit at rest.
func (b *bench) holds() {
	agreed := b.f.Circuit.Status == CircuitAgreed
	for _, s := range b.f.Steps {
		if agreed && !s.Settled() {
			b.Fatalf("agreed with step %d %s", s.No, s.Status)
		}
		b.stepHolds(s)
	}
	for _, v := range b.f.Visas {
		if v.Given() && v.AnsweredBy == "" && v.Status != VisaTacitAgreed && v.Status != VisaTacitRefused {
			b.Fatalf("%s is %s by nobody", v.ID, v.Status)
		}
		if v.Waits() && b.f.Circuit.Status != CircuitOpen {
			b.Fatalf("%s waits in a circuit that is %s", v.ID, b.f.Circuit.Status)
		}
		if v.Status == VisaVacant && v.Due != "" {
			b.Fatal("a clock runs against an empty seat")
		}
	}
}

func (b *bench) stepHolds(s Step) {
	spec := b.f.Spec(s)
	if spec.Kind == InfoStep || !s.Settled() {
		return
	}
	asked, good, given := 0, 0, 0
	for _, v := range b.f.Asked(s) {
		if v.Status == VisaRaised {
			continue
		}
		asked++
		if v.Favourable() {
			good++
		}
		if v.Given() {
			given++
		}
		if v.Status == VisaTacitAgreed && spec.Silence != SilenceAgrees {
			b.Fatalf("silence agreed where it means %s", spec.Silence)
		}
	}
	if asked == 0 && spec.IfAny && len(spec.Roles) == 0 {
		return // nobody to ask
	}
	need := spec.Need
	if need == 0 {
		need = asked
	}
	if asked == 0 || spec.Binds() && good < need || given < need {
		b.Fatalf("step %d is %s with %d favourable of %d given, %d needed", s.No, s.Status, good, given, need)
	}
}

func TestACircuitNeverAgreesWithoutThoseItNeeds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := newBench(t)
		b.holds()
		for range rapid.IntRange(1, 30).Draw(t, "moves") {
			b.move()
		}
	})
}

// An empty seat never agrees by silence, however long one waits.
func TestAnEmptySeatNeverAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := &bench{T: t, held: map[id.ID]bool{}}
		spec := StepSpec{NameFR: "Visa", Kind: VisaStep, Roles: []string{"p0"}, Days: rapid.IntRange(1, 9).Draw(t, "days"), Silence: SilenceAgrees}
		b.held["p0"] = rapid.Bool().Draw(t, "at first")
		b.f = newFlow(Circuit{ID: "k", Specs: []StepSpec{spec}, Edition: 1}, "2018-03-12", calendar.Metropole, b.newID)
		b.advance()
		b.held["p0"] = false
		for range 20 {
			b.f.today = b.f.today.AddDays(rapid.IntRange(1, 30).Draw(t, "wait"))
			for _, v := range b.waiting() {
				b.f.lapse(v.ID, b.held[v.Post], Sought{})
			}
		}
		if b.f.Circuit.Status != CircuitOpen || len(b.waiting()) != 1 || b.waiting()[0].Status != VisaVacant {
			t.Fatalf("%s, %+v", b.f.Circuit.Status, b.f.Visas)
		}
		b.held["p0"] = true
		v := b.waiting()[0]
		b.f.fill(v.ID)
		if due := b.waiting()[0].Due; due != b.f.today.AddDays(spec.Days) {
			t.Fatalf("the delay of whoever comes begins that day: due %s on %s", due, b.f.today)
		}
	})
}
