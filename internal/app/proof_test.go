package app

import (
	"context"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/powers"
	"parvis/internal/web"
)

// unproved are the forms of which the matrix shows no success, no refusal, or neither, each with its reason. A form
// that is missing here and is only ever answered “not in this state” proves no permission, and fails the test.
var unproved = map[string]string{
	// No success: what it takes cannot be had by everybody here.
	"`account.passkey`":         "a device of one's own: passkeys are tested with an authenticator in package identityweb",
	"`account.passkeys`":        "a device of one's own: the same",
	"`sign_in.passkey`":         "a device of one's own: the same",
	"`sign_in.provider`":        "no provider is set up in the demonstration: tested against one in package identity",
	"`link`":                    "a letter that works once: the ninth column entered by one",
	"`unsubscribe`":             "the signed address of a letter: TestOneClickEndsAKindOfLetters",
	"`edge.style`":              "the form of the style page shows errors and does nothing",
	"`strategy.edit` adopt":     "the mayor alone, who is none of the nine: TestTheMayorAloneAdopts",
	"`strategy.positions` take": "the mayor alone: the same",
	"`council.item` clear":      "the ethics officer alone, who is none of the nine: TestTheEthicsOfficerEndsARecusal",
	"`council.concern` clear":   "the ethics officer alone: the same",
	// No refusal: open to whoever comes, or about oneself.
	"`account`":                     "one's own account",
	"`account.export`":              "one's own account",
	"`account.sessions`":            "one's own account",
	"`demo`":                        "the door of the demonstration",
	"`demo.confirm`":                "the door of the demonstration",
	"`edge.csp`":                    "browsers report, without an account",
	"`edge.theme`":                  "a colour on one's own screen",
	"`passkey.creation`":            "the question put to one's own device",
	"`passkey.options`":             "the question put to one's own device",
	"`portfolio.follow`":            "anybody follows what is public, by an address that must confirm (design §3)",
	"`portfolio.follow.confirm`":    "the secret of the address is the proof",
	"`portfolio.follow.leave`":      "the secret of the address is the proof",
	"`portfolio.letter` accept":     "the secret of the letter is that of the post that was asked (issue: accepts by mail)",
	"`portfolio.letter` counter":    "the same",
	"`council.visa.letter`":         "the secret of the letter is that of the post that was asked (issue: a visa from a mail)",
	"`register`":                    "anybody opens an account",
	"`sign_in.link`":                "anybody asks for a link; it is sent to the address alone",
	"`sign_out`":                    "one's own session",
	"`participation.import`":        "a file read for oneself, of which nothing but a preview of one's own is kept for a day: making it live is refused",
	"`council.return`":              "the same",
	"`portfolio.new` draft":         "a draft is its author's alone (design §1.5)",
	"`council.drawing.new` add":     "the form comes back with a step more: nothing is kept of it",
	"`council.drawing.edition` add": "the same",
	"`workspace.notices`":           "one's own letters",
	"`council.subscribe`":           "one's own agenda",
}

// TestProof is asked of the rows by TestAuthorisation: where powers are enforced each form succeeds for somebody, and
// is refused to an agent for want of a right.
func proof(t *testing.T, rows []row) {
	t.Helper()
	type fate struct{ done, refused bool }
	found := map[string]fate{}
	for _, r := range rows {
		if r.route.Method != http.MethodPost || r.mode != act.Blocking || r.form == "empty" {
			continue
		}
		f := found[r.title()]
		done, refused := r.fate()
		found[r.title()] = fate{f.done || done, f.refused || refused}
	}
	for title, f := range found {
		_, excused := unproved[title]
		_, open := openToAgents[title]
		switch {
		case !f.done && !excused:
			t.Errorf("%s succeeds for nobody: its refusals prove nothing", title)
		case !f.refused && !excused && !open:
			t.Errorf("%s is refused to no agent", title)
		case f.done && f.refused && excused:
			t.Errorf("%s is proved: take it out of the exceptions", title)
		}
	}
	for title := range unproved {
		if _, asked := found[title]; !asked {
			t.Errorf("%s is excused and does not exist", title)
		}
	}
}

// fate tells whether the form succeeded for somebody, and whether an agent who is signed in in full was refused for
// want of a right: by name (401, 403), or by a page that is not there for them (404) while it is for another.
func (r row) fate() (done, refused bool) {
	hidden := false
	for i, c := range cast() {
		got := r.cells[i]
		done = done || got.status < 400 && !got.signIn
		if c.title == "anonymous" || c.title == "resident" || c.title == "agent by e-mail link" {
			continue
		}
		refused = refused || got.status == http.StatusForbidden || got.status == http.StatusUnauthorized
		hidden = hidden || got.status == http.StatusNotFound
	}
	return done, refused || done && hidden
}

// TestOneRoute sends the forms of one route (PARVIS_ROUTE) as everybody and prints what came back: for whoever writes
// a form and wants to see it.
func TestOneRoute(t *testing.T) {
	only := strings.Fields(os.Getenv("PARVIS_ROUTE"))
	if len(only) == 0 {
		t.Skip("PARVIS_ROUTE names no route")
	}
	for _, c := range cast() {
		if who := os.Getenv("PARVIS_AS"); who != "" && who != c.title {
			continue
		}
		for _, r := range sendSome(t, c, publicThings, act.Blocking, func(r web.Route) bool {
			return slices.ContainsFunc(only, func(o string) bool { return strings.HasPrefix(r.Name, o) })
		}) {
			t.Logf("%-30s %-45s %s %s", c.title, r.title(), r.cells[0], r.cells[0].why)
		}
	}
}

// What the profile keeps to the mayor, who is none of the characters of the matrix, the mayor can do and nobody else.
func TestTheMayorAloneAdopts(t *testing.T) {
	w := openValmont(t)
	w.enforce()
	s := &sitter{w.App, context.Background(), nil}
	draft := id.ID(first(w, `SELECT id FROM strategy_strategy WHERE title_fr = $1`, drafted))
	version := one[int64](w, `SELECT version FROM strategy_strategy WHERE id = $1`, draft)
	dilemma := id.ID(first(w, `SELECT id FROM strategy_dilemma ORDER BY rank, id`))
	answers := portfolio.Answers{Motive: "Le conseil a délibéré.", Segments: []string{"residents"}, Basis: []string{"CGCT L2121-29"}, Lang: "fr", Effective: "2018-03-12",
		Procedure: "deliberation", Instrument: "DEL-2018-9"}
	for _, code := range []string{"SGV", "CHEF-MVI", "ADJ-NUM", "MAIRE"} {
		_, adopted := w.Strategy.Adopt(s.ctx, s.at(code), strategy.Adopt{Strategy: draft, Version: version, Answers: answers})
		_, taken := w.Strategy.TakePosition(s.ctx, s.at(code), strategy.Take{Dilemma: dilemma, Lean: 1, Answers: answers})
		for what, err := range map[string]error{"adopt": adopted, "take": taken} {
			if code == "MAIRE" && err != nil || code != "MAIRE" && fault.KindOf(err) != fault.Denied {
				t.Errorf("%s by %s: %v", what, code, err)
			}
		}
	}
}

// Every act of the rooms has a rule in every profile that is shipped: where powers are enforced a verb without one is
// forbidden to everybody, for ever.
func TestEveryVerbHasARule(t *testing.T) {
	verbs, err := Verbs()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range powers.ShippedNames() {
		profile, err := powers.ParseProfile(powers.Shipped(name))
		if err != nil {
			t.Fatal(err)
		}
		for verb := range verbs {
			if verb == "act.city.found" { // once, by the founder, before there is a profile
				continue
			}
			covers := func(pattern string) bool {
				prefix, open := strings.CutSuffix(pattern, "*")
				return pattern == verb || open && strings.HasPrefix(verb, prefix)
			}
			if !slices.ContainsFunc(profile.Rules, func(r powers.Rule) bool { return r.Mode == powers.Decides && slices.ContainsFunc(r.Verbs, covers) }) {
				t.Errorf("%s: nobody may %s", name, verb)
			}
		}
	}
}
