package app

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/identity"
	"parvis/internal/web"
)

// addresses are the pages that may speak of the matter: every route that is read, at the things of the matter, at
// what was asked of the reader about it, and what a reader would look for.
func (m matter) addresses(reader string) (routes []web.Route, paths []string) {
	s := publicThings(m.town)
	own := map[string]string{"committee": "COPIL", "meeting": m.meeting.Number, "item": string(m.item.ID), "paper": string(m.paper.ID),
		"visa": m.visas[reader], "ref": m.formal.Ref, "staged": m.staged[reader], "token": m.letters[reader]}
	add := func(r web.Route, path string) { routes, paths = append(routes, r), append(paths, path) }
	for _, route := range m.routes() {
		if route.Method != http.MethodGet || route.Name == "identity.demo" || strings.HasPrefix(route.Name, "account") {
			continue
		}
		path := strings.TrimSuffix(route.Pattern("fr"), "{$}")
		if strings.HasPrefix(route.Name, "council.") && route.Name != "council.feed" {
			for name, value := range own {
				path = strings.ReplaceAll(path, "{"+name+"}", value)
			}
		}
		if strings.Contains(path, "{") {
			path = s.address(m.t, route)
		}
		add(route, path)
		switch route.Name {
		case "search":
			add(route, path+"?q=remplissage")
			add(route, path+"?q=Bilan+confidentiel")
			add(route, path+"?q=generaliser")
		case "council.visa":
			add(route, "/fr/mes-visas/"+m.visas[peerMember])
		case "council.minutes":
			add(route, strings.ReplaceAll(path, m.meeting.Number, m.past.Number))
		case "council.item":
			add(route, "/fr/points/"+string(m.other.ID))
		case "council.hold":
			add(route, path+"?point="+string(m.item.ID))
			add(route, path+"?point="+string(m.other.ID))
		case "log.act":
			for _, a := range all(m.town, `SELECT id FROM act WHERE object_id IN ($1, $2, $3, $4, $5) ORDER BY id`,
				string(m.item.ID), string(m.paper.ID), string(m.ballot.ID), string(m.item.Arbitration), string(m.formal.ID)) {
				add(route, "/fr/journal/actes/"+a)
			}
		}
	}
	return routes, paths
}

// tells lists what a page says of the matter. The title of an item is no secret of the agenda; elsewhere the question
// itself is.
func tells(route web.Route, a answer) []string {
	var found []string
	for name, words := range secretWords {
		if strings.Contains(a.Body, words) {
			found = append(found, name)
		}
	}
	if (strings.HasPrefix(route.Name, "portfolio.") || route.Name == "search") && strings.Contains(a.Body, questionWords) {
		found = append(found, "question")
	}
	slices.Sort(found)
	return found
}

// TestRecusal asks every route that is read for what it says of a matter, as a member who takes part and as one who
// withdrew, and holds the answers to docs/generated/recusal.md (I8). Where the peer sees nothing the line proves
// nothing and is left out.
func TestRecusal(t *testing.T) {
	t.Parallel()
	m := openMatter(t)
	peer, recused := m.enter(peerMember), m.enter(recusedMember)
	routes, paths := m.addresses(peerMember)
	_, own := m.addresses(recusedMember)
	var b strings.Builder
	b.WriteString("# What a recused member reads\n\nGenerated: every route that tells a member who takes part the file, a paper, the score, the debate, the question, " +
		"what was asked or the formal act of a matter, and what the same route answers a member who withdrew from it: refused (403), not found (404), or a page " +
		"about other things too, which tells nothing of it.\n\n| Route | A member who takes part reads | A recused member |\n| --- | --- | --- |\n")
	lines := map[string]bool{}
	seen := map[string]bool{}
	for n, route := range routes {
		full := tells(route, peer.get(paths[n]))
		got := recused.get(own[n])
		if leak := tells(route, got); len(leak) > 0 {
			t.Errorf("%s (%s) shows a recused member: %s", route.Name, paths[n], strings.Join(leak, ", "))
		}
		for _, what := range full {
			seen[what] = true
		}
		if line := fmt.Sprintf("| `%s` | %s | %s |\n", route.Name, strings.Join(full, ", "), answered403(got.Status)); len(full) > 0 && !lines[line] {
			lines[line] = true
		}
	}
	for _, line := range slices.Sorted(maps.Keys(lines)) {
		b.WriteString(line)
	}
	b.WriteString(lettersTell(t, m))
	b.WriteString("\n# What a recused member writes\n\nEvery form about the matter, posted by a member who holds two posts of the committee and withdrew at one of them, in the name of the other. " +
		"A member of the bureau who takes part does it, or is told another reason why not.\n\n| Form | A recused member |\n| --- | --- |\n" + recusedWrites(t, openMatter(t)))
	for _, what := range []string{"file", "paper", "score", "debate", "asked", "act", "question"} {
		if !seen[what] {
			t.Errorf("nobody reads the %s anywhere: the test proves nothing of it", what)
		}
	}
	golden(t, generated+"recusal.md", b.String())
}

// current is the number on the tab that is open.
var current = regexp.MustCompile(`type=item" aria-current="page">[^<]*<span class="count">(\d+)<`)

// The search tells a recused member no more of a matter by its counts than by its results: a word that stands there
// alone is for them like a word that stands nowhere, and each number is that of what is listed.
func TestASearchCountsNothingThatIsKept(t *testing.T) {
	t.Parallel()
	m := openMatter(t)
	m.deliver()
	peer, recused := m.enter(peerMember), m.enter(recusedMember)
	const nowhere = "zzyzxvqk"
	for _, word := range []string{soughtWord, soughtWord + "s", soughtWord[1:]} { // as it stands, by its stem, mistyped
		ask := func(g *guest, word string) string {
			g.get("/fr/recherche") // what was said at the door is said once
			return neutral(t, g.get("/fr/recherche?q="+word), word)
		}
		if got, want := ask(recused, word), ask(recused, nowhere); got != want {
			t.Errorf("%s: a recused member learns that there is something: %s", word, excerpt(got, "results"))
		}
		if ask(peer, word) == ask(peer, nowhere) {
			t.Errorf("%s: the peer finds nothing either: the test would see no leak", word)
		}
	}
	listed := map[*guest]int{}
	for _, g := range []*guest{peer, recused} {
		page := g.get("/fr/recherche?q=essai&type=item").Body
		listed[g] = strings.Count(page, `class="result"`)
		if told := current.FindStringSubmatch(page); told == nil || told[1] != fmt.Sprint(listed[g]) {
			t.Errorf("%d listed, counted %v", listed[g], told)
		}
	}
	if listed[peer] != listed[recused]+1 {
		t.Errorf("the peer finds %d items, the recused member %d", listed[peer], listed[recused])
	}
}

// answered403 says what a recused member was answered.
func answered403(status int) string {
	if status == http.StatusOK {
		return "200, nothing of it"
	}
	return fmt.Sprintf("refused, %d", status)
}

func (m *town) visitorOf(name string) identity.Visitor {
	m.t.Helper()
	v, err := m.as(name)
	if err != nil {
		m.t.Fatal(err)
	}
	return v
}

// actorOf is somebody at the post through which they sit in the committee.
func (m *town) actorOf(name string) act.Actor { return m.visitorOf(name).Actor("") }
