package strategy

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Taxonomy is a list of codes that an indicator may cite, with where it comes from.
type Taxonomy struct {
	Code    string // "ademe"
	Name    Words
	Licence string
	Source  string // address
	Terms   []Term
}

// Term is one entry of a taxonomy. Code holds the taxonomy's: "ademe:cae_1.a", "sdg:11.6".
type Term struct {
	Code   string
	Label  Words  // "" when only the code is ours to give
	Unit   string // of measure
	Method string // how it is computed, as the source says
	Group  Words
}

// Taxonomies lists the taxonomies of the room.
func (r *Room) Taxonomies() []Taxonomy { return r.taxonomies }

// Term finds an entry by its code.
func (r *Room) Term(code string) (Term, bool) {
	for _, t := range r.taxonomies {
		if !strings.HasPrefix(code, t.Code+":") {
			continue
		}
		if at := slices.IndexFunc(t.Terms, func(term Term) bool { return term.Code == code }); at >= 0 {
			return t.Terms[at], true
		}
	}
	return Term{}, false
}

// ademeColumns are read from the file; the others are not ours to interpret.
var ademeColumns = []string{"identifiantReferentiel", "titre", "unite", "thematiques", "categories", "valeurCalcule"}

// ADEME reads the definitions of territorial indicators of Territoires en Transitions (ADEME): the
// identifiers, titles and units by which climate plans (PCAET) name what they measure.
func ADEME(file io.Reader) (Taxonomy, error) {
	t := Taxonomy{Code: "ademe", Name: Words{"Indicateurs territoriaux (ADEME)", "Territorial indicators (ADEME)"}, Licence: "MIT",
		Source: "https://github.com/incubateur-ademe/territoires-en-transitions"}
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil || len(rows) == 0 {
		return t, fmt.Errorf("strategy: territorial indicators: %w", cmp.Or(err, io.ErrUnexpectedEOF))
	}
	at := make([]int, len(ademeColumns))
	for n, name := range ademeColumns {
		if at[n] = slices.Index(rows[0], name); at[n] < 0 {
			return t, fmt.Errorf("strategy: territorial indicators: no column %s", name)
		}
	}
	for _, row := range rows[1:] {
		term := Term{Code: "ademe:" + row[at[0]], Label: Words{FR: row[at[1]]}, Unit: row[at[2]], Method: row[at[5]], Group: Words{FR: theme(row[at[3]])}}
		if slices.Contains(strings.Split(strings.ReplaceAll(row[at[4]], " ", ""), ","), "pcaet") {
			term.Group.FR = "PCAET · " + term.Group.FR
		}
		t.Terms = append(t.Terms, term)
	}
	return t, nil
}

// theme makes words of the code of a theme: "energie_et_climat, mobilite_et_transport".
func theme(code string) string {
	if code == "" {
		return "autres"
	}
	return strings.ReplaceAll(code, "_", " ")
}

// goals are the sustainable development goals of the United Nations, under short labels of our own,
// with how many numbered and lettered targets each has (A/RES/70/1). Codes alone name the targets.
var goals = []struct {
	fr, en             string
	numbered, lettered int
}{
	{"Pauvreté", "Poverty", 5, 2}, {"Faim et agriculture", "Hunger and farming", 5, 3}, {"Santé", "Health", 9, 4},
	{"Éducation", "Education", 7, 3}, {"Égalité femmes-hommes", "Gender equality", 6, 3}, {"Eau et assainissement", "Water and sanitation", 6, 2},
	{"Énergie", "Energy", 3, 2}, {"Emploi et économie", "Jobs and economy", 10, 2}, {"Industrie, innovation, réseaux", "Industry, innovation, networks", 5, 3},
	{"Inégalités", "Inequalities", 7, 3}, {"Villes", "Cities", 7, 3}, {"Consommation et production", "Consumption and production", 8, 3},
	{"Climat", "Climate", 3, 2}, {"Mers", "Seas", 7, 3}, {"Vie sur terre", "Life on land", 9, 3},
	{"Paix, justice, institutions", "Peace, justice, institutions", 10, 2}, {"Partenariats", "Partnerships", 19, 0},
}

// SDG are the codes of the sustainable development goals and of their 169 targets.
func SDG() Taxonomy {
	t := Taxonomy{Code: "sdg", Name: Words{"Objectifs de développement durable (ONU)", "Sustainable Development Goals (UN)"},
		Source: "https://sdgs.un.org/2030agenda"}
	for n, g := range goals {
		goal := n + 1
		label := Words{fmt.Sprintf("ODD %d · %s", goal, g.fr), fmt.Sprintf("SDG %d · %s", goal, g.en)}
		t.Terms = append(t.Terms, Term{Code: fmt.Sprintf("sdg:%d", goal), Label: label, Group: label})
		for k := 1; k <= g.numbered; k++ {
			t.Terms = append(t.Terms, target(fmt.Sprintf("%d.%d", goal, k), label))
		}
		for k := range g.lettered {
			t.Terms = append(t.Terms, target(fmt.Sprintf("%d.%c", goal, 'a'+k), label))
		}
	}
	return t
}

func target(code string, goal Words) Term {
	return Term{Code: "sdg:" + code, Label: Words{"Cible " + code, "Target " + code}, Group: goal}
}
