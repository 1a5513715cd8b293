package uitest_test

import (
	"strings"
	"testing"

	"parvis/internal/ui/uitest"
)

const sound = `<!DOCTYPE html><html lang="fr"><head><title>T</title></head><body><main><h1>T</h1>` +
	`<form method="post" action="/x"><label for="a">A</label><input id="a" name="a"><button>B</button></form></main></body></html>`

func TestASoundPageHasNoDefect(t *testing.T) {
	uitest.Page(t, []byte(sound))
}

// Every rule is tried on a page that breaks it alone: a checker that cannot fail checks nothing.
func TestEveryRuleFindsItsDefect(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"language", `<html lang="fr">`, `<html>`, "language"},
		{"title", `<title>T</title>`, `<title> </title>`, "no title"},
		{"no h1", `<h1>T</h1>`, `<p>T</p>`, "0 h1"},
		{"two h1", `<h1>T</h1>`, `<h1>T</h1><h1>U</h1>`, "2 h1"},
		{"no main", `main>`, `div>`, "no main"},
		{"label", `<label for="a">A</label>`, ``, "no label"},
		{"label for nothing", `for="a"`, `for="b"`, "for no field"},
		{"same id", `<h1>`, `<h1 id="a">`, "twice"},
		{"inline style", `<h1>`, `<h1 style="color:red">`, "style="},
		{"inline script", `<h1>`, `<script>1</script><h1>`, "inline <script>"},
		{"handler", `<h1>`, `<h1 onclick="x()">`, "onclick"},
		{"nameless button", `<button>B</button>`, `<button></button>`, "button has no name"},
		{"nameless link", `<h1>`, `<a href="/"></a><h1>`, "no name"},
		{"dead link", `<h1>`, `<a href="#zz">z</a><h1>`, "nowhere"},
		{"dangling description", `<input`, `<input aria-describedby="zz"`, "names no element"},
		{"heading jump", `<form`, `<h3>x</h3><form`, "jumps"},
		{"image", `<h1>`, `<img src="x"><h1>`, "no alt"},
		{"list", `<h1>`, `<ul><p>x</p></ul><h1>`, "holds a"},
		{"unclosed", `</form>`, ``, "closes"},
		{"missing message", `>B<`, `>⟦x.y⟧<`, "missing"},
		{"form to nowhere", `action="/x"`, ``, "nowhere"},
		{"th", `<h1>`, `<table><tr><th>x</th></tr></table><h1>`, "scope"},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := strings.ReplaceAll(sound, c.old, c.new)
			if page == sound {
				t.Fatal("the page was not changed")
			}
			if got := strings.Join(uitest.Defects([]byte(page)), "; "); !strings.Contains(got, c.want) {
				t.Errorf("defects %q do not tell %q", got, c.want)
			}
		})
	}
}
