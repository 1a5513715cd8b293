package identityweb_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var key = regexp.MustCompile(`"(identity\.[a-z_]+[a-z_.]*)"`)

// quoted lists the message keys written in the sources of identity and of its pages.
func quoted(t *testing.T) []string {
	t.Helper()
	var keys []string
	for _, pattern := range []string{"*.go", "*.templ", "../*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") || strings.HasSuffix(file, "_templ.go") || strings.HasSuffix(file, "verbs.go") || strings.HasSuffix(file, "guard.go") {
				continue
			}
			keys = append(keys, keysOf(t, file)...)
		}
	}
	return keys
}

// keysOf leaves out beginnings of keys, which end with a dot.
func keysOf(t *testing.T, file string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, m := range key.FindAllStringSubmatch(string(text), -1) {
		if !strings.HasSuffix(m[1], ".") {
			keys = append(keys, m[1])
		}
	}
	return keys
}
