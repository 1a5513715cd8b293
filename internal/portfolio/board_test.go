package portfolio_test

import (
	"slices"
	"testing"

	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// on tells which columns show which titles.
func (c *town) on(v identity.Visitor, view portfolio.View, day ...string) map[string][]string {
	c.Helper()
	var d string
	if len(day) > 0 {
		d = day[0]
	}
	w := must(c, func() (portfolio.Wall, error) { return c.room.Wall(c.ctx, v, view, dayOf(d)) })
	out := map[string][]string{}
	for _, col := range w.Columns {
		out[col.Key] = []string{}
		for _, card := range col.Cards {
			out[col.Key] = append(out[col.Key], card.Title)
		}
	}
	return out
}

func TestAnInitiativeStandsUnderEachOfItsSponsors(t *testing.T) {
	forEachTown(t, func(c *town) {
		c.signal("Collecte")
		other := brief("Éclairage")
		c.ok(second(c.room.SignalInitiative(c.ctx, mission, portfolio.Signal{Brief: other})))
		want := map[string][]string{"e-proprete": {"Collecte"}, "e-voirie": {"Collecte"}, "e-numerique": {"Collecte"}, "": {"Éclairage"}}
		if diff := cmp.Diff(want, c.on(inside("p-dsi"), portfolio.View{GroupBy: portfolio.BySponsor})); diff != "" {
			t.Error(diff)
		}
	})
}

func TestACardShowsWhatWaits(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.publish(c.led("Collecte"))
		c.offer(i, "u-dsi", portfolio.Contribute)
		c.answer(voirie, c.offer(i, "u-voirie", portfolio.Contribute), portfolio.Counter, "En juin")
		c.ask(i)
		c.pass(40)
		w := must(c, func() (portfolio.Wall, error) {
			return c.room.Wall(c.ctx, inside("p-dsi"), portfolio.View{GroupBy: portfolio.ByStageGroup}, "")
		})
		card := w.Columns[0].Cards[0]
		if card.Silent != 40 || card.Waiting != 1 || card.WaitDays != 40 || card.Initials != "BF" || len(card.Parts) != 3 {
			t.Errorf("%+v", card)
		}
		seen := must(c, func() (portfolio.Wall, error) {
			return c.room.Wall(c.ctx, anonymous, portfolio.View{GroupBy: portfolio.ByUnit}, "")
		})
		if len(seen.Columns) != 1 || seen.Columns[0].Key != "u-proprete" || seen.Columns[0].Cards[0].Waiting != 0 {
			t.Errorf("outside: %+v", seen.Columns)
		}
	})
}

func TestTheWallFollowsEveryChange(t *testing.T) {
	forEachTown(t, func(c *town) {
		view := portfolio.View{GroupBy: portfolio.BySponsor}
		i := c.signal("Collecte")
		c.on(inside("p-dsi"), view) // the cards are on the shelf
		c.ok(c.room.EndSponsor(c.ctx, mission, i.ID, "e-voirie"))
		if _, still := c.on(inside("p-dsi"), view)["e-voirie"]; still {
			t.Error("an ended sponsor has a column")
		}
		c.left["e-numerique"] = c.room.Today()
		c.signal("Autre") // anything recorded makes the directory be asked again
		if _, still := c.on(inside("p-dsi"), view)["e-numerique"]; still {
			t.Error("a sponsor whose post nobody holds has a column (I27)")
		}
		c.ok(second(c.room.WithdrawInitiative(c.ctx, mission, i.ID, c.stored(i).Version, "Doublon")))
		if got := c.on(inside("p-dsi"), view)["e-proprete"]; !cmp.Equal(got, []string{"Autre"}) {
			t.Errorf("a tombstone stands on the wall: %v", got)
		}
	})
}

func TestTheWallOnAnotherDay(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.led("Collecte")
		c.pass(100)
		c.advance(i, portfolio.Qualified)
		c.signal("Plus tard")
		view := portfolio.View{GroupBy: portfolio.ByStageGroup}
		if got := c.on(inside("p-dsi"), view, "2016-05-01"); !cmp.Equal(got["signalled"], []string{"Collecte"}) || len(got["qualified"]) != 0 {
			t.Errorf("then: %v", got)
		}
		if got := c.on(inside("p-dsi"), view); !cmp.Equal(got["signalled"], []string{"Plus tard"}) || !cmp.Equal(got["qualified"], []string{"Collecte"}) {
			t.Errorf("now: %v", got)
		}
		diff := must(c, func() ([]portfolio.Change, error) {
			return c.room.DiffDays(c.ctx, inside("p-dsi"), view, "2016-05-01", c.room.Today())
		})
		if got := kinds(diff); !cmp.Equal(got, []portfolio.ChangeKind{portfolio.ChangeStage, portfolio.ChangeNew}) {
			t.Errorf("differences %v", diff)
		}
	})
}

func kinds(changes []portfolio.Change) (out []portfolio.ChangeKind) {
	for _, ch := range changes {
		out = append(out, ch.Kind)
	}
	return out
}

func TestFilters(t *testing.T) {
	forEachTown(t, func(c *town) {
		c.led("Collecte guidée par l’été")
		c.signal("Éclairage")
		for want, f := range map[string]portfolio.Filter{
			"2 text prefix":    {Text: "corbeil"},
			"1 text accents":   {Text: "ete GUIDEE"},
			"0 text":           {Text: "collecte éclairage"},
			"1 text number":    {Text: "P-2016-2"},
			"2 tag":            {Tag: "Dechets"},
			"0 tag part":       {Tag: "dech"},
			"2 place":          {Place: "centre"},
			"0 place":          {Place: "nord"},
			"1 unit":           {Unit: "u-proprete"},
			"2 sponsor":        {Sponsor: "e-voirie"},
			"2 owner":          {Owner: "p-mission"},
			"0 origin":         {Origin: portfolio.Demand},
			"2 stage or stage": {Stages: []portfolio.Stage{portfolio.Signalled, portfolio.Tested}},
		} {
			l := must(c, func() (portfolio.List, error) {
				return c.room.List(c.ctx, inside("p-dsi"), portfolio.ListQuery{Filter: f})
			})
			if got := string('0' + rune(l.Total)); got != want[:1] {
				t.Errorf("%s: %s", want, got)
			}
			w := must(c, func() (portfolio.Wall, error) {
				return c.room.Wall(c.ctx, inside("p-dsi"), portfolio.View{GroupBy: portfolio.ByStageGroup, Filter: f}, "")
			})
			if w.Initiatives != l.Total {
				t.Errorf("%s: the wall shows %d, the list %d", want, w.Initiatives, l.Total)
			}
		}
		_, err := c.room.List(c.ctx, anonymous, portfolio.ListQuery{Sort: "title; DROP TABLE act"})
		c.wants("portfolio.list.sort", err)
		_, err = c.room.Wall(c.ctx, anonymous, portfolio.View{GroupBy: "person"}, "")
		c.wants("group_by:portfolio.choose", err)
	})
}

func TestMovingACardIsAnActWithItsRules(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.signal("Collecte")
		move := func(m portfolio.CardMove) error {
			m.Initiative, m.Version = i.ID, c.stored(i).Version
			return c.room.MoveCard(c.ctx, mission, m)
		}
		stage := func(to string) portfolio.CardMove {
			return portfolio.CardMove{GroupBy: portfolio.ByStageGroup, From: "signalled", To: to}
		}
		c.wants("portfolio.initiative.state", move(stage("tested")))
		c.ok(move(stage("qualified")))
		c.wants("portfolio.initiative.no_lead", move(portfolio.CardMove{GroupBy: portfolio.ByStageGroup, From: "qualified", To: "investigated"}))
		c.wants("sponsor:portfolio.sponsor.not_elected", move(portfolio.CardMove{GroupBy: portfolio.BySponsor, From: "e-voirie", To: "p-dsi"}))
		c.ok(move(portfolio.CardMove{GroupBy: portfolio.BySponsor, From: "e-voirie", To: "e-climat"}))
		c.ok(move(portfolio.CardMove{GroupBy: portfolio.BySponsor, From: "e-climat", To: "e-budget", Keep: true}))
		if got := posts(c.sheet(inside("p-dsi"), i).Sponsors); len(got) != 4 || slices.Contains(got, "e-voirie") || !slices.Contains(got, "e-climat") {
			t.Errorf("sponsors %v", got)
		}
		c.ok(move(portfolio.CardMove{GroupBy: portfolio.ByOwner, From: "p-mission", To: "p-dsi"}))
		c.ok(move(portfolio.CardMove{GroupBy: portfolio.ByUnit, From: "", To: "u-voirie"}))
		if p := c.sheet(inside("p-dsi"), i).Parts; len(p) != 1 || p[0].Status != portfolio.Proposed {
			t.Errorf("a part is offered, not taken: %+v", p)
		}
		c.wants("portfolio.board.part_stays", move(portfolio.CardMove{GroupBy: portfolio.ByUnit, From: "u-voirie", To: ""}))
		c.wants("portfolio.board.nowhere", move(portfolio.CardMove{GroupBy: portfolio.ByOwner, From: "x", To: "x"}))
		m := portfolio.CardMove{Initiative: i.ID, Version: 1, GroupBy: portfolio.ByOwner, From: "p-dsi", To: ""}
		c.wants("portfolio.stale", c.room.MoveCard(c.ctx, mission, m))
	})
}

func TestASnapshotNeverChanges(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.led("Collecte")
		v := inside("p-mission")
		b := must(c, func() (portfolio.Board, error) {
			return c.room.SaveBoard(c.ctx, mission, portfolio.Board{Name: "COPIL", View: portfolio.View{GroupBy: portfolio.BySponsor, PerColumn: 1}})
		})
		before := must(c, func() (portfolio.Snapshot, error) { return c.room.TakeSnapshot(c.ctx, mission, b.ID, "COPIL d'avril") })
		c.pass(30)
		c.advance(i, portfolio.Qualified)
		c.ok(c.room.EndSponsor(c.ctx, mission, i.ID, "e-voirie"))
		c.signal("Éclairage")
		c.ask(i)
		after := must(c, func() (portfolio.Snapshot, error) { return c.room.TakeSnapshot(c.ctx, mission, b.ID, "COPIL de mai") })
		kept := must(c, func() (portfolio.Snapshot, error) { return c.room.Snapshot(c.ctx, v, before.ID) })
		if diff := cmp.Diff(before, kept, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(portfolio.Card{}, "Version")); diff != "" {
			t.Error(diff)
		}
		changes := must(c, func() ([]portfolio.Change, error) { return c.room.DiffSnapshots(c.ctx, v, before.ID, after.ID) })
		want := []portfolio.ChangeKind{portfolio.ChangeSponsorOut, portfolio.ChangeStage, portfolio.ChangeWaiting, portfolio.ChangeNew}
		if got := kinds(changes); !cmp.Equal(got, want) {
			t.Errorf("changes %v", changes)
		}
		if list := must(c, func() ([]portfolio.Snapshot, error) { return c.room.Snapshots(c.ctx, v, b.ID) }); len(list) != 2 || list[0].ID != after.ID {
			t.Errorf("snapshots %+v", list)
		}
		c.wants("portfolio.snapshot.not_found", second(c.room.Snapshot(c.ctx, anonymous, before.ID)))
		stale := b
		stale.Version = 0
		c.wants("portfolio.stale", second(c.room.SaveBoard(c.ctx, mission, stale)))
		c.ok(c.room.CloseBoard(c.ctx, mission, b.ID))
		c.wants("portfolio.board.closed", second(c.room.Board(c.ctx, v, b.ID)))
		c.copil(before.ID, i)
	})
}

func (c *town) copil(since id.ID, i portfolio.Initiative) {
	c.Helper()
	f := must(c, func() (portfolio.Copil, error) {
		return c.room.Copil(c.ctx, inside("p-mission"), "COPIL", portfolio.View{GroupBy: portfolio.BySponsor}, since)
	})
	n := slices.IndexFunc(f.Sheets, func(s portfolio.CopilSheet) bool { return s.ID == i.ID })
	s := f.Sheets[n]
	if len(f.Sheets) != 2 || s.Problem == "" || len(s.Sponsors) != 2 || len(s.Parts) != 1 || len(s.Waiting) != 1 || len(f.Changes) != 4 || f.Posts["e-proprete"].Title == "" {
		c.Errorf("the file of the committee: %d sheets, %+v", len(f.Sheets), s)
	}
	c.wants("portfolio.agents_only", second(c.room.Copil(c.ctx, anonymous, "COPIL", portfolio.View{GroupBy: portfolio.BySponsor}, "")))
}
