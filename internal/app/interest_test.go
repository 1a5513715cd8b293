package app

import (
	"context"
	"net/url"
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
			by = m.actorOf(ethics)
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
		{recusedMember, []string{"council.item"}}, {peerMember, []string{"council.item"}}, {mission, []string{"council.item"}}, {elected, []string{"council.item"}}, {ethics, []string{"council.item"}},
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

// A recusal ends by the opinion of the ethics officer, on the page of the question and on that of the item: not by the bureau,
// nor without a word.
func TestTheEthicsOfficerEndsARecusal(t *testing.T) {
	t.Parallel()
	w := openValmont(t)
	item := one[string](w, `SELECT i.id FROM council_item i JOIN council_interest x ON x.root = i.root WHERE x.status = 'recused' AND x.post = $1`, string(w.postOf("DIR-DSI")))
	for _, s := range []struct{ path, post string }{
		{"/fr/points/" + item, "DIR-DSI"}, {"/fr/arbitrages/" + w.question(shunned) + "/interets", "DIR-DVD"},
	} {
		officer, form := w.enter(ethics), fill("_form=clear", "post="+string(w.postOf(s.post)), "note=Avis du 3")
		if page := officer.reads(s.path); !strings.Contains(page, "Mettre fin à un déport") || !strings.Contains(page, "Avis du déontologue") {
			t.Errorf("%s does not ask for the opinion", s.path)
		}
		for _, sent := range []struct {
			who  string
			form url.Values
			want int
		}{
			{mission, form, 403}, {ethics, fill("_form=clear", "post="+string(w.postOf(s.post))), 422}, {ethics, form, 303},
		} {
			if got := w.enter(sent.who).post(s.path, sent.form); got.Status != sent.want {
				t.Errorf("%s, %s: %d, want %d: %s", s.path, sent.who, got.Status, sent.want, got.Body)
			}
		}
		if page := officer.reads(s.path); strings.Contains(page, "Mettre fin à un déport") {
			t.Errorf("%s still offers to end it", s.path)
		}
	}
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
