package identityweb_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"parvis/internal/identity"
	"parvis/internal/identity/identitytest"
	"parvis/internal/web/webtest"
)

var refresh = regexp.MustCompile(`http-equiv="refresh" content="0;url=([^"]+)"`)

// away follows the page that leads to a provider, and gives the address where it sends back.
func (b *browser) away(page string) string {
	b.t.Helper()
	found := refresh.FindStringSubmatch(page)
	if found == nil || !strings.Contains(page, "Continuer") && !strings.Contains(page, "Continue") {
		b.t.Fatalf("the page leads nowhere: %s", page)
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Get(html.UnescapeString(found[1]))
	if err != nil {
		b.t.Fatal(err)
	}
	answer.Body.Close()
	return strings.TrimPrefix(answer.Header.Get("Location"), webtest.Origin)
}

func TestAProviderInTheBrowser(t *testing.T) {
	var op *identitytest.OP
	configure := func(cfg *identity.Config) {
		op = identitytest.NewOP(t, cfg.Clock.Now, webtest.Origin+identity.CallbackPath("ville"))
		cfg.HTTP = http.DefaultClient
		cfg.Providers = []identity.Provider{{Name: "ville", Label: map[string]string{"fr": "Agents de la ville"}, Issuer: op.Server.URL,
			ClientID: identitytest.ClientID, ClientSecret: identitytest.ClientSecret, ACR: []string{"eidas1"}, SignedInfo: true,
			Match: identity.Match{By: "matricule", Claim: "uid", Kinds: []identity.AccountKind{identity.AgentAccount}}}}
	}
	eachWith(t, configure, func(t *testing.T, c *town) {
		c.person(identity.NewAccount{Kind: identity.AgentAccount, Name: "Camille Roux", Email: "camille@ville.fr", Person: "per", Matricule: "M-camille@ville.fr"})
		b := c.browser()
		b.get("/fr/connexion", http.StatusOK, "Continuer avec Agents de la ville")
		page := b.post("/en/sign-in/oidc/ville", http.StatusOK, url.Values{"back": {"/en/my-account"}})
		back := b.away(page)
		if c.browser().get(back, http.StatusSeeOther) != "/fr/connexion?echec=ceremonie" {
			t.Error("another browser may use the answer")
		}
		if to := b.get(back, http.StatusSeeOther); to != "/en/my-account" {
			t.Fatalf("leads to %s", to)
		}
		b.get("/en/my-account", http.StatusOK, "Camille Roux", "with an identity provider")
		if to := b.get(back, http.StatusSeeOther); !strings.Contains(to, "echec=ceremonie") {
			t.Errorf("the answer used twice leads to %s", to)
		}
		page = b.post("/fr/deconnexion", http.StatusOK, url.Values{}, "reste votre fournisseur")
		if found := refresh.FindStringSubmatch(page); found == nil || !strings.Contains(found[1], "/logout?") {
			t.Error("signing out leaves the provider's session")
		}
		op.Person["uid"], op.Person["sub"] = "M-x", "op-43"
		stranger := c.browser()
		to := stranger.get(stranger.away(stranger.post("/en/sign-in/oidc/ville", http.StatusOK, url.Values{})), http.StatusSeeOther)
		if to != "/en/sign-in?echec=inconnu" {
			t.Errorf("a stranger is led to %s", to)
		}
		stranger.get(to, http.StatusOK, "no account here matches")
		stranger.post("/fr/connexion/oidc/inconnu", http.StatusNotFound, url.Values{})
	})
}
