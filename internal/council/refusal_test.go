package council_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/blob/blobtest"
	"parvis/internal/council"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// TestRefusals says what each use case answers to what it cannot take.
func TestRefusals(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee()
		m, later := c.prepare(tb, "2018-01-22"), c.prepare(tb, "2018-02-19")
		i := c.item(m, "Plan vélo", council.ForDecision)
		c.wants("code:council.committee.code_taken", errOf(c.room.FoundCommittee(c.ctx, mission, rules())))
		c.wants("role:council.member.one_president", errOf(c.room.SeatMember(c.ctx, mission, council.SeatForm{Committee: tb.ID, Post: "e-new", Role: council.President})))
		c.wants("post:council.member.twice", errOf(c.room.SeatMember(c.ctx, mission, council.SeatForm{Committee: tb.ID, Post: "e-ann", Role: council.Advisory})))
		c.wants("stands_in:council.member.stands_in", errOf(c.room.SeatMember(c.ctx, mission, council.SeatForm{Committee: tb.ID, Post: "e-new", Role: council.Deputy, StandsIn: tb.seats["p-expert"].ID})))
		c.wants("council.meeting.no_agenda", errOf(c.room.ConveneMeeting(c.ctx, secretary, later.ID, later.Version, "")))
		c.wants("council.stale", errOf(c.room.ReviseItem(c.ctx, secretary, i.ID, i.Version+1, council.ItemForm{Nature: council.ForDecision, Title: "Autre"})))
		c.locked(m, i)
		c.powers(tb, m)
		c.sitting(tb, m, i)
		c.wants("council.agenda.over", errOf(c.room.AddItem(c.ctx, president, m.ID, council.ItemForm{Nature: council.ForInfo, Title: "Trop tard", Late: "oubli"})))
		c.wants("to:council.item.same_meeting", errOf(c.room.PostponeItem(c.ctx, secretary, c.item(later, "Autre", council.ForInfo).ID, 1, "pas prêt", later.ID)))
	})
}

// locked: after the lock only the president adds an item, and says why.
func (c *town) locked(m council.Meeting, i council.Item) {
	c.Helper()
	c.clock.Move(council.Meeting{Day: "2018-01-20", Clock: "09:00"}.Starts())
	c.wants("urgency:council.meeting.notice_too_short", errOf(c.room.ConveneMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version, "")))
	c.stepped(c.room.ConveneMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version, "Inondation : le conseil en rendra compte"))
	late := council.ItemForm{Nature: council.ForInfo, Title: "Imprévu"}
	c.wants("council.agenda.locked", errOf(c.room.AddItem(c.ctx, secretary, m.ID, late)))
	c.wants("late:council.agenda.late_reason", errOf(c.room.AddItem(c.ctx, president, m.ID, late)))
	c.wants("council.agenda.locked", errOf(c.room.ReviseItem(c.ctx, secretary, i.ID, i.Version, council.ItemForm{Nature: council.ForDecision, Title: "Autre"})))
	late.Late = "Une inondation"
	c.ok(errOf(c.room.AddItem(c.ctx, president, m.ID, late)))
}

// powers: one member holds at most as many as the rules say, and only the member or the bureau says so.
func (c *town) powers(tb table, m council.Meeting) {
	c.Helper()
	say := func(by, of, to id.ID) error {
		return c.room.SayAttendance(c.ctx, acttestAgent(by), m.ID, tb.seats[of].ID, council.Represented, tb.seats[to].ID)
	}
	c.wants("council.attendance.not_yours", say("e-ben", "e-ann", "e-cleo"))
	c.wants("proxy:council.attendance.proxy", say("e-ann", "e-ann", "p-expert"))
	c.ok(say("e-ann", "e-ann", "e-maire"))
	c.wants("proxy:council.attendance.too_many", say("e-ben", "e-ben", "e-maire"))
}

func (c *town) sitting(tb table, m council.Meeting, i council.Item) {
	c.Helper()
	c.wants("council.presence.too_early", c.room.Arrive(c.ctx, secretary, council.ArriveForm{Meeting: m.ID, Members: tb.ids("e-ben")}))
	c.clock.Move(m.Starts())
	c.arrive(tb, m, "e-maire", "e-ben")
	c.wants("council.quorum.lacking", errOf(c.room.OpenMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version, "", "")))
	c.arrive(tb, m, "e-cleo")
	c.wants("president:council.meeting.president", errOf(c.room.OpenMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version, "e-ann", "")))
	c.stepped(c.room.OpenMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version, "", "p-greffe"))
	take := council.DecideForm{Item: i.ID, Version: c.stored(i).Version, Result: council.ItemAdopted, Text: "Adopter", Answers: answers()}
	c.wants("council.decision.no_vote", errOf(c.room.TakeDecision(c.ctx, president, take)))
	b := must(c, func() (council.Ballot, error) {
		return c.room.OpenBallot(c.ctx, secretary, council.BallotForm{Item: i.ID, Motion: "Adopter"})
	})
	if b.Entitled != 4 || b.InRoom != 3 {
		c.Errorf("three in the room and one power: %+v", b.Base)
	}
	cast := func(by id.ID, of id.ID, ch council.Choice) error {
		return c.room.CastVoice(c.ctx, acttestAgent(by), b.ID, tb.seats[of].ID, ch)
	}
	c.wants("council.ballot.not_yours", cast("e-ben", "e-cleo", council.For))
	c.wants("voice."+string(tb.seats["p-expert"].ID)+":council.ballot.not_entitled", cast("p-expert", "p-expert", council.For))
	c.ok(cast("e-ben", "e-ben", council.For))
	c.wants("council.ballot.twice", cast("e-ben", "e-ben", council.Against))
	c.ok(cast("e-maire", "e-ann", council.For))
	c.wants("council.ballot.one_at_a_time", errOf(c.room.CloseMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version)))
	c.wants("council.bureau_only", errOf(c.room.CloseBallot(c.ctx, ben, council.CloseForm{Ballot: b.ID})))
	b = must(c, func() (council.Ballot, error) {
		return c.room.CloseBallot(c.ctx, secretary, council.CloseForm{Ballot: b.ID, Voices: tb.by(map[id.ID]council.Choice{"e-maire": council.Against})})
	})
	if b.For != 2 || b.Against != 1 || b.Result != council.Carried {
		c.Errorf("the vote: %+v", b)
	}
	c.secret(i)
	take.Result, take.Version = council.ItemRejected, c.stored(i).Version
	c.wants("result:council.decision.against_vote", errOf(c.room.TakeDecision(c.ctx, president, take)))
	take.Result = council.ItemAdopted
	c.wants("text:council.decision.not_the_motion", errOf(c.room.TakeDecision(c.ctx, president, take)))
	take.Text, take.Chosen = "Encore", 1
	c.wants("chosen:council.decision.not_the_option", errOf(c.room.TakeDecision(c.ctx, president, take)))
	take.Text, take.Chosen, take.Answers.Motive = "", 0, ""
	c.wants("act.incomplete", errOf(c.room.TakeDecision(c.ctx, president, take)))
	take.Answers, take.Actions = answers(), slices.Repeat([]portfolio.NewAction{{What: "x", Unit: "u-mission", Due: "2018-03-01"}}, 51)
	c.wants("actions:council.actions.too_many", errOf(c.room.TakeDecision(c.ctx, president, take)))
	take.Actions = nil
	c.ok(errOf(c.room.TakeDecision(c.ctx, president, take)))
	c.wants("council.item.state", errOf(c.room.TakeDecision(c.ctx, president, take)))
	c.stepped(c.room.CloseMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version))
}

// secret: a secret vote keeps totals and no name, and no more of them than there are voices.
func (c *town) secret(i council.Item) {
	c.Helper()
	b := must(c, func() (council.Ballot, error) {
		return c.room.OpenBallot(c.ctx, secretary, council.BallotForm{Item: i.ID, Motion: "Encore", Method: council.Secret})
	})
	c.wants("council.ballot.secret", c.room.CastVoice(c.ctx, ben, b.ID, c.file(inside("p-mission"), council.Meeting{ID: i.Meeting}).Assembly.Seats[0].ID, council.For))
	closing := func(t council.Tally) error {
		return errOf(c.room.CloseBallot(c.ctx, secretary, council.CloseForm{Ballot: b.ID, Tally: t}))
	}
	c.wants("for:council.ballot.too_many", closing(council.Tally{For: 3, Against: 2}))
	c.wants("against:council.ballot.negative", closing(council.Tally{For: 3, Against: -2}))
	c.wants("for:council.ballot.nobody", closing(council.Tally{}))
	c.ok(closing(council.Tally{For: 3, Against: 1}))
	c.wants("council.ballot.state", closing(council.Tally{For: 1}))
	for _, f := range c.file(inside("p-mission"), council.Meeting{ID: i.Meeting}).Items {
		for _, b := range f.Ballots {
			if b.Method == council.Secret && len(b.Voices) > 0 {
				c.Error("a secret vote keeps names")
			}
		}
	}
}

// TestPapers hands in what people hand in: hostile files, editions, links.
func TestPapers(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee()
		m := c.prepare(tb, "2018-01-22")
		i, other := c.item(m, "Plan vélo", council.ForDecision), c.item(m, "Autre", council.ForInfo)
		add := func(f council.PaperForm) (council.Paper, error) {
			if f.Item == "" {
				f.Item = i.ID
			}
			if f.Kind == "" {
				f.Kind = council.Report
			}
			return c.room.AddPaper(c.ctx, secretary, f)
		}
		for want, f := range blobtest.Refused() {
			c.wants(want, errOf(add(council.PaperForm{Title: f.Title, Link: f.Link, Digest: f.Digest, File: f.File})))
		}
		for name, file := range blobtest.Unaccepted() {
			c.wants("blob.media", errOf(add(council.PaperForm{Title: name, File: file})))
		}
		c.wants("link:blob.paper.https", errOf(add(council.PaperForm{Title: "Lien", Link: "http://ged.example/1", Digest: strings.Repeat("ab", 32)})))
		c.wants("digest:blob.paper.digest", errOf(add(council.PaperForm{Title: "Lien", Link: "https://ged.example/1"})))
		p := must(c, func() (council.Paper, error) {
			return add(council.PaperForm{Title: "../../etc/passwd", File: pdf("un")})
		})
		c.wants("file:blob.paper.same", errOf(add(council.PaperForm{Title: "Rapport", Thread: p.Thread, File: pdf("un")})))
		c.wants("thread:council.paper.other_item", errOf(add(council.PaperForm{Item: other.ID, Title: "Rapport", Thread: p.Thread, File: pdf("deux")})))
		v2 := must(c, func() (council.Paper, error) {
			return add(council.PaperForm{Title: "Rapport", Thread: p.Thread, File: pdf("deux")})
		})
		if v2.Edition != 2 || v2.Digest == p.Digest {
			c.Errorf("the second edition: %+v", v2)
		}
		papers := c.stored(i).Papers
		if len(papers) != 2 || len(blob.Latest(papers)) != 1 || blob.Latest(papers)[0].ID != v2.ID {
			c.Fatalf("the editions: %+v", papers)
		}
		c.wants("council.paper.before_decision", errOf(c.room.PublishPaper(c.ctx, secretary, p.ID)))
		c.ok(errOf(c.room.WithdrawPaper(c.ctx, secretary, v2.ID, "Erreur de fichier")))
		if papers = blob.Latest(c.stored(i).Papers); len(papers) != 1 || papers[0].ID != p.ID {
			c.Errorf("the first edition is in force again: %+v", papers)
		}
	})
}

func pdf(text string) *strings.Reader { return strings.NewReader("%PDF-1.4\n" + text) }

// macros is an office document that carries macros.
// TestRecused keeps file, score and debate of a matter from a recused member, wherever it is put.
func TestRecused(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee()
		m, later := c.prepare(tb, "2018-01-22"), c.prepare(tb, "2018-02-19")
		q := c.question()
		i := must(c, func() ([]council.Item, error) {
			return c.room.AddQuestions(c.ctx, secretary, m.ID, council.ForDecision, []id.ID{q.ID}, "")
		})[0]
		p := must(c, func() (council.Paper, error) {
			return c.room.AddPaper(c.ctx, secretary, council.PaperForm{Item: i.ID, Kind: council.Report, Title: "Le rapport", File: pdf("x")})
		})
		c.wants("council.attendance.not_yours", errOf(c.room.DeclareInterest(c.ctx, ben, council.InterestForm{Item: i.ID, Post: "e-ann", Event: "recuse"})))
		c.wants("nature:council.choose", errOf(c.room.DeclareInterest(c.ctx, ann, council.InterestForm{Item: i.ID, Event: "declare"})))
		c.ok(errOf(c.room.DeclareInterest(c.ctx, ann, council.InterestForm{Item: i.ID, Event: "recuse", Nature: council.Shares, Note: "Parts chez un fournisseur"})))
		c.withheld("e-ann", m, i, p, true)
		c.withheld("e-ben", m, i, p, false)
		for name, err := range map[string]error{
			"paper":    errOf(c.room.AddPaper(c.ctx, ann, council.PaperForm{Item: i.ID, Kind: council.Note, Title: "x", File: pdf("y")})),
			"withdraw": errOf(c.room.WithdrawItem(c.ctx, ann, i.ID, i.Version, "x")),
			"debate":   errOf(c.room.WriteDebate(c.ctx, ann, i.ID, i.Version, "x")),
		} {
			if keyOf(err) != "council.recused" {
				c.Errorf("%s by a recused member: %v", name, err)
			}
		}
		// Put off to another meeting, the matter is the same.
		c.ok(errOf(c.room.PostponeItem(c.ctx, secretary, i.ID, c.stored(i).Version, "Pas prêt", later.ID)))
		next := c.file(inside("p-mission"), later).Items[0]
		c.withheld("e-ann", later, next.Item, p, true)
		if len(next.Papers) != 1 || next.From == nil || next.From.Number != m.Number {
			c.Errorf("the item taken up: %+v", next)
		}
		c.open(tb, later)
		b := must(c, func() (council.Ballot, error) {
			return c.room.OpenBallot(c.ctx, secretary, council.BallotForm{Item: next.ID, Option: 1})
		})
		if b.Seats != 3 || b.Base.Recused != 1 || b.Entitled != 3 || b.Quorum != 2 {
			c.Errorf("the base of the vote: %+v", b.Base)
		}
		c.wants("council.recused", c.room.CastVoice(c.ctx, ann, b.ID, tb.seats["e-ann"].ID, council.For))
		c.wants("council.interest.own", errOf(c.room.DeclareInterest(c.ctx, ann, council.InterestForm{Item: next.ID, Event: "clear", Note: "fini"})))
	})
}

// withheld reads a meeting as a post and checks whether the item shows more than its title.
func (c *town) withheld(post id.ID, m council.Meeting, i council.Item, p council.Paper, kept bool) {
	c.Helper()
	f, _ := c.file(inside(post), m).Item(i.ID)
	bare := f.Question == nil && len(f.Papers) == 0 && f.Summary == "" && f.Debate == ""
	if f.Withheld != kept || bare != kept || f.Title == "" {
		c.Errorf("%s reads %+v, withheld %v wanted", post, f, kept)
	}
	_, err := c.room.PaperFor(c.ctx, inside(post), p.ID)
	if want := map[bool]string{true: "council.recused", false: ""}[kept]; keyOf(err) != want {
		c.Errorf("%s opens the paper: %v", post, err)
	}
}

// TestEffaced takes a text out of every row that says the same, in the middle of the minutes too.
func TestEffaced(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee()
		m := c.prepare(tb, "2018-01-22")
		i := c.item(m, "Plan vélo", council.ForInfo)
		c.open(tb, m)
		const said = "Mme Untel habite au 12 rue du Port."
		c.ok(errOf(c.room.TakeNote(c.ctx, secretary, i.ID, c.stored(i).Version, said)))
		c.pass(time.Minute)
		c.stepped(c.room.CloseMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version))
		c.ok(errOf(c.room.DraftMinutes(c.ctx, secretary, m.ID, c.words("fr"))))
		text := must(c, func() (id.ID, error) {
			return db.One(c.ctx, c.db.Readers, db.Scalar[id.ID], `SELECT id FROM act_text WHERE body = $1`, said)
		})
		c.ok(errOf(act.EraseText(c.ctx, c.log, mission, act.Erasure{Text: text, Copies: []act.Copies{c.room.EffaceCopies}})))
		f := c.file(inside("p-mission"), m)
		if f.Items[0].Debate != act.Effaced || strings.Contains(council.Plain(f.Minutes.Blocks), "Untel") {
			c.Errorf("the text is still there: %+v", f.Minutes.Blocks)
		}
	})
}
