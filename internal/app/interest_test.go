package app

import (
	"context"
	"slices"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/council"
)

const noteWords = "Mon frère dirige l’entreprise pressentie"

// The words of a declaration of interests are read by whoever declared, by the chair and by the secretary of the
// meeting, on the page of the item; by nobody else, and nowhere else: not in the journal, nor in an export (CRPA L311-6).
func TestTheWordsOfADeclarationAreReadByThoseItConcerns(t *testing.T) {
	t.Parallel()
	m := openMatter(t)
	for _, name := range []string{recusedMember, peerMember} { // one who withdrew, one who may stay
		event := map[string]string{recusedMember: "clear", peerMember: "declare"}[name]
		by := m.actorOf(name)
		if name == recusedMember {
			by = m.actorOf(mission)
		}
		_, err := m.Council.DeclareInterest(context.Background(), by, council.InterestForm{Item: m.other.ID, Post: m.actorOf(name).Post, Event: event,
			Nature: council.Family, Note: noteWords})
		m.must(err)
	}
	_, err := m.Council.DeclareInterest(context.Background(), m.actorOf(recusedMember), council.InterestForm{Item: m.other.ID, Event: "recuse", Note: noteWords})
	m.must(err)
	acts := all(m.town, `SELECT act FROM act_text WHERE body = $1 ORDER BY id`, noteWords)
	if len(acts) != 3 {
		t.Fatalf("%d acts keep the words", len(acts))
	}
	for _, s := range []struct {
		who  string
		read []string // the routes on which they read them
	}{
		{recusedMember, []string{"council.item"}}, {peerMember, []string{"council.item"}}, {mission, []string{"council.item"}}, {elected, []string{"council.item"}},
		{partner, nil}, {stranger, nil}, {administrator, nil}, {resident, nil}, {anonymous, nil},
	} {
		g := m.enter(s.who)
		routes, paths := m.addresses(recusedMember)
		var read []string
		see := func(route, path string) {
			if a := g.get(path); strings.Contains(readable(t, a), flat(noteWords)) && !slices.Contains(read, route) {
				read = append(read, route)
			}
		}
		for n, route := range routes {
			see(route.Name, paths[n])
		}
		for _, id := range acts {
			see("log.act", "/fr/journal/actes/"+id)
		}
		if !slices.Equal(read, s.read) {
			t.Errorf("%s reads the words on %v, want %v", s.who, read, s.read)
		}
	}
	m.effacedUnread(acts[0])
}

// effacedUnread lets the administrator efface the words without reading them: they go everywhere they stood.
func (m matter) effacedUnread(of string) {
	m.t.Helper()
	admin := m.enter(administrator)
	text := one[string](m.town, `SELECT id FROM act_text WHERE act = $1`, of)
	page := admin.get("/fr/journal/textes/" + text + "/effacer")
	if page.Status != 200 || strings.Contains(page.Body, noteWords) {
		m.t.Errorf("the page of the effacement: %d, words shown: %v", page.Status, strings.Contains(page.Body, noteWords))
	}
	if done := admin.post("/fr/journal/textes/"+text+"/effacer", nil); done.Status != 303 {
		m.t.Fatalf("effacing: %d %s", done.Status, done.Body)
	}
	left := one[int64](m.town, `SELECT (SELECT COUNT(*) FROM act_text WHERE body = $1) + (SELECT COUNT(*) FROM council_interest WHERE note = $1)`, noteWords)
	if effaced := one[int64](m.town, `SELECT COUNT(*) FROM council_interest WHERE note = $1`, act.Effaced); left != 0 || effaced != 2 {
		m.t.Errorf("the words stand in %d places, effaced in %d", left, effaced)
	}
}
