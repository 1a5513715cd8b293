package identity

import (
	"net/mail"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"

	"parvis/internal/fault"
)

// FoldEmail gives the one form under which an e-mail address is stored and compared: trimmed, in
// lower case, the domain in ASCII (RFC 5891). Two spellings of one mailbox are one account.
// Faults: Invalid identity.email.invalid.
func FoldEmail(typed string) (string, error) {
	refused := fault.New(fault.Invalid, "identity.email.invalid")
	s := norm.NFC.String(strings.TrimSpace(typed))
	if len(s) > 254 || strings.ContainsAny(s, "<>()\"\\,;: \t\r\n") {
		return "", refused
	}
	parsed, err := mail.ParseAddress(s)
	if err != nil || parsed.Address != s {
		return "", refused
	}
	at := strings.LastIndexByte(s, '@')
	domain, err := idna.Lookup.ToASCII(s[at+1:])
	if err != nil || !strings.Contains(domain, ".") && domain != "localhost" {
		return "", refused
	}
	return strings.ToLower(s[:at]) + "@" + strings.ToLower(domain), nil
}

// MaskEmail shows enough of an address for its owner to know it: "m…n@ville.fr".
func MaskEmail(email string) string {
	local, domain, _ := strings.Cut(email, "@")
	r := []rune(local)
	if len(r) < 3 {
		return "…@" + domain
	}
	return string(r[0]) + "…" + string(r[len(r)-1]) + "@" + domain
}
