package portfolio_test

import (
	"slices"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
	"parvis/internal/portfolio"

	"pgregory.net/rapid"
)

// ruling is a decision that somebody tries, in one of the ways of deciding, with answers good or bad.
type ruling struct {
	*town
	r *rapid.T
	i portfolio.Initiative
}

// words draws what a field may hold: nothing, blanks, or something.
func (d *ruling) words(label, said string) string {
	return rapid.SampledFrom([]string{said, said, said, said, said, said, "", " \t\n"}).Draw(d.r, label)
}

func (d *ruling) list(label string, said ...string) []string {
	return rapid.SampledFrom([][]string{said, said, said, nil, {""}, {" ", ""}}).Draw(d.r, label)
}

func (d *ruling) answers(label string) portfolio.Answers {
	a := portfolio.Answers{Segments: d.list(label+" segments", "residents"), Places: d.list(label+" places", "centre"),
		Motive: d.words(label+" motive", "Les bacs débordent."), Basis: d.list(label+" basis", "CGCT L2121-29"),
		Evidence: d.list(label+" evidence", "https://bilan.example"), Procedure: rapid.SampledFrom([]string{"direct", "direct", "direct", "direct", "", " "}).Draw(d.r, label+" procedure"),
		Effective: rapid.SampledFrom([]calendar.Day{"2016-05-01", "2016-05-01", "2016-05-01", ""}).Draw(d.r, label+" effective")}
	for _, u := range d.list(label+" units", "u-voirie") {
		a.Units = append(a.Units, id.ID(u))
	}
	return a
}

// initiative is about a place or not, and a unit leads it or not: the context may say for whom.
func (d *ruling) initiative() portfolio.Initiative {
	b := brief("Collecte")
	if !rapid.Bool().Draw(d.r, "somewhere") {
		b.Places = nil
	}
	i := must(d.town, func() (portfolio.Initiative, error) {
		return d.room.SignalInitiative(d.ctx, mission, portfolio.Signal{Brief: b})
	})
	if rapid.Bool().Draw(d.r, "led") {
		d.town.answer(proprete, d.offer(i, "u-proprete", portfolio.Lead), portfolio.Accept, "")
	}
	return d.stored(i)
}

// arbitrate puts a question and decides it.
func (d *ruling) arbitrate() (id.ID, error) {
	asked := must(d.town, func() (portfolio.Arbitration, error) {
		return d.room.AskArbitration(d.ctx, mission, portfolio.AskForm{Initiative: d.i.ID, Answers: d.answers("asked"), Case: portfolio.Case{
			Question: "Généraliser ?", Place: rapid.SampledFrom([]string{"", "nord"}).Draw(d.r, "about"),
			Asked: []portfolio.AskedPost{{Post: "e-proprete", Capacity: portfolio.Decides}}}})
	})
	_, err := d.room.DecideArbitration(d.ctx, deputy, portfolio.DecideForm{Arbitration: asked.ID, Version: asked.Version,
		Decision: d.words("decision", "Oui"), Answers: d.answers("decided")})
	return asked.ID, err
}

// skip decides that the initiative passes over stages.
func (d *ruling) skip() (id.ID, error) {
	_, err := d.room.SkipStage(d.ctx, mission, portfolio.Skip{Advance: portfolio.Advance{Initiative: d.i.ID, Version: d.i.Version,
		To: portfolio.Stopped, Note: "Le besoin a disparu"}, Answers: d.answers("skipped")})
	return d.i.ID, err
}

// decisions reads the acts of force « decided » about a thing.
func (d *ruling) decisions(object id.ID) []act.Payload {
	raw := must(d.town, func() ([][]byte, error) {
		return db.All(d.ctx, d.db.Readers, db.Scalar[[]byte], `SELECT payload FROM act WHERE object_id = $1
			AND verb IN ('portfolio.arbitration.decide', 'portfolio.initiative.skip') ORDER BY id`, object)
	})
	out := make([]act.Payload, len(raw))
	for n, r := range raw {
		out[n] = must(d.town, func() (act.Payload, error) { return act.Decode(r) })
	}
	return out
}

func (d *ruling) motive(of id.ID) string {
	return must(d.town, func() (string, error) {
		return db.One(d.ctx, d.db.Readers, db.Scalar[string], `SELECT body FROM act_text WHERE act = $1 AND name = 'motive'`, of)
	})
}

func said[S ~string](list []S) bool {
	return slices.ContainsFunc(list, func(s S) bool { return strings.TrimSpace(string(s)) != "" })
}

// I9: in every way of deciding, what is adopted says for whom and why, in words; what does not is refused
// by the name of what is missing, and changes nothing.
func TestNoDecisionWithoutForWhomAndWhy(t *testing.T) {
	at := clock.At(calendar.Day("2016-04-12").Clock(9, 0))
	dbtest.EachAt(t, at, func(t *testing.T, data *db.DB) {
		adopted, refused := 0, 0
		check(t, func(r *rapid.T) {
			d := &ruling{town: newTown(t, data, at, acttest.Allow), r: r}
			d.i = d.initiative()
			way := rapid.SampledFrom([]func() (id.ID, error){d.arbitrate, d.skip}).Draw(r, "way")
			object, err := way()
			taken := d.decisions(object)
			if err != nil {
				if keyOf(err) != "act.incomplete" || len(taken) != 0 || d.stored(d.i).Stage != portfolio.Signalled {
					r.Fatalf("refused with %v; decisions %d", err, len(taken))
				}
				refused++
				return
			}
			adopted++
			if len(taken) != 1 {
				r.Fatalf("%d decisions", len(taken))
			}
			p := taken[0]
			if p.For == nil || !said(p.For.Segments) && !said(p.For.Units) && !said(p.For.Territory) {
				r.Fatalf("adopted for nobody: %+v", p.For)
			}
			if m := d.motive(p.ID); strings.TrimSpace(m) == "" || p.Why == nil {
				r.Fatalf("adopted without a reason: %q, %+v", m, p.Why)
			}
			if p.Why.Question == nil && !said(p.Why.Objectives) && !said(p.Why.Basis) && !said(p.Why.Evidence) {
				r.Fatalf("adopted on no ground: %+v", p.Why)
			}
			if strings.TrimSpace(p.How.Procedure) == "" || p.When.Effective == "" || p.Who.Post == "" {
				r.Fatalf("adopted without how, when or who: %+v", p)
			}
		})
		t.Logf("%d adopted, %d refused", adopted, refused)
		if adopted == 0 || refused == 0 {
			t.Error("the property tried only one side")
		}
		acttest.Clean(t, data)
	})
}
