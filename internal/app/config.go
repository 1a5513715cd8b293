package app

import (
	"cmp"
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"parvis/internal/clock"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/powers"
	"parvis/internal/web"
)

// Config is what a systems administrator may set, in parvis.toml of the data folder. Every field has
// a usable zero value; an unknown key is an error, because it is most often a misspelt known one.
type Config struct {
	Dir    string `toml:"-"` // the data folder
	Demo   string `toml:"-"` // the demonstration shown, "" for a real city: sign in as anyone, and each page says so
	Listen string `toml:"listen"`
	Origin string `toml:"origin"` // public address, "https://parvis.ville.fr"; "" for http://<listen>

	City     CityConfig     `toml:"city"`
	Database DatabaseConfig `toml:"database"`
	Mail     MailConfig     `toml:"mail"`
	OIDC     []OIDCConfig   `toml:"oidc"`
	Log      LogConfig      `toml:"log"`
	Matters  []MatterConfig `toml:"matter"`
	Metrics  string         `toml:"metrics"`                // address of the listener for /metrics; "" keeps it off
	Proxies  []string       `toml:"proxies"`                // networks of the reverse proxies that are believed
	Header   string         `toml:"proxy_header,omitempty"` // what they write: "X-Forwarded-For" (""), or "Forwarded" (RFC 7239)

	Clock clock.Clock `toml:"-"` // nil: the machine's

	catalog *i18n.Catalog // nil: read when the city is opened; tests open many
}

// CityConfig names the local authority.
type CityConfig struct {
	Name          string `toml:"name"`
	Kind          string `toml:"kind"` // commune (default), metropole, arrondissement, ccas…
	Code          string `toml:"code"` // short name of the body in spreadsheets; "" is VILLE
	SIREN         string `toml:"siren"`
	SIRET         string `toml:"siret,omitempty"` // of the town hall: SCDL files name the city by it
	Profile       string `toml:"profile"`         // governance profile that the first import puts in force
	Line          string `toml:"line"`
	Contact       string `toml:"contact"`       // address of the mission
	Publisher     string `toml:"publisher"`     // directeur de la publication, for the legal notice
	Host          string `toml:"host"`          // who hosts the site, for the legal notice
	DPO           string `toml:"dpo"`           // délégué à la protection des données
	Accessibility string `toml:"accessibility"` // none (until audited), partial, total
}

// MatterConfig is a matter of the city: roads, schools, digital affairs… Codes stand in delegations.
type MatterConfig struct {
	Code string `toml:"code"`
	FR   string `toml:"fr"`
	EN   string `toml:"en"`
}

// PlacesFile holds the territories of the city in the data folder: a GeoJSON FeatureCollection whose
// features have the properties "code" and "name".
const PlacesFile = "places.geojson"

// DatabaseConfig says where the civic state is; an empty Source is parvis.db in the data folder.
type DatabaseConfig struct {
	Source  string `toml:"source"` // postgres://… when a city outgrows one machine
	Readers int    `toml:"readers"`
}

// MailConfig says how mail leaves. With no Server it is written into the folder mail/.
type MailConfig struct {
	Server       string `toml:"server"` // host:port
	From         string `toml:"from"`
	User         string `toml:"user"`
	PasswordFile string `toml:"password_file"` // a file of mode 0600: a secret is never in parvis.toml
}

// OIDCConfig is an identity provider (ProConnect, FranceConnect, the city's own).
type OIDCConfig struct {
	ID         string            `toml:"id"`
	Label      string            `toml:"label"`
	Issuer     string            `toml:"issuer"`
	Client     string            `toml:"client"`
	SecretFile string            `toml:"secret_file"`
	ACR        string            `toml:"acr"`
	PKCE       bool              `toml:"pkce"`
	Match      string            `toml:"match"`   // matricule or email
	Claim      string            `toml:"claim"`   // where the provider says it; "" for the same name
	Require    map[string]string `toml:"require"` // claims that must have this value, as the siret of the city
}

// LogConfig is about the public log.
type LogConfig struct {
	Origin    string          `toml:"origin"` // name of the log; "" for the host of the site
	Every     int             `toml:"every"`  // seconds between checkpoints; 0: 10
	Witnesses []WitnessConfig `toml:"witness"`
}

// WitnessConfig is a witness that cosigns checkpoints.
type WitnessConfig struct {
	URL string `toml:"url"`
	Key string `toml:"key"` // verifier key, C2SP signed-note
}

// ConfigFile is the name of the configuration in the data folder.
const ConfigFile = "parvis.toml"

// ReadConfig reads the configuration of the city kept in dir.
func ReadConfig(dir string) (Config, error) {
	c := Config{Dir: dir}
	path := filepath.Join(dir, ConfigFile)
	meta, err := toml.DecodeFile(path, &c)
	if os.IsNotExist(err) {
		return c, fault.Wrap(err, fault.NotFound, "app.no_city", "dir", dir)
	}
	if err != nil {
		return c, fault.Wrap(err, fault.Invalid, "app.config_unreadable", "file", path)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		f := fault.New(fault.Invalid, "app.config_unknown", "file", path)
		for _, k := range unknown {
			f.At(k.String(), "app.config_unknown_key")
		}
		return c, f
	}
	return c, c.check()
}

func (c Config) check() error {
	if _, err := c.proxies(); err != nil {
		return fault.Wrap(err, fault.Invalid, "app.config_proxies")
	}
	if c.City.Profile != "" && powers.Shipped(c.City.Profile) == nil {
		return fault.New(fault.Invalid, "app.config_profile", "profile", c.City.Profile, "shipped", strings.Join(powers.ShippedNames(), ", "))
	}
	if u, err := url.Parse(c.Origin); err != nil || (c.Origin != "" && (u.Host == "" || u.Path != "")) {
		return fault.New(fault.Invalid, "app.config_origin", "origin", c.Origin)
	}
	return nil
}

// proxies are those that are believed, and by which header.
func (c Config) proxies() (web.Proxies, error) {
	out := web.Proxies{Forwarded: strings.EqualFold(c.Header, "Forwarded")}
	if !out.Forwarded && c.Header != "" && !strings.EqualFold(c.Header, "X-Forwarded-For") {
		return out, fmt.Errorf("proxy_header: %s", c.Header)
	}
	for _, text := range c.Proxies {
		p, err := netip.ParsePrefix(text)
		if err != nil {
			return out, err
		}
		out.Trusted = append(out.Trusted, p)
	}
	return out, nil
}

// address is where the program listens.
func (c Config) address() string { return cmp.Or(c.Listen, "localhost:8080") }

// origin is the public address of the site, without a final slash.
func (c Config) origin() string {
	return cmp.Or(c.Origin, "http://"+c.address())
}

// logOrigin names the log in its checkpoints (C2SP tlog-checkpoint: a name, not an address).
func (c Config) logOrigin() string {
	host := c.origin()
	if u, err := url.Parse(host); err == nil {
		host = u.Host
	}
	return cmp.Or(c.Log.Origin, host)
}

func (c Config) every() time.Duration {
	return time.Duration(cmp.Or(c.Log.Every, 10)) * time.Second
}

func (c Config) clock() clock.Clock {
	if c.Clock == nil {
		return clock.System{}
	}
	return c.Clock
}

// body is the legal person that the first import founds.
func (c Config) body() powers.NewBody {
	return powers.NewBody{Kind: cmp.Or(c.City.Kind, "commune"), Code: cmp.Or(c.City.Code, "VILLE"), Name: c.City.Name, SIREN: c.City.SIREN}
}

// profile is what the first import puts in force, once there are people to govern.
func (c Config) profile() powers.Installation {
	return powers.Installation{Document: powers.Shipped(cmp.Or(c.City.Profile, powers.MunicipalTeam)), Lang: "fr",
		Motive: "Profil choisi à l’installation.", Basis: []string{"CGCT L2122-18"}}
}

// accessibility is the state that the law asks for: not conformant until somebody has audited the site.
func (c Config) accessibility() string { return cmp.Or(c.City.Accessibility, "none") }

// source is what package db opens.
func (c Config) source() string {
	return cmp.Or(c.Database.Source, filepath.Join(c.Dir, "parvis.db"))
}

func (c Config) path(parts ...string) string {
	return filepath.Join(append([]string{c.Dir}, parts...)...)
}

// secret reads a file that holds a secret; one that others may read is refused.
func secret(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return "", fmt.Errorf("%s may be read by others: chmod 600", path)
	}
	b, err := os.ReadFile(path)
	return strings.TrimSpace(string(b)), err
}
