package council_test

import (
	"testing"

	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/db"
	"parvis/internal/id"
)

// assembly is a deliberating council: five clear days, more than half of its members.
func (c *town) assembly() table {
	c.Helper()
	return c.committee(func(f *council.CommitteeForm) {
		f.Code, f.Kind, f.NameFR, f.NameEN = "CM", council.Council, "Conseil municipal", "City council"
		f.Notice, f.ClearDays, f.LockDays = 5, true, 1
	})
}

func (c *town) call(m council.Meeting, urgency string) error {
	return errOf(c.room.ConveneMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version, urgency))
}

func (c *town) move(m council.Meeting, day calendar.Day, clock, urgency string) error {
	f := council.MeetingForm{Day: day, Clock: clock, Place: m.Place, Urgency: urgency}
	return errOf(c.room.ReviseMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version, f))
}

// TestTheNoticeOfACouncil: five clear days, which an urgency shortens to one, never to less (CGCT, art. L2121-12).
func TestTheNoticeOfACouncil(t *testing.T) {
	for _, s := range []struct {
		name    string
		today   calendar.Day
		urgency string
		want    string
		items   int
	}{
		{"a Saturday is the last day, and no urgency is asked", "2018-04-07", "", "", 1},
		{"five clear days are no longer left", "2018-04-08", "", "urgency:council.meeting.notice_too_short", 1},
		{"an urgency is voted on first", "2018-04-11", "Une inondation", "", 2},
		{"one clear day is not left", "2018-04-12", "Une inondation", "council.meeting.floor", 1},
	} {
		t.Run(s.name, func(t *testing.T) {
			forEachTown(t, func(c *town) {
				m := c.prepare(c.assembly(), "2018-04-13")
				c.item(m, "Budget", council.ForDecision)
				c.clock.Move(s.today.Clock(9, 0))
				c.wants(s.want, c.call(m, s.urgency))
				items := c.file(inside("p-mission"), m).Items
				if len(items) != s.items || s.items == 2 && (items[0].Title != "Urgence de la convocation" || items[0].Summary != s.urgency || items[0].Rank != 1) {
					c.Errorf("the agenda: %+v", items)
				}
			})
		})
	}
}

// TestAMeetingThatComesNearer asks what convening asks.
func TestAMeetingThatComesNearer(t *testing.T) {
	forEachTown(t, func(c *town) {
		copil, cm := c.prepare(c.committee(), "2018-03-20"), c.prepare(c.assembly(), "2018-03-20")
		for _, m := range []council.Meeting{copil, cm} {
			c.item(m, "Plan vélo", council.ForDecision)
		}
		c.clock.Move(calendar.Day("2018-03-12").Clock(9, 0))
		c.ok(c.call(copil, ""))
		c.ok(c.call(cm, ""))
		for _, s := range []struct {
			m              council.Meeting
			day            calendar.Day
			clock, urgency string
			want           string
		}{
			{copil, "2018-03-13", "14:30", "", "urgency:council.meeting.notice_too_short"},
			{copil, "2018-03-26", "14:30", "", ""},
			{copil, "2018-03-13", "14:30", "Le marché finit demain", ""},
			{cm, "2018-03-13", "14:30", "Le marché finit demain", "council.meeting.floor"},
			{cm, "2018-03-14", "14:30", "", "urgency:council.meeting.notice_too_short"},
			{cm, "2018-03-18", "14:30", "", ""},
			{cm, "2018-03-19", "14:30", "", ""},
			{cm, "2018-03-14", "14:30", "Le marché finit demain", ""},
		} {
			c.wants(s.want, c.move(s.m, s.day, s.clock, s.urgency))
		}
		if items := c.file(inside("p-mission"), cm).Items; len(items) != 2 || items[0].Title != "Urgence de la convocation" {
			c.Errorf("the council does not vote on the urgency: %+v", items)
		}
	})
}

// TestTheAgendaOfACouncilIsThatOfItsNotice (CGCT, art. L2121-10): a matter to vote on is added only while the
// members can be called to it in time.
func TestTheAgendaOfACouncilIsThatOfItsNotice(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.assembly()
		m := c.prepare(tb, "2018-01-22")
		i := c.item(m, "Budget", council.ForDecision)
		c.ok(c.call(m, ""))
		c.item(m, "Emprunt", council.ForDecision)
		c.clock.Move(calendar.Day("2018-01-17").Clock(9, 0))
		late := council.ItemForm{Nature: council.ForDecision, Title: "Oublié", Late: "un oubli"}
		add := func() error { return errOf(c.room.AddItem(c.ctx, president, m.ID, late)) }
		c.wants("council.agenda.called", add())
		c.wants("council.agenda.called", errOf(c.room.AddQuestions(c.ctx, president, m.ID, council.ForDecision, []id.ID{c.question().ID}, "un oubli")))
		c.wants("council.agenda.called", errOf(c.room.ReviseItem(c.ctx, president, i.ID, c.stored(i).Version, council.ItemForm{Nature: council.ForInfo, Title: "Autre", Late: "x"})))
		late.Nature = council.ForInfo
		c.ok(add())
		c.clock.Move(m.Starts())
		c.arrive(tb, m, "e-maire", "e-ann", "e-ben", "e-cleo")
		c.begin(tb, m)
		late.Nature = council.ForOpinion
		c.wants("council.agenda.called", add())
	})
}

// TestASecondCall: without quorum the same matters come back after three clear days, and need none (CGCT, art. L2121-17).
func TestASecondCall(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.assembly()
		m := c.prepare(tb, "2018-01-22")
		i := c.item(m, "Budget", council.ForDecision)
		c.item(m, "Emprunt", council.ForDecision)
		c.ok(c.call(m, ""))
		again := func(day calendar.Day) (council.Meeting, error) {
			return c.room.ConveneAgain(c.ctx, secretary, m.ID, c.meeting(m).Version, council.MeetingForm{Day: day, Clock: "18:00"})
		}
		c.wants("council.meeting.too_early", errOf(again("2018-01-29")))
		c.clock.Move(m.Starts())
		c.arrive(tb, m, "e-maire", "e-ann")
		c.wants("council.quorum.lacking", errOf(c.room.OpenMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version, "", "e-ann")))
		c.wants("day:council.again.interval", errOf(again("2018-01-25")))
		second := must(c, func() (council.Meeting, error) { return again("2018-01-26") })
		if got := c.meeting(m); got.Status != council.Closed || second.Again != m.ID || second.ConveneBy != "2018-01-22" {
			c.Fatalf("the first is %s, the second %+v", got.Status, second)
		}
		f := c.file(inside("p-mission"), second)
		if len(f.Items) != 2 || f.Items[0].Title != "Budget" || f.Items[0].Root != i.ID || len(f.Calls) != 1 {
			c.Fatalf("the second agenda: %+v", f.Items)
		}
		if first := c.file(inside("p-mission"), m); len(first.Calls) != 1 || first.Items[0].Status != council.ItemPostponed {
			c.Errorf("the first leads to %+v", first.Calls)
		}
		c.ok(errOf(c.room.DraftMinutes(c.ctx, secretary, m.ID, c.words("fr"))))
		c.wants("council.agenda.again", errOf(c.room.AddItem(c.ctx, president, second.ID, council.ItemForm{Nature: council.ForInfo, Title: "Autre"})))
		c.ok(c.call(second, ""))
		c.clock.Move(second.Starts())
		c.arrive(tb, second, "e-maire")
		c.stepped(c.room.OpenMeeting(c.ctx, secretary, second.ID, c.meeting(second).Version, "", "e-maire"))
		c.vote(tb, f.Items[0].Item, map[id.ID]council.Choice{"e-maire": council.For})
	})
}

// TestWhoWasCalled: the letters that left and the calls that a person noted, until what they were called to changes.
func TestWhoWasCalled(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee()
		m := c.prepare(tb, "2018-01-22")
		i := c.item(m, "Plan vélo", council.ForDecision)
		paper := func(on calendar.Day) error {
			return errOf(c.room.CallOtherwise(c.ctx, secretary, council.CallForm{Meeting: m.ID, Member: tb.seats["e-ben"].ID, Means: council.ByPaper, On: on}))
		}
		c.wants("council.call.not_convened", paper(firstDay))
		before := m.Sequence
		c.ok(c.call(m, ""))
		m = c.meeting(m)
		if m.Sequence <= before || m.ChangedAt.IsZero() {
			c.Errorf("convening leaves the entry of agendas as it was: %d, %s", m.Sequence, m.ChangedAt)
		}
		c.wants("on:council.call.day", paper(firstDay.AddDays(1)))
		c.ok(paper(firstDay))
		c.ok(c.db.Writer.Traffic(c.ctx, func(tx *db.Tx) error { return c.room.CalledIn(tx, m, "e-ann") }))
		c.told(tb, m, map[id.ID]council.Told{"e-ben": {Means: council.ByPaper, On: firstDay}, "e-ann": {Means: council.ByMail, On: firstDay}, "e-cleo": {}})
		c.ok(errOf(c.room.WithdrawItem(c.ctx, secretary, i.ID, i.Version, "pas prêt")))
		c.told(tb, m, map[id.ID]council.Told{"e-ben": {Means: council.ByPaper, On: firstDay, Stale: true}, "e-ann": {Means: council.ByMail, On: firstDay, Stale: true}})
		calling := must(c, func() (council.Calling, error) { return c.room.CallingOf(c.ctx, m.ID) })
		if calling.Agenda() != "" {
			c.Errorf("a withdrawn item is in the letter: %s", calling.Agenda())
		}
		if f := c.file(anonymous, m); f.Told != nil {
			c.Error("who was reached is read outside")
		}
	})
}

func (c *town) told(tb table, m council.Meeting, want map[id.ID]council.Told) {
	c.Helper()
	f := c.file(inside("p-mission"), m)
	for post, w := range want {
		if got := f.Told[tb.seats[post].ID]; got != w {
			c.Errorf("%s was told %+v, want %+v", post, got, w)
		}
	}
}

// TestTheListOfDeliberations: what a council examined, read again by a person, online within a week.
func TestTheListOfDeliberations(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.assembly()
		m := c.prepare(tb, "2018-01-22")
		voted, left := c.item(m, "Subvention à Mme Untel", council.ForDecision), c.item(m, "Emprunt", council.ForDecision)
		c.item(m, "Point d’étape", council.ForInfo)
		publish := func(version int64, reviewed bool) (council.List, error) {
			return c.room.PublishList(c.ctx, secretary, m.ID, version, map[id.ID]string{voted.ID: "Subvention à une personne"}, reviewed)
		}
		c.open(tb, m)
		c.wants("council.list.not_yet", errOf(publish(0, true)))
		c.vote(tb, voted, map[id.ID]council.Choice{"e-maire": council.For, "e-ann": council.For, "e-ben": council.For, "e-cleo": council.For})
		c.ok(errOf(c.room.TakeDecision(c.ctx, president, council.DecideForm{Item: voted.ID, Version: c.stored(voted).Version, Result: council.ItemAdopted, Answers: answers()})))
		c.ok(errOf(c.room.WithdrawItem(c.ctx, secretary, left.ID, c.stored(left).Version, "pas prêt")))
		c.stepped(c.room.CloseMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version))
		lists := func() int {
			return len(must(c, func() (council.Pending, error) { return c.room.Pending(c.ctx, inside("p-greffe")) }).Lists)
		}
		if n := lists(); n != 1 {
			c.Errorf("%d lists wait for the secretary", n)
		}
		c.wants("council.list.not_found", errOf(c.room.ListOf(c.ctx, anonymous, c.file(anonymous, m))))
		c.wants("reviewed:council.list.review", errOf(publish(0, false)))
		l := must(c, func() (council.List, error) { return publish(0, true) })
		c.wants("council.stale", errOf(publish(0, true)))
		got := must(c, func() (council.List, error) { return c.room.ListOf(c.ctx, anonymous, c.file(anonymous, m)) })
		if len(got.Lines) != 2 || got.Lines[0].Object != "Subvention à une personne" || got.Lines[0].Outcome != council.ItemAdopted || got.Lines[0].Number == "" ||
			got.Lines[1].Outcome != council.ItemWithdrawn || got.PublishedOn != "2018-01-22" || l.Version != 1 {
			c.Errorf("the list outside: %+v", got)
		}
		if n := lists(); n != 0 {
			c.Errorf("%d lists still wait", n)
		}
	})
}

// TestAnUrgencyIsKnownByWhatItIs: not by its title, which anybody may give to another matter, or change.
func TestAnUrgencyIsKnownByWhatItIs(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.assembly()
		held := c.prepare(tb, "2018-01-22")
		c.item(held, "Plan vélo", council.ForInfo)
		c.open(tb, held)
		c.stepped(c.room.CloseMeeting(c.ctx, secretary, held.ID, c.meeting(held).Version))
		c.ok(errOf(c.room.DraftMinutes(c.ctx, secretary, held.ID, c.words("fr"))))

		m := c.prepare(tb, "2018-02-12")
		bare := c.bare(m, "Urgence de la convocation", council.ForDecision)
		c.clock.Move(calendar.Day("2018-02-08").Clock(9, 0))
		c.wants("council.note.missing", c.call(m, "Une inondation"))
		c.ok(errOf(c.room.ReviseItem(c.ctx, secretary, bare.ID, c.stored(bare).Version, council.ItemForm{Nature: council.ForDecision, Title: bare.Title, Summary: "Une note"})))
		c.ok(c.call(m, "Une inondation"))
		urgency := c.file(inside("p-mission"), m).Items[0]
		if urgency.ID == bare.ID || urgency.Summary != "Une inondation" {
			c.Fatalf("the vote on the urgency: %+v", urgency.Item)
		}
		c.ok(c.move(m, "2018-03-12", "14:30", "")) // there is time again: the agenda may be rectified
		c.ok(errOf(c.room.ReviseItem(c.ctx, president, urgency.ID, urgency.Version, council.ItemForm{Nature: council.ForDecision, Title: "L’urgence", Late: "mieux dit"})))
		added := must(c, func() ([]council.Item, error) {
			return c.room.AddApprovals(c.ctx, president, m.ID, "à approuver", c.words("fr"))
		})
		if items := c.file(inside("p-mission"), m).Items; items[0].ID != urgency.ID || items[1].ID != added[0].ID {
			c.Errorf("the urgency is voted on first: %q, %q", items[0].Title, items[1].Title)
		}
	})
}
