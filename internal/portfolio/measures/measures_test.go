package measures_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"parvis/internal/act/acttest"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/measures"
)

const today calendar.Day = "2018-03-12"

func directory() portfolio.Directory {
	return portfolio.Directory{
		SpeaksFor: func(_ context.Context, _ db.Querier, post, unit id.ID, _ calendar.Day) (bool, error) {
			return post == unit, nil
		},
		Posts: func(_ context.Context, _ db.Querier, list []id.ID, _ calendar.Day) (map[id.ID]portfolio.Post, error) {
			out := map[id.ID]portfolio.Post{}
			for _, p := range list {
				out[p] = portfolio.Post{ID: p, Title: string(p), Held: true}
			}
			return out, nil
		},
		Units: func(_ context.Context, _ db.Querier, list []id.ID, _ calendar.Day) (map[id.ID]portfolio.Unit, error) {
			out := map[id.ID]portfolio.Unit{}
			for _, u := range list {
				out[u] = portfolio.Unit{ID: u, Name: string(u)}
			}
			return out, nil
		},
	}
}

// hall is a city of a few units and a room that measures them.
type hall struct {
	testing.TB
	room     *measures.Room
	projects *portfolio.Room
}

func forEachHall(t *testing.T, test func(*hall)) {
	at := clock.At(today.Clock(9, 0))
	dbtest.EachAt(t, at, func(t *testing.T, d *db.DB) {
		log := acttest.Log(t, d, portfolio.Verbs(), measures.Verbs())
		units := func(context.Context) (measures.Units, error) {
			return measures.Units{Outside: map[id.ID]bool{"agence": true}, Mission: []id.ID{"mission"}}, nil
		}
		test(&hall{t, measures.New(measures.Config{Log: log, Reads: d.Readers, Units: units, Clock: at}),
			portfolio.New(portfolio.Config{Log: log, Reads: d.Readers, Writer: d.Writer, Clock: at, Directory: directory()})})
		acttest.Clean(t, d)
	})
}

func (h *hall) ok(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

func (h *hall) wants(key string, err error) {
	h.Helper()
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Key != key && (len(f.Fields) == 0 || f.Fields[0].Key != key) {
		h.Errorf("got %v, want %q", err, key)
	}
}

// works makes n public projects in which units accept a part.
func (h *hall) works(n int, units ...id.ID) (last portfolio.Initiative) {
	ctx, mission := context.Background(), acttest.Agent("mission")
	for k := range n {
		i, err := h.projects.SignalInitiative(ctx, mission, portfolio.Signal{Brief: portfolio.Brief{Title: fmt.Sprint("Projet ", k, units), Problem: "Un problème.",
			Sufferer: "Des gens", Lang: "fr", Origin: portfolio.Demand}})
		h.ok(err)
		for m, u := range units {
			role := portfolio.Contribute
			if m == 0 {
				role = portfolio.Lead
			}
			p, err := h.projects.OfferPart(ctx, mission, portfolio.Offer{Initiative: i.ID, Unit: u, Role: role, Effort: "Un jour"})
			h.ok(err)
			_, err = h.projects.AnswerPart(ctx, acttest.Agent(u), portfolio.Answer{Part: p.ID, Version: p.Version, Kind: portfolio.Accept})
			h.ok(err)
		}
		sheet, err := h.projects.Sheet(ctx, inside(), string(i.ID))
		h.ok(err)
		_, err = h.projects.PublishInitiative(ctx, mission, portfolio.Publish{Initiative: sheet.ID, Version: sheet.Version, Decisions: true})
		h.ok(err)
		last = i
	}
	return last
}

func inside() identity.Visitor {
	return identity.Visitor{Kind: identity.Agent, Account: "cpt", Posts: []identity.PostRef{{ID: "mission"}}}
}

func (h *hall) figures(v identity.Visitor) map[string]measures.Figure {
	h.Helper()
	p, err := h.room.Profile(context.Background(), v)
	h.ok(err)
	out := map[string]measures.Figure{}
	for _, f := range p.Figures {
		out[f.Measure+"."+f.Key] = f
	}
	return out
}

// What the staff must be consulted on is refused before its opinion is recorded, and computed after.
func TestTheOpinionComesFirst(t *testing.T) {
	forEachHall(t, func(h *hall) {
		ctx := context.Background()
		h.works(2, "a", "b", "c", "d", "e") // ten ties
		_, err := h.room.Inputs(ctx, inside(), "m3")
		h.wants("network.before_opinion", err)
		if f, there := h.figures(inside())["m3.openness"]; there {
			h.Errorf("told before the opinion: %+v", f)
		}
		h.wants("network.given_on", h.room.RecordOpinion(ctx, acttest.Agent("mission"), measures.Opinion{GivenOn: today.AddDays(1), Sense: "favourable"}))
		h.wants("network.agents_only", h.room.RecordOpinion(ctx, acttest.Resident("cpt-voisine"), measures.Opinion{GivenOn: today, Sense: "favourable"}))
		h.ok(h.room.RecordOpinion(ctx, acttest.Agent("mission"), measures.Opinion{GivenOn: "2018-01-15", Sense: "reserved"}))
		f := h.figures(identity.Visitor{})["m3.openness"]
		if !f.Told || f.N != 10 || f.Value != 1 || f.Null == nil {
			h.Errorf("every unit is a silo of its own, so every tie is external: %+v", f)
		}
		if m6 := h.figures(identity.Visitor{})["m6.lost"]; !m6.Told || m6.Value != 0 || m6.Null == nil || m6.Null.Deals != 1000 {
			h.Errorf("everybody knows everybody: %+v", m6)
		}
	})
}

// The data of a measure give it again to whoever counts them, and are read by whoever may read it. What is made of few
// observations is not there.
func TestInputsGiveTheMeasureAgain(t *testing.T) {
	forEachHall(t, func(h *hall) {
		ctx := context.Background()
		h.works(9, "a", "b")
		inputs := func(v identity.Visitor, measure string) []measures.Input {
			h.Helper()
			all, err := h.room.Inputs(ctx, v, measure)
			h.ok(err)
			return all
		}
		for _, m := range []string{"m1", "m9"} {
			if few := inputs(identity.Visitor{}, m); len(few) != 0 {
				h.Errorf("%s: nine projects are too few: %+v", m, few)
			}
		}
		h.works(3, "a", "b", "c")
		wide := map[string]map[id.ID]bool{}
		for _, in := range inputs(identity.Visitor{}, "m1") {
			if wide[in.Project] == nil {
				wide[in.Project] = map[id.ID]bool{}
			}
			wide[in.Project][in.Directorate] = true
		}
		var widths []int
		for _, silos := range wide {
			widths = append(widths, len(silos))
		}
		slices.Sort(widths)
		if f := h.figures(identity.Visitor{})["m1.directorates"]; len(widths) != f.N || float64(widths[5]+widths[6])/2 != f.Value {
			h.Errorf("M1 counted again: %v, told %+v", widths, f)
		}
		needs := 0
		origins := inputs(identity.Visitor{}, "m9")
		for _, in := range origins {
			if in.Figure != "demand" {
				h.Errorf("nobody was refused, nobody supplies: %+v", in)
			}
			if in.Value == "demand" {
				needs++
			}
		}
		if f := h.figures(identity.Visitor{})["m9.demand"]; len(origins) != f.N || float64(needs)/float64(len(origins)) != f.Value {
			h.Errorf("M9 counted again: %d of %d, told %+v", needs, len(origins), f)
		}
		var days []int
		for _, in := range inputs(inside(), "m7") {
			if in.Figure == "answer" {
				days = append(days, in.From.DaysUntil(in.To))
			}
		}
		if f := h.figures(inside())["m7.answer"]; len(days) != f.N {
			h.Errorf("M7 counted again: %v, told %+v", days, f)
		}
		for _, m := range []string{"m2", "m4", "m7", "m8", "m0", ""} {
			_, err := h.room.Inputs(ctx, identity.Visitor{}, m)
			h.wants("network.measure_unknown", err)
		}
		for _, m := range []string{"m3", "m5", "m6"} {
			_, err := h.room.Inputs(ctx, identity.Visitor{}, m)
			h.wants("network.before_opinion", err)
		}
		h.ok(h.room.RecordOpinion(ctx, acttest.Agent("mission"), measures.Opinion{GivenOn: today, Sense: "favourable"}))
		for m, some := range map[string]bool{"m2": false, "m3": false, "m4": false, "m8": false} {
			if got := inputs(inside(), m); (len(got) > 0) != some {
				h.Errorf("%s: %+v", m, got)
			}
		}
		h.works(1, "a", "b", "c", "d", "e", "f")
		if got, f := inputs(identity.Visitor{}, "m3"), h.figures(identity.Visitor{})["m3.openness"]; !f.Told || len(got) != 9*2+3*3+6 {
			h.Errorf("M3: %d data, told %+v", len(got), f)
		}
	})
}

// Below ten observations only their number is told; outside, only what anyone could compute again.
func TestFewAreNotTold(t *testing.T) {
	forEachHall(t, func(h *hall) {
		last := h.works(9, "a", "b")
		few := h.figures(identity.Visitor{})
		if f := few["m1.directorates"]; f.Told || f.Value != 0 || f.N != 9 {
			h.Errorf("%+v", f)
		}
		if _, there := few["m7.answer"]; there {
			h.Error("M7 is read inside")
		}
		h.works(1, "a", "b", "c")
		if f := h.figures(identity.Visitor{})["m1.directorates"]; !f.Told || f.Value != 2 || f.N != 10 {
			h.Errorf("%+v", f)
		}
		if f := h.figures(inside())["m7.answer"]; !f.Told || f.N != 21 {
			h.Errorf("%+v", f)
		}
		span, err := h.room.SpanOf(context.Background(), last.ID)
		h.ok(err)
		if span.Directorates != 2 || span.Effective != 2 || span.N != 2 {
			h.Errorf("%+v", span)
		}
	})
}

func TestContest(t *testing.T) {
	forEachHall(t, func(h *hall) {
		ctx := context.Background()
		h.wants("network.why_missing", h.room.ContestDatum(ctx, acttest.Agent("dpe"), measures.Contest{Measure: "m1"}))
		h.wants("network.measure_missing", h.room.ContestDatum(ctx, acttest.Agent("dpe"), measures.Contest{Measure: "x", Why: "?"}))
		h.ok(h.room.ContestDatum(ctx, acttest.Agent("dpe"), measures.Contest{Measure: "m1", Why: "Notre part est finie."}))
		for who, n := range map[*identity.Visitor]int{{}: 0, {Kind: identity.Agent}: 1} {
			p, err := h.room.Profile(ctx, *who)
			h.ok(err)
			if len(p.Contests) != n {
				h.Errorf("%v reads %v", who.Kind, p.Contests)
			}
		}
	})
}

// M2 is a rule: who answers for a topic that a project touches, and was not asked. It waits for the opinion; nobody
// outside reads it. M7 tells the days of the steps of circuits, and what one more unit costs beside chance.
func TestSeatsAndSteps(t *testing.T) {
	forEachHall(t, func(h *hall) {
		h.room.Doors = func(context.Context) ([]measures.Door, error) {
			return []measures.Door{{Unit: "dpo", Topic: "Capteurs"}, {Unit: "voirie", Topic: "espace_public"}, {Unit: "nobody", Topic: "culture"},
				{Unit: "halles", Topic: "Les Halles"}, {Unit: "domaine", Topic: "capteurs + Espace public"}, {Unit: "jamais", Topic: "capteurs + culture"}}, nil
		}
		h.room.Steps = func(context.Context) (steps []measures.Step, err error) {
			for n := range 12 {
				steps = append(steps, measures.Step{Kind: "visa", Days: 2 + 3*(n%3), Asked: 1 + n%3})
			}
			return steps, nil
		}
		ctx, mission := context.Background(), acttest.Agent("mission")
		i := h.works(1, "proprete", "voirie")
		inside := identity.Visitor{Kind: identity.Agent}
		sheet, err := h.projects.Sheet(ctx, inside, i.Number)
		h.ok(err)
		i = sheet.Initiative
		brief := i.Brief
		brief.Tags, brief.Matter, brief.Places = []string{"capteurs"}, "espace_public", []string{"halles-2"}
		h.room.PlaceName = func(code string) string { return map[string]string{"halles-2": "Les Halles"}[code] }
		i, err = h.projects.ReviseInitiative(ctx, mission, portfolio.Revise{Initiative: i.ID, Version: i.Version, Brief: brief})
		h.ok(err)
		for _, to := range []portfolio.Stage{portfolio.Qualified, portfolio.Investigated} {
			i, err = h.projects.AdvanceInitiative(ctx, mission, portfolio.Advance{Initiative: i.ID, Version: i.Version, To: to, Note: "Oui"})
			h.ok(err)
		}
		profile := func(v identity.Visitor) measures.Profile {
			p, err := h.room.Profile(ctx, v)
			h.ok(err)
			return p
		}
		if p := profile(inside); len(p.Seats) != 0 || told(p, "m2", "missing") != nil {
			h.Errorf("told before the opinion: %+v", p.Seats)
		}
		h.ok(h.room.RecordOpinion(ctx, mission, measures.Opinion{GivenOn: today, Sense: "favourable"}))
		if p := profile(identity.Visitor{}); len(p.Seats) != 0 || told(p, "m7", "visa") != nil {
			h.Errorf("told outside: %+v", p.Seats)
		}
		p := profile(inside)
		var lacking []id.ID
		for _, s := range p.Seats {
			lacking = append(lacking, s.Unit)
		}
		if !slices.Equal(lacking, []id.ID{"dpo", "halles", "domaine"}) || p.Seats[0].Initiative != i.ID {
			h.Errorf("who answers for the topic, for the territory, and for the asset in public space: %+v", p.Seats)
		}
		if at, err := h.room.SeatsOf(ctx, i.ID); err != nil || len(at) != 3 {
			h.Errorf("at its gate: %+v %v", at, err)
		}
		if f := told(p, "m7", "visa"); f == nil || f.Value != 5 || f.N != 12 {
			h.Errorf("the median step: %+v", f)
		}
		if f := told(p, "m7", "more"); f == nil || f.Value != 3 || f.Null == nil || f.Null.High >= 3 || f.Null.Low > 0 {
			h.Errorf("days for one more unit: %+v", f)
		}
		if f := told(p, "m7", "opinion"); f == nil || f.Told {
			h.Errorf("no opinion was asked: %+v", f)
		}
	})
}

// told finds a figure, nil when the profile has none.
func told(p measures.Profile, measure, key string) *measures.Figure {
	for _, f := range p.Figures {
		if f.Measure == measure && f.Key == key {
			return &f
		}
	}
	return nil
}
