package portfolioweb_test

import (
	"net/http"
	"os"
	"testing"

	"parvis/internal/web/webtest"
)

// TestLook serves the story on the address in PARVIS_LOOK, until it is interrupted, for whoever wants to
// see the pages: ?me=mission shows them to the mission, and so on for every visitor of the tests.
func TestLook(t *testing.T) {
	address := os.Getenv("PARVIS_LOOK")
	if address == "" {
		t.Skip("PARVIS_LOOK is not set")
	}
	tw := newStory(t)
	t.Log(http.ListenAndServe(address, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		me := r.URL.Query().Get("me")
		if c, err := r.Cookie("me"); err == nil && me == "" {
			me = c.Value
		}
		http.SetCookie(w, &http.Cookie{Name: "me", Value: me, Path: "/"})
		tw.site.ServeHTTP(w, webtest.As(r, visitors[me]))
	})))
}
