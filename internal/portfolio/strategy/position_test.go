package strategy_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/portfolio/strategy"
)

func fieldNames(err error) string {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return ""
	}
	var names []string
	for _, field := range f.Fields {
		names = append(names, field.Name+" "+field.Key)
	}
	return strings.Join(names, ",")
}

func (c *town) scale() strategy.Dilemma {
	c.Helper()
	c.ok(c.room.SetUsualDilemmas(c.ctx, mission))
	all := must[[]strategy.Dilemma](c)(c.room.Dilemmas(c.ctx))
	return all[slices.IndexFunc(all, func(d strategy.Dilemma) bool { return d.Code == "echelle" })]
}

func (c *town) standing(code string) strategy.Standing {
	c.Helper()
	all := must[[]strategy.Standing](c)(c.room.Positioning(c.ctx, anonymous, c.room.Today()))
	return all[slices.IndexFunc(all, func(s strategy.Standing) bool { return s.Code == code })]
}

func TestPositionsAreDecidedAndKept(t *testing.T) {
	forEachTown(t, func(c *town) {
		d := c.scale()
		c.wants("strategy.dilemma.there_already", c.room.SetUsualDilemmas(c.ctx, mission))
		take := strategy.Take{Dilemma: d.ID, Lean: -2, Answers: answers()}
		take.Answers.Motive = ""
		c.wants("act.incomplete", failed(c.room.TakePosition(c.ctx, mayor, take)))
		take.Answers.Motive = "Apprendre avant de payer"
		c.wants("lean:strategy.choose", failed(c.room.TakePosition(c.ctx, mayor, strategy.Take{Dilemma: d.ID, Lean: 3, Answers: answers()})))
		must[strategy.Position](c)(c.room.TakePosition(c.ctx, mayor, take))
		c.pass(400)
		take.Lean, take.Keep = 1, true
		must[strategy.Position](c)(c.room.TakePosition(c.ctx, mayor, take))
		if s := c.standing("echelle"); s.Now.Lean != -2 || len(s.Before) != 0 {
			t.Errorf("what is kept internal shows: %+v", s)
		}
		c.pass(1)
		take.Keep = false
		must[strategy.Position](c)(c.room.TakePosition(c.ctx, mayor, take))
		if s := c.standing("echelle"); s.Now.Lean != 1 || len(s.Before) != 1 || !slices.Equal(s.Tensions, []strategy.Tension{strategy.Reversal}) {
			t.Errorf("%+v", s)
		}
		before := must[[]strategy.Standing](c)(c.room.Positioning(c.ctx, anonymous, "2015-01-01"))
		if at := slices.IndexFunc(before, func(s strategy.Standing) bool { return s.Code == "echelle" }); before[at].Now.Lean != -2 {
			t.Errorf("in 2015: %+v", before[at])
		}
	})
}

// What a mayor keeps internal is published later, by a person who reviewed it; it stands from the day it was decided.
func TestAKeptPositionIsPublished(t *testing.T) {
	forEachTown(t, func(c *town) {
		kept := must[strategy.Position](c)(c.room.TakePosition(c.ctx, mayor, strategy.Take{Dilemma: c.scale().ID, Lean: 1, Answers: answers(), Keep: true}))
		c.pass(30)
		publish := func(by act.Actor, version int64, reviewed bool) error {
			return c.room.PublishPosition(c.ctx, by, kept.ID, version, reviewed)
		}
		c.wants("strategy.publish.person_only", publish(act.Actor{Kind: act.System}, 1, true))
		c.wants("strategy.agents_only", publish(neighbour, 1, true))
		c.wants("reviewed:strategy.position.review", publish(mission, 1, false))
		c.wants("strategy.stale", publish(mission, 7, true))
		c.wants("strategy.position.not_found", c.room.PublishPosition(c.ctx, mission, "x", 1, true))
		if s := c.standing("echelle"); s.Now != nil {
			t.Errorf("published without review: %+v", s.Now)
		}
		c.wants("", publish(mission, 1, true))
		c.wants("strategy.public_already", publish(mission, 2, true))
		now := c.standing("echelle").Now
		if now == nil || now.TakenOn != "2014-06-12" || now.Motive == "" || now.Act == kept.Act {
			t.Fatalf("%+v", now)
		}
		told := must[act.Entry](c)(act.Find(c.ctx, c.db.Readers, act.Resident, now.Act))
		if told.Cause != kept.Act {
			t.Errorf("%+v", told)
		}
	})
}

// edition writes and publishes the next edition of the grid.
func (c *town) edition(title string) strategy.Grid {
	c.Helper()
	g := must[strategy.Grid](c)(c.room.WriteGrid(c.ctx, mission, strategy.WriteGrid{Title: strategy.Words{FR: title}, Intro: strategy.Words{FR: "Comment nous lisons un projet."}}))
	if g.Edition == 1 {
		must[strategy.Criterion](c)(c.room.SetCriterion(c.ctx, mission, criterion(g)))
	}
	return must[strategy.Grid](c)(c.room.PublishGrid(c.ctx, mission, g.ID, g.Version))
}

func criterion(g strategy.Grid) strategy.SetCriterion {
	return strategy.SetCriterion{Grid: g.ID, Code: "echelle", Name: strategy.Words{FR: "Échelle"}, Question: strategy.Words{FR: "Est-ce un essai ou un service ?"}, Dilemma: "echelle",
		Levels: []strategy.Level{{Label: strategy.Words{FR: "Essai"}, Lean: -1}, {Label: strategy.Words{FR: "Quartier"}}, {Label: strategy.Words{FR: "Toute la ville"}, Lean: 1}}}
}

func TestAPublishedEditionIsFrozen(t *testing.T) {
	forEachTown(t, func(c *town) {
		g := must[strategy.Grid](c)(c.room.WriteGrid(c.ctx, mission, strategy.WriteGrid{Title: strategy.Words{FR: "Référentiel"}, Intro: strategy.Words{FR: "x"}}))
		c.wants("strategy.grid.empty", failed(c.room.PublishGrid(c.ctx, mission, g.ID, g.Version)))
		c.wants("strategy.grid.draft_there", failed(c.room.WriteGrid(c.ctx, mission, strategy.WriteGrid{Title: strategy.Words{FR: "Autre"}, Intro: strategy.Words{FR: "x"}})))
		in := criterion(g)
		in.Levels = in.Levels[:1]
		c.wants("levels:strategy.grid.levels", failed(c.room.SetCriterion(c.ctx, mission, in)))
		k := must[strategy.Criterion](c)(c.room.SetCriterion(c.ctx, mission, criterion(g)))
		c.wants("code:strategy.grid.code_twice", failed(c.room.SetCriterion(c.ctx, mission, criterion(g))))
		if seen := must[[]strategy.Grid](c)(c.room.Grids(c.ctx, anonymous)); len(seen) != 0 {
			t.Errorf("a draft shows: %+v", seen)
		}
		g = must[strategy.Grid](c)(c.room.PublishGrid(c.ctx, mission, g.ID, g.Version))
		c.wants("strategy.grid.frozen", failed(c.room.SetCriterion(c.ctx, mission, criterion(g))))
		c.wants("strategy.grid.frozen", c.room.RemoveCriterion(c.ctx, mission, k.ID, k.Version))
		c.wants("strategy.grid.frozen", failed(c.room.PublishGrid(c.ctx, mission, g.ID, g.Version)))
		one := must[strategy.Reading](c)(c.room.Reading(c.ctx, anonymous, 1))
		if one.Digest != strategy.Sum(one.Grid, one.Criteria) {
			t.Error("the digest is not that of what is read")
		}
		c.pass(1)
		c.edition("Référentiel, deuxième édition")
		two := must[strategy.Reading](c)(c.room.Reading(c.ctx, anonymous, 2))
		if len(two.Criteria) != 1 || two.Criteria[0].Code != "echelle" || two.Digest == one.Digest {
			t.Errorf("%+v", two)
		}
		if again := must[strategy.Reading](c)(c.room.Reading(c.ctx, anonymous, 1)); again.Digest != strategy.Sum(again.Grid, again.Criteria) {
			t.Error("the first edition changed")
		}
	})
}

func TestPlacementsNameTheirEdition(t *testing.T) {
	forEachTown(t, func(c *town) {
		d, i := c.scale(), c.signal("Collecte")
		place := strategy.Place{Subject: i.Ref(), Criterion: "echelle", Level: "2", Reason: "Toute la ville est visée"}
		c.wants("strategy.grid.none", failed(c.room.Place(c.ctx, mission, place)))
		g := c.edition("Référentiel")
		c.wants("level:strategy.choose", failed(c.room.Place(c.ctx, mission, strategy.Place{Subject: i.Ref(), Criterion: "echelle", Level: "9", Reason: "x"})))
		c.wants("reason:strategy.required", failed(c.room.Place(c.ctx, mission, strategy.Place{Subject: i.Ref(), Criterion: "echelle", Level: "1"})))
		first := must[strategy.Placement](c)(c.room.Place(c.ctx, mission, place))
		c.wants("strategy.placement.moved", failed(c.room.Place(c.ctx, mission, place)))
		place.Seen, place.Reason = first.ID, "Confirmé"
		must[strategy.Placement](c)(c.room.Place(c.ctx, mission, place))
		c.pass(1)
		c.edition("Référentiel 2")
		place.Seen = ""
		must[strategy.Placement](c)(c.room.Place(c.ctx, mission, place))
		all := must[[]strategy.Placement](c)(c.room.Placements(c.ctx, i.Ref()))
		if len(all) != 3 || all[0].Grid != g.ID || all[1].Grid == g.ID || all[2].ReplacedOn == "" {
			t.Errorf("%+v", all)
		}
		must[strategy.Position](c)(c.room.TakePosition(c.ctx, mayor, strategy.Take{Dilemma: d.ID, Lean: -1, Answers: answers()}))
		if s := c.standing("echelle"); len(s.Tensions) != 0 {
			t.Errorf("an internal initiative tells of a tension: %+v", s)
		}
		in := must[[]strategy.Standing](c)(c.room.Positioning(c.ctx, inside, c.room.Today()))
		if s := in[2]; s.Leaning != [3]int{0, 0, 1} || !slices.Equal(s.Tensions, []strategy.Tension{strategy.Practice}) {
			t.Errorf("%+v", s)
		}
	})
}

func TestALaterRoomPlacesItsOwnThings(t *testing.T) {
	forEachTown(t, func(c *town) {
		c.edition("Référentiel")
		approach := act.Ref{Type: "solicitation", ID: "s-1"}
		_, err := act.Do(c.ctx, c.log, mission, func(tx *act.Tx) (strategy.Placement, error) {
			return c.room.PlaceIn(tx, strategy.Place{Subject: approach, Criterion: "echelle", Level: "0", Reason: "Une offre d'essai"}, strategy.PlaceOf{Number: "D-2014-1", Visibility: act.Internal})
		})
		c.ok(err)
		if all := must[[]strategy.Placement](c)(c.room.Placements(c.ctx, approach)); len(all) != 1 {
			t.Errorf("%+v", all)
		}
		c.wants("strategy.unknown_initiative", failed(c.room.Place(c.ctx, mission, strategy.Place{Subject: approach, Criterion: "echelle", Level: "0", Reason: "x"})))
	})
}

func TestAnnotationsAreModeratedAndAnswered(t *testing.T) {
	forEachTown(t, func(c *town) {
		g := c.edition("Référentiel")
		note := strategy.Annotate{Edition: 1, Criterion: "echelle", Kind: strategy.Contest, Body: "Un essai peut durer dix ans.", Lang: "fr", As: strategy.AsAssociation, Name: "Les Halles vivantes"}
		c.wants("strategy.annotation.account", failed(c.room.Annotate(c.ctx, anonymous, act.Actor{Kind: act.Resident}, note)))
		a := must[strategy.Annotation](c)(c.room.Annotate(c.ctx, anonymous, neighbour, note))
		unit := must[strategy.Annotation](c)(c.room.Annotate(c.ctx, inside, mission, strategy.Annotate{Edition: 1, Kind: strategy.Comment, Body: "Bien."}))
		if unit.As != strategy.AsUnit || unit.Post != "p-mission" || a.Post != "" {
			t.Errorf("%+v %+v", unit, a)
		}
		note.Name = ""
		c.wants("name:strategy.required", failed(c.room.Annotate(c.ctx, anonymous, neighbour, note)))
		if shown := must[[]strategy.Annotation](c)(c.room.Annotations(c.ctx, g.ID)); len(shown) != 0 {
			t.Errorf("not moderated yet: %+v", shown)
		}
		c.wants("strategy.annotation.not_shown", c.room.AnswerAnnotation(c.ctx, mission, a.ID, 1, "Oui", "fr"))
		c.wants("why:strategy.required", c.room.Moderate(c.ctx, mission, unit.ID, 1, strategy.Refused, "", "fr"))
		c.ok(c.room.Moderate(c.ctx, mission, unit.ID, 1, strategy.Refused, "Hors sujet", "fr"))
		c.ok(c.room.Moderate(c.ctx, mission, a.ID, 1, strategy.Shown, "", "fr"))
		c.wants("strategy.annotation.moderated", c.room.Moderate(c.ctx, mission, a.ID, 2, strategy.Shown, "", "fr"))
		c.ok(c.room.AnswerAnnotation(c.ctx, mission, a.ID, 2, "La deuxième édition le dira.", "fr"))
		shown := must[[]strategy.Annotation](c)(c.room.Annotations(c.ctx, g.ID))
		if len(shown) != 1 || shown[0].Answer == "" || shown[0].AnsweredBy != "p-mission" {
			t.Errorf("%+v", shown)
		}
		if left := must[[]strategy.Annotation](c)(c.room.ToModerate(c.ctx, inside)); len(left) != 0 {
			t.Errorf("%+v", left)
		}
		if left := must[[]strategy.Annotation](c)(c.room.ToModerate(c.ctx, anonymous)); left != nil {
			t.Errorf("moderation shows outside: %+v", left)
		}
	})
}
