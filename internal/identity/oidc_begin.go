package identity

import (
	"context"
	"net/url"
	"strings"

	"golang.org/x/oauth2"

	"github.com/coreos/go-oidc/v3/oidc"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// federation is what is kept while a person is at the provider's.
type federation struct {
	Provider string `json:"provider"`
	State    string `json:"state"` // its digest
	Nonce    string `json:"nonce"`
	Verifier string `json:"verifier,omitempty"`
	Lang     string `json:"lang"`
	Back     string `json:"back"`
	Session  id.ID  `json:"session,omitempty"` // the session to confirm
	Prompted bool   `json:"prompted"`          // the provider was told to ask again
}

// BeginProvider gives the address of the provider where to send the browser, and the ceremony's token
// for a cookie. For a visitor who is signed in it confirms the session: the provider is told to ask again.
// Faults: NotFound identity.oidc.no_provider, Unavailable identity.oidc.unreachable.
func (i *Identity) BeginProvider(ctx context.Context, name string, v Visitor, lang, back string) (address, ceremony string, err error) {
	p, err := i.provider(name)
	if err != nil {
		return "", "", err
	}
	found, err := p.discover(ctx)
	if err != nil {
		return "", "", err
	}
	state := id.Token()
	f := federation{Provider: name, State: id.Digest(state), Nonce: id.Token(), Lang: lang, Back: back, Session: v.Session, Prompted: v.SignedIn()}
	if p.PKCE {
		f.Verifier = oauth2.GenerateVerifier()
	}
	err = i.traffic(ctx, Client{}, func(tx *db.Tx, _ *journal) error {
		ceremony, err = beginCeremony(tx, federating, v.Account, f)
		return err
	})
	return p.oauth(found).AuthCodeURL(state, p.parameters(f)...), ceremony, err
}

// parameters are only those that the strictest providers accept: they refuse any other.
func (p *provider) parameters(f federation) []oauth2.AuthCodeOption {
	list := []oauth2.AuthCodeOption{oidc.Nonce(f.Nonce)}
	if len(p.ACR) > 0 {
		list = append(list, oauth2.SetAuthURLParam("acr_values", strings.Join(p.ACR, " ")))
	}
	if p.Claims != "" {
		list = append(list, oauth2.SetAuthURLParam("claims", p.Claims))
	}
	if f.Prompted {
		list = append(list, oauth2.SetAuthURLParam("prompt", "login"))
	}
	if f.Verifier != "" {
		list = append(list, oauth2.S256ChallengeOption(f.Verifier))
	}
	return list
}

// EndAtProvider gives the address where the provider ends its own session, "" when it has none: the
// person signed out here would otherwise be let in again without a question.
func (i *Identity) EndAtProvider(ctx context.Context, ended Session) string {
	p, err := i.provider(ended.Provider)
	if err != nil || ended.IDToken == "" {
		return ""
	}
	found, err := p.discover(ctx)
	if err != nil {
		return ""
	}
	var said struct {
		EndSession string `json:"end_session_endpoint"`
	}
	address := new(url.URL)
	if found.Claims(&said) == nil && said.EndSession != "" {
		address, err = url.Parse(said.EndSession)
	}
	if err != nil || address.Host == "" {
		return ""
	}
	q := address.Query()
	q.Set("id_token_hint", ended.IDToken)
	q.Set("state", id.Token())
	q.Set("post_logout_redirect_uri", i.cfg.Origin+"/")
	address.RawQuery = q.Encode()
	return address.String()
}

func errProvider(cause error) error {
	return fault.Wrap(cause, fault.Unauthenticated, "identity.oidc.refused")
}
