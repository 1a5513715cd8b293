package ui_test

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// pairs are the colours that meet: words on a ground need 4.5:1 (WCAG 1.4.3), marks and borders that
// one must see need 3:1 (1.4.11).
var pairs = []struct {
	front, back string
	least       float64
}{
	{"ink", "page", 7}, {"ink", "surface", 7}, {"ink", "sunken", 7},
	{"ink-soft", "page", 4.5}, {"ink-soft", "surface", 4.5}, {"ink-soft", "sunken", 4.5},
	{"link", "page", 4.5}, {"link", "surface", 4.5}, {"link", "sunken", 4.5},
	{"action", "surface", 4.5}, {"action", "page", 4.5}, {"action", "sunken", 4.5}, {"action-strong", "sunken", 4.5},
	{"action-ink", "action", 4.5}, {"action-ink", "action-strong", 4.5},
	{"danger", "page", 4.5}, {"danger", "surface", 4.5}, {"danger", "danger-wash", 4.5},
	{"danger-ink", "danger", 4.5}, {"danger-ink", "danger-strong", 4.5},
	{"success", "success-wash", 4.5}, {"warning", "warning-wash", 4.5}, {"info", "info-wash", 4.5},
	{"ink", "success-wash", 4.5}, {"ink", "warning-wash", 4.5}, {"ink", "info-wash", 4.5}, {"ink", "danger-wash", 4.5},
	{"zinc-ink", "zinc-deep", 4.5}, {"zinc-ink", "zinc-seam", 4.5}, {"zinc-soft", "zinc-deep", 4.5}, {"zinc-ink", "zinc", 4.5},
	{"granite-ink", "granite", 4.5}, {"granite-soft", "granite", 4.5}, {"granite-ink", "granite-joint", 4.5},
	{"line-strong", "surface", 3}, {"line-strong", "page", 3}, {"line-strong", "sunken", 3},
	{"focus", "page", 3}, {"focus", "surface", 3}, {"focus", "sunken", 3},
	{"accent", "page", 3}, {"accent", "surface", 3}, {"accent", "zinc-deep", 3},
	{"chart-1", "page", 3}, {"chart-2", "page", 3}, {"chart-3", "page", 3}, {"chart-4", "page", 3}, {"chart-5", "page", 3}, {"chart-6", "page", 3},
}

func TestContrastInLightAndDark(t *testing.T) {
	light, dark := schemes(t)
	for name, scheme := range map[string]map[string]string{"light": light, "dark": dark} {
		for _, p := range pairs {
			if got := contrast(t, scheme[p.front], scheme[p.back]); got < p.least {
				t.Errorf("%s: %s on %s is %.2f:1, needs %.1f:1", name, p.front, p.back, got, p.least)
			}
		}
	}
}

// The reference values come from WCAG 2.2: black on white is 21:1.
func TestContrastIsComputedAsWCAGSays(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{{"#000000", "#ffffff", 21}, {"#ffffff", "#ffffff", 1}, {"#767676", "#ffffff", 4.54}} {
		if got := contrast(t, c.a, c.b); math.Abs(got-c.want) > .01 {
			t.Errorf("%s on %s: %.2f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

func TestDarkIsTheSameChosenOrAskedFor(t *testing.T) {
	css := read(t, "static/css/00-tokens.css")
	chosen := tokens(block(t, css, `:root\[data-theme="dark"\] \{([^}]*)\}`))
	asked := tokens(block(t, css, `:root:not\(\[data-theme\]\) \{([^}]*)\}`))
	if diff := cmp.Diff(chosen, asked); diff != "" {
		t.Errorf("the two dark schemes differ: %s", diff)
	}
	light, _ := schemes(t)
	for name := range light {
		if chosen[name] == "" {
			t.Errorf("%s has no dark value", name)
		}
	}
}

func TestEveryTokenUsedExists(t *testing.T) {
	defined := map[string]bool{}
	for _, m := range regexp.MustCompile(`--([\w-]+):`).FindAllStringSubmatch(read(t, "static/css/00-tokens.css"), -1) {
		defined[m[1]] = true
	}
	for _, file := range []string{"00-tokens", "10-base", "20-layout", "30-forms", "40-components", "90-print"} {
		for _, m := range regexp.MustCompile(`var\(--([\w-]+)`).FindAllStringSubmatch(read(t, "static/css/"+file+".css"), -1) {
			if !defined[m[1]] {
				t.Errorf("%s.css uses --%s, which does not exist", file, m[1])
			}
		}
	}
}

func schemes(t *testing.T) (light, dark map[string]string) {
	css := read(t, "static/css/00-tokens.css")
	return tokens(block(t, css, `:root \{\s*color-scheme: light;([^}]*)\}`)), tokens(block(t, css, `:root\[data-theme="dark"\] \{([^}]*)\}`))
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func block(t *testing.T, css, pattern string) string {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(css)
	if m == nil {
		t.Fatalf("the style sheet has no block %s", pattern)
	}
	return m[1]
}

// tokens reads the colours of a block.
func tokens(css string) map[string]string {
	values := map[string]string{}
	for _, m := range regexp.MustCompile(`--([\w-]+):\s*(#[0-9a-f]{6});`).FindAllStringSubmatch(css, -1) {
		values[m[1]] = m[2]
	}
	return values
}

// contrast is the ratio of WCAG 2.2.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	la, lb := luminance(t, a), luminance(t, b)
	return (max(la, lb) + .05) / (min(la, lb) + .05)
}

func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	if len(colour) != 7 {
		t.Fatalf("%q is not a colour", colour)
	}
	total := 0.0
	for i, weight := range []float64{.2126, .7152, .0722} {
		n, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= .04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+.055)/1.055, 2.4)
		}
		total += weight * c
	}
	return total
}

// A page printed from a dark screen would lay dark ink on dark grounds: the dark schemes say screen.
func TestPaperIsNeverDark(t *testing.T) {
	css := read(t, "static/css/00-tokens.css")
	for _, scheme := range []string{`(@media screen \{\s*:root\[data-theme="dark"\])`, `(@media screen and \(prefers-color-scheme: dark\) \{\s*:root:not\(\[data-theme\]\))`} {
		block(t, css, scheme)
	}
}
