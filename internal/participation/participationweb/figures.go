package participationweb

import (
	"cmp"
	"context"
	"slices"

	"parvis/internal/money"
	"parvis/internal/participation"
	"parvis/internal/participation/tally"
	"parvis/internal/ui"
	"parvis/internal/ui/chart"
)

// ratio is a part of a whole; 0 of nothing.
func ratio(part, whole int64) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// percent writes it, with a decimal where a whole percent would hide it.
func percent(ctx context.Context, part, whole int64) string {
	r := ratio(part, whole)
	if r > 0 && r < 0.1 || r > 0.995 && r < 1 {
		return ui.P(ctx).Percent(r, 1)
	}
	return ui.P(ctx).Percent(r, 0)
}

// each is an amount for one voter.
func each(e participation.Election, cents, voters int64) money.Amount {
	if voters == 0 {
		return e.Money(0)
	}
	return e.Money(cents / voters / 100 * 100)
}

// head are the figures at the top of a lot.
func (l lotView) head(ctx context.Context) []ui.Figure {
	p, r := ui.P(ctx), l.result()
	list := []ui.Figure{}
	if !l.secret() {
		list = append(list, ui.Figure{Label: ui.T(ctx, "participation.figure.voters"), Value: p.Number(r.Voters)})
	}
	list = append(list, ui.Figure{Label: ui.T(ctx, "participation.figure.won"),
		Value: ui.T(ctx, "participation.of", "n", len(l.won()), "total", len(l.Projects))})
	if r.Budget > 0 {
		list = append(list, ui.Figure{Label: ui.T(ctx, "participation.figure.spent", "budget", p.Money(l.LotSheet.Money(r.Budget))), Value: p.Money(l.LotSheet.Money(r.Spent))})
	} else {
		list = append(list, ui.Figure{Label: ui.T(ctx, "participation.figure.spent_seats"), Value: p.Money(l.LotSheet.Money(r.Spent))})
	}
	if l.ballots() && r.Grades == nil {
		list = append(list, ui.Figure{Label: ui.T(ctx, "participation.figure.without"), Value: percent(ctx, r.WithoutWinner, r.Voters)})
	}
	return list
}

// votesChart draws the votes of every project of a lot, the winners among them said in words.
func (l lotView) votesChart(ctx context.Context) *chart.Bars {
	if l.secret() || l.result().Grades != nil {
		return nil
	}
	b := &chart.Bars{Title: ui.T(ctx, "participation.chart.votes"), Label: ui.T(ctx, "participation.project"), Unit: ui.T(ctx, "participation.votes")}
	for _, p := range l.byVotes() {
		label := p.Title
		if p.Won() {
			label = ui.T(ctx, "participation.chart.won", "title", p.Title)
		}
		b.Items = append(b.Items, chart.Bar{Label: label, Text: ui.P(ctx).Number(p.Votes), Value: float64(p.Votes)})
	}
	return b
}

func (l lotView) byVotes() []participation.Project {
	list := slices.Clone(l.Projects)
	slices.SortStableFunc(list, func(a, b participation.Project) int { return cmp.Compare(b.Votes, a.Votes) })
	return list
}

// gradesChart draws the judgments of every project, by rank.
func (l lotView) gradesChart(ctx context.Context) *chart.Stack {
	if l.secret() || l.result().Grades == nil || len(l.result().Grades) > 6 {
		return nil
	}
	list := slices.Clone(l.Projects)
	slices.SortStableFunc(list, func(a, b participation.Project) int { return compareNear(a.Why, b.Why) })
	list = slices.DeleteFunc(list, func(p participation.Project) bool { return p.Withdrawn })
	return teller{p: ui.P(ctx), lotView: l}.stack(list)
}

// stack is the judgments of projects, the best grade first.
func (t teller) stack(list []participation.Project) *chart.Stack {
	s := &chart.Stack{Title: t.p.T("participation.chart.grades"), Label: t.p.T("participation.project"), Series: t.result().Grades}
	if len(s.Series) > 6 {
		return nil
	}
	for _, p := range list {
		row := chart.StackRow{Label: p.Title}
		var all int64
		for _, n := range p.Why.Grades {
			all += n
		}
		for _, n := range slices.Backward(p.Why.Grades) {
			row.Values = append(row.Values, float64(n))
			row.Texts = append(row.Texts, t.p.Percent(ratio(n, all), 0))
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// costsByVotes tells whether the table of a lot has a column of votes.
func (l lotView) hasVotes() bool { return !l.secret() && l.result() != nil && l.result().Grades == nil }

// family is the key under which a rule is told in plain words.
func family(d *tally.Document, r tally.Rule) string {
	switch {
	case r.Family == tally.EqualShares:
		return "shares"
	case r.Family == tally.Majority:
		return "majority"
	case r.Family == tally.Phragmen:
		return "phragmen"
	case r.Family == tally.PerDollar:
		return "per_dollar"
	case r.PerCost:
		return "per_cost"
	case d.Ballot.Kind == "points":
		return "points"
	case d.Ballot.Kind == "ordinal":
		return "ranks"
	}
	return "votes"
}

// head are the figures at the top of an election of several lots.
func (e electionView) head(ctx context.Context) []ui.Figure {
	p := ui.P(ctx)
	spent, budget := e.Sum(func(r *participation.Result) int64 { return r.Spent }), e.Sum(func(r *participation.Result) int64 { return r.Budget })
	list := []ui.Figure{{Label: ui.T(ctx, "participation.figure.voters"), Value: p.Number(e.Voters())}, {Label: ui.T(ctx, "participation.lots"), Value: p.Number(int64(len(e.Lots)))}}
	if budget > 0 {
		list = append(list, ui.Figure{Label: ui.T(ctx, "participation.figure.spent", "budget", p.Money(e.Money(budget))), Value: p.Money(e.Money(spent))})
	}
	return list
}

// wonIn counts the winners of a lot.
func (e electionView) wonIn(l participation.Lot) int { return l.Result.Won }
