package council_test

import (
	"fmt"
	"testing"

	"parvis/internal/calendar"
	"parvis/internal/council"
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
		text := council.FormalText{Title: "Plan vélo", MatterCode: "8.7", MatterName: "Transports"}
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

// TestANumberIsOneActs: of a kind in a year.
func TestANumberIsOneActs(t *testing.T) {
	forEachTown(t, func(c *town) {
		one := c.sent()
		other := must(c, func() (council.Formal, error) {
			return c.room.PrepareFormal(c.ctx, secretary, council.FormalForm{Decision: one.Decision, Kind: council.Deliberation,
				FormalText: council.FormalText{Title: "Plan vélo", MatterCode: "8.7", MatterName: "Transports"}})
		})
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
