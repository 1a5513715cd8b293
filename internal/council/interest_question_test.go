package council_test

import (
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/council"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// alone declares something about a question that is on no agenda.
func (c *town) alone(by act.Actor, q portfolio.Arbitration, event, note string) error {
	return errOf(c.room.DeclareInterest(c.ctx, by, council.InterestForm{Question: q.ID, Event: event, Nature: council.Shares, Note: note}))
}

// TestARecusalFromAQuestionHoldsOnEveryAgenda: declared before any committee has the question, it keeps its file and
// every write from whoever withdrew, from nobody else and of no other question; on an agenda it is that of the item, out of the
// quorum and in the minutes.
func TestARecusalFromAQuestionHoldsOnEveryAgenda(t *testing.T) {
	forEachTown(t, func(c *town) {
		q, free := c.question(), c.question()
		c.ok(c.alone(ann, q, "recuse", ""))
		c.wants("council.recused", c.portfolio.GiveStance(c.ctx, ann, q.ID, portfolio.InFavour, ""))
		c.wants("portfolio.arbitration.not_asked", c.portfolio.GiveStance(c.ctx, ann, free.ID, portfolio.InFavour, ""))
		if w := must(c, func() (council.Withheld, error) { return c.room.Withheld(c.ctx, inside("e-ann")) }); !w.Arbitration(q.ID) || w.Arbitration(free.ID) {
			t.Error("what is kept from whoever withdrew is not that question alone")
		}
		tb := c.committee()
		m := c.prepare(tb, "2018-01-22")
		items := must(c, func() ([]council.Item, error) {
			return c.room.AddQuestions(c.ctx, secretary, m.ID, council.ForDecision, []id.ID{q.ID, free.ID}, "")
		})
		for n, away := range []bool{true, false} {
			if f, _ := c.file(inside("e-ann"), m).Item(items[n].ID); f.Withheld != away {
				t.Errorf("item %d kept from whoever withdrew: %v", n+1, f.Withheld)
			}
			if f, _ := c.file(inside("e-ben"), m).Item(items[n].ID); (len(f.Interests) == 1) != away {
				t.Errorf("item %d shows who withdrew: %v", n+1, f.Interests)
			}
		}
		c.open(tb, m)
		b := must(c, func() (council.Ballot, error) {
			return c.room.OpenBallot(c.ctx, secretary, council.BallotForm{Item: items[0].ID, Motion: "Adopter"})
		})
		if b.Base.Recused != 1 {
			t.Errorf("the base: %+v", b.Base)
		}
		c.wants("council.recused", c.room.CastVoice(c.ctx, ann, b.ID, tb.seats["e-ann"].ID, council.For))
	})
}

// TestARecusalDuringAVote: said of the question while its item is voted on, it takes the voice back.
func TestARecusalOfAQuestionTakesTheVoiceBack(t *testing.T) {
	forEachTown(t, func(c *town) {
		q, tb := c.question(), c.committee()
		m := c.prepare(tb, "2018-01-22")
		i := must(c, func() ([]council.Item, error) {
			return c.room.AddQuestions(c.ctx, secretary, m.ID, council.ForDecision, []id.ID{q.ID}, "")
		})[0]
		c.open(tb, m)
		b := must(c, func() (council.Ballot, error) {
			return c.room.OpenBallot(c.ctx, secretary, council.BallotForm{Item: i.ID, Motion: "Adopter"})
		})
		c.ok(c.room.CastVoice(c.ctx, ann, b.ID, tb.seats["e-ann"].ID, council.For))
		c.ok(c.alone(ann, q, "recuse", ""))
		f, _ := c.file(inside("e-ben"), m).Item(i.ID)
		if v := f.Ballots[0].Voices; len(v) != 1 || v[0].Choice != council.Apart {
			t.Errorf("the voice stands: %+v", v)
		}
	})
}

// TestWhoEndsARecusalFromAQuestion: never oneself; the deontologist where one is in office, else the post above, else
// nobody before a committee has it.
func TestWhoEndsARecusalFromAQuestion(t *testing.T) {
	for _, s := range []struct {
		name, by, note, code, top, verb, want string
	}{
		{name: "oneself", by: "e-ann", top: "e-ann", note: "Avis du 3", want: "council.interest.own"},
		{name: "a colleague", by: "e-ben", top: "e-maire", note: "Avis du 3", want: "council.interest.above"},
		{name: "the secretary of a committee that does not have it", by: "p-greffe", top: "e-maire", note: "Avis du 3", want: "council.interest.above"},
		{name: "the post above", by: "e-maire", top: "e-maire", note: "Avis du 3", verb: "council.interest.clear"},
		{name: "the post above without an opinion", by: "e-maire", top: "e-maire", want: "note:council.required"},
		{name: "nobody above", by: "e-maire", note: "Avis du 3", want: "council.interest.above"},
		{name: "the post above beside a deontologist", by: "e-maire", top: "e-maire", code: "p-deonto", note: "Avis du 3", want: "council.interest.deontologist"},
		{name: "the deontologist", by: "p-deonto", top: "e-maire", code: "p-deonto", note: "Peut répondre", verb: "council.interest.advise"},
	} {
		t.Run(s.name, func(t *testing.T) {
			forEachTown(t, func(c *town) {
				q := c.question()
				if s.code != "" {
					c.codes["DEONTOLOGUE"] = id.ID(s.code)
				}
				c.tops["e-ann"] = id.ID(s.top)
				c.ok(c.alone(ann, q, "recuse", "Mes parts"))
				end := council.InterestForm{Question: q.ID, Post: "e-ann", Event: "clear", Note: s.note}
				c.wants(s.want, errOf(c.room.DeclareInterest(c.ctx, acttest.Agent(id.ID(s.by)), end)))
				told := must(c, func() (int, error) {
					return db.One(c.ctx, c.db.Readers, db.Scalar[int], `SELECT COUNT(*) FROM act WHERE verb = $1 AND subject_type = 'arbitration'`, s.verb)
				})
				back := c.portfolio.GiveStance(c.ctx, ann, q.ID, portfolio.InFavour, "")
				if s.verb != "" && (told != 1 || keyOf(back) == "council.recused") || s.verb == "" && keyOf(back) != "council.recused" {
					t.Errorf("%d acts %s, then: %v", told, s.verb, back)
				}
			})
		})
	}
}

// TestNobodyDeclaresForAnother: of a question that no committee has, each speaks for themselves; of one that is over, nobody.
func TestNobodyDeclaresForAnother(t *testing.T) {
	forEachTown(t, func(c *town) {
		q := c.question()
		c.wants("council.interest.oneself", errOf(c.room.DeclareInterest(c.ctx, president, council.InterestForm{Question: q.ID, Post: "e-ann", Event: "recuse"})))
		c.wants("portfolio.arbitration.not_found", c.alone(ann, portfolio.Arbitration{ID: "nowhere"}, "recuse", ""))
		c.ok(errOf(c.portfolio.WithdrawArbitration(c.ctx, mission, q.ID, "Sans objet")))
		c.wants("council.item.question_over", c.alone(ann, q, "recuse", ""))
	})
}

// TestAConcernTellsWhatOneMustKnowToDeclare: who withdrew, to all inside; why, to them and to whoever may end it; that
// nobody is left to answer.
func TestAConcernTellsWhatOneMustKnowToDeclare(t *testing.T) {
	forEachTown(t, func(c *town) {
		q := c.question() // put to the mayor alone
		c.tops["e-maire"] = "e-cleo"
		read := func(post id.ID) council.Concern {
			return must(c, func() (council.Concern, error) { return c.room.Concern(c.ctx, inside(post), q.Number) })
		}
		if k := read("e-maire"); k.Speaker != "e-maire" || k.Stranded || k.Withdrawn() {
			t.Errorf("before: %+v", k)
		}
		c.ok(c.alone(president, q, "recuse", "Mes parts"))
		for _, s := range []struct {
			post               id.ID
			mine, declared     int
			withdrawn, strands bool
		}{{"e-maire", 1, 0, true, true}, {"e-cleo", 0, 1, false, true}, {"e-ben", 0, 0, false, true}} {
			k := read(s.post)
			if len(k.Mine) != s.mine || len(k.Declared) != s.declared || k.Withdrawn() != s.withdrawn || k.Stranded != s.strands || len(k.Away) != 1 || k.Away[0].Note != "" {
				t.Errorf("%s reads %+v", s.post, k)
			}
		}
		_, err := c.room.Concern(c.ctx, anonymous, q.Number)
		if fault.KindOf(err) != fault.Denied {
			t.Errorf("outside: %v", err)
		}
		left := func(post id.ID) int {
			return len(must(c, func() (council.Pending, error) { return c.room.Pending(c.ctx, inside(post)) }).Stranded)
		}
		if left("p-mission") != 1 || left("e-ben") != 0 {
			t.Error("whoever asked does not find the question to put to somebody else")
		}
		c.ok(errOf(c.portfolio.AskAnother(c.ctx, mission, q.ID, "e-ben", "Le maire s’est déporté")))
		if k := read("e-ben"); k.Speaker != "e-ben" || k.Stranded || left("p-mission") != 0 {
			t.Errorf("put to another: %+v", k)
		}
		c.wants("portfolio.form", errOf(c.portfolio.AskAnother(c.ctx, mission, q.ID, "e-ben", "Encore")))
	})
}
