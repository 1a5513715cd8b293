package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"parvis/internal/id"
	"parvis/internal/ui"
	"parvis/internal/ui/uitest"
	"parvis/internal/web"
	"parvis/internal/web/webtest"
)

type picking struct {
	Post id.ID  `form:"post,required,max=64"`
	Note string `form:"note"`
}

// directors is a city of thirty directors and one archivist.
func directors(_ context.Context, words string, limit int) (found []ui.Option, err error) {
	for n := range 30 {
		o := ui.Option{Value: fmt.Sprintf("p%d", n), Label: fmt.Sprintf("Directrice %d (DIR-%d)", n, n)}
		if o.Value == words || strings.HasSuffix(words, fmt.Sprintf("(DIR-%d)", n)) || strings.HasPrefix(o.Label, words) {
			found = append(found, o)
		}
	}
	if words == "archiviste" {
		found = append(found, ui.Option{Value: "arch", Label: "Archiviste (ARCH)"})
	}
	return found[:min(len(found), limit)], nil
}

func query(text string) url.Values {
	values, _ := url.ParseQuery(text)
	return values
}

// A field whose list would be too long is searched with words: what one thing answers is taken, what several do comes
// back with them, and nothing that was typed is lost.
func TestWordsTypedInASearchedField(t *testing.T) {
	var got picking
	form := templ.ComponentFunc(whole(templ.Join(ui.Pick(ui.Field{Name: "post", Label: "Fonction", Search: "post", Required: true}),
		ui.Text(ui.Field{Name: "note", Label: "Remarque"}))))
	handler := func(w http.ResponseWriter, r *http.Request) error {
		got = picking{}
		if r.Method == http.MethodGet {
			return web.Render(w, r, form)
		}
		if err := web.Decode(r, &got); err != nil {
			return web.Again(w, r, err, form)
		}
		return web.Done(w, r, "/fr/choix", "fault.gone")
	}
	cfg := webtest.Config(t, []web.Route{{Name: "pick", Method: "GET", FR: "/choix", EN: "/choice", Audience: web.Public, Handler: handler},
		{Name: "pick", Method: "POST", FR: "/choix", EN: "/choice", Audience: web.Public, Handler: handler}})
	cfg.Finders = map[string]web.Finder{"post": directors}
	site := webtest.New(t, cfg)
	if page := webtest.Do(site, webtest.Scenario{URL: "/fr/choix", As: agent}).Body.String(); strings.Contains(page, "<select") ||
		!strings.Contains(page, `name="_pick" value="post:post"`) || !strings.Contains(page, `data-suggest="/fr/choisir?what=post"`) {
		t.Errorf("a searched field is words: %s", page)
	}
	for _, c := range []struct{ form, want, shows string }{
		{"post=archiviste", "arch", ""},
		{"post=Directrice+7+%28DIR-7%29", "p7", ""},
		{"post=p3", "p3", ""},
		{"post=Directrice+1&note=lundi", "", `value="p19"`},
		{"post=Directrice+1&post.is=p12", "p12", ""},
		{"post=Directrice&note=lundi", "", "Plus de 20"},
		{"post=plombier&note=lundi", "", "Rien ne répond à"},
		{"post=&note=lundi", "", "nécessaire"},
		{"post=La+dame&post.was=p9+La+dame", "p9", ""},
		{"post=Directrice+4&post.was=p9+La+dame", "p4", ""},
		{"post=" + strings.Repeat("a", 300) + "&note=lundi", "", "Rien ne répond"},
	} {
		answer := webtest.Do(site, webtest.Scenario{Method: "POST", URL: "/fr/choix", Form: query("_pick=post%3Apost&" + c.form), As: agent})
		if string(got.Post) != c.want || (c.want != "") != (answer.Code == http.StatusSeeOther) {
			t.Errorf("%s gives %q, %d", c.form, got.Post, answer.Code)
		}
		if answer.Code != http.StatusSeeOther {
			uitest.Page(t, answer.Body.Bytes())
		}
		if page := answer.Body.String(); c.want == "" && (!strings.Contains(page, c.shows) || !strings.Contains(page, `value="lundi"`)) {
			t.Errorf("%s does not show %q again: %s", c.form, c.shows, page)
		}
	}
	if answer := webtest.Do(site, webtest.Scenario{Method: "POST", URL: "/fr/choix", Form: query("_pick=cats%3Apost&post=x"), As: agent}); answer.Code == http.StatusSeeOther {
		t.Error("what nobody searches is refused")
	}
	if answer := webtest.Do(site, webtest.Scenario{URL: "/fr/choisir?what=post&q=Directrice+2", As: agent}); !strings.Contains(answer.Body.String(), `"Directrice 27 (DIR-27)"`) {
		t.Errorf("suggestions: %d %s", answer.Code, answer.Body)
	}
	if answer := webtest.Do(site, webtest.Scenario{URL: "/fr/choisir?what=post&q=Directrice+2", As: resident}); answer.Code == http.StatusOK {
		t.Error("suggestions are for those inside")
	}
}
