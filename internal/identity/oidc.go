package identity

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"parvis/internal/fault"
)

// Provider is an OpenID Connect provider that lets people in: ProConnect, FranceConnect, or the
// city's own. It must sign with an asymmetric algorithm (RS256, ES256, …): HS256, the default of
// FranceConnect, is refused and another must be asked for when the client is registered.
type Provider struct {
	Name         string            // in addresses: "proconnect"
	Label        map[string]string // on the button, by language
	Issuer       string
	ClientID     string
	ClientSecret string
	Scopes       []string // besides openid
	ACR          []string // acr_values asked for; FranceConnect requires one
	Claims       string   // the claims parameter, JSON; ProConnect takes levels and amr through it
	Strong       []string // values of acr that make a session strong
	PKCE         bool     // off for FranceConnect, which refuses the parameter
	SignedInfo   bool     // userinfo must be a signed JWT
	Match        Match
}

// Match is the policy by which a provider's person is one of our accounts. A person once matched is
// known by issuer and subject.
type Match struct {
	By            string            // "matricule", "email", or "" (only persons already known, or created)
	Claim         string            // where it is found: "uid", "email"
	Require       map[string]string // claims that must have this very value: the siret of the city
	EmailVerified bool              // an e-mail counts only with email_verified
	Kinds         []AccountKind     // the accounts that may be matched
	Create        bool              // opens the account of a resident who has none
	Name          []string          // claims that make the name of a new account: given_name, family_name
}

// CallbackPath is where a provider sends people back; its address is registered there, exactly.
func CallbackPath(provider string) string { return "/fr/connexion/oidc/" + provider + "/retour" }

// check refuses a configuration that would let one person be taken for another.
func (p Provider) check() error {
	switch {
	case p.Name == "" || strings.ContainsAny(p.Name, "/?#% "):
		return fmt.Errorf("identity: provider %q: a name fit for an address is needed", p.Name)
	case p.Issuer == "" || p.ClientID == "":
		return fmt.Errorf("identity: provider %s: issuer and client id are needed", p.Name)
	case !slices.Contains([]string{"", "matricule", "email"}, p.Match.By):
		return fmt.Errorf("identity: provider %s: cannot match by %q", p.Name, p.Match.By)
	case p.Match.By != "" && (p.Match.Claim == "" || len(p.Match.Kinds) == 0):
		return fmt.Errorf("identity: provider %s: the claim and the kinds of accounts to match are needed", p.Name)
	case p.Match.By == "email" && slices.Contains(p.Match.Kinds, AgentAccount) && len(p.Match.Require) == 0:
		return fmt.Errorf("identity: provider %s: an e-mail alone does not make an agent: require a claim such as siret", p.Name)
	}
	return nil
}

// provider is a Provider with what its discovery document said.
type provider struct {
	Provider
	redirect string
	client   *http.Client

	mu    sync.Mutex
	found *oidc.Provider
}

func newProviders(cfg Config) ([]*provider, error) {
	var list []*provider
	for _, p := range cfg.Providers {
		if err := p.check(); err != nil {
			return nil, err
		}
		if cfg.HTTP == nil {
			return nil, fmt.Errorf("identity: provider %s: no HTTP client was given", p.Name)
		}
		list = append(list, &provider{Provider: p, redirect: cfg.Origin + CallbackPath(p.Name), client: cfg.HTTP})
	}
	return list, nil
}

// Providers lists the providers for the sign-in page.
func (i *Identity) Providers() []Provider {
	list := make([]Provider, len(i.providers))
	for n, p := range i.providers {
		list[n] = p.Provider
	}
	return list
}

func (i *Identity) provider(name string) (*provider, error) {
	for _, p := range i.providers {
		if p.Name == name {
			return p, nil
		}
	}
	return nil, fault.New(fault.NotFound, "identity.oidc.no_provider")
}

// discover reads the provider's own description, once it answers: its endpoints are never constants.
func (p *provider) discover(ctx context.Context) (*oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found != nil {
		return p.found, nil
	}
	found, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), p.client), p.Issuer)
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "identity.oidc.unreachable")
	}
	p.found = found
	return found, nil
}

// oauth sends the secret in the body: the providers above refuse Basic, and trying it first would
// burn the code, which serves once.
func (p *provider) oauth(found *oidc.Provider) *oauth2.Config {
	endpoint := found.Endpoint()
	endpoint.AuthStyle = oauth2.AuthStyleInParams
	return &oauth2.Config{ClientID: p.ClientID, ClientSecret: p.ClientSecret, Endpoint: endpoint,
		RedirectURL: p.redirect, Scopes: append([]string{oidc.ScopeOpenID}, p.Scopes...)}
}
