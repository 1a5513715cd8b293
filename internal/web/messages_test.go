package web_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"parvis/internal/i18n"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// Every key that the sources of ui and web name exists in both languages, and every message of
// their catalogues is named somewhere: by its whole key, or by a literal that begins it.
func TestMessagesAreAllThereAndAllUsed(t *testing.T) {
	catalog, err := i18n.Load(ui.Messages, web.Messages)
	if err != nil {
		t.Fatal(err)
	}
	named := literals(t, ".", "../ui", "../ui/chart", "../ui/qr")
	for _, lang := range i18n.Languages() {
		p := catalog.Printer(lang)
		for key := range named {
			if !beginning(key) && !p.Has(key) && !p.Has(key+".other") {
				t.Errorf("%s: no message %s", lang, key)
			}
		}
		for _, key := range catalog.Keys(lang) {
			if own(key) && !used(key, named) {
				t.Errorf("%s: nobody says %s", lang, key)
			}
		}
	}
}

// beginning tells whether a literal is only the start of keys.
func beginning(literal string) bool {
	return strings.HasSuffix(literal, ".") || strings.Contains(literal, "%")
}

func own(key string) bool { return strings.HasPrefix(key, "ui.") || strings.HasPrefix(key, "web.") }

// used tells whether a source names the key, its plural's stem, or a literal that is the
// beginning of it.
func used(key string, named map[string]bool) bool {
	stem := strings.TrimSuffix(strings.TrimSuffix(key, ".one"), ".other")
	if named[key] || named[stem] {
		return true
	}
	for literal := range named {
		start, _, _ := strings.Cut(literal, "%")
		if beginning(literal) && strings.HasPrefix(key, start) {
			return true
		}
	}
	return false
}

func literals(t *testing.T, dirs ...string) map[string]bool {
	t.Helper()
	key := regexp.MustCompile(`"((?:ui|web)\.[a-z0-9_.%]+)"`)
	found := map[string]bool{}
	for _, dir := range dirs {
		files, _ := filepath.Glob(filepath.Join(dir, "*"))
		for _, file := range files {
			if !strings.HasSuffix(file, ".templ") && (!strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") || strings.HasSuffix(file, "_templ.go")) {
				continue
			}
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range key.FindAllStringSubmatch(string(source), -1) {
				found[m[1]] = true
			}
		}
	}
	return found
}
