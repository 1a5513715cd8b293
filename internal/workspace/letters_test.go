package workspace_test

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/money"
	"parvis/internal/portfolio"
	"parvis/internal/powers"
)

// posted is a letter of the outbox.
type posted struct {
	To, Kind, Subject, Text, Calendar, Unsubscribe string
}

func (c *city) letters() []posted {
	c.Helper()
	c.clock.Advance(1e9)
	c.deliver()
	all, err := db.All(c.ctx, c.db.Readers, func(r db.Row) (p posted, err error) {
		var content string
		if err := r.Scan(&p.To, &p.Kind, &p.Subject, &content); err != nil {
			return p, err
		}
		var letter struct {
			Text        string `json:"text"`
			Unsubscribe string `json:"unsubscribe"`
			Attachments []struct{ Body []byte }
		}
		err = json.Unmarshal([]byte(content), &letter)
		p.Text, p.Unsubscribe = letter.Text, letter.Unsubscribe
		if len(letter.Attachments) > 0 {
			p.Calendar = string(letter.Attachments[0].Body)
		}
		return p, err
	}, `SELECT recipient, kind, subject, content FROM mail_outbox ORDER BY queued_at, id`)
	c.ok(err)
	c.ok(c.db.Writer.Traffic(c.ctx, func(tx *db.Tx) error { return tx.Exec(`DELETE FROM mail_outbox`) }))
	return all
}

// only is the one letter of a kind.
func only(t testing.TB, all []posted, kind string) posted {
	t.Helper()
	var found []posted
	for _, p := range all {
		if p.Kind == "workspace.letter."+kind {
			found = append(found, p)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d letters of kind %s among %+v", len(found), kind, all)
	}
	return found[0]
}

func has(t testing.TB, text string, wants ...string) {
	t.Helper()
	for _, w := range wants {
		if !strings.Contains(text, w) {
			t.Errorf("%q is not in:\n%s", w, text)
		}
	}
	if strings.Contains(text, "⟦") {
		t.Errorf("a message is missing:\n%s", text)
	}
}

// signalled is an initiative of the mission, sponsored by the deputy for cleanliness.
func (c *city) signalled() portfolio.Initiative {
	c.Helper()
	i, err := c.room.SignalInitiative(c.ctx, c.agent("CHEF-MVI"), portfolio.Signal{Brief: portfolio.Brief{Title: "Collecte guidée par capteurs",
		Problem: "Les bacs débordent.", Origin: portfolio.Supply}, Sponsors: []id.ID{c.post("ADJ-PROPRETE")}})
	c.ok(err)
	return i
}

func TestAPartIsAnsweredByMail(t *testing.T) {
	each(t, func(c *city) {
		c.found()
		c.letters()
		i := c.signalled()
		part, err := c.room.OfferPart(c.ctx, c.agent("CHEF-MVI"), portfolio.Offer{Initiative: i.ID, Unit: c.unit("DVD"), Role: portfolio.Contribute,
			Effort: "Deux agents, six mois"})
		c.ok(err)
		offer := only(c, c.letters(), "part")
		if offer.To != "agent4@valmont.example" { // DIR-DVD
			c.Errorf("the letter went to %s", offer.To)
		}
		has(c, offer.Subject+offer.Text, "Direction de la voirie", "Collecte guidée par capteurs", "Deux agents, six mois", "Contribuer", "Cheffe de la mission",
			"answer=accept", "answer=counter", "answer=decline")
		has(c, offer.Calendar, "BEGIN:VEVENT", "DTSTART;VALUE=DATE:20180411", string(part.ID))

		token := tokenIn(c, offer.Text)
		seen, err := c.room.ReadLetter(c.ctx, token)
		c.ok(err)
		if seen.Part.Status != portfolio.Proposed {
			c.Error("reading a letter changes nothing")
		}
		_, err = c.room.AnswerLetter(c.ctx, token, portfolio.Counter, "Un seul secteur d’abord")
		c.ok(err)
		told := only(c, c.letters(), "answer.countered")
		if told.To != "agent2@valmont.example" { // CHEF-MVI
			c.Errorf("the answer went to %s", told.To)
		}
		has(c, told.Text, "Un seul secteur d’abord")
		if _, err := c.room.AnswerLetter(c.ctx, token, portfolio.Accept, ""); fault.KindOf(err) != fault.Gone {
			c.Errorf("a link answers once: %v", err)
		}
	})
}

func tokenIn(t testing.TB, text string) string {
	t.Helper()
	m := regexp.MustCompile(`/fr/part/([a-z2-7]+)\?answer=accept`).FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("no link in %s", text)
	}
	return m[1]
}

func TestAVacantPostIsNotWrittenTo(t *testing.T) {
	each(t, func(c *city) {
		c.found()
		c.letters()
		i := c.signalled()
		_, err := c.room.OfferPart(c.ctx, c.agent("CHEF-MVI"), portfolio.Offer{Initiative: i.ID, Unit: c.unit("EXEC"), Role: portfolio.Consult})
		c.ok(err)
		if got := only(c, c.letters(), "part"); got.To != "elu1@valmont.example" {
			c.Errorf("the mayor leads the executive: %s", got.To)
		}
		c.ok(c.leave("MAIRE"))
		_, err = c.room.OfferPart(c.ctx, c.agent("CHEF-MVI"), portfolio.Offer{Initiative: i.ID, Unit: c.unit("EXEC"), Role: portfolio.Fund})
		c.ok(err)
		if got := c.letters(); len(got) != 0 {
			c.Errorf("nobody leads the executive any more: %v", got)
		}
		_, err = c.room.OfferPart(c.ctx, c.agent("CHEF-MVI"), portfolio.Offer{Initiative: i.ID, Actor: "Une association", Role: portfolio.Consult})
		c.ok(err)
		if got := c.letters(); len(got) != 0 {
			c.Errorf("an outside actor has no post: %v", got)
		}
	})
}

func TestAQuestionItsDecisionAndWhatFollows(t *testing.T) {
	each(t, func(c *city) {
		c.found()
		c.letters()
		i := c.signalled()
		lead := c.accepted(i, "DPE", "DIR-DPE")
		c.ok(c.publish(i))
		ask, err := c.room.Follow(c.ctx, identity.Visitor{}, i.ID, "voisine@example.org", "en")
		c.ok(err)
		c.ok(c.room.ConfirmFollow(c.ctx, ask.Confirm))
		c.letters()

		a, err := c.room.AskArbitration(c.ctx, c.agent("CHEF-MVI"), portfolio.AskForm{Initiative: i.ID, Case: portfolio.Case{Question: "Généraliser ?",
			Options: []portfolio.Option{{Label: "Oui"}, {Label: "Non"}}, Recommendation: "Oui, sur deux ans", Amount: money.Cents(5_000_000),
			Asked: []portfolio.AskedPost{{Post: c.post("SGV"), Capacity: portfolio.Decides}, {Post: c.post("ADJ-PROPRETE"), Capacity: portfolio.Opinion}}}})
		c.ok(err)
		letters := c.letters()
		asked := only(c, letters, "asked.decides").Text
		has(c, asked, "Généraliser ?", "Posée par", "Cheffe de la mission", "12 mars 2018", a.Number)
		for _, file := range []string{"Oui, sur deux ans", "50\u202f000", "Montant"} { // an interest is declared before the file is opened
			if strings.Contains(asked, file) {
				c.Errorf("the letter tells of the file %q: %s", file, asked)
			}
		}
		has(c, only(c, letters, "asked.opinion").Subject, "avis")
		for _, l := range letters {
			if l.To == "voisine@example.org" {
				c.Errorf("a question is internal: %+v", l)
			}
		}

		decided, err := c.room.DecideArbitration(c.ctx, c.agent("SGV"), c.decision(a, lead))
		c.ok(err)
		letters = c.letters()
		for _, to := range []string{"elu2@valmont.example", "agent2@valmont.example", "agent3@valmont.example"} { // sponsor, owner, lead
			if !sent(letters, "decided", to) {
				c.Errorf("%s was not told of the decision: %+v", to, letters)
			}
		}
		if sent(letters, "decided", "agent1@valmont.example") {
			c.Error("whoever decided knows")
		}
		action := only(c, letters, "action")
		has(c, action.Text+action.Calendar, "Équiper deux secteurs", "DTSTART;VALUE=DATE:20180601")
		c.ok(c.publishDecision(decided))
		news := only(c, append(letters, c.letters()...), "followed.decision")
		if news.To != "voisine@example.org" || news.Unsubscribe == "" {
			c.Errorf("a follower can leave by the letter: %+v", news)
		}
		has(c, news.Text, "which you follow", "Généraliser ?")
	})
}

func sent(all []posted, kind, to string) bool {
	for _, p := range all {
		if p.Kind == "workspace.letter."+kind && p.To == to {
			return true
		}
	}
	return false
}

func (c *city) accepted(i portfolio.Initiative, unit, head string) portfolio.Part {
	c.Helper()
	return c.acceptedAs(i, portfolio.Lead, unit, head)
}

func (c *city) acceptedAs(i portfolio.Initiative, role portfolio.PartRole, unit, head string) portfolio.Part {
	c.Helper()
	p, err := c.room.OfferPart(c.ctx, c.agent("CHEF-MVI"), portfolio.Offer{Initiative: i.ID, Unit: c.unit(unit), Role: role, Effort: "Deux jours"})
	c.ok(err)
	p, err = c.room.AnswerPart(c.ctx, c.agent(head), portfolio.Answer{Part: p.ID, Version: p.Version, Kind: portfolio.Accept})
	c.ok(err)
	return p
}

func (c *city) publish(i portfolio.Initiative) error {
	s, err := c.room.Sheet(c.ctx, insider, string(i.ID))
	c.ok(err)
	_, err = c.room.PublishInitiative(c.ctx, c.agent("CHEF-MVI"), portfolio.Publish{Initiative: i.ID, Version: s.Version})
	return err
}

func (c *city) decision(a portfolio.Arbitration, lead portfolio.Part) portfolio.DecideForm {
	return portfolio.DecideForm{Arbitration: a.ID, Version: a.Version, Chosen: 1, Decision: "Oui, deux secteurs d’abord.",
		Answers: portfolio.Answers{Segments: []string{"residents"}, Motive: "L’essai a réussi.", Basis: []string{"DEL-1"}, Procedure: "arbitration",
			Effective: today},
		Actions: []portfolio.NewAction{{What: "Équiper deux secteurs", Unit: lead.Unit, Due: "2018-06-01"}}}
}

func (c *city) publishDecision(a portfolio.Arbitration) error {
	s, err := c.room.Arbitration(c.ctx, insider, string(a.ID))
	c.ok(err)
	if s.Visibility == "public" {
		return nil
	}
	return c.room.PublishArbitration(c.ctx, c.agent("CHEF-MVI"), a.ID)
}

// leave ends today whatever holding the post has.
func (c *city) leave(code string) error {
	held, err := powers.HoldingsOf(c.ctx, c.db.Readers, c.post(code), c.now())
	c.ok(err)
	_, err = act.Do(c.ctx, c.log, c.agent("SGV"), func(tx *act.Tx) (struct{}, error) {
		return struct{}{}, powers.EndHolding(tx, held[0].ID, today, "")
	})
	return err
}

// Before a vote a city does not write to residents about what it achieves; what happened then is not sent afterwards.
func TestFollowersAreNotWrittenToBeforeAVote(t *testing.T) {
	each(t, func(c *city) {
		quiet := false
		c.work.Quiet = func(context.Context) (bool, error) { return quiet, nil }
		c.found()
		i := c.signalled()
		c.ok(c.publish(i))
		ask, err := c.room.Follow(c.ctx, identity.Visitor{}, i.ID, "voisine@example.org", "fr")
		c.ok(err)
		c.ok(c.room.ConfirmFollow(c.ctx, ask.Confirm))
		c.letters()
		for _, step := range []struct {
			quiet      bool
			unit, post string
			want       int
		}{{false, "DPE", "DIR-DPE", 1}, {true, "DVD", "DIR-DVD", 0}, {false, "DSI", "DIR-DSI", 1}} {
			quiet = step.quiet
			c.acceptedAs(i, portfolio.Contribute, step.unit, step.post)
			told := 0
			for _, l := range c.letters() {
				if l.To == "voisine@example.org" {
					told++
				}
			}
			if told != step.want {
				c.Errorf("quiet %v: %d letters, want %d", step.quiet, told, step.want)
			}
			if step.quiet {
				c.ok(c.work.SendHeld(c.ctx))
				if sent(c.letters(), "held", "voisine@example.org") {
					c.Error("what is held back left before the vote")
				}
			}
		}
		c.ok(c.work.SendHeld(c.ctx))
		l := only(c, c.letters(), "held")
		has(c, l.Text, "ce qui a changé", "voirie")
		if l.To != "voisine@example.org" || strings.Contains(strings.ToLower(l.Text), "propreté") {
			c.Errorf("what was told before is told again: %+v", l)
		}
		c.ok(c.work.SendHeld(c.ctx))
		if again := c.letters(); len(again) != 0 {
			c.Errorf("told twice: %+v", again)
		}
	})
}
