package participationweb

import (
	"context"
	"slices"

	"parvis/internal/i18n"
	"parvis/internal/participation"
	"parvis/internal/participation/recount"
	"parvis/internal/participation/tally"
	"parvis/internal/ui"
)

// ruleSteps are the message keys that tell a rule step by step: as many as the catalogue has.
func ruleSteps(ctx context.Context, d *tally.Document, r tally.Rule) (keys []string) {
	prefix := "participation.rule." + family(d, r) + "."
	for _, n := range []string{"1", "2", "3", "4", "5"} {
		if key := prefix + n; ui.P(ctx).Has(key) {
			keys = append(keys, key)
		}
	}
	if r.Family != tally.EqualShares {
		return keys
	}
	if r.Endowment != tally.Share {
		keys = append(keys, "participation.rule.shares.add1")
	}
	if key := map[tally.Completion]string{tally.Util: "participation.rule.shares.util", tally.ByVotes: "participation.rule.shares.by_votes"}[r.Complete]; key != "" {
		keys = append(keys, key)
	}
	if r.Compare {
		keys = append(keys, "participation.rule.shares.compare")
	}
	return keys
}

// conventions are what settles the rest, said in words.
func conventions(ctx context.Context, d *tally.Document, r tally.Rule) []string {
	p, c := ui.P(ctx), d.Conventions
	var out []string
	if c.MinVotes > 0 {
		out = append(out, p.N("participation.convention.min_votes", c.MinVotes))
	}
	if c.CostBar > 0 {
		out = append(out, p.T("participation.convention.cost_bar", "c", c.CostBar))
	}
	if r.Threshold {
		out = append(out, p.T("participation.convention.threshold", "threshold", c.Threshold))
	}
	if r.Family == tally.Majority {
		out = append(out, p.T("participation.convention.missing."+c.Missing))
	}
	if r.Family == tally.Greedy || r.Family == tally.Majority {
		fit := c.Fit
		if r.NoSkip {
			fit = "stop"
		}
		out = append(out, p.T("participation.convention.fit."+fit))
	}
	order := "participation.convention.tie.bytes"
	if len(c.Order) > 0 {
		order = "participation.convention.tie.order"
	}
	out = append(out, p.T(order))
	publish := "participation.convention.publish.nothing"
	if d.Publish.Ballots {
		publish = "participation.convention.publish.ballots"
	} else if d.Publish.Totals {
		publish = "participation.convention.publish.totals"
	}
	return append(out, p.T(publish))
}

// documentCents turns an amount of a document into cents.
func documentCents(d *tally.Document, amount int64) int64 {
	for range max(0, 2-d.Decimals) {
		amount *= 10
	}
	for range max(0, d.Decimals-2) {
		amount /= 10
	}
	return amount
}

// qualityFigures are the figures beside a result.
func qualityFigures(ctx context.Context, e electionView, l participation.Lot) []ui.Figure {
	p, r := ui.P(ctx), l.Result
	var list []ui.Figure
	if r.Budget > 0 {
		list = append(list, ui.Figure{Label: ui.T(ctx, "participation.quality.used"), Value: percent(ctx, r.Spent, r.Budget)})
	}
	list = append(list, ui.Figure{Label: ui.T(ctx, "participation.quality.each"), Value: p.Money(each(e.Election, r.Spent, r.Voters))})
	if r.Grades != nil || r.Disclosure != recount.AllBallots {
		return list
	}
	return append(list,
		ui.Figure{Label: ui.T(ctx, "participation.quality.without", "n", r.WithoutWinner), Value: percent(ctx, r.WithoutWinner, r.Voters)},
		ui.Figure{Label: ui.T(ctx, "participation.quality.winners"), Value: p.Decimal(ratio(r.SupportedWinners, r.Voters), 1)},
		ui.Figure{Label: ui.T(ctx, "participation.quality.supported"), Value: p.Money(each(e.Election, r.SupportedCost, r.Voters))})
}

func allVotes(list []participation.Share) (n int64) {
	for _, s := range list {
		n += s.Votes
	}
	return n
}

// RuleName is what people call a rule on a kind of ballot: its title, what sets it apart from its family, and
// its name in documents.
func RuleName(p *i18n.Printer, kind, name string) string {
	r, err := tally.ParseRule(name)
	if err != nil {
		return name
	}
	d := &tally.Document{Ballot: tally.BallotRules{Kind: kind}}
	title := p.T("participation.rule." + family(d, r) + ".title")
	for _, v := range variants(r) {
		title += p.T("participation.variant." + v)
	}
	return p.T("participation.rule.named", "title", title, "name", name)
}

func ruleName(ctx context.Context, kind, name string) string { return RuleName(ui.P(ctx), kind, name) }

// variants are the message keys of what sets a rule apart from its family.
func variants(r tally.Rule) (keys []string) {
	if r.NoSkip {
		keys = append(keys, "no_skip")
	}
	if r.Threshold {
		keys = append(keys, "threshold")
	}
	if r.PerCost || r.Family == tally.EqualShares {
		keys = append(keys, map[tally.Utility]string{tally.ByCost: "cost", tally.ByCard: "card", tally.ByPoints: "points", tally.ByBorda: "borda", tally.ByBordaCity: "borda_city"}[r.Utility])
	}
	for _, more := range []string{
		map[tally.Endowment]string{tally.Add1: "add1", tally.Add1Overspend: "add1_overspend", tally.Add1Integral: "add1_integral"}[r.Endowment],
		map[tally.Completion]string{tally.Util: "util", tally.ByVotes: "by_votes"}[r.Complete],
		map[bool]string{true: "compare"}[r.Compare],
	} {
		if more != "" {
			keys = append(keys, more)
		}
	}
	return keys
}

// address is the folder of the public files, under which anybody counts again.
func (v verifyView) address() string { return v.Origin + "/elections/" + string(v.ID) }

// tried is the rule that is compared, for the form.
func (c compareView) tried() string {
	if c.Trial == nil {
		return ""
	}
	return c.Trial.Rule
}

// termColumn is something that a lot may be allowed or denied beside its envelope.
type termColumn struct {
	name string
	of   func(tally.LotDocument) int64
}

// termColumns are those that any lot of a document says something about.
func termColumns(d *tally.Document) []termColumn {
	all := []termColumn{
		{"seats", func(l tally.LotDocument) int64 { return int64(l.Seats) }},
		{"cap", func(l tally.LotDocument) int64 { return l.Cap }},
		{"reserve", func(l tally.LotDocument) int64 { return l.Reserve }},
	}
	return slices.DeleteFunc(all, func(c termColumn) bool {
		return !slices.ContainsFunc(d.Lots, func(l tally.LotDocument) bool { return c.of(l) > 0 })
	})
}
