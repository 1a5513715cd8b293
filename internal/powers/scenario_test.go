package powers_test

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/money"
	"parvis/internal/powers"
	"parvis/internal/powers/powerstest"
)

var today = calendar.Day("2018-03-12")

// each runs a test in a city of 12 March 2018 on each engine, and checks the seals at the end.
func each(t *testing.T, test func(t *testing.T, c *powerstest.City, now *clock.Set)) {
	t.Helper()
	now := clock.At(today.Clock(9, 0))
	dbtest.EachAt(t, now, func(t *testing.T, d *db.DB) {
		now.Move(today.Clock(9, 0))
		test(t, powerstest.New(t, d, rooms()), now)
		acttest.Clean(t, d)
	})
}

// rooms are verbs of rooms that this package does not know.
func rooms() []act.Verb {
	return []act.Verb{
		{Name: "portfolio.arbitration.decide", Force: act.Decided, Default: act.Public},
		{Name: "portfolio.part.accept", Force: act.Did, Default: act.Internal},
		{Name: "portfolio.note.write", Force: act.Did, Default: act.Internal},
	}
}

// generalise is « généraliser à toute la ville, 180 000 € ».
func generalise(c *powerstest.City) act.Ask {
	return act.Ask{Verb: "portfolio.arbitration.decide", Object: act.Ref{Type: "arbitration", ID: "q"}, Matter: "proprete",
		Amount: money.Euros(180_000), Roles: map[string][]id.ID{
			"lead": {c.Units["DSI"]}, "part": {c.Units["DPE"], c.Units["DVD"]},
			"sponsor": {c.Posts["ADJ-PROPRETE"], c.Posts["ADJ-NUM"]}, // nobody for the streets
		}}
}

func deciders(t *testing.T, c *powerstest.City, ask act.Ask, m powers.Moment) []string {
	t.Helper()
	a, err := c.Engine.Who(context.Background(), c.DB.Readers, ask, m)
	if err != nil {
		t.Fatal(err)
	}
	codes := []string{}
	for _, d := range a.Deciders {
		codes = append(codes, d.Code)
	}
	return codes
}

// The same question has other deciders under each way of governing (issue, « Must show » 2).
func TestSameQuestionFourProfiles(t *testing.T) {
	each(t, func(t *testing.T, c *powerstest.City, now *clock.Set) {
		c.Install(t, c.Founder, powers.LeadDirectorate, "2013-01-01")
		sg := c.Agent("SG")
		c.Install(t, sg, powers.MunicipalTeam, "2014-06-01")
		c.Install(t, sg, powers.DelegatedAgency, "2015-01-01")
		c.Install(t, sg, powers.Academic, "2016-01-01")
		c.Install(t, sg, powers.WithInvestment, "2018-01-01")
		for day, want := range map[calendar.Day][]string{
			"2012-06-01": {}, "2013-06-01": {}, "2014-09-01": {"SG"}, "2015-06-01": {"SG"}, "2016-06-01": {}, "2018-03-12": {"PRES-INVEST"},
		} {
			ask := generalise(c)
			if got := deciders(t, c, ask, powers.Moment{Day: day, Known: now.Now().AddDate(0, 0, 1)}); !slices.Equal(got, want) {
				t.Errorf("on %s: %v decide, want %v", day, got, want)
			}
			ask.Amount = money.Euros(45_000)
			small := map[calendar.Day][]string{"2012-06-01": {}, "2013-06-01": {}, "2014-09-01": {"SG"}, "2015-06-01": {"DIR-AGENCE"}, "2016-06-01": {}, "2018-03-12": {"SG"}}[day]
			if got := deciders(t, c, ask, powers.Moment{Day: day, Known: now.Now().AddDate(0, 0, 1)}); !slices.Equal(got, small) {
				t.Errorf("45 000 € on %s: %v decide, want %v", day, got, small)
			}
		}
	})
}

// In 2013 nobody decides alone, and the seat of the streets is missing.
func TestJointDecisionNamesTheMissingSeat(t *testing.T) {
	each(t, func(t *testing.T, c *powerstest.City, now *clock.Set) {
		c.Install(t, c.Founder, powers.LeadDirectorate, "2013-01-01")
		m := powers.Now(now.Now().AddDate(0, 0, 1))
		a, err := c.Engine.Who(context.Background(), c.DB.Readers, generalise(c), m)
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Deciders) != 0 || len(a.Joint) != 1 || a.Joint[0].Wanted != 1 {
			t.Fatalf("deciders %v, joint %+v", a.Deciders, a.Joint)
		}
		i := slices.IndexFunc(a.Joint[0].Seats, func(s powers.Seat) bool { return s.Missing })
		if s := a.Joint[0].Seats[i]; s.Unit != c.Units["DVD"] {
			t.Fatalf("missing seat %+v, want the streets", s)
		}
		chain, err := c.Engine.DecideAt(context.Background(), c.DB.Readers, c.Agent("DIR-DSI"), generalise(c), m)
		if err != nil || !chain.Lacking || !slices.Contains(chain.Missing, act.Link{Kind: "seat", ID: c.Units["DVD"], Ref: "sponsor:part"}) {
			t.Fatalf("chain %+v, %v", chain, err)
		}
		ask := generalise(c)
		ask.Roles["sponsor"] = append(ask.Roles["sponsor"], c.Posts["ADJ-VOIRIE"])
		ask.Roles["agreed"] = []id.ID{c.Posts["ADJ-PROPRETE"], c.Posts["ADJ-NUM"], c.Posts["ADJ-VOIRIE"]}
		chain, err = c.Engine.DecideAt(context.Background(), c.DB.Readers, c.Agent("DIR-DSI"), ask, m)
		if err != nil || chain.Lacking || chain.Role != "decides" {
			t.Fatalf("with every agreement: %+v, %v", chain, err)
		}
	})
}

// A delegation recorded late counts from its legal day, and the answer says that it was not known then.
func TestLateDelegationIsARegularisation(t *testing.T) {
	each(t, func(t *testing.T, c *powerstest.City, now *clock.Set) {
		c.Install(t, c.Founder, powers.MunicipalTeam, "2014-06-01")
		before := now.Now()
		now.Advance(3600e9)
		c.Do(t, c.Agent("SG"), func(tx *act.Tx) error {
			_, err := powers.Delegate(tx, powers.NewDelegation{Giver: c.Posts["SG"], Receiver: c.Posts["MISSION"], Nature: powers.OfSignature,
				Scope:  powers.Scope{Verbs: []string{"portfolio.arbitration.decide"}, AmountMax: 200_000_00},
				Period: calendar.Since("2016-04-01"), LegalAct: "2018-031"})
			return err
		})
		after := now.Now().AddDate(0, 0, 1)
		ask := generalise(c)
		ask.Day = "2016-04-12"
		then, err := c.Engine.DecideAt(context.Background(), c.DB.Readers, c.Agent("MISSION"), ask, powers.Moment{Known: before})
		if err != nil || !then.Lacking {
			t.Fatalf("as known then: %+v, %v", then, err)
		}
		since, err := c.Engine.DecideAt(context.Background(), c.DB.Readers, c.Agent("MISSION"), ask, powers.Moment{Known: after})
		if err != nil || since.Lacking || !slices.ContainsFunc(since.Steps, func(l act.Link) bool { return l.Kind == "late" && l.Ref == "2018-031" }) {
			t.Fatalf("as known now: %+v, %v", since, err)
		}
		if got := deciders(t, c, ask, powers.Moment{Known: after}); !slices.Equal(got, []string{"SG", "MISSION"}) {
			t.Fatalf("who, as known now: %v", got)
		}
		ask.Amount = money.Euros(200_001)
		if got := deciders(t, c, ask, powers.Moment{Known: after}); !slices.Equal(got, []string{"SG"}) {
			t.Fatalf("above the limit: %v", got)
		}
	})
}

func TestEnforcement(t *testing.T) {
	each(t, func(t *testing.T, c *powerstest.City, now *clock.Set) {
		for _, mode := range []string{"indicatif", "controle", "bloquant"} {
			by := c.Founder
			if mode != "indicatif" {
				by = c.Agent("MAIRE")
			}
			document := replace(powers.Shipped(powers.MunicipalTeam), `enforcement = "indicatif"`, `enforcement = "`+mode+`"`)
			document = replace(document, "edition     = 1", "edition     = "+map[string]string{"indicatif": "11", "controle": "12", "bloquant": "13"}[mode])
			c.Do(t, by, func(tx *act.Tx) error {
				_, err := powers.InstallProfile(tx, powers.Installation{Document: document, From: today, LegalAct: "DEL", Motive: "Essai.", Basis: []string{"CGCT"}})
				return err
			})
			m := powers.Now(now.Now().AddDate(0, 0, 1))
			for _, try := range []struct {
				verb string
				want map[string]bool
			}{
				{"portfolio.arbitration.decide", map[string]bool{"indicatif": true}},
				{"portfolio.note.write", map[string]bool{"indicatif": true, "controle": true}},
			} {
				ask := generalise(c)
				ask.Verb = try.verb
				chain, err := c.Engine.DecideAt(context.Background(), c.DB.Readers, c.Agent("DIR-AGENCE"), ask, m)
				if (err == nil) != try.want[mode] || err == nil && !chain.Lacking || err != nil && fault.KindOf(err) != fault.Denied {
					t.Errorf("%s, %s: %+v, %v", mode, try.verb, chain, err)
				}
			}
		}
	})
}

func replace(b []byte, old, new string) []byte {
	return bytes.Replace(b, []byte(old), []byte(new), 1)
}
