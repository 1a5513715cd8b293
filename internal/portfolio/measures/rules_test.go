package measures_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parvis/internal/act/acttest"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/measures"
)

// join has an outside actor, or a unit that another introduced, take a part in a project.
func (h *hall) join(i portfolio.Initiative, o portfolio.Offer) portfolio.Part {
	h.Helper()
	ctx, mission := context.Background(), acttest.Agent("mission")
	o.Initiative, o.Role, o.Effort = i.ID, portfolio.Contribute, "Un jour"
	p, err := h.projects.OfferPart(ctx, mission, o)
	h.ok(err)
	by := mission
	if o.Unit != "" {
		by = acttest.Agent(o.Unit)
	}
	p, err = h.projects.AnswerPart(ctx, by, portfolio.Answer{Part: p.ID, Version: p.Version, Kind: portfolio.Accept})
	h.ok(err)
	return p
}

// M1 counts outside actors by sector, an outside organisation that is a unit among them; nobody is told apart below the
// threshold (R3), and residents never make a concentration of suppliers (R2).
func TestSectors(t *testing.T) {
	forEachHall(t, func(h *hall) {
		ctx := context.Background()
		last := h.works(1, "a", "b")
		for n := range 10 {
			h.join(last, portfolio.Offer{Actor: fmt.Sprint("Entreprise ", n), Sector: portfolio.Firm})
		}
		h.join(last, portfolio.Offer{Actor: "Les voisins", Sector: portfolio.Residents})
		h.join(last, portfolio.Offer{Actor: "Quelqu’un"})
		h.join(last, portfolio.Offer{Unit: "agence", Sector: portfolio.Authority})
		span, err := h.room.SpanOf(ctx, last.ID)
		h.ok(err)
		want := "[{firm 10} {authority 1} {residents 1} {unsaid 1}]"
		if fmt.Sprint(span.Sectors) != want || span.Actors != 13 || span.Directorates != 2 || span.N != 2 {
			h.Errorf("%+v, want the sectors %s", span, want)
		}
		all := h.figures(identity.Visitor{})
		if f := all["m1.sector.firm"]; !f.Told || f.Value != 1 || f.N != 10 {
			h.Errorf("ten parts of firms in one project: %+v", f)
		}
		if f := all["m1.sector.residents"]; f.Told || f.N != 1 {
			h.Errorf("one part is not told: %+v", f)
		}
		if f := all["m9.suppliers"]; f.N != 11 {
			h.Errorf("firms, and who did not say: %+v", f)
		}
		_, err = h.projects.OfferPart(ctx, acttest.Agent("mission"), portfolio.Offer{Initiative: last.ID, Actor: "x", Sector: "nulle part", Role: portfolio.Contribute})
		h.wants("portfolio.form", err)
	})
}

// M5 is what was recorded with parts: told from ten on, by the role of the broker, outcomes inside only.
func TestIntroductions(t *testing.T) {
	forEachHall(t, func(h *hall) {
		ctx, mission := context.Background(), acttest.Agent("mission")
		_, err := h.projects.OfferPart(ctx, mission, portfolio.Offer{Initiative: h.works(1, "z").ID, Unit: "u", Role: portfolio.Contribute, IntroducedBy: "u"})
		h.wants("portfolio.form", err)
		for n := range 10 {
			if n == 9 {
				h.ok(h.room.RecordOpinion(ctx, mission, measures.Opinion{GivenOn: today, Sense: "favourable"}))
				if f := h.figures(identity.Visitor{})["m5.mission.liaison"]; f.Told || f.N != 9 {
					h.Errorf("nine are not told: %+v", f)
				}
			}
			i := h.works(1, id.ID(fmt.Sprint("lead", n)))
			h.join(i, portfolio.Offer{Unit: id.ID(fmt.Sprint("found", n)), IntroducedBy: "mission"})
		}
		outside, in := h.figures(identity.Visitor{}), h.figures(inside())
		if f := outside["m5.made"]; !f.Told || f.Value != 10 {
			h.Errorf("%+v", f)
		}
		// Each of ten leads reached each of ten units through the mission.
		if f := outside["m5.mission.liaison"]; f.Value != 100 || f.Null == nil || f.Null.Expected != 100 {
			h.Errorf("all are of three groups, whatever the deal: %+v", f)
		}
		if _, there := outside["m5.joined"]; there || in["m5.joined"].Value != 1 {
			h.Errorf("outcomes are read inside: %+v", in["m5.joined"])
		}
	})
}

// R5: nothing of projects that are not public is in a public figure. R9: results are kept by the year, once.
func TestPublicFiguresAndYears(t *testing.T) {
	forEachHall(t, func(h *hall) {
		ctx, mission := context.Background(), acttest.Agent("mission")
		h.works(2, "mission", "a", "b", "c", "d", "e")
		h.ok(h.room.RecordOpinion(ctx, mission, measures.Opinion{GivenOn: today, Sense: "favourable"}))
		before := h.figures(identity.Visitor{})
		i, err := h.projects.SignalInitiative(ctx, mission, portfolio.Signal{Brief: portfolio.Brief{Title: "Interne", Problem: "p", Sufferer: "s", Lang: "fr", Origin: portfolio.Demand}})
		h.ok(err)
		h.join(i, portfolio.Offer{Unit: "mission", IntroducedBy: "a"})
		h.join(i, portfolio.Offer{Unit: "f", IntroducedBy: "mission"})
		if d := cmp.Diff(before, h.figures(identity.Visitor{})); d != "" {
			h.Errorf("an internal project changes a public figure: %s", d)
		}
		h.ok(h.room.KeepYear(ctx, mission))
		h.wants("network.year_kept", h.room.KeepYear(ctx, mission))
		h.works(2, "mission", "g")
		p, err := h.room.Profile(ctx, identity.Visitor{})
		h.ok(err)
		if len(p.Years) != 1 || p.Years[0].Year != 2018 {
			h.Fatalf("%+v", p.Years)
		}
		if f, told := p.Years[0].Figure("m6", "lost"); !told || f.Value != before["m6.lost"].Value || f.Null == nil {
			h.Errorf("kept %+v", f)
		}
	})
}

// R4: what is told has its number of observations, and every value that waits for the opinion of the CST stands beside what
// chance would give, but for counts of what was recorded. All of M3, M5 and M6 are told here: none is passed over.
func TestEveryValueHasItsNumber(t *testing.T) {
	forEachHall(t, func(h *hall) {
		h.works(10, "mission", "a", "b", "c", "d", "e")
		for n := range 10 {
			h.join(h.works(1, id.ID(fmt.Sprint("lead", n))), portfolio.Offer{Unit: id.ID(fmt.Sprint("found", n)), IntroducedBy: "mission"})
		}
		h.ok(h.room.RecordOpinion(context.Background(), acttest.Agent("mission"), measures.Opinion{GivenOn: today, Sense: "favourable"}))
		recorded, seen := map[string]bool{"m2.missing": true, "m5.made": true, "m5.joined": true}, map[string]bool{}
		for key, f := range h.figures(inside()) {
			if f.Told && f.N < 10 || !f.Told && f.Value != 0 {
				h.Errorf("%s: %+v", key, f)
			}
			if f.Measure < "m2" || f.Measure > "m6" || recorded[key] {
				continue
			}
			if f.Told && f.Null == nil {
				h.Errorf("%s without its null model: %+v", key, f)
			}
			seen[f.Measure] = seen[f.Measure] || f.Told
		}
		if !seen["m3"] || !seen["m5"] || !seen["m6"] {
			h.Errorf("only %v told: this test sees too little", seen)
		}
	})
}

// R1 and R2: the SQL of this room reads declared records alone, and never a person, a letter or a session.
func TestOnlyDeclaredRecordsAreRead(t *testing.T) {
	allowed := regexp.MustCompile(`^(portfolio_(part|initiative|holder|arbitration)|passation_(item|handover)|measures_(opinion|contest|result))$`)
	files, err := filepath.Glob("*_store.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	seen := 0
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?:FROM|JOIN|INTO|UPDATE) +([a-z_]+)`).FindAllStringSubmatch(string(text), -1) {
			if seen++; !allowed.MatchString(m[1]) {
				t.Errorf("%s reads %s", name, m[1])
			}
		}
		if strings.Contains(string(text), "person") {
			t.Errorf("%s speaks of persons", name)
		}
	}
	if seen < 10 {
		t.Errorf("%d tables found: this test sees nothing", seen)
	}
}
