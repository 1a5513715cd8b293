package identityweb_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/calendar"
	"parvis/internal/i18n"
	"parvis/internal/identity"
	"parvis/internal/identity/identityweb"
	"parvis/internal/powers"
	"parvis/internal/web/webtest"
)

// boss is the browser of an administrator.
func (c *town) boss(name string) (*browser, identity.Account) {
	c.t.Helper()
	a := c.person(identity.NewAccount{Kind: identity.AgentAccount, Name: name, Person: "per-" + "x", Matricule: name, Demo: true})
	c.admin(a)
	b := c.browser()
	b.enter(a)
	return b, a
}

var version = regexp.MustCompile(`name="version" value="(\d+)"`)

func TestAdministratorsDecideAboutAccounts(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		b, boss := c.boss("Dominique")
		a := c.person(identity.NewAccount{Kind: identity.ResidentAccount, Email: "ines@exemple.fr", Name: "Inès <b>Morel</b>"})
		b.get("/fr/reglages/comptes", http.StatusOK, "2 comptes", "Inès &lt;b&gt;Morel", "Administrateur")
		b.get("/en/settings/accounts?q=dominique&kind=agent&only=administrators", http.StatusOK, "1 account")
		b.get("/fr/reglages/comptes?q=personne", http.StatusOK, "Aucun compte ne correspond")
		own := "/fr/reglages/comptes/" + string(a.ID)
		page := b.get(own, http.StatusOK, "Désactiver le compte", "Compte ouvert")
		form := url.Values{"do": {"disable"}, "version": {version.FindStringSubmatch(page)[1]}, "motive": {"Usurpation signalée"}}
		b.post(own, http.StatusSeeOther, form)
		b.get(own, http.StatusOK, "Désactivé", "Rouvrir le compte")
		b.post(own, http.StatusConflict, form, "a changé")
		b.post(own, http.StatusUnprocessableEntity, url.Values{"do": {"promote"}})
		b.post("/fr/reglages/comptes/"+string(boss.ID), http.StatusConflict, url.Values{"do": {"withdraw_admin"}, "version": {"1"}}, "sans administrateur")
		b.post(own, http.StatusSeeOther, url.Values{"do": {"ask_reset"}})
		b.get(own, http.StatusOK, "Un autre administrateur doit confirmer")
		b.get("/fr/reglages/comptes", http.StatusOK, "attend un deuxième administrateur")
		b.get("/fr/reglages/securite", http.StatusOK, "Connexion", "180 jours")
		c.clock.Advance(identity.FreshFor * 2)
		b.post(own, http.StatusUnauthorized, url.Values{"do": {"enable"}, "version": {"1"}, "motive": {"Erreur"}}, "confirmer votre identité", `value="Erreur"`)
		acttest.Clean(t, c.d)
	})
}

func TestThePagesOfAdministratorsAreTheirs(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		a := c.person(identity.NewAccount{Kind: identity.AgentAccount, Name: "Nour", Person: "per", Demo: true})
		b := c.browser()
		b.enter(a)
		for _, page := range []string{"comptes", "comptes/x", "annuaire", "annuaire/modele", "annuaire/x", "securite"} {
			if w := b.do("GET", "/fr/reglages/"+page, nil); w.Code != http.StatusForbidden && w.Code != http.StatusNotFound {
				t.Errorf("%s opens to an agent: %d", page, w.Code)
			}
		}
		webtest.EveryRoute(t, c.site)
	})
}

// upload sends a file with a form, as a browser does.
func (b *browser) upload(target, name, content string, status int, words ...string) string {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		b.t.Fatal(err)
	}
	part.Write([]byte(content))
	form.Close()
	r := webtest.Request("POST", target, url.Values{})
	r.Body, r.ContentLength = http.NoBody, 0
	sent, err := http.NewRequest("POST", target, &body)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Body, r.ContentLength = sent.Body, sent.ContentLength
	r.Header.Set("Content-Type", form.FormDataContentType())
	return b.check(b.send(r), status, words)
}

const staffFile = "Matricule;Nom;Prénom;Courriel;Unité;Fonction;Quotité;Depuis\n" +
	"A1;Roux;Camille;camille@ville.fr;DPE;Cheffe de projet;80;01/09/2017\n" +
	"A2;=cmd();Nour;nour@ville.fr;DPE;Cheffe de projet;;\n"

var digest = regexp.MustCompile(`name="digest" value="([0-9a-f]+)"`)

func TestTheDirectoryInTheBrowser(t *testing.T) {
	each(t, func(t *testing.T, c *town) {
		b, _ := c.boss("Dominique")
		c.layOut()
		b.get("/fr/reglages/annuaire", http.StatusOK, "Aucun fichier", "Télécharger un modèle")
		b.upload("/fr/reglages/annuaire", "vide.csv", "", http.StatusUnprocessableEntity)
		b.post("/fr/reglages/annuaire", http.StatusUnprocessableEntity, url.Values{}, "Choisissez un fichier")
		bad := b.upload("/fr/reglages/annuaire", "faux.csv", strings.ReplaceAll(staffFile, "DPE", "DRH"), http.StatusSeeOther)
		page := b.get(bad, http.StatusOK, "E2", "DRH", "2 défauts empêchent")
		if strings.Contains(page, `value="apply"`) {
			t.Error("a file with defects can be applied")
		}
		b.post(bad, http.StatusSeeOther, url.Values{"do": {"drop"}})
		good := b.upload("/fr/reglages/annuaire", "agents.csv", staffFile, http.StatusSeeOther)
		page = b.get(good, http.StatusOK, "Arrivées", "Camille Roux", "fonction créée (DPE.cheffe-de-projet)", "1er septembre 2017")
		csv := b.get(good+"?format=csv", http.StatusOK, "arrivée;A1")
		if strings.Contains(csv, ";=cmd") {
			t.Error("a formula leaves in the CSV")
		}
		en := strings.Replace(good, "/fr/reglages/annuaire", "/en/settings/directory", 1)
		b.get(en, http.StatusOK, "Arrivals", "post created")
		b.post(good, http.StatusConflict, url.Values{"do": {"apply"}, "digest": {"0"}}, "a changé depuis")
		b.post(good, http.StatusSeeOther, url.Values{"do": {"apply"}, "digest": {digest.FindStringSubmatch(page)[1]}})
		b.get("/fr/reglages/annuaire", http.StatusOK, "agents.csv", "annuaire est appliqué")
		b.get("/fr/reglages/comptes?q=camille", http.StatusOK, "camille@ville.fr")
		acttest.Clean(t, c.d)
	})
}

// layOut makes a body with one directorate.
func (c *town) layOut() {
	c.t.Helper()
	_, err := act.Do(ctx, acttest.Log(c.t, c.d, powers.Verbs()), act.Actor{Kind: act.System}, func(tx *act.Tx) (int, error) {
		since := calendar.Since("2010-01-01")
		body, err := powers.FoundBody(tx, powers.NewBody{Kind: "commune", Code: "V", Name: "Valmont", Period: since})
		if err != nil {
			return 0, err
		}
		_, err = powers.CreateUnit(tx, powers.NewUnit{Body: body, Kind: "directorate", Code: "DPE", Name: "Propreté", Period: since})
		return 0, err
	})
	if err != nil {
		c.t.Fatal(err)
	}
}

// Every verb, event, kind and means has its words in both languages.
func TestTheCataloguesAreComplete(t *testing.T) {
	catalog, err := i18n.Load(identityweb.Messages)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, v := range identity.Verbs() {
		keys = append(keys, "act."+v.Name)
	}
	for _, k := range []identity.EventKind{identity.LinkSent, identity.LinkUnknown, identity.LinkTooMany, identity.LinkRefused, identity.Registered,
		identity.SignedIn, identity.SignInRefused, identity.Confirmed, identity.SignedOut, identity.SessionRevoked, identity.PasskeyAdded,
		identity.PasskeyRemoved, identity.PasskeyCloned, identity.KeysResetAsked, identity.KeysReset, identity.AccountChanged,
		identity.AccountErased, identity.DataExported} {
		keys = append(keys, "identity.event."+string(k))
	}
	for _, m := range []identity.Means{identity.ByLink, identity.ByProvider, identity.ByPasskey, identity.ByDemo} {
		keys = append(keys, "identity.means."+string(m))
	}
	for _, k := range []identity.EntryKind{identity.Leaves, identity.Ends, identity.Arrives, identity.Renames, identity.Remails, identity.Takes,
		identity.Requotes, identity.Prolongs} {
		keys = append(keys, "identity.directory.kind."+string(k), "identity.directory.kinds."+string(k))
	}
	for _, lang := range i18n.Languages() {
		for _, key := range append(keys, quoted(t)...) {
			p := catalog.Printer(lang)
			if !p.Has(key) && !p.Has(key+".other") {
				t.Errorf("%s: no message %s", lang, key)
			}
		}
		if fr, en := catalog.Keys(i18n.French), catalog.Keys(i18n.English); len(fr) != len(en) {
			t.Errorf("%d keys in French, %d in English", len(fr), len(en))
		}
	}
}
