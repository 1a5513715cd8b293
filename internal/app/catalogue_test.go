package app

import (
	"slices"
	"testing"

	"parvis/internal/act/actweb"
	"parvis/internal/i18n"
)

func TestEveryTextIsInBothLanguages(t *testing.T) {
	for _, defect := range i18n.Check(Catalogues()...) {
		t.Error(defect)
	}
}

// A verb without its sentence would stand in the public journal as an English identifier.
func TestEveryVerbHasASentence(t *testing.T) {
	verbs, err := Verbs()
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := i18n.Load(Catalogues()...)
	if err != nil {
		t.Fatal(err)
	}
	for _, missing := range actweb.Unsaid(catalogue, verbs) {
		t.Error("no sentence for ", missing)
	}
	silent := verbs["act.text.erase"]
	silent.Name = "test.nothing.say"
	verbs[silent.Name] = silent
	if !slices.Contains(actweb.Unsaid(catalogue, verbs), "fr: act.test.nothing.say") {
		t.Error("the check finds nothing missing where something is")
	}
}
