package web_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"parvis/internal/clock"
	"parvis/internal/fault"
	"parvis/internal/ui"
	"parvis/internal/web"
	"parvis/internal/web/webtest"
)

func TestAppearanceIsChosenWithoutAScript(t *testing.T) {
	site := webtest.Site(t, routes())
	w := webtest.Do(site, webtest.Scenario{URL: "/fr/apparence", Form: url.Values{"theme": {"dark"}, "back": {"/fr/idees/1?x=1"}}})
	if w.Code != 303 || w.Header().Get("Location") != "/fr/idees/1?x=1" {
		t.Fatalf("answered %d to %s", w.Code, w.Header().Get("Location"))
	}
	cookie := w.Result().Cookies()[0]
	if cookie.Name != "__Host-parvis-theme" || !cookie.Secure || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" {
		t.Errorf("the cookie is %v", cookie)
	}
	webtest.Run(t, site, []webtest.Scenario{
		{Name: "dark", URL: "/fr/", Header: map[string]string{"Cookie": cookie.Name + "=dark"}, Status: 200, Contains: []string{`data-theme="dark"`}},
		{Name: "nonsense", URL: "/fr/", Header: map[string]string{"Cookie": cookie.Name + "=<x>"}, Status: 200, Lacks: []string{"data-theme"}},
		{Name: "an open redirect is not followed", URL: "/fr/apparence", Form: url.Values{"back": {"//evil.test/"}}, Status: 303, Location: "/fr/"},
		{Name: "nor with a backslash", URL: "/fr/apparence", Form: url.Values{"back": {`/\evil.test`}}, Status: 303, Location: "/fr/"},
	})
}

func TestTheFooterLeadsToWhatTheLawExpects(t *testing.T) {
	cfg := webtest.Config(t, append(routes(),
		web.Route{Name: web.AccessibilityRoute, Method: "GET", FR: "/accessibilite", EN: "/accessibility", Audience: web.Public, Handler: page("A")},
		web.Route{Name: web.LegalRoute, Method: "GET", FR: "/mentions-legales", EN: "/legal", Audience: web.Public, Handler: page("L")}))
	cfg.City.Accessibility = "partial"
	webtest.Run(t, webtest.New(t, cfg), []webtest.Scenario{
		{Name: "in French", URL: "/fr/", Status: 200, Contains: []string{"partiellement conforme", `href="/fr/mentions-legales"`, `href="/en/" lang="en"`}, Lacks: []string{"Plan du site"}},
		{Name: "in English", URL: "/en/", Status: 200, Contains: []string{"partially compliant", `href="/en/legal"`, `href="/fr/" lang="fr"`}},
	})
}

func TestAMessageSurvivesOneRedirect(t *testing.T) {
	site := webtest.Site(t, routes())
	done := webtest.Do(site, webtest.Scenario{URL: "/fr/idees", Form: url.Values{"title": {"Vélos"}}})
	cookie := done.Result().Cookies()[0]
	shown := webtest.Do(site, webtest.Scenario{URL: "/fr/idees/1", Header: map[string]string{"Cookie": cookie.Name + "=" + cookie.Value}})
	if !strings.Contains(shown.Body.String(), `role="status"`) || !strings.Contains(shown.Body.String(), "retirée") {
		t.Error("the message was lost")
	}
	if gone := shown.Result().Cookies(); len(gone) != 1 || gone[0].MaxAge >= 0 {
		t.Errorf("the message will come again: %v", gone)
	}
}

func TestRatesAreLimited(t *testing.T) {
	cfg := webtest.Config(t, routes())
	now := clock.At(webtest.Now)
	cfg.Clock, cfg.Limits = now, web.Limits{Reads: web.Rate{Burst: 3, PerMinute: 60}}
	cfg.Proxies = web.Proxies{Trusted: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}
	site := webtest.New(t, cfg)
	ask := func(from, forwarded string) *httptest.ResponseRecorder {
		r := webtest.Request("GET", "/fr/", nil)
		r.RemoteAddr = from
		if forwarded != "" {
			r.Header.Set("X-Forwarded-For", forwarded)
		}
		w := httptest.NewRecorder()
		site.ServeHTTP(w, r)
		return w
	}
	for range 3 {
		if w := ask("[2001:db8:1:2::1]:5", ""); w.Code != 200 {
			t.Fatalf("refused too early: %d", w.Code)
		}
	}
	w := ask("[2001:db8:1:2:ffff::9]:7", "")
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") != "1" {
		t.Errorf("the same /64 got %d, Retry-After %q", w.Code, w.Header().Get("Retry-After"))
	}
	if w := ask("[2001:db8:1:3::1]:5", ""); w.Code != 200 {
		t.Errorf("the next /64 got %d", w.Code)
	}
	if w := ask("192.0.2.1:5", "2001:db8:1:2::1"); w.Code != 200 {
		t.Errorf("a forged X-Forwarded-For was believed: %d", w.Code)
	}
	if w := ask("10.1.1.1:5", "2001:db8:1:9::1, 2001:db8:1:2::1"); w.Code != http.StatusTooManyRequests {
		t.Errorf("our proxy was not believed: %d", w.Code)
	}
	now.Advance(time.Second)
	if w := ask("[2001:db8:1:2::1]:5", ""); w.Code != 200 {
		t.Errorf("a second later still %d", w.Code)
	}
}

func TestLimiterNeverGivesMoreThanItsBurst(t *testing.T) {
	now := clock.At(webtest.Now)
	l := web.NewLimiter(now, web.Rate{Burst: 2, PerMinute: 6})
	take := func() int {
		n := 0
		for {
			if _, ok := l.Take("k"); !ok {
				return n
			}
			n++
		}
	}
	for i, c := range []struct {
		wait time.Duration
		want int
	}{{0, 2}, {0, 0}, {10 * time.Second, 1}, {time.Hour, 2}, {-time.Hour, 0}} {
		now.Advance(c.wait)
		if got := take(); got != c.want {
			t.Errorf("step %d: got %d tokens, want %d", i, got, c.want)
		}
	}
}

func TestRecordTellsWhatAndNotWho(t *testing.T) {
	var out bytes.Buffer
	cfg := webtest.Config(t, append(routes(), web.Route{Name: "link", Method: "GET", FR: "/lien/{secret}", EN: "/link/{secret}", Audience: web.Public,
		Handler: func(w http.ResponseWriter, r *http.Request) error {
			web.From(r).Acted(2)
			web.From(r).Note("rows", 3)
			return web.Render(w, r, ui.Page(ui.Head{Title: "Lien"}))
		}}))
	cfg.Log = slog.New(slog.NewJSONHandler(&out, nil))
	site := webtest.New(t, cfg)
	webtest.Do(site, webtest.Scenario{URL: "/fr/lien/s3cr3t?code=hunter2", As: agent})
	var got map[string]any
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatalf("not one record: %s", out.String())
	}
	for name, want := range map[string]any{"msg": "request", "route": "link", "method": "GET", "status": 200.0, "lang": "fr", "visitor": "agent", "acts": 2.0, "rows": 3.0} {
		if got[name] != want {
			t.Errorf("%s is %v, want %v", name, got[name], want)
		}
	}
	for _, not := range []string{"s3cr3t", "hunter2", agent.Name, "192.0.2.1"} {
		if strings.Contains(out.String(), not) {
			t.Errorf("the record tells %q: %s", not, out.String())
		}
	}
	out.Reset()
	webtest.Do(site, webtest.Scenario{URL: "/fr/panne"})
	if !strings.Contains(out.String(), "postgres://secret") || !strings.Contains(out.String(), `"level":"ERROR"`) {
		t.Errorf("the cause of a failure is not recorded: %s", out.String())
	}
}

func TestOperatorsSeeMetrics(t *testing.T) {
	cfg := webtest.Config(t, routes())
	cfg.Ready = func(context.Context) error { return fault.New(fault.Unavailable, "fault.unavailable") }
	site := webtest.New(t, cfg)
	webtest.Do(site, webtest.Scenario{URL: "/fr/idees/1"})
	webtest.Do(site, webtest.Scenario{URL: "/csp-report", Method: "POST"})
	w := httptest.NewRecorder()
	site.Ops().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	for _, want := range []string{`parvis_http_requests_total{method="GET",route="idea",status="2xx"} 1`, `parvis_csp_reports_total 1`, `parvis_http_seconds_count{route="idea"} 1`} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
	if w := webtest.Do(site, webtest.Scenario{URL: "/readyz"}); w.Code != http.StatusServiceUnavailable {
		t.Errorf("ready without its database: %d", w.Code)
	}
}

func TestACopyIsRightUntilThePageChanges(t *testing.T) {
	version := 1
	site := webtest.Site(t, []web.Route{{Name: "p", Method: "GET", FR: "/p", EN: "/p", Audience: web.Public, Handler: func(w http.ResponseWriter, r *http.Request) error {
		if web.Fresh(w, r, version) {
			return nil
		}
		return web.Render(w, r, ui.Page(ui.Head{Title: "P"}))
	}}})
	tag := webtest.Do(site, webtest.Scenario{URL: "/fr/p"}).Header().Get("ETag")
	again := func(s webtest.Scenario) int {
		s.URL = "/fr/p"
		if s.Header == nil {
			s.Header = map[string]string{}
		}
		s.Header["If-None-Match"] = `"other", ` + tag
		return webtest.Do(site, s).Code
	}
	if got := again(webtest.Scenario{}); got != http.StatusNotModified {
		t.Errorf("the same page: %d", got)
	}
	if got := again(webtest.Scenario{As: agent}); got != http.StatusOK {
		t.Errorf("another visitor got the copy: %d", got)
	}
	if got := again(webtest.Scenario{Header: map[string]string{"Cookie": "__Host-parvis-theme=dark"}}); got != http.StatusOK {
		t.Errorf("another theme got the copy: %d", got)
	}
	version = 2
	if got := again(webtest.Scenario{}); got != http.StatusOK {
		t.Errorf("a changed page: %d", got)
	}
}

func TestTextIsCompressed(t *testing.T) {
	site := webtest.Site(t, routes())
	w := webtest.Do(site, webtest.Scenario{URL: "/fr/style", Header: map[string]string{"Accept-Encoding": "gzip"}})
	if w.Header().Get("Content-Encoding") != "gzip" {
		t.Fatalf("not compressed: %v", w.Header())
	}
	plain, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(plain)
	if err != nil || !strings.Contains(string(body), "</html>") {
		t.Errorf("the page is not whole: %v", err)
	}
}

func TestAssetsAreKeptForEver(t *testing.T) {
	site := webtest.Site(t, routes())
	assets, err := ui.NewAssets()
	if err != nil {
		t.Fatal(err)
	}
	today := webtest.Do(site, webtest.Scenario{URL: assets.URL("parvis.css")})
	if today.Code != 200 || !strings.Contains(today.Header().Get("Cache-Control"), "immutable") || !strings.Contains(today.Body.String(), "@layer tokens") {
		t.Errorf("today's style sheet: %d %v", today.Code, today.Header())
	}
	webtest.Headers(t, today.Header())
	old := webtest.Do(site, webtest.Scenario{URL: "/static/0123456789ab/parvis.css"})
	if old.Code != 200 || strings.Contains(old.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("an old page's style sheet: %d %v", old.Code, old.Header())
	}
	if w := webtest.Do(site, webtest.Scenario{URL: assets.URL("../../go.mod")}); w.Code == 200 {
		t.Error("a file outside was served")
	}
}

func TestUploads(t *testing.T) {
	var got string
	site := webtest.Site(t, []web.Route{{Name: "up", Method: "POST", FR: "/piece", EN: "/paper", Audience: web.Public, Body: 4 << 20, Handler: func(w http.ResponseWriter, r *http.Request) error {
		file, err := web.File(r, "paper", 1<<10)
		if err != nil || file == nil {
			return err
		}
		defer file.File.Close()
		body, err := io.ReadAll(file.File)
		got = file.Name + ":" + string(body)
		return err
	}}})
	send := func(size int) int {
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		part, _ := form.CreateFormFile("paper", "plan.txt")
		part.Write(bytes.Repeat([]byte("x"), size))
		form.Close()
		r := webtest.Request("POST", "/fr/piece", nil)
		r.Body, r.ContentLength = io.NopCloser(&body), int64(body.Len())
		r.Header.Set("Content-Type", form.FormDataContentType())
		w := httptest.NewRecorder()
		site.ServeHTTP(w, r)
		return w.Code
	}
	if code := send(3); code != 200 || got != "plan.txt:xxx" {
		t.Errorf("a small file: %d, %q", code, got)
	}
	if code := send(2 << 10); code != http.StatusUnprocessableEntity {
		t.Errorf("over the field's limit: %d", code)
	}
	if code := send(8 << 20); code != http.StatusRequestEntityTooLarge {
		t.Errorf("over the route's limit: %d", code)
	}
}

func TestPrefers(t *testing.T) {
	for _, c := range []struct{ url, accept, want string }{
		{"/", "", web.HTML}, {"/", "*/*", web.HTML}, {"/", "application/json", web.JSON}, {"/?format=csv", "text/html", web.CSV},
		{"/", "text/html;q=0.2, text/csv;q=0.9", web.CSV}, {"/", "image/png", web.HTML}, {"/?format=exe", "application/*", web.JSON},
	} {
		r := httptest.NewRequest("GET", c.url, nil)
		r.Header.Set("Accept", c.accept)
		if got := web.Prefers(r, web.HTML, web.JSON, web.CSV); got != c.want {
			t.Errorf("%s with Accept %q: %s, want %s", c.url, c.accept, got, c.want)
		}
	}
}

func TestRoutesAreChecked(t *testing.T) {
	ok := web.Route{Name: "a", Method: "GET", FR: "/a", EN: "/a", Audience: web.Public, Handler: page("A")}
	for name, change := range map[string]func(*web.Route){
		"no audience": func(r *web.Route) { r.Audience = 0 }, "no English": func(r *web.Route) { r.EN = "" },
		"other placeholders": func(r *web.Route) { r.FR = "/a/{x}" }, "both faces": func(r *web.Route) { r.API = "/api" },
		"no handler": func(r *web.Route) { r.Handler = nil },
	} {
		bad := ok
		change(&bad)
		if _, err := web.NewTable([]web.Route{bad}); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
	twin := ok
	twin.Name = "b"
	if _, err := web.New(webtest.Config(t, []web.Route{ok, twin})); err == nil {
		t.Error("two routes with one path were accepted")
	}
}

func TestServeFinishesWhatIsUnderWay(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	began, goOn := make(chan struct{}), make(chan struct{})
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(began)
		<-goOn
		w.Write([]byte("whole"))
	})
	ctx, stop := context.WithCancel(t.Context())
	served, answered := make(chan error, 1), make(chan string, 1)
	go func() { served <- web.Serve(ctx, l, handler) }()
	go func() {
		resp, err := http.Get("http://" + l.Addr().String())
		if err != nil {
			answered <- err.Error()
			return
		}
		defer resp.Body.Close()
		body, _ := io.ReadAll(resp.Body)
		answered <- string(body)
	}()
	<-began
	stop()
	close(goOn)
	if got := <-answered; got != "whole" {
		t.Errorf("the request under way got %q", got)
	}
	if err := <-served; err != nil {
		t.Errorf("the server ended with %v", err)
	}
}
