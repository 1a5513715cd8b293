package powers

import (
	"fmt"
	"slices"
	"strings"

	"parvis/internal/act"
)

// Profile is a way of governing: who may do what, in which committees, with which words. It is read from
// a TOML document that is stored as it is, with its SHA-256, and installed by an act from a day on.
type Profile struct {
	Code        string      `toml:"code"`
	Edition     int64       `toml:"edition"`
	Name        Words       `toml:"name"`
	Summary     Words       `toml:"summary"`
	Enforcement act.Mode    `toml:"enforcement"`
	Steward     string      `toml:"steward"` // the role that looks after the portfolio
	Intake      Intake      `toml:"intake"`
	Publication Publication `toml:"publication"`
	Words       []Term      `toml:"word"`
	Committees  []Committee `toml:"committee"`
	Circuits    []Circuit   `toml:"circuit"`
	Rules       []Rule      `toml:"rule"`
	Digest      string      `toml:"-"`
}

// Words is a curated text in both languages.
type Words struct {
	FR string `toml:"fr"`
	EN string `toml:"en"`
}

// In is the text in a language, French when the other is missing.
func (w Words) In(lang string) string {
	if lang == "en" && w.EN != "" {
		return w.EN
	}
	return w.FR
}

// Intake says how things come in.
type Intake struct {
	Desk    string   `toml:"desk"`    // the role that qualifies what comes in
	Days    int      `toml:"days"`    // within how many days the city is told or the asker answered
	Origins []string `toml:"origins"` // demand, supply, obligation
}

// Publication says what is shown when nobody says otherwise.
type Publication struct {
	Default string `toml:"default"` // public or interne
	Embargo int    `toml:"embargo"` // months during which only the description is public
	Basis   string `toml:"basis"`
}

// Term is a word that this way of governing uses in the place of the usual one.
type Term struct {
	Key string `toml:"key"`
	Words
}

// Committee is a body that prepares or decides.
type Committee struct {
	Code   string `toml:"code"`
	Name   Words  `toml:"name"`
	Voting string `toml:"voting"` // chair, consensus, majority, two_thirds
	Quorum int    `toml:"quorum"` // members present; 0: none
	Notice int    `toml:"notice"` // days between the papers and the meeting
}

// RuleMode is what a rule gives to its role.
type RuleMode string

// The modes of a rule.
const (
	Decides  RuleMode = "decides"
	Opinion  RuleMode = "opinion"
	Visa     RuleMode = "visa"
	Informed RuleMode = "informed"
)

// Rule gives a role a power over some acts on some things, under conditions. Amounts are euros: a rule
// holds for amount_over < amount <= amount_upto; 0 is no limit.
type Rule struct {
	Name        string   `toml:"name"`
	Verbs       []string `toml:"verbs"`
	Objects     []string `toml:"objects"`
	AmountOver  int64    `toml:"amount_over"`
	AmountUpTo  int64    `toml:"amount_upto"`
	Matters     []string `toml:"matters"`
	NotMatters  []string `toml:"except_matters"`
	Stages      []string `toml:"stages"`
	Territories []string `toml:"territories"`
	Normative   *bool    `toml:"normative"`
	Role        Role     `toml:"role"`
	Roles       []Role   `toml:"roles"` // in the place of role: any of these; ParseProfile makes a rule of each
	Mode        RuleMode `toml:"mode"`
	Basis       string   `toml:"basis"` // the text on which the rule rests
}

// UnmarshalText reads a role as it is written in a profile.
func (r *Role) UnmarshalText(text []byte) error {
	role, ok := parseRole(string(text))
	if !ok {
		role.Text = string(text)
		role.form = -1 // told apart by check, which knows the line
	}
	*r = role
	return nil
}

// Ref names the profile in a chain of reasons: code and edition.
func (p *Profile) Ref() string {
	if p == nil {
		return ""
	}
	return fmt.Sprintf("%s/%d", p.Code, p.Edition)
}

// holds tells whether the conditions of the rule hold for the question, its verb apart.
func (r *Rule) holds(ask act.Ask) bool {
	return (r.AmountOver == 0 || ask.Amount.Cents > r.AmountOver*100) &&
		(r.AmountUpTo == 0 || ask.Amount.Cents <= r.AmountUpTo*100) &&
		among(r.Matters, ask.Matter) && !slices.Contains(r.NotMatters, ask.Matter) && among(r.Stages, ask.Stage) && among(r.Territories, ask.Territory) &&
		(r.Normative == nil || *r.Normative == ask.Normative)
}

// closeness is how precisely the rule names the verb and the thing; 0 when it does not.
func (r *Rule) closeness(ask act.Ask) int {
	if len(r.Objects) > 0 && !slices.Contains(r.Objects, ask.Object.Type) {
		return 0
	}
	best := r.names(ask.Verb)
	if best > 0 && len(r.Objects) > 0 {
		best++
	}
	return best
}

// names is how precisely the rule names a verb: exactly, by a longer or a shorter prefix, not at all.
func (r *Rule) names(verb string) int {
	best := 0
	for _, p := range r.Verbs {
		switch {
		case p == verb:
			best = 1000
		case matchPattern(p, verb):
			best = max(best, len(p))
		}
	}
	return best
}

// applicable sorts the rules that answer a question. Among those that say who decides, only the closest
// to the verb count, whether or not their conditions hold: a general rule must not let through what a
// precise one reserves.
func (p *Profile) applicable(ask act.Ask) (deciding, others []*Rule) {
	closest := 0
	for i := range p.Rules {
		if r := &p.Rules[i]; r.Mode == Decides {
			closest = max(closest, r.closeness(ask))
		}
	}
	for i := range p.Rules {
		r := &p.Rules[i]
		near := r.closeness(ask)
		switch {
		case near == 0 || !r.holds(ask):
		case r.Mode != Decides:
			others = append(others, r)
		case near == closest:
			deciding = append(deciding, r)
		}
	}
	return deciding, others
}

// mayOwn tells whether some rule could give the post what the scope hands on.
func (p *Profile) mayOwn(s seat, scope Scope) bool {
	if s.UnitKind == "assembly" {
		return true // CGCT L2121-29: the assembly settles the affairs of the commune
	}
	verbs := scope.Verbs
	if len(verbs) == 0 {
		verbs = []string{"*"}
	}
	return !slices.ContainsFunc(verbs, func(v string) bool { return !p.mayOwnVerb(s, v, scope.AmountMax) })
}

func (p *Profile) mayOwnVerb(s seat, verb string, amountMax int64) bool {
	closest := 0
	for i := range p.Rules {
		if r := &p.Rules[i]; r.Mode == Decides {
			closest = max(closest, r.names(verb))
		}
	}
	for i := range p.Rules {
		r := &p.Rules[i]
		named := r.names(verb) == closest && closest > 0
		if strings.HasSuffix(verb, "*") { // a wide delegation hands on what the giver has of it
			named = named || slices.ContainsFunc(r.Verbs, func(v string) bool { return matchPattern(verb, v) })
		}
		enough := r.AmountUpTo == 0 || (amountMax > 0 && amountMax <= r.AmountUpTo*100)
		if r.Mode == Decides && named && enough && r.Role.couldBear(s) {
			return true
		}
	}
	return false
}
