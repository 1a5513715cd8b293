package portfolio

import (
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Answers are what a decision says beside its object and its author, which the context gives: for
// whom, why, when and how.
type Answers struct {
	Segments   []string     `json:"segments,omitempty"` // residents, agents, firms…
	Units      []id.ID      `json:"units,omitempty"`    // units that benefit
	Places     []string     `json:"places,omitempty"`
	Motive     string       `json:"motive,omitempty"` // the decider's own words
	Lang       string       `json:"lang,omitempty"`
	Objectives []id.ID      `json:"objectives,omitempty"`
	Basis      []string     `json:"basis,omitempty"`    // articles, deliberations
	Evidence   []string     `json:"evidence,omitempty"` // addresses, references
	Effective  calendar.Day `json:"effective,omitempty"`
	Procedure  string       `json:"procedure,omitempty"` // "arbitration", "committee", "direct"
	Instrument string       `json:"instrument,omitempty"`
	BudgetLine string       `json:"budget_line,omitempty"`
}

// Question is one of the six.
type Question string

// The six questions, in the order in which they are asked.
const (
	Who  Question = "who"
	What Question = "what"
	For  Question = "for"
	Why  Question = "why"
	When Question = "when"
	How  Question = "how"
)

// Questions lists the six.
func Questions() []Question { return []Question{Who, What, For, Why, When, How} }

// clean trims the answers and drops empty list items: a blank answers nothing.
func (a Answers) clean() Answers {
	for _, s := range []*string{&a.Motive, &a.Lang, &a.Procedure, &a.Instrument, &a.BudgetLine} {
		*s = strings.TrimSpace(*s)
	}
	for _, l := range []*[]string{&a.Segments, &a.Places, &a.Basis, &a.Evidence} {
		*l = distinct(*l)
	}
	a.Units, a.Objectives = distinct(a.Units), distinct(a.Objectives)
	return a
}

// prefill takes from the context what the context knows. The motive is never among it: nobody but
// the decider can say why.
func (a Answers) prefill(i Initiative, arb Arbitration, parts []Part, today calendar.Day) Answers {
	if len(a.Segments)+len(a.Units)+len(a.Places) == 0 {
		a.Places = i.Places
		if arb.Place != "" {
			a.Places = []string{arb.Place}
		}
		if len(a.Places) == 0 {
			a.Units = partners(parts)
		}
	}
	if len(a.Objectives) == 0 {
		a.Objectives = i.Objectives
	}
	if a.Effective == "" {
		a.Effective = today
	}
	if a.Procedure == "" {
		a.Procedure = "arbitration"
	}
	return a
}

func partners(parts []Part) []id.ID {
	var out []id.ID
	for _, p := range parts {
		if p.Partner() && p.Unit != "" {
			out = append(out, p.Unit)
		}
	}
	return distinct(out)
}

// Missing names the questions that are still without an answer, given who would decide what.
func (a Answers) Missing(who id.ID, what string) []Question {
	var out []Question
	empty := map[Question]bool{
		Who:  who == "",
		What: what == "",
		For:  len(a.Segments)+len(a.Units)+len(a.Places) == 0,
		Why:  a.Motive == "",
		When: a.Effective == "",
		How:  a.Procedure == "",
	}
	for _, q := range Questions() {
		if empty[q] {
			out = append(out, q)
		}
	}
	return out
}

// check refuses what cannot be: the six themselves are checked by the act.
func (a Answers) check() error {
	err := fault.New(fault.Invalid, "portfolio.form")
	checkDay(err, "effective", a.Effective, false)
	limited(err, "motive", a.Motive, maxText)
	return err.OrNil()
}

// into writes the answers where an act keeps them.
func (a Answers) into(out *act.Act) {
	out.For.Segments, out.For.Units, out.For.Territory = a.Segments, a.Units, a.Places
	out.Why.Objectives, out.Why.Basis, out.Why.Evidence = a.Objectives, a.Basis, a.Evidence
	out.When.Effective = a.Effective
	out.How.Procedure, out.How.Instrument, out.How.BudgetLine = a.Procedure, a.Instrument, a.BudgetLine
	if a.Motive != "" {
		out.Texts = append(out.Texts, act.Text{Name: "motive", Lang: a.Lang, Body: a.Motive})
	}
}
