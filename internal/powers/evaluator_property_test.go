package powers_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/money"
	"parvis/internal/powers"
	"parvis/internal/powers/powerstest"
)

var codes = []string{"MAIRE", "ADJ-PROPRETE", "ADJ-VOIRIE", "ADJ-NUM", "SG", "FINANCES", "MISSION", "CHARGE", "DIR-DPE", "AG-DPE",
	"DIR-DVD", "DIR-DSI", "PRES-INVEST", "M-INVEST", "DIR-AGENCE", "DIR-UNIV"}

func drawPosts(t *rapid.T, c *powerstest.City, label string) []id.ID {
	var out []id.ID
	for _, code := range rapid.SliceOfN(rapid.SampledFrom(codes), 0, 3).Draw(t, label) {
		out = append(out, c.Posts[code])
	}
	return out
}

func drawUnits(t *rapid.T, c *powerstest.City, label string) []id.ID {
	var out []id.ID
	for _, code := range rapid.SliceOfN(rapid.SampledFrom([]string{"DPE", "DVD", "DSI", "MISSION"}), 0, 2).Draw(t, label) {
		out = append(out, c.Units[code])
	}
	return out
}

func drawAsk(t *rapid.T, c *powerstest.City) act.Ask {
	return act.Ask{
		Verb:      rapid.SampledFrom([]string{"portfolio.arbitration.decide", "portfolio.part.accept", "portfolio.note.write", "powers.unit.create", "council.vote.open"}).Draw(t, "verb"),
		Object:    act.Ref{Type: rapid.SampledFrom([]string{"arbitration", "part"}).Draw(t, "type"), ID: "x"},
		Day:       rapid.SampledFrom(days[:len(days)-1]).Draw(t, "day"),
		Amount:    money.Euros(rapid.SampledFrom([]int64{0, 20_000, 45_000, 180_000, 400_000, 2_000_000}).Draw(t, "amount")),
		Matter:    rapid.SampledFrom([]string{"", "voirie", "donnees", "eau"}).Draw(t, "matter"),
		Normative: rapid.Bool().Draw(t, "normative"),
		Roles: map[string][]id.ID{"lead": drawUnits(t, c, "lead"), "part": drawUnits(t, c, "part"), "unit": drawUnits(t, c, "unit"),
			"sponsor": drawPosts(t, c, "sponsor"), "owner": drawPosts(t, c, "owner"), "asked": drawPosts(t, c, "asked"), "agreed": drawPosts(t, c, "agreed")},
	}
}

func drawScope(t *rapid.T) powers.Scope {
	return powers.Scope{
		Verbs:     rapid.SampledFrom([][]string{nil, {"portfolio.*"}, {"portfolio.arbitration.decide"}, {"portfolio.part.accept", "powers.*"}}).Draw(t, "verbs"),
		Matters:   rapid.SampledFrom([][]string{nil, {"voirie"}, {"voirie", "eau"}}).Draw(t, "matters"),
		Objects:   rapid.SampledFrom([][]string{nil, {"arbitration"}}).Draw(t, "objects"),
		AmountMax: rapid.SampledFrom([]int64{0, 30_000_00, 200_000_00}).Draw(t, "max"),
	}
}

// govern lays several profiles after one another, so that days have different rules.
func govern(t powerstest.T, c *powerstest.City) {
	c.Install(t, c.Founder, powers.LeadDirectorate, "2012-01-01")
	sg := c.Agent("SG")
	c.Install(t, sg, powers.MunicipalTeam, "2014-06-01")
	c.Install(t, sg, powers.DelegatedAgency, "2015-01-01")
	c.Install(t, sg, powers.Academic, "2018-03-13")
	c.Install(t, sg, powers.WithInvestment, "2019-01-01")
	c.Do(t, sg, func(tx *act.Tx) error {
		metropole, err := powers.FoundBody(tx, powers.NewBody{Kind: "metropole", Code: "METROPOLE", Name: "Métropole", Period: calendar.Since("2016-01-01")})
		if err != nil {
			return err
		}
		return powers.AssignCompetence(tx, "eau", metropole, "2016-01-01", "LOI-1")
	})
}

// churn makes one random change: a delegation, a revocation, a departure, an interim, a second post.
func churn(t *rapid.T, c *powerstest.City, given *[]id.ID, run string) {
	by := c.Agent("SG")
	err := c.Try(by, func(tx *act.Tx) error {
		switch rapid.SampledFrom([]string{"delegate", "delegate", "delegate", "revoke", "leave", "interim"}).Draw(t, "change") {
		case "delegate":
			d, err := powers.Delegate(tx, powers.NewDelegation{Giver: c.Posts[rapid.SampledFrom(codes).Draw(t, "giver")],
				Receiver: c.Posts[rapid.SampledFrom(codes).Draw(t, "receiver")], Nature: rapid.SampledFrom([]string{powers.OfFunction, powers.OfSignature}).Draw(t, "nature"),
				Scope: drawScope(t), Period: drawPeriod(t), LegalAct: run + "A"})
			if err == nil {
				*given = append(*given, d)
			}
			return err
		case "revoke":
			if len(*given) == 0 {
				return fault.New(fault.Invalid, "test.nothing")
			}
			return powers.Revoke(tx, rapid.SampledFrom(*given).Draw(t, "revoked"), rapid.SampledFrom(days[:len(days)-1]).Draw(t, "on"), run+"R")
		case "leave":
			code := rapid.SampledFrom(codes[1:]).Filter(func(c string) bool { return c != "SG" }).Draw(t, "who")
			return powers.EndHolding(tx, c.Holders[code], rapid.SampledFrom(days[1:len(days)-1]).Draw(t, "leaves"), run+"F")
		default:
			post, person := rapid.SampledFrom(codes).Draw(t, "post"), rapid.SampledFrom(codes).Draw(t, "stand-in")
			_, err := powers.Appoint(tx, powers.Appointment{Post: c.Posts[post], Person: c.Persons[person], Interim: true, Period: drawPeriod(t), LegalAct: run + "I"})
			return err
		}
	})
	if fault.KindOf(err) != fault.NotFound { // a delegation that never began, once revoked, is no more
		refused(t, err)
	}
}

// Decide lets through, with an established power, exactly those whom Who lists (I5).
func TestDecideAndWhoAgree(t *testing.T) {
	ready := map[*powerstest.City]*[]id.ID{}
	properties(t, "", func(t *rapid.T, c *powerstest.City, now *clock.Set, run string) {
		if ready[c] == nil {
			govern(t, c)
			ready[c] = &[]id.ID{}
		}
		for range rapid.IntRange(0, 2).Draw(t, "changes") {
			churn(t, c, ready[c], run)
		}
		ctx, m := context.Background(), powers.Now(now.Now().AddDate(0, 0, 1))
		ask := drawAsk(t, c)
		who, err := c.Engine.Who(ctx, c.DB.Readers, ask, m)
		if err != nil {
			t.Fatal(err)
		}
		everybody := slices.Contains(who.Groups, "agent") || slices.Contains(who.Groups, "anyone")
		for _, code := range codes {
			sheet, err := powers.PostAt(ctx, c.DB.Readers, c.Posts[code], who.Moment)
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range sheet.Current {
				by := act.Actor{Kind: act.Agent, Post: c.Posts[code], Holder: h.ID}
				chain, err := c.Engine.DecideAt(ctx, c.DB.Readers, by, ask, m)
				if err != nil {
					t.Fatalf("%s: %v", code, err)
				}
				listed := everybody || slices.ContainsFunc(who.Deciders, func(d powers.Decider) bool { return d.Person == h.Person })
				if listed == chain.Lacking {
					t.Fatalf("%s on %s: listed %v, chain %+v, deciders %+v", code, who.Day, listed, chain, who.Deciders)
				}
				if !chain.Lacking && (chain.Rule == "" || len(chain.Steps) < 2) {
					t.Fatalf("a power without reasons: %+v", chain)
				}
			}
			if len(sheet.Current) == 0 {
				_, err := c.Engine.DecideAt(ctx, c.DB.Readers, act.Actor{Kind: act.Agent, Post: c.Posts[code]}, ask, m)
				if fault.KindOf(err) != fault.Denied {
					t.Fatalf("%s is vacant on %s and decides: %v", code, who.Day, err)
				}
			}
		}
	})
}

// I6: whatever a delegation lets through, the giver could do on that day: each post of the chain of
// reasons has the power itself. And no delegation is wider than the one it hands on.
func TestI6NeverWiderThanTheGiver(t *testing.T) {
	ready := map[*powerstest.City]*[]id.ID{}
	properties(t, "", func(t *rapid.T, c *powerstest.City, now *clock.Set, run string) {
		if ready[c] == nil {
			govern(t, c)
			ready[c] = &[]id.ID{}
		}
		churn(t, c, ready[c], run)
		ctx, m := context.Background(), powers.Now(now.Now().AddDate(0, 0, 1))
		ask := drawAsk(t, c)
		who, err := c.Engine.Who(ctx, c.DB.Readers, ask, m)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range who.Deciders {
			checkChain(t, c, ask, who, d)
		}
		all, err := powers.Delegations(ctx, c.DB.Readers, who.Moment)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range all {
			i := slices.IndexFunc(all, func(o powers.DelegationView) bool { return o.ID == d.Source })
			if d.Source != "" && (i < 0 || !d.Scope.Within(all[i].Scope) || all[i].Receiver != d.Giver) {
				t.Fatalf("wider than its source: %+v", d)
			}
		}
	})
}

func checkChain(t *rapid.T, c *powerstest.City, ask act.Ask, who *powers.Answer, d powers.Decider) {
	for _, step := range d.Steps {
		if step.Kind == "delegation" {
			v, err := powers.DelegationFor(context.Background(), c.DB.Readers, step.ID, who.Moment)
			if err != nil || !v.Covers(ask) || !v.Period.Contains(who.Day) {
				t.Fatalf("the chain leans on %+v, %v", v, err)
			}
		}
		if step.Kind != "post" || step.ID == d.Post {
			continue
		}
		able := slices.ContainsFunc(who.Deciders, func(o powers.Decider) bool { return o.Post == step.ID }) ||
			slices.ContainsFunc(who.Vacant, func(p powers.Place) bool { return p.Post == step.ID })
		if !able {
			t.Fatalf("%s decides through %s, who could not: %+v", d.Code, step.Ref, d.Steps)
		}
	}
}

// Revoking is not retroactive, and a delegation never comes back to its giver (I6).
func TestI6RevocationAndCycles(t *testing.T) {
	each(t, func(t *testing.T, c *powerstest.City, now *clock.Set) {
		c.Install(t, c.Founder, powers.MunicipalTeam, powerstest.Dawn)
		sg := c.Agent("SG")
		give := func(from, to string, scope powers.Scope) (out id.ID, err error) {
			err = c.Try(sg, func(tx *act.Tx) error {
				out, err = powers.Delegate(tx, powers.NewDelegation{Giver: c.Posts[from], Receiver: c.Posts[to], Nature: powers.OfFunction,
					Scope: scope, Period: calendar.Since("2017-01-01"), LegalAct: "2017-1"})
				return err
			})
			return out, err
		}
		wants := func(err error, key string) {
			t.Helper()
			if f, ok := err.(*fault.Error); !ok || f.Key != key {
				t.Errorf("got %v, want %s", err, key)
			}
		}
		first, err := give("SG", "MISSION", powers.Scope{Verbs: []string{"portfolio.*"}, AmountMax: 90_000_00})
		if err != nil {
			t.Fatal(err)
		}
		_, err = give("MISSION", "SG", powers.Scope{Verbs: []string{"portfolio.*"}, AmountMax: 90_000_00})
		wants(err, "powers.delegation.cycle")
		_, err = give("AG-DPE", "CHARGE", powers.Scope{Verbs: []string{"portfolio.arbitration.decide"}})
		wants(err, "powers.delegation.wider")
		_, err = give("SG", "DIR-DSI", powers.Scope{Verbs: []string{"portfolio.arbitration.decide"}, AmountMax: 300_000_00})
		wants(err, "powers.delegation.wider")
		second, err := give("MISSION", "CHARGE", powers.Scope{Verbs: []string{"portfolio.arbitration.decide"}, AmountMax: 50_000_00})
		if err != nil {
			t.Fatal(err)
		}
		revoke := func(day calendar.Day) error {
			return c.Try(sg, func(tx *act.Tx) error { return powers.Revoke(tx, first, day, "2018-9") })
		}
		wants(revoke("2018-03-11"), "powers.delegation.retroactive")
		if err := revoke(today); err != nil {
			t.Fatal(err)
		}
		wants(revoke(today), "powers.delegation.ended")
		now.Advance(1e9)
		for _, d := range []id.ID{first, second} { // what was handed on ends with it
			v, err := powers.DelegationFor(context.Background(), c.DB.Readers, d, powers.Now(now.Now()))
			if err != nil || v.Period.To != today || v.RevokedBy != "2018-9" {
				t.Errorf("after revoking: %+v, %v", v, err)
			}
		}
		ask := generalise(c)
		ask.Amount, ask.Day = money.Euros(45_000), "2018-03-11"
		if got := deciders(t, c, ask, powers.Now(now.Now())); !slices.Equal(got, []string{"SG", "CHARGE", "MISSION"}) && !slices.Equal(got, []string{"SG", "MISSION", "CHARGE"}) {
			t.Errorf("the day before: %v", got)
		}
		ask.Day = today
		if got := deciders(t, c, ask, powers.Now(now.Now())); !slices.Equal(got, []string{"SG"}) {
			t.Errorf("from the day of the revocation: %v", got)
		}
	})
}

// An answer for a day, as the record stood at an instant, never changes whatever is recorded later.
func TestBitemporality(t *testing.T) {
	ready := map[*powerstest.City]*[]id.ID{}
	properties(t, "", func(t *rapid.T, c *powerstest.City, now *clock.Set, run string) {
		if ready[c] == nil {
			govern(t, c)
			ready[c] = &[]id.ID{}
		}
		now.Advance(60e9)
		ask, m := drawAsk(t, c), powers.Moment{Known: now.Now()}
		m.Day = ask.Day
		before := photograph(t, c, ask, m)
		for range rapid.IntRange(1, 5).Draw(t, "changes") {
			now.Advance(60e9)
			churn(t, c, ready[c], run)
		}
		if after := photograph(t, c, ask, m); !reflect.DeepEqual(before, after) {
			t.Fatalf("the past changed on %s:\n%+v\n%+v", m.Day, before, after)
		}
	})
}

type photo struct {
	Deciders []powers.Decider
	Vacant   []powers.Place
	Joint    []string
	Tree     []string
	Posts    []string
}

func photograph(t *rapid.T, c *powerstest.City, ask act.Ask, m powers.Moment) (p photo) {
	ctx := context.Background()
	who, err := c.Engine.Who(ctx, c.DB.Readers, ask, m)
	if err != nil {
		t.Fatal(err)
	}
	for i := range who.Deciders {
		who.Deciders[i].Rule = nil // a pointer into the profile
	}
	p.Deciders, p.Vacant = who.Deciders, who.Vacant
	for _, w := range who.Joint {
		p.Joint = append(p.Joint, fmt.Sprintf("%s %+v", w.Rule.Name, w.Seats))
	}
	nodes, err := powers.Organigram(ctx, c.DB.Readers, m, true)
	if err != nil {
		t.Fatal(err)
	}
	charted, err := powers.NewDesk(c.DB.Readers, act.NewMarks(c.DB.Readers)).Organigram(ctx, m, true)
	if diff := cmp.Diff(nodes, charted); diff != "" || err != nil {
		t.Fatalf("the chart differs from the tables: %v %s", err, diff)
	}
	for _, n := range nodes {
		p.Tree = append(p.Tree, fmt.Sprintf("%d %s %s %+v", n.Depth, n.Code, n.Name, n.Heads))
	}
	for _, code := range codes {
		s, err := powers.PostAt(ctx, c.DB.Readers, c.Posts[code], m)
		if err != nil {
			t.Fatal(err)
		}
		var periods []string
		for _, h := range s.All {
			periods = append(periods, fmt.Sprint(h.ID, h.Period))
		}
		for _, d := range s.Received {
			periods = append(periods, fmt.Sprint(d.ID, d.Period, d.RevokedBy))
		}
		p.Posts = append(p.Posts, fmt.Sprint(code, len(s.Current), periods))
	}
	return p
}
