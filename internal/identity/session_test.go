package identity_test

import (
	"testing"
	"time"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

func TestASessionEndsByIdlenessAndByAge(t *testing.T) {
	for _, test := range []struct {
		name  string
		steps []time.Duration // a request after each
		lives bool
	}{
		{"used within the hour", []time.Duration{time.Hour, time.Hour}, true},
		{"idle for eight hours", []time.Duration{time.Hour, 8*time.Hour + 10*time.Minute}, false},
		{"used all day", []time.Duration{6 * time.Hour, 6 * time.Hour, 6 * time.Hour, 5 * time.Hour}, true},
		{"used for more than a day", []time.Duration{6 * time.Hour, 6 * time.Hour, 6 * time.Hour, 6*time.Hour + time.Second}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			each(t, func(t *testing.T, c *town) {
				c.agent("Camille Roux", "camille@ville.fr")
				token := c.byLink("camille@ville.fr").Token
				var v identity.Visitor
				for _, step := range test.steps {
					c.clock.Advance(step)
					v = c.visitor(token)
				}
				if v.SignedIn() != test.lives {
					t.Errorf("signed in: %v", v.SignedIn())
				}
				if err := c.Sweep(ctx); err != nil {
					t.Fatal(err)
				}
				if n := c.count(`SELECT COUNT(*) FROM op_session`); (n == 1) != test.lives {
					t.Errorf("%d sessions are left after the sweep", n)
				}
			})
		})
	}
}

func TestSigningInMakesANewToken(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.resident("Inès Morel", "ines@exemple.fr")
		planted := c.byLink("ines@exemple.fr").Token
		if err := c.RequestLink(ctx, "ines@exemple.fr", "fr", "", browser); err != nil {
			t.Fatal(err)
		}
		pass := must(c.UseLink(ctx, c.lastToken(), browser, planted))
		if pass.Token == planted || c.visitor(planted).SignedIn() || !c.visitor(pass.Token).SignedIn() {
			t.Error("the token from before the sign-in still opens a session")
		}
	})
}

func TestPeopleSeeAndRevokeTheirOwnSessions(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.resident("Inès Morel", "ines@exemple.fr")
		c.resident("Autre Personne", "autre@exemple.fr")
		here, there := c.byLink("ines@exemple.fr"), c.byLink("ines@exemple.fr")
		foreign := c.byLink("autre@exemple.fr")
		v := c.visitor(here.Token)
		list := must(c.Sessions(ctx, v))
		if len(list) != 2 || list[0].Device != "Firefox, Linux" || list[0].SeenAt.Second() != 0 || list[0].SeenAt.Minute()%5 != 0 {
			t.Fatalf("sessions: %+v", list)
		}
		refused(t, c.Revoke(ctx, v, foreign.Session.ID, browser), fault.NotFound, "identity.session.not_found")
		if err := c.Revoke(ctx, v, there.Session.ID, browser); err != nil {
			t.Fatal(err)
		}
		if c.visitor(there.Token).SignedIn() || !c.visitor(here.Token).SignedIn() || !c.visitor(foreign.Token).SignedIn() {
			t.Error("revoking ended another session than the one asked for")
		}
		c.byLink("ines@exemple.fr")
		if err := c.Revoke(ctx, v, "", browser); err != nil || len(must(c.Sessions(ctx, v))) != 1 {
			t.Errorf("revoking the others: %v", err)
		}
		if _, err := c.SignOut(ctx, here.Token, browser); err != nil || c.visitor(here.Token).SignedIn() {
			t.Errorf("signing out: %v", err)
		}
		if _, err := c.SignOut(ctx, here.Token, browser); err != nil {
			t.Errorf("signing out twice: %v", err)
		}
	})
}

func TestWhoAVisitorIs(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		a := c.agent("Camille Roux", "camille@ville.fr")
		token := c.byLink("camille@ville.fr").Token
		for _, test := range []struct {
			name   string
			posts  []identity.PostRef
			kind   identity.Kind
			inside bool
		}{
			{"left every post", nil, identity.Resident, false},
			{"an agent", []identity.PostRef{{ID: "p1", Layer: "service"}}, identity.Resident | identity.Agent, true},
			{"elected", []identity.PostRef{{ID: "p1", Layer: "service"}, {ID: "p2", Layer: "elu"}}, identity.Resident | identity.Agent | identity.Elected, true},
		} {
			c.posts[a.Person] = test.posts
			if v := c.visitor(token); v.Kind != test.kind || v.Inside() != test.inside {
				t.Errorf("%s: %+v", test.name, v)
			}
		}
		if v := c.visitor("unknown"); v.SignedIn() || v.Kind != identity.Anonymous {
			t.Errorf("an unknown token is %+v", v)
		}
	})
}

func TestTheActorIsAPostThatIsHeld(t *testing.T) {
	v := identity.Visitor{Kind: identity.Resident | identity.Agent, Account: "c1",
		Posts: []identity.PostRef{{ID: "p1", Holder: "a1"}, {ID: "p2", Holder: "a2"}}}
	for _, test := range []struct {
		name string
		v    identity.Visitor
		post id.ID
		want act.Actor
	}{
		{"the first", v, "", act.Actor{Kind: act.Agent, Account: "c1", Post: "p1", Holder: "a1", Channel: "web"}},
		{"the one chosen", v, "p2", act.Actor{Kind: act.Agent, Account: "c1", Post: "p2", Holder: "a2", Channel: "web"}},
		{"one that is not held", v, "p3", act.Actor{Kind: act.Agent, Account: "c1", Channel: "web"}},
		{"a resident has none", identity.Visitor{Kind: identity.Resident, Account: "c2"}, "p1", act.Actor{Kind: act.Resident, Account: "c2", Channel: "web"}},
	} {
		if got := test.v.Actor(test.post); got != test.want {
			t.Errorf("%s: %+v", test.name, got)
		}
	}
}

func TestAnAgentWithALinkReadsAndDoesNotAct(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.agent("Camille Roux", "camille@ville.fr")
		v := c.visitor(c.byLink("camille@ville.fr").Token)
		if !v.ReadOnly || !v.Inside() {
			t.Fatalf("signed in by link: %+v", v)
		}
		refused(t, identity.RequireWrite(v), fault.Denied, "identity.read_only")
		refused(t, identity.RequireFresh(v, c.clock.Now()), fault.Unauthenticated, "identity.fresh_required")
		log := acttest.LogWith(t, c.d, identity.Guard(acttest.Allow), testVerbs)
		refused(t, try(log, v.Actor("")), fault.Denied, "identity.read_only")
		v.ReadOnly = false // the control: the same actor from a session that may act
		if err := try(log, v.Actor("")); err != nil {
			t.Errorf("a session that may act: %v", err)
		}
	})
}

var testVerbs = []act.Verb{{Name: "test.thing.do", Force: act.Did, Default: act.Internal, Basis: "test"}}

func try(log *act.Log, by act.Actor) error {
	_, err := act.Do(ctx, log, by, func(tx *act.Tx) (id.ID, error) {
		object := act.Ref{Type: "thing", ID: "t1"}
		grant, err := tx.Allow(act.Ask{Verb: "test.thing.do", Object: object})
		if err != nil {
			return "", err
		}
		return tx.Record(grant, act.Act{Verb: "test.thing.do", Object: object}), nil
	})
	return err
}

func TestAProofIsFreshForFiveMinutes(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		v := c.demo("Nour")
		if err := identity.RequireFresh(v, c.clock.Now().Add(identity.FreshFor-time.Second)); err != nil {
			t.Error(err)
		}
		c.clock.Advance(identity.FreshFor + time.Minute)
		refused(t, identity.RequireFresh(v, c.clock.Now()), fault.Unauthenticated, "identity.fresh_required")
		pass := must(c.ConfirmDemo(ctx, v, browser))
		if err := identity.RequireFresh(c.visitor(pass.Token), c.clock.Now()); err != nil {
			t.Errorf("after confirming: %v", err)
		}
	})
}

func TestOnlyADemonstrationLetsIn(t *testing.T) {
	off := func(cfg *identity.Config) { cfg.Demo = false }
	eachWith(t, off, func(t *testing.T, c *town) {
		a := must(c.Open(ctx, identity.NewAccount{Kind: identity.AgentAccount, Name: "Nour", Person: "p", Demo: true}))
		_, err := c.EnterDemo(ctx, a.ID, browser, "")
		refused(t, err, fault.Denied, "identity.demo.refused")
	})
	each(t, func(t *testing.T, c *town) {
		a := c.agent("Camille Roux", "camille@ville.fr") // not a demonstration account
		_, err := c.EnterDemo(ctx, a.ID, browser, "")
		refused(t, err, fault.Denied, "identity.demo.refused")
	})
}

func TestDeviceTellsABrowserAndASystem(t *testing.T) {
	for agent, want := range map[string]string{
		browser.Agent: "Firefox, Linux",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0": "Edge, Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/604.1": "Safari, iPhone",
		"curl/8.5.0": "", "": "", "<script>alert(1)</script>": "",
	} {
		if got := identity.Device(agent); got != want {
			t.Errorf("%q is %q, want %q", agent, got, want)
		}
	}
}
