package app

import (
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"parvis/internal/fault"
)

var update = flag.Bool("update", false, "write the files that these tests compare with")

// golden compares a text with the file that holds it, or writes the file.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is not fresh (go test ./internal/app -update): %s", path, difference(string(want), got))
	}
}

// difference shows the first line on which two texts part.
func difference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			return "\nwant " + a[i] + "\ngot  " + strings.Join(b[min(i, len(b)-1):min(i+1, len(b))], "")
		}
	}
	return "\ngot more: " + b[len(a)]
}

// The names of the settings are a promise to whoever keeps a parvis.toml.
func TestConfigNames(t *testing.T) {
	c := Config{Listen: "localhost:8080", Origin: "https://parvis.ville.example", Metrics: "localhost:9090", Proxies: []string{"10.0.0.0/8"},
		City:     CityConfig{"Ville", "commune", "VILLE", "212300000", "", "equipe_municipale_1", "Devise", "mission@ville.example", "La maire", "La Ville", "dpd@ville.example", "none"},
		Database: DatabaseConfig{Source: "postgres://…", Readers: 4},
		Mail:     MailConfig{"smtp.ville.example:587", "parvis@ville.example", "parvis", "smtp.key"},
		OIDC: []OIDCConfig{{ID: "agents", Label: "Compte agent", Issuer: "https://sso.ville.example", Client: "parvis", SecretFile: "sso.key",
			ACR: "eidas1", PKCE: true, Match: "matricule", Claim: "employee", Require: map[string]string{"siret": "1"}}},
		Log:     LogConfig{Origin: "ville.example/journal", Every: 10, Witnesses: []WitnessConfig{{"https://temoin.example", "temoin+1+k"}}},
		Matters: []MatterConfig{{"voirie", "Voirie", "Roads"}}}
	var out strings.Builder
	if err := toml.NewEncoder(&out).Encode(c); err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/parvis.toml", out.String())
	out.Reset()
	if err := toml.NewEncoder(&out).Encode(Config{}); err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/default.toml", out.String())
}

// configured writes a configuration in a folder of its own.
func configured(t *testing.T, text string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, ConfigFile), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestAConfigThatCannotBeRightIsRefused(t *testing.T) {
	for _, c := range []struct{ name, text, key, field string }{
		{"a misspelt key", "lisen = \"localhost:1\"\n[city]\nnmae = \"V\"\n", "app.config_unknown", "lisen city.nmae"},
		{"not a configuration", "listen = ", "app.config_unreadable", ""},
		{"a header that no proxy writes", "proxy_header = \"X-Real-IP\"", "app.config_proxies", ""},
		{"a proxy that is no network", "proxies = [\"10.0.0.1\"]", "app.config_proxies", ""},
		{"an origin with a path", "origin = \"https://ville.example/parvis\"", "app.config_origin", ""},
		{"an origin without a host", "origin = \"ville.example\"", "app.config_origin", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ReadConfig(configured(t, c.text))
			f, ok := errors.AsType[*fault.Error](err)
			if !ok || f.Key != c.key {
				t.Fatalf("got %v, want %s", err, c.key)
			}
			var fields []string
			for _, field := range f.Fields {
				fields = append(fields, field.Name)
			}
			if got := strings.Join(fields, " "); got != c.field {
				t.Errorf("names %q, want %q", got, c.field)
			}
		})
	}
	if _, err := ReadConfig(t.TempDir()); fault.KindOf(err) != fault.NotFound {
		t.Errorf("an empty folder: %v", err)
	}
}

// A secret that the whole machine may read is refused when the program starts, whatever it is for.
func TestASecretThatOthersMayReadIsRefused(t *testing.T) {
	for _, setting := range []string{"[mail]\nserver = \"smtp.ville.example:587\"\nfrom = \"p@ville.example\"\nuser = \"p\"\npassword_file = %q\n",
		"[[oidc]]\nid = \"agents\"\nlabel = \"Agents\"\nissuer = \"https://sso.ville.example\"\nclient = \"parvis\"\nsecret_file = %q\n"} {
		for mode, refused := range map[os.FileMode]bool{0o644: true, 0o640: true, 0o604: true, 0o600: false, 0o400: false} {
			file := filepath.Join(t.TempDir(), "secret")
			if err := os.WriteFile(file, []byte("s3cret\n"), mode); err != nil {
				t.Fatal(err)
			}
			dir := filepath.Join(t.TempDir(), "city")
			a, err := Found(context.Background(), Config{Dir: dir, City: CityConfig{Name: "Ville"}}, quiet())
			if err != nil {
				t.Fatal(err)
			}
			a.Close()
			c := Config{Dir: dir}
			if _, err := toml.Decode(strings.Replace(setting, "%q", "'"+file+"'", 1), &c); err != nil {
				t.Fatal(err)
			}
			a, err = Open(context.Background(), c, quiet())
			if err == nil {
				a.Close()
			}
			if got := err != nil && strings.Contains(err.Error(), "chmod 600"); got != refused {
				t.Errorf("mode %o: %v", mode, err)
			}
			if err != nil && strings.Contains(err.Error(), "s3cret") {
				t.Error("the secret is in the error")
			}
		}
	}
}
