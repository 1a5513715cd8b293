package app

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/web"
)

// The words by which a file, a score and a debate are known: they stand nowhere else.
const (
	fileWords   = "remplissage mesuré"           // of the half page
	paperWords  = "Bilan confidentiel du comité" // title of a paper
	scoreWords  = "Motion réservée au comité"    // of the vote
	debateWords = "Teneur réservée des échanges" // of the debate
)

// matter is a question at a meeting that sits: a peer takes part, a recused member does not.
type matter struct {
	*town
	item    council.Item
	meeting council.Meeting
	paper   council.Paper
	ballot  council.Ballot
}

const recusedMember, peerMember = "Leïla Haddad", "Sandrine Leclerc"

// openMatter puts the question of the visit to a sitting, with a debate and a vote that is counted, and lets one
// member withdraw from it.
func openMatter(t *testing.T) matter {
	w := openValmont(t)
	m := matter{town: w}
	ctx := context.Background()
	mission, must := w.actorOf(mission), func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	f, err := w.Council.File(ctx, w.visitorOf("Sabine Lenoir"), "COPIL-2018-2")
	must(err)
	m.item, m.meeting = f.Items[0].Item, f.Meeting
	m.paper, err = w.Council.AddPaper(ctx, mission, council.PaperForm{Item: m.item.ID, Kind: council.Report, Title: paperWords, File: strings.NewReader("%PDF-1.4 " + paperWords)})
	must(err)
	_, err = w.Council.DeclareInterest(ctx, w.actorOf(recusedMember), council.InterestForm{Item: m.item.ID, Event: "recuse", Nature: council.Shares})
	must(err)
	_, err = w.Council.ConveneMeeting(ctx, mission, m.meeting.ID, m.meeting.Version, "")
	must(err)
	w.clock.Move(m.meeting.Starts())
	var in []id.ID
	for _, s := range f.Assembly.Seats {
		in = append(in, s.ID)
	}
	must(w.Council.Arrive(ctx, mission, council.ArriveForm{Meeting: m.meeting.ID, Members: in}))
	_, err = w.Council.OpenMeeting(ctx, mission, m.meeting.ID, m.meeting.Version+1, "", "")
	must(err)
	m.item, err = w.Council.WriteDebate(ctx, mission, m.item.ID, m.item.Version, debateWords)
	must(err)
	m.ballot, err = w.Council.OpenBallot(ctx, mission, council.BallotForm{Item: m.item.ID, Motion: scoreWords, Method: council.Secret})
	must(err)
	if m.ballot, err = w.Council.CloseBallot(ctx, mission, council.CloseForm{Ballot: m.ballot.ID, Tally: council.Tally{For: 3, Against: 1}}); err != nil {
		t.Fatal(err)
	}
	return m
}

// addresses are the pages that may speak of the matter: every route that is read, at the things of the matter, and
// what a reader would look for.
func (m matter) addresses() (routes []web.Route, paths []string) {
	s := publicThings(m.town)
	own := map[string]string{"committee": "COPIL", "meeting": m.meeting.Number, "item": string(m.item.ID), "paper": string(m.paper.ID)}
	add := func(r web.Route, path string) { routes, paths = append(routes, r), append(paths, path) }
	for _, route := range m.routes() {
		if route.Method != http.MethodGet || route.Name == "identity.demo" || strings.HasPrefix(route.Name, "account") {
			continue
		}
		path := strings.TrimSuffix(route.Pattern("fr"), "{$}")
		for name, value := range own {
			path = strings.ReplaceAll(path, "{"+name+"}", value)
		}
		if strings.Contains(path, "{") && strings.HasPrefix(route.Name, "council.") {
			continue // a visa, a letter, a formal act: none is about the matter
		}
		if strings.Contains(path, "{") {
			path = s.address(m.t, route)
		}
		add(route, path)
		switch route.Name {
		case "search":
			add(route, path+"?q=remplissage")
			add(route, path+"?q=Bilan+confidentiel")
		case "council.hold":
			add(route, path+"?point="+string(m.item.ID))
		case "log.act":
			for _, a := range all(m.town, `SELECT id FROM act WHERE object_id IN ($1, $2, $3, $4) ORDER BY id`, string(m.item.ID), string(m.paper.ID), string(m.ballot.ID), string(m.item.Arbitration)) {
				add(route, "/fr/journal/actes/"+a)
			}
		}
	}
	return routes, paths
}

// tells lists what a page says of the matter.
func tells(a answer) []string {
	var found []string
	for name, words := range map[string]string{"file": fileWords, "paper": paperWords, "score": scoreWords, "debate": debateWords} {
		if strings.Contains(a.Body, words) {
			found = append(found, name)
		}
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
	routes, paths := m.addresses()
	var b strings.Builder
	b.WriteString("# What a recused member reads\n\nGenerated: every route that tells a member who takes part the file, a paper, the score or the debate of a matter, " +
		"and what the same route answers a member who withdrew from it.\n\n| Route | A member who takes part reads | A recused member |\n| --- | --- | --- |\n")
	lines := map[string]bool{}
	seen := map[string]bool{}
	for n, route := range routes {
		full := tells(peer.get(paths[n]))
		got := recused.get(paths[n])
		if leak := tells(got); len(leak) > 0 {
			t.Errorf("%s (%s) shows a recused member: %s", route.Name, paths[n], strings.Join(leak, ", "))
		}
		for _, what := range full {
			seen[what] = true
		}
		if line := fmt.Sprintf("| `%s` | %s | %d, nothing of it |\n", route.Name, strings.Join(full, ", "), got.Status); len(full) > 0 && !lines[line] {
			lines[line] = true
			b.WriteString(line)
		}
	}
	for _, what := range []string{"file", "paper", "score", "debate"} {
		if !seen[what] {
			t.Errorf("nobody reads the %s anywhere: the test proves nothing of it", what)
		}
	}
	golden(t, generated+"recusal.md", b.String())
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
