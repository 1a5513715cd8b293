package portal

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"parvis/internal/act"
	"parvis/internal/identity"
	"parvis/internal/search"
	"parvis/internal/ui"
	"parvis/internal/web"
)

const perPage = 20

// found is what the search page shows.
type found struct {
	query string
	kind  string
	page  int
	search.Results
}

func (p *Portal) search(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	f := found{query: r.URL.Query().Get("q"), kind: r.URL.Query().Get("type"), page: pageOf(r)}
	if f.query == "" {
		return web.Render(w, r, searchPage(v, f))
	}
	kept, err := p.kept(r.Context(), v.Visitor)
	if err == nil {
		f.Results, err = search.Search(r.Context(), p.Readers, search.Query{Text: f.query, Lang: v.Lang, Type: f.kind,
			Reader: reader(v.Visitor), Kept: kept, Now: v.Now, Limit: perPage, Offset: (f.page - 1) * perPage})
	}
	if err != nil {
		return err
	}
	return web.Render(w, r, searchPage(v, f))
}

// kept lists what is kept from a visitor of the city who withdrew from a matter.
func (p *Portal) kept(ctx context.Context, v identity.Visitor) (map[act.Ref]bool, error) {
	if p.Withheld == nil || !v.Inside() {
		return nil, nil
	}
	return p.Withheld(ctx, v)
}

// reader is what the visitor may find.
func reader(v identity.Visitor) act.ActorKind {
	switch {
	case v.Inside():
		return act.Agent
	case v.SignedIn():
		return act.Resident
	}
	return ""
}

func pageOf(r *http.Request) int {
	n, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err != nil || n < 1 || n > 50 {
		return 1
	}
	return n
}

// address is the search for the same words, of a type, at a page.
func (f found) address(v *web.Visit, kind string, page int) string {
	q := url.Values{"q": {f.query}}
	if kind != "" {
		q.Set("type", kind)
	}
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	return v.URL("search") + "?" + q.Encode()
}

func (f found) tabs(ctx context.Context, v *web.Visit) []ui.Item {
	all := 0
	for _, c := range f.Types {
		all += c.N
	}
	tabs := []ui.Item{{Label: v.P.T("portal.search.all"), URL: f.address(v, "", 1), Current: f.kind == "", Count: all}}
	for _, c := range f.Types {
		tabs = append(tabs, ui.Item{Label: v.P.T("portal.type." + c.Type), URL: f.address(v, c.Type, 1), Current: f.kind == c.Type, Count: c.N})
	}
	return tabs
}
