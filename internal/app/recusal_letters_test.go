package app

import (
	"context"
	"strings"
	"testing"

	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// Whoever withdrew from a question gets no letter about it: neither when it is put to them, nor when it is decided, nor
// for what follows. Of another question, put to the same people in the same way, they get all three, as a peer does of both.
func TestWhoWithdrewGetsNoLetter(t *testing.T) {
	t.Parallel()
	w := openValmont(t)
	ctx := context.Background()
	decider := (&sitter{w.App, ctx, nil}).at("MAIRE")
	initiative := id.ID(one[string](w, `SELECT id FROM portfolio_initiative WHERE title = $1`, publicTitle))
	var asked []portfolio.AskedPost
	for _, name := range []string{recusedMember, peerMember} {
		asked = append(asked, portfolio.AskedPost{Post: w.actorOf(name).Post, Capacity: portfolio.Opinion})
		if err := w.Portfolio.AddOwner(ctx, w.actorOf(mission), initiative, w.actorOf(name).Post); err != nil {
			t.Fatal(err)
		}
	}
	asked = append(asked, portfolio.AskedPost{Post: decider.Post, Capacity: portfolio.Decides})
	unit := id.ID(one[string](w, `SELECT DISTINCT thing FROM powers_unit WHERE code = 'DSI'`))
	for _, name := range []string{"réservée", "ouverte"} {
		q, err := w.Portfolio.AskArbitration(ctx, w.actorOf(mission), portfolio.AskForm{Initiative: initiative, Case: portfolio.Case{
			Question: "Question " + name + " ?", Options: []portfolio.Option{{Label: "Réponse " + name}}, Asked: asked}})
		if err != nil {
			t.Fatal(err)
		}
		if name == "réservée" {
			if _, err := w.Council.DeclareInterest(ctx, w.actorOf(recusedMember), council.InterestForm{Question: q.ID, Event: "recuse"}); err != nil {
				t.Fatal(err)
			}
		}
		w.deliver() // what was asked, before it is decided
		var follow []portfolio.NewAction
		for _, p := range asked[:2] {
			follow = append(follow, portfolio.NewAction{What: "Suite " + name, Unit: unit, Post: p.Post, Due: "2018-09-01"})
		}
		if _, err := w.Portfolio.DecideArbitration(ctx, decider, portfolio.DecideForm{Arbitration: q.ID, Version: q.Version, Chosen: 1, Keep: true, Actions: follow,
			Answers: portfolio.Answers{Segments: []string{"residents"}, Motive: "Il le faut.", Lang: "fr", Basis: []string{"CGCT L2122-18"}, Effective: "2018-04-01", Procedure: "arbitration"}}); err != nil {
			t.Fatal(err)
		}
		w.deliver()
	}
	const all = "asked decided follows"
	for _, s := range []struct{ who, name, want string }{
		{recusedMember, "réservée", ""}, {recusedMember, "ouverte", all}, {peerMember, "réservée", all}, {peerMember, "ouverte", all},
	} {
		if got := w.toldOf(s.who, s.name); got != s.want {
			t.Errorf("%s, of the question %s: told %q, want %q", s.who, s.name, got, s.want)
		}
	}
}

// toldOf tells what somebody's letters say of a question.
func (w *town) toldOf(who, name string) string {
	address := w.visitorOf(who).Email
	told := map[string]bool{}
	for _, letter := range w.letters() {
		to, body, _ := strings.Cut(letter, "\n")
		if !strings.Contains(to, address) {
			continue
		}
		decided := strings.Contains(body, "Réponse "+name)
		told["asked"] = told["asked"] || strings.Contains(body, "Question "+name) && !decided
		told["decided"] = told["decided"] || decided
		told["follows"] = told["follows"] || strings.Contains(body, "Suite "+name)
	}
	var out []string
	for _, what := range []string{"asked", "decided", "follows"} {
		if told[what] {
			out = append(out, what)
		}
	}
	return strings.Join(out, " ")
}
