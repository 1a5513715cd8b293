package outbound

import (
	"net/netip"
	"slices"
)

// closed lists what is not the public Internet, by class (IANA special-purpose address registries,
// RFC 6890 and its updates). IPv6 is refused but for 2000::/3, less what is listed.
var closed = []struct {
	class    string
	prefixes []netip.Prefix
}{
	{"this-network", prefixes("0.0.0.0/8", "::/128")},
	{"loopback", prefixes("127.0.0.0/8", "::1/128")},
	{"private", prefixes("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10")},
	{"link-local", prefixes("169.254.0.0/16", "fe80::/10")},
	{"cgnat", prefixes("100.64.0.0/10")},
	{"mapped", prefixes("::ffff:0:0/96", "::ffff:0:0:0/96", "::/96")},
	{"nat64", prefixes("64:ff9b::/96", "64:ff9b:1::/48")},
	{"6to4", prefixes("2002::/16", "192.88.99.0/24")},
	{"teredo", prefixes("2001::/32")},
	{"protocol", prefixes("192.0.0.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.175.48.0/24", "2001::/23", "100::/64", "5f00::/16")},
	{"documentation", prefixes("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20")},
	{"benchmark", prefixes("198.18.0.0/15")},
	{"multicast", prefixes("224.0.0.0/4", "ff00::/8")},
	{"reserved", prefixes("240.0.0.0/4")},
}

var publicIPv6 = netip.MustParsePrefix("2000::/3")

func prefixes(texts ...string) []netip.Prefix {
	all := make([]netip.Prefix, len(texts))
	for i, t := range texts {
		all[i] = netip.MustParsePrefix(t)
	}
	return all
}

// Class names the kind of an address that is not of the public Internet; "" when it is.
func Class(a netip.Addr) string {
	a = a.WithZone("")
	for _, c := range closed {
		if slices.ContainsFunc(c.prefixes, func(p netip.Prefix) bool { return p.Contains(a) }) {
			return c.class
		}
	}
	if a.Is6() && !publicIPv6.Contains(a) || !a.IsValid() {
		return "reserved"
	}
	return ""
}
