package portfolio_test

import (
	"testing"

	"parvis/internal/portfolio"
)

func TestAnAddressFollowsOnceItHasConfirmed(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.signal("Collecte")
		follow := func(email string) (portfolio.FollowAsk, error) {
			return c.room.Follow(c.ctx, anonymous, i.ID, email, "fr")
		}
		c.wants("portfolio.initiative.not_found", second(follow("a@exemple.fr")))
		c.publish(i)
		c.wants("email:portfolio.follow.bad_address", second(follow("pas une adresse")))
		ask := must(c, func() (portfolio.FollowAsk, error) { return follow("A@exemple.fr") })
		followers := func() []portfolio.Follower {
			return must(c, func() ([]portfolio.Follower, error) { return c.room.Followers(c.ctx, i.ID) })
		}
		must(c, func() (portfolio.Summary, error) { return c.room.ReadFollow(c.ctx, ask.Confirm) })
		if len(followers()) != 0 {
			t.Error("opening the link confirmed it")
		}
		c.wants("portfolio.follow.unknown", c.room.ConfirmFollow(c.ctx, "guess"))
		c.ok(c.room.ConfirmFollow(c.ctx, ask.Confirm))
		if got := followers(); len(got) != 1 || got[0].Email != "a@exemple.fr" {
			t.Fatalf("followers %+v", got)
		}
		if again := must(c, func() (portfolio.FollowAsk, error) { return follow("a@exemple.fr") }); again.Confirm != "" {
			t.Error("an address that follows is written to again")
		}
		c.ok(c.room.LeaveFollow(c.ctx, followers()[0].Leave))
		if len(followers()) != 0 {
			t.Error("still follows")
		}
	})
}
