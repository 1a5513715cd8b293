package identity_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/identity/identitytest"
)

// eachOP runs a test against a provider; the policy is that of a city's agents unless changed.
func eachOP(t *testing.T, change func(*identity.Provider), test func(t *testing.T, c *town, op *identitytest.OP)) {
	t.Helper()
	var op *identitytest.OP
	configure := func(cfg *identity.Config) {
		op = identitytest.NewOP(t, cfg.Clock.Now, origin+identity.CallbackPath("ville"))
		p := identity.Provider{Name: "ville", Issuer: op.Server.URL, ClientID: identitytest.ClientID, ClientSecret: identitytest.ClientSecret,
			Scopes: []string{"email", "uid", "siret"}, ACR: []string{"eidas1"}, Strong: []string{"eidas1"}, SignedInfo: true,
			Match: identity.Match{By: "matricule", Claim: "uid", Require: map[string]string{"siret": "21750001600019"},
				Kinds: []identity.AccountKind{identity.AgentAccount}}}
		change(&p)
		cfg.Providers = []identity.Provider{p}
	}
	eachWith(t, configure, func(t *testing.T, c *town) { test(t, c, op) })
}

func asIs(*identity.Provider) {}

// go to the provider as a browser does, and give the query of the callback.
func (c *town) travel(address string) url.Values {
	c.t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer := must(client.Get(address))
	answer.Body.Close()
	back, err := answer.Location()
	if err != nil {
		c.t.Fatalf("the provider refused the request: %s", answer.Status)
	}
	return back.Query()
}

func (c *town) federate(v identity.Visitor) (identity.Pass, error) {
	c.t.Helper()
	address, ceremony, err := c.BeginProvider(ctx, "ville", v, "fr", "/fr/a-faire")
	if err != nil {
		c.t.Fatal(err)
	}
	pass, _, err := c.FinishProvider(ctx, "ville", ceremony, c.travel(address), browser, "")
	return pass, err
}

func TestAProviderLetsAnAgentIn(t *testing.T) {
	for _, pkce := range []bool{false, true} {
		eachOP(t, func(p *identity.Provider) { p.PKCE = pkce }, func(t *testing.T, c *town, op *identitytest.OP) {
			op.PKCE = pkce
			op.AuthTime = c.clock.Now().Add(-2 * time.Minute).Unix()
			a := c.agent("Camille Roux", "camille@ville.fr")
			pass := must(c.federate(identity.Visitor{}))
			v := c.visitor(pass.Token)
			if v.Account != a.ID || v.Means != identity.ByProvider || v.ReadOnly || pass.Back != "/fr/a-faire" {
				t.Errorf("signed in as %+v", v)
			}
			if got := c.clock.Now().Sub(v.StrongAt); got != 2*time.Minute {
				t.Errorf("proved %s ago", got)
			}
			if len(op.Refused) > 0 {
				t.Errorf("the provider refused: %v", op.Refused)
			}
			op.Person["uid"] = "" // known by issuer and subject from now on
			if again := must(c.federate(identity.Visitor{})); again.Account.ID != a.ID {
				t.Error("the second time leads to another account")
			}
		})
	}
}

func TestWhatAProviderSaysIsChecked(t *testing.T) {
	claim := func(name string, value any) func(*identitytest.OP) {
		return func(op *identitytest.OP) { op.IDToken = func(c map[string]any) { c[name] = value } }
	}
	info := func(name string, value any) func(*identitytest.OP) {
		return func(op *identitytest.OP) { op.UserInfo = func(c map[string]any) { c[name] = value } }
	}
	for _, test := range []struct {
		name   string
		mutate func(*identitytest.OP)
	}{
		{"another audience", claim("aud", "autre-client")},
		{"several audiences, no authorised party", claim("aud", []string{identitytest.ClientID, "autre-client"})},
		{"another authorised party", claim("azp", "autre-client")},
		{"another issuer", claim("iss", "https://pirate.exemple")},
		{"another nonce", claim("nonce", "0123456789012345678901234567890123456789")},
		{"no nonce", claim("nonce", "")},
		{"no subject", claim("sub", "")},
		{"expired", func(op *identitytest.OP) {
			op.IDToken = func(c map[string]any) { c["exp"] = op.Now().Add(-time.Second).Unix() }
		}},
		{"no expiry", func(op *identitytest.OP) { op.IDToken = func(c map[string]any) { delete(c, "exp") } }},
		{"not yet valid", func(op *identitytest.OP) {
			op.IDToken = func(c map[string]any) { c["nbf"] = op.Now().Add(time.Hour).Unix() }
		}},
		{"algorithm none", func(op *identitytest.OP) { op.Sign = identitytest.Unsigned }},
		{"algorithm HS256 keyed with the client secret", func(op *identitytest.OP) {
			secret := []byte(identitytest.ClientSecret + identitytest.ClientSecret + identitytest.ClientSecret + identitytest.ClientSecret + identitytest.ClientSecret + identitytest.ClientSecret)
			op.Sign = func(c map[string]any) string { return op.Signed(jose.HS256, secret, c) }
		}},
		{"another key", func(op *identitytest.OP) {
			op.Sign = func(c map[string]any) string { return op.Signed(jose.ES256, identitytest.NewOP(t, op.Now, "").Key, c) }
		}},
		{"userinfo about another subject", info("sub", "op-43")},
		{"userinfo for another client", info("aud", "autre-client")},
		{"userinfo of another issuer", info("iss", "https://pirate.exemple")},
		{"userinfo that is not signed", func(op *identitytest.OP) { op.Plain = true }},
		{"userinfo without a subject", func(op *identitytest.OP) { op.UserInfo = func(c map[string]any) { delete(c, "sub") } }},
	} {
		t.Run(test.name, func(t *testing.T) {
			eachOP(t, asIs, func(t *testing.T, c *town, op *identitytest.OP) {
				c.agent("Camille Roux", "camille@ville.fr")
				test.mutate(op)
				_, err := c.federate(identity.Visitor{})
				refused(t, err, fault.Unauthenticated, "identity.oidc.refused")
				if n := c.count(`SELECT COUNT(*) FROM op_session`); n != 0 {
					t.Errorf("%d sessions", n)
				}
			})
		})
	}
}

func TestAnAnswerServesOnceAndInOneBrowser(t *testing.T) {
	eachOP(t, asIs, func(t *testing.T, c *town, op *identitytest.OP) {
		c.agent("Camille Roux", "camille@ville.fr")
		begin := func() (string, url.Values) {
			address, ceremony, err := c.BeginProvider(ctx, "ville", identity.Visitor{}, "fr", "")
			if err != nil {
				t.Fatal(err)
			}
			return ceremony, c.travel(address)
		}
		finish := func(ceremony string, answer url.Values) error {
			_, _, err := c.FinishProvider(ctx, "ville", ceremony, answer, browser, "")
			return err
		}
		ceremony, answer := begin()
		if err := finish(ceremony, answer); err != nil {
			t.Fatal(err)
		}
		refused(t, finish(ceremony, answer), fault.Unauthenticated, "identity.ceremony.gone")

		victim, _ := begin()
		_, attacker := begin() // an answer fetched in another browser (login CSRF)
		refused(t, finish(victim, attacker), fault.Unauthenticated, "identity.oidc.refused")
		refused(t, finish("", attacker), fault.Unauthenticated, "identity.ceremony.gone")

		ceremony, answer = begin()
		answer.Set("state", answer.Get("state")+"a")
		refused(t, finish(ceremony, answer), fault.Unauthenticated, "identity.oidc.refused")
		ceremony, answer = begin()
		answer.Set("error", "access_denied")
		refused(t, finish(ceremony, answer), fault.Unauthenticated, "identity.oidc.refused")
		ceremony, answer = begin()
		c.clock.Advance(identity.CeremonyFor + time.Second)
		refused(t, finish(ceremony, answer), fault.Unauthenticated, "identity.ceremony.gone")
	})
}

func TestTheMatchingPolicy(t *testing.T) {
	byMail := func(p *identity.Provider) { p.Match.By, p.Match.Claim = "email", "email" }
	residents := func(p *identity.Provider) {
		p.Match = identity.Match{Create: true, Name: []string{"given_name", "family_name"}}
	}
	verified := func(p *identity.Provider) { byMail(p); p.Match.EmailVerified = true }
	for _, test := range []struct {
		name   string
		policy func(*identity.Provider)
		person map[string]any
		want   string // name of the account, "" refused
	}{
		{"matricule", asIs, nil, "Camille Roux"},
		{"matricule of nobody", asIs, map[string]any{"uid": "M-x"}, ""},
		{"no matricule", asIs, map[string]any{"uid": nil}, ""},
		{"matricule given as a list", asIs, map[string]any{"uid": []string{"M-camille@ville.fr"}}, ""},
		{"an agent of another town", asIs, map[string]any{"siret": "21690123100011"}, ""},
		{"the e-mail does not count", asIs, map[string]any{"uid": "M-x", "email": "camille@ville.fr"}, ""},
		{"e-mail, in another spelling", byMail, map[string]any{"email": "Camille@VILLE.fr"}, "Camille Roux"},
		{"e-mail of a resident", byMail, map[string]any{"email": "ines@exemple.fr"}, ""},
		{"e-mail not verified", verified, nil, ""},
		{"e-mail verified", verified, map[string]any{"email_verified": true}, "Camille Roux"},
		{"a new resident", residents, map[string]any{"email": "sam@exemple.fr"}, "Camille Roux (new)"},
		{"a resident whose address is taken", residents, map[string]any{"email": "ines@exemple.fr"}, ""},
		{"a resident without an address", residents, map[string]any{"email": nil}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			eachOP(t, test.policy, func(t *testing.T, c *town, op *identitytest.OP) {
				agent := c.agent("Camille Roux", "camille@ville.fr")
				c.resident("Inès Morel", "ines@exemple.fr")
				for k, v := range test.person {
					op.Person[k] = v
				}
				pass, err := c.federate(identity.Visitor{})
				got := pass.Account.Name
				if pass.Account.ID != agent.ID && got != "" {
					got += " (new)"
				}
				if got != test.want || (err != nil) != (test.want == "") {
					t.Errorf("got %q, %v; want %q", got, err, test.want)
				}
				if err != nil && fault.KindOf(err) != fault.Denied && fault.KindOf(err) != fault.Conflict {
					t.Errorf("refused as %v", err)
				}
			})
		})
	}
}

func TestAProviderConfirmsASession(t *testing.T) {
	eachOP(t, asIs, func(t *testing.T, c *town, op *identitytest.OP) {
		c.agent("Camille Roux", "camille@ville.fr")
		v := c.visitor(must(c.federate(identity.Visitor{})).Token)
		refused(t, identity.RequireFresh(v, c.clock.Now()), fault.Unauthenticated, "identity.fresh_required") // a single sign-on says nothing of now
		confirmed := c.visitor(must(c.federate(v)).Token)
		if confirmed.Session != v.Session || identity.RequireFresh(confirmed, c.clock.Now()) != nil {
			t.Errorf("after confirming: %+v", confirmed)
		}
		op.ACR = "low"
		_, err := c.federate(confirmed)
		refused(t, err, fault.Unauthenticated, "identity.oidc.refused")
		op.ACR, op.AuthTime = "eidas1", c.clock.Now().Add(-time.Hour).Unix() // it did not ask again, and says so
		stale := c.visitor(must(c.federate(confirmed)).Token)
		refused(t, identity.RequireFresh(stale, c.clock.Now()), fault.Unauthenticated, "identity.fresh_required")

		op.AuthTime = 0
		c.agent("Nour Diallo", "nour@ville.fr")
		op.Person = map[string]any{"sub": "op-43", "uid": "M-nour@ville.fr", "siret": "21750001600019"}
		_, err = c.federate(stale)
		refused(t, err, fault.Denied, "identity.oidc.other")
	})
}

func TestSigningOutAtTheProvider(t *testing.T) {
	eachOP(t, asIs, func(t *testing.T, c *town, op *identitytest.OP) {
		c.agent("Camille Roux", "camille@ville.fr")
		pass := must(c.federate(identity.Visitor{}))
		ended := must(c.SignOut(ctx, pass.Token, browser))
		address := must(url.Parse(c.EndAtProvider(ctx, ended)))
		if address.Path != "/logout" || address.Query().Get("id_token_hint") == "" || address.Query().Get("post_logout_redirect_uri") != origin+"/" {
			t.Errorf("sign-out at %s", address)
		}
		if got := c.EndAtProvider(ctx, identity.Session{Means: identity.ByLink}); got != "" {
			t.Errorf("a session of another means ends at %s", got)
		}
	})
}

func TestAProviderThatDoesNotAnswer(t *testing.T) {
	eachOP(t, asIs, func(t *testing.T, c *town, op *identitytest.OP) {
		op.Server.Close()
		_, _, err := c.BeginProvider(ctx, "ville", identity.Visitor{}, "fr", "")
		refused(t, err, fault.Unavailable, "identity.oidc.unreachable")
		_, _, err = c.BeginProvider(ctx, "inconnu", identity.Visitor{}, "fr", "")
		refused(t, err, fault.NotFound, "identity.oidc.no_provider")
	})
}

func TestAnUnsafePolicyIsRefusedAtTheStart(t *testing.T) {
	agents := []identity.AccountKind{identity.AgentAccount}
	for name, match := range map[string]identity.Match{
		"agents by e-mail alone": {By: "email", Claim: "email", Kinds: agents},
		"an unknown way":         {By: "name", Claim: "name", Kinds: agents},
		"no claim":               {By: "matricule", Kinds: agents},
		"no kind":                {By: "matricule", Claim: "uid"},
	} {
		_, err := identity.New(identity.Config{City: "V", Origin: origin, HTTP: http.DefaultClient,
			Providers: []identity.Provider{{Name: "ville", Issuer: "https://op.exemple", ClientID: string(id.Random()), Match: match}}})
		if err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
