package web_test

import (
	"net/http/httptest"
	"net/netip"
	"testing"

	"parvis/internal/web"
)

func TestTheAddressBehindAProxyIsNotForged(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	for _, c := range []struct {
		name, remote, header, value string
		rfc                         bool
		want                        string
	}{
		{"no proxy", "198.51.100.7:5", "", "", false, "198.51.100.7"},
		{"a stranger who pretends to be a proxy", "198.51.100.7:5", "X-Forwarded-For", "203.0.113.9", false, "198.51.100.7"},
		{"one proxy", "10.0.0.2:5", "X-Forwarded-For", "203.0.113.9", false, "203.0.113.9"},
		{"two proxies", "10.0.0.2:5", "X-Forwarded-For", "203.0.113.9, 10.0.0.3", false, "203.0.113.9"},
		{"what the browser wrote further left", "10.0.0.2:5", "X-Forwarded-For", "192.0.2.66, 203.0.113.9, 10.0.0.3", false, "203.0.113.9"},
		{"an address of ours that the browser wrote", "10.0.0.2:5", "X-Forwarded-For", "10.9.9.9, 203.0.113.9", false, "203.0.113.9"},
		{"nonsense that the browser wrote", "10.0.0.2:5", "X-Forwarded-For", "<script>, 203.0.113.9", false, "203.0.113.9"},
		{"nonsense from the proxy", "10.0.0.2:5", "X-Forwarded-For", "203.0.113.9, nobody", false, "10.0.0.2"},
		{"with a port", "10.0.0.2:5", "X-Forwarded-For", "203.0.113.9:4711", false, "203.0.113.9"},
		{"an address in IPv6", "[fd00::1]:5", "X-Forwarded-For", "2001:db8::9", false, "2001:db8::9"},
		{"the other header, that nobody vouches for", "10.0.0.2:5", "Forwarded", "for=192.0.2.66", false, "10.0.0.2"},
		{"RFC 7239", "10.0.0.2:5", "Forwarded", `for=192.0.2.66, for="203.0.113.9:80";proto=https;by=10.0.0.2`, true, "203.0.113.9"},
		{"RFC 7239 in IPv6", "10.0.0.2:5", "Forwarded", `For="[2001:db8::9]:4711"`, true, "2001:db8::9"},
		{"RFC 7239, hidden", "10.0.0.2:5", "Forwarded", `for=192.0.2.66, for=_hidden`, true, "10.0.0.2"},
		{"RFC 7239, while the browser wrote X-Forwarded-For", "10.0.0.2:5", "X-Forwarded-For", "192.0.2.66", true, "10.0.0.2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := httptest.NewRequest("GET", "/fr/", nil)
			r.RemoteAddr = c.remote
			if c.header != "" {
				r.Header.Set(c.header, c.value)
			}
			if got := (web.Proxies{Trusted: trusted, Forwarded: c.rfc}).Address(r); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// A proxy may send the header on several lines: they are one list.
func TestTheHeaderOfProxiesMayHaveSeveralLines(t *testing.T) {
	r := httptest.NewRequest("GET", "/fr/", nil)
	r.RemoteAddr = "10.0.0.2:5"
	r.Header.Add("X-Forwarded-For", "192.0.2.66")
	r.Header.Add("X-Forwarded-For", "203.0.113.9")
	if got := (web.Proxies{Trusted: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}).Address(r); got != "203.0.113.9" {
		t.Errorf("got %s", got)
	}
}
