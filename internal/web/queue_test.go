package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"parvis/internal/web"
	"parvis/internal/web/webtest"
)

// turnstile is a site with one place; its page says when it is made and when it is half sent, and waits.
type turnstile struct {
	*web.Site
	making, sending chan bool
}

func newTurnstile(t *testing.T) *turnstile {
	t.Helper()
	d := &turnstile{making: make(chan bool), sending: make(chan bool)}
	slow := func(w http.ResponseWriter, r *http.Request) error {
		d.making <- true
		w.WriteHeader(http.StatusOK)
		d.sending <- true
		return nil
	}
	quick := func(w http.ResponseWriter, r *http.Request) error {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	route := func(name, method string, h web.Handler) web.Route {
		return web.Route{Name: name, Method: method, FR: "/" + name, EN: "/" + name, Audience: web.Public, Handler: h}
	}
	cfg := webtest.Config(t, []web.Route{route("slow", "GET", slow), route("quick", "GET", quick), route("form", "POST", quick)})
	cfg.AtOnce = 1
	site, err := web.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	d.Site = site
	go d.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/fr/slow", nil))
	return d
}

// ask is a visitor who has no patience.
func (d *turnstile) ask(method, path string) *httptest.ResponseRecorder {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	w := httptest.NewRecorder()
	d.ServeHTTP(w, httptest.NewRequestWithContext(ctx, method, path, nil))
	return w
}

func TestAPageWaitsForItsPlaceUntilThatBeforeBeginsToBeSent(t *testing.T) {
	d := newTurnstile(t)
	for d.ask("GET", "/fr/quick").Code == http.StatusNoContent { // until the slow page has the place
	}
	if w := d.ask("GET", "/fr/quick"); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
		t.Errorf("crowded: %d %v", w.Code, w.Header())
	}
	for path, method := range map[string]string{"/healthz": "GET", "/fr/form": "POST"} {
		if w := d.ask(method, path); w.Code >= 400 {
			t.Errorf("%s waits for a place: %d", path, w.Code)
		}
	}
	<-d.making
	for d.ask("GET", "/fr/quick").Code != http.StatusNoContent { // until the slow page is half sent
	}
	<-d.sending
}
