package app

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// A play is a table of steps told one after the other through the pages of a city, on a real database, where powers
// are enforced. What every refusal must keep to is checked of each: nothing is recorded, and what was typed is still
// on the page.
type play struct {
	*town
	inside map[string]*guest              // who has entered since the clock was last moved
	words  map[string]func(string) string // what stands for {name} and {name:which} in addresses and forms
}

// step is one request. A form is written "field=value|field=value"; without one the page is read.
type step struct {
	what   string
	who    string
	path   string
	form   string
	status int
	acts   string // the verbs recorded, without their room, in the order of the alphabet
	says   string // what the page says, the one it leads to if the form was taken
}

// until is a step in which nothing is asked and time passes, to a moment of Paris.
func until(moment string) step { return step{what: "clock", path: moment} }

func (p *play) tell(scenes []step) {
	for _, s := range scenes {
		if s.what == "clock" {
			p.passes(s.path)
			continue
		}
		p.tells(s)
	}
}

// passes moves the clock. Everybody has to enter again: the proof of who one is grows old in five minutes.
func (p *play) passes(moment string) {
	p.t.Helper()
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		p.t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", moment, paris)
	if err != nil {
		p.t.Fatal(err)
	}
	p.clock.Move(at)
	clear(p.inside)
}

func (p *play) tells(s step) {
	p.t.Helper()
	if p.inside[s.who] == nil {
		p.inside[s.who] = p.enter(s.who)
		p.inside[s.who].get("/fr/plan-du-site") // what is said at the door is said once
	}
	g, before := p.inside[s.who], p.acts()
	path, form := p.put(s.path), p.filled(s.form)
	method := http.MethodGet
	if form != nil {
		method = http.MethodPost
		p.clock.Advance(time.Second)
	}
	got := g.do(method, path, form)
	page := got
	if to := got.leads(); form != nil && strings.HasPrefix(to, "/") && got.Status == http.StatusSeeOther {
		page = g.get(to)
	}
	verbs := all(p.town, `SELECT verb FROM act ORDER BY recorded_at, id LIMIT 100 OFFSET $1`, before)
	slices.Sort(verbs) // those of one transaction have one instant
	recorded := strings.ReplaceAll(strings.Join(verbs, " "), "council.", "")
	text := flat(html.UnescapeString(page.Body))
	if got.Status != s.status || recorded != s.acts || !strings.Contains(text, flat(p.put(s.says))) {
		p.t.Errorf("%s: %s %s as %q: %d, acts %q; want %d, %q, saying %q: %s", s.what, method, path, s.who, got.Status, recorded, s.status, s.acts, s.says, said(page))
	}
	if got.Status >= 400 && form != nil {
		p.keeps(s, form, text)
	}
}

// keeps checks that a refused form is still there: words are on the page, files must be chosen again.
func (p *play) keeps(s step, form url.Values, text string) {
	p.t.Helper()
	for field, values := range form {
		if typed := flat(values[0]); !strings.HasPrefix(field, "@") && field != "visa" && strings.Contains(typed, " ") && !strings.Contains(text, typed) {
			p.t.Errorf("%s: what was typed in %s is lost: %s", s.what, field, typed)
		}
	}
}

var shown = regexp.MustCompile(`(?s)<(?:main|div class="error-summary)[^>]*>(.*?)</(?:main|ul)>`)

// said is what a page says, for whoever reads a failure.
func said(a answer) string {
	text := flat(html.UnescapeString(tag.ReplaceAllString(strings.Join(shown.FindStringSubmatch(a.Body), " "), " ")))
	return text[:min(len(text), 500)]
}

// filled makes the form of a step, nil when it has none.
func (p *play) filled(lines string) url.Values {
	if lines == "" {
		return nil
	}
	form := url.Values{}
	for _, line := range strings.Split(lines, "|") {
		field, value, _ := strings.Cut(line, "=")
		form.Add(p.put(field), p.put(value))
	}
	return form
}

var place = regexp.MustCompile(`\{(\w+)(?::([^}]*))?\}`)

// put puts the things of the play in the place of their names.
func (p *play) put(text string) string {
	return place.ReplaceAllStringFunc(text, func(found string) string {
		m := place.FindStringSubmatch(found)
		word, known := p.words[m[1]]
		if !known {
			p.t.Fatalf("nothing is called %s", found)
		}
		return word(m[2])
	})
}

// newPlay opens a city in which powers are enforced.
func newPlay(t *testing.T) *play {
	p := &play{town: openValmont(t), inside: map[string]*guest{}, words: map[string]func(string) string{}}
	p.enforce()
	return p
}
