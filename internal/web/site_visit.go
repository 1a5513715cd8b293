package web

import (
	"cmp"
	"net/http"
	"strings"

	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/identity"
	"parvis/internal/ui"
)

// visit finds out who asks, and in which language. It returns a usable visit even with an error,
// so that the error has a page.
func (s *Site) visit(r *http.Request, route *Route, lang string) (*Visit, error) {
	if lang == "" {
		lang = chooseLang(langOf(r.URL.Path), r)
	}
	v := &Visit{Lang: lang, P: s.cfg.Catalog.Printer(lang), Now: s.cfg.Clock.Now(), Route: route,
		table: s.table, cookies: s.cookies, record: recordOf(r.Context()), bodies: &s.bodies, finders: s.cfg.Finders}
	v.RequestID = v.record.id
	v.record.visit = v
	visitor, err := s.identify(r, route)
	v.Visitor = visitor
	if s.cfg.Quiet != nil && err == nil {
		v.Quiet, err = s.cfg.Quiet(r.Context())
	}
	v.Frame = s.frame(r, v)
	return v, err
}

// identify asks who is behind the session cookie. Routes for machines with a token do their own.
func (s *Site) identify(r *http.Request, route *Route) (identity.Visitor, error) {
	if route != nil && route.Token {
		return identity.Visitor{}, nil
	}
	visitor, err := s.cfg.Identify(r)
	if err != nil && fault.KindOf(err) == fault.Unauthenticated {
		return identity.Visitor{}, nil // a session that ended is no session
	}
	return visitor, err
}

func (s *Site) frame(r *http.Request, v *Visit) *ui.Frame {
	f := &ui.Frame{
		P: v.P, Lang: v.Lang, City: s.cfg.City, Theme: s.theme(r), Path: r.URL.RequestURI(),
		Origin: s.cfg.Origin, Home: "/" + v.Lang + "/", Assets: s.assets, Link: s.table.URL,
		ThemeAction: s.table.URL(v.Lang, themeRoute), Query: r.URL.Query().Get("q"),
	}
	if v.Visitor.Inside() {
		f.Suggest = func(what string) string { return v.URL(suggestRoute) + "?what=" + what }
	}
	if v.Quiet != "" && v.Visitor.Inside() && s.table.Has(QuietRoute) {
		f.Banner = &ui.Item{Label: v.P.T("web.quiet", "day", v.Quiet), URL: v.URL(QuietRoute)}
	}
	if s.table.Has(SearchRoute) {
		f.Search = v.URL(SearchRoute)
	}
	for _, lang := range i18n.Languages() {
		f.Alternates = append(f.Alternates, ui.Item{Label: s.cfg.Catalog.Printer(lang).T("web.language"),
			URL: s.table.here(v.Route, r, lang), Lang: lang, Current: lang == v.Lang})
	}
	s.account(f, v)
	s.menus(r, f, v)
	return f
}

// menus fills what only pages show: it may count things in the database.
func (s *Site) menus(r *http.Request, f *ui.Frame, v *Visit) {
	if v.Route != nil && v.Route.API != "" {
		return
	}
	if s.cfg.Menus != nil {
		m := s.cfg.Menus(r.Context(), v)
		f.Spaces, f.Menu = m.Spaces, here(m.Main, r.URL.Path, f.Home)
	}
	f.Footer = s.footer(v, f)
	if s.cfg.Footer != nil {
		f.Footer = s.cfg.Footer(r.Context(), v)
	}
}

// footerRoutes are the names of the pages that the footer leads to, as far as they are there.
var footerRoutes = [...]string{AccessibilityRoute, SiteMapRoute, LegalRoute, PrivacyRoute, LogRoute, ContactRoute}

// footer lists what the law and the reader expect at the end of every page. The state of conformity
// to the RGAA is part of the link (décret 2019-768).
func (s *Site) footer(v *Visit, f *ui.Frame) []ui.Item {
	var list []ui.Item
	for _, name := range footerRoutes {
		if !s.table.Has(name) {
			continue
		}
		label := v.P.T("web.footer." + name)
		if name == AccessibilityRoute {
			label = v.P.T("web.footer.accessibility." + cmp.Or(s.cfg.City.Accessibility, "none"))
		}
		list = append(list, ui.Item{Label: label, URL: v.URL(name)})
	}
	for _, a := range f.Alternates {
		if a.Lang != v.Lang {
			list = append(list, a)
		}
	}
	return list
}

// account fills the visitor's corner, as far as the routes of identity are there.
func (s *Site) account(f *ui.Frame, v *Visit) {
	if !v.Visitor.SignedIn() {
		if s.table.Has(SignInRoute) {
			f.Account.URL = v.URL(SignInRoute)
		}
		return
	}
	f.Account.Name = v.Visitor.Name
	if s.table.Has(AccountRoute) {
		f.Account.URL = v.URL(AccountRoute)
	}
	if s.table.Has(SignOutRoute) {
		f.Account.SignOut = v.URL(SignOutRoute)
	}
}

// Names of routes that the frame links to when the table has them.
const (
	SignInRoute  = "sign_in"
	WhoRoute     = "powers.who"
	SignOutRoute = "sign_out"
	AccountRoute = "account"
	SearchRoute  = "search"
	QuietRoute   = "council.quiet"
	themeRoute   = "edge.theme"
	suggestRoute = "edge.suggest"

	AccessibilityRoute = "accessibility"
	SiteMapRoute       = "site_map"
	LegalRoute         = "legal"
	PrivacyRoute       = "privacy"
	LogRoute           = "log"
	ContactRoute       = "contact"
)

// here marks the item under which the page stands: the one with the longest matching address.
func here(items []ui.Item, path, home string) []ui.Item {
	best := -1
	for i, it := range items {
		if under(path, it.URL, home) && (best < 0 || len(it.URL) > len(items[best].URL)) {
			best = i
		}
	}
	if best >= 0 {
		items[best].Current = true
	}
	return items
}

// under tells whether the page at path belongs to the part of the site at url. All stand under the
// home page, which therefore only claims itself.
func under(path, url, home string) bool {
	return path == url || url != home && strings.HasPrefix(path, strings.TrimSuffix(url, "/")+"/")
}

// chooseLang prefers the language of the path, then those the browser asks for, then French.
func chooseLang(lang string, r *http.Request) string {
	if lang != "" {
		return lang
	}
	return preferred(r.Header.Get("Accept-Language"), i18n.Languages(), i18n.French)
}
