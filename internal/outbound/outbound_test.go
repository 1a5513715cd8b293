package outbound_test

import (
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/outbound"

	"golang.org/x/net/dns/dnsmessage"
)

func TestEveryClassOfAddress(t *testing.T) {
	for address, want := range map[string]string{
		"0.0.0.0": "this-network", "0.1.2.3": "this-network", "::": "this-network",
		"127.0.0.1": "loopback", "127.255.255.254": "loopback", "::1": "loopback",
		"10.0.0.1": "private", "172.16.0.1": "private", "172.31.255.255": "private", "192.168.1.1": "private",
		"fc00::1": "private", "fd12:3456::1": "private", "fec0::1": "private",
		"169.254.169.254": "link-local", "fe80::1": "link-local", "fe80::1%eth0": "link-local",
		"100.64.0.1": "cgnat", "100.127.255.255": "cgnat",
		"::ffff:127.0.0.1": "mapped", "::ffff:8.8.8.8": "mapped", "::127.0.0.1": "mapped", "::ffff:0:10.0.0.1": "mapped",
		"64:ff9b::7f00:1": "nat64", "64:ff9b:1::a00:1": "nat64",
		"2002:7f00:1::": "6to4", "192.88.99.1": "6to4", "2001:0:4136:e378::1": "teredo",
		"192.0.0.8": "protocol", "2001:20::1": "protocol", "100::1": "protocol",
		"192.0.2.1": "documentation", "198.51.100.7": "documentation", "203.0.113.9": "documentation", "2001:db8::1": "documentation",
		"198.18.0.1": "benchmark", "198.19.255.255": "benchmark",
		"224.0.0.1": "multicast", "239.255.255.250": "multicast", "ff02::1": "multicast",
		"240.0.0.1": "reserved", "255.255.255.255": "reserved", "4000::1": "reserved",
		"8.8.8.8": "", "93.184.215.14": "", "172.32.0.1": "", "172.15.255.255": "", "100.63.255.255": "", "100.128.0.1": "",
		"11.0.0.1": "", "192.167.1.1": "", "223.255.255.255": "", "2a01:cb00::1": "", "2606:4700::1111": "",
	} {
		if got := outbound.Class(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s is %q, want %q", address, got, want)
		}
	}
	if outbound.Class(netip.Addr{}) == "" {
		t.Error("no address at all passes for a public one")
	}
}

func TestAddressesThatAreRefusedByTheirText(t *testing.T) {
	g := outbound.New(outbound.Config{PlainHTTP: []string{"witness.local:8080"}, Ports: []string{"8443"}})
	src := outbound.Source{Hosts: []string{"data.example.org", "*.example.net", "127.0.0.1", "10.0.0.1", "::1", "witness.local"}}
	for address, want := range map[string]string{
		"https://data.example.org/x":       "",
		"https://data.example.org:443/":    "",
		"https://data.example.org:8443/":   "",
		"https://DATA.example.org/":        "",
		"https://a.example.net/":           "",
		"http://witness.local:8080/":       "",
		"https://example.net/":             "outbound.host",
		"https://evilexample.net/":         "outbound.host",
		"https://data.example.org.evil/":   "outbound.host",
		"http://data.example.org/":         "outbound.scheme",
		"http://witness.local/":            "outbound.scheme",
		"ftp://data.example.org/":          "outbound.scheme",
		"file:///etc/passwd":               "outbound.url",
		"https://user:pw@data.example.org": "outbound.url",
		"https:data.example.org":           "outbound.url",
		"https://data.example.org:22/":     "outbound.port",
		"https://127.0.0.1/":               "outbound.address",
		"https://10.0.0.1/":                "outbound.address",
		"https://[::1]/":                   "outbound.address",
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := key(g.Check(src, u)); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}

// key is the message key of the fault in err.
func key(err error) string {
	if err == nil {
		return ""
	}
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f.Key
	}
	return err.Error()
}

// site is an https server on this machine with its guard's configuration.
func site(t *testing.T, h http.HandlerFunc) (*httptest.Server, outbound.Config) {
	t.Helper()
	s := httptest.NewTLSServer(h)
	t.Cleanup(s.Close)
	pool := x509.NewCertPool()
	pool.AddCert(s.Certificate())
	_, port, err := net.SplitHostPort(s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return s, outbound.Config{TLS: &tls.Config{RootCAs: pool, ServerName: "example.com"}, Ports: []string{port},
		UserAgent: "Parvis (Valmont)"}
}

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

func get(c outbound.Config, src outbound.Source, u string) (string, error) {
	body, _, err := outbound.New(c).Get(context.Background(), src, u)
	return string(body), err
}

func TestThisMachineIsReachedOnlyWhenTheConfigurationSaysSo(t *testing.T) {
	hits := atomic.Int32{}
	s, c := site(t, func(w http.ResponseWriter, r *http.Request) { hits.Add(1); io.WriteString(w, r.UserAgent()) })
	if _, err := get(c, outbound.Source{}, s.URL); key(err) != "outbound.address" || hits.Load() != 0 {
		t.Errorf("got %v after %d hits", err, hits.Load())
	}
	c.Networks = loopback
	if got, err := get(c, outbound.Source{}, s.URL); err != nil || got != "Parvis (Valmont)" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestRedirectsAreRefusedOrCheckedHopByHop(t *testing.T) {
	var target string
	s, c := site(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/end" {
			io.WriteString(w, "end")
			return
		}
		http.Redirect(w, r, target, http.StatusFound)
	})
	c.Networks = loopback
	target = s.URL + "/end"
	if _, err := get(c, outbound.Source{}, s.URL); key(err) != "outbound.redirect" {
		t.Errorf("no hop allowed: %v", err)
	}
	if got, err := get(c, outbound.Source{Redirects: 1}, s.URL); got != "end" || err != nil {
		t.Errorf("one hop allowed: %q, %v", got, err)
	}
	for hop, want := range map[string]string{
		s.URL: "outbound.redirect", "http://127.0.0.1/": "outbound.scheme", "https://169.254.169.254/latest/": "outbound.address",
		"https://[::ffff:7f00:1]/": "outbound.address", "file:///etc/passwd": "outbound.url",
	} {
		target = hop
		if _, err := get(c, outbound.Source{Redirects: 2}, s.URL); key(err) != want {
			t.Errorf("hop to %s: %v, want %s", hop, err, want)
		}
	}
	target = "https://elsewhere.example/"
	if _, err := get(c, outbound.Source{Redirects: 2, Hosts: []string{"127.0.0.1"}}, s.URL); key(err) != "outbound.host" {
		t.Errorf("hop to a host that is not listed: %v", err)
	}
}

func TestAnswersHaveASizeAndATime(t *testing.T) {
	s, c := site(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/said": // the length is announced
			io.WriteString(w, strings.Repeat("x", 2000))
		case "/bomb": // the length is known only once decompressed
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			io.WriteString(z, strings.Repeat("x", 1<<20))
			z.Close()
		case "/exact":
			io.WriteString(w, strings.Repeat("x", 1000))
		case "/slow":
			<-r.Context().Done()
		default:
			http.NotFound(w, r)
		}
	})
	c.Networks = loopback
	for path, want := range map[string]string{"/said": "outbound.too_large", "/bomb": "outbound.too_large",
		"/exact": "", "/slow": "outbound.unreachable", "/none": "outbound.status"} {
		src := outbound.Source{MaxBytes: 1000, Timeout: time.Minute}
		if path == "/slow" { // only what must be slow is given little time: a busy machine is no failure
			src.Timeout = 300 * time.Millisecond
		}
		body, err := get(c, src, s.URL+path)
		if key(err) != want || path == "/exact" && len(body) != 1000 {
			t.Errorf("%s: %v (%d bytes), want %q", path, err, len(body), want)
		}
	}
}

func TestACertificateThatIsNotTrustedIsRefused(t *testing.T) {
	s, c := site(t, func(w http.ResponseWriter, r *http.Request) {})
	c.Networks, c.TLS = loopback, nil
	if _, err := get(c, outbound.Source{}, s.URL); key(err) != "outbound.unreachable" {
		t.Errorf("got %v", err)
	}
}

// The name resolves to a public address when somebody looks, and to this machine when it is dialled.
func TestANameThatChangesItsMindGainsNothing(t *testing.T) {
	var hits, asked atomic.Int32
	s, c := site(t, func(http.ResponseWriter, *http.Request) { hits.Add(1) })
	c.Resolver = nameServer(t, func() [4]byte {
		if asked.Add(1) == 1 {
			return [4]byte{93, 184, 215, 14}
		}
		return [4]byte{127, 0, 0, 1}
	})
	seen, err := c.Resolver.LookupIP(context.Background(), "ip4", "rebind.example.")
	if err != nil || outbound.Class(netip.MustParseAddr(seen[0].String())) != "" {
		t.Fatalf("the name server does not lie: %v %v", seen, err)
	}
	u, _ := url.Parse(s.URL)
	address := "https://rebind.example:" + u.Port() + "/"
	if _, err := get(c, outbound.Source{}, address); key(err) != "outbound.address" || hits.Load() != 0 {
		t.Errorf("got %v after %d hits", err, hits.Load())
	}
	c.Networks = loopback // the control: the same name does lead to the server
	if _, err := get(c, outbound.Source{}, address); err != nil || hits.Load() != 1 {
		t.Errorf("control: %v after %d hits", err, hits.Load())
	}
}

// nameServer answers every question for an IPv4 address with what answer says.
func nameServer(t *testing.T, answer func() [4]byte) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	go func() {
		buf := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			if reply, err := reply(buf[:n], answer); err == nil {
				conn.WriteTo(reply, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func reply(query []byte, answer func() [4]byte) ([]byte, error) {
	var m dnsmessage.Message
	if err := m.Unpack(query); err != nil || len(m.Questions) == 0 {
		return nil, fmt.Errorf("no question: %w", err)
	}
	q := m.Questions[0]
	out := dnsmessage.Message{Header: dnsmessage.Header{ID: m.ID, Response: true, Authoritative: true}, Questions: m.Questions[:1]}
	if q.Type == dnsmessage.TypeA {
		out.Answers = []dnsmessage.Resource{{
			Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class},
			Body:   &dnsmessage.AResource{A: answer()}}}
	}
	return out.Pack()
}

func TestCataloguesAgree(t *testing.T) {
	for _, problem := range i18n.Check(outbound.Messages) {
		t.Error(problem)
	}
}
