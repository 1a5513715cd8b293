package web

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzhttp"
	"github.com/klauspost/compress/gzip"
	"github.com/prometheus/client_golang/prometheus"

	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/ui"
)

// Config is what the edge needs to know. Identify, Menus, Footer, Ready and Resolvers may be nil.
type Config struct {
	City     ui.City
	Origin   string // "https://parvis.ville.fr"; its scheme decides about cookies and HSTS
	Clock    clock.Clock
	Log      *slog.Logger
	Catalog  *i18n.Catalog
	Metrics  *prometheus.Registry
	Assets   []fs.FS // style sheets and images of the rooms, see ui.NewAssets
	Routes   []Route
	Proxies  Proxies  // reverse proxies that are believed
	FormsTo  []string // origins forms may lead to besides ours: the identity provider
	Limits   Limits
	AtOnce   int // pages made at once; 0: four for each processor, sixteen at least
	Identify func(*http.Request) (identity.Visitor, error)
	Menus    func(context.Context, *Visit) Menus     // called for pages only, before Visit.Frame exists
	Footer   func(context.Context, *Visit) []ui.Item // replaces the usual footer
	Ready    func(context.Context) error
	// Quiet gives the last day of the période préélectorale that holds today, "" when none does; nil: never.
	Quiet func(context.Context) (calendar.Day, error)

	// Finders look for what people type in searched fields (ui.Pick), by what is searched.
	Finders map[string]Finder

	// Resolvers find the page behind a permanent address /id/{type}/{id}, by type.
	Resolvers map[string]Resolver
}

// Menus are the doors a visitor may choose and the menu of the one chosen.
type Menus struct{ Spaces, Main []ui.Item }

// Resolver names the route of a thing. It answers fault.NotFound for what the visitor may not see.
type Resolver func(context.Context, id.ID) (route string, args []any, err error)

// Site answers every request of one city.
type Site struct {
	cfg     Config
	table   *Table
	mux     *http.ServeMux
	outer   http.Handler
	assets  *ui.Assets
	cookies Cookies
	cross   *http.CrossOriginProtection
	limits  *limits
	queue   *queue
	bodies  bodies
	metrics *metrics
	headers http.Header
}

// New makes a site of its configuration and its routes.
func New(cfg Config) (*Site, error) {
	cfg.Log = cmp.Or(cfg.Log, slog.Default())
	if cfg.Clock == nil {
		cfg.Clock = clock.System{}
	}
	if cfg.Metrics == nil {
		cfg.Metrics = prometheus.NewRegistry()
	}
	if cfg.Identify == nil {
		cfg.Identify = func(*http.Request) (identity.Visitor, error) { return identity.Visitor{}, nil }
	}
	s := &Site{cfg: cfg, cookies: Cookies{Secure: strings.HasPrefix(cfg.Origin, "https:")}, metrics: newMetrics(cfg.Metrics)}
	s.limits = newLimits(cfg.Clock, cfg.Limits)
	s.queue = newQueue(cfg.AtOnce, s.metrics.refused.WithLabelValues("crowded"))
	s.headers = securityHeaders(cfg.FormsTo, s.cookies.Secure)
	return s, s.build()
}

func (s *Site) build() error {
	var err error
	if s.assets, err = ui.NewAssets(s.cfg.Assets...); err != nil {
		return err
	}
	if s.table, err = NewTable(append(s.ownRoutes(), s.cfg.Routes...)); err != nil {
		return err
	}
	s.cross = http.NewCrossOriginProtection()
	if s.cfg.Origin != "" {
		if err := s.cross.AddTrustedOrigin(s.cfg.Origin); err != nil {
			return fmt.Errorf("web: origin: %w", err)
		}
	}
	if err := s.mount(); err != nil {
		return err
	}
	// The fastest level: half the processor time of the usual one for pages that are 5 to 20 % larger (docs/performance.md).
	compress, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.CompressionLevel(gzip.BestSpeed))
	if err != nil {
		return err
	}
	s.outer = compress(http.HandlerFunc(s.serve))
	return nil
}

// mount registers the table. ServeMux panics on patterns that clash: here it is an error.
func (s *Site) mount() (err error) {
	defer func() {
		if clash := recover(); clash != nil {
			err = fmt.Errorf("web: routes: %v", clash)
		}
	}()
	s.mux = http.NewServeMux()
	s.mux.Handle("GET "+ui.AssetsPath, s.assets)
	for i := range s.table.routes {
		route := &s.table.routes[i]
		if route.API != "" {
			s.mux.Handle(route.Method+" "+route.API, s.handle(route, ""))
			continue
		}
		for _, lang := range i18n.Languages() {
			s.mux.Handle(route.Method+" "+route.Pattern(lang), s.handle(route, lang))
		}
	}
	s.mux.Handle("/", s.handle(nil, ""))
	return nil
}

// Table gives the routes, for the site map and for tests over all of them.
func (s *Site) Table() *Table { return s.table }

// ServeHTTP answers a request.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.outer.ServeHTTP(w, r) }

// serve wraps every request, assets and errors included.
func (s *Site) serve(w http.ResponseWriter, r *http.Request) {
	for name, values := range s.headers {
		w.Header()[name] = values
	}
	rec := &record{start: s.cfg.Clock.Now(), id: id.Random()}
	out := &answer{ResponseWriter: w}
	s.metrics.inFlight.Inc()
	defer s.metrics.inFlight.Dec()
	s.mux.ServeHTTP(out, r.WithContext(withRecord(r.Context(), rec)))
	s.report(r, out, rec)
}

// handle makes the handler of one route in one language; a nil route answers what nothing else does.
func (s *Site) handle(route *Route, lang string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		leave, ok := s.enter(w, r, route)
		if !ok {
			crowded(w)
			return
		}
		defer leave()
		v, err := s.visit(r, route, lang)
		r = r.WithContext(v.in(r.Context()))
		if err == nil {
			err = s.admit(w, r, v)
		}
		if err == nil {
			s.takeFlash(w, r, v)
			err = s.call(w, r, v)
		}
		if err != nil {
			s.fail(w, r, err)
		}
	})
}

// enter waits for a place, unless a machine with a token asks: the health of the site is told even when it is
// crowded. The place is left when the answer begins to be sent.
func (s *Site) enter(w http.ResponseWriter, r *http.Request, route *Route) (leave func(), ok bool) {
	if route != nil && route.Token {
		return func() {}, true
	}
	leave, ok = s.queue.enter(r)
	if out, is := w.(*answer); is && ok {
		out.begins = leave
	}
	return leave, ok
}

// call runs the handler; a panic is a failure of ours like any other.
func (s *Site) call(w http.ResponseWriter, r *http.Request, v *Visit) (err error) {
	defer func() {
		if p := recover(); p != nil && p != http.ErrAbortHandler {
			err = panicked(p)
		} else if p != nil {
			panic(p)
		}
	}()
	if v.Route == nil {
		return s.nowhere(w, r)
	}
	return v.Route.Handler(w, r)
}
