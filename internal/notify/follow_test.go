package notify_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/job"
	"parvis/internal/notify"
)

func TestAnAddressFollowsOnlyOnceConfirmed(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		about := news("un").About
		ask := func(email string) {
			c.traffic(func(tx *db.Tx) error { return c.n.AskFollow(tx, about, "Un", email, "fr") })
		}
		publish := func() string {
			n := news("un")
			n.Followers = true
			c.tell(n)
			c.clock.Advance(24 * time.Hour)
			return recipients(c.work())
		}
		ask("dan@habitants.example")
		asked := c.work()
		if recipients(asked) != "dan" {
			t.Fatalf("asked %s", recipients(asked))
		}
		if got := publish(); got != "" {
			t.Errorf("before confirmation: %s", got)
		}
		_, rest, _ := strings.Cut(asked[0].Text, "/confirm/")
		confirm, _, _ := strings.Cut(rest, "\n")
		if ref, err := c.n.ReadConfirm(context.Background(), c.db.Readers, confirm); err != nil || ref != about {
			t.Errorf("%v, %v", ref, err)
		}
		if got := publish(); got != "" {
			t.Errorf("after reading the link: %s", got)
		}
		c.traffic(func(tx *db.Tx) error { _, err := c.n.Confirm(tx, confirm); return err })
		c.traffic(func(tx *db.Tx) error { return c.n.Follow(tx, about, "cleo") })
		n := news("un")
		n.Followers = true
		c.tell(n)
		c.clock.Advance(24 * time.Hour)
		got := c.work()
		if recipients(got) != "cleo dan" {
			t.Fatalf("after confirmation: %s", recipients(got))
		}
		ask("dan@habitants.example")
		if again := c.work(); len(again) > 0 {
			t.Errorf("asked again: %s", recipients(again))
		}
		private := offered()
		private.About, private.Followers = about, true
		c.tell(private)
		c.clock.Advance(24 * time.Hour)
		if leaked := c.work(); len(leaked) > 0 {
			t.Errorf("what is for agents went to %s", recipients(leaked))
		}
		if err := c.end(token(got[1])); err != nil {
			t.Fatal(err)
		}
		c.traffic(func(tx *db.Tx) error { return c.n.Unfollow(tx, about, "cleo") })
		if got := publish(); got != "" {
			t.Errorf("after the end: %s", got)
		}
	})
}

func TestNobodysMailboxIsFlooded(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		for i := range 10 {
			about := act.Ref{Type: "initiative", ID: id.ID(rune('a' + i))}
			c.traffic(func(tx *db.Tx) error { return c.n.AskFollow(tx, about, "x", "victim@habitants.example", "fr") })
		}
		if got := c.work(); len(got) != 4 {
			t.Errorf("%d mails in an hour", len(got))
		}
	})
}

func TestEachAgentGetsTheRoundOnce(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		wait := func(account id.ID, name string) notify.Awaited {
			return notify.Awaited{Account: account, Heading: "t.wait", Key: "t.wait.item", Args: []any{"name", name}, About: act.Ref{Type: "part", ID: "p"}}
		}
		c.awaited = []notify.Awaited{wait("ada", "un"), wait("cleo", "x"), wait("ada", "deux"), wait("bob", "trois")}
		c.traffic(func(tx *db.Tx) error { return c.n.Choose(tx, "bob", notify.Waiting, notify.Never) })
		c.work()
		c.clock.Advance(7 * 24 * time.Hour)
		got := c.work()
		if recipients(got) != "ada" || strings.Count(got[0].Text, "Vos parts") != 1 || strings.Count(got[0].Text, "Répondre pour") != 2 {
			t.Fatalf("%+v", got)
		}
		i := slices.IndexFunc(c.n.Jobs(c.db), func(k job.Kind) bool { return k.Name == "notify.round.send" })
		again := c.n.Jobs(c.db)[i]
		again.Next = job.Each(time.Hour)
		w, err := job.NewWorkers(c.db, c.clock, 1, again)
		if err != nil {
			t.Fatal(err)
		}
		c.traffic(func(tx *db.Tx) error { return tx.Exec(`DELETE FROM job`) })
		w.Work(context.Background())
		c.clock.Advance(26 * time.Hour)
		if n, err := w.Work(context.Background()); n != 1 || err != nil {
			t.Fatalf("%d, %v", n, err)
		}
		if got := c.work(); len(got) > 0 {
			t.Errorf("the round of Monday came again on Tuesday: %s", recipients(got))
		}
	})
}

func TestWhoIsForgottenIsToldNothing(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.tell(news("un", "cleo"))
		c.traffic(func(tx *db.Tx) error { return c.n.Follow(tx, news("un").About, "cleo") })
		c.traffic(func(tx *db.Tx) error { return c.n.Forget(tx, "cleo", "cleo@habitants.example") })
		c.clock.Advance(48 * time.Hour)
		if got := c.work(); len(got) > 0 {
			t.Errorf("told %s", recipients(got))
		}
	})
}
