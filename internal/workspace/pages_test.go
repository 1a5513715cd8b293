package workspace_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parvis/internal/i18n"
	"parvis/internal/identity"
	"parvis/internal/identity/identityweb"
	"parvis/internal/portfolio/portfolioweb"
	"parvis/internal/powers/powersweb"
	"parvis/internal/tabular"
	"parvis/internal/ui/uitest"
	"parvis/internal/web"
	"parvis/internal/web/webtest"
	"parvis/internal/workspace"
)

func (c *city) site() *web.Site {
	c.Helper()
	return webtest.Site(c, c.work.Routes(), workspace.Messages, powersweb.Messages, portfolioweb.Messages, identityweb.Messages)
}

// visitor is whoever holds a post, having just proved it.
func (c *city) visitor(code, unit string) identity.Visitor {
	by := c.agent(code)
	return identity.Visitor{Kind: identity.Agent, Account: "cpt-" + by.Post, StrongAt: webtest.Now,
		Posts: []identity.PostRef{{ID: by.Post, Holder: by.Holder, UnitID: c.unit(unit)}}}
}

// upload sends a file the way a form does.
func (c *city) upload(site http.Handler, v identity.Visitor, name string, file []byte) *httptest.ResponseRecorder {
	c.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	f, err := form.CreateFormFile("file", name)
	c.ok(err)
	_, err = f.Write(file)
	c.ok(err)
	c.ok(form.Close())
	r := httptest.NewRequest(http.MethodPost, "/fr/reglages/import", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Origin", webtest.Origin)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	w := httptest.NewRecorder()
	site.ServeHTTP(w, webtest.As(r, v))
	return w
}

func (c *city) exported() []byte {
	c.Helper()
	var file bytes.Buffer
	c.ok(c.work.ExportBook(c.ctx, &file))
	return file.Bytes()
}

func TestABookIsPreviewedThenImportedOnThePage(t *testing.T) {
	each(t, func(c *city) {
		c.found()
		site, mission := c.site(), c.visitor("SGV", "SG")
		before := c.state()

		w := c.upload(site, mission, "faux.xlsx", []byte("PK\x03\x04 nothing"))
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "faux.xlsx") && !strings.Contains(w.Body.String(), "f-file-error") {
			c.Errorf("a file that cannot be read: %d %s", w.Code, w.Body)
		}
		uitest.Page(t, w.Body.Bytes())

		bad := c.edited(func(rows [][]string) { rows[0][2] = "PERSONNE" })
		page := c.previewed(site, mission, bad)
		for _, want := range []string{"Délégations!C2", "PERSONNE", "1 défaut"} {
			if !strings.Contains(page, want) {
				c.Errorf("the preview lacks %q: %s", want, page)
			}
		}
		if strings.Contains(page, `value="apply"`) || c.state() != before {
			c.Error("what is wrong cannot be imported")
		}

		good := c.edited(func([][]string) {})
		w = c.upload(site, mission, "bon.xlsx", good)
		at := w.Header().Get("Location")
		stale := mission
		stale.StrongAt = webtest.Now.AddDate(0, 0, -1)
		if got := webtest.Do(site, webtest.Scenario{URL: at, Form: map[string][]string{"do": {"apply"}}, As: stale}); got.Code == http.StatusSeeOther && c.state() != before {
			c.Error("an import wants a fresh proof of who does it")
		}
		got := webtest.Do(site, webtest.Scenario{URL: at, Form: map[string][]string{"do": {"apply"}}, As: mission})
		if got.Code != http.StatusSeeOther || c.state() == before {
			c.Errorf("the import: %d %s", got.Code, got.Body)
		}
		if n := c.count("op_workspace_book"); n != 1 { // the one that was refused waits
			c.Errorf("%d books are kept", n)
		}
	})
}

// edited is a file of one delegation.
func (c *city) edited(edit func([][]string)) []byte {
	c.Helper()
	rows := [][]string{{"ARR-NEUF", "MAIRE", "SGV", "signature", "voirie", "12/03/2018"}}
	edit(rows)
	return c.sheet("Délégations", []string{"Arrêté", "De", "À", "Nature", "Matières", "Depuis le"}, rows)
}

func (c *city) sheet(name string, header []string, rows [][]string) []byte {
	c.Helper()
	var file bytes.Buffer
	c.ok(tabular.WriteXLSX(&file, tabular.Output{Sheet: name, Header: header, Rows: func(yield func([]any) bool) {
		for _, row := range rows {
			values := make([]any, len(row))
			for i, v := range row {
				values[i] = v
			}
			if !yield(values) {
				return
			}
		}
	}}))
	return file.Bytes()
}

func (c *city) previewed(site http.Handler, v identity.Visitor, file []byte) string {
	c.Helper()
	w := c.upload(site, v, "essai.xlsx", file)
	if w.Code != http.StatusSeeOther {
		c.Fatalf("upload: %d %s", w.Code, w.Body)
	}
	got := webtest.Do(site, webtest.Scenario{URL: w.Header().Get("Location"), As: v})
	uitest.Page(c, got.Body.Bytes())
	return got.Body.String()
}

func TestThePagesAreForThoseWhoMayImport(t *testing.T) {
	each(t, func(c *city) {
		c.found()
		site := c.site()
		w := c.upload(site, c.visitor("SGV", "SG"), "essai.xlsx", c.exported())
		staged := w.Header().Get("Location")
		for _, url := range []string{"/fr/reglages/import", "/fr/reglages/classeur/export", "/fr/reglages/archive", staged} {
			for name, v := range map[string]identity.Visitor{"anonymous": {}, "a resident": {Kind: identity.Resident, Account: "r"},
				"an agent of a directorate": c.visitor("DIR-DVD", "DVD")} {
				if got := webtest.Do(site, webtest.Scenario{URL: url, As: v}); got.Code < 300 || strings.Contains(got.Body.String(), "ARR-2014") {
					c.Errorf("%s opens to %s: %d", url, name, got.Code)
				}
			}
		}
		if got := webtest.Do(site, webtest.Scenario{URL: staged, As: c.visitor("CHEF-MVI", "MISSION")}); got.Code != http.StatusNotFound {
			c.Errorf("another's file: %d", got.Code)
		}
		for _, lang := range []string{"/fr/reglages/import", "/en/settings/import"} {
			got := webtest.Do(site, webtest.Scenario{URL: lang, As: c.visitor("CHEF-MVI", "MISSION")})
			if got.Code != http.StatusOK {
				c.Errorf("%s: %d", lang, got.Code)
			}
			uitest.Page(t, got.Body.Bytes())
		}
	})
}

func TestCataloguesAgree(t *testing.T) {
	if issues := i18n.Check(workspace.Messages); len(issues) > 0 {
		t.Error(issues)
	}
}

func TestTheArchiveHoldsTheWholeCity(t *testing.T) {
	each(t, func(c *city) {
		c.work.Journal = func(_ context.Context, folder string) error {
			return os.WriteFile(filepath.Join(folder, "checkpoint"), []byte("tête du journal"), 0o600)
		}
		c.found()
		var out bytes.Buffer
		_, err := c.work.ExportAll(c.ctx, workspace.Operator(), &out)
		c.ok(err)
		z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
		c.ok(err)
		files := map[string]string{}
		for _, f := range z.File {
			in, err := f.Open()
			c.ok(err)
			body, err := io.ReadAll(in)
			c.ok(err)
			files[f.Name] = string(body)
		}
		for _, name := range []string{"LISEZMOI.txt", "classeur.xlsx", "projets.geojson", "organisation.jsonld", "csv/Directions.csv", "csv/Élus.csv",
			"csv/Fonctions.csv", "csv/Délégations.csv", "csv/Projets.csv", "journal/checkpoint"} {
			if files[name] == "" {
				c.Errorf("%s is missing among %v", name, slices.Collect(keys(files)))
			}
		}
		if n := strings.Count(files["csv/Projets.csv"], "VAL-"); n != 40 {
			c.Errorf("%d projects in CSV", n)
		}
		var graph struct {
			Graph []map[string]any `json:"@graph"`
		}
		c.ok(json.Unmarshal([]byte(files["organisation.jsonld"]), &graph))
		if len(graph.Graph) != 13+12+12 || strings.Contains(files["organisation.jsonld"], "Aubrac") {
			c.Errorf("the organisation has %d nodes, and no name of a person", len(graph.Graph))
		}
	})
}

func keys(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}
