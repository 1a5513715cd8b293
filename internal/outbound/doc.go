// Package outbound is the one HTTP client with which Parvis speaks to the outside: harvested
// catalogues, webhooks, identity providers, witnesses. Only this package imports an HTTP transport.
//
// An address that a person typed must not become a way into the town hall's network (SSRF, CWE-918;
// OWASP ASVS 5.0 V13.2.4). So:
//
//   - https only, on port 443; http and other ports only for hosts named in the configuration;
//   - the address that is checked is the one that is dialled: the check happens after the name is
//     resolved, for every attempt, so that a name which changes its mind (DNS rebinding) gains nothing;
//   - addresses that are not of the public Internet are refused unless the configuration names them;
//   - each hop of a redirect is a new request that passes the same checks, and by default there is none;
//   - answers have a size and a time.
//
// A Source says what one use of the client may reach. Proxies of the environment are ignored: behind
// a proxy the dialled address would be the proxy's, and the check worth nothing.
package outbound
