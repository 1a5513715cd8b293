package council_test

import (
	"context"
	"testing"
	"time"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/council"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/powers"
	"parvis/internal/powers/powerstest"
)

// chancery is a city with real powers, a COPIL that was called, and an item about an initiative that the
// DPE leads, with a part of the DVD.
type chancery struct {
	testing.TB
	ctx       context.Context
	city      *powerstest.City
	clock     *clock.Set
	db        *db.DB
	room      *council.Room
	portfolio *portfolio.Room
	committee council.Committee
	item      council.Item
}

func inChancery(t *testing.T, test func(*chancery)) {
	at := clock.At(calendar.Day("2018-03-12").Clock(9, 0))
	dbtest.EachAt(t, at, func(t *testing.T, d *db.DB) {
		at.Move(calendar.Day("2018-03-12").Clock(9, 0))
		c := newChancery(t, d, at)
		test(c)
		acttest.Clean(t, d)
	})
}

func newChancery(t testing.TB, d *db.DB, at *clock.Set) *chancery {
	city := powerstest.Governed(t, d, "equipe_municipale_1", portfolio.Verbs(), council.Verbs())
	at.Advance(time.Second)
	dir := portfolio.PowersDirectory(city.Engine, at)
	c := &chancery{TB: t, ctx: context.Background(), city: city, clock: at, db: d}
	c.portfolio = portfolio.New(portfolio.Config{Log: city.Log, Reads: d.Readers, Writer: d.Writer, Directory: dir, Clock: at})
	c.room = council.New(council.Config{Log: city.Log, Reads: d.Readers, Writer: d.Writer, Portfolio: c.portfolio, Directory: dir, Clock: at,
		Seats: council.PowersSeats(city.Engine, at)})
	c.lay()
	return c
}

func need[T any](c testing.TB, v T, err error) T {
	c.Helper()
	if err != nil {
		c.Fatalf("%v", err)
	}
	return v
}

func (c *chancery) ok(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

func (c *chancery) lay() {
	c.Helper()
	sg := c.city.Agent("SG")
	mission := c.city.Agent("MISSION")
	k, err := c.room.FoundCommittee(c.ctx, sg, council.CommitteeForm{Code: "COPIL", Kind: council.Copil, NameFR: "Comité de pilotage",
		Rules: council.Rules{Quorum: council.NoQuorum, Voting: council.Consensus, Method: council.Show, Notice: 7, LockDays: 2}})
	c.committee = need(c, k, err)
	for post, role := range map[string]council.Role{"SG": council.President, "MISSION": council.Secretary, "DIR-DPE": council.Titular, "DIR-DVD": council.Titular} {
		_, err := c.room.SeatMember(c.ctx, sg, council.SeatForm{Committee: k.ID, Post: c.city.Posts[post], Role: role})
		c.ok(err)
	}
	m, err := c.room.PrepareMeeting(c.ctx, mission, k.ID, council.MeetingForm{Title: "COPIL d’avril", Day: "2018-04-27", Clock: "14:00"})
	meeting := need(c, m, err)
	i := c.initiative()
	item, err := c.room.AddItem(c.ctx, mission, meeting.ID, council.ItemForm{Nature: council.ForDecision, Title: "Généraliser la collecte", Initiative: i.ID})
	c.item = need(c, item, err)
}

func (c *chancery) initiative() portfolio.Initiative {
	c.Helper()
	mission := c.city.Agent("MISSION")
	i, err := c.portfolio.SignalInitiative(c.ctx, mission, portfolio.Signal{Sponsors: []id.ID{c.city.Posts["ADJ-PROPRETE"], c.city.Posts["ADJ-VOIRIE"]},
		Brief: portfolio.Brief{Title: "Collecte guidée", Problem: "Les corbeilles débordent.", Sufferer: "Les riverains", Origin: portfolio.Demand, Matter: "proprete"}})
	need(c, i, err)
	for unit, role := range map[string]portfolio.PartRole{"DPE": portfolio.Lead, "DVD": portfolio.Contribute} {
		p, err := c.portfolio.OfferPart(c.ctx, mission, portfolio.Offer{Initiative: i.ID, Unit: c.city.Units[unit], Role: role})
		c.ok(err)
		_, err = c.portfolio.AnswerPart(c.ctx, c.city.Agent("DIR-"+unit), portfolio.Answer{Part: p.ID, Version: p.Version, Kind: portfolio.Accept})
		c.ok(err)
	}
	return i
}

func (c *chancery) paper(thread id.ID, minor bool) council.Paper {
	c.Helper()
	c.clock.Advance(time.Second)
	p, err := c.room.AddPaper(c.ctx, c.city.Agent("MISSION"), council.PaperForm{Item: c.item.ID, Thread: thread, Kind: council.Report,
		Title: "Rapport", Link: "https://ged.valmont.example/1", Digest: council.DigestOf(string(thread) + c.clock.Now().String()), Minor: minor})
	return need(c, p, err)
}

func (c *chancery) open(paper id.ID) council.Circuit {
	c.Helper()
	k, err := c.room.OpenCircuit(c.ctx, c.city.Agent("MISSION"), council.OpenForm{Item: c.item.ID, Code: "dossier", Paper: paper})
	return need(c, k, err)
}

func (c *chancery) seen(code string) identity.Visitor {
	return identity.Visitor{Kind: identity.Agent, Account: "cpt-" + id.ID(code), Posts: []identity.PostRef{{ID: c.city.Posts[code], Holder: c.city.Holders[code]}}}
}

// asked is what waits for a post.
func (c *chancery) asked(code string) []council.VisaLine {
	c.Helper()
	all, err := c.room.MyVisas(c.ctx, c.seen(code), council.VisaQuery{})
	return need(c, all, err)
}

func (c *chancery) give(code string, to council.VisaStatus, text string) (council.Visa, error) {
	c.Helper()
	all := c.asked(code)
	if len(all) != 1 {
		c.Fatalf("%s is asked %d times", code, len(all))
	}
	return c.room.AnswerVisa(c.ctx, c.city.Agent(code), council.VisaForm{Visa: all[0].ID, Version: all[0].Version, Answer: to, Text: text})
}

func (c *chancery) status(k council.Circuit) council.CircuitStatus {
	c.Helper()
	all, err := c.room.CircuitsOf(c.ctx, c.seen("MISSION"), c.item.ID)
	c.ok(err)
	for _, f := range all {
		if f.Circuit.ID == k.ID {
			return f.Circuit.Status
		}
	}
	return ""
}

func (c *chancery) wants(key string, err error) {
	c.Helper()
	var f *fault.Error
	if e, ok := err.(*fault.Error); ok {
		f = e
	}
	got := ""
	if f != nil {
		if got = f.Key; got == "council.form" && len(f.Fields) > 0 {
			got = f.Fields[0].Key
		}
	} else if err != nil {
		got = err.Error()
	}
	if got != key {
		c.Errorf("got %q (%v), want %q", got, err, key)
	}
}

func (c *chancery) pass(days int) { c.clock.Advance(time.Duration(days) * 24 * time.Hour) }

func TestACircuitFromTheProfileToItsAgreement(t *testing.T) {
	inChancery(t, func(c *chancery) {
		k := c.open(c.paper("", false).ID)
		if len(c.asked("DIR-DVD"))+len(c.asked("ADJ-PROPRETE")) != 0 {
			c.Error("the steps after the first are not asked yet")
		}
		first := c.asked("DIR-DPE")
		if len(first) != 1 || first[0].Due != "2018-03-19" || first[0].Title != "Généraliser la collecte" || first[0].Paper.Title != "Rapport" {
			c.Fatalf("%+v", first)
		}
		need(c, council.Visa{}, failing(c.give("DIR-DPE", council.VisaAgreed, "")))
		need(c, council.Visa{}, failing(c.give("DIR-DVD", council.VisaRefused, "Trop tôt pour la voirie.")))
		if c.status(k) != council.CircuitOpen {
			c.Error("an opinion that is not authoritative does not stop the circuit")
		}
		need(c, council.Visa{}, failing(c.give("ADJ-VOIRIE", council.VisaReserved, "Un secteur d’abord.")))
		if c.status(k) != council.CircuitAgreed || len(c.asked("ADJ-PROPRETE")) != 0 {
			c.Errorf("one deputy of the two is enough: %s", c.status(k))
		}
	})
}

func failing[T any](_ T, err error) error { return err }

func TestARefusalSendsBackAndSaysWhy(t *testing.T) {
	inChancery(t, func(c *chancery) {
		k := c.open(c.paper("", false).ID)
		_, err := c.give("DIR-DPE", council.VisaRefused, " ")
		c.wants("council.visa.why.refused", err)
		_, err = c.give("DIR-DPE", council.VisaAbstained, "")
		c.wants("council.choose", err)
		_, err = c.give("DIR-DPE", council.VisaRefused, "Le coût manque.")
		c.ok(err)
		if c.status(k) != council.CircuitReturned {
			c.Fatal(c.status(k))
		}
		all, err := c.room.CircuitsOf(c.ctx, c.seen("MISSION"), c.item.ID)
		c.ok(err)
		_, err = c.room.ResumeCircuit(c.ctx, c.city.Agent("MISSION"), k.ID, all[0].Circuit.Version, "")
		c.wants("council.required", err)
		_, err = c.room.ResumeCircuit(c.ctx, c.city.Agent("MISSION"), k.ID, all[0].Circuit.Version, "Le coût est en annexe.")
		c.ok(err)
		if len(c.asked("DIR-DPE")) != 1 {
			c.Error("who refused is asked again")
		}
	})
}

func TestANewEditionInvalidatesWhatWasSignedOff(t *testing.T) {
	inChancery(t, func(c *chancery) {
		p := c.paper("", false)
		k := c.open(p.ID)
		need(c, council.Visa{}, failing(c.give("DIR-DPE", council.VisaAgreed, "")))
		stale := c.asked("DIR-DVD")[0]
		c.pass(1)
		c.paper(p.Thread, false)
		_, err := c.room.AnswerVisa(c.ctx, c.city.Agent("DIR-DVD"), council.VisaForm{Visa: stale.ID, Version: stale.Version, Answer: council.VisaAgreed})
		c.wants("council.visa.closed", err)
		if again := c.asked("DIR-DPE"); len(again) != 1 || again[0].Edition != 2 {
			c.Fatalf("the first directorate signs the second edition: %+v", again)
		}
		need(c, council.Visa{}, failing(c.give("DIR-DPE", council.VisaAgreed, "")))
		minor := c.asked("DIR-DVD")[0]
		c.paper(p.Thread, true)
		if c.status(k) != council.CircuitOpen || len(c.asked("DIR-DPE")) != 1 {
			c.Error("the visa of the directorate does not tolerate a minor change")
		}
		_, err = c.room.AnswerVisa(c.ctx, c.city.Agent("DIR-DVD"), council.VisaForm{Visa: minor.ID, Version: minor.Version, Answer: council.VisaAgreed})
		c.wants("council.visa.closed", err)
	})
}

func TestAVisaIsGivenOnceAndByWhoIsAsked(t *testing.T) {
	inChancery(t, func(c *chancery) {
		c.open(c.paper("", false).ID)
		v := c.asked("DIR-DPE")[0]
		f := council.VisaForm{Visa: v.ID, Version: v.Version, Answer: council.VisaAgreed}
		for _, other := range []string{"DIR-DVD", "SG", "MISSION", "AG-DPE", "MAIRE"} {
			_, err := c.room.AnswerVisa(c.ctx, c.city.Agent(other), f)
			c.wants("council.visa.not_yours", err)
		}
		_, err := c.room.AnswerVisa(c.ctx, c.city.Agent("DIR-DPE"), f)
		c.ok(err)
		_, err = c.room.AnswerVisa(c.ctx, c.city.Agent("DIR-DPE"), f)
		c.wants("council.visa.twice", err)
	})
}

// A delegation of signature gives the visa of the post asked, and the act keeps the chain.
func TestADeputySignsByDelegation(t *testing.T) {
	inChancery(t, func(c *chancery) {
		c.city.Do(c, c.city.Agent("DIR-DPE"), func(tx *act.Tx) error {
			_, err := powers.Delegate(tx, powers.NewDelegation{Giver: c.city.Posts["DIR-DPE"], Receiver: c.city.Posts["AG-DPE"], Nature: powers.OfSignature,
				Scope: powers.Scope{Verbs: []string{"council.visa.*"}}, Period: calendar.Through("2018-03-01", "2018-12-31"), LegalAct: "ARR-2018-7"})
			return err
		})
		c.clock.Advance(time.Minute)
		c.open(c.paper("", false).ID)
		v := c.asked("DIR-DPE")[0]
		done, err := c.room.AnswerVisa(c.ctx, c.city.Agent("AG-DPE"), council.VisaForm{Visa: v.ID, Version: v.Version, Answer: council.VisaAgreed})
		c.ok(err)
		if done.Post != c.city.Posts["DIR-DPE"] || done.AnsweredBy != c.city.Posts["AG-DPE"] {
			c.Errorf("%+v", done)
		}
	})
}

func TestSilenceGoesUpOrAgreesAndNeverForAnEmptySeat(t *testing.T) {
	inChancery(t, func(c *chancery) {
		c.open(c.paper("", false).ID)
		c.pass(7) // 19 March: the last day still counts
		if n, err := c.room.CloseSilences(c.ctx); n != 0 || err != nil {
			c.Fatalf("%d circuits moved before the deadline passed, %v", n, err)
		}
		c.pass(1)
		if n, err := c.room.CloseSilences(c.ctx); n != 1 || err != nil {
			c.Fatalf("%d, %v", n, err)
		}
		if len(c.asked("DIR-DPE")) != 0 || len(c.asked("SG")) != 1 {
			c.Fatal("the silence of the directorate goes up to the general secretary")
		}
		need(c, council.Visa{}, failing(c.give("SG", council.VisaAgreed, "")))
		c.leave("DIR-DVD")
		c.pass(15)
		_, err := c.room.CloseSilences(c.ctx)
		c.ok(err)
		all, err := c.room.CircuitsOf(c.ctx, c.seen("MISSION"), c.item.ID)
		c.ok(err)
		if all[0].Steps[1].Status != council.StepOpen || len(c.asked("ADJ-VOIRIE")) != 0 || !all[0].Alarm() {
			c.Errorf("an empty seat was taken for an agreement: %+v", all[0].Steps[1])
		}
		c.appoint("DIR-DVD", "AG-DPE")
		_, err = c.room.CloseSilences(c.ctx)
		c.ok(err)
		c.pass(15)
		_, err = c.room.CloseSilences(c.ctx)
		c.ok(err)
		if len(c.asked("ADJ-VOIRIE")) != 1 {
			c.Error("whoever came kept silent for the whole delay: the opinion is deemed favourable")
		}
		if n, err := c.room.CloseSilences(c.ctx); n != 0 || err != nil {
			c.Errorf("a job that runs twice does nothing twice: %d, %v", n, err)
		}
	})
}

func (c *chancery) leave(code string) {
	c.Helper()
	c.city.Do(c, c.city.Agent("SG"), func(tx *act.Tx) error { return powers.EndHolding(tx, c.city.Holders[code], tx.Today(), "") })
	c.clock.Advance(time.Minute)
}

func (c *chancery) appoint(code, person string) {
	c.Helper()
	c.city.Do(c, c.city.Agent("SG"), func(tx *act.Tx) (err error) {
		c.city.Holders[code], err = powers.Appoint(tx, powers.Appointment{Post: c.city.Posts[code], Person: c.city.Persons[person], Period: calendar.Since(tx.Today())})
		return err
	})
	c.clock.Advance(time.Minute)
}

// I8: whoever is recused is not asked, reads nothing and gives nothing; the superior is asked.
func TestTheRecusedAreNotAsked(t *testing.T) {
	inChancery(t, func(c *chancery) {
		c.open(c.paper("", false).ID)
		v := c.asked("DIR-DPE")[0]
		_, err := c.room.DeclareInterest(c.ctx, c.city.Agent("DIR-DPE"), council.InterestForm{Item: c.item.ID,
			Event: "recuse", Nature: council.Employment})
		c.ok(err)
		_, err = c.room.AnswerVisa(c.ctx, c.city.Agent("DIR-DPE"), council.VisaForm{Visa: v.ID, Version: v.Version, Answer: council.VisaAgreed})
		c.wants("council.recused", err)
		if len(c.asked("DIR-DPE")) != 0 {
			c.Error("the page of visas shows the file to the recused")
		}
		if all, err := c.room.CircuitsOf(c.ctx, c.seen("DIR-DPE"), c.item.ID); err == nil {
			c.Errorf("the circuit is read by the recused: %+v", all)
		}
	})
}

func TestAConsultationThatBinds(t *testing.T) {
	inChancery(t, func(c *chancery) {
		ask := council.ConsultForm{Item: c.item.ID, Unit: c.city.Units["DSI"], Question: "Les serveurs suivront-ils ?", Authoritative: true, Days: 10}
		k, err := c.room.Consult(c.ctx, c.city.Agent("MISSION"), ask)
		c.ok(err)
		if got := c.asked("DIR-DSI"); len(got) != 1 || got[0].Question != ask.Question || got[0].Due != "2018-03-22" {
			c.Fatalf("%+v", got)
		}
		_, err = c.give("DIR-DSI", council.VisaAbstained, "")
		c.ok(err)
		if c.status(k) != council.CircuitReturned {
			c.Errorf("an authoritative opinion must be favourable: %s", c.status(k))
		}
		ask.Post = c.city.Posts["SG"]
		_, err = c.room.Consult(c.ctx, c.city.Agent("MISSION"), ask)
		c.wants("council.consult.either", err)
	})
}

func TestACommitteeDrawsItsOwnCircuit(t *testing.T) {
	inChancery(t, func(c *chancery) {
		draw := council.TemplateForm{Committee: c.committee.ID, CircuitTemplate: council.CircuitTemplate{Code: "deux-sur-trois", NameFR: "Deux sur trois",
			Steps: []council.StepSpec{
				{NameFR: "Deux directions sur trois", Kind: council.VisaStep, Roles: []string{"post:DIR-DPE", "post:DIR-DVD", "post:DIR-DSI"}, Need: 2, Silence: council.SilenceNothing},
				{NameFR: "La présidence", Kind: council.VisaStep, Roles: []string{"chair"}, With: true, Silence: council.SilenceNothing},
			}}}
		c.publish(c.draw(draw))
		k, err := c.room.OpenCircuit(c.ctx, c.city.Agent("MISSION"), council.OpenForm{Item: c.item.ID, Code: draw.Code})
		c.ok(err)
		_, err = c.room.OpenCircuit(c.ctx, c.city.Agent("MISSION"), council.OpenForm{Item: c.item.ID, Code: draw.Code})
		c.wants("council.circuit.already", err)
		need(c, council.Visa{}, failing(c.give("SG", council.VisaAgreed, "")))
		need(c, council.Visa{}, failing(c.give("DIR-DSI", council.VisaAgreed, "")))
		need(c, council.Visa{}, failing(c.give("DIR-DPE", council.VisaRefused, "Non.")))
		if c.status(k) != council.CircuitOpen {
			c.Error("two of the three can still agree")
		}
		need(c, council.Visa{}, failing(c.give("DIR-DVD", council.VisaAgreed, "")))
		if c.status(k) != council.CircuitAgreed {
			c.Error(c.status(k))
		}
	})
}
