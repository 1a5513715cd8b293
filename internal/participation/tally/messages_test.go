package tally

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"parvis/internal/i18n"
)

// Every message key that the code names has a text, and every text is used.
func TestMessages(t *testing.T) {
	for _, problem := range i18n.Check(Messages) {
		t.Error(problem)
	}
	catalogue, err := i18n.Load(Messages)
	if err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob("*.go")
	named := map[string]bool{}
	for _, name := range files {
		source, _ := os.ReadFile(name)
		for _, m := range regexp.MustCompile(`"(tally\.[a-z_]+)"`).FindAllStringSubmatch(string(source), -1) {
			named[m[1]] = true
			if !catalogue.Printer(i18n.French).Has(m[1]) {
				t.Errorf("%s: no text for %s", name, m[1])
			}
		}
	}
	texts, _ := Messages.ReadFile("messages/fr.toml")
	for _, m := range regexp.MustCompile(`(?m)^(tally\.[a-z_]+) =`).FindAllStringSubmatch(string(texts), -1) {
		if !named[m[1]] {
			t.Errorf("nothing says %s", m[1])
		}
	}
}
