package portfolio_test

import (
	"context"
	"slices"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/money"
	"parvis/internal/portfolio"
	"parvis/internal/powers"
	"parvis/internal/powers/powerstest"

	"github.com/google/go-cmp/cmp"
)

// hall is a city whose powers are real.
type hall struct {
	testing.TB
	city  *powerstest.City
	ctx   context.Context
	room  *portfolio.Room
	clock *clock.Set
}

func underEach(t *testing.T, profiles []string, test func(*hall, string)) {
	at := clock.At(calendar.Day("2018-03-12").Clock(9, 0))
	for _, profile := range profiles {
		t.Run(profile, func(t *testing.T) {
			dbtest.EachAt(t, at, func(t *testing.T, d *db.DB) {
				at.Move(calendar.Day("2018-03-12").Clock(9, 0))
				city := powerstest.Governed(t, d, profile, portfolio.Verbs())
				h := &hall{TB: t, city: city, ctx: context.Background(), clock: at, room: portfolio.New(portfolio.Config{Log: city.Log, Reads: d.Readers,
					Writer: d.Writer, Clock: at, Directory: portfolio.PowersDirectory(city.Engine, at)})}
				at.Advance(1e9)
				test(h, profile)
				acttest.Clean(t, d)
			})
		})
	}
}

func (h *hall) visitor(code string) identity.Visitor {
	return identity.Visitor{Kind: identity.Agent, Account: "cpt-" + id.ID(code), Posts: []identity.PostRef{{ID: h.city.Posts[code], Holder: h.city.Holders[code]}}}
}

// collecte is the initiative of the demonstration: three deputies, three directorates, 180 000 €.
func (h *hall) collecte() (portfolio.Initiative, portfolio.Arbitration) {
	h.Helper()
	i := must(h, func() (portfolio.Initiative, error) {
		b := brief("Collecte guidée par capteurs")
		return h.room.SignalInitiative(h.ctx, h.city.Agent("MISSION"), portfolio.Signal{Brief: b,
			Sponsors: []id.ID{h.city.Posts["ADJ-PROPRETE"], h.city.Posts["ADJ-VOIRIE"], h.city.Posts["ADJ-NUM"]}})
	})
	for unit, role := range map[string]portfolio.PartRole{"DPE": portfolio.Lead, "DVD": portfolio.Contribute, "DSI": portfolio.Contribute} {
		p := must(h, func() (portfolio.Part, error) {
			return h.room.OfferPart(h.ctx, h.city.Agent("MISSION"), portfolio.Offer{Initiative: i.ID, Unit: h.city.Units[unit], Role: role})
		})
		if unit == "DPE" {
			must(h, func() (portfolio.Part, error) {
				return h.room.AnswerPart(h.ctx, h.city.Agent("DIR-DPE"), portfolio.Answer{Part: p.ID, Version: 1, Kind: portfolio.Accept})
			})
		}
	}
	question := portfolio.Arbitration{Initiative: i.ID, Case: portfolio.Case{Question: "Généraliser ?", Amount: money.Euros(180_000), Matter: "proprete"}}
	asked := must(h, func() ([]portfolio.AskedPost, error) {
		return h.room.ProposeAsked(h.ctx, h.visitor("MISSION"), question)
	})
	question.Asked = asked
	if len(asked) == 0 {
		question.Asked = []portfolio.AskedPost{{Post: h.city.Posts["SG"], Capacity: portfolio.Decides}}
	}
	return i, must(h, func() (portfolio.Arbitration, error) {
		return h.room.AskArbitration(h.ctx, h.city.Agent("MISSION"), portfolio.AskForm{Initiative: i.ID, Case: question.Case})
	})
}

func (h *hall) codes(posts []portfolio.AskedPost, c portfolio.Capacity) []string {
	out := []string{}
	for code, post := range h.city.Posts {
		if slices.ContainsFunc(posts, func(p portfolio.AskedPost) bool { return p.Post == post && p.Capacity == c }) {
			out = append(out, code)
		}
	}
	slices.Sort(out)
	return out
}

// The same scenario under the profiles: other posts are proposed as deciders, and the decision of one of
// them has the same six answers, with the chain that allowed it.
func TestTheSameScenarioUnderTheProfiles(t *testing.T) {
	want := map[string][]string{
		powers.LeadDirectorate: {"ADJ-NUM", "ADJ-PROPRETE", "ADJ-VOIRIE", "DIR-DPE"}, // jointly
		powers.MunicipalTeam:   {"SG"},
		powers.WithInvestment:  {"PRES-INVEST"},
		powers.DelegatedAgency: {"SG"},
		powers.Academic:        {"DIR-UNIV", "SG"}, // jointly: the consortium and the city
	}
	for one, first := range want {
		for other, second := range want {
			// 180 000 € goes to the secretary general wherever neither a committee nor a partner shares the decision.
			alike := []string{powers.MunicipalTeam, powers.DelegatedAgency}
			if one < other && cmp.Equal(first, second) && !(slices.Contains(alike, one) && slices.Contains(alike, other)) {
				t.Errorf("%s and %s: %v decide under both", one, other, first)
			}
		}
	}
	underEach(t, []string{powers.LeadDirectorate, powers.MunicipalTeam, powers.WithInvestment, powers.DelegatedAgency, powers.Academic}, func(h *hall, profile string) {
		_, a := h.collecte()
		deciders := h.codes(a.Asked, portfolio.Decides)
		if !cmp.Equal(deciders, want[profile]) {
			h.Fatalf("asked to decide: %v, want %v", deciders, want[profile])
		}
		// In a joint decision each other seat agrees first.
		for _, code := range deciders[1:] {
			if err := h.room.GiveStance(h.ctx, h.city.Agent(code), a.ID, portfolio.InFavour, ""); err != nil {
				h.Fatal(err)
			}
		}
		got := must(h, func() (portfolio.Arbitration, error) {
			return h.room.DecideArbitration(h.ctx, h.city.Agent(deciders[0]), portfolio.DecideForm{Arbitration: a.ID, Version: a.Version, Decision: "Généraliser", Answers: motive})
		})
		p := must(h, func() (act.Payload, error) {
			raw, err := db.One(h.ctx, h.city.DB.Readers, db.Scalar[[]byte], `SELECT payload FROM act WHERE id = $1`, got.DecisionAct)
			if err != nil {
				return act.Payload{}, err
			}
			return act.Decode(raw)
		})
		if p.Who.Post != h.city.Posts[deciders[0]] || p.Force != act.Decided || p.What.ID != a.ID || p.For == nil || p.Why == nil ||
			p.When.Effective == "" || p.How.Procedure == "" {
			h.Errorf("six answers: %+v", p)
		}
		if why := must(h, func() (string, error) {
			return db.One(h.ctx, h.city.DB.Readers, db.Scalar[string], `SELECT body FROM act_text WHERE act = $1 AND name = 'motive'`, got.DecisionAct)
		}); why == "" {
			h.Error("the decision says no reason")
		}
		if got := p.How.Chain.Profile; got != installed(h, profile) {
			h.Errorf("decided under %s", got)
		}
		if p.How.Chain.Lacking || p.How.Chain.Role != "decides" || len(p.How.Chain.Steps) == 0 {
			h.Errorf("%s decides with the chain %+v", deciders[0], p.How.Chain)
		}
	})
}

// installed is how a shipped profile is named in a chain of reasons.
func installed(h *hall, profile string) string {
	p := must(h, func() (*powers.Profile, error) { return powers.ParseProfile(powers.Shipped(profile)) })
	return p.Ref()
}

// I27 with real holders: when a term of office ends, the sponsor is no longer current, on the sheet and
// on the wall alike; on a day before, they are.
func TestASponsorWhoseTermHasEndedIsNotCurrent(t *testing.T) {
	underEach(t, []string{powers.MunicipalTeam}, func(h *hall, _ string) {
		i, _ := h.collecte()
		columns := func(day calendar.Day) (out []string) {
			w := must(h, func() (portfolio.Wall, error) {
				return h.room.Wall(h.ctx, h.visitor("MISSION"), portfolio.View{GroupBy: portfolio.BySponsor}, day)
			})
			for code, post := range h.city.Posts {
				if slices.ContainsFunc(w.Columns, func(c portfolio.Column) bool { return c.Key == string(post) }) {
					out = append(out, code)
				}
			}
			slices.Sort(out)
			return out
		}
		if got := columns(""); !cmp.Equal(got, []string{"ADJ-NUM", "ADJ-PROPRETE", "ADJ-VOIRIE"}) {
			h.Fatalf("columns %v", got)
		}
		h.clock.Advance(10 * 24 * 3600e9)
		h.city.Do(h, h.city.Agent("SG"), func(tx *act.Tx) error {
			return powers.EndHolding(tx, h.city.Holders["ADJ-VOIRIE"], "2018-03-20", "démission")
		})
		h.clock.Advance(1e9)
		if got := columns(""); !cmp.Equal(got, []string{"ADJ-NUM", "ADJ-PROPRETE"}) {
			h.Errorf("after the term: columns %v", got)
		}
		if got := columns("2018-03-15"); !cmp.Equal(got, []string{"ADJ-NUM", "ADJ-PROPRETE", "ADJ-VOIRIE"}) {
			h.Errorf("before its end: columns %v", got)
		}
		s := must(h, func() (portfolio.Sheet, error) { return h.room.Sheet(h.ctx, h.visitor("MISSION"), i.Number) })
		if len(s.Sponsors) != 2 || len(s.Vacant) != 1 || s.Vacant[0].Post != h.city.Posts["ADJ-VOIRIE"] {
			h.Errorf("sheet: sponsors %+v, vacant %+v", s.Sponsors, s.Vacant)
		}
	})
}

// Under the academic profile what engages the city is decided by two: neither decides without the other's agreement.
func TestAcademicDecisionsAreTakenByTwo(t *testing.T) {
	underEach(t, []string{powers.Academic}, func(h *hall, _ string) {
		_, a := h.collecte()
		decide := func(code string) (portfolio.Arbitration, error) {
			return h.room.DecideArbitration(h.ctx, h.city.Agent(code), portfolio.DecideForm{Arbitration: a.ID, Version: a.Version, Decision: "Généraliser", Answers: motive})
		}
		for _, code := range []string{"SG", "DIR-UNIV"} {
			alone := must(h, func() (act.Chain, error) {
				ask := must(h, func() (act.Ask, error) { return h.room.DecisionAsk(h.ctx, h.visitor("MISSION"), a) })
				return h.city.Engine.DecideAt(h.ctx, h.city.DB.Readers, h.city.Agent(code), ask, powers.Now(h.clock.Now().AddDate(0, 0, 1)))
			})
			if !alone.Lacking || len(alone.Missing) == 0 {
				h.Errorf("%s decides alone: %+v", code, alone)
			}
		}
		if err := h.room.GiveStance(h.ctx, h.city.Agent("SG"), a.ID, portfolio.InFavour, ""); err != nil {
			h.Fatal(err)
		}
		if _, err := decide("DIR-UNIV"); err != nil {
			h.Errorf("with the agreement of the city: %v", err)
		}
	})
}

// In every mode a unit's answer is its own: here nobody but the directorate, or a unit below it, gives it.
func TestARealUnitAnswersForItself(t *testing.T) {
	underEach(t, []string{powers.MunicipalTeam}, func(h *hall, _ string) {
		i, _ := h.collecte()
		s := must(h, func() (portfolio.Sheet, error) { return h.room.Sheet(h.ctx, h.visitor("MISSION"), i.Number) })
		n := slices.IndexFunc(s.Parts, func(p portfolio.Part) bool { return p.Unit == h.city.Units["DVD"] })
		for _, row := range []struct{ code, want string }{{"SG", "portfolio.part.not_your_unit"}, {"MAIRE", "portfolio.part.not_your_unit"},
			{"DIR-DSI", "portfolio.part.not_your_unit"}, {"DIR-DVD", ""}} {
			_, err := h.room.AnswerPart(h.ctx, h.city.Agent(row.code), portfolio.Answer{Part: s.Parts[n].ID, Version: 1, Kind: portfolio.Counter, Text: "En juin"})
			if keyOf(err) != row.want {
				h.Errorf("%s: %v, want %q", row.code, err, row.want)
			}
		}
	})
}
