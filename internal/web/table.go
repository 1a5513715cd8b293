package web

import (
	"fmt"
	"net/http"
	"strings"

	"parvis/internal/i18n"
)

// Table holds every route and finds the address of each by name.
type Table struct {
	routes []Route
	byName map[string]Route
}

// NewTable checks the routes against each other.
func NewTable(routes []Route) (*Table, error) {
	t := &Table{routes: routes, byName: map[string]Route{}}
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
	values := make([]string, len(args))
	for i, a := range args {
		values[i] = fmt.Sprint(a)
	}
	path, err := fill(route.Pattern(lang), values)
	if err != nil {
		return "#⟦" + name + "⟧"
	}
	return path
}

// here returns the address of the page of r in another language, with its query.
func (t *Table) here(route *Route, r *http.Request, lang string) string {
	if route == nil || route.API != "" {
		return "/" + lang + "/"
	}
	var values []string
	for _, name := range placeholders(route.Pattern(lang)) {
		values = append(values, r.PathValue(strings.TrimSuffix(name, "...")))
	}
	path, err := fill(route.Pattern(lang), values)
	if err != nil {
		return "/" + lang + "/"
	}
	if r.URL.RawQuery != "" {
		path += "?" + r.URL.RawQuery
	}
	return path
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
