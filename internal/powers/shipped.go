package powers

import (
	"embed"
	"io/fs"
	"strings"
)

//go:embed profiles/*.toml
var shipped embed.FS

// The profiles that come with Parvis: three ways of organising the mission, one of them in two
// editions, and the way it was done before there was a mission.
const (
	LeadDirectorate = "direction_pilote"
	MunicipalTeam   = "equipe_municipale_1"
	WithInvestment  = "equipe_municipale_2" // with a comité d'investissement
	DelegatedAgency = "agence_deleguee"
	Academic        = "academique"
)

// Shipped gives the document of a profile that comes with Parvis; nil for another name.
func Shipped(name string) []byte {
	document, err := shipped.ReadFile("profiles/" + name + ".toml")
	if err != nil {
		return nil
	}
	return document
}

// ShippedNames lists the profiles that come with Parvis.
func ShippedNames() []string {
	var names []string
	files, _ := fs.Glob(shipped, "profiles/*.toml")
	for _, f := range files {
		names = append(names, strings.TrimSuffix(strings.TrimPrefix(f, "profiles/"), ".toml"))
	}
	return names
}
