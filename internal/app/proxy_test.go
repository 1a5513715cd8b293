package app

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// Behind the proxy of the city, what the security log notes is the address of the browser; whoever comes past the
// proxy cannot choose what is noted.
func TestTheSecurityLogNotesTheAddressOfTheBrowser(t *testing.T) {
	w := openValmont(t)
	w.cfg.Proxies = []string{"10.0.0.0/8"}
	if err := w.makeSite(); err != nil {
		t.Fatal(err)
	}
	account := one[string](w, `SELECT id FROM op_account WHERE email = 'leila.haddad@valmont.example'`)
	for _, c := range []struct{ remote, forwarded, want string }{
		{"10.0.0.2:4711", "192.0.2.66, 203.0.113.9", "203.0.113.9"},
		{"198.51.100.7:4711", "203.0.113.10", "198.51.100.7"},
	} {
		r := httptest.NewRequest("POST", home+"/fr/demonstration", strings.NewReader(url.Values{"account": {account}}.Encode()))
		r.RemoteAddr = c.remote
		r.Header.Set("X-Forwarded-For", c.forwarded)
		r.Header.Set("Origin", home)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w.clock.Advance(time.Second)
		in := httptest.NewRecorder()
		if w.Handler().ServeHTTP(in, r); in.Code != 303 {
			t.Fatalf("%d %s", in.Code, in.Body)
		}
		if got := one[string](w, `SELECT address FROM op_security_event WHERE account = $1 AND kind = 'signed_in' ORDER BY at DESC LIMIT 1`, account); got != c.want {
			t.Errorf("from %s, who says %q: noted %s, want %s", c.remote, c.forwarded, got, c.want)
		}
	}
}
