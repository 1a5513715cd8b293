package portfolioweb

import (
	"maps"
	"slices"
	"testing"

	"parvis/internal/i18n"
	"parvis/internal/portfolio"
	"parvis/internal/web"
)

// What is said of every deed, act, stage, role and state comes from the catalogues: none is missing.
func TestEverythingIsSaid(t *testing.T) {
	catalog, err := i18n.Load(Messages)
	if err != nil {
		t.Fatal(err)
	}
	p := New(Config{})
	keys := []string{"portfolio.done.board", "portfolio.done.close-board", "portfolio.done.snapshot", "portfolio.done.withdraw", "portfolio.done.move", "portfolio.done.ask"}
	i := portfolio.Initiative{}
	for _, deeds := range []map[string]web.Deed{p.stageDeeds(i), p.carrierDeeds(i), p.dossierDeeds(i), p.todoDeeds(), p.arbitrationDeeds(portfolio.ArbitrationSheet{})} {
		for _, name := range slices.Sorted(maps.Keys(deeds)) {
			keys = append(keys, "portfolio.done."+name)
		}
	}
	for _, v := range portfolio.Verbs() {
		keys = append(keys, "act."+v.Name)
	}
	for _, s := range portfolio.Stages() {
		keys = append(keys, "portfolio.stage."+string(s), "act.arg.from."+string(s), "act.arg.to."+string(s))
	}
	for _, r := range portfolio.PartRoles() {
		keys = append(keys, "portfolio.role."+string(r), "act.arg.role."+string(r))
	}
	for _, g := range portfolio.Groupings() {
		keys = append(keys, "portfolio.wall.by."+string(g), "portfolio.wall.none."+string(g))
	}
	for _, m := range portfolio.Machines() {
		keys = append(keys, "portfolio."+m.Name+".state")
		for _, s := range m.States() {
			if m.Name == "part" || m.Name == "arbitration" || m.Name == "action" {
				keys = append(keys, "portfolio."+m.Name+".status."+s)
			}
		}
	}
	for _, lang := range i18n.Languages() {
		for _, key := range keys {
			if !catalog.Printer(lang).Has(key) {
				t.Errorf("%s: %s is not said", lang, key)
			}
		}
	}
}
