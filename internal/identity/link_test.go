package identity_test

import (
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parvis/internal/fault"
	"parvis/internal/identity"
)

func TestALinkSignsInOnce(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.resident("Inès Morel", "ines@exemple.fr")
		pass := c.byLink("  INES@Exemple.FR ")
		v := c.visitor(pass.Token)
		if v.Name != "Inès Morel" || v.Kind != identity.Resident || v.ReadOnly || !v.StrongAt.IsZero() || pass.Back != "/fr/a-faire" {
			t.Errorf("signed in as %+v, back to %q", v, pass.Back)
		}
		_, err := c.UseLink(ctx, c.lastToken(), browser, "")
		refused(t, err, fault.Gone, "identity.link.gone")
	})
}

// A mail scanner opens links, several times, from elsewhere, with any method that reads.
func TestOpeningALinkConsumesNothing(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.resident("Inès Morel", "ines@exemple.fr")
		if err := c.RequestLink(ctx, "ines@exemple.fr", "fr", "", browser); err != nil {
			t.Fatal(err)
		}
		for range 5 {
			if l := must(c.PeekLink(ctx, c.lastToken())); l.Email != "ines@exemple.fr" || l.Purpose != identity.ToSignIn {
				t.Fatalf("the link shows %+v", l)
			}
		}
		if n := c.count(`SELECT COUNT(*) FROM op_session`); n != 0 {
			t.Errorf("%d sessions after opening the link", n)
		}
		if pass := must(c.UseLink(ctx, c.lastToken(), browser, "")); pass.Token == "" {
			t.Error("the link was consumed by being opened")
		}
	})
}

func TestOfManyWhoPressTheButtonOneEnters(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.resident("Inès Morel", "ines@exemple.fr")
		if err := c.RequestLink(ctx, "ines@exemple.fr", "fr", "", browser); err != nil {
			t.Fatal(err)
		}
		token := c.lastToken()
		var wg sync.WaitGroup
		entered := make(chan string, 64)
		for range 64 {
			wg.Go(func() {
				if pass, err := c.UseLink(ctx, token, browser, ""); err == nil {
					entered <- pass.Token
				}
			})
		}
		wg.Wait()
		if len(entered) != 1 {
			t.Errorf("%d of 64 entered with one link", len(entered))
		}
		if n := c.count(`SELECT COUNT(*) FROM op_session`); n != 1 {
			t.Errorf("%d sessions", n)
		}
	})
}

func TestALinkEndsAfterTwentyMinutes(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.resident("Inès Morel", "ines@exemple.fr")
		for _, test := range []struct {
			after time.Duration
			gone  bool
		}{{identity.LinkFor - time.Second, false}, {identity.LinkFor + time.Second, true}} {
			if err := c.RequestLink(ctx, "ines@exemple.fr", "fr", "", browser); err != nil {
				t.Fatal(err)
			}
			c.clock.Advance(test.after)
			_, err := c.PeekLink(ctx, c.lastToken())
			if gone := fault.KindOf(err) == fault.Gone; err != nil != test.gone || gone != test.gone {
				t.Errorf("after %s: shown %v", test.after, err)
			}
			if _, err := c.UseLink(ctx, c.lastToken(), browser, ""); (err != nil) != test.gone {
				t.Errorf("after %s: used %v", test.after, err)
			}
		}
	})
}

func TestTheAnswerDoesNotTellWhetherAnAccountExists(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.resident("Inès Morel", "ines@exemple.fr")
		known := c.RequestLink(ctx, "ines@exemple.fr", "fr", "", browser)
		unknown := c.RequestLink(ctx, "personne@exemple.fr", "fr", "", browser)
		if known != nil || unknown != nil {
			t.Errorf("known address: %v; unknown address: %v", known, unknown)
		}
		if len(c.mail) != 1 {
			t.Errorf("%d e-mails sent", len(c.mail))
		}
		if err := c.Register(ctx, "ines@exemple.fr", "Quelqu’un d’autre", "fr", "", browser); err != nil {
			t.Errorf("registering a known address: %v", err)
		}
		if m := c.mail[len(c.mail)-1]; m.Purpose != identity.ToSignIn || m.Name != "Inès Morel" {
			t.Errorf("the owner of a known address is sent %+v", m)
		}
	})
}

func TestAResidentRegistersWithALink(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		if err := c.Register(ctx, "Sam@Exemple.fr", "  Sam   Petit ", "en", "/en/projects", browser); err != nil {
			t.Fatal(err)
		}
		if n := c.count(`SELECT COUNT(*) FROM op_account`); n != 0 {
			t.Error("an account exists before the address was proved")
		}
		first := c.lastToken()
		if err := c.Register(ctx, "sam@exemple.fr", "Sam Petit", "en", "", browser); err != nil {
			t.Fatal(err)
		}
		one := must(c.UseLink(ctx, first, browser, ""))
		two := must(c.UseLink(ctx, c.lastToken(), browser, ""))
		if one.Account.ID != two.Account.ID {
			t.Error("registering twice made two accounts")
		}
		if v := c.visitor(one.Token); v.Name != "Sam Petit" || v.Email != "sam@exemple.fr" || v.Lang != "en" {
			t.Errorf("registered as %+v", v)
		}
	})
}

func TestRegistrationSaysWhatIsWrong(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		for _, test := range []struct{ email, name, field string }{
			{"", "Sam", "email"}, {"sam", "Sam", "email"}, {"sam@exemple", "Sam", "email"}, {"a b@exemple.fr", "Sam", "email"},
			{"sam@exemple.fr\r\nBcc: x@y.fr", "Sam", "email"}, {"Sam <sam@exemple.fr>", "Sam", "email"}, {"sam@exemple.fr", "  ", "name"},
		} {
			err := c.Register(ctx, test.email, test.name, "fr", "", browser)
			refused(t, err, fault.Invalid, "identity.account.invalid")
			if f := err.(*fault.Error).Fields; len(f) != 1 || f[0].Name != test.field {
				t.Errorf("%q %q: fields %v", test.email, test.name, f)
			}
		}
		if len(c.mail) != 0 {
			t.Errorf("%d e-mails were sent", len(c.mail))
		}
	})
}

func TestNobodyFloodsAMailbox(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.resident("Inès Morel", "ines@exemple.fr")
		for range 20 {
			if err := c.RequestLink(ctx, "ines@exemple.fr", "fr", "", browser); err != nil {
				t.Fatal(err)
			}
		}
		if len(c.mail) != 4 {
			t.Errorf("%d links sent within an hour", len(c.mail))
		}
		c.clock.Advance(61 * time.Minute)
		if err := c.RequestLink(ctx, "ines@exemple.fr", "fr", "", browser); err != nil || len(c.mail) != 5 {
			t.Errorf("an hour later: %v, %d links", err, len(c.mail))
		}
	})
}

func TestWhatIsStoredOfALinkIsNotTheLink(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.resident("Inès Morel", "ines@exemple.fr")
		pass := c.byLink("ines@exemple.fr")
		if err := c.RequestLink(ctx, "ines@exemple.fr", "fr", "", browser); err != nil {
			t.Fatal(err)
		}
		stored := c.count(`SELECT COUNT(*) FROM op_link WHERE token = $1`, c.lastToken()) +
			c.count(`SELECT COUNT(*) FROM op_session WHERE token = $1 OR id = $1`, pass.Token)
		if stored != 0 {
			t.Error("a secret is stored as it is")
		}
		want := []identity.EventKind{identity.Registered, identity.LinkSent, identity.SignedIn, identity.LinkSent}
		if diff := cmp.Diff(want, c.kinds()); diff != "" {
			t.Errorf("security log (-want +got):\n%s", diff)
		}
	})
}

func FuzzFoldEmail(f *testing.F) {
	for _, s := range []string{"a@b.fr", "É@Été.FR", "a@b", "x@y.z\r\n", "\"a b\"@c.fr", "a@@b.fr", "@", "a@xn--t-bja.fr"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded, err := identity.FoldEmail(s)
		if err != nil {
			return
		}
		again, err := identity.FoldEmail(folded)
		if err != nil || again != folded {
			t.Errorf("%q folds to %q, which folds to %q (%v)", s, folded, again, err)
		}
	})
}
