package council_test

import (
	"slices"
	"testing"

	"parvis/internal/act/acttest"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// The chronicle of a unit holds what the committees of its posts decided: outside what is public, inside the rest too,
// without what the reader withdrew from.
func TestChronicleOfCommittees(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee(func(f *council.CommitteeForm) { f.Public, f.Rules.Voting = false, council.Consensus })
		m := c.prepare(tb, "2018-01-22")
		decided, opinion := c.item(m, "Le registre", council.ForDecision), c.item(m, "La carte", council.ForOpinion)
		_, err := c.room.DeclareInterest(c.ctx, acttest.Agent("e-num"), council.InterestForm{Item: decided.ID, Event: "recuse", Nature: council.Employment})
		c.ok(err)
		c.open(tb, m)
		c.wants("", c.pronounces(decided))
		c.wants("", c.pronounces(opinion))
		year := calendar.Period{From: "2018-01-01", To: "2019-01-01"}
		for name, s := range map[string]struct {
			who   identity.Visitor
			posts []id.ID
			days  calendar.Period
			want  []string
		}{
			"outside, not public":            {identity.Visitor{}, []id.ID{secretary.Post}, year, nil},
			"inside":                         {inside("p-greffe"), []id.ID{secretary.Post}, year, []string{"Le registre"}},
			"inside, withdrawn from it":      {inside("e-num"), []id.ID{secretary.Post}, year, nil},
			"inside, of the president":       {inside("p-greffe"), []id.ID{president.Post}, year, []string{"Le registre"}},
			"inside, of a post of no bureau": {inside("p-greffe"), []id.ID{"p-nobody"}, year, nil},
			"inside, the year before":        {inside("p-greffe"), []id.ID{secretary.Post}, calendar.Period{From: "2017-01-01", To: "2018-01-01"}, nil},
		} {
			lines := must(c, func() ([]council.DecisionLine, error) {
				return c.room.Chronicle(c.ctx, s.who, council.ChronicleOf{Units: []id.ID{"u-none"}, Posts: s.posts, Days: s.days, Most: 10})
			})
			var got []string
			for _, l := range lines {
				got = append(got, l.Title)
			}
			if !slices.Equal(got, s.want) {
				t.Errorf("%s: %q, want %q", name, got, s.want)
			}
		}
	})
}
