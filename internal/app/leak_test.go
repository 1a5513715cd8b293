package app

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// search asks the database for texts of one kind.
type search struct{ what, sql string }

// inside are the questions whose answers must stay inside the city.
var inside = []search{
	{"title of an internal initiative", `SELECT title FROM portfolio_initiative WHERE visibility <> 'public'`},
	{"problem of an internal initiative", `SELECT problem FROM portfolio_initiative WHERE visibility <> 'public'`},
	{"origin of an internal initiative", `SELECT origin_note FROM portfolio_initiative WHERE visibility <> 'public'`},
	{"note", `SELECT body FROM portfolio_note`},
	{"legal question", `SELECT question FROM portfolio_question WHERE visibility <> 'public'`},
	{"paper", `SELECT title FROM portfolio_paper WHERE visibility <> 'public'`},
	{"address of a paper", `SELECT link FROM portfolio_paper WHERE visibility <> 'public'`},
	{"paper of a strategy", `SELECT title FROM strategy_paper WHERE visibility <> 'public'`},
	{"counter-proposal", `SELECT counter FROM portfolio_part WHERE status <> 'accepted'`},
	{"reason of a refusal", `SELECT reason FROM portfolio_part`},
	{"terms of a part nobody accepted", `SELECT DISTINCT p.effort FROM portfolio_part p WHERE p.status <> 'accepted' AND p.effort NOT IN (SELECT effort FROM portfolio_part WHERE status = 'accepted')`},
	{"question before its decision", `SELECT question FROM portfolio_arbitration WHERE visibility <> 'public'`},
	{"context of a question", `SELECT context FROM portfolio_arbitration WHERE visibility <> 'public'`},
	{"recommendation", `SELECT recommendation FROM portfolio_arbitration WHERE visibility <> 'public'`},
	{"answer to a question", `SELECT status_note FROM portfolio_arbitration WHERE visibility <> 'public'`},
	{"words of an opinion", `SELECT remark FROM portfolio_asked`},
	{"title of a vote before its publication", `SELECT title FROM participation_election WHERE visibility <> 'public'`},
	{"project of a vote before its publication", `SELECT p.title FROM participation_project p JOIN participation_election e ON e.id = p.election WHERE e.visibility <> 'public'`},
	{"board", `SELECT name FROM portfolio_board`},
	{"snapshot", `SELECT title FROM portfolio_snapshot`},
	{"milestone of an internal initiative", `SELECT m.label FROM portfolio_milestone m JOIN portfolio_initiative i ON i.id = m.initiative WHERE i.visibility <> 'public'`},
}

// insideRooms are those of the committees, the strategy, the handovers and the votes.
var insideRooms = []search{
	{"summary of an item", `SELECT summary FROM council_item WHERE status IN ('listed', 'postponed') AND title LIKE 'Essai%'`},
	{"debate", `SELECT i.debate FROM council_item i WHERE NOT EXISTS (SELECT 1 FROM council_minutes n WHERE n.meeting = i.meeting AND n.status = 'published')`},
	{"paper of a committee", `SELECT title FROM council_paper WHERE visibility <> 'public' AND title NOT IN (SELECT title FROM council_item) AND meeting NOT IN (SELECT meeting FROM council_minutes WHERE status = 'published')`},
	{"agenda that was not convened", `SELECT i.title FROM council_item i JOIN council_meeting m ON m.id = i.meeting WHERE m.convened_on = '' AND i.initiative = '' AND i.arbitration = ''`},
	{"motion under vote", `SELECT b.motion FROM council_ballot b JOIN council_item i ON i.id = b.item WHERE i.status = 'listed' AND b.motion <> 'Essai : décider'`},
	{"question to a directorate", `SELECT question FROM council_circuit`},
	{"words of a visa", `SELECT text FROM council_visa`},
	{"formal act before it is published", `SELECT title FROM council_formal WHERE visibility <> 'public'`},
	{"draft of a strategy", `SELECT title_fr FROM strategy_strategy WHERE visibility <> 'public'`},
	{"purpose of a draft", `SELECT purpose_fr FROM strategy_strategy WHERE visibility <> 'public'`},
	{"objective of a draft", `SELECT n.title_fr FROM strategy_node n JOIN strategy_strategy s ON s.id = n.strategy WHERE s.visibility <> 'public'`},
	{"grid that is being written", `SELECT title_fr FROM strategy_grid WHERE visibility <> 'public'`},
	{"annotation that was not read yet", `SELECT body FROM strategy_annotation WHERE status <> 'shown'`},
	{"internal indicator", `SELECT title_fr FROM strategy_indicator WHERE visibility <> 'public'`},
	{"note of an internal measure", `SELECT m.note FROM strategy_measure m JOIN strategy_indicator i ON i.id = m.indicator WHERE i.visibility <> 'public'`},
	{"contribution of an internal project", `SELECT c.claim FROM strategy_contribution c JOIN portfolio_initiative i ON i.id = c.initiative WHERE i.visibility <> 'public'`},
	{"reading of an internal project", `SELECT p.reason FROM strategy_placement p JOIN portfolio_initiative i ON i.id = p.subject_id WHERE i.visibility <> 'public'`},
	{"handover: where it stands", `SELECT state FROM passation_item`}, {"handover: what comes first", `SELECT next FROM passation_item`},
	{"handover: papers", `SELECT papers FROM passation_item`}, {"handover: contacts", `SELECT contacts FROM passation_item`},
	{"handover: reserve", `SELECT reserve FROM passation_item`},
	{"datum that is contested", `SELECT why FROM measures_contest`},
}

// own are texts that only their author reads, or whoever keeps the accounts or the minutes: other agents do not either.
var own = []search{
	{"reason of a withdrawal", `SELECT note FROM council_interest`},
	{"draft", `SELECT title FROM op_portfolio_draft`}, {"body of a draft", `SELECT body FROM op_portfolio_draft`},
	{"récit that is not published", `SELECT title FROM passation_story WHERE status = 'written'`}, {"words of a récit", `SELECT body FROM passation_story WHERE status = 'written'`},
	{"address of a follower", `SELECT email FROM op_portfolio_follow`}, {"address of an account", `SELECT email FROM op_account`},
}

// hush is a text that must stay inside, and the pieces of it by which a page would give it away.
type hush struct {
	what   string
	pieces []string
}

// secrets reads what must stay inside. Options are JSON, and drafts too: their texts are looked for.
func secrets(w *town, asked ...[]search) []hush {
	var list []hush
	add := func(what, text string) {
		if s := (hush{what, pieces(text)}); len(s.pieces) > 0 {
			list = append(list, s)
		}
	}
	for _, q := range slices.Concat(asked...) {
		for _, text := range all(w, q.sql) {
			if strings.HasPrefix(text, "{") {
				fields := map[string]string{}
				if json.Unmarshal([]byte(text), &fields) == nil {
					for _, field := range fields {
						add(q.what, field)
					}
					continue
				}
			}
			add(q.what, text)
		}
	}
	if len(asked) == 1 { // of one's own
		return list
	}
	for _, text := range all(w, `SELECT options FROM portfolio_arbitration WHERE visibility <> 'public'`) {
		var options []struct{ Label, Consequence string }
		if err := json.Unmarshal([]byte(text), &options); err != nil {
			w.t.Fatal(err)
		}
		for _, o := range options {
			add("option of a question", o.Label)
			add("consequence of an option", o.Consequence)
		}
	}
	return list
}

// pieces cuts a text into what a page may show of it: its beginning, its middle, its end. Less than a
// dozen letters may stand anywhere by chance.
func pieces(text string) []string {
	r := []rune(flat(text))
	if len(r) < 12 {
		return nil
	}
	if len(r) <= 36 {
		return []string{string(r)}
	}
	mid := len(r) / 2
	return []string{string(r[:32]), string(r[mid-16 : mid+16]), string(r[len(r)-32:])}
}

// flat writes every space alike.
func flat(text string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text)), " ")
}

var tag = regexp.MustCompile(`<[^>]*>`)

// readable is all that a reader can get out of an answer: as it is, without its tags, out of its archive,
// out of its escapes.
func readable(t testing.TB, a answer) string {
	body := a.Body
	if strings.HasPrefix(body, "PK\x03\x04") {
		archive, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			raw, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			body += "\n" + f.Name + "\n" + string(raw)
		}
	}
	if strings.Contains(a.Header.Get("Content-Type"), "json") {
		var v any
		if json.Unmarshal([]byte(body), &v) == nil {
			body += fmt.Sprint(v)
		}
	}
	for name, values := range a.Header {
		body += "\n" + name + ": " + strings.Join(values, " ")
	}
	// Once for texts, once more for HTML inside the Atom feeds.
	once := html.UnescapeString(body)
	return flat(body) + flat(once) + flat(html.UnescapeString(tag.ReplaceAllString(body, ""))) + flat(html.UnescapeString(tag.ReplaceAllString(once, "")))
}

var link = regexp.MustCompile(`(?:href|action|src)="(?:https://parvis\.test)?(/[^"#]*)`)

// perRoute bounds how many addresses of one kind are read: a wall has as many views as there are filters.
// Every initiative is read.
func perRoute(kind string) int {
	if kind == "/fr/projets/{number}" || kind == "/en/projects/{number}" {
		return 100
	}
	return 8
}

// walk reads the site from the addresses on, following every link, and gives each answer to see.
func (g *guest) walk(from []string, see func(path string, a answer)) (walked []string) {
	seen, kinds := map[string]bool{}, map[string]int{}
	for len(from) > 0 {
		path := from[0]
		from = from[1:]
		kind := g.town.kind(path)
		if seen[path] || kind == "" || kinds[kind] >= perRoute(kind) {
			continue
		}
		seen[path] = true
		kinds[kind]++
		walked = append(walked, path)
		a := g.get(path)
		see(path, a)
		if to := a.leads(); strings.HasPrefix(to, "/") {
			from = append(from, to)
		}
		for _, m := range link.FindAllStringSubmatch(a.Body, -1) {
			from = append(from, html.UnescapeString(m[1]))
		}
	}
	return walked
}

// kind names the route of an address with its language, "" for what only a form is sent to.
func (w *town) kind(path string) string {
	u, err := url.Parse(path)
	if err != nil {
		return ""
	}
	for _, route := range w.Site.Table().Routes() {
		for _, pattern := range route.Patterns() {
			if route.Method == http.MethodGet && fits(pattern, u.Path) {
				return pattern
			}
		}
	}
	return ""
}

// fits tells whether a path is one of a pattern.
func fits(pattern, path string) bool {
	want, got := strings.Split(strings.TrimSuffix(pattern, "{$}"), "/"), strings.Split(path, "/")
	for i, part := range want {
		if strings.HasSuffix(part, "...}") {
			return len(got) > i
		}
		if i >= len(got) || part != got[i] && (!strings.HasPrefix(part, "{") || got[i] == "") {
			return false
		}
	}
	return len(want) == len(got)
}

// doorsteps are where a walk begins: every page, in both languages, about public and internal things; and
// questions that ask for what is inside.
func (w *town) doorsteps() (from []string) {
	for _, s := range []things{publicThings(w), internalThings(w)} {
		for _, route := range w.routes() {
			if route.Method != http.MethodGet || route.Name == "portfolio.letter" || route.Name == "council.visa.letter" { // a letter is for whom it was sent to
				continue
			}
			from = append(from, s.address(w.t, route))
			english := route
			english.FR = route.EN
			if route.API == "" {
				from = append(from, strings.Replace(s.address(w.t, english), "/fr/", "/en/", 1))
			}
		}
		for _, kind := range []string{"initiative", "arbitration", "act"} {
			from = append(from, "/id/"+kind+"/"+map[string]string{"initiative": s.id, "arbitration": s.arbitration, "act": s.act}[kind])
		}
		from = append(from, "/fr/qui-decide?initiative="+s.initiative, "/fr/projets/"+s.initiative+"/inconnu")
	}
	for n := range 12 {
		from = append(from, fmt.Sprintf("/log/tile/entries/%03d", n), fmt.Sprintf("/log/tile/0/%03d", n))
	}
	return from
}

// searches ask every list and export for a word. A page repeats what it was asked: only whether it found
// something may be compared.
func searches(word string) []string {
	q := url.QueryEscape(word)
	return []string{"/fr/recherche?q=" + q, "/en/search?q=" + q, "/fr/projets?q=" + q, "/fr/projets.csv?q=" + q, "/fr/projets.xlsx?q=" + q,
		"/fr/projets.geojson?q=" + q, "/fr/projets.atom?q=" + q, "/fr/projets/carte?q=" + q, "/fr/organisation?q=" + q, "/fr/journal?q=" + q, "/fr/projets?tag=" + q}
}

// TestNothingInternalLeaks reads all that an agent can reach, as somebody outside, and looks for what
// must stay inside: in pages, feeds, exports, log files, error pages and permanent addresses.
func TestNothingInternalLeaks(t *testing.T) {
	t.Parallel()
	w := openValmont(t)
	hidden := secrets(w, inside, insideRooms, own)
	told := map[string]bool{}
	reached := w.enter(mission).walk(w.doorsteps(), func(path string, a answer) {
		noHole(t, path, a)
		text := readable(t, a)
		for _, s := range hidden {
			for _, piece := range s.pieces {
				if strings.Contains(text, piece) {
					told[s.what] = true
				}
			}
		}
	})
	// The control: an agent does read these. Nobody reads another's mail address, nor their drafts on a
	// page that they do not open.
	for _, s := range hidden {
		private := s.what == "address of an account" || s.what == "address of a follower" || s.what == "body of a draft"
		if !told[s.what] && !private {
			t.Errorf("the agent does not find any %s: the test would see no leak", s.what)
		}
	}
	for _, who := range []string{anonymous, resident} {
		t.Run("outside "+who, func(t *testing.T) {
			w.enter(who).walk(append(w.doorsteps(), reached...), func(path string, a answer) {
				noHole(t, path, a)
				found(t, who, path, readable(t, a), hidden)
			})
		})
	}
	t.Run("another agent", func(t *testing.T) {
		private := secrets(w, own)
		w.enter(stranger).walk(append(w.doorsteps(), reached...), func(path string, a answer) {
			noHole(t, path, a)
			found(t, stranger, path, readable(t, a), private)
		})
	})
}

// found fails for every secret in a text. Everybody knows their own address, and the page that lists the
// people of the demonstration has no addresses at all.
func found(t *testing.T, who, path, text string, hidden []hush) {
	t.Helper()
	for _, s := range hidden {
		if s.what == "address of an account" && who != anonymous && (strings.Contains(path, "compte") || strings.Contains(path, "my-account")) {
			continue
		}
		for _, piece := range s.pieces {
			if strings.Contains(text, piece) {
				t.Errorf("%s: %s: « %s »", path, s.what, piece)
			}
		}
	}
}

// noHole fails when a page broke or a text is missing from the catalogues.
func noHole(t *testing.T, path string, a answer) {
	t.Helper()
	if a.Status >= 500 || a.holed() {
		t.Errorf("%s: %d %s", path, a.Status, excerpt(a.Body, "⟦"))
	}
}

// unsearched are words of what the search does not hold: notes, papers, half pages of a committee and drafts of a récit
// are read where they stand.
var unsearched = []string{"trottinettes", "syndicats", "smaragdine", "zinzolin"}

// A word that only stands in internal things is for somebody outside like a word that stands nowhere: the
// answers are the same, counts and facets included.
func TestASearchTellsNothingOfWhatIsInside(t *testing.T) {
	t.Parallel()
	w := openValmont(t)
	w.deliver()
	outside, agent := w.visitor(), w.enter(mission)
	const nowhere = "zzyzxvqk"
	for _, word := range []string{"livraison", "compactantes", "trottinettes", "syndicats", "P-2015-4", "palafitte", "smaragdine", "zinzolin", "callipyge", "ostrogothe"} {
		knows := false
		for i, path := range searches(word) {
			blank := searches(nowhere)[i]
			w.clock.Move(w.clock.Now().Truncate(time.Second).Add(time.Second)) // both within one second: feeds say when they were asked
			if got, want := neutral(t, outside.get(path), word), neutral(t, outside.get(blank), nowhere); got != want {
				t.Errorf("%s tells that there is something: %s", path, difference(want, got))
			}
			knows = knows || neutral(t, agent.get(path), word) != neutral(t, agent.get(blank), nowhere)
		}
		if !knows && !slices.Contains(unsearched, word) {
			t.Errorf("the agent does not find %q either: the test would see no leak", word)
		}
	}
}

var request = regexp.MustCompile(`[a-z2-7]{26}`)

// neutral is an answer without the word that was asked for and without what differs each time.
func neutral(t testing.TB, a answer, word string) string {
	if strings.HasPrefix(a.Body, "PK") {
		a.Body = readable(t, answer{Body: a.Body, Header: http.Header{}})
	}
	return fmt.Sprint(a.Status) + request.ReplaceAllString(strings.ReplaceAll(a.Body, word, "…"), "…")
}
