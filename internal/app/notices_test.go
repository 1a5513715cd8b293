package app

import (
	"bytes"
	"context"
	"net/http"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// letter is a letter that arrived.
type letter struct {
	mail.Header
	to, text string
}

// arrived lists the letters to somebody that arrived since the last time it was asked.
func (w *town) arrived(seen map[string]bool, to string) (all []letter) {
	w.t.Helper()
	w.clock.Advance(time.Second)
	w.deliver()
	files, err := filepath.Glob(filepath.Join(w.dir, "mail", "*.eml"))
	if err != nil {
		w.t.Fatal(err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			w.t.Fatal(err)
		}
		m, err := mail.ReadMessage(bytes.NewReader(raw))
		if err != nil {
			w.t.Fatal(err)
		}
		if l := (letter{m.Header, m.Header.Get("To"), plain(w.t, m.Header, m.Body)}); !seen[f] && strings.Contains(l.to, to) {
			all = append(all, l)
		}
		seen[f] = true
	}
	return all
}

// offerTo proposes a part to a unit.
func (w *town) offerTo(unit string) portfolio.Part {
	w.t.Helper()
	v, err := w.as(mission)
	if err != nil {
		w.t.Fatal(err)
	}
	which := id.ID(one[string](w, `SELECT id FROM portfolio_initiative WHERE title = $1`, publicTitle))
	p, err := w.Portfolio.OfferPart(context.Background(), v.Actor(""), portfolio.Offer{Initiative: which,
		Unit: id.ID(one[string](w, `SELECT DISTINCT thing FROM powers_unit WHERE code = $1`, unit)), Role: portfolio.Contribute, Effort: "Prêter un gymnase"})
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

const head = "karim.saadi@valmont.example" // of the directorate DJS

// What is written in the evening is read in the morning; what somebody wants gathered comes in one letter.
func TestLettersComeWhenTheirReaderWantsThem(t *testing.T) {
	w := openValmont(t)
	seen := map[string]bool{}
	w.arrived(seen, head)
	w.clock.Move(time.Date(2018, 3, 12, 20, 30, 0, 0, time.UTC)) // 21:30 in Paris
	part := w.offerTo("DJS")
	if got := w.arrived(seen, head); len(got) != 0 {
		t.Fatalf("written to at night: %v", got)
	}
	w.clock.Move(time.Date(2018, 3, 13, 6, 1, 0, 0, time.UTC))
	got := w.arrived(seen, head)
	if len(got) != 1 || !strings.Contains(got[0].text, "answer=accept") {
		t.Fatalf("in the morning: %d letters %v", len(got), got)
	}
	if got[0].Get("List-Unsubscribe") != "" {
		t.Error("what asks for an answer can be switched off")
	}
	page, g := "/fr/mon-compte/courriels", w.enter(stranger)
	g.refused(page, fill("workspace.notice.part=never", "from=20:00", "to=07:00"), "workspace.notice.part", http.StatusUnprocessableEntity)
	g.refused(page, fill("from=20:00", "to=27:00"), "to", http.StatusUnprocessableEntity)
	if saved := g.post(page, fill("workspace.notice.part=daily", "from=00:00", "to=00:00")); saved.Status != http.StatusSeeOther {
		t.Fatalf("%d %s", saved.Status, excerpt(saved.Body, "error"))
	}
	if shown := g.get(page); !regexp.MustCompile(`value="daily" selected`).MatchString(shown.Body) {
		t.Error("the page does not show what was chosen")
	}
	by, _ := w.as(mission)
	if _, err := w.Portfolio.AmendPart(context.Background(), by.Actor(""), part.ID, part.Version, portfolio.Contribute, "Deux gymnases"); err != nil {
		t.Fatal(err)
	}
	if got := w.arrived(seen, head); len(got) != 0 {
		t.Fatalf("at once, though gathered: %v", got)
	}
	w.clock.Move(time.Date(2018, 3, 14, 6, 31, 0, 0, time.UTC))
	if got := w.arrived(seen, head); len(got) != 1 || !strings.Contains(got[0].text, "/id/initiative/") {
		t.Errorf("gathered: %v", got)
	}
}

var unsubscribe = regexp.MustCompile(`^<https://parvis\.test(/fr/desabonnement/[^>\s]+)>$`)

// A letter that can be refused says so to mail programs; opening the link does nothing, and their button ends it.
func TestOneClickEndsAKindOfLetters(t *testing.T) {
	w := openValmont(t)
	seen := map[string]bool{}
	w.arrived(seen, "sabine.lenoir")
	answer := func(p portfolio.Part) {
		v, _ := w.as(stranger)
		if _, err := w.Portfolio.AnswerPart(context.Background(), v.Actor(""), portfolio.Answer{Part: p.ID, Version: p.Version, Kind: portfolio.Decline, Text: "Pas cette année"}); err != nil {
			t.Fatal(err)
		}
	}
	part := w.offerTo("DJS")
	answer(part)
	got := w.arrived(seen, "sabine.lenoir@")
	if len(got) != 1 {
		t.Fatalf("%d letters: %v", len(got), got)
	}
	link := unsubscribe.FindStringSubmatch(got[0].Get("List-Unsubscribe"))
	if link == nil || got[0].Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" {
		t.Fatalf("no one-click header: %v", got[0].Header)
	}
	program := w.visitor() // comes without a cookie and from nowhere
	for range 3 {
		if page := program.get(link[1]); page.Status != http.StatusOK || !strings.Contains(page.Body, `method="post"`) || page.Header.Get("Referrer-Policy") != "no-referrer" {
			t.Fatalf("%d %s", page.Status, excerpt(page.Body, "<h1"))
		}
	}
	if n := one[int64](w, `SELECT COUNT(*) FROM op_notify_choice`); n != 0 {
		t.Fatal("a mail scanner ended the letters of its reader")
	}
	if ended := program.oneClick(link[1]); ended.Status != http.StatusOK {
		t.Fatalf("%d %s", ended.Status, excerpt(ended.Body, "<h1"))
	}
	if page := program.get(link[1]); strings.Contains(page.Body, `<button type="submit" class="btn btn-primary`) && strings.Contains(page.Body, "Ne plus les recevoir") {
		t.Error("the page still offers to end them")
	}
	if page := program.get(strings.TrimSuffix(link[1], link[1][len(link[1])-4:]) + "AAAA"); page.Status != http.StatusNotFound {
		t.Errorf("a forged link: %d", page.Status)
	}
	answer(w.offerTo("DJS"))
	if got := w.arrived(seen, "sabine.lenoir@"); len(got) != 0 {
		t.Errorf("after the end: %v", got)
	}
}

// oneClick is what a mail program sends (RFC 8058 §3.1).
func (g *guest) oneClick(path string) answer {
	g.town.clock.Advance(time.Second)
	r, _ := http.NewRequest(http.MethodPost, home+path, strings.NewReader("List-Unsubscribe=One-Click"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	back, err := g.client.Do(r)
	if err != nil {
		g.town.t.Fatal(err)
	}
	defer back.Body.Close()
	return answer{Status: back.StatusCode, Header: back.Header}
}

// Every Monday each agent and each elected member is told what waits for them, once.
func TestWhatWaitsIsToldEveryMonday(t *testing.T) {
	w := openValmont(t)
	seen := map[string]bool{}
	w.arrived(seen, "@")
	w.clock.Move(time.Date(2018, 3, 19, 6, 31, 0, 0, time.UTC)) // Monday, 7:31 in Paris
	round := map[string]string{}
	for _, l := range w.arrived(seen, "@") {
		address, err := mail.ParseAddress(l.to)
		if err != nil {
			t.Fatal(err)
		}
		who, _, _ := strings.Cut(address.Address, "@")
		round[who] = l.text
	}
	for _, c := range []struct{ who, want string }{{"gilles.ferrand", "Les parts proposées à votre direction"}, {"gilles.ferrand", "Heures d’interruption du réseau\u00a0» (I-2013-1)"},
		{"nadia.belkacem", "Vos arbitrages et vos avis"}} {
		if !strings.Contains(round[c.who], c.want) || !strings.Contains(round[c.who], "/id/") {
			t.Errorf("%s is not told %q: %s", c.who, c.want, round[c.who])
		}
	}
	if len(round["karim.saadi"]) > 0 {
		t.Errorf("nothing waits for him, and he is written to: %s", round["karim.saadi"])
	}
	w.clock.Advance(26 * time.Hour)
	for _, l := range w.arrived(seen, "@") {
		if strings.Contains(l.text, "chaque lien ouvre la page concernée") || strings.Contains(l.Get("Subject"), "attend") {
			t.Errorf("the round was sent twice, to %s", l.to)
		}
	}
}

// Whoever has their account erased gets no letter that was still waiting, and no list keeps their address.
func TestAnErasedAccountLeavesNoLetterBehind(t *testing.T) {
	const resident = "habitante@valmont.example"
	w := openValmont(t)

	g := w.enterByLink(resident)
	w.visitor().post("/fr/connexion", url.Values{"email": {resident}}) // another letter, which waits
	kept := func() int64 { return one[int64](w, `SELECT COUNT(*) FROM mail_outbox WHERE recipient = $1`, resident) }
	if kept() < 2 {
		t.Fatalf("%d letters to erase: one sent and one waiting were expected", kept())
	}
	if got := g.post("/fr/mon-compte/effacement", url.Values{"sure": {"true"}}); got.Status != http.StatusSeeOther {
		t.Fatalf("the account is not erased: %d %s", got.Status, excerpt(got.Body, "<h1"))
	}
	w.deliver()
	if kept() != 0 {
		t.Errorf("%d letters keep the address", kept())
	}
}
