package council_test

import (
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/blob"
	"parvis/internal/council"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
)

// twoPosts is a committee whose president is also one of its members, by another post.
func (c *town) twoPosts() table {
	c.people["anne"] = []id.ID{"e-ann", "e-maire"}
	return c.committee()
}

// TestARecusalHoldsThroughEveryPost: whoever withdrew at one post changes nothing of the matter at another, and both
// seats leave the quorum base.
func TestARecusalHoldsThroughEveryPost(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.twoPosts()
		m, later := c.prepare(tb, "2018-01-22"), c.prepare(tb, "2018-02-12")
		q := c.question()
		i := must(c, func() ([]council.Item, error) {
			return c.room.AddQuestions(c.ctx, secretary, m.ID, council.ForDecision, []id.ID{q.ID}, "")
		})[0]
		paper := must(c, func() (council.Paper, error) {
			return c.room.AddPaper(c.ctx, secretary, council.PaperForm{Item: i.ID, Kind: council.Report, Title: "Rapport", Link: "https://ged.example/1", Digest: strings.Repeat("a", 64)})
		})
		c.ok(errOf(c.room.DeclareInterest(c.ctx, ann, council.InterestForm{Item: i.ID, Event: "recuse"})))
		chair := president
		deeds := map[string]func() error{
			"revise": func() error {
				return errOf(c.room.ReviseItem(c.ctx, chair, i.ID, i.Version, council.ItemForm{Nature: council.ForInfo, Title: "Autre"}))
			},
			"withdraw": func() error { return errOf(c.room.WithdrawItem(c.ctx, chair, i.ID, i.Version, "Non")) },
			"postpone": func() error { return errOf(c.room.PostponeItem(c.ctx, chair, i.ID, i.Version, "Plus tard", later.ID)) },
			"again": func() error {
				return errOf(c.room.AddQuestions(c.ctx, chair, later.ID, council.ForDecision, []id.ID{q.ID}, ""))
			},
			"paper": func() error {
				return errOf(c.room.AddPaper(c.ctx, chair, council.PaperForm{Item: i.ID, Kind: council.Note, Title: "Note", Link: "https://ged.example/2", Digest: strings.Repeat("b", 64)}))
			},
			"publish": func() error { return errOf(c.room.PublishPaper(c.ctx, chair, paper.ID)) },
			"remove":  func() error { return errOf(c.room.WithdrawPaper(c.ctx, chair, paper.ID, "Non")) },
			"consult": func() error {
				return errOf(c.room.Consult(c.ctx, chair, council.ConsultForm{Item: i.ID, Post: "e-ben", Question: "Qu’en dites-vous ?", Days: 5}))
			},
			"opine": func() error { return c.portfolio.GiveStance(c.ctx, chair, q.ID, portfolio.InFavour, "") },
			"defer": func() error {
				return errOf(c.portfolio.PostponeArbitration(c.ctx, chair, q.ID, "2018-03-01", "Plus tard"))
			},
			"wait": func() error {
				return c.portfolio.LetMature(c.ctx, chair, portfolio.Mature{Initiative: q.Initiative, Arbitration: q.ID, Learn: "Quoi", Post: "e-ben", Until: "2018-03-01"})
			},
			"attach": func() error {
				return errOf(c.portfolio.AttachPaper(c.ctx, chair, portfolio.Attach{Initiative: q.Initiative, Arbitration: q.ID, Paper: blob.Paper{Title: "Note", Link: "https://ged.example/3"}}))
			},
			"decide": func() error {
				return errOf(c.portfolio.DecideArbitration(c.ctx, chair, portfolio.DecideForm{Arbitration: q.ID, Version: q.Version, Chosen: 1, Answers: answers()}))
			},
		}
		for name, do := range deeds {
			if err := do(); keyOf(err) != "council.recused" {
				t.Errorf("%s at the other post: %v", name, err)
			}
		}
		both := identity.Visitor{Kind: identity.Elected, Person: "anne", Posts: []identity.PostRef{{ID: "e-maire", Holder: "aff-e-maire"}}}
		if f, _ := c.file(both, m).Item(i.ID); !f.Withheld {
			t.Error("the file is read at the other post")
		}
		c.open(tb, m)
		for name, err := range map[string]error{
			"debate": errOf(c.room.WriteDebate(c.ctx, chair, i.ID, i.Version, "Dit")),
			"ballot": errOf(c.room.OpenBallot(c.ctx, chair, council.BallotForm{Item: i.ID, Motion: "Adopter"})),
			"decide": errOf(c.room.TakeDecision(c.ctx, chair, council.DecideForm{Item: i.ID, Version: i.Version, Result: council.ItemAdopted, Answers: answers()})),
		} {
			if keyOf(err) != "council.recused" {
				t.Errorf("%s at the sitting: %v", name, err)
			}
		}
		c.twoVoicesLess(tb, i)
	})
}

// twoVoicesLess opens a vote: both seats of whoever withdrew are out, and what they say by either is refused.
func (c *town) twoVoicesLess(tb table, i council.Item) {
	c.Helper()
	c.wants("council.recused", errOf(c.room.PresideItem(c.ctx, president, i.ID, i.Version, "e-ben")))
	i = must(c, func() (council.Item, error) { return c.room.PresideItem(c.ctx, secretary, i.ID, i.Version, "e-ben") })
	b := must(c, func() (council.Ballot, error) {
		return c.room.OpenBallot(c.ctx, secretary, council.BallotForm{Item: i.ID, Motion: "Adopter"})
	})
	if b.Base.Recused != 2 || b.Entitled != 2 {
		c.Errorf("the base: %+v", b.Base)
	}
	for post, by := range map[id.ID]act.Actor{"e-ann": ann, "e-maire": president, "e-ben": president} {
		c.wants("council.recused", c.room.CastVoice(c.ctx, by, b.ID, tb.seats[post].ID, council.For))
	}
	c.wants("voice."+string(tb.seats["e-maire"].ID)+":council.ballot.not_entitled", c.room.CastVoice(c.ctx, secretary, b.ID, tb.seats["e-maire"].ID, council.For))
	c.ok(c.room.CastVoice(c.ctx, ben, b.ID, tb.seats["e-ben"].ID, council.For))
}

// TestARecusalFollowsThePersonToTheNextPost: who leaves a post and takes another is still away, whoever holds the
// first one is not.
func TestARecusalFollowsThePersonToTheNextPost(t *testing.T) {
	forEachTown(t, func(c *town) {
		c.people["anne"] = []id.ID{"e-ann"}
		tb := c.committee()
		m := c.prepare(tb, "2018-01-22")
		i := c.item(m, "Le capteur", council.ForDecision)
		c.ok(errOf(c.room.DeclareInterest(c.ctx, ann, council.InterestForm{Item: i.ID, Event: "recuse"})))
		c.people["anne"] = []id.ID{"e-cleo"}
		c.wants("council.recused", errOf(c.room.WithdrawItem(c.ctx, cleo, i.ID, i.Version, "Non")))
		next := acttest.Agent("e-ann")
		page := must(c, func() (council.CommitteeFile, error) { return c.room.Committee(c.ctx, inside("e-ben"), string(tb.ID)) })
		if len(page.Interests) != 1 || page.Interests[0] != (council.InterestYear{Year: "2018", Declared: 1, Recused: 1}) {
			t.Errorf("the figures of the committee: %+v", page.Interests)
		}
		if f, _ := c.file(inside("e-ben"), m).Item(i.ID); len(f.Interests) != 1 || f.Interests[0].Post != "e-cleo" {
			t.Errorf("who is shown as recused: %+v", f.Interests)
		}
		c.ok(errOf(c.room.ReviseItem(c.ctx, next, i.ID, i.Version, council.ItemForm{Nature: council.ForInfo, Title: "Autre"})))
	})
}

// TestNobodyEndsTheirOwnRecusal: it ends by the opinion of the deontologist; of none in office, by the bureau, which
// cites the opinion; by whoever withdrew never, through whichever post.
func TestNobodyEndsTheirOwnRecusal(t *testing.T) {
	for _, s := range []struct {
		name, by, note, code, want, verb string
	}{
		{name: "at the post that declared", by: "e-ann", note: "Avis du 3", want: "council.interest.own"},
		{name: "as the president that they are too", by: "e-maire", note: "Avis du 3", want: "council.interest.own"},
		{name: "a member", by: "e-ben", note: "Avis du 3", want: "council.attendance.not_yours"},
		{name: "the bureau without an opinion", by: "p-greffe", want: "note:council.required"},
		{name: "the bureau with an opinion", by: "p-greffe", note: "Avis du 3", verb: "council.interest.clear"},
		{name: "the bureau beside a deontologist", by: "p-greffe", note: "Avis du 3", code: "p-deonto", want: "council.interest.deontologist"},
		{name: "the deontologist", by: "p-deonto", note: "Peut siéger", code: "p-deonto", verb: "council.interest.advise"},
		{name: "the deontologist about themselves", by: "e-ann", note: "Peut siéger", code: "e-ann", want: "council.interest.own"},
	} {
		t.Run(s.name, func(t *testing.T) {
			forEachTown(t, func(c *town) {
				i := c.item(c.prepare(c.twoPosts(), "2018-01-22"), "Le capteur", council.ForDecision)
				if s.code != "" {
					c.codes["DEONTOLOGUE"] = id.ID(s.code)
				}
				c.ok(errOf(c.room.DeclareInterest(c.ctx, ann, council.InterestForm{Item: i.ID, Event: "recuse", Nature: council.Shares})))
				by := acttest.Agent(id.ID(s.by))
				c.wants(s.want, errOf(c.room.DeclareInterest(c.ctx, by, council.InterestForm{Item: i.ID, Post: "e-ann", Event: "clear", Note: s.note})))
				told := must(c, func() (int, error) {
					return db.One(c.ctx, c.db.Readers, db.Scalar[int], `SELECT COUNT(*) FROM act WHERE verb = $1`, s.verb)
				})
				if s.verb != "" && told != 1 {
					t.Errorf("%d acts %s", told, s.verb)
				}
			})
		})
	}
}

// TestWhoWithdrewNotesNothingOfOthers: the bureau notes what is said, those of it who take part.
func TestWhoWithdrewNotesNothingOfOthers(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.item(c.prepare(c.twoPosts(), "2018-01-22"), "Le capteur", council.ForDecision)
		c.ok(errOf(c.room.DeclareInterest(c.ctx, ann, council.InterestForm{Item: i.ID, Event: "recuse"})))
		c.wants("council.recused", errOf(c.room.DeclareInterest(c.ctx, president, council.InterestForm{Item: i.ID, Post: "e-ben", Event: "recuse"})))
		c.ok(errOf(c.room.DeclareInterest(c.ctx, secretary, council.InterestForm{Item: i.ID, Post: "e-ben", Event: "recuse"})))
	})
}

// TestWhoWithdrewLeavesTheItemInItsPlace: they put the others in any order around it, through whichever post; whoever
// takes part moves it.
func TestWhoWithdrewLeavesTheItemInItsPlace(t *testing.T) {
	for _, s := range []struct {
		name  string
		by    act.Actor
		order [3]int // of the items that come first, second and third
		want  string
	}{
		{"the others around it", president, [3]int{2, 1, 0}, ""},
		{"the item itself", president, [3]int{1, 0, 2}, "council.recused"},
		{"by putting another before it", president, [3]int{2, 0, 1}, "council.recused"},
		{"somebody who takes part", secretary, [3]int{1, 0, 2}, ""},
	} {
		t.Run(s.name, func(t *testing.T) {
			forEachTown(t, func(c *town) {
				m := c.prepare(c.twoPosts(), "2018-01-22")
				items := []council.Item{c.item(m, "Le budget", council.ForDecision), c.item(m, "Le capteur", council.ForDecision), c.item(m, "La carte", council.ForInfo)}
				c.ok(errOf(c.room.DeclareInterest(c.ctx, ann, council.InterestForm{Item: items[1].ID, Event: "recuse"})))
				var order []id.ID
				for _, n := range s.order {
					order = append(order, items[n].ID)
				}
				c.wants(s.want, c.room.OrderItems(c.ctx, s.by, m.ID, order))
			})
		})
	}
}

// TestWhoWithdrewLiftsNoMask: what was hidden in the minutes of an item stays hidden whoever else chooses passages, one
// from whom the item is kept cannot try words on it, nor say that they reviewed the whole.
func TestWhoWithdrewLiftsNoMask(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee()
		m := c.prepare(tb, "2018-01-22")
		kept, other := c.item(m, "Le capteur de Mme Untel", council.ForDecision), c.item(m, "La place de M. Chose", council.ForInfo)
		c.convene(m)
		c.ok(errOf(c.room.DeclareInterest(c.ctx, secretary, council.InterestForm{Item: kept.ID, Event: "recuse"})))
		c.arrive(tb, m, "e-maire", "e-ann", "e-ben")
		c.stepped(c.room.OpenMeeting(c.ctx, president, m.ID, c.meeting(m).Version, "", ""))
		c.stepped(c.room.CloseMeeting(c.ctx, president, m.ID, c.meeting(m).Version))
		p := must(c, func() (council.Minutes, error) { return c.room.DraftMinutes(c.ctx, president, m.ID, c.words("fr")) })
		p = must(c, func() (council.Minutes, error) { return c.room.ApproveMinutes(c.ctx, president, m.ID, p.Version) })
		of := func(i council.Item, passage string) council.Mask {
			return council.Mask{Key: "item:" + string(i.ID), Passage: passage}
		}
		p = must(c, func() (council.Minutes, error) {
			return c.room.MaskMinutes(c.ctx, president, m.ID, p.Version, []council.Mask{of(kept, "Mme Untel"), of(other, "M. Chose")})
		})
		for _, guess := range []string{"Mme Untel", "Mme Personne"} {
			c.wants("mask.item:"+string(kept.ID)+":council.minutes.not_there", errOf(c.room.MaskMinutes(c.ctx, secretary, m.ID, p.Version, []council.Mask{of(kept, guess)})))
		}
		p = must(c, func() (council.Minutes, error) {
			return c.room.MaskMinutes(c.ctx, secretary, m.ID, p.Version, []council.Mask{of(other, "place")})
		})
		c.wants("council.minutes.recused", errOf(c.room.PublishMinutes(c.ctx, secretary, m.ID, p.Version, true)))
		p = must(c, func() (council.Minutes, error) { return c.room.PublishMinutes(c.ctx, president, m.ID, p.Version, true) })
		text := council.Plain(p.Published)
		if strings.Contains(text, "Untel") || !strings.Contains(text, "Chose") || strings.Contains(text, "La place") {
			c.Errorf("published: %s", text)
		}
	})
}
