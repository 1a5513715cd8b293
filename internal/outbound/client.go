package outbound

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"

	"parvis/internal/fault"
)

// Config is what the operator opens beyond the public Internet.
type Config struct {
	Networks  []netip.Prefix // networks that may be reached though not public: an identity provider inside
	PlainHTTP []string       // hosts ("witness.local:8080") to which http is allowed
	Ports     []string       // ports beside 443, for any host
	UserAgent string         // names the city and a contact
	Resolver  *net.Resolver  // nil: the system's
	TLS       *tls.Config    // nil: the system's authorities, TLS 1.2 at least
}

// Source is what one use of the client may reach, and how much of it.
type Source struct {
	Hosts     []string      // the only hosts allowed, lower case; "*.example.org" allows subdomains; empty: any public one
	Redirects int           // hops followed, each checked like the first; 0: none
	MaxBytes  int64         // of a decompressed answer; 0: 10 MiB
	Timeout   time.Duration // for the whole exchange; 0: 20 s
}

// Guard makes clients. There is one for the program.
type Guard struct {
	config    Config
	transport *http.Transport
}

// New makes the guard of a configuration.
func New(c Config) *Guard {
	g := &Guard{config: c}
	dialer := &net.Dialer{Timeout: 5 * time.Second, Resolver: c.Resolver, Control: g.control}
	g.transport = &http.Transport{
		DialContext:            dialer.DialContext,
		TLSClientConfig:        c.TLS,
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    5 * time.Second,
		ResponseHeaderTimeout:  15 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
		MaxIdleConnsPerHost:    2,
		IdleConnTimeout:        30 * time.Second,
	}
	return g
}

// control checks the very address that is about to be dialled.
func (g *Guard) control(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	class := Class(at.Addr())
	if class == "" || slices.ContainsFunc(g.config.Networks, func(p netip.Prefix) bool { return p.Contains(at.Addr()) }) {
		return nil
	}
	return fault.New(fault.Denied, "outbound.address", "class", class)
}

// Client makes an http.Client that reaches what src allows. Every request that leaves through it,
// redirects included, is checked; bodies are cut at src.MaxBytes with fault.TooLarge.
func (g *Guard) Client(src Source) *http.Client {
	if src.MaxBytes == 0 {
		src.MaxBytes = 10 << 20
	}
	if src.Timeout == 0 {
		src.Timeout = 20 * time.Second
	}
	return &http.Client{
		Transport:     &guarded{g, src},
		Timeout:       src.Timeout,
		CheckRedirect: src.redirect,
	}
}

func (s Source) redirect(req *http.Request, via []*http.Request) error {
	if len(via) > s.Redirects {
		return fault.New(fault.Denied, "outbound.redirect", "host", req.URL.Host)
	}
	return nil
}

// guarded is the http.RoundTripper of one source.
type guarded struct {
	guard *Guard
	src   Source
}

// RoundTrip checks the address of the request, sends it and limits the answer.
func (t *guarded) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := t.guard.Check(t.src, req.URL); err != nil {
		return nil, err
	}
	if t.guard.config.UserAgent != "" && req.Header.Get("User-Agent") == "" {
		req = req.Clone(req.Context())
		req.Header.Set("User-Agent", t.guard.config.UserAgent)
	}
	resp, err := t.guard.transport.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	if resp.ContentLength > t.src.MaxBytes {
		resp.Body.Close()
		return nil, tooLarge(t.src.MaxBytes)
	}
	resp.Body = &limited{ReadCloser: resp.Body, left: t.src.MaxBytes, max: t.src.MaxBytes}
	return resp, nil
}

// Check tells whether src may ask for u, as far as its text tells: forms call it to say early what
// the request itself would be refused for. The address is checked when it is dialled.
func (g *Guard) Check(src Source, u *url.URL) error {
	host, port := strings.ToLower(u.Hostname()), u.Port()
	plain := u.Scheme == "http" && slices.Contains(g.config.PlainHTTP, strings.ToLower(u.Host))
	switch {
	case host == "" || u.Opaque != "" || u.User != nil:
		return fault.New(fault.Invalid, "outbound.url")
	case !plain && u.Scheme != "https":
		return fault.New(fault.Denied, "outbound.scheme", "scheme", u.Scheme)
	case !plain && port != "" && port != "443" && !slices.Contains(g.config.Ports, port):
		return fault.New(fault.Denied, "outbound.port", "port", port)
	case len(src.Hosts) > 0 && !slices.ContainsFunc(src.Hosts, func(h string) bool { return matches(h, host) }):
		return fault.New(fault.Denied, "outbound.host", "host", host)
	}
	if a, err := netip.ParseAddr(host); err == nil {
		return g.control("", netip.AddrPortFrom(a, 443).String(), nil)
	}
	return nil
}

func matches(pattern, host string) bool {
	if sub, any := strings.CutPrefix(pattern, "*"); any {
		return strings.HasPrefix(sub, ".") && strings.HasSuffix(host, sub)
	}
	return pattern == host
}

// Get fetches u whole. It fails unless the answer is 200.
func (g *Guard) Get(ctx context.Context, src Source, u string) ([]byte, http.Header, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u, nil)
	if err != nil {
		return nil, nil, fault.Wrap(err, fault.Invalid, "outbound.url")
	}
	resp, err := g.Client(src).Do(req)
	if err != nil {
		return nil, nil, explained(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, resp.Header, fault.New(fault.Unavailable, "outbound.status", "status", fmt.Sprint(resp.StatusCode), "host", req.URL.Host)
	}
	body, err := io.ReadAll(resp.Body)
	return body, resp.Header, explained(err)
}

// explained keeps a refusal of ours and makes Unavailable of the rest.
func explained(err error) error {
	if err == nil {
		return nil
	}
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f
	}
	return fault.Wrap(err, fault.Unavailable, "outbound.unreachable")
}
