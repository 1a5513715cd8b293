package web

import (
	"fmt"
	"net/http"
	"strings"

	"parvis/internal/i18n"
	"parvis/internal/id"
)

// Table holds every route and finds the address of each by name.
type Table struct {
	routes []Route
	byName map[string]Route
	paths  map[string]path // by pattern: a page holds thousands of addresses
}

// NewTable checks the routes against each other.
func NewTable(routes []Route) (*Table, error) {
	t := &Table{routes: routes, byName: map[string]Route{}, paths: map[string]path{}}
	for _, route := range routes {
		if err := route.check(); err != nil {
			return nil, err
		}
		known, ok := t.byName[route.Name]
		if ok && (known.FR != route.FR || known.EN != route.EN || known.API != route.API) {
			return nil, fmt.Errorf("web: two routes are named %s and have different paths", route.Name)
		}
		if !ok || route.Method == http.MethodGet {
			t.byName[route.Name] = route
		}
		for _, pattern := range route.Patterns() {
			t.paths[pattern] = parsePath(pattern)
		}
	}
	return t, nil
}

// Routes lists the table, for the site map and for tests over every route.
func (t *Table) Routes() []Route { return t.routes }

// Has tells whether a route has this name.
func (t *Table) Has(name string) bool { _, ok := t.byName[name]; return ok }

// URL returns the address of a route; args fill its placeholders in order. An unknown name or a
// wrong number of values is a defect: the address "#name" is returned, which the checker of pages
// (webtest) and CheckLinks find.
func (t *Table) URL(lang, name string, args ...any) string {
	route, ok := t.byName[name]
	if !ok {
		return "#⟦" + name + "⟧"
	}
	at, ok := t.paths[route.Pattern(lang)].fill(len(args), func(n int) string { return spell(args[n]) })
	if !ok {
		return "#⟦" + name + "⟧"
	}
	return at
}

// spell writes the value of a placeholder; ids and texts, which most are, without reflection.
func spell(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case id.ID:
		return string(v)
	}
	return fmt.Sprint(value)
}

// here returns the address of the page of r in another language, with its query.
func (t *Table) here(route *Route, r *http.Request, lang string) string {
	if route == nil || route.API != "" {
		return "/" + lang + "/"
	}
	p := t.paths[route.Pattern(lang)]
	at, ok := p.fill(len(p.names), func(n int) string { return r.PathValue(p.names[n]) })
	if !ok {
		return "/" + lang + "/"
	}
	if r.URL.RawQuery != "" {
		at += "?" + r.URL.RawQuery
	}
	return at
}

// langOf reads the language in a path, "" if there is none.
func langOf(path string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	for _, lang := range i18n.Languages() {
		if first == lang {
			return lang
		}
	}
	return ""
}
