package identityweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"parvis/internal/identity"
	"parvis/internal/web/webtest"
)

func TestSigningInByLinkInTheBrowser(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.person(identity.NewAccount{Kind: identity.ResidentAccount, Email: "ines@exemple.fr", Name: "Inès Morel"})
		b := c.browser()
		b.get("/fr/connexion?back=/fr/mon-compte", http.StatusOK, "Se connecter", "clé d’accès", `value="/fr/mon-compte"`)
		known := b.post("/fr/connexion", http.StatusSeeOther, url.Values{"email": {"ines@exemple.fr"}, "back": {"/fr/mon-compte"}})
		unknown := b.post("/fr/connexion", http.StatusSeeOther, url.Values{"email": {"autre@exemple.fr"}})
		if known != unknown || len(c.mail) != 1 {
			t.Errorf("a known address leads to %s, an unknown one to %s; %d mails", known, unknown, len(c.mail))
		}
		b.get(known, http.StatusOK, "boîte aux lettres")
		address, token := c.lastLink()
		scanner := c.browser()
		for range 3 {
			scanner.get(address, http.StatusOK, "Me connecter", "i…s@exemple.fr")
			scanner.do("HEAD", address, nil)
		}
		if len(scanner.cookies) != 0 {
			t.Error("opening the link let somebody in")
		}
		if to := b.post("/fr/connexion/lien", http.StatusSeeOther, url.Values{"token": {token}}); to != "/fr/mon-compte" {
			t.Errorf("leads to %s", to)
		}
		b.get("/fr/mon-compte", http.StatusOK, "Inès Morel", "Firefox, Linux", "celui-ci")
		b.get(address, http.StatusGone, "ne sert plus")
		b.post("/fr/connexion/lien", http.StatusGone, url.Values{"token": {token}}, "ne sert plus")
		b.post("/fr/deconnexion", http.StatusSeeOther, url.Values{})
		if to := b.get("/fr/mon-compte", http.StatusSeeOther); !strings.HasPrefix(to, "/fr/connexion?back=") {
			t.Errorf("the account of nobody leads to %s", to)
		}
	})
}

func TestARefusedFormKeepsWhatWasTyped(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		b := c.browser()
		b.post("/fr/connexion", http.StatusUnprocessableEntity, url.Values{"email": {"ines@"}}, `value="ines@"`, "doit ressembler")
		b.post("/en/register", http.StatusUnprocessableEntity, url.Values{"email": {"sam"}, "name": {"Sam Petit"}}, `value="Sam Petit"`, "must look like")
	})
}

func TestRegisteringInEnglish(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		b := c.browser()
		b.get("/en/register", http.StatusOK, "Open a resident")
		b.post("/en/register", http.StatusSeeOther, url.Values{"email": {"sam@exemple.fr"}, "name": {"Sam Petit"}})
		address, token := c.lastLink()
		if !strings.HasPrefix(address, "/en/sign-in/link?") {
			t.Errorf("the mail in English leads to %s", address)
		}
		b.get(address, http.StatusOK, "Open my account")
		b.post("/en/sign-in/link", http.StatusSeeOther, url.Values{"token": {token}})
		b.get("/en/my-account", http.StatusOK, "Sam Petit")
	})
}

func TestNobodyIsLedElsewhere(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		a := c.person(identity.NewAccount{Kind: identity.AgentAccount, Name: "Nour Diallo", Person: "per", Demo: true})
		for _, evil := range []string{"https://pirate.exemple", "//pirate.exemple", "/\\pirate.exemple", "javascript:alert(1)"} {
			b := c.browser()
			if to := b.post("/fr/demonstration", http.StatusSeeOther, url.Values{"account": {string(a.ID)}, "back": {evil}}); to != "/fr/" {
				t.Errorf("%s leads to %s", evil, to)
			}
			if page := b.get("/fr/connexion?back="+url.QueryEscape(evil), http.StatusOK); strings.Contains(page, `value="`+evil) {
				t.Errorf("%s is kept", evil)
			}
		}
	})
}

func TestTheDemonstrationListsWhoOneMayBe(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		a := c.person(identity.NewAccount{Kind: identity.AgentAccount, Name: "Nour Diallo", Person: "per", Demo: true})
		real := c.person(identity.NewAccount{Kind: identity.AgentAccount, Name: "Camille Roux", Email: "c@ville.fr", Person: "per2"})
		b := c.browser()
		page := b.get("/fr/demonstration", http.StatusOK, "Entrer comme Nour Diallo", "Chargée de mission (Mission)")
		if strings.Contains(page, "Camille") {
			t.Error("a real account is offered")
		}
		b.post("/fr/demonstration", http.StatusForbidden, url.Values{"account": {string(real.ID)}})
		b.enter(a)
		b.get("/fr/mon-compte", http.StatusOK, "en démonstration")
		c.clock.Advance(identity.FreshFor * 2)
		b.get("/fr/connexion?back=/fr/mon-compte", http.StatusOK, "Confirmez que c’est bien vous", "Confirmer sans clé")
		if to := b.post("/fr/demonstration/confirmer", http.StatusSeeOther, url.Values{"back": {"/fr/mon-compte"}}); to != "/fr/mon-compte" {
			t.Errorf("leads to %s", to)
		}
	})
}

func TestAnAgentByLinkLearnsHowToAct(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.person(identity.NewAccount{Kind: identity.AgentAccount, Name: "Camille Roux", Email: "c@ville.fr", Person: "per"})
		b := c.browser()
		b.post("/fr/connexion", http.StatusSeeOther, url.Values{"email": {"c@ville.fr"}})
		_, token := c.lastLink()
		if to := b.post("/fr/connexion/lien", http.StatusSeeOther, url.Values{"token": {token}}); to != "/fr/mon-compte" {
			t.Errorf("leads to %s", to)
		}
		b.get("/fr/mon-compte", http.StatusOK, "pour agir, enregistrez une clé d’accès", `data-passkey="create"`)
		r := webtest.Request("POST", "/identity/passkey/creation", url.Values{})
		if w := b.send(r); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `"challenge"`) || b.cookies["__Host-parvis-ceremony"] == "" {
			t.Errorf("options: %d %s", w.Code, w.Body)
		}
		b.post("/fr/mon-compte/cles", http.StatusUnauthorized, url.Values{"credential": {"{}"}})
	})
}

func TestAPasskeyThatIsRefusedSaysSo(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		b := c.browser()
		if w := b.send(webtest.Request("POST", "/identity/passkey/options", url.Values{})); w.Code != http.StatusOK {
			t.Fatalf("options: %d", w.Code)
		}
		b.post("/fr/connexion/cle", http.StatusUnauthorized, url.Values{"credential": {"{}"}}, "n’a pas été reconnue")
	})
}

func TestOnesOwnAccountInTheBrowser(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		c.person(identity.NewAccount{Kind: identity.ResidentAccount, Email: "ines@exemple.fr", Name: "Inès Morel"})
		enter := func() *browser {
			b := c.browser()
			b.post("/fr/connexion", http.StatusSeeOther, url.Values{"email": {"ines@exemple.fr"}})
			_, token := c.lastLink()
			b.post("/fr/connexion/lien", http.StatusSeeOther, url.Values{"token": {token}})
			return b
		}
		here, there := enter(), enter()
		here.post("/fr/mon-compte", http.StatusUnprocessableEntity, url.Values{"name": {""}, "lang": {"fr"}}, "Indiquez un nom")
		here.post("/fr/mon-compte", http.StatusSeeOther, url.Values{"name": {"Inès M."}, "lang": {"en"}})
		here.get("/fr/mon-compte", http.StatusOK, "Inès M.", "Déconnecter tous les autres", "préférences sont enregistrées")
		here.post("/fr/mon-compte/sessions", http.StatusSeeOther, url.Values{"all": {"true"}})
		there.get("/fr/mon-compte", http.StatusSeeOther)
		w := here.do("POST", "/fr/mon-compte/donnees", url.Values{})
		if w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Content-Disposition"), "attachment") || !strings.Contains(w.Body.String(), "ines@exemple.fr") {
			t.Errorf("export: %d %s", w.Code, w.Body)
		}
		here.get("/fr/mon-compte/effacement", http.StatusOK, "180 jours")
		here.post("/fr/mon-compte/effacement", http.StatusUnprocessableEntity, url.Values{}, "Cochez la case")
		here.post("/fr/mon-compte/effacement", http.StatusSeeOther, url.Values{"sure": {"true"}})
		here.get("/fr/mon-compte", http.StatusSeeOther)
	})
}
