package app

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// deedOn is a form about the matter, posted to a page.
type deedOn struct {
	route, path string
	form        url.Values
}

// name is how the matrix calls it: the route, and the form of its page.
func (d deedOn) name() string {
	of, _, _ := strings.Cut(d.form.Get("_form"), ".")
	if of == "" {
		of = d.form.Get("do") + d.form.Get("answer")
	}
	return strings.TrimSpace("`" + d.route + "` " + of)
}

// writes are the forms that touch the matter, on every page that takes them. What is signed afresh, and what the
// matter is not named in, is not among them.
func (m matter) writes() []deedOn {
	item, paper, ballot := string(m.item.ID), string(m.paper.ID), string(m.ballot.ID)
	version := "version=" + m.version("council_item", item)
	decision := one[string](m.town, `SELECT id FROM council_decision WHERE item = $1`, string(m.other.ID))
	ofItem := deeds([]string{"revise_item", version, "nature=decision", "title=Autre titre", "late=Urgent"}, []string{"withdraw", version, "reason=Non"},
		[]string{"postpone", version, "reason=Plus tard"}, []string{"paper", "kind=note", "title=Note", "link=https://ged.example/1", "digest=" + strings.Repeat("a", 64)},
		[]string{"paper_publish." + paper}, []string{"decision_publish." + decision, "version=1", "reviewed=true"}, []string{"paper_withdraw." + paper, "reason=Non"}, []string{"debate", version, "debate=Autrement dit"},
		[]string{"note", version, "debate=Le comité prend acte"}, []string{"ballot", "motion=Une autre motion", "method=secret"},
		[]string{"clear", "note=Je reviens", "post=" + string(m.postOf("ADJ-NUM"))}, []string{"interest", "event=recuse", "post=" + string(m.postOf("DIR-DSI"))},
		[]string{"cast." + ballot, "choice=for", "member=" + m.seatOf("DIR-DSI")}, []string{"count." + ballot, "for=3"}, []string{"ballot_cancel." + ballot, "reason=Mal posée"},
		[]string{"preside", version, "president=" + string(m.postOf("ADJ-PRO"))}, []string{"decide", version, "result=adopted", "motive=Il le faut.", "for=residents", "basis=CGCT L2122-18"})
	var all []deedOn
	for _, page := range []struct{ route, path string }{{"council.item", "/fr/points/" + item}, {"council.meeting", "/fr/seances/" + m.meeting.Number}, {"council.hold", "/fr/seances/" + m.meeting.Number + "/tenue"}} {
		for _, d := range ofItem {
			form := url.Values{"point": {item}}
			for field, values := range d.form {
				form[field] = values
			}
			all = append(all, deedOn{page.route, page.path, form})
		}
	}
	for _, d := range deeds([]string{"order." + item, "to=2"}, []string{"takeup." + item}) {
		all = append(all, deedOn{"council.meeting", "/fr/seances/" + m.meeting.Number, d.form})
	}
	all = append(all, deedOn{"council.meeting", "/fr/seances/" + m.later.Number, fill("_form=questions", "nature=opinion", "questions="+string(m.item.Arbitration))})
	number := one[string](m.town, `SELECT number FROM portfolio_arbitration WHERE id = $1`, string(m.item.Arbitration))
	for _, d := range deeds([]string{"opine", "stance=for"}, []string{"mature-question", "learn=Le coût", "until=2018-09-01", "post=" + string(m.postOf("DIR-DSI"))},
		[]string{"learn-question", "outcome=Le coût est connu"}, []string{"return", "note=Quel coût ?"}, []string{"reply", "note=Voici"}, []string{"postpone", "until=2018-09-01", "note=Plus tard"},
		[]string{"publish-decision"}, []string{"withdraw-question", "note=Non"}, []string{"ask-another", "post=" + string(m.postOf("ADJ-VOI")), "note=Elle peut"}) {
		all = append(all, deedOn{"portfolio.arbitration", "/fr/arbitrages/" + number, d.form})
	}
	all = append(all, m.followed(number)...)
	circuit := one[string](m.town, `SELECT circuit FROM council_visa WHERE id = $1`, m.visas[peerMember])
	of := []string{"circuit=" + circuit, "version=" + m.version("council_circuit", circuit)}
	for _, form := range []url.Values{fill("do=open", "code=dossier"), fill("do=consult", "post="+string(m.postOf("DIR-DSI")), "question=Et vous ?", "days=10"),
		fill(append(of, "do=resume", "note=Voici")...), fill(append(of, "do=withdraw", "note=Non")...)} {
		all = append(all, deedOn{"council.circuits", "/fr/comites/points/" + item + "/circuits", form})
	}
	formal := "version=" + m.version("council_formal", string(m.formal.ID))
	for _, form := range []url.Values{fill("do=revise", formal, "kind=arrete", "title=Autrement"), fill("do=send", formal), fill("do=mask", formal, "masks=réservé"), fill("do=appeal", formal, "received=2018-03-12"),
		fill("do=publish", formal, "reviewed=true"), fill("do=withdraw", formal, "reason=Non")} {
		all = append(all, deedOn{"council.formal", "/fr/actes/" + m.formal.Ref, form})
	}
	all = append(all, deedOn{"portfolio.arbitration.decide", "/fr/arbitrages/" + number + "/decider", fill("version=1", "chosen=1", "why=Il le faut.", "for=residents", "step=decide")})
	return append(all, m.answered()...)
}

// answered are the roads by which an opinion is given: its page, a batch, and the letter that asked for it, which was
// sent before whoever got it withdrew.
func (m matter) answered() []deedOn {
	visa := m.visas[peerMember]
	version := m.version("council_visa", visa)
	return []deedOn{{"council.visa", "/fr/mes-visas/" + visa, fill("answer=agreed", "version="+version)},
		{"council.visas", "/fr/mes-visas", fill("step=confirm", "visa="+visa+" "+version)},
		{"council.visas", "/fr/mes-visas", fill("step=confirm", "visa="+m.visas[elected]+" "+m.version("council_visa", m.visas[elected]))},
		{"council.visa.letter", "/fr/visa/" + m.letters[elected], fill("answer=agreed")}}
}

// followed are the forms about what follows from a question that was decided and that no committee had: whoever acts
// withdrew from it alone. On the page of interests of a question that waits, they cannot come back.
func (m matter) followed(number string) []deedOn {
	m.t.Helper()
	ctx, other := context.Background(), m.visitorOf(elected).Actor(m.postOf("ADJ-NUM"))
	unit := one[string](m.town, `SELECT DISTINCT thing FROM powers_unit WHERE code = 'DSI'`)
	decider := m.visitorOf(peerMember).Actor("")
	q, err := m.Portfolio.AskArbitration(ctx, m.actorOf(mission), portfolio.AskForm{Initiative: m.item.Initiative, Case: portfolio.Case{Question: "Une question réservée ?", Options: []portfolio.Option{{Label: "Oui"}, {Label: "Non"}},
		Asked: []portfolio.AskedPost{{Post: decider.Post, Capacity: portfolio.Decides}, {Post: other.Post, Capacity: portfolio.Opinion}}}})
	m.must(err)
	_, err = m.Council.DeclareInterest(ctx, other, council.InterestForm{Question: q.ID, Event: "recuse"})
	m.must(err)
	_, err = m.Portfolio.DecideArbitration(ctx, decider, portfolio.DecideForm{Arbitration: q.ID, Version: q.Version, Chosen: 1, Keep: true,
		Answers: portfolio.Answers{Segments: []string{"residents"}, Motive: "Il le faut.", Lang: "fr", Basis: []string{"CGCT L2122-18"}, Effective: m.meeting.Day, Procedure: "arbitration"},
		Actions: []portfolio.NewAction{{What: "Le faire", Unit: id.ID(unit), Due: "2018-09-01"}, {What: "Le dire", Unit: id.ID(unit), Due: "2018-09-01"}}})
	m.must(err)
	ordered := func(what string) string {
		return one[string](m.town, `SELECT id FROM portfolio_action WHERE arbitration = $1 AND what = $2`, string(q.ID), what)
	}
	action, done := ordered("Le faire"), ordered("Le dire")
	_, err = m.Portfolio.FinishAction(ctx, m.actorOf(mission), id.ID(done), 1, "")
	m.must(err)
	version := "version=" + m.version("portfolio_action", action)
	var all []deedOn
	for _, d := range deeds([]string{"finish." + action, version}, []string{"drop-action." + action, version, "note=Non"}, []string{"reassign." + action, version, "unit=" + unit, "due=2018-10-01"}) {
		all = append(all, deedOn{"portfolio.todo", "/fr/a-faire", d.form})
	}
	for _, page := range []struct{ route, path string }{{"council.committee", "/fr/comites/COPIL"}, {"council.meeting", "/fr/seances/" + m.meeting.Number}} {
		for _, d := range deeds([]string{"finish." + action, version}, []string{"put_off." + action, version, "unit=" + unit, "due=2018-10-01"}, []string{"drop." + action, version, "reason=Non"},
			[]string{"reopen." + done, "version=2", "reason=Non"}) {
			all = append(all, deedOn{page.route, page.path, d.form})
		}
	}
	return append(all, deedOn{"portfolio.arbitration", "/fr/arbitrages/" + q.Number, fill("_form=follow-up", "what=Le faire aussi", "unit="+unit, "due=2018-09-01")},
		deedOn{"council.concern", "/fr/arbitrages/" + number + "/interets", fill("_form=clear", "post="+string(other.Post), "note=Je reviens")})
}

// twoPosts lets the president, who is an adjoint too, withdraw at that post, and sits them by both. They were asked
// what they think before.
func (m matter) twoPosts() act.Actor {
	m.t.Helper()
	m.consult(elected)
	ctx, other := context.Background(), m.visitorOf(elected).Actor(m.postOf("ADJ-NUM"))
	if n := one[int64](m.town, `SELECT COUNT(*) FROM council_member WHERE committee = $1 AND post = $2`, string(m.meeting.Committee), string(other.Post)); n == 0 {
		_, err := m.Council.SeatMember(ctx, m.actorOf(mission), council.SeatForm{Committee: m.meeting.Committee, Post: other.Post, Role: council.Titular})
		m.must(err)
	}
	for _, i := range []council.Item{m.item, m.other} {
		_, err := m.Council.DeclareInterest(ctx, other, council.InterestForm{Item: i.ID, Event: "recuse"})
		m.must(err)
	}
	return m.visitorOf(elected).Actor(m.postOf("PDT-COPIL"))
}

// recusedWrites posts every form about the matter as a member who holds two posts of the committee and withdrew at one
// of them, and then as a peer, to whom it is done, or refused for another reason: an agenda that is locked, what was
// asked of another post.
func recusedWrites(t *testing.T, m matter) string {
	chair := m.twoPosts()
	recused, peer := m.enter(elected), m.enter(mission)
	all := m.writes()
	everyForm(t, all)
	before := one[int64](m.town, `SELECT COUNT(*) FROM act`)
	for _, d := range all {
		d.form.Set("as", string(chair.Post))
		if a := recused.post(d.path, d.form); a.Status != http.StatusForbidden || !sentAway(a) {
			t.Errorf("%s: a recused member was answered %d: %s", d.name(), a.Status, excerpt(a.Body, "<main"))
		}
	}
	if after := one[int64](m.town, `SELECT COUNT(*) FROM act`); after != before {
		t.Errorf("%d acts were recorded by a recused member", after-before)
	}
	var lines []string
	for _, d := range all {
		d.form.Del("as")
		path := strings.Replace(d.path, m.letters[elected], m.letters[peerMember], 1) // behind a letter stands whoever got it
		if a := peer.post(path, d.form); a.Status == http.StatusNotFound || sentAway(a) {
			t.Errorf("%s: a peer was answered %d: the line proves nothing", d.name(), a.Status)
		}
		if line := fmt.Sprintf("| %s | refused, %d |\n", d.name(), http.StatusForbidden); !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

// sentAway tells whether an answer is the refusal of a recusal.
func sentAway(a answer) bool {
	return strings.Contains(a.Body, "Vous vous êtes déporté·e de") || strings.Contains(a.Body, "Personne ne met fin à son propre déport")
}

// lettersTell decides the question, kept inside, and lets every letter about the matter leave: a member who takes part
// reads of it in theirs, a recused one nothing.
func lettersTell(t *testing.T, m matter) string {
	_, err := m.Council.TakeDecision(context.Background(), m.visitorOf(elected).Actor(m.postOf("PDT-COPIL")), council.DecideForm{Item: m.item.ID, Version: m.item.Version,
		Result: council.ItemAdopted, Keep: true, Answers: portfolio.Answers{Segments: []string{"residents"}, Motive: "Il le faut.", Lang: "fr", Basis: []string{"CGCT L2122-18"}}})
	m.must(err)
	m.deliver()
	peer, recused := m.lettersOf(peerMember), m.lettersOf(recusedMember)
	if len(recused) > 0 {
		t.Errorf("letters tell a recused member: %v", recused)
	}
	if !slices.Contains(peer, "asked") || !slices.Contains(peer, "question") {
		t.Errorf("the letters of the peer tell only %v: the line proves nothing", peer)
	}
	return fmt.Sprintf("| letters | %s | nothing of it |\n", strings.Join(peer, ", "))
}

// lettersOf tells what the letters say of the matter, by who gets them.
func (m matter) lettersOf(name string) (found []string) {
	address := m.visitorOf(name).Email
	for _, letter := range m.town.letters() {
		to, body, _ := strings.Cut(letter, "\n")
		if !strings.Contains(to, address) {
			continue
		}
		for what, words := range secretWords {
			if strings.Contains(body, words) && !slices.Contains(found, what) {
				found = append(found, what)
			}
		}
		if strings.Contains(body, questionWords) && !slices.Contains(found, "question") {
			found = append(found, "question")
		}
	}
	slices.Sort(found)
	return found
}
