package pabulib

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"parvis/internal/i18n"
)

func TestMessages(t *testing.T) {
	for _, problem := range i18n.Check(Messages) {
		t.Error(problem)
	}
}

// Every key that the code names has a text, and every text is named by the code.
func TestEveryDefectHasAText(t *testing.T) {
	catalogue, err := i18n.Load(Messages)
	if err != nil {
		t.Fatal(err)
	}
	p := catalogue.Printer(i18n.English)
	call := regexp.MustCompile(`report\.add\(.*?, "([a-z_.]+[a-z_])", "([a-z_]*)"|(?:report|rep)\.stop\(.*?, "([a-z_.]+)"`)
	files, _ := filepath.Glob("*.go")
	found := 0
	for _, name := range files {
		source, _ := os.ReadFile(name)
		source = regexp.MustCompile(`.*"value\.".*`).ReplaceAll(source, nil)
		for _, m := range call.FindAllStringSubmatch(string(source), -1) {
			for _, key := range []string{m[1] + m[3], "repair." + m[2]} {
				if found++; !strings.HasSuffix(key, ".") && !p.Has("pb."+key) {
					t.Errorf("%s: no text for pb.%s", name, key)
				}
			}
		}
	}
	for _, cause := range []string{"number", "whole", "too_large", "too_fine", "negative", "day", "language", "currency",
		"comment", "degrees", "age", "choice"} {
		if !p.Has("pb.value." + cause) {
			t.Errorf("no text for pb.value.%s", cause)
		}
	}
	if found < 80 {
		t.Errorf("only %d keys were found in the code", found)
	}
}

func TestDefectText(t *testing.T) {
	catalogue, err := i18n.Load(Messages)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.NewReplacer("1;a,b;3,2", "1;a,b,z;3,1,1", "b;50;1", "b;50,5;1").Replace(small)
	_, _, defects, err := ReadAll(strings.NewReader(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := []string{defects[0].Text(catalogue.Printer("en")), defects[1].Text(catalogue.Printer("fr"))}
	want := []string{`line 19: cost: “50,5” is not a number (read as “50.5”)`,
		"ligne 22 : le vote nomme « z », qui n'est pas un projet (laissé de côté)"}
	for i := range want {
		if plain(got[i]) != want[i] {
			t.Errorf("%s, want %s", got[i], want[i])
		}
	}
}

// plain undoes what typography does to spaces and apostrophes.
func plain(s string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ", "’", "'").Replace(s)
}
