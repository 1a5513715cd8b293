package council_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/id"
)

// desk is one item of a meeting that was brought to some state.
type desk struct {
	*town
	tb    table
	m     council.Meeting
	i     council.Item
	other council.Item
	info  council.Item // for information
	b     council.Ballot
	p     council.Paper // of the item, in its first edition
}

// deskStates are where an item and its meeting may stand, each from a meeting that sits with its four voices in the room.
var deskStates = map[string]func(*desk){
	"sitting":     func(*desk) {},
	"vote":        func(d *desk) { d.opens(d.i) },
	"other vote":  func(d *desk) { d.opens(d.other) },
	"ann left":    func(d *desk) { d.opens(d.i); d.leaves("e-ann") },
	"quorum lost": func(d *desk) { d.opens(d.i); d.leaves("e-ann", "e-ben") },
	"found again": func(d *desk) { d.opens(d.i); d.leaves("e-ann", "e-ben"); d.returns("e-ann") },
	"vote on opinion": func(d *desk) {
		d.ok(deskDeeds["revise"](d)) // for an opinion
		d.opens(d.i)
	},
	"information":     func(d *desk) { d.i = d.info },
	"decided":         func(d *desk) { d.ok(deskDeeds["decide"](d)) },
	"put off":         func(d *desk) { d.ok(deskDeeds["put off"](d)); d.ok(deskDeeds["close"](d)) },
	"closed":          func(d *desk) { d.ok(deskDeeds["close"](d)) },
	"decided, closed": func(d *desk) { d.ok(deskDeeds["decide"](d)); d.ok(deskDeeds["close"](d)) },
}

// deskDeeds are the use cases that change an item, its vote or its papers.
var deskDeeds = map[string]func(*desk) error{
	"open a vote": func(d *desk) error {
		return errOf(d.room.OpenBallot(d.ctx, secretary, council.BallotForm{Item: d.i.ID, Motion: "Adopter"}))
	},
	"vote oneself": func(d *desk) error {
		return d.room.CastVoice(d.ctx, ann, d.b.ID, d.tb.seats["e-ann"].ID, council.For)
	},
	"note a hand": func(d *desk) error {
		return d.room.CastVoice(d.ctx, secretary, d.b.ID, d.tb.seats["e-ann"].ID, council.For)
	},
	"count": func(d *desk) error {
		return errOf(d.room.CloseBallot(d.ctx, secretary, council.CloseForm{Ballot: d.b.ID, Voices: d.tb.by(map[id.ID]council.Choice{"e-maire": council.For})}))
	},
	"cancel the vote": func(d *desk) error {
		return errOf(d.room.CancelBallot(d.ctx, secretary, d.b.ID, "La motion était mal posée."))
	},
	"revise": func(d *desk) error {
		return errOf(d.room.ReviseItem(d.ctx, president, d.i.ID, d.stored(d.i).Version,
			council.ItemForm{Nature: council.ForOpinion, Title: "Un autre titre", Late: "Une demande du conseil"}))
	},
	"note": func(d *desk) error {
		return errOf(d.room.TakeNote(d.ctx, secretary, d.i.ID, d.stored(d.i).Version, "Il en est pris acte."))
	},
	"put off": func(d *desk) error {
		return errOf(d.room.PostponeItem(d.ctx, secretary, d.i.ID, d.stored(d.i).Version, "Le dossier est incomplet.", ""))
	},
	"withdraw": func(d *desk) error {
		return errOf(d.room.WithdrawItem(d.ctx, secretary, d.i.ID, d.stored(d.i).Version, "Le sujet est clos."))
	},
	"preside": func(d *desk) error {
		return errOf(d.room.PresideItem(d.ctx, secretary, d.i.ID, d.stored(d.i).Version, "e-ben"))
	},
	"decide": func(d *desk) error {
		return errOf(d.room.TakeDecision(d.ctx, president, council.DecideForm{Item: d.i.ID, Version: d.stored(d.i).Version,
			Result: council.ItemAdopted, Text: "Adopter", Answers: answers()})) // the words of the motion
	},
	"new edition": func(d *desk) error { return errOf(d.hands("deux")) },
	"take back":   func(d *desk) error { return errOf(d.room.WithdrawPaper(d.ctx, secretary, d.p.ID, "Une erreur")) },
	"publish":     func(d *desk) error { return errOf(d.room.PublishPaper(d.ctx, secretary, d.p.ID)) },
	"close": func(d *desk) error {
		return errOf(d.room.CloseMeeting(d.ctx, secretary, d.m.ID, d.meeting(d.m).Version))
	},
}

// deskGuards says what each use case answers in each state; "" when it is taken. A use case that is not named there
// has nothing to work on.
var deskGuards = map[string]map[string]string{
	"sitting": {"open a vote": "", "revise": "", "note": "council.item.for_decision", "put off": "", "withdraw": "", "preside": "",
		"decide": "", "new edition": "", "take back": "", "publish": unpublished, "close": ""},
	"vote": {"open a vote": oneVote, "vote oneself": "", "note a hand": "", "count": "", "cancel the vote": "", "revise": oneVote, "put off": oneVote,
		"withdraw": oneVote, "preside": oneVote, "decide": oneVote, "new edition": underVote, "take back": underVote, "publish": unpublished, "close": oneVote},
	"other vote": {"open a vote": oneVote, "revise": oneVote, "put off": oneVote, "withdraw": oneVote, "decide": oneVote,
		"new edition": "", "take back": "", "close": oneVote},
	"vote on opinion": {"note": oneVote, "revise": oneVote, "new edition": underVote},
	"ann left":        {"vote oneself": "council.ballot.left", "note a hand": "", "count": "", "cancel the vote": ""},
	"quorum lost": {"open a vote": notOpen, "vote oneself": notOpen, "note a hand": notOpen, "count": notOpen, "cancel the vote": "",
		"revise": oneVote, "put off": oneVote, "preside": notOpen, "decide": notOpen, "new edition": underVote, "take back": underVote, "close": oneVote},
	"found again": {"vote oneself": "", "note a hand": "", "count": "", "decide": oneVote},
	"information": {"open a vote": "council.ballot.for_info", "note": "", "revise": "", "decide": "council.decision.for_info"},
	"decided": {"open a vote": itemState, "revise": itemState, "note": itemState, "put off": itemState, "withdraw": itemState, "preside": itemState,
		"decide": itemState, "new edition": itemState, "take back": "", "publish": unpublished, "close": ""},
	"decided, closed": {"new edition": "council.agenda.over", "take back": "", "publish": ""},
	"put off":         {"new edition": "council.agenda.over", "take back": "", "publish": unpublished},
	"closed":          {"open a vote": notOpen, "revise": itemState, "note": notOpen, "put off": itemState, "decide": notOpen, "publish": unpublished, "close": "council.meeting.state"},
}

const (
	oneVote   = "council.ballot.one_at_a_time"
	notOpen   = "council.meeting.not_open"
	itemState = "council.item.state"

	underVote   = "council.paper.under_vote"
	unpublished = "council.paper.before_decision"
)

// TestEveryUseCaseHoldsItsGuards tries each use case in each state.
func TestEveryUseCaseHoldsItsGuards(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee(func(f *council.CommitteeForm) { f.Voting = council.Consensus })
		for _, state := range slices.Sorted(maps.Keys(deskGuards)) {
			for _, deed := range slices.Sorted(maps.Keys(deskGuards[state])) {
				d := c.desk(tb)
				deskStates[state](d)
				if got, want := keyOf(deskDeeds[deed](d)), deskGuards[state][deed]; got != want {
					t.Errorf("%s, %s: %q, want %q", state, deed, got, want)
				}
			}
		}
	})
}

// TestAVoteWaitsForTheQuorumOfItsMatter: a council is still in number, but not for a matter from which one of those in
// the room withdrew.
func TestAVoteWaitsForTheQuorumOfItsMatter(t *testing.T) {
	forEachTown(t, func(c *town) {
		d := c.desk(c.committee(func(f *council.CommitteeForm) { f.Kind, f.Code, f.ClearDays = council.Council, "CM", true }))
		d.ok(errOf(d.room.DeclareInterest(d.ctx, cleo, council.InterestForm{Item: d.i.ID, Event: "recuse", Nature: council.Family})))
		d.opens(d.i)
		d.leaves("e-ann")
		if s := d.meeting(d.m).Status; s != council.Opened {
			d.Fatalf("the meeting is %s", s)
		}
		d.wants("council.quorum.lacking", deskDeeds["count"](d))
		d.arrive(d.tb, d.m, "e-ann")
		d.ok(deskDeeds["count"](d))
	})
}

// TestMinutesNameTheEditionVotedOn: whatever becomes of the paper after the vote, and after the meeting.
func TestMinutesNameTheEditionVotedOn(t *testing.T) {
	forEachTown(t, func(c *town) {
		d := c.desk(c.committee())
		c.vote(d.tb, d.i, map[id.ID]council.Choice{"e-maire": council.For, "e-ann": council.For, "e-ben": council.For})
		second := must(c, func() (council.Paper, error) { return d.hands("deux") })
		c.ok(deskDeeds["decide"](d))
		c.ok(deskDeeds["close"](d))
		vu := func(when string) {
			c.Helper()
			m := must(c, func() (council.Minutes, error) { return c.room.DraftMinutes(c.ctx, secretary, d.m.ID, c.words("fr")) })
			if text := council.Plain(m.Blocks); !strings.Contains(text, "Vu\u00a0: Rapport (version 1)") || strings.Contains(text, "(version 2)") {
				c.Errorf("%s: %s", when, text)
			}
		}
		vu("a second edition came after the vote")
		c.ok(errOf(c.room.WithdrawPaper(c.ctx, secretary, second.ID, "Une erreur")))
		c.ok(deskDeeds["take back"](d))
		vu("both were withdrawn")
	})
}

// TestThePresidencyPutsOffToALockedMeeting: the reason is typed once, and the minutes of the other meeting tell it.
func TestThePresidencyPutsOffToALockedMeeting(t *testing.T) {
	forEachTown(t, func(c *town) {
		d := c.desk(c.committee())
		next := c.prepare(d.tb, d.m.Day.AddDays(8))
		c.item(next, "Un premier point", council.ForInfo)
		c.stepped(c.room.ConveneMeeting(c.ctx, secretary, next.ID, next.Version, ""))
		c.clock.Move(next.LockOn.AddDays(1).Clock(9, 0))
		putOff := func(by act.Actor) error {
			return errOf(c.room.PostponeItem(c.ctx, by, d.i.ID, c.stored(d.i).Version, " Le devis manque. ", next.ID))
		}
		c.wants("council.agenda.locked", putOff(secretary))
		c.ok(putOff(president))
		if items := c.file(inside("p-mission"), next).Items; len(items) != 2 || items[1].Late != "Le devis manque." {
			c.Errorf("the agenda: %+v", items)
		}
	})
}

// TestAMeetingKeepsTheRulesUnderWhichItWasCalled: those that its committee makes since are for the next ones.
func TestAMeetingKeepsTheRulesUnderWhichItWasCalled(t *testing.T) {
	forEachTown(t, func(c *town) {
		d := c.desk(c.committee())
		told := func() string {
			return council.Plain(must(c, func() (council.Minutes, error) { return c.room.DraftMinutes(c.ctx, secretary, d.m.ID, c.words("fr")) }).Blocks)
		}
		d.leaves("e-ann", "e-ben")
		c.revises(d.tb, func(f *council.CommitteeForm) {
			f.Quorum, f.Voting, f.Method, f.PowersMax = council.NoQuorum, council.Absolute, council.RollCall, 0
		})
		c.wants("council.quorum.lacking", errOf(c.room.ResumeMeeting(c.ctx, secretary, d.m.ID, c.meeting(d.m).Version)))
		d.returns("e-ann")
		if b := c.vote(d.tb, d.i, map[id.ID]council.Choice{"e-maire": council.For}); b.Rule != council.Majority || b.Method != council.Show || b.Quorum != 3 || b.Result != council.Carried {
			c.Errorf("the vote: %+v", b)
		}
		c.ok(deskDeeds["close"](d))
		before := told()
		c.revises(d.tb, func(f *council.CommitteeForm) { f.Quorum, f.QuorumMin = council.CountQuorum, 1 })
		if after := told(); before != after || !strings.Contains(before, "3 nécessaires") {
			c.Errorf("the minutes were\n%s\nand are\n%s", before, after)
		}
		next := c.desk(d.tb)
		if b := c.file(inside("p-mission"), next.m).Base; b.Quorum != 1 {
			c.Errorf("the next meeting: %+v", b)
		}
	})
}

// revises changes the rules of a committee.
func (c *town) revises(tb table, edit func(*council.CommitteeForm)) {
	c.Helper()
	f := rules()
	f.Code = tb.Code
	edit(&f)
	now := must(c, func() (council.CommitteeFile, error) { return c.room.Committee(c.ctx, inside("p-mission"), tb.Code) })
	c.ok(errOf(c.room.ReviseCommittee(c.ctx, mission, tb.ID, now.Version, f)))
}

// TestPapersOfAMatterPutOffWaitForItsDecision: the first meeting is over, the second one decides.
func TestPapersOfAMatterPutOffWaitForItsDecision(t *testing.T) {
	forEachTown(t, func(c *town) {
		d := c.desk(c.committee(func(f *council.CommitteeForm) { f.Voting = council.Consensus }))
		later := c.prepare(d.tb, d.m.Day.AddDays(30))
		c.ok(errOf(c.room.PostponeItem(c.ctx, secretary, d.i.ID, c.stored(d.i).Version, "À compléter", later.ID)))
		c.ok(deskDeeds["close"](d))
		c.wants(unpublished, deskDeeds["publish"](d))
		c.open(d.tb, later)
		c.ok(errOf(c.room.TakeDecision(c.ctx, president, council.DecideForm{Item: c.stored(d.i).MovedTo, Version: 1,
			Result: council.ItemAdopted, Text: "Le plan est adopté.", Answers: answers()})))
		c.ok(deskDeeds["publish"](d))
	})
}

// desk opens a new meeting of the committee.
func (c *town) desk(tb table) *desk {
	c.Helper()
	d := &desk{town: c, tb: tb, m: c.prepare(tb, calendar.DayOf(c.clock.Now()).AddDays(14))}
	d.i, d.other = c.item(d.m, "Plan vélo", council.ForDecision), c.item(d.m, "Un autre point", council.ForDecision)
	d.info = c.item(d.m, "Une information", council.ForInfo)
	d.p = must(c, func() (council.Paper, error) { return d.hands("une") })
	c.open(tb, d.m)
	return d
}

// hands in the report of the item, or its next edition.
func (d *desk) hands(words string) (council.Paper, error) {
	return d.room.AddPaper(d.ctx, secretary, council.PaperForm{Item: d.i.ID, Kind: council.Report, Title: "Rapport", Thread: d.p.Thread, File: pdf(words)})
}

func (d *desk) opens(i council.Item) {
	d.b = must(d, func() (council.Ballot, error) {
		return d.room.OpenBallot(d.ctx, secretary, council.BallotForm{Item: i.ID, Motion: "Adopter"})
	})
}

func (d *desk) leaves(posts ...id.ID) {
	d.pass(time.Minute)
	d.stepped(d.room.Leave(d.ctx, secretary, council.ArriveForm{Meeting: d.m.ID, Members: d.tb.ids(posts...)}))
	d.pass(time.Hour)
}

// returns brings members back into a meeting that was suspended for want of them.
func (d *desk) returns(posts ...id.ID) {
	d.arrive(d.tb, d.m, posts...)
	d.stepped(d.room.ResumeMeeting(d.ctx, secretary, d.m.ID, d.meeting(d.m).Version))
}
