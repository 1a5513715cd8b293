package participation_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/participation"
	"parvis/internal/participation/tally"
)

// scored are grades of four steps for three projects, by 30 people.
func scored() string {
	p := []string{"project_id;cost;name", "x;40;Ombre", "y;40;Bancs", "z;40;Nichoirs"}
	return file("vote_type;scoring\nmin_points;0\nmax_points;3\ndistrict;Gare", p,
		repeat(30, "x,y,z|3,1,0", "x,y,z|2,2,3", "x,y,z|2,3,0"))
}

// Each preset elects who its definition says: worked out by hand.
func TestPresetsElectByTheirDefinition(t *testing.T) {
	cases := []struct{ preset, content, want string }{
		// b 60 votes (25), a 60 (30): the cheaper first; c and d 40 each: d costs less, c (45) does not fit in 35; e has no vote.
		{"plus_de_voix", hundred(), "b a d"},
		// medians: x 2, y 2, z 0; taking medians away, x has 2,2,2,3… and y 1,2,3: x first, then y; z does not fit in 20.
		{"jugement_majoritaire", scored(), "x y"},
		{"declared", hundred(), "b a d e"},
	}
	forEachTown(t, func(w *town) {
		for _, c := range cases {
			l := w.lot(w.counted(c.preset, nil, c.content), "")
			if got := winners(l); got != c.want {
				w.Errorf("%s: %q, want %q", c.preset, got, c.want)
			}
		}
	})
}

// Every project is told why, with the figures that its page needs.
func TestEveryProjectIsToldWhy(t *testing.T) {
	forEachTown(t, func(w *town) {
		l := w.lot(w.counted("plus_de_voix", nil, hundred()), "")
		why := map[string]*participation.Why{}
		for _, p := range l.Projects {
			why[p.Code] = p.Why
		}
		if c := why["c"]; c.Cause != "no_room" || c.Left != 3500 || c.Place != 4 || c.Score != 40 {
			w.Errorf("c: %+v", c)
		}
		if e := why["e"]; e.Cause != "min_votes" {
			w.Errorf("e: %+v", e)
		}
		shares := w.lot(w.counted("parts_egales", func(d *tally.Document) { d.Rule = "mes_cost" }, hundred()), "")
		for _, p := range shares.Projects {
			if p.Won() && (p.Why.Price <= 0 || p.Why.Full == 0) {
				w.Errorf("%s won without a price: %+v", p.Code, p.Why)
			}
			if p.Why.Cause == "supporters_short" && p.Why.Effective >= 1000 {
				w.Errorf("%s could be paid by its supporters: %+v", p.Code, p.Why)
			}
		}
		grades := w.lot(w.counted("jugement_majoritaire", nil, scored()), "")
		if x := grades.Projects[0].Why; x.Median != 2 || x.Rank != 1 || len(x.Grades) != 4 || x.Grades[2] != 20 {
			w.Errorf("x: %+v", x)
		}
	})
}

// Several lots are counted each on its own, under one document.
func TestLotsAreCountedEachOnItsOwn(t *testing.T) {
	forEachTown(t, func(w *town) {
		s := w.published("parts_egales", nil, hundred(), file("district;Gare\nbudget;50", projects(), repeat(150, "c", "c,e", "e")))
		if len(s.Lots) != 2 || s.Lots[0].Result.Budget != 10000 || s.Lots[1].Result.Budget != 5000 {
			w.Fatalf("lots: %+v", s.Lots)
		}
		if got := winners(w.lot(s, "gare")); got != "c" && got != "e" {
			w.Errorf("gare: %q", got)
		}
		q := s.Lots[0].Result
		if q.Voters != 100 || q.Spent > q.Budget || len(q.Categories) == 0 || len(q.Districts) == 0 {
			w.Errorf("quality: %+v", q)
		}
	})
}

// Ballots whose bytes changed since they were imported are not counted, and the reason shows.
func TestAlteredBallotsAreNotCounted(t *testing.T) {
	forEachTown(t, func(w *town) {
		s := w.frozen("plus_de_voix", nil, hundred())
		path := filepath.Join(w.dir, s.Lots[0].Ballots[:2], s.Lots[0].Ballots[2:])
		body, err := os.ReadFile(path)
		if err != nil {
			w.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(strings.Replace(string(body), ";a,b\n", ";c,b\n", 1)), 0o600); err != nil {
			w.Fatal(err)
		}
		if err := w.room.CountElection(w.ctx, s.ID); err == nil {
			w.Fatal("altered ballots were counted")
		}
		p, err := w.room.CountProgress(w.ctx, s.ID)
		if err != nil || p.State != participation.Failed || p.Trouble != "participation.ballots.altered" {
			w.Errorf("progress: %+v %v", p, err)
		}
		if err := os.WriteFile(path, body, 0o600); err != nil {
			w.Fatal(err)
		}
		if err := w.room.RetryCount(w.ctx, mission, s.ID); err != nil {
			w.Fatal(err)
		}
		if err := w.room.CountElection(w.ctx, s.ID); err != nil || w.sheet(s.ID).Stage != participation.Counted {
			w.Errorf("after the repair: %v", err)
		}
	})
}

// Other rules are tried by those who prepare rules, and by everybody only where the rules say so.
func TestWhoMayTryAnotherRule(t *testing.T) {
	forEachTown(t, func(w *town) {
		for _, public := range []bool{false, true} {
			s := w.published("plus_de_voix", func(d *tally.Document) { d.Publish.WhatIf = public }, hundred())
			got, err := w.room.Try(w.ctx, agent, s, s.Lots[0], "mes_cost_add1u")
			if err != nil || len(got.Winners) == 0 || got.Spent > 10000 {
				w.Errorf("agent: %+v %v", got, err)
			}
			again, err := w.room.Try(w.ctx, agent, s, s.Lots[0], "mes_cost_add1u")
			if err != nil || strings.Join(again.Winners, "") != strings.Join(got.Winners, "") {
				w.Errorf("found again: %+v %v", again, err)
			}
			if _, err := w.room.Try(w.ctx, anonymous, s, s.Lots[0], "mes_cost_add1u"); (err == nil) != public {
				w.Errorf("public %v: %v", public, err)
			}
			_, err = w.room.Try(w.ctx, agent, s, s.Lots[0], "no_such_rule")
			refused(w, err, fault.Invalid, "tally.unknown_rule")
		}
	})
}

// A document that does not determine the result of these files is not frozen.
func TestRulesThatCannotCountAreRefused(t *testing.T) {
	forEachTown(t, func(w *town) {
		s := w.imported(hundred())
		for key, edit := range map[string]func(*tally.Document){
			"participation.rules.lots":     func(d *tally.Document) { d.Lots = append(d.Lots, tally.LotDocument{ID: "autre", Budget: 5}) },
			"participation.rules.lot_name": func(d *tally.Document) { d.Lots[0].ID = "ailleurs" },
			"tally.rules_no_envelope":      func(d *tally.Document) { d.Lots[0].Budget = 0 },
			"tally.rules_promised":         func(d *tally.Document) { d.Lots[0].Seats, d.Lots[0].Cap, d.Budget = 9, 50, 100 },
			"participation.rules.kind":     func(d *tally.Document) { d.Ballot.Kind = "ordinal" },
			"tally.order_incomplete":       func(d *tally.Document) { d.Conventions.Order = []string{"a", "b"} },
		} {
			_, err := w.room.FreezeRules(w.ctx, mission, participation.Freeze{Election: s.ID, Version: s.Version, Rules: w.rules(s, "plus_de_voix", edit)})
			refused(w, err, fault.Invalid, key)
		}
		_, err := w.room.FreezeRules(w.ctx, mission, participation.Freeze{Election: s.ID, Version: s.Version, Rules: "rule = "})
		refused(w, err, fault.Invalid, "tally.rules_syntax")
		if w.sheet(s.ID).Stage != participation.Imported {
			w.Error("refused rules were frozen")
		}
	})
}

// A winner may be tied to what it became; a loser may not.
func TestOnlyAWinnerBecomesAnInitiative(t *testing.T) {
	forEachTown(t, func(w *town) {
		s := w.published("plus_de_voix", nil, hundred())
		byCode := map[string]id.ID{}
		for _, p := range w.lot(s, "").Projects {
			byCode[p.Code] = p.ID
		}
		refused(w, w.room.LinkProject(w.ctx, mission, byCode["c"], "i-1"), fault.Conflict, "participation.link.lost")
		if err := w.room.LinkProject(w.ctx, mission, byCode["a"], "i-1"); err != nil {
			w.Fatal(err)
		}
		found, err := w.room.Of(w.ctx, anonymous, "i-1")
		if err != nil || len(found) != 1 || found[0].Code != "a" || found[0].Number != s.Number {
			w.Errorf("origin: %+v %v", found, err)
		}
	})
}

// Who may not, may not: the decider is asked for every act with its own verb.
func TestEveryActAsksThePowers(t *testing.T) {
	forEachTown(t, func(w *town) {
		asked := map[string]bool{}
		w.room = newTown(w, w.db, w.clock, func(tx *db.Tx, by act.Actor, ask act.Ask) (act.Chain, error) {
			asked[ask.Verb] = true
			return acttest.Allow(tx, by, ask)
		}).room
		s := w.published("plus_de_voix", nil, hundred())
		if err := w.room.LinkProject(w.ctx, mission, w.lot(s, "").Projects[0].ID, "i-1"); err != nil {
			w.Fatal(err)
		}
		if _, err := w.room.Withdraw(w.ctx, mission, s.ID, s.Version, "Essai"); err != nil {
			w.Fatal(err)
		}
		for _, v := range participation.Verbs() {
			if !asked[v.Name] {
				w.Errorf("%s was never asked", v.Name)
			}
		}
	})
}
