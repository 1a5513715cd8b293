package council_test

import (
	"context"
	"testing"

	"parvis/internal/council"
	"parvis/internal/fault"
	"parvis/internal/identity"
)

// The secret address of an agenda shows what its owner has to attend and to sign, until it is taken back; a
// new one ends the one before, and whoever left the city has an empty agenda.
func TestTheSecretAgenda(t *testing.T) {
	inChancery(t, func(c *chancery) {
		c.open(c.paper("", false).ID)
		v := c.seen("DIR-DPE")
		v.Person = c.city.Persons["DIR-DPE"]
		posts := func(context.Context, council.FeedOwner) ([]identity.PostRef, error) { return v.Posts, nil }
		none := func(context.Context, council.FeedOwner) ([]identity.PostRef, error) { return nil, nil }
		_, err := c.room.NewFeed(c.ctx, identity.Visitor{})
		if fault.KindOf(err) != fault.Denied {
			c.Error(err)
		}
		first, err := c.room.NewFeed(c.ctx, v)
		c.ok(err)
		a, err := c.room.Feed(c.ctx, first, posts)
		c.ok(err)
		if len(a.Meetings) != 1 || len(a.Visas) != 1 || a.Meetings[0].Of.Code != "COPIL" {
			c.Errorf("%+v", a)
		}
		if a, err := c.room.Feed(c.ctx, first, none); err != nil || len(a.Meetings)+len(a.Visas) != 0 {
			c.Errorf("whoever left reads %+v, %v", a, err)
		}
		second, err := c.room.NewFeed(c.ctx, v)
		c.ok(err)
		_, err = c.room.Feed(c.ctx, first, posts)
		c.wants("council.feed.revoked", err)
		_, err = c.room.Feed(c.ctx, second, posts)
		c.ok(err)
		c.ok(c.room.RevokeFeed(c.ctx, v))
		_, err = c.room.Feed(c.ctx, second, posts)
		c.wants("council.feed.revoked", err)
		_, err = c.room.Feed(c.ctx, "x", posts)
		c.wants("council.feed.unknown", err)
	})
}

// The entry of a meeting keeps its UID; its sequence and status follow the meeting.
func TestTheEntryOfAMeetingFollowsIt(t *testing.T) {
	inChancery(t, func(c *chancery) {
		mission := c.city.Agent("MISSION")
		all, err := c.room.CommitteeMeetings(c.ctx, c.seen("MISSION"), "COPIL")
		c.ok(err)
		m := all[0].Meeting
		before := all[0].Entry("fr", "valmont.example", "", c.clock.Now())
		m, err = c.room.ConveneMeeting(c.ctx, mission, m.ID, m.Version, "")
		c.ok(err)
		m, err = c.room.ReviseMeeting(c.ctx, mission, m.ID, m.Version, council.MeetingForm{Title: m.Title, Day: "2018-04-28", Clock: "15:00"})
		c.ok(err)
		_, err = c.room.CancelMeeting(c.ctx, mission, m.ID, m.Version, "Grève")
		c.ok(err)
		all, err = c.room.CommitteeMeetings(c.ctx, c.seen("MISSION"), "COPIL")
		c.ok(err)
		after := all[0].Entry("fr", "valmont.example", "", c.clock.Now())
		if after.UID != before.UID || after.Sequence <= before.Sequence || after.Status != "CANCELLED" || before.Status != "TENTATIVE" {
			c.Errorf("before %+v\nafter %+v", before, after)
		}
	})
}
