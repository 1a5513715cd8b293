package council_test

import (
	"fmt"
	"testing"
	"time"

	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/council/scdl"
	"parvis/internal/id"
)

// TestOnlyACouncilDeliberates: what another committee decides is signed by an authority, and shows no vote as its own.
func TestOnlyACouncilDeliberates(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee()
		m := c.prepare(tb, "2018-01-22")
		i := c.item(m, "Plan vélo", council.ForDecision)
		c.open(tb, m)
		c.vote(tb, i, map[id.ID]council.Choice{"e-maire": council.For, "e-ann": council.For, "e-ben": council.For})
		d := must(c, func() (council.Decision, error) {
			return c.room.TakeDecision(c.ctx, president, council.DecideForm{Item: i.ID, Version: c.stored(i).Version, Result: council.ItemAdopted, Answers: answers()})
		})
		text := council.FormalText{Title: "Plan vélo", MatterCode: "8.7"}
		prepare := func(k council.FormalKind, signatory string) (council.Formal, error) {
			text.Signatory = signatory
			return c.room.PrepareFormal(c.ctx, secretary, council.FormalForm{Decision: d.ID, Kind: k, FormalText: text})
		}
		c.wants("kind:council.formal.not_an_assembly", errOf(prepare(council.Deliberation, "")))
		c.wants("signatory:council.required", errOf(prepare(council.Regulation, "")))
		f := must(c, func() (council.Formal, error) { return prepare(council.Regulation, "Le maire") })
		if f = must(c, func() (council.Formal, error) { return c.room.Formal(c.ctx, inside("p-greffe"), f.Ref) }); f.Votes != nil || f.Signatory != "Le maire" {
			c.Errorf("%+v", f)
		}
	})
}

// TestAFormalActIsWhatOpenDataTakes: what the SCDL would refuse once the act is published is refused in the form, and the
// nomenclature names the matter.
func TestAFormalActIsWhatOpenDataTakes(t *testing.T) {
	for _, s := range []struct{ matter, year, budget, wants string }{
		{"9.1", "", "", ""},
		{"9.1", "2018", "Budget principal", ""},
		{"9.1", "2018/2019", "Budget principal", ""},
		{"9.99", "", "", "matter_code:council.formal.matter"},
		{"09.1", "", "", "matter_code:council.formal.matter"},
		{"9.01", "", "", "matter_code:council.formal.matter"},
		{"", "", "", "matter_code:council.formal.matter"},
		{"9.1", "2018/1850", "Budget principal", "budget_year:council.formal.budget"},
		{"9.1", "2018/2018", "Budget principal", "budget_year:council.formal.budget"},
		{"9.1", "18", "Budget principal", "budget_year:council.formal.budget"},
		{"9.1", "2018", "", "budget_year:council.formal.budget"},
		{"9.1", "", "Budget principal", "budget_year:council.formal.budget"},
	} {
		forEachTown(t, func(c *town) {
			f := c.adopted()
			form := council.FormalForm{Decision: f.Decision, Kind: council.Deliberation, FormalText: council.FormalText{Title: "Plan vélo", MatterCode: s.matter,
				MatterName: "Ce qu’on veut", BudgetYear: s.year, BudgetName: s.budget}}
			f, err := c.room.ReviseFormal(c.ctx, secretary, f.ID, f.Version, form)
			c.wants(s.wants, err)
			form.Kind, form.Signatory = council.Convention, "Le maire"
			made, err := c.room.PrepareFormal(c.ctx, secretary, form)
			c.wants(s.wants, err)
			if want := scdl.MatterName("9.1"); s.wants == "" && (f.MatterName != want || made.MatterName != want) {
				c.Errorf("%q, %q", f.MatterName, made.MatterName)
			}
		})
	}
}

// TestADecisionHasOneActOfAKind: of one decision one deliberation, and perhaps the contract that it allows.
func TestADecisionHasOneActOfAKind(t *testing.T) {
	forEachTown(t, func(c *town) {
		f := c.adopted()
		form := council.FormalForm{Decision: f.Decision, Kind: council.Deliberation, FormalText: council.FormalText{Title: "Plan vélo", MatterCode: "8.7"}}
		prepare := func() (council.Formal, error) { return c.room.PrepareFormal(c.ctx, secretary, form) }
		c.wants("kind:council.formal.second", errOf(prepare()))
		form.Kind, form.Signatory = council.Convention, "Le maire"
		contract := must(c, prepare)
		form.Kind = council.Deliberation
		c.wants("kind:council.formal.second", errOf(c.room.ReviseFormal(c.ctx, secretary, contract.ID, contract.Version, form)))
		f = must(c, func() (council.Formal, error) { return c.room.ReviseFormal(c.ctx, secretary, f.ID, f.Version, form) })
		must(c, func() (council.Formal, error) {
			return c.room.WithdrawFormal(c.ctx, secretary, f.ID, f.Version, "Erreur")
		})
		must(c, prepare)
	})
}

// TestANumberIsOneActs: of a kind in a year.
func TestANumberIsOneActs(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.assembly()
		m := c.prepare(tb, "2018-01-22")
		both := []council.Item{c.item(m, "Plan vélo", council.ForDecision), c.item(m, "Plan piéton", council.ForDecision)}
		c.open(tb, m)
		one, other := c.deliberation(tb, both[0]), c.deliberation(tb, both[1])
		c.pass(5 * 24 * time.Hour)
		one = must(c, func() (council.Formal, error) { return c.room.SendFormal(c.ctx, secretary, one.ID, one.Version) })
		other = must(c, func() (council.Formal, error) { return c.room.SendFormal(c.ctx, secretary, other.ID, other.Version) })
		c.returns(one, "2018-014", "2018-01-23", "2018-01-24", "2018-01-25")
		c.returns(one, "2018-014", "2018-01-23", "2018-01-24", "2018-01-25") // its own
		s := must(c, func() (council.StagedReturn, error) {
			return c.room.StageReturn(c.ctx, inside("p-greffe"), fmt.Appendf(nil, "ref;digest;number;signed_on\n%s;%s;2018-014;2018-01-23\n", other.Ref, other.Digest))
		})
		if len(s.Lines[0].Defects) != 1 || s.Lines[0].Defects[0].Key != "council.return.number_taken" {
			c.Errorf("%+v", s.Lines[0].Defects)
		}
	})
}

// deliberation is prepared of an item that a council adopted.
func (c *town) deliberation(tb table, i council.Item) council.Formal {
	c.Helper()
	d := c.decide(tb, i, "")
	return must(c, func() (council.Formal, error) {
		return c.room.PrepareFormal(c.ctx, secretary, council.FormalForm{Decision: d.ID, Kind: council.Deliberation,
			FormalText: council.FormalText{Title: i.Title, MatterCode: "8.7"}})
	})
}

// TestALateTransmissionIsSaid: after it was done too.
func TestALateTransmissionIsSaid(t *testing.T) {
	for _, s := range []struct {
		done, today calendar.Day
		late        bool
	}{{"", "2018-06-23", false}, {"", "2018-06-24", true}, {"2018-06-23", "2018-07-30", false}, {"2018-06-24", "2018-07-30", true}} {
		clocks := council.LegalClocks(council.FormalRegime{Kind: council.Individual, Transmit: true},
			council.FormalDays{Signed: "2018-06-08", Transmitted: s.done})
		last := clocks[len(clocks)-1]
		if last.Name != "transmit" || last.Day != "2018-06-23" || last.Done != s.done || last.Late(s.today) != s.late {
			t.Errorf("%+v: %+v", s, last)
		}
	}
}
