package app

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"parvis/internal/council"
	"parvis/internal/portfolio"
	"parvis/internal/powers"
	"parvis/internal/web"
)

const generated = "../../docs/generated/"

// TestGenerated holds the pages of docs/generated to what the program says of itself.
func TestGenerated(t *testing.T) {
	t.Run("states", func(t *testing.T) { golden(t, generated+"states.md", states()) })
	t.Run("verbs", func(t *testing.T) { golden(t, generated+"verbs.md", verbTable(t)) })
	t.Run("routes", func(t *testing.T) { golden(t, generated+"routes.md", routeTable(openValmont(t).Site.Table().Routes())) })
}

func states() string {
	var b strings.Builder
	b.WriteString("# State machines\n\nGenerated from the tables that the use cases read.\n\n## Powers\n")
	_, diagrams, _ := strings.Cut(powers.StateDiagrams(), "\n## ")
	b.WriteString("\n### " + strings.ReplaceAll(diagrams, "\n## ", "\n### "))
	b.WriteString("\n## Portfolio\n")
	all := portfolio.StateDiagrams()
	diagramsOf(&b, all)
	b.WriteString("\n## Council\n")
	diagramsOf(&b, council.StateDiagrams())
	return b.String()
}

func diagramsOf(b *strings.Builder, all map[string]string) {
	for _, name := range slices.Sorted(maps.Keys(all)) {
		fmt.Fprintf(b, "\n### %s\n\n```mermaid\n%s```\n", name, all[name])
	}
}

func verbTable(t *testing.T) string {
	verbs, err := Verbs()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("# Kinds of acts\n\nGenerated from the verbs that the rooms declare: what each is when its author says nothing, and the article on which that rests.\n\n" +
		"| Verb | Force | Default | Article |\n| --- | --- | --- | --- |\n")
	for _, v := range verbs.Sorted() {
		if v.Basis == "" {
			t.Errorf("%s rests on no article", v.Name)
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", v.Name, v.Force, v.Default, v.Basis)
	}
	return b.String()
}

var audiences = map[web.Audience]string{web.Public: "everybody", web.Account: "signed in", web.Agents: "agents", web.Elected: "elected members", web.Admin: "administrators"}

// routeTable lists every address; routes are registered room by room, so the table is sorted here.
func routeTable(routes []web.Route) string {
	lines := make([]string, 0, len(routes))
	for _, r := range routes {
		fr, en := cmp.Or(r.API, r.FR), cmp.Or(r.API, r.EN)
		if r.API == "" {
			fr, en = "/fr"+fr, "/en"+en
		}
		lines = append(lines, fmt.Sprintf("| `%s` | %s | `%s` | `%s` | %s |\n", r.Name, r.Method, fr, en, audiences[r.Audience]))
	}
	slices.Sort(lines)
	return "# Routes\n\nGenerated from the route table of the demonstration, which has every room. A thing behind an address is shown as far as its reader may read it.\n\n" +
		"| Name | Method | French | English | Open to |\n| --- | --- | --- | --- | --- |\n" + strings.Join(lines, "")
}
