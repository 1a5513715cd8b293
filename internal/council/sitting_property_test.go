package council_test

import (
	"flag"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// few tries a property of whole sequences a few times: each case is dozens of acts on a real database.
// `-rapid.checks` asks for more.
func few(t *testing.T, property func(*rapid.T)) {
	t.Helper()
	n := flag.Lookup("rapid.checks").Value
	if usual := n.String(); usual == flag.Lookup("rapid.checks").DefValue {
		if err := n.Set("8"); err != nil {
			t.Fatal(err)
		}
		defer n.Set(usual)
	}
	rapid.Check(t, property)
}

// sitting is a meeting to which anything may happen, and what the test knows of it by itself.
type sitting struct {
	*town
	r       *rapid.T
	tb      table
	m       council.Meeting
	items   []council.Item
	papers  map[id.ID]bool           // handed in
	away    map[id.ID]map[id.ID]bool // by item, posts recused
	sealed  map[id.ID]council.Tally  // votes that are closed
	decided map[id.ID]string         // digests of decisions
	in      map[id.ID]bool           // posts in the room
}

var voters = []id.ID{"e-maire", "e-ann", "e-ben", "e-cleo"}

// TestSittingsKeepTheInvariants does anything at random at meetings of one city, whoever is in the room, and
// looks after each step at what I7 to I10, I17, I25 and I27 of the governance model promise.
func TestSittingsKeepTheInvariants(t *testing.T) {
	forEachTown(t, func(c *town) {
		n := 0
		few(t, func(r *rapid.T) {
			n++
			s := newSitting(c, r, n)
			r.Repeat(map[string]func(*rapid.T){
				"": s.holds, "arrive": s.arrives, "leave": s.leaves, "declare": s.declares, "paper": s.handsIn, "withdraw": s.withdraws,
				"ballot": s.opens, "cast": s.casts, "close": s.closes, "decide": s.decides, "resume": s.resumes, "end of a mandate": s.ends,
				"leave during a vote": s.leavesVote, "revise committee": s.revisesRules,
			})
			s.published()
			clear(c.left)
		})
	})
}

// refused lets a use case say no, in words; anything else that fails is a defect.
func (s *sitting) refused(err error) bool {
	if k := fault.KindOf(err); err != nil && (k == fault.Internal || k == fault.Unavailable) {
		s.r.Fatalf("%v", err)
	}
	return err != nil
}

func (s *sitting) must(err error) {
	if err != nil {
		s.r.Fatalf("%v", err)
	}
}

func newSitting(c *town, r *rapid.T, n int) *sitting {
	s := &sitting{town: c, r: r, papers: map[id.ID]bool{}, away: map[id.ID]map[id.ID]bool{}, sealed: map[id.ID]council.Tally{}, decided: map[id.ID]string{}, in: map[id.ID]bool{}}
	method := rapid.SampledFrom([]council.Method{council.Show, council.RollCall, council.Secret}).Draw(r, "method")
	kind := rapid.SampledFrom([]council.Kind{council.Copil, council.Council}).Draw(r, "kind")
	clear1 := rapid.Bool().Draw(r, "clear days")
	s.tb = c.committee(func(f *council.CommitteeForm) {
		f.Kind, f.Code, f.Method, f.ClearDays = kind, fmt.Sprintf("K%d", n), method, clear1
		f.Voting = rapid.SampledFrom([]council.Voting{council.Consensus, council.Majority, council.Absolute, council.Chair}).Draw(r, "voting")
		if kind == council.Council { // the law sets its rules
			f.Voting, f.ClearDays = council.Majority, true
			if method == council.Secret {
				f.Method = council.Show
			}
		}
	})
	day := calendar.DayOf(c.clock.Now()).AddDays(rapid.IntRange(15, 60).Draw(r, "days ahead"))
	s.m = c.prepare(s.tb, day)
	s.deadlines()
	for k := range 2 {
		i := c.item(s.m, fmt.Sprint("Point ", k), council.ForDecision)
		s.items, s.away[i.ID] = append(s.items, i), map[id.ID]bool{}
	}
	if rapid.Bool().Draw(r, "a power") {
		s.must(c.room.SayAttendance(c.ctx, secretary, s.m.ID, s.tb.seats["e-cleo"].ID, council.Represented, s.tb.seats["e-maire"].ID))
	}
	rooms := [][]id.ID{{"e-maire", "e-ann", "e-ben", "p-greffe"}, append([]id.ID{"p-greffe"}, voters...)}
	if kind.Deputised() {
		rooms = append(rooms, []id.ID{"e-maire", "p-dep", "e-ben", "p-greffe"})
	}
	room := rapid.SampledFrom(rooms).Draw(r, "in the room")
	c.open(s.tb, s.m, room...)
	for _, post := range room {
		s.in[post] = true
	}
	return s
}

// deadlines: I25, on the days of Paris. The lock and the notice of a house fall on working days, no later than the
// rules say; clear days are those of the law, which counts every day.
func (s *sitting) deadlines() {
	working := calendar.Metropole.IsWorkingDay
	if !working(s.m.LockOn) || s.m.LockOn.DaysUntil(s.m.Day) < s.tb.LockDays {
		s.r.Fatalf("I25: the agenda is locked on %s, %d days before %s", s.m.LockOn, s.tb.LockDays, s.m.Day)
	}
	clear := s.m.ConveneBy.ClearDaysUntil(s.m.Day)
	switch {
	case s.tb.ClearDays && clear != s.tb.Notice, !s.tb.ClearDays && (clear+1 < s.tb.Notice || !working(s.m.ConveneBy)):
		s.r.Fatalf("I25: called by %s, %d days before %s", s.m.ConveneBy, s.tb.Notice, s.m.Day)
	}
}

func (s *sitting) post() id.ID {
	return rapid.SampledFrom([]id.ID{"e-maire", "e-ann", "e-ben", "e-cleo", "p-dep"}).Draw(s.r, "post")
}

func (s *sitting) which() council.Item { return rapid.SampledFrom(s.items).Draw(s.r, "item") }

func (s *sitting) arrives(*rapid.T) {
	s.pass(time.Minute)
	post := s.post()
	if !s.refused(s.room.Arrive(s.ctx, secretary, council.ArriveForm{Meeting: s.m.ID, Members: s.tb.ids(post)})) {
		s.in[post] = true
	}
}

func (s *sitting) leaves(*rapid.T) {
	s.pass(time.Minute)
	s.departs(s.post())
}

func (s *sitting) departs(post id.ID) {
	_, err := s.room.Leave(s.ctx, secretary, council.ArriveForm{Meeting: s.m.ID, Members: s.tb.ids(post)})
	if !s.refused(err) {
		s.in[post] = false
	}
}

// leavesVote has somebody leave while a vote is open, who then tries to vote.
func (s *sitting) leavesVote(*rapid.T) {
	_, b, open := s.voting()
	if !open {
		return
	}
	s.pass(time.Minute)
	post := s.post()
	s.departs(post)
	s.voice(b, post, post)
}

// revisesRules has the committee change its rules: the model of this meeting does not.
func (s *sitting) revisesRules(*rapid.T) {
	f := rules()
	f.Code, f.Kind = s.tb.Code, rapid.SampledFrom([]council.Kind{council.Copil, council.Council}).Draw(s.r, "kind now")
	f.Quorum = rapid.SampledFrom([]council.Quorum{council.NoQuorum, council.HalfQuorum, council.ThirdQuorum}).Draw(s.r, "quorum now")
	now, err := s.room.Committee(s.ctx, inside("p-mission"), s.tb.Code)
	s.must(err)
	_, err = s.room.ReviseCommittee(s.ctx, mission, s.tb.ID, now.Version, f)
	s.refused(err)
}

func (s *sitting) sits() bool { return s.meeting(s.m).Status == council.Opened }

func (s *sitting) resumes(*rapid.T) {
	_, err := s.room.ResumeMeeting(s.ctx, secretary, s.m.ID, s.meeting(s.m).Version)
	s.refused(err)
}

func (s *sitting) declares(*rapid.T) {
	f := council.InterestForm{Item: s.which().ID, Post: s.post(), Event: rapid.SampledFrom([]string{"deny", "declare", "recuse", "recuse", "clear"}).Draw(s.r, "event"),
		Nature: council.InterestNatures()[0], Note: "Une parente y travaille."}
	i, err := s.room.DeclareInterest(s.ctx, secretary, f)
	if !s.refused(err) {
		s.away[f.Item][f.Post] = i.Status == council.Recused
	}
}

func (s *sitting) handsIn(*rapid.T) {
	i := s.which()
	f := council.PaperForm{Item: i.ID, Kind: council.Report, Title: "Rapport",
		Link: "https://ged.valmont.example/1", Digest: council.DigestOf(fmt.Sprint(len(s.papers), s.m.ID))}
	if before := s.stored(i).Papers; len(before) > 0 && rapid.Bool().Draw(s.r, "an edition") {
		f.Thread = before[0].Thread
	}
	p, err := s.room.AddPaper(s.ctx, secretary, f)
	if !s.refused(err) {
		s.papers[p.ID] = true
		s.unvoted(i)
	}
}

func (s *sitting) withdraws(*rapid.T) {
	for p := range s.papers {
		got, err := s.room.WithdrawPaper(s.ctx, secretary, p, "Une erreur")
		if !s.refused(err) {
			s.unvoted(council.Item{ID: got.Item, Meeting: s.m.ID})
		}
		return
	}
}

// unvoted: the papers of an item did not change while it was voted on.
func (s *sitting) unvoted(i council.Item) {
	if on, _, open := s.voting(); open && on.ID == i.ID {
		s.r.Fatalf("the papers of %s changed during its vote", i.ID)
	}
}

// opens puts a motion to the vote and counts the base anew from what the test knows.
func (s *sitting) opens(*rapid.T) {
	i := s.which()
	b, err := s.room.OpenBallot(s.ctx, secretary, council.BallotForm{Item: i.ID, Motion: "Adopter"})
	if s.refused(err) {
		return
	}
	seats, recused := 0, 0
	for _, p := range voters {
		switch _, left := s.left[p]; {
		case left:
		case s.away[i.ID][p]:
			recused++
		default:
			seats++
		}
	}
	base := seats
	if s.tb.Kind == council.Council {
		base += recused
	}
	if b.Seats != seats || b.Recused != recused || b.Quorum != base/2+1 || b.InRoom < b.Quorum || b.Entitled > seats {
		s.r.Fatalf("I7: %d seats and %d recused make %+v", seats, recused, b.Base)
	}
}

func (s *sitting) voting() (council.ItemFile, council.BallotFile, bool) {
	return s.file(inside("p-mission"), s.m).OpenBallot()
}

func (s *sitting) choice() council.Choice {
	return rapid.SampledFrom(council.Choices()).Draw(s.r, "choice")
}

func (s *sitting) casts(*rapid.T) {
	_, b, open := s.voting()
	if !open {
		return
	}
	post := s.post()
	by := rapid.SampledFrom([]id.ID{post, "p-greffe"}).Draw(s.r, "by")
	s.voice(b, post, by)
}

// voice gives a voice: nobody gives one who left, nor while the meeting does not sit.
func (s *sitting) voice(b council.BallotFile, post, by id.ID) {
	err := s.room.CastVoice(s.ctx, acttestAgent(by), b.ID, s.tb.seats[post].ID, s.choice())
	if !s.refused(err) && (!s.sits() || by == post && !s.in[post]) {
		s.r.Fatalf("I7: %s votes, in the room %v, at a meeting that is %s", by, s.in, s.meeting(s.m).Status)
	}
}

func (s *sitting) closes(*rapid.T) {
	_, b, open := s.voting()
	if !open {
		return
	}
	f := council.CloseForm{Ballot: b.ID, Voices: map[id.ID]council.Choice{}}
	if b.Method == council.Secret {
		draw := func(name string) int { return rapid.IntRange(-1, 4).Draw(s.r, name) }
		f.Voices, f.Tally = nil, council.Tally{For: draw("for"), Against: draw("against"), Abstain: draw("abstain")}
	} else {
		f.Voices[s.tb.seats[s.post()].ID] = s.choice()
	}
	done, err := s.room.CloseBallot(s.ctx, secretary, f)
	if !s.refused(err) {
		if s.sealed[done.ID] = done.Tally; !s.sits() {
			s.r.Fatalf("I7: a vote was counted at a meeting that does not sit")
		}
	}
}

// decides leaves out one of the answers half of the time: then nothing is adopted (I9).
func (s *sitting) decides(*rapid.T) {
	i := s.which()
	f := council.DecideForm{Item: i.ID, Version: s.stored(i).Version, Answers: answers(),
		Result: rapid.SampledFrom([]council.ItemStatus{council.ItemAdopted, council.ItemRejected}).Draw(s.r, "result")}
	missing := rapid.SampledFrom([]string{"", "", "for", "why"}).Draw(s.r, "missing")
	switch missing {
	case "for":
		f.Answers.Segments, f.Answers.Places = nil, nil
	case "why":
		f.Answers.Motive = " "
	}
	d, err := s.room.TakeDecision(s.ctx, president, f)
	if s.refused(err) {
		return
	}
	if missing != "" {
		s.r.Fatalf("I9: a decision without %q was taken: %+v", missing, d)
	}
	s.decided[i.ID] = d.Digest
}

func (s *sitting) ends(*rapid.T) {
	if post := s.post(); post != "e-maire" && rapid.IntRange(0, 3).Draw(s.r, "does it end") == 0 {
		s.left[post] = s.m.Day
	}
}

// holds looks at everything after a step.
func (s *sitting) holds(*rapid.T) {
	f := s.file(inside("p-mission"), s.m)
	seen := map[id.ID]bool{}
	for _, i := range f.Items {
		for _, p := range i.Papers {
			seen[p.ID] = true
		}
		for _, b := range i.Ballots {
			s.vote(i, b)
		}
		if d := i.Decision; d != nil && (d.Answers.Motive == "" || len(d.Answers.Segments) == 0 || d.Digest != council.DigestOf(d.Text) || d.Digest != s.decided[i.ID]) {
			s.r.Fatalf("I9, I10: %+v", d)
		}
	}
	for p := range s.papers {
		if !seen[p] {
			s.r.Fatalf("I17: a paper is gone")
		}
	}
	for _, m := range f.Assembly.Seats {
		if _, left := s.left[m.Post]; left {
			s.r.Fatalf("I27: %s left and still sits", m.Post)
		}
	}
	s.kept()
}

// TestWhoeverIsRecusedDuringAVoteHasNoVoice takes back a voice that was given, and the seat from the base.
func TestWhoeverIsRecusedDuringAVoteHasNoVoice(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee()
		m := c.prepare(tb, "2018-01-22")
		i := c.item(m, "Plan vélo", council.ForDecision)
		c.open(tb, m)
		b := must(c, func() (council.Ballot, error) {
			return c.room.OpenBallot(c.ctx, secretary, council.BallotForm{Item: i.ID, Motion: "Adopter"})
		})
		c.ok(c.room.CastVoice(c.ctx, ann, b.ID, tb.seats["e-ann"].ID, council.For))
		c.ok(errOf(c.room.DeclareInterest(c.ctx, ann, council.InterestForm{Item: i.ID, Event: "recuse"})))
		b = must(c, func() (council.Ballot, error) {
			return c.room.CloseBallot(c.ctx, secretary, council.CloseForm{Ballot: b.ID,
				Voices: tb.by(map[id.ID]council.Choice{"e-maire": council.For, "e-ben": council.Against, "e-cleo": council.Against})})
		})
		if b.For != 1 || b.Against != 2 || b.Total() != 3 || b.Entitled != 3 || b.Recused != 1 || b.Result != council.Defeated {
			c.Errorf("%+v", b)
		}
		for _, v := range c.stored(i).Ballots[0].Voices {
			if v.Post == "e-ann" && v.Choice != council.Apart {
				c.Errorf("a recused voice is kept: %+v", v)
			}
		}
	})
}

// vote: I7. No more voices than entitled, none twice, none of the recused, and what is counted does not move.
func (s *sitting) vote(i council.ItemFile, b council.BallotFile) {
	if b.Total() > b.Entitled || b.Entitled > b.Base.Seats || b.InRoom < b.Quorum {
		s.r.Fatalf("I7: %+v", b.Ballot)
	}
	if b.Method == council.Secret && len(b.Voices) > 0 {
		s.r.Fatalf("a secret vote keeps voices: %+v", b.Voices)
	}
	members := map[id.ID]bool{}
	for _, v := range b.Voices {
		if members[v.Member] {
			s.r.Fatalf("I7: a seat voted twice: %+v", b.Voices)
		}
		members[v.Member] = true
		if b.Status == council.BallotOpen && s.away[i.ID][v.Post] && v.Choice != council.Apart {
			s.r.Fatalf("I7: %s is recused and has a voice: %+v", v.Post, b.Voices)
		}
	}
	if was, closed := s.sealed[b.ID]; closed && was != b.Tally {
		s.r.Fatalf("I7: a closed vote moved from %+v to %+v", was, b.Tally)
	}
}

// kept: I8. Who is recused reads neither file nor debate of the matter, nor opens its papers.
func (s *sitting) kept() {
	for _, post := range voters {
		f := s.file(inside(post), s.m)
		for _, i := range f.Items {
			if i.Withheld != s.away[i.ID][post] {
				s.r.Fatalf("I8: %s reads item %s, withheld %v", post, i.Title, i.Withheld)
			}
			if i.Withheld && (i.Summary != "" || i.Debate != "" || len(i.Papers)+len(i.Ballots) > 0 || i.Decision != nil && s.decided[i.ID] == "") {
				s.r.Fatalf("I8: %s reads %+v", post, i)
			}
		}
	}
	for p := range s.papers {
		got, err := s.room.PaperFor(s.ctx, inside("p-mission"), p)
		s.must(err)
		for _, post := range voters {
			if _, err := s.room.PaperFor(s.ctx, inside(post), p); (keyOf(err) == "council.recused") != s.away[got.Item][post] {
				s.r.Fatalf("I8: %s opens the paper: %v", post, err)
			}
		}
		return // one is enough at each step
	}
}

// published ends the meeting and publishes its minutes: what was approved is what is read (I10).
func (s *sitting) published() {
	if _, b, open := s.voting(); open {
		_, err := s.room.CancelBallot(s.ctx, secretary, b.ID, "La séance est levée.")
		s.must(err)
	}
	s.pass(time.Minute)
	_, err := s.room.CloseMeeting(s.ctx, secretary, s.m.ID, s.meeting(s.m).Version)
	s.must(err)
	p, err := s.room.DraftMinutes(s.ctx, secretary, s.m.ID, s.words("fr"))
	s.must(err)
	p, err = s.room.ApproveMinutes(s.ctx, secretary, s.m.ID, p.Version)
	s.must(err)
	p, err = s.room.PublishMinutes(s.ctx, secretary, s.m.ID, p.Version, true)
	s.must(err)
	read := s.file(anonymous, s.m).Minutes
	if text := council.Plain(read.Blocks); council.DigestOf(text) != p.PublishedDigest || p.PublishedDigest != p.Digest || strings.Contains(text, "⟦") {
		s.r.Fatalf("I10: what is read is not what was approved")
	}
}
