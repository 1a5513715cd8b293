package council_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parvis/internal/act/acttest"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// round is a circuit on a paper, to which anything may happen.
type round struct {
	*town
	r     *rapid.T
	item  council.Item
	paper council.Paper // its edition in force
	minor bool          // it was a minor change of the one before
}

// TestCircuitsKeepTheirWord does anything at random to circuits of a database: answers, editions, days that pass,
// refusals that are answered. A new edition voids what was given on the old one; nobody gives twice; nothing is
// agreed while an agreement that binds is missing; silence says only what its step said of it.
func TestCircuitsKeepTheirWord(t *testing.T) {
	forEachTown(t, func(c *town) {
		n := 0
		few(t, func(r *rapid.T) {
			n++
			s := newRound(c, r, n)
			r.Repeat(map[string]func(*rapid.T){"": s.holds, "answer": s.answers, "edition": s.amends, "days": s.waits, "resume": s.resumes})
		})
	})
}

func newRound(c *town, r *rapid.T, n int) *round {
	s := &round{town: c, r: r}
	tb := c.committee(func(f *council.CommitteeForm) { f.Code = fmt.Sprintf("R%d", n) })
	m := c.prepare(tb, calendar.DayOf(c.clock.Now()).AddDays(200))
	s.item = c.item(m, "Le capteur", council.ForDecision)
	s.paper = s.edition("", false)
	var steps []council.StepSpec
	for k := range rapid.IntRange(1, 3).Draw(r, "steps") {
		step := council.StepSpec{NameFR: fmt.Sprint("Étape ", k), Kind: rapid.SampledFrom([]council.StepKind{council.VisaStep, council.VisaStep, council.OpinionStep}).Draw(r, "kind"),
			Days: 3, Silence: rapid.SampledFrom([]council.Silence{council.SilenceNothing, council.SilenceAgrees, council.SilenceRefuses}).Draw(r, "silence"),
			Minor: rapid.Bool().Draw(r, "minor"), Authoritative: rapid.Bool().Draw(r, "authoritative"), With: rapid.Bool().Draw(r, "with")}
		for _, post := range rapid.SampledFrom([][]string{{"p-expert"}, {"p-expert", "e-ann"}, {"e-ann", "e-ben", "p-dep"}}).Draw(r, "posts") {
			step.Roles = append(step.Roles, "this-post:"+post)
		}
		step.Need = rapid.IntRange(0, len(step.Roles)).Draw(r, "need")
		steps = append(steps, step)
	}
	c.draws(council.TemplateForm{Committee: tb.ID, CircuitTemplate: council.CircuitTemplate{Code: "tour", NameFR: "Tour", Steps: steps}})
	s.ok(errOf(c.room.OpenCircuit(c.ctx, secretary, council.OpenForm{Item: s.item.ID, Code: "tour", Paper: s.paper.ID})))
	return s
}

func (s *round) edition(thread id.ID, minor bool) council.Paper {
	s.pass(time.Second)
	return must(s, func() (council.Paper, error) {
		return s.room.AddPaper(s.ctx, secretary, council.PaperForm{Item: s.item.ID, Thread: thread, Kind: council.Report, Title: "Rapport", Minor: minor,
			Link: "https://ged.valmont.example/1", Digest: council.DigestOf(s.clock.Now().String())})
	})
}

func (s *round) flow() *council.Flow {
	return must(s, func() ([]*council.Flow, error) { return s.room.CircuitsOf(s.ctx, inside("p-greffe"), s.item.ID) })[0]
}

func (s *round) answers(*rapid.T) {
	asked := slices.DeleteFunc(s.flow().Visas, func(v council.Visa) bool { return !v.Waits() })
	if len(asked) == 0 {
		return
	}
	v := rapid.SampledFrom(asked).Draw(s.r, "visa")
	f := council.VisaForm{Visa: v.ID, Version: v.Version, Text: "Parce que.",
		Answer: rapid.SampledFrom([]council.VisaStatus{council.VisaAgreed, council.VisaAgreed, council.VisaReserved, council.VisaRefused, council.VisaAbstained}).Draw(s.r, "answer")}
	stale := f
	stale.Version--
	if keyOf(errOf(s.room.AnswerVisa(s.ctx, acttest.Agent(v.Post), stale))) != "council.visa.stale" {
		s.r.Fatal("an answer about an edition that is gone was taken")
	}
	if err := errOf(s.room.AnswerVisa(s.ctx, acttest.Agent("p-mission"), f)); fault.KindOf(err) != fault.Denied && fault.KindOf(err) != fault.Invalid {
		s.r.Fatalf("somebody else answered: %v", err)
	}
	if errOf(s.room.AnswerVisa(s.ctx, acttest.Agent(v.Post), f)) == nil {
		if key := keyOf(errOf(s.room.AnswerVisa(s.ctx, acttest.Agent(v.Post), f))); !strings.HasPrefix(key, "council.visa.") {
			s.r.Fatalf("given twice: %q", key)
		}
	}
}

func (s *round) amends(*rapid.T) {
	s.minor = rapid.Bool().Draw(s.r, "is minor")
	s.paper = s.edition(s.paper.Thread, s.minor)
}

func (s *round) waits(*rapid.T) {
	s.pass(time.Duration(rapid.IntRange(1, 6).Draw(s.r, "days")) * 24 * time.Hour)
	must(s, func() (int, error) { return s.room.CloseSilences(s.ctx) })
}

func (s *round) resumes(*rapid.T) {
	if k := s.flow().Circuit; k.Status == council.CircuitReturned {
		s.ok(errOf(s.room.ResumeCircuit(s.ctx, secretary, k.ID, k.Version, "Voici la réponse.")))
	}
}

// holds looks at the circuit after each step.
func (s *round) holds(*rapid.T) {
	f := s.flow()
	if f.Circuit.Edition != s.paper.Edition || f.Circuit.Digest != s.paper.Digest {
		s.r.Fatalf("the circuit is on edition %d, the paper on %d", f.Circuit.Edition, s.paper.Edition)
	}
	missing := false
	for _, step := range f.Steps {
		s.stepHolds(f, step)
		missing = missing || f.Spec(step).Binds() && !step.Settled()
	}
	if f.Circuit.Status == council.CircuitAgreed && missing {
		s.r.Fatal("agreed while an agreement that binds is missing")
	}
	awaited := must(s, func() ([]council.Awaited, error) { return s.room.Awaited(s.ctx, inside("p-greffe"), s.item) })
	if (len(awaited) > 0) != missing {
		s.r.Fatalf("%d steps are awaited, one is missing: %v", len(awaited), missing)
	}
}

func (s *round) stepHolds(f *council.Flow, step council.Step) {
	spec, good, posts := f.Spec(step), 0, map[id.ID]bool{}
	for _, v := range f.Asked(step) {
		if posts[v.Post] {
			s.r.Fatalf("%s is asked twice in a round", v.Post)
		}
		posts[v.Post] = true
		if v.Favourable() {
			good++
		}
		if v.Given() && v.Edition != f.Circuit.Edition && !spec.Minor {
			s.r.Fatalf("what was given on edition %d stands on edition %d", v.Edition, f.Circuit.Edition)
		}
		if v.Status == council.VisaTacitAgreed && spec.Silence != council.SilenceAgrees || v.Status == council.VisaTacitRefused && spec.Silence != council.SilenceRefuses {
			s.r.Fatalf("silence said %s where it means %s", v.Status, spec.Silence)
		}
		if strings.HasPrefix(string(v.Status), "tacit") && !v.Due.Before(v.AnsweredOn) {
			s.r.Fatalf("silence spoke on %s, due %s", v.AnsweredOn, v.Due)
		}
	}
	need := spec.Need
	if need == 0 {
		need = len(posts)
	}
	if spec.Binds() && step.Settled() && good < need {
		s.r.Fatalf("step %d is %s with %d of %d", step.No, step.Status, good, need)
	}
}
