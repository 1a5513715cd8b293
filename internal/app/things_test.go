package app

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"parvis/internal/id"
	"parvis/internal/web"
)

// things are what addresses and forms speak of: one of each, all public or all internal to the city.
type things struct {
	kind                     string // public, internal
	initiative, id           string
	part, partOf             string // waits for the answer of the directorate partOf
	arbitration              string
	act, text                string
	unit, post, holder       string // an agent's post, its unit and its holding
	delegation, giver, body  string
	city                     string
	profile, account, person string
	board, snapshot          string
	letter, follow           string            // secrets of letters
	council                  map[string]string // placeholders of the pages of committees
	circuits                 map[string]string // placeholders of the pages of visas and formal acts
	papers                   map[string]string // by route: a paper of a project, of a strategy
	at                       map[string]string // placeholders that one form is about instead
}

// publicThings are those of the visit: a public initiative whose part and question still wait.
func publicThings(w *town) things { return w.things("public", publicTitle, "DSI") }

// internalThings belong to an initiative that was never published.
func internalThings(w *town) things { return w.things("internal", insideTitle, "DAE") }

func (w *town) things(kind, title, unit string) things {
	w.t.Helper()
	s := things{kind: kind, id: one[string](w, `SELECT id FROM portfolio_initiative WHERE title = $1`, title)}
	s.initiative = one[string](w, `SELECT number FROM portfolio_initiative WHERE id = $1`, s.id)
	s.partOf = one[string](w, `SELECT DISTINCT thing FROM powers_unit WHERE code = $1`, unit)
	s.part = one[string](w, `SELECT id FROM portfolio_part WHERE initiative = $1 AND unit = $2`, s.id, s.partOf)
	s.arbitration = one[string](w, `SELECT number FROM portfolio_arbitration WHERE initiative = $1`, s.id)
	visibility := map[string]string{"public": "public", "internal": "interne"}[kind]
	s.act = one[string](w, `SELECT id FROM act WHERE subject_id = $1 AND visibility = $2 ORDER BY recorded_at, id LIMIT 1`, s.id, visibility)
	s.text = one[string](w, `SELECT t.id FROM act_text t JOIN act a ON a.id = t.act WHERE a.visibility = $1 AND t.erased_by = '' ORDER BY a.recorded_at, t.name, t.id LIMIT 1`, visibility)
	w.organisation(&s)
	s.board = one[string](w, `SELECT id FROM portfolio_board LIMIT 1`)
	s.snapshot = one[string](w, `SELECT id FROM portfolio_snapshot LIMIT 1`)
	w.secrets(&s, unit)
	s.council, s.circuits = w.sitting(kind), w.consulted()
	s.papers = map[string]string{"portfolio.paper": one[string](w, `SELECT id FROM portfolio_paper WHERE visibility = $1 ORDER BY id LIMIT 1`, visibility),
		"strategy.paper": one[string](w, `SELECT id FROM strategy_paper WHERE visibility = $1 ORDER BY id LIMIT 1`, visibility)}
	return s
}

// sitting is a meeting of the steering committee: the one that was held and minuted, or the one being prepared.
func (w *town) sitting(kind string) map[string]string {
	number := map[string]string{"public": "COPIL-2018-1", "internal": "COPIL-2018-2"}[kind]
	item := one[string](w, `SELECT i.id FROM council_item i JOIN council_meeting m ON m.id = i.meeting WHERE m.number = $1 AND i.rank = 2`, number)
	paper := one[string](w, `SELECT id FROM council_paper WHERE item = $1`, item)
	return map[string]string{"committee": "COPIL", "meeting": number, "item": item, "paper": paper}
}

func (w *town) organisation(s *things) {
	s.unit = one[string](w, `SELECT DISTINCT thing FROM powers_unit WHERE code = 'MVI'`)
	s.post = string(w.postOf("CM-PART"))
	s.holder = one[string](w, `SELECT DISTINCT thing FROM powers_holder WHERE post = $1`, s.post)
	s.city = one[string](w, `SELECT DISTINCT thing FROM powers_body WHERE code = 'VALMONT'`)
	s.body = one[string](w, `SELECT DISTINCT thing FROM powers_body WHERE code = 'METROPOLE'`)
	s.giver = string(w.postOf("MAIRE"))
	s.delegation = one[string](w, `SELECT DISTINCT thing FROM powers_delegation WHERE legal_act = 'A-2014-032'`)
	s.profile = one[string](w, `SELECT id FROM powers_profile ORDER BY code, edition LIMIT 1`)
	s.account = one[string](w, `SELECT id FROM op_account WHERE email = 'leila.haddad@valmont.example'`)
}

// secrets asks for the letters that carry them.
func (w *town) secrets(s *things, unit string) {
	ctx, code := context.Background(), "DIR-"+unit
	var err error
	if s.letter, err = w.Portfolio.NewAnswerToken(ctx, id.ID(s.part), w.postOf(code), holderID(w.App, code)); err != nil {
		w.t.Fatal(err)
	}
	v, err := w.as(mission)
	if err != nil {
		w.t.Fatal(err)
	}
	open, err := initiativeOf(w.App, publicTitle) // only what is public can be followed
	if err != nil {
		w.t.Fatal(err)
	}
	ask, err := w.Portfolio.Follow(ctx, v, open, "lectrice@example.org", "fr")
	if err != nil {
		w.t.Fatal(err)
	}
	s.follow = ask.Confirm
}

// version reads the version that a form must carry.
func (w *town) version(table, id string) string {
	return strconv.FormatInt(one[int64](w, `SELECT version FROM `+table+` WHERE id = $1`, id), 10)
}

// in gives the value of a placeholder of a route.
func (s things) in(route web.Route, name string) (string, bool) {
	if value, ok := s.at[name]; ok {
		return value, true
	}
	if name == "number" && (strings.HasPrefix(route.Name, "portfolio.arbitration") || route.Name == "council.concern") {
		return s.arbitration, true
	}
	if name == "paper" && s.papers[route.Name] != "" {
		return s.papers[route.Name], true
	}
	if strings.HasPrefix(route.Name, "strategy.") && route.Name != "strategy.placement" {
		value, ok := ofStrategy(route.Name)[name]
		return value, ok
	}
	if value, ok := s.ofCircuits(route.Name, name); ok && strings.HasPrefix(route.Name, "council.") {
		return value, true
	}
	if value, ok := s.council[name]; ok && strings.HasPrefix(route.Name, "council.") {
		return value, true
	}
	if name == "id" {
		return s.id4(route.Name)
	}
	if route.Name == "participation.file" && name == "file..." {
		return "rules.toml", true
	}
	value, ok := map[string]string{"handover": "T-2017-1", "story": "0", "number": s.initiative, "part": s.part, "snapshot": s.snapshot, "token": s.letter, "secret": s.follow,
		"account": s.account, "key": "0", "directory": "0", "book": "0", "provider": "0", "type": "initiative", "holder": s.holder,
		"digest": s.profile, "file...": "checkpoint", "election": "V-2016-1", "lot": "toute-la-ville", "project": "01", "import": "0", "measure": "m1"}[name]
	return value, ok
}

// id4 gives the thing whose id stands in the address of a route.
func (s things) id4(route string) (string, bool) {
	for prefix, value := range map[string]string{"edge.id": s.id, "log.act": s.act, "log.erase": s.text, "powers.unit": s.unit,
		"powers.post": s.post, "powers.post.new": s.unit, "powers.appoint": s.post, "powers.end": s.post, "powers.delegate": s.giver, "powers.revoke": s.delegation,
		"powers.change": s.unit, "powers.referent": s.unit, "powers.post.close": s.post} {
		if route == prefix {
			return value, true
		}
	}
	return "", false
}

// address fills the French address of a route. A placeholder that these tests do not know fails them:
// whoever adds one says here what stands behind it.
func (s things) address(t testing.TB, route web.Route) string {
	t.Helper()
	path := strings.TrimSuffix(route.Pattern("fr"), "{$}")
	for {
		before, rest, ok := strings.Cut(path, "{")
		if !ok {
			return path
		}
		name, after, _ := strings.Cut(rest, "}")
		value, known := s.in(route, name)
		if !known {
			t.Fatalf("things.in does not know {%s} of %s", name, route.Name)
		}
		path = before + url.PathEscape(value) + after
	}
}

// ofStrategy gives the placeholders of the pages of the strategy: those of Valmont are public.
func ofStrategy(route string) map[string]string {
	number := "S-2018-1"
	if strings.HasPrefix(route, "strategy.indicator") {
		number = "I-2015-2"
	}
	return map[string]string{"number": number, "edition": "2", "series": "0"}
}
