package identity

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Config is what identity needs from the rest of the house.
type Config struct {
	City      string // name shown by authenticators: "Ville de Valmont"
	Origin    string // "https://parvis.ville.fr": the scope of passkeys and of OpenID redirects
	Demo      bool   // accepts signing in as a demonstration account
	Clock     clock.Clock
	Readers   *db.Readers
	Writer    *db.Writer
	Log       *act.Log
	Security  *slog.Logger // named "security"; nil: the default logger
	HTTP      *http.Client // the guarded client, for OpenID providers
	Providers []Provider
	Limits    Limits

	// Posts lists the posts a person holds on a day.
	Posts func(ctx context.Context, person id.ID, day calendar.Day) ([]PostRef, error)
	// SendLink queues the e-mail that carries a link, in the transaction that made it.
	SendLink func(tx *db.Tx, m LinkMail) error
	// Personal is what other parts of the house keep about accounts.
	Personal []Personal
}

// Limits are the lives of sessions. Zero values take the defaults.
type Limits struct {
	AgentIdle, AgentEnd       time.Duration // 8 h and 24 h: a working day
	ResidentIdle, ResidentEnd time.Duration // 14 and 60 days
}

func (l Limits) orDefaults() Limits {
	set := func(d *time.Duration, to time.Duration) {
		if *d == 0 {
			*d = to
		}
	}
	set(&l.AgentIdle, 8*time.Hour)
	set(&l.AgentEnd, 24*time.Hour)
	set(&l.ResidentIdle, 14*24*time.Hour)
	set(&l.ResidentEnd, 60*24*time.Hour)
	return l
}

// Identity answers who is behind a request, and lets people in and out.
type Identity struct {
	cfg       Config
	passkeys  *webauthn.WebAuthn
	providers []*provider
}

// New checks the configuration. It does not reach any provider: discovery happens at first use.
func New(cfg Config) (*Identity, error) {
	if cfg.Clock == nil {
		cfg.Clock = clock.System{}
	}
	if cfg.Security == nil {
		cfg.Security = slog.Default().With("log", "security")
	}
	cfg.Limits = cfg.Limits.orDefaults()
	keys, err := newPasskeys(cfg)
	if err != nil {
		return nil, err
	}
	i := &Identity{cfg: cfg, passkeys: keys}
	i.providers, err = newProviders(cfg)
	return i, err
}

// newPasskeys makes the relying party; nil when the site is reached by a bare IP address, which has no
// passkeys (W3C WebAuthn level 3, 5.1.2): the other ways in stay.
func newPasskeys(cfg Config) (*webauthn.WebAuthn, error) {
	origin, err := url.Parse(cfg.Origin)
	if err != nil || net.ParseIP(origin.Hostname()) != nil {
		return nil, err
	}
	required := true
	return webauthn.New(&webauthn.Config{
		RPID: origin.Hostname(), RPDisplayName: cfg.City, RPOrigins: []string{cfg.Origin},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: &required,
			UserVerification: protocol.VerificationRequired,
		},
	})
}

// HasPasskeys tells whether passkeys can be used at the address of this site.
func (i *Identity) HasPasskeys() bool { return i.passkeys != nil }

func (i *Identity) needPasskeys() error {
	if i.passkeys == nil {
		return fault.New(fault.Unavailable, "identity.passkey.no_domain")
	}
	return nil
}

// Demo tells whether demonstration accounts may be entered.
func (i *Identity) Demo() bool { return i.cfg.Demo }

// Client is the browser behind a request, for the security log and the list of sessions.
type Client struct {
	Address string // IP address
	Agent   string // User-Agent header
}
