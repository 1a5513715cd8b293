package identity_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// admin makes a demonstration account an administrator, as the founding of a city does.
func (c *town) admin(name string) identity.Visitor {
	c.t.Helper()
	v := c.demo(name)
	log := acttest.Log(c.t, c.d, identity.Verbs()) // allows the first one, as the bootstrap grant does
	_, err := act.Do(ctx, log, act.Actor{Kind: act.System, Channel: "command"}, func(tx *act.Tx) (int, error) {
		return 0, identity.FirstAdministrator(tx, v.Account)
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return c.visitor(must(c.EnterDemo(ctx, v.Account, browser, "")).Token)
}

func (c *town) version(account id.ID) int64 { return must(c.Account(ctx, account)).Version }

func TestDecisionsAboutAccounts(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		boss := c.admin("Dominique")
		a := c.agent("Camille Roux", "camille@ville.fr")
		session := c.byLink("camille@ville.fr")
		link := func() error { return c.RequestLink(ctx, "camille@ville.fr", "fr", "", browser) }
		if err := link(); err != nil {
			t.Fatal(err)
		}
		pending := c.lastToken()
		if err := c.ChangeAccount(ctx, boss, a.ID, 0, identity.Disable, "Départ non annoncé"); err != nil {
			t.Fatal(err)
		}
		if c.visitor(session.Token).SignedIn() {
			t.Error("a disabled account still has a session")
		}
		_, err := c.UseLink(ctx, pending, browser, "")
		refused(t, err, fault.Gone, "identity.link.gone")
		sent := len(c.mail)
		if err := link(); err != nil || len(c.mail) != sent {
			t.Errorf("a disabled account was sent a link (%v)", err)
		}
		refused(t, c.ChangeAccount(ctx, boss, a.ID, 0, identity.Enable, ""), fault.Conflict, "identity.account.changed") // seen before
		if err := c.ChangeAccount(ctx, boss, a.ID, c.version(a.ID), identity.Enable, ""); err != nil {
			t.Fatal(err)
		}
		refused(t, c.ChangeAccount(ctx, boss, a.ID, c.version(a.ID), identity.Enable, ""), fault.Conflict, "identity.account.changed")
		c.byLink("camille@ville.fr")
		acttest.Clean(t, c.d)
	})
}

func TestOnlyAFreshAdministratorDecides(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		boss, agent := c.admin("Dominique"), c.demo("Nour")
		target := c.resident("Inès Morel", "ines@exemple.fr").ID
		try := func(v identity.Visitor) error { return c.ChangeAccount(ctx, v, target, 0, identity.Disable, "") }
		refused(t, try(identity.Visitor{}), fault.Denied, "identity.admin_only")
		refused(t, try(agent), fault.Denied, "identity.admin_only")
		agent.Kind |= identity.Admin // a session resolved before the power was withdrawn
		refused(t, try(agent), fault.Denied, "identity.admin_only")
		c.clock.Advance(identity.FreshFor + time.Second)
		refused(t, try(boss), fault.Unauthenticated, "identity.fresh_required")
	})
}

func TestTheCityKeepsAnAdministrator(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		boss := c.admin("Dominique")
		own := func(ch identity.Change) error {
			return c.ChangeAccount(ctx, boss, boss.Account, c.version(boss.Account), ch, "")
		}
		refused(t, own(identity.WithdrawAdmin), fault.Conflict, "identity.admin.last")
		refused(t, own(identity.Disable), fault.Conflict, "identity.account.own")
		second := c.demo("Nour")
		if err := c.ChangeAccount(ctx, boss, second.Account, 0, identity.GrantAdmin, ""); err != nil {
			t.Fatal(err)
		}
		if err := own(identity.WithdrawAdmin); err != nil {
			t.Errorf("with another administrator: %v", err)
		}
		acttest.Clean(t, c.d)
	})
}

func TestPasskeysAreResetByTwoAdministrators(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		one, two := c.admin("Dominique"), c.demo("Nour")
		if err := c.ChangeAccount(ctx, one, two.Account, 0, identity.GrantAdmin, ""); err != nil {
			t.Fatal(err)
		}
		two = c.visitor(must(c.EnterDemo(ctx, two.Account, browser, "")).Token)
		a := c.agent("Camille Roux", "camille@ville.fr")
		lost := newAuthenticator(t)
		c.register(c.visitor(c.byLink("camille@ville.fr").Token), lost)

		refused(t, c.ConfirmKeyReset(ctx, two, a.ID), fault.NotFound, "db.not_found")
		if err := c.AskKeyReset(ctx, one, a.ID, browser); err != nil {
			t.Fatal(err)
		}
		refused(t, c.ConfirmKeyReset(ctx, one, a.ID), fault.Denied, "identity.reset.same")
		if list := must(c.KeyResets(ctx)); len(list) != 1 || list[0].AskedBy != one.Account {
			t.Errorf("waiting: %+v", list)
		}
		if err := c.ConfirmKeyReset(ctx, two, a.ID); err != nil {
			t.Fatal(err)
		}
		_, err := c.enter(lost)
		refused(t, err, fault.Unauthenticated, "identity.passkey.refused")
		c.register(c.visitor(c.byLink("camille@ville.fr").Token), newAuthenticator(t))
		acttest.Clean(t, c.d)
	})
}

func TestAccountsAreFoundWithoutAccents(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		for _, name := range []string{"Zoé Émery", "Élodie Martin", "eric Bost"} {
			c.resident(name, strings.ReplaceAll(name, " ", ".")[len(name)-4:]+"@exemple.fr")
		}
		c.agent("Camille Roux", "camille@ville.fr")
		for _, test := range []struct {
			f    identity.AccountFilter
			want string
		}{
			{identity.AccountFilter{}, "Camille Roux, Élodie Martin, eric Bost, Zoé Émery"},
			{identity.AccountFilter{Text: "ÉME"}, "Zoé Émery"},
			{identity.AccountFilter{Text: "m-camille"}, "Camille Roux"},
			{identity.AccountFilter{Kind: identity.AgentAccount}, "Camille Roux"},
			{identity.AccountFilter{Only: "disabled"}, ""},
		} {
			test.f.Limit = 50
			list, n, err := c.Accounts(ctx, test.f)
			var names []string
			for _, a := range list {
				names = append(names, a.Name)
			}
			if err != nil || strings.Join(names, ", ") != test.want || n != len(list) {
				t.Errorf("%+v: %v, %d, %v", test.f, names, n, err)
			}
		}
	})
}

func TestPersonalDataIsGivenAndErased(t *testing.T) {
	kept := map[id.ID]string{}
	follows := identity.Personal{Name: "follows",
		Export: func(_ ctxt, account id.ID) (any, error) { return kept[account], nil },
		Erase:  func(_ *db.Tx, account id.ID) error { delete(kept, account); return nil },
	}
	eachWith(t, func(cfg *identity.Config) { cfg.Personal = []identity.Personal{follows} }, func(t *testing.T, c *town) {
		c.resident("Inès Morel", "ines@exemple.fr")
		pass := c.byLink("ines@exemple.fr")
		v := c.visitor(pass.Token)
		kept[v.Account] = "P-2018-3"
		c.register(v, newAuthenticator(t))
		given := string(must(json.Marshal(must(c.Export(ctx, v, browser)))))
		for _, want := range []string{"ines@exemple.fr", "Inès Morel", "Firefox, Linux", "Téléphone", "P-2018-3", "signed_in", "192.0.2.7"} {
			if !strings.Contains(given, want) {
				t.Errorf("the export lacks %q", want)
			}
		}
		if strings.Contains(given, pass.Token) {
			t.Error("the export holds a secret")
		}
		if err := c.Erase(ctx, v, browser); err != nil {
			t.Fatal(err)
		}
		left := int64(len(kept))
		for _, table := range []string{"op_account", "op_session", "op_passkey", "op_link", "op_oidc_link"} {
			left += c.count(`SELECT COUNT(*) FROM ` + table)
		}
		if left != 0 {
			t.Errorf("%d rows are left after the erasure", left)
		}
		agent := c.demo("Nour")
		refused(t, c.Erase(ctx, agent, browser), fault.Denied, "identity.erase.agent")
	})
}

func TestPeopleChooseTheirNameAndLanguage(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.resident("Inès Morel", "ines@exemple.fr")
		token := c.byLink("ines@exemple.fr").Token
		if err := c.Preferences(ctx, c.visitor(token), " Inès  M. ", "en"); err != nil {
			t.Fatal(err)
		}
		if v := c.visitor(token); v.Name != "Inès M." || v.Lang != "en" {
			t.Errorf("now %+v", v)
		}
		refused(t, c.Preferences(ctx, c.visitor(token), "Inès", "de"), fault.Invalid, "identity.account.invalid")
		refused(t, c.Preferences(ctx, c.visitor(token), " ", "fr"), fault.Invalid, "identity.account.invalid")
		agent := c.demo("Nour")
		if err := c.Preferences(ctx, agent, "Autre nom", "en"); err != nil || must(c.Account(ctx, agent.Account)).Name != "Nour" {
			t.Errorf("an agent changed the name that the directory gives (%v)", err)
		}
	})
}
