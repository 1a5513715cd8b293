package recount_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"parvis/internal/participation/recount"
	"parvis/internal/participation/tally"
)

// drawn is a made .pb file: few different costs and ballots, so that there are ties.
type drawn struct {
	kind     string // of the rules
	projects int
	text     string
	budget   int64
}

// draw makes n ballots of a kind.
func draw(r *rand.Rand, kind string, n int) drawn {
	d := drawn{kind: kind, projects: 4 + r.IntN(6)}
	var b strings.Builder
	var total int64
	for p := range d.projects {
		cost := int64(1+r.IntN(6)) * 25
		total += cost
		half := ""
		if p%3 == 1 {
			half = ".5"
		}
		gone := map[bool]string{true: "999999999", false: fmt.Sprint(cost) + half}[p == 3]
		fmt.Fprintf(&b, "p%d;%s;Projet n° %d;%d;%s\n", p*7%11, gone, p, p%2, []string{"nord", "sud", ""}[p%3])
	}
	d.budget = total/2 + int64(r.IntN(50))
	head := "META\nkey;value\ndescription;Tirage\ncountry;France\nunit;Valmont\ninstance;2018\nnum_projects;" + fmt.Sprint(d.projects) +
		"\nnum_votes;" + fmt.Sprint(n) + "\nbudget;" + fmt.Sprint(d.budget) + "\nvote_type;" + map[string]string{"approval": "approval", "ordinal": "ordinal"}[kind]
	if kind != "approval" && kind != "ordinal" {
		head += "scoring\nmax_points;" + map[string]string{"grades": "3", "points": "4", "amounts": "40000"}[kind]
	}
	head += "\nrule;unknown\ndate_begin;2018\ndate_end;2018\nPROJECTS\nproject_id;cost;name;popular;district\n" + b.String() + "VOTES\nvoter_id;vote"
	if kind != "approval" && kind != "ordinal" {
		head += ";points"
	}
	d.text = head + "\n" + d.ballots(r, n)
	return d
}

func (d drawn) ballots(r *rand.Rand, n int) string {
	var b strings.Builder
	for v := range n {
		var ids, points []string
		for _, p := range r.Perm(d.projects)[:min(r.IntN(5), d.projects)] {
			ids = append(ids, fmt.Sprintf("p%d", p*7%11))
			points = append(points, fmt.Sprint(r.IntN(map[string]int{"amounts": 200}[d.kind]+4)))
		}
		fmt.Fprintf(&b, "%d;%s", v, strings.Join(ids, ","))
		if d.kind != "approval" && d.kind != "ordinal" {
			b.WriteString(";" + strings.Join(points, ","))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// election makes an election of a rule with two lots: one large enough to publish its ballots, one not.
func (d drawn) rules(rule tally.Rule, r *rand.Rand) *tally.Document {
	doc := &tally.Document{Format: tally.DocumentFormat, Title: "Tirage \"au sort\"", Rule: rule.Name, Currency: "EUR", Decimals: 1,
		Ballot:      tally.BallotRules{Kind: d.kind, MaxLength: 4},
		Conventions: tally.Conventions{MinVotes: int64(r.IntN(3)), Threshold: 60, Missing: "worst", Fit: "skip"},
		Publish:     tally.Publication{Ballots: true, Totals: true}}
	if d.kind == "grades" {
		doc.Ballot.Grades = []string{"Très bien", "Bien", "Passable", "Insuffisant"}
		doc.Conventions.Missing = []string{"worst", "median"}[r.IntN(2)]
	}
	if r.IntN(4) == 0 {
		doc.Conventions.CostBar = 3
	}
	if r.IntN(3) == 0 {
		doc.Conventions.Fit = "stop"
	}
	if r.IntN(3) == 0 {
		for _, p := range r.Perm(11) {
			doc.Conventions.Order = append(doc.Conventions.Order, fmt.Sprintf("p%d", p))
		}
	}
	return doc
}

// ownElections draws elections of every rule, on every kind of ballot that the rule counts.
func ownElections(t testing.TB) (list []recount.Draft) {
	r := rand.New(rand.NewPCG(4, 5))
	for k, kind := range []string{"approval", "ordinal", "points", "grades", "amounts"} {
		for _, rule := range tally.Rules() {
			if !rule.Counts(tally.Kind(k)) {
				continue
			}
			big, few := draw(r, kind, 100+r.IntN(60)), draw(r, kind, 20+r.IntN(70))
			doc := big.rules(rule, r)
			ranked := rule.Family == tally.Greedy || rule.Family == tally.Majority
			doc.Lots = []tally.LotDocument{{ID: "grand", Name: "Grand lot", Budget: big.budget * 10}, {ID: "petit", Name: "Petit lot", Budget: few.budget * 10}}
			if ranked && r.IntN(2) == 0 {
				doc.Lots[0].Seats, doc.Lots[0].Reserve = 1+r.IntN(4), doc.Lots[0].Budget/3
			}
			if ranked && doc.Conventions.CostBar == 0 && r.IntN(2) == 0 { // seats alone
				doc.Budget, doc.Lots[1].Budget, doc.Lots[1].Seats, doc.Lots[1].Cap = 1_000_000, 0, 2, 1000
			} else if r.IntN(4) == 0 {
				doc.Lots[1].Cap = 1000
			}
			id := strings.ReplaceAll("e-"+kind+"-"+rule.Name, "_", "-")
			list = append(list, recount.Draft{ID: id, Title: "Élection <" + id + "> & autres\u2028", Country: "France", Unit: "Valmont", Instance: "2018",
				Begin: "2018-03-01", End: "2018", Engine: "parvis test", Sealed: r.IntN(2) == 0, Rules: doc, Lots: []recount.Ballots{from(big.text), from(few.text)}})
		}
	}
	return append(slices.Clip(list), tiny(list[0]))
}

// tiny is an election whose lots are too small for anything but winners.
func tiny(like recount.Draft) recount.Draft {
	d := draw(rand.New(rand.NewPCG(1, 1)), "approval", 12)
	doc := *like.Rules
	doc.Lots = []tally.LotDocument{{ID: "seul", Name: "Seul lot", Budget: d.budget * 10}}
	like.ID, like.Rules, like.Lots = "e-tiny", &doc, []recount.Ballots{from(d.text)}
	return like
}
