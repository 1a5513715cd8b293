package council_test

import (
	"strings"
	"testing"
	"time"

	"parvis/internal/act/acttest"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// consult asks a post what it thinks of an item; a binding opinion must be favourable.
func (c *town) consult(i council.Item, post id.ID, binds bool) council.Circuit {
	c.Helper()
	return must(c, func() (council.Circuit, error) {
		return c.room.Consult(c.ctx, secretary, council.ConsultForm{Item: i.ID, Post: post, Question: "Qu’en dites-vous ?", Authoritative: binds})
	})
}

// opines answers what a post was asked.
func (c *town) opines(post id.ID, i council.Item, answer council.VisaStatus) {
	c.Helper()
	for _, v := range must(c, func() ([]council.VisaLine, error) { return c.room.MyVisas(c.ctx, inside(post), council.VisaQuery{}) }) {
		if v.Item == i.ID {
			c.ok(errOf(c.room.AnswerVisa(c.ctx, acttest.Agent(post), council.VisaForm{Visa: v.ID, Version: v.Version, Answer: answer, Text: "Parce que."})))
		}
	}
}

// withdraw gives a circuit up.
func (c *town) withdraw(k council.Circuit) {
	c.Helper()
	flow := must(c, func() ([]*council.Flow, error) { return c.room.CircuitsOf(c.ctx, inside("p-greffe"), k.Item) })
	c.ok(errOf(c.room.WithdrawCircuit(c.ctx, secretary, k.ID, flow[0].Circuit.Version, "La question a changé.")))
}

func (c *town) puts(i council.Item) error {
	return errOf(c.room.OpenBallot(c.ctx, secretary, council.BallotForm{Item: i.ID, Motion: "Adopter"}))
}

func (c *town) pronounces(i council.Item) error {
	return errOf(c.room.TakeDecision(c.ctx, president, council.DecideForm{Item: i.ID, Version: c.stored(i).Version, Result: council.ItemAdopted,
		Text: "Adopté", Answers: answers()}))
}

const awaits = "council.circuit.awaits"

// TestABindingOpinionIsAwaited: neither voted on nor decided while it is awaited or refused, by whatever road.
func TestABindingOpinionIsAwaited(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee(func(f *council.CommitteeForm) { f.Rules.Voting = council.Consensus })
		m := c.prepare(tb, "2018-01-22")
		i, free := c.item(m, "Le capteur", council.ForDecision), c.item(m, "La carte", council.ForDecision)
		c.consult(i, "p-expert", true)
		c.consult(free, "p-expert", false)
		c.open(tb, m)
		err := c.puts(i)
		c.wants(awaits, err)
		if told := c.words("fr").Error(err); !strings.Contains(told, "Avis (Fonction expert)") {
			c.Errorf("nobody is told what is awaited: %s", told)
		}
		if told := c.words("en").Error(err); !strings.Contains(told, "Opinion (Fonction expert)") {
			c.Errorf("in English: %s", told)
		}
		c.wants(awaits, c.pronounces(i))
		c.wants("", c.pronounces(free)) // an ordinary opinion stops nothing
		c.opines("p-expert", i, council.VisaRefused)
		c.wants(awaits, c.pronounces(i))
		flows := must(c, func() ([]*council.Flow, error) { return c.room.CircuitsOf(c.ctx, inside("p-greffe"), i.ID) })
		c.ok(errOf(c.room.ResumeCircuit(c.ctx, secretary, flows[0].Circuit.ID, flows[0].Circuit.Version, "Le coût est réduit.")))
		c.wants(awaits, c.puts(i))
		c.opines("p-expert", i, council.VisaReserved)
		c.wants("", c.pronounces(i))
	})
}

// TestAQuestionWaitsForWhatBindsIt: a committee that advises waits for what it asked itself alone; whoever decides,
// committee or deputy, for all that was asked.
func TestAQuestionWaitsForWhatBindsIt(t *testing.T) {
	forEachTown(t, func(c *town) {
		q := c.question()
		first := c.committee(func(f *council.CommitteeForm) { f.Rules.Voting = council.Consensus })
		other := c.committee(func(f *council.CommitteeForm) {
			f.Code, f.Rules.Voting, f.Rules.Notice, f.Rules.LockDays = "INVEST", council.Consensus, 0, 0
		})
		put := func(tb table, nature council.Nature) (council.Meeting, council.Item) {
			m := c.prepare(tb, "2018-01-22")
			added := must(c, func() ([]council.Item, error) {
				return c.room.AddQuestions(c.ctx, secretary, m.ID, nature, []id.ID{q.ID}, "")
			})
			return m, added[0]
		}
		m, advised := put(first, council.ForOpinion)
		n, decided := put(other, council.ForDecision)
		k := c.consult(advised, "p-expert", true)
		c.open(first, m)
		c.open(other, n)
		c.wants(awaits, c.pronounces(advised))
		c.wants(awaits, c.pronounces(decided))
		direct := portfolio.DecideForm{Arbitration: q.ID, Version: q.Version, Chosen: 1, Answers: answers()}
		c.wants(awaits, errOf(c.portfolio.DecideArbitration(c.ctx, president, direct)))
		c.withdraw(k)
		c.consult(decided, "p-expert", true)
		c.wants("", c.pronounces(advised))
		c.wants(awaits, c.pronounces(decided))
		c.opines("p-expert", decided, council.VisaAgreed)
		c.wants("", errOf(c.portfolio.DecideArbitration(c.ctx, president, direct)))
	})
}

// TestACircuitOfOpinionsIsHeard: an item that must follow a circuit waits for its plain opinions, whatever they say, at
// their deadline for what silence means; opinions asked without a rule stop nothing.
func TestACircuitOfOpinionsIsHeard(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee(func(f *council.CommitteeForm) { f.Rules.Voting = council.Consensus })
		opinion := func(post string, silence council.Silence) council.StepSpec {
			return council.StepSpec{NameFR: "Avis de " + post, Kind: council.OpinionStep, Roles: []string{"this-post:" + post}, Days: 5, Silence: silence}
		}
		told := council.StepSpec{NameFR: "Pour information", Kind: council.InfoStep, Roles: []string{"this-post:p-mission"}, Silence: council.SilenceNothing}
		f := drawing("Consulter avant", opinion("p-expert", council.SilenceNothing), opinion("e-ann", council.SilenceAgrees), told)
		f.Committee, f.Binds = tb.ID, council.BindsAll
		drawn := c.draws(f)
		f = drawing("Consulter si l’on veut", opinion("p-expert", council.SilenceNothing))
		f.Committee = tb.ID
		free := c.draws(f)
		m := c.prepare(tb, "2018-01-22")
		i, advised := c.item(m, "Le capteur", council.ForDecision), c.item(m, "La carte", council.ForOpinion)
		for _, one := range []council.Item{i, advised} {
			for _, code := range []string{drawn.Code, free.Code} {
				c.ok(errOf(c.room.OpenCircuit(c.ctx, secretary, council.OpenForm{Item: one.ID, Code: code})))
			}
		}
		c.open(tb, m)
		err := c.puts(i)
		c.wants(awaits, err)
		if said := c.words("fr").Error(err); !strings.Contains(said, "Avis de p-expert (Fonction expert), Avis de e-ann") || strings.Contains(said, "information") {
			t.Errorf("who is awaited: %s", said)
		}
		c.wants(awaits, c.pronounces(advised))
		c.opines("p-expert", i, council.VisaRefused) // unfavourable, and heard
		if a := c.awaits(i, "p-greffe"); len(a) != 1 || len(a[0].Posts) != 1 || a[0].Posts[0] != "e-ann" {
			t.Errorf("the page: %+v", a)
		}
		c.wants(awaits, c.pronounces(i))
		c.pass(7 * 24 * time.Hour)
		c.ok(errOf(c.room.CloseSilences(c.ctx)))
		c.wants("", c.pronounces(i))
		c.wants(awaits, c.pronounces(advised)) // silence is worth nothing there: one waits
		c.opines("p-expert", advised, council.VisaAbstained)
		c.wants(awaits, c.pronounces(advised)) // the next step has begun
		c.opines("e-ann", advised, council.VisaAgreed)
		c.wants("", errOf(c.room.TakeDecision(c.ctx, president, council.DecideForm{Item: advised.ID, Version: c.stored(advised).Version,
			Result: council.ItemAdopted, Text: "Favorable"})))
	})
}
