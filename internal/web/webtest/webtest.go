// Package webtest tries a site the way its visitors use it: scenario tables per kind of visitor, and
// checks of every page that comes back.
package webtest

import (
	"context"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"parvis/internal/clock"
	"parvis/internal/i18n"
	"parvis/internal/identity"
	"parvis/internal/ui"
	"parvis/internal/ui/uitest"
	"parvis/internal/web"
)

// Origin is the address of a tested site.
const Origin = "https://parvis.test"

// Now is when tests happen.
var Now = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

type visitorKey struct{}

// Config makes the configuration of a site for tests: a clock that stands at Now, no log, and the
// visitor that each Scenario names. catalogues are those of the rooms under test.
func Config(t testing.TB, routes []web.Route, catalogues ...fs.FS) web.Config {
	t.Helper()
	catalog, err := i18n.Load(append([]fs.FS{ui.Messages, web.Messages}, catalogues...)...)
	if err != nil {
		t.Fatal(err)
	}
	return web.Config{
		City: ui.City{Name: "Ville de Valmont", Accessibility: "none"}, Origin: Origin, Clock: clock.At(Now),
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Catalog: catalog, Routes: routes,
		Identify: func(r *http.Request) (identity.Visitor, error) {
			v, _ := r.Context().Value(visitorKey{}).(identity.Visitor)
			return v, nil
		},
	}
}

// Site makes a site of routes.
func Site(t testing.TB, routes []web.Route, catalogues ...fs.FS) *web.Site {
	t.Helper()
	return New(t, Config(t, routes, catalogues...))
}

// New makes a site of a configuration.
func New(t testing.TB, cfg web.Config) *web.Site {
	t.Helper()
	site, err := web.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return site
}

// As returns a request made by the visitor.
func As(r *http.Request, v identity.Visitor) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), visitorKey{}, v))
}

// Request makes a request the way a browser on the site's own pages does. A form makes it a POST.
func Request(method, target string, form url.Values) *http.Request {
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r := httptest.NewRequest(method, target, body)
	r.Header.Set("Accept", "text/html")
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if method != http.MethodGet {
		r.Header.Set("Origin", Origin)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	return r
}

// Scenario is one request and what must come back. Every page is checked by uitest as well.
type Scenario struct {
	Name     string
	Method   string // "GET" if empty, "POST" if there is a form
	URL      string
	Form     url.Values
	Header   map[string]string // "" removes a header
	As       identity.Visitor
	Status   int
	Location string
	Contains []string
	Lacks    []string
}

// Run tries the scenarios on a site, each as a test of its own.
func Run(t *testing.T, site http.Handler, scenarios []Scenario) {
	for _, s := range scenarios {
		t.Run(s.Name, func(t *testing.T) { s.check(t, Do(site, s)) })
	}
}

// Do sends the request of a scenario and returns the answer.
func Do(site http.Handler, s Scenario) *httptest.ResponseRecorder {
	method := s.Method
	switch {
	case method == "" && s.Form != nil:
		method = http.MethodPost
	case method == "":
		method = http.MethodGet
	}
	r := Request(method, s.URL, s.Form)
	for name, value := range s.Header {
		r.Header.Del(name)
		if value != "" {
			r.Header.Set(name, value)
		}
	}
	w := httptest.NewRecorder()
	site.ServeHTTP(w, As(r, s.As))
	return w
}

func (s Scenario) check(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	body := w.Body.String()
	if w.Code != s.Status {
		t.Errorf("status %d, want %d: %s", w.Code, s.Status, body)
	}
	if got := w.Header().Get("Location"); got != s.Location {
		t.Errorf("leads to %q, want %q", got, s.Location)
	}
	for _, want := range s.Contains {
		if !strings.Contains(body, want) {
			t.Errorf("the answer lacks %q: %s", want, body)
		}
	}
	for _, not := range s.Lacks {
		if strings.Contains(body, not) {
			t.Errorf("the answer holds %q", not)
		}
	}
	if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") && w.Code/100 != 3 && body != "" {
		uitest.Page(t, w.Body.Bytes())
	}
	Headers(t, w.Header())
}

// Headers checks what every answer must carry.
func Headers(t testing.TB, h http.Header) {
	t.Helper()
	policy := h.Get("Content-Security-Policy")
	wanted := []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "object-src 'none'"}
	if strings.Contains(policy, "sandbox") && !strings.Contains(policy, "-src 'self'") { // somebody's file: stricter, it runs, sends and loads nothing
		wanted = []string{"default-src 'none'", "sandbox;", "frame-ancestors 'none'"}
	}
	for _, want := range wanted {
		if !strings.Contains(policy, want) {
			t.Errorf("the content security policy lacks %s", want)
		}
	}
	if strings.Contains(policy, "unsafe") {
		t.Errorf("the content security policy is unsafe: %s", policy)
	}
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY"} {
		if h.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, h.Get(name), want)
		}
	}
	for _, name := range []string{"Permissions-Policy", "Cross-Origin-Opener-Policy", "Strict-Transport-Security"} {
		if h.Get(name) == "" {
			t.Errorf("no %s", name)
		}
	}
}

// EveryRoute asks each route of the site as an anonymous visitor, in each language, and checks that
// the answer carries the headers, that nothing fails inside, and that no reserved page opens.
func EveryRoute(t *testing.T, site *web.Site) {
	for _, route := range site.Table().Routes() {
		for _, pattern := range route.Patterns() {
			t.Run(route.Method+" "+pattern, func(t *testing.T) {
				w := Do(site, Scenario{Method: route.Method, URL: sample(pattern), Form: formFor(route.Method)})
				Headers(t, w.Header())
				if w.Code == http.StatusInternalServerError {
					t.Errorf("failed: %s", w.Body)
				}
				if route.Audience != web.Public && w.Code < 300 {
					t.Errorf("a page for %v opens to anybody: %d", route.Audience, w.Code)
				}
			})
		}
	}
}

func formFor(method string) url.Values {
	if method == http.MethodGet {
		return nil
	}
	return url.Values{}
}

// sample makes an address of a pattern.
func sample(pattern string) string {
	pattern = strings.TrimSuffix(pattern, "{$}")
	for {
		before, rest, ok := strings.Cut(pattern, "{")
		if !ok {
			return before
		}
		_, after, _ := strings.Cut(rest, "}")
		pattern = before + "0" + after
	}
}
