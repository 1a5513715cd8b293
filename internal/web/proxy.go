package web

import (
	"mime"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Proxies are the reverse proxies of the city, which say on whose behalf they ask.
type Proxies struct {
	Trusted []netip.Prefix
	// Forwarded reads the header of RFC 7239 in the place of X-Forwarded-For. Only one of them is read: a proxy
	// that writes one lets the other through as the browser sent it.
	Forwarded bool
}

// Client is the address of the browser: the right-most hop that is no proxy of ours. What stands further
// left was written by the browser itself, and proves nothing.
func (p Proxies) Client(r *http.Request) netip.Addr {
	addr := parseAddr(r.RemoteAddr)
	for _, hop := range slices.Backward(p.hops(r.Header)) {
		if !p.trusts(addr) {
			break
		}
		next := parseAddr(hop)
		if !next.IsValid() {
			break // "unknown" or a name of RFC 7239 §6: the proxy is all we know
		}
		addr = next
	}
	return addr
}

// Address is Client as text, for records of who came in.
func (p Proxies) Address(r *http.Request) string {
	if addr := p.Client(r); addr.IsValid() {
		return addr.String()
	}
	return r.RemoteAddr
}

func (p Proxies) trusts(addr netip.Addr) bool {
	return slices.ContainsFunc(p.Trusted, func(n netip.Prefix) bool { return n.Contains(addr) })
}

// hops lists whom each proxy heard from, the nearest to us last.
func (p Proxies) hops(h http.Header) []string {
	name := "X-Forwarded-For"
	if p.Forwarded {
		name = "Forwarded"
	}
	values := h.Values(name)
	if len(values) == 0 {
		return nil
	}
	hops := strings.Split(strings.Join(values, ","), ",")
	for i, hop := range hops {
		hops[i] = strings.TrimSpace(hop)
		if p.Forwarded {
			hops[i] = heardFrom(hop)
		}
	}
	return hops
}

// heardFrom reads the parameter "for" of an element of Forwarded; "" when it has none.
func heardFrom(element string) string {
	_, params, err := mime.ParseMediaType("a/b;" + element)
	if err != nil {
		return ""
	}
	return params["for"]
}

// parseAddr reads an address, with or without a port, as it stands in RemoteAddr and in both headers.
func parseAddr(s string) netip.Addr {
	if ap, err := netip.ParseAddrPort(s); err == nil {
		return ap.Addr().Unmap().WithZone("")
	}
	addr, _ := netip.ParseAddr(strings.Trim(s, "[]"))
	return addr.Unmap().WithZone("")
}
