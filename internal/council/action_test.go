package council_test

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
)

func toDo(what string, due calendar.Day) portfolio.NewAction {
	return portfolio.NewAction{What: what, Unit: "u-dsi", Due: due}
}

// sits is a committee that agrees without voting, with a meeting that is open and the next one in preparation.
func (c *town) sits(items ...council.ItemForm) (tb table, m, next council.Meeting, out []council.Item) {
	c.Helper()
	tb = c.committee(func(f *council.CommitteeForm) { f.Rules.Voting = council.Consensus })
	m, next = c.prepare(tb, "2018-01-22"), c.prepare(tb, "2018-02-19")
	for _, f := range items {
		out = append(out, must(c, func() (council.Item, error) { return c.room.AddItem(c.ctx, secretary, m.ID, f) }))
	}
	c.open(tb, m)
	return tb, m, next, out
}

func (c *town) project() id.ID {
	c.Helper()
	return must(c, func() (portfolio.Initiative, error) {
		return c.portfolio.SignalInitiative(c.ctx, mission, portfolio.Signal{Brief: portfolio.Brief{Title: "Capteurs", Problem: "Les corbeilles débordent.",
			Sufferer: "Les riverains", Origin: portfolio.Supply, OriginNote: "Une offre", Matter: "proprete", Places: []string{"centre"}}})
	}).ID
}

// noted closes an item: it is taken note of, or adopted, with what must be done.
func (c *town) noted(i council.Item, actions ...portfolio.NewAction) error {
	version := c.stored(i).Version
	if i.Nature == council.ForInfo {
		return errOf(c.room.TakeNote(c.ctx, secretary, i.ID, version, "", actions...))
	}
	return errOf(c.room.TakeDecision(c.ctx, president, council.DecideForm{Item: i.ID, Version: version, Result: council.ItemAdopted, Text: "Oui.",
		Answers: answers(), Actions: actions}))
}

// followed are the words of the action items that a meeting is shown, with their state.
func (c *town) followed(v identity.Visitor, m council.Meeting) (out []string) {
	c.Helper()
	for _, a := range c.file(v, m).Actions {
		out = append(out, a.What+" "+string(a.Status))
	}
	return out
}

// atWork are the words of what waits for a visitor who works in the unit that does it.
func (c *town) atWork(post id.ID) (out []string) {
	c.Helper()
	v := inside(post)
	v.Posts[0].UnitID = "u-dsi"
	for _, l := range must(c, func() (portfolio.ToDo, error) { return c.portfolio.ToDo(c.ctx, v) }).Actions {
		out = append(out, l.What)
	}
	return out
}

// Whatever an item is about and for, what the committee asks for on it is kept, told and followed at the next meeting.
func TestWhatACommitteeAsksFor(t *testing.T) {
	for name, item := range map[string]func(*town) council.ItemForm{
		"an item for information": func(*town) council.ItemForm {
			return council.ItemForm{Nature: council.ForInfo, Title: "Point d’étape"}
		},
		"a general decision": func(*town) council.ItemForm {
			return council.ItemForm{Nature: council.ForDecision, Title: "Plan vélo"}
		},
		"an opinion": func(*town) council.ItemForm { return council.ItemForm{Nature: council.ForOpinion, Title: "Règlement"} },
		"a decision on a project": func(c *town) council.ItemForm {
			return council.ItemForm{Nature: council.ForDecision, Title: "Capteurs", Initiative: c.project()}
		},
	} {
		t.Run(name, func(t *testing.T) {
			forEachTown(t, func(c *town) {
				f := item(c)
				tb, m, next, items := c.sits(f)
				c.ok(c.noted(items[0], toDo("Envoyer la liste", "2018-02-15"), toDo("Chiffrer", "2018-03-01")))
				a := c.file(inside("p-mission"), next).Actions[0]
				want := portfolio.Sitting{Committee: tb.ID, Meeting: m.ID, Item: items[0].ID, Number: m.Number}
				if a.From != want || a.Initiative != f.Initiative || a.Arbitration != "" {
					c.Errorf("%+v", a)
				}
				if got := c.atWork("p-dsi"); !slices.Equal(got, []string{"Envoyer la liste", "Chiffrer"}) {
					c.Errorf("whoever must do it sees %q", got)
				}
				c.stepped(c.room.CloseMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version))
				p := must(c, func() (council.Minutes, error) { return c.room.DraftMinutes(c.ctx, secretary, m.ID, c.words("fr")) })
				if text := council.Plain(p.Blocks); strings.Count(text, "Envoyer la liste") != 1 || strings.Count(text, "Chiffrer") != 1 {
					c.Errorf("the minutes: %s", text)
				}
				c.ok(errOf(c.portfolio.FinishAction(c.ctx, secretary, a.ID, a.Version, "Reçue")))
				if got := c.followed(inside("p-mission"), next); !slices.Equal(got, []string{"Envoyer la liste done", "Chiffrer open"}) {
					c.Errorf("the next meeting reads %q", got)
				}
				if got := c.followed(anonymous, m); len(got) > 0 {
					c.Errorf("outside: %q", got)
				}
			})
		})
	}
}

// Whoever withdrew from an item reads nothing of what it ordered, on no list, and changes nothing of it.
func TestTheRecusedDoNotFollow(t *testing.T) {
	forEachTown(t, func(c *town) {
		_, _, next, items := c.sits(council.ItemForm{Nature: council.ForInfo, Title: "Marché"}, council.ItemForm{Nature: council.ForInfo, Title: "Plan vélo"})
		c.ok(c.noted(items[0], toDo("Relancer le titulaire", "2018-02-15")))
		c.ok(c.noted(items[1], toDo("Compter les vélos", "2018-02-16")))
		before := c.file(inside("e-ann"), next).Actions
		if len(before) != 2 || len(c.atWork("e-ann")) != 2 {
			c.Fatalf("this test would see nothing: %+v", before)
		}
		c.ok(errOf(c.room.DeclareInterest(c.ctx, ann, council.InterestForm{Item: items[0].ID, Event: "recuse", Nature: council.Employment})))
		for where, got := range map[string][]string{"the next meeting": c.followed(inside("e-ann"), next), "the list of things to do": c.atWork("e-ann")} {
			if len(got) != 1 || !strings.HasPrefix(got[0], "Compter") {
				c.Errorf("%s: %q", where, got)
			}
		}
		refs := must(c, func() (map[act.Ref]bool, error) { return c.room.WithheldRefs(c.ctx, inside("e-ann")) })
		if !refs[before[0].Ref()] || refs[before[1].Ref()] {
			c.Errorf("the journal and the search leave out %+v", refs)
		}
		c.wants("council.recused", errOf(c.portfolio.FinishAction(c.ctx, ann, before[0].ID, before[0].Version, "")))
		c.ok(errOf(c.portfolio.FinishAction(c.ctx, ann, before[1].ID, before[1].Version, "")))
	})
}

// What is effaced of an action item is effaced of the minutes too, whether it is about a project or about none.
func TestWhatWasAskedForIsEffaced(t *testing.T) {
	forEachTown(t, func(c *town) {
		_, m, _, items := c.sits(council.ItemForm{Nature: council.ForInfo, Title: "Point d’étape"},
			council.ItemForm{Nature: council.ForDecision, Title: "Capteurs", Initiative: c.project()})
		c.ok(c.noted(items[0], toDo("Écrire à Quetzal", "2018-02-15")))
		c.ok(c.noted(items[1], toDo("Appeler Quetzal", "2018-02-15")))
		c.pass(time.Minute)
		c.stepped(c.room.CloseMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version))
		c.ok(errOf(c.room.DraftMinutes(c.ctx, secretary, m.ID, c.words("fr"))))
		kept := func() string {
			return must(c, func() (string, error) {
				return db.One(c.ctx, c.db.Readers, db.Scalar[string], `SELECT n.blocks || (SELECT MIN(what) || MAX(what) FROM portfolio_action) FROM council_minutes n`)
			})
		}
		if strings.Count(kept(), "Quetzal") != 4 {
			c.Fatalf("this test would see nothing: %s", kept())
		}
		for _, said := range []string{"Écrire à Quetzal", "Appeler Quetzal"} {
			text := must(c, func() (id.ID, error) {
				return db.One(c.ctx, c.db.Readers, db.Scalar[id.ID], `SELECT id FROM act_text WHERE body = $1`, said)
			})
			c.ok(errOf(act.EraseText(c.ctx, c.log, mission, act.Erasure{Text: text, Copies: []act.Copies{c.portfolio.EffaceCopies, c.room.EffaceCopies}})))
		}
		if strings.Contains(kept(), "Quetzal") {
			c.Errorf("still there: %s", kept())
		}
		acttest.Clean(t, c.db)
	})
}

// An action item is at one item for ever, and a meeting is shown every one of the earlier ones, as it stands: done, put off,
// dropped or taken up again, in any order.
func TestActionItemsAreFollowed(t *testing.T) {
	forEachTown(t, func(c *town) {
		var forms []council.ItemForm
		for range 3 {
			forms = append(forms, council.ItemForm{Nature: council.ForInfo, Title: "Point"})
		}
		_, _, next, items := c.sits(forms...)
		for n, i := range items {
			c.ok(c.noted(i, slices.Repeat([]portfolio.NewAction{toDo("Suite", calendar.Day("2018-02-15").AddDays(n))}, n)...))
		}
		want := map[id.ID]portfolio.Action{}
		for _, a := range c.file(inside("p-mission"), next).Actions {
			want[a.ID] = a
		}
		if len(want) != 3 {
			c.Fatalf("%+v", want)
		}
		ids := slices.Sorted(maps.Keys(want))
		few(t, func(r *rapid.T) {
			one := want[rapid.SampledFrom(ids).Draw(r, "action")]
			day := calendar.Day("2018-03-01").AddDays(rapid.IntRange(0, 40).Draw(r, "days"))
			event := rapid.SampledFrom([]string{"finish", "drop", "reopen", "reassign", "stale"}).Draw(r, "event")
			got, err := c.moved(one, event, day)
			legal := map[string]bool{"finish": one.Status == "open", "drop": one.Status == "open", "reassign": one.Status == "open", "reopen": one.Status != "open"}
			if (err == nil) != legal[event] {
				r.Fatalf("%s of what is %s: %v", event, one.Status, err)
			}
			if err == nil {
				want[one.ID] = got
			}
			shown := c.file(inside("p-mission"), next).Actions
			if len(shown) != len(want) || !slices.IsSortedFunc(shown, func(a, b portfolio.Action) int { return cmp.Compare(a.Due, b.Due) }) {
				r.Fatalf("%+v", shown)
			}
			for _, a := range shown {
				if a != want[a.ID] {
					r.Fatalf("%+v, want %+v", a, want[a.ID])
				}
			}
		})
	})
}

func (c *town) moved(a portfolio.Action, event string, day calendar.Day) (portfolio.Action, error) {
	switch event {
	case "finish":
		return c.portfolio.FinishAction(c.ctx, secretary, a.ID, a.Version, "")
	case "drop":
		return c.portfolio.DropAction(c.ctx, secretary, a.ID, a.Version, "Sans objet")
	case "reopen":
		return c.portfolio.ReopenAction(c.ctx, secretary, a.ID, a.Version, "Pas tout à fait")
	case "reassign":
		return c.portfolio.ReassignAction(c.ctx, secretary, a.ID, a.Version, portfolio.NewAction{Unit: a.Unit, Due: day})
	}
	return c.portfolio.FinishAction(c.ctx, secretary, a.ID, a.Version+1, "")
}
