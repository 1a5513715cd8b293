package identity_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parvis/internal/fault"
	"parvis/internal/identity"
)

// register makes a passkey for the visitor and gives the session that follows.
func (c *town) register(v identity.Visitor, key *authenticator) identity.Pass {
	c.t.Helper()
	options, ceremony, err := c.BeginPasskey(ctx, v)
	if err != nil {
		c.t.Fatal(err)
	}
	return must(c.FinishPasskey(ctx, v, ceremony, key.create(options), "Téléphone", browser))
}

// enter signs in with a passkey.
func (c *town) enter(key *authenticator) (identity.Pass, error) {
	c.t.Helper()
	options, ceremony, err := c.BeginAssertion(ctx)
	if err != nil {
		c.t.Fatal(err)
	}
	return c.SignInByPasskey(ctx, ceremony, key.assert(options), browser, "")
}

func TestAPasskeyMakesAnAgentAct(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.agent("Camille Roux", "camille@ville.fr")
		link := c.byLink("camille@ville.fr")
		key := newAuthenticator(t)
		pass := c.register(c.visitor(link.Token), key)
		if c.visitor(link.Token).SignedIn() {
			t.Error("the token from before the passkey still opens the session")
		}
		v := c.visitor(pass.Token)
		if v.ReadOnly || v.Means != identity.ByPasskey || identity.RequireFresh(v, c.clock.Now()) != nil {
			t.Errorf("after registering: %+v", v)
		}
		again := c.visitor(must(c.enter(key)).Token)
		if again.Account != v.Account || again.ReadOnly || identity.RequireFresh(again, c.clock.Now()) != nil {
			t.Errorf("after signing in: %+v", again)
		}
		if byLink := c.visitor(c.byLink("camille@ville.fr").Token); !byLink.ReadOnly {
			t.Error("a link gives more than reading to an agent who has a passkey")
		}
		if list := must(c.Passkeys(ctx, v)); len(list) != 1 || list[0].Label != "Téléphone" {
			t.Errorf("passkeys: %+v", list)
		}
	})
}

func TestAStolenMailboxAddsNoPasskey(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.agent("Camille Roux", "camille@ville.fr")
		own := c.register(c.visitor(c.byLink("camille@ville.fr").Token), newAuthenticator(t))
		thief := c.visitor(c.byLink("camille@ville.fr").Token)
		_, _, err := c.BeginPasskey(ctx, thief)
		refused(t, err, fault.Unauthenticated, "identity.fresh_required")
		own = c.register(c.visitor(own.Token), newAuthenticator(t)) // the owner may, soon after a proof
		c.clock.Advance(identity.FreshFor + time.Second)
		_, _, err = c.BeginPasskey(ctx, c.visitor(own.Token))
		refused(t, err, fault.Unauthenticated, "identity.fresh_required")
	})
}

func TestTheFirstPasskeyIsMadeSoonAfterTheLink(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.agent("Camille Roux", "camille@ville.fr")
		v := c.visitor(c.byLink("camille@ville.fr").Token)
		c.clock.Advance(31 * time.Minute)
		_, _, err := c.BeginPasskey(ctx, v)
		refused(t, err, fault.Unauthenticated, "identity.fresh_required")
	})
}

func TestAnAnswerThatIsWrongIsRefused(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.agent("Camille Roux", "camille@ville.fr")
		key := newAuthenticator(t)
		c.register(c.visitor(c.byLink("camille@ville.fr").Token), key)
		stranger := newAuthenticator(t)
		for _, test := range []struct {
			name   string
			mutate func(*authenticator)
		}{
			{"another site", func(a *authenticator) { a.origin = "https://parvis.exemple.org" }},
			{"a neighbour of the domain", func(a *authenticator) { a.origin = "https://autre.exemple.fr" }},
			{"plain http", func(a *authenticator) { a.origin = "http://parvis.exemple.fr" }},
			{"no verification of the user", func(a *authenticator) { a.unverified = true }},
			{"an answer to a registration", func(a *authenticator) { a.typ = "webauthn.create" }},
			{"another key under the same id", func(a *authenticator) { a.key = stranger.key }},
			{"an unknown key", func(a *authenticator) { a.id = stranger.id }},
			{"another account's handle", func(a *authenticator) { a.handle = []byte("0190d0a0-0000-7000-8000-000000000000") }},
			{"no handle", func(a *authenticator) { a.handle = nil }},
		} {
			wrong := *key
			test.mutate(&wrong)
			if _, err := c.enter(&wrong); fault.KindOf(err) != fault.Unauthenticated {
				t.Errorf("%s: %v", test.name, err)
			}
		}
		if _, err := c.enter(key); err != nil { // the control
			t.Errorf("the right answer: %v", err)
		}
	})
}

func TestAChallengeServesOnce(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.agent("Camille Roux", "camille@ville.fr")
		v := c.visitor(c.byLink("camille@ville.fr").Token)
		key := newAuthenticator(t)
		options, ceremony, err := c.BeginPasskey(ctx, v)
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.SignInByPasskey(ctx, ceremony, key.assert(options), browser, "")
		refused(t, err, fault.Unauthenticated, "identity.ceremony.gone") // of another kind
		c.register(v, key)

		options, ceremony, err = c.BeginAssertion(ctx)
		if err != nil {
			t.Fatal(err)
		}
		answer := key.assert(options)
		var entered atomic.Int64
		var wg sync.WaitGroup
		for range 16 {
			wg.Go(func() {
				if _, err := c.SignInByPasskey(ctx, ceremony, answer, browser, ""); err == nil {
					entered.Add(1)
				}
			})
		}
		wg.Wait()
		if entered.Load() != 1 {
			t.Errorf("one answer let in %d times", entered.Load())
		}
		_, ceremony, _ = c.BeginAssertion(ctx)
		_, err = c.SignInByPasskey(ctx, ceremony, answer, browser, "")
		refused(t, err, fault.Unauthenticated, "identity.passkey.refused") // an old answer to a new challenge
		options, ceremony, _ = c.BeginAssertion(ctx)
		c.clock.Advance(identity.CeremonyFor + time.Second)
		_, err = c.SignInByPasskey(ctx, ceremony, key.assert(options), browser, "")
		refused(t, err, fault.Unauthenticated, "identity.ceremony.gone")
	})
}

func TestAClonedKeyIsRefusedAndNoted(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.agent("Camille Roux", "camille@ville.fr")
		key := newAuthenticator(t)
		c.register(c.visitor(c.byLink("camille@ville.fr").Token), key)
		clone := *key
		for range 3 {
			must(c.enter(key))
		}
		_, err := c.enter(&clone)
		refused(t, err, fault.Unauthenticated, "identity.passkey.refused")
		kinds := c.kinds()
		if kinds[len(kinds)-1] != identity.PasskeyCloned {
			t.Errorf("the security log ends with %v", kinds)
		}
	})
}

func TestConfirmingTakesOnesOwnKey(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.agent("Camille Roux", "camille@ville.fr")
		c.agent("Nour Diallo", "nour@ville.fr")
		mine, theirs := newAuthenticator(t), newAuthenticator(t)
		pass := c.register(c.visitor(c.byLink("camille@ville.fr").Token), mine)
		c.register(c.visitor(c.byLink("nour@ville.fr").Token), theirs)
		c.clock.Advance(time.Hour)
		v := c.visitor(pass.Token)
		refused(t, identity.RequireFresh(v, c.clock.Now()), fault.Unauthenticated, "identity.fresh_required")
		options, ceremony, _ := c.BeginAssertion(ctx)
		_, err := c.Confirm(ctx, v, ceremony, theirs.assert(options), browser)
		refused(t, err, fault.Denied, "identity.passkey.other")
		options, ceremony, _ = c.BeginAssertion(ctx)
		confirmed := must(c.Confirm(ctx, v, ceremony, mine.assert(options), browser))
		if c.visitor(pass.Token).SignedIn() {
			t.Error("the token from before the confirmation still opens the session")
		}
		if now := c.visitor(confirmed.Token); now.Session != v.Session || identity.RequireFresh(now, c.clock.Now()) != nil {
			t.Errorf("after confirming: %+v", now)
		}
	})
}

func TestAKeyIsRenamedAndRemovedByItsOwner(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.agent("Camille Roux", "camille@ville.fr")
		c.agent("Nour Diallo", "nour@ville.fr")
		key := newAuthenticator(t)
		v := c.visitor(c.register(c.visitor(c.byLink("camille@ville.fr").Token), key).Token)
		other := c.visitor(c.register(c.visitor(c.byLink("nour@ville.fr").Token), newAuthenticator(t)).Token)
		list := must(c.Passkeys(ctx, v))
		refused(t, c.RemovePasskey(ctx, other, list[0].ID, browser), fault.NotFound, "identity.passkey.not_found")
		refused(t, c.RenamePasskey(ctx, other, list[0].ID, "X"), fault.NotFound, "identity.passkey.not_found")
		if err := c.RenamePasskey(ctx, v, list[0].ID, "Clé du bureau"); err != nil || must(c.Passkeys(ctx, v))[0].Label != "Clé du bureau" {
			t.Errorf("renaming: %v", err)
		}
		if err := c.RemovePasskey(ctx, v, list[0].ID, browser); err != nil {
			t.Fatal(err)
		}
		_, err := c.enter(key)
		refused(t, err, fault.Unauthenticated, "identity.passkey.refused")
	})
}

func TestASiteWithoutADomainHasNoPasskeys(t *testing.T) {
	bare := func(cfg *identity.Config) { cfg.Origin = "http://127.0.0.1:8080" }
	eachWith(t, bare, func(t *testing.T, c *town) {
		c.agent("Camille Roux", "camille@ville.fr")
		v := c.visitor(c.byLink("camille@ville.fr").Token)
		_, _, err := c.BeginPasskey(ctx, v)
		refused(t, err, fault.Unavailable, "identity.passkey.no_domain")
		_, _, err = c.BeginAssertion(ctx)
		refused(t, err, fault.Unavailable, "identity.passkey.no_domain")
	})
}
