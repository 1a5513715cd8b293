package passation_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/passation"
	"parvis/internal/powers"
	"parvis/internal/powers/powerstest"
)

const today calendar.Day = "2018-03-12"

// hall is a town hall with real powers, where the head of the mission runs a project and leaves.
type hall struct {
	testing.TB
	city     *powerstest.City
	ctx      context.Context
	clock    *clock.Set
	room     *passation.Room
	projects *portfolio.Room
	leaves   act.Actor // the head of the mission
	project  portfolio.Initiative
	vote     bool  // is near
	again    id.ID // the second holding of the same person
}

func forEachHall(t *testing.T, test func(*hall)) {
	at := clock.At(today.Clock(9, 0))
	dbtest.EachAt(t, at, func(t *testing.T, d *db.DB) {
		at.Move(today.Clock(9, 0))
		city := powerstest.Governed(t, d, "equipe_municipale_2", portfolio.Verbs(), passation.Verbs())
		h := &hall{TB: t, city: city, ctx: context.Background(), clock: at, leaves: city.Agent("MISSION"),
			projects: portfolio.New(portfolio.Config{Log: city.Log, Reads: d.Readers, Writer: d.Writer, Clock: at,
				Directory: portfolio.PowersDirectory(city.Engine, at)})}
		h.room = passation.New(passation.Config{Log: city.Log, Reads: d.Readers, Clock: at, Held: []passation.Lister{passation.HeldInPortfolio},
			Quiet: func(context.Context) (bool, error) { return h.vote, nil }})
		at.Advance(1e9)
		h.project = must(h, func() (portfolio.Initiative, error) {
			return h.projects.SignalInitiative(h.ctx, h.leaves, portfolio.Signal{Brief: portfolio.Brief{Title: "Bancs", Problem: "On ne peut pas s'asseoir.",
				Sufferer: "les personnes âgées", Lang: "fr", Origin: portfolio.Demand}, Sponsors: []id.ID{city.Posts["ADJ-VOIRIE"]}})
		})
		h.wants("", h.projects.OpenQuestion(h.ctx, h.leaves, portfolio.OpenForm{Initiative: h.project.ID, Kind: portfolio.Legal, Question: "Qui entretient ?",
			Post: h.leaves.Post, Due: today.AddDays(30)}))
		test(h)
		acttest.Clean(t, d)
	})
}

func must[T any](h testing.TB, fn func() (T, error)) T {
	h.Helper()
	v, err := fn()
	if err != nil {
		h.Fatal(err)
	}
	return v
}

func (h *hall) wants(key string, err error) {
	h.Helper()
	f, ok := errors.AsType[*fault.Error](err)
	switch {
	case err == nil && key == "":
	case !ok:
		h.Errorf("got %v, want %q", err, key)
	case f.Key == key, len(f.Fields) > 0 && f.Fields[0].Key == key:
	default:
		h.Errorf("got %v, want %q", err, key)
	}
}

func (h *hall) visitor(a act.Actor) identity.Visitor {
	return identity.Visitor{Kind: identity.Agent, Account: a.Account, Posts: []identity.PostRef{{ID: a.Post, Holder: a.Holder}}}
}

// succeeds ends the holding of who leaves and appoints somebody to the same post.
func (h *hall) succeeds(day calendar.Day) act.Actor {
	h.Helper()
	next := h.leaves
	h.city.Do(h, h.city.Agent("SG"), func(tx *act.Tx) error {
		if err := powers.EndHolding(tx, h.leaves.Holder, day, "ARR-2018-9"); err != nil {
			return err
		}
		person, err := powers.AddPerson(tx, powers.NewPerson{Given: "Dominique", Family: "Neuve", Matricule: "M-NEUVE", Source: "test"})
		if err != nil {
			return err
		}
		next.Holder, err = powers.Appoint(tx, powers.Appointment{Post: h.leaves.Post, Person: person, Period: calendar.Since(day), LegalAct: "ARR-2018-10"})
		return err
	})
	next.Account = "cpt-neuve"
	return next
}

func (h *hall) opened() passation.Sheet {
	h.Helper()
	made := must(h, func() (passation.Handover, error) {
		return h.room.Open(h.ctx, h.city.Agent("SG"), passation.OpenForm{Post: h.leaves.Post, Holder: h.leaves.Holder, LeavesOn: today.AddDays(20), Interim: h.city.Posts["CHARGE"]})
	})
	return h.sheet(made.Number)
}

func (h *hall) sheet(number string) passation.Sheet {
	h.Helper()
	return must(h, func() (passation.Sheet, error) { return h.room.Handover(h.ctx, h.visitor(h.leaves), number) })
}

func (h *hall) describe(s passation.Sheet) (ids []id.ID) {
	h.Helper()
	for _, i := range s.Items {
		err := h.room.Describe(h.ctx, h.leaves, i.ID, i.Version, passation.Checklist{State: "En cours", Next: "Voir la voirie", Papers: "GED, dossier 12", Contacts: "DVD"})
		if err != nil {
			h.Fatal(err)
		}
		ids = append(ids, i.ID)
	}
	return ids
}

// A handover opens for somebody who leaves a post that they hold, and an interim that exists keeps it.
func TestNobodyLeavesWhatTheyDoNotHold(t *testing.T) {
	forEachHall(t, func(h *hall) {
		sg, charge := h.city.Agent("SG"), h.city.Agent("CHARGE")
		for want, in := range map[string]passation.OpenForm{
			"post:passation.not_theirs":         {Post: h.leaves.Post, Holder: "personne", LeavesOn: today},
			"post:passation.not_theirs ":        {Post: h.leaves.Post, Holder: charge.Holder, LeavesOn: today},
			"post:passation.not_theirs  ":       {Post: "nulle-part", Holder: h.leaves.Holder, LeavesOn: today},
			"leaves_on:passation.not_then":      {Post: h.leaves.Post, Holder: h.leaves.Holder, LeavesOn: "1990-01-01"},
			"interim:passation.interim_unknown": {Post: h.leaves.Post, Holder: h.leaves.Holder, LeavesOn: today, Interim: "nulle-part"},
		} {
			_, err := h.room.Open(h.ctx, sg, in)
			f, ok := errors.AsType[*fault.Error](err)
			if want = strings.TrimSpace(want); !ok || len(f.Fields) != 1 || f.Fields[0].Name+":"+f.Fields[0].Key != want {
				h.Errorf("%+v: %v, want %s", in, err, want)
			}
		}
		next := h.succeeds(today.AddDays(20)) // the departure is recorded
		_, err := h.room.Open(h.ctx, sg, passation.OpenForm{Post: h.leaves.Post, Holder: h.leaves.Holder, LeavesOn: today.AddDays(21)})
		h.wants("passation.not_then", err)
		_, err = h.room.Open(h.ctx, sg, passation.OpenForm{Post: h.leaves.Post, Holder: next.Holder, LeavesOn: today.AddDays(20)})
		h.wants("passation.not_then", err)
		made := must(h, func() (passation.Handover, error) {
			return h.room.Open(h.ctx, sg, passation.OpenForm{Post: h.leaves.Post, Holder: h.leaves.Holder, LeavesOn: today.AddDays(20)})
		})
		h.wants("passation.interim_unknown", h.room.SetInterim(h.ctx, sg, made.ID, made.Version, "nulle-part"))
		h.wants("", h.room.SetInterim(h.ctx, sg, made.ID, made.Version, charge.Post))
	})
}

// One who leaves hands over, one who arrives takes: nothing is held by nobody in between.
func TestHandover(t *testing.T) {
	forEachHall(t, func(h *hall) {
		s := h.opened()
		if s.Number != "T-2018-1" || len(s.Items) != 2 || s.Items[0].Label != "Bancs" || s.Items[1].Label != "Qui entretient ?" {
			h.Fatalf("%+v", s)
		}
		h.wants("passation.open_already", func() error {
			_, err := h.room.Open(h.ctx, h.leaves, passation.OpenForm{Post: h.leaves.Post, Holder: h.leaves.Holder, LeavesOn: today})
			return err
		}())
		all := []id.ID{s.Items[0].ID, s.Items[1].ID}
		h.wants("passation.blank", h.room.Hand(h.ctx, h.leaves, s.ID, all))
		h.describe(s)
		next := h.succeeds(today.AddDays(20))
		h.wants("passation.not_handed", h.room.Take(h.ctx, next, s.ID, all, ""))
		h.wants("passation.not_yours", h.room.Hand(h.ctx, next, s.ID, all))
		h.wants("", h.room.Hand(h.ctx, h.leaves, s.ID, all))
		h.wants("passation.not_yours", h.room.Take(h.ctx, h.leaves, s.ID, all, ""))
		h.wants("passation.not_yours", h.room.Take(h.ctx, h.city.Agent("DIR-DPE"), s.ID, all, ""))
		h.clock.Move(today.AddDays(21).Clock(9, 0))
		h.wants("", h.room.Take(h.ctx, next, s.ID, all[:1], ""))
		h.wants("", h.room.Take(h.ctx, next, s.ID, all[1:], "Le dossier 12 est vide"))
		done := h.sheet(s.Number)
		if done.Status != passation.Complete || done.Progress != (passation.Progress{Things: 2, Described: 2, Handed: 2, Taken: 2}) {
			h.Errorf("%+v", done)
		}
		if i := done.Items[1]; i.HandedAs != passation.ByHolder || i.TakenAs != next.Holder || i.Reserve == "" {
			h.Errorf("%+v", i)
		}
		h.wants("passation.over", h.room.Hand(h.ctx, h.leaves, s.ID, all))
	})
}

// The interim takes what is handed over, and what the interim hands over goes to who arrives.
func TestInterim(t *testing.T) {
	forEachHall(t, func(h *hall) {
		s, interim := h.opened(), h.city.Agent("CHARGE")
		all := h.describe(s)
		next := h.succeeds(today.AddDays(20))
		h.wants("", h.room.Hand(h.ctx, interim, s.ID, all))
		h.wants("passation.both_sides", h.room.Take(h.ctx, interim, s.ID, all, ""))
		h.clock.Move(today.AddDays(21).Clock(9, 0))
		h.wants("", h.room.Take(h.ctx, next, s.ID, all, ""))
		if i := h.sheet(s.Number).Items[0]; i.HandedAs != passation.ByInterim {
			h.Errorf("%+v", i)
		}
	})
}

// Who handed over for want of the holder becomes the interim and does not take what they handed.
func TestNobodySignsBothSides(t *testing.T) {
	forEachHall(t, func(h *hall) {
		s, above := h.opened(), h.city.Agent("SG")
		all := h.describe(s)
		h.wants("", h.room.Hand(h.ctx, above, s.ID, all[:1]))
		h.wants("", h.room.SetInterim(h.ctx, above, s.ID, s.Version, above.Post))
		h.wants("passation.both_sides", h.room.Take(h.ctx, above, s.ID, all[:1], ""))
		h.wants("", h.room.Hand(h.ctx, h.leaves, s.ID, all[1:]))
		h.wants("", h.room.Take(h.ctx, above, s.ID, all[1:], ""))
	})
}

// What the post still holds cannot be taken off its handover: that would end it without a signature.
func TestWhatIsStillHeldIsHandedOver(t *testing.T) {
	forEachHall(t, func(h *hall) {
		s := h.opened()
		all := h.describe(s)
		h.wants("passation.still_held", h.room.Release(h.ctx, h.leaves, s.ID, all))
		h.wants("", h.room.Release(h.ctx, h.leaves, s.ID, []id.ID{h.letGo(s)}))
		h.wants("passation.still_held", h.room.Release(h.ctx, h.leaves, s.ID, all[:1]))
	})
}

// letGo answers the question that is on a handover: the post holds it no more.
func (h *hall) letGo(s passation.Sheet) id.ID {
	h.Helper()
	for _, i := range s.Items {
		if i.Kind == "question" {
			h.wants("", h.projects.AnswerQuestion(h.ctx, h.leaves, i.Thing.ID, 1, "La voirie"))
			return i.ID
		}
	}
	h.Fatal("no question is handed over")
	return ""
}

// Where powers are enforced, each signs their own half and nobody else does: who leaves and the interim, who stands
// above them and the mission where both are wanting. Nobody makes themselves the interim of another.
func TestWhoSigns(t *testing.T) {
	forEachHall(t, func(h *hall) {
		document := strings.Replace(strings.Replace(string(powers.Shipped("equipe_municipale_2")), `enforcement = "indicatif"`, `enforcement = "bloquant"`, 1), "edition     = 2", "edition     = 12", 1)
		h.city.Do(h, h.city.Agent("SG"), func(tx *act.Tx) error {
			_, err := powers.InstallProfile(tx, powers.Installation{Document: []byte(document), From: today, LegalAct: "DEL-12", Motive: "Tout est saisi.", Basis: []string{"CGCT L2122-18"}})
			return err
		})
		stranger := h.city.Agent("DIR-DPE")
		_, err := h.room.Open(h.ctx, stranger, passation.OpenForm{Post: h.leaves.Post, Holder: h.leaves.Holder, LeavesOn: today.AddDays(20), Interim: stranger.Post})
		h.wants("powers.denied.lacking", err)
		s := h.opened()
		all := h.describe(s)
		h.wants("powers.denied.lacking", h.room.Describe(h.ctx, stranger, all[0], 2, passation.Checklist{State: "x"}))
		h.wants("powers.denied.lacking", h.room.SetInterim(h.ctx, stranger, s.ID, s.Version, stranger.Post))
		h.wants("powers.denied.lacking", h.room.Drop(h.ctx, stranger, s.ID, s.Version, "Non"))
		h.wants("powers.denied.lacking", h.room.Release(h.ctx, stranger, s.ID, []id.ID{h.letGo(s)}))
		h.wants("powers.denied.lacking", h.room.Hand(h.ctx, stranger, s.ID, all))
		h.wants("", h.room.Hand(h.ctx, h.city.Agent("SG"), s.ID, all[:1])) // stands above the mission
		h.wants("", h.room.Hand(h.ctx, h.leaves, s.ID, all[1:]))
		h.wants("passation.not_yours", h.room.Take(h.ctx, h.city.Agent("SG"), s.ID, all, ""))
		h.wants("", h.room.Take(h.ctx, h.city.Agent("CHARGE"), s.ID, all, ""))
	})
}

func TestStaleAndUnknown(t *testing.T) {
	forEachHall(t, func(h *hall) {
		s := h.opened()
		i := s.Items[0]
		h.describe(s)
		h.wants("passation.stale", h.room.Describe(h.ctx, h.leaves, i.ID, i.Version, passation.Checklist{State: "x"}))
		h.wants("passation.item_not_found", h.room.Hand(h.ctx, h.leaves, s.ID, []id.ID{"nothing"}))
		h.wants("passation.choose", h.room.Hand(h.ctx, h.leaves, s.ID, nil))
		h.wants("passation.agents_only", h.room.Drop(h.ctx, acttest.Resident("cpt-voisine"), s.ID, s.Version, "non"))
		h.wants("passation.why", h.room.Drop(h.ctx, h.leaves, s.ID, s.Version, ""))
		h.wants("passation.nothing_new", func() error { _, err := h.room.Refresh(h.ctx, h.leaves, s.ID); return err }())
		h.wants("", h.room.Drop(h.ctx, h.leaves, s.ID, s.Version, "Elle reste."))
		_, err := h.room.Handover(h.ctx, identity.Visitor{}, s.Number)
		h.wants("passation.agents_only", err)
	})
}

func TestAlarms(t *testing.T) {
	forEachHall(t, func(h *hall) {
		ask := func() passation.Alarms {
			return must(h, func() (passation.Alarms, error) { return h.room.Alarms(h.ctx, h.visitor(h.leaves)) })
		}
		if a := ask(); len(a.Leaving) != 0 {
			h.Errorf("nobody leaves: %+v", a)
		}
		h.succeeds(today.AddDays(20))
		if a := ask(); len(a.Leaving) != 1 || a.Leaving[0].Things != 2 || a.Leaving[0].Gone {
			h.Errorf("one leaves, who holds two things: %+v", a)
		}
		h.opened()
		if a := ask(); len(a.Leaving) != 0 {
			h.Errorf("the handover is open: %+v", a)
		}
	})
}

// A récit is its author's: read by nobody else before it is published, erased when it is taken back.
func TestStory(t *testing.T) {
	forEachHall(t, func(h *hall) {
		body := strings.Repeat("J'ai appris à attendre. ", 3)
		s := must(h, func() (passation.Story, error) {
			return h.room.WriteStory(h.ctx, h.leaves, passation.Story{Title: "Cinq ans", Body: body, Lang: "fr"})
		})
		_, err := h.room.Story(h.ctx, h.visitor(h.city.Agent("SG")), s.ID)
		h.wants("passation.story.not_found", err)
		_, err = h.room.PublishStory(h.ctx, h.city.Agent("SG"), s.ID, s.Version)
		h.wants("passation.story.not_yours", err)
		s = must(h, func() (passation.Story, error) { return h.room.PublishStory(h.ctx, h.leaves, s.ID, s.Version) })
		if read := must(h, func() (passation.Story, error) { return h.room.Story(h.ctx, identity.Visitor{}, s.ID) }); read.Body != body {
			h.Errorf("the public reads %q", read.Body)
		}
		s = must(h, func() (passation.Story, error) { return h.room.WithdrawStory(h.ctx, h.leaves, s.ID, s.Version) })
		left := must(h, func() ([]passation.Story, error) { return h.room.Stories(h.ctx, identity.Visitor{}) })
		if len(left) != 1 || left[0].Body != "" || left[0].Title != "" || left[0].Status != passation.Withdrawn {
			h.Errorf("a place without a word is left: %+v", left)
		}
		kept := must(h, func() ([]string, error) {
			return db.All(h.ctx, h.city.DB.Readers, db.Scalar[string], `SELECT t.name || ':' || t.body FROM act_text t JOIN act a ON a.id = t.act WHERE a.subject_id = $1 ORDER BY t.name`, s.ID)
		})
		if want := []string{"body:", "title:"}; !slices.Equal(kept, want) {
			h.Errorf("the log keeps words of a récit that was taken back: %q", kept)
		}
	})
}

// Before a vote no récit is published, and outsiders read none; its author may still take one back.
func TestStoriesBeforeAVote(t *testing.T) {
	forEachHall(t, func(h *hall) {
		write := func(title string) passation.Story {
			return must(h, func() (passation.Story, error) {
				return h.room.WriteStory(h.ctx, h.leaves, passation.Story{Title: title, Body: "Nous avons tout changé.", Lang: "fr"})
			})
		}
		told, waits := write("Cinq ans"), write("Six ans")
		told = must(h, func() (passation.Story, error) { return h.room.PublishStory(h.ctx, h.leaves, told.ID, told.Version) })
		h.vote = true
		_, err := h.room.PublishStory(h.ctx, h.leaves, waits.ID, waits.Version)
		h.wants("passation.story.before_vote", err)
		for want, v := range map[int]identity.Visitor{0: {}, 2: h.visitor(h.leaves)} {
			if list := must(h, func() ([]passation.Story, error) { return h.room.Stories(h.ctx, v) }); len(list) != want {
				h.Errorf("%v reads %+v", v.Kind, list)
			}
		}
		_, err = h.room.Story(h.ctx, identity.Visitor{}, told.ID)
		h.wants("passation.story.hushed", err)
		_, err = h.room.Story(h.ctx, identity.Visitor{}, waits.ID)
		h.wants("passation.story.not_found", err)
		h.vote = false
		if list := must(h, func() ([]passation.Story, error) { return h.room.Stories(h.ctx, identity.Visitor{}) }); len(list) != 1 {
			h.Errorf("after the vote: %+v", list)
		}
		h.vote = true
		must(h, func() (passation.Story, error) { return h.room.WithdrawStory(h.ctx, h.leaves, told.ID, told.Version) })
	})
}
