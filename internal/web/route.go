package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"parvis/internal/i18n"
	"parvis/internal/identity"
)

// Handler answers a request or says why not. It writes nothing when it returns an error.
type Handler func(http.ResponseWriter, *http.Request) error

// Audience is who may open a route. The zero value is refused: each route states its own.
type Audience int

// The audiences.
const (
	Public  Audience = iota + 1
	Account          // anybody signed in
	Agents
	Elected
	Admin
)

var audienceKinds = map[Audience]identity.Kind{
	Agents: identity.Agent | identity.Elected | identity.Admin, Elected: identity.Elected, Admin: identity.Admin,
}

// Admits tells whether the visitor belongs to the audience.
func (a Audience) Admits(v identity.Visitor) bool {
	switch a {
	case Public:
		return true
	case Account:
		return v.SignedIn()
	}
	return v.Is(audienceKinds[a])
}

// Route is one line of the table. A page has FR and EN, spelt without the language's prefix, with
// the same placeholders; an interface for machines has API alone, spelt as it is.
type Route struct {
	Name     string // "portfolio.part"; a form and its POST may share one
	Method   string // "GET" answers HEAD too
	FR, EN   string // "/projets/{id}", "/projects/{id}"
	API      string // "/api/v1/projects"
	Audience Audience
	Handler  Handler

	Body  int64  // largest body in bytes; 0 means 1 MiB
	Title string // message key of its line in the site map; empty leaves it out
	Token bool   // API: authenticated by a token in a header, never by the cookie
}

// Pattern returns the pattern of net/http without the method, in the given language.
func (t Route) Pattern(lang string) string {
	if t.API != "" {
		return t.API
	}
	path := t.FR
	if lang == i18n.English {
		path = t.EN
	}
	if path == "/" {
		return "/" + lang + "/{$}"
	}
	return "/" + lang + path
}

// Patterns lists the patterns under which the route answers.
func (t Route) Patterns() []string {
	if t.API != "" {
		return []string{t.API}
	}
	return []string{t.Pattern(i18n.French), t.Pattern(i18n.English)}
}

func (t Route) check() error {
	switch {
	case t.Name == "" || t.Method == "" || t.Handler == nil:
		return fmt.Errorf("web: route %q %s %s: name, method and handler are needed", t.Name, t.Method, t.FR+t.API)
	case t.Audience < Public || t.Audience > Admin:
		return fmt.Errorf("web: route %s: no audience", t.Name)
	case t.API == "" && (t.FR == "" || t.EN == ""):
		return fmt.Errorf("web: route %s: needs a French and an English spelling", t.Name)
	case t.API != "" && t.FR+t.EN != "":
		return fmt.Errorf("web: route %s: is either for people or for machines", t.Name)
	case t.API == "" && strings.Join(placeholders(t.FR), ",") != strings.Join(placeholders(t.EN), ","):
		return fmt.Errorf("web: route %s: %s and %s have different placeholders", t.Name, t.FR, t.EN)
	}
	return nil
}

// placeholders lists the names between braces, in order.
func placeholders(pattern string) []string {
	var names []string
	for _, part := range strings.Split(pattern, "{")[1:] {
		name, _, _ := strings.Cut(part, "}")
		if name != "$" {
			names = append(names, name)
		}
	}
	return names
}

// path is a pattern taken apart: what stands before each placeholder, and after the last.
type path struct {
	names []string // of the placeholders, without dots
	whole []bool   // {rest...}: the value keeps its slashes
	texts []string // one more than names
}

func parsePath(pattern string) path {
	pattern = strings.TrimSuffix(pattern, "{$}")
	var p path
	for _, name := range placeholders(pattern) {
		before, after, _ := strings.Cut(pattern, "{"+name+"}")
		plain, whole := strings.CutSuffix(name, "...")
		p.names, p.whole, p.texts = append(p.names, plain), append(p.whole, whole), append(p.texts, before)
		pattern = after
	}
	p.texts = append(p.texts, pattern)
	return p
}

// fill puts n values into the placeholders, escaped; false when they are not as many.
func (p path) fill(n int, value func(int) string) (string, bool) {
	if n != len(p.names) || len(p.texts) == 0 {
		return "", false
	}
	if n == 0 {
		return p.texts[0], true
	}
	var b strings.Builder
	for i := range n {
		text := url.PathEscape(value(i))
		if p.whole[i] {
			text = strings.ReplaceAll(text, "%2F", "/")
		}
		b.WriteString(p.texts[i])
		b.WriteString(text)
	}
	b.WriteString(p.texts[n])
	return b.String(), true
}
