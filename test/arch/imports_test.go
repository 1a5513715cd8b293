package arch

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

// floors are the layers of the house from the ground up; a package imports only floors below its
// own. Names on one line stand side by side and do not see each other.
var floors = [][]string{
	{"fault", "id", "clock"},
	{"money", "calendar"},
	{"i18n", "atom"},
	{"geo", "tabular"},
	{"tabular/schema"},
	{"council/scdl"},
	{"db"},
	{"db/dbtest"},
	{"act/durable", "act/tree"},
	{"act/witness"},
	{"act"},
	{"act/acttest", "act/logfile", "act/verify"},
	{"fact", "job", "blob", "outbound", "search"},
	{"blob/blobtest"},
	{"powers"},
	{"powers/powerstest"},
	{"identity"},
	{"identity/identitytest"},
	{"mail"},
	{"notify"},
	{"ui", "ui/qr"},
	{"ui/chart", "ui/uitest"},
	{"web"},
	{"web/webtest"},
	{"portfolio"},
	{"portfolio/strategy", "portfolio/network", "portfolio/passation"},
	{"portfolio/measures"},
	{"council"},
	{"participation/pabulib"},
	{"participation/tally"},
	{"participation/recount"},
	{"participation", "sensing"},
	{"frontdesk"},
	{"innovation"},
	{"opendata"},
	{"act/actweb", "powers/powersweb", "identity/identityweb", "portfolio/portfolioweb", "portfolio/strategyweb", "portfolio/passationweb", "portfolio/measuresweb", "council/councilweb",
		"participation/participationweb", "sensing/sensingweb", "frontdesk/frontdeskweb",
		"innovation/innovationweb", "opendata/opendataweb"},
	{"portal", "portal/genealogy", "workspace"},
	{"demo"},
	{"app"},
}

type listed struct {
	ImportPath string
	Imports    []string
	Standard   bool
	Module     *struct{ Path string }
}

const module = "parvis"

func packages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps", "-json=ImportPath,Imports,Standard,Module", module+"/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func ours(importPath string) (string, bool) {
	return strings.CutPrefix(importPath, module+"/internal/")
}

func floor(name string) int {
	return slices.IndexFunc(floors, func(f []string) bool { return slices.Contains(f, name) })
}

func TestArrowsGoDown(t *testing.T) {
	for _, p := range packages(t) {
		name, inside := ours(p.ImportPath)
		if !inside {
			continue
		}
		if floor(name) < 0 {
			t.Errorf("internal/%s has no floor: give it one in imports_test.go", name)
			continue
		}
		for _, i := range p.Imports {
			below, inside := ours(i)
			if inside && floor(below) >= floor(name) {
				t.Errorf("internal/%s imports internal/%s, which does not stand below it", name, below)
			}
		}
	}
}

// single lists what only one package of ours may import.
var single = map[string][]string{
	"modernc.org/sqlite":                       {"db"},
	"github.com/jackc/pgx/v5/stdlib":           {"db"},
	"github.com/jackc/pgx/v5":                  {"db"},
	"github.com/pressly/goose/v3":              {"db"},
	"github.com/wneessen/go-mail":              {"mail"},
	"github.com/xuri/excelize/v2":              {"tabular"},
	"github.com/go-webauthn/webauthn/webauthn": {"identity"},
	"github.com/coreos/go-oidc/v3/oidc":        {"identity"},
	"golang.org/x/mod/sumdb/tlog":              {"act", "act/acttest", "act/tree", "act/witness"},
}

func TestEachDriverHasOneOwner(t *testing.T) {
	for _, p := range packages(t) {
		name, inside := ours(p.ImportPath)
		if !inside {
			continue
		}
		for _, i := range p.Imports {
			if owners, guarded := single[i]; guarded && !slices.Contains(owners, name) {
				t.Errorf("internal/%s imports %s, which belongs to %v", name, i, owners)
			}
		}
	}
}

var forbiddenNames = []string{"util", "utils", "common", "helpers", "helper", "models", "model", "services", "misc"}

func TestNoPackageIsCalledAfterNothing(t *testing.T) {
	for _, p := range packages(t) {
		if name, inside := ours(p.ImportPath); inside && slices.Contains(forbiddenNames, path.Base(name)) {
			t.Errorf("internal/%s says nothing by its name", name)
		}
	}
}
