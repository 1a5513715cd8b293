package strategy_test

import (
	"testing"

	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/strategy"
)

// Valmont in three steps: a plan is written, adopted, replaced; the objectives that go on are the same.
func TestStrategiesFollowEachOther(t *testing.T) {
	forEachTown(t, func(c *town) {
		old := c.draft("Schéma directeur informatique", "2013-01-01", "")
		run, net := c.place(old, "SI-1", "Un réseau sûr", "2", ""), c.place(old, "SI-2", "Un poste par agent", "1", "")
		c.adopt(old)
		c.wants("strategy.adopted_already", failed(c.room.SetNode(c.ctx, mission, strategy.SetNode{Strategy: old.ID, Code: "x", Title: strategy.Words{FR: "x"}, Kind: strategy.Outcome})))
		c.pass(30)
		next := c.draft("Ville numérique", "2014-07-01", old.ID)
		c.place(next, "SI-1", "Un réseau pour tous", "1", "")
		c.place(next, "VN-1", "Des données ouvertes", "3", "")
		adopted := c.adopt(next)

		was := must[strategy.Strategy](c)(c.room.Find(c.ctx, inside, old.Number))
		if was.Status != strategy.Superseded || was.SupersededBy != next.ID || was.SupersededOn != adopted.AdoptedOn {
			t.Errorf("the old one: %+v", was)
		}
		cmp := must[strategy.Compared](c)(c.room.Compare(c.ctx, inside, old.Number, next.Number))
		for change, want := range map[strategy.Change]int{strategy.Kept: 0, strategy.Renamed: 1, strategy.Added: 1, strategy.Dropped: 1} {
			if got := cmp.Count(change); got != want {
				t.Errorf("%s: %d, want %d", change, got, want)
			}
		}
		if d := cmp.Lines[0]; d.Before.Objective != run.Objective || d.Reweighed() != -1 {
			t.Errorf("first line %+v", d)
		}
		for _, o := range must[[]portfolio.Objective](c)(c.projects.Objectives(c.ctx)) {
			if o.ID == run.Objective && o.TitleFR != "Un réseau pour tous" || o.ID == net.Objective && o.To != adopted.AdoptedOn {
				t.Errorf("objective %+v", o)
			}
		}
		c.wants("replaces:strategy.replaced_already", failed(c.room.Write(c.ctx, mission, strategy.Write{Title: strategy.Words{FR: "Encore"}, Purpose: strategy.Words{FR: "x"},
			Kind: strategy.StrategicPlan, From: "2015-01-01", Replaces: old.ID, ReplacesWhy: "x"})))
	})
}

func TestAStrategyIsAdoptedBySixAnswers(t *testing.T) {
	forEachTown(t, func(c *town) {
		s := c.draft("Ville numérique", "2014-07-01", "")
		adopt := func(a portfolio.Answers) error {
			return failed(c.room.Adopt(c.ctx, mayor, strategy.Adopt{Strategy: s.ID, Version: s.Version, Answers: a}))
		}
		c.wants("strategy.no_objective", adopt(answers()))
		c.place(s, "VN-1", "Ouvrir", "", "")
		for _, hole := range []func(*portfolio.Answers){func(a *portfolio.Answers) { a.Motive = " " }, func(a *portfolio.Answers) { a.Segments = nil }} {
			a := answers()
			hole(&a)
			c.wants("act.incomplete", adopt(a))
		}
		c.ok(adopt(answers()))
		c.wants("strategy.adopted_already", adopt(answers()))
		if _, found, _ := c.room.InForce(c.ctx, anonymous, "2014-06-12"); found {
			t.Error("an internal strategy is in force for everybody")
		}
		now := must[strategy.Strategy](c)(c.room.Find(c.ctx, inside, s.Number))
		c.ok(c.room.Publish(c.ctx, mission, now.ID, now.Version))
		c.wants("strategy.public_already", c.room.Publish(c.ctx, mission, now.ID, now.Version+1))
		if shown, found, _ := c.room.InForce(c.ctx, anonymous, "2014-06-12"); !found || shown.ID != s.ID {
			t.Errorf("in force: %+v %v", shown, found)
		}
	})
}

func TestBadStrategies(t *testing.T) {
	forEachTown(t, func(c *town) {
		good := strategy.Write{Title: strategy.Words{FR: "Ville numérique"}, Purpose: strategy.Words{FR: "Servir"}, Kind: strategy.DigitalPlan, From: "2014-07-01"}
		for want, edit := range map[string]func(*strategy.Write){
			"title:strategy.required":          func(w *strategy.Write) { w.Title.FR = " " },
			"from:strategy.bad_day":            func(w *strategy.Write) { w.From = "2014-02-30" },
			"last:strategy.ends_before":        func(w *strategy.Write) { w.Last = "2013-01-01" },
			"kind:strategy.choose":             func(w *strategy.Write) { w.Kind = "poem" },
			"replaces_why:strategy.required":   func(w *strategy.Write) { w.Replaces = "x" },
			"replaces:strategy.cannot_replace": func(w *strategy.Write) { w.Replaces, w.ReplacesWhy = "x", "y" },
		} {
			w := good
			edit(&w)
			c.wants(want, failed(c.room.Write(c.ctx, mission, w)))
		}
		s := must[strategy.Strategy](c)(c.room.Write(c.ctx, mission, good))
		good.ID, good.Version = s.ID, s.Version
		must[strategy.Strategy](c)(c.room.Write(c.ctx, mission, good))
		good.Title.FR = "Autre titre"
		stale := failed(c.room.Write(c.ctx, mission, good))
		if fault.KindOf(stale) != fault.Conflict {
			t.Errorf("stale: %v", stale)
		}
		c.wants("strategy.agents_only", failed(c.room.Write(c.ctx, neighbour, good)))
		c.wants("weight:strategy.bad_weight", failed(c.room.SetNode(c.ctx, mission, strategy.SetNode{Strategy: s.ID, Code: "a", Title: strategy.Words{FR: "a"}, Kind: strategy.Outcome, Weight: "-1"})))
		top := c.place(s, "A", "A", "1", "")
		below := c.place(s, "B", "B", "1", top.ID)
		loop := strategy.SetNode{Strategy: s.ID, ID: top.ID, Version: top.Version, Code: "A", Title: strategy.Words{FR: "A"}, Kind: strategy.Outcome, Parent: below.ID}
		c.wants("parent:strategy.objective.bad_parent", failed(c.room.SetNode(c.ctx, mission, loop)))
		c.wants("strategy.objective.not_a_leaf", c.room.RemoveNode(c.ctx, mission, top.ID, top.Version))
		c.ok(c.room.RemoveNode(c.ctx, mission, below.ID, below.Version))
	})
}

// A branch takes what stands below it along: it moves where the whole of it fits.
func TestATreeStaysReadable(t *testing.T) {
	forEachTown(t, func(c *town) {
		s := c.draft("Plan", "2014-07-01", "")
		chain := func(codes ...string) (nodes []strategy.Node) {
			parent := id.ID("")
			for _, code := range codes {
				n := c.place(s, code, code, "1", parent)
				nodes, parent = append(nodes, n), n.ID
			}
			return nodes
		}
		long, short := chain("a", "b", "c", "d"), chain("x", "y", "z")
		move := func(n strategy.Node, under id.ID) error {
			return failed(c.room.SetNode(c.ctx, mission, strategy.SetNode{Strategy: s.ID, ID: n.ID, Version: n.Version, Code: n.Code, Title: n.Title, Kind: n.Kind, Parent: under}))
		}
		c.wants("parent:strategy.objective.bad_parent", move(short[0], long[3].ID))
		c.wants("parent:strategy.objective.bad_parent", move(short[0], long[2].ID))
		c.wants("parent:strategy.objective.bad_parent", move(short[1], long[3].ID))
		c.wants("", move(short[2], long[3].ID))
		c.wants("", move(short[0], long[2].ID))
	})
}
