package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/ui"
	"parvis/internal/ui/chart"
)

// ownRoutes are the routes of the edge itself.
func (s *Site) ownRoutes() []Route {
	return []Route{
		{Name: "edge.root", Method: "GET", API: "/{$}", Audience: Public, Handler: s.root},
		{Name: "edge.root." + i18n.French, Method: "GET", API: "/fr", Audience: Public, Handler: s.root},
		{Name: "edge.root." + i18n.English, Method: "GET", API: "/en", Audience: Public, Handler: s.root},
		{Name: themeRoute, Method: "POST", FR: "/apparence", EN: "/appearance", Audience: Public, Handler: s.chooseTheme},
		{Name: suggestRoute, Method: "GET", FR: "/choisir", EN: "/choose", Audience: Agents, Handler: s.suggest},
		{Name: "edge.style", Method: "GET", FR: "/style", EN: "/style", Audience: Public, Handler: style},
		{Name: "edge.style", Method: "POST", FR: "/style", EN: "/style", Audience: Public, Handler: style},
		{Name: "edge.id", Method: "GET", API: "/id/{type}/{id}", Audience: Public, Handler: s.permanent},
		{Name: "edge.csp", Method: "POST", API: cspReportPath, Audience: Public, Handler: s.violation, Token: true},
		{Name: "edge.health", Method: "GET", API: "/healthz", Audience: Public, Token: true,
			Handler: func(w http.ResponseWriter, r *http.Request) error { health(w, nil); return nil }},
		{Name: "edge.ready", Method: "GET", API: "/readyz", Audience: Public, Token: true,
			Handler: func(w http.ResponseWriter, r *http.Request) error { health(w, s.ready(r.Context())); return nil }},
	}
}

// root leads to the home page in the reader's language.
func (s *Site) root(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Vary", "Accept-Language")
	return See(w, r, "/"+From(r).Lang+"/")
}

const themeLife = 365 * 24 * time.Hour

func (s *Site) chooseTheme(w http.ResponseWriter, r *http.Request) error {
	if err := Parse(r); err != nil {
		return err
	}
	theme := r.PostForm.Get("theme")
	if theme == "light" || theme == "dark" {
		s.cookies.Set(w, "theme", theme, themeLife)
	} else {
		s.cookies.Clear(w, "theme")
	}
	return Back(w, r, "/"+From(r).Lang+"/")
}

func (s *Site) theme(r *http.Request) string {
	theme := s.cookies.Get(r, "theme")
	if theme == "light" || theme == "dark" {
		return theme
	}
	return ""
}

// style is the living page of the design system. Its form is refused on purpose when posted.
func style(w http.ResponseWriter, r *http.Request) error {
	if r.Method == http.MethodGet {
		return Render(w, r, ui.StylePage(chart.StyleSection()))
	}
	if err := Parse(r); err != nil {
		return err
	}
	return Again(w, r, fault.New(fault.Invalid, "fault.invalid").
		At("title", "web.style.title").At("amount", "web.style.amount").At("kind", "web.style.kind"), ui.StylePage(chart.StyleSection()))
}

// permanent leads from the address that never changes to the page of today.
func (s *Site) permanent(w http.ResponseWriter, r *http.Request) error {
	resolve, ok := s.cfg.Resolvers[r.PathValue("type")]
	if !ok {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	name, args, err := resolve(r.Context(), id.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	w.Header().Set("Vary", "Accept-Language")
	return See(w, r, From(r).URL(name, args...))
}

// violation counts a report of the content security policy; its content is not kept.
func (s *Site) violation(w http.ResponseWriter, r *http.Request) error {
	s.metrics.violations.Inc()
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *Site) ready(ctx context.Context) error {
	if s.cfg.Ready == nil {
		return nil
	}
	return s.cfg.Ready(ctx)
}

// methodNotAllowed is the one failure that is about HTTP alone.
type methodNotAllowed struct{ allowed []string }

func (m methodNotAllowed) Error() string { return fmt.Sprintf("method not allowed, but %v", m.allowed) }

// nowhere answers what no route does: the address may end with a slash too many, the method may be wrong, or the address.
func (s *Site) nowhere(w http.ResponseWriter, r *http.Request) error {
	if to := s.canonical(r); to != "" {
		http.Redirect(w, r, to, http.StatusMovedPermanently)
		return nil
	}
	var allowed []string
	for _, m := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"} {
		if s.answers(r, m, *r.URL) && !slices.Contains(allowed, m) {
			allowed = append(allowed, m)
		}
	}
	if len(allowed) == 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	w.Header().Set("Allow", strings.Join(allowed, ", "))
	return fault.Wrap(methodNotAllowed{allowed}, fault.Invalid, "web.error.method")
}

// canonical is the address of a page that was asked for with a slash at its end, "" when no page is there. A form is
// never led elsewhere: it would lose what it holds.
func (s *Site) canonical(r *http.Request) string {
	at := *r.URL
	at.Path, at.RawPath = strings.TrimSuffix(at.Path, "/"), strings.TrimSuffix(at.RawPath, "/")
	if unsafe(r.Method) || at.Path == r.URL.Path || !s.answers(r, r.Method, at) {
		return ""
	}
	return Local(at.RequestURI(), "")
}

// answers tells whether a route takes a method at an address.
func (s *Site) answers(r *http.Request, method string, at url.URL) bool {
	probe := r.Clone(r.Context())
	probe.Method, probe.URL = method, &at
	_, pattern := s.mux.Handler(probe)
	return pattern != "/" && pattern != ""
}
