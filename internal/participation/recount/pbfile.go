package recount

import (
	"bufio"
	"io"
	"slices"
	"strconv"
	"strings"

	"parvis/internal/calendar"
	"parvis/internal/participation/pabulib"
	"parvis/internal/participation/tally"
)

// writeBallots writes ballots.pb.
func (l *lot) writeBallots(m *Manifest, out io.Writer) error {
	head := *l.projects
	head.Meta, head.VoteColumns, head.Unended = l.meta(m), []string{"voter_id", "vote"}, false
	if l.scored() {
		head.VoteColumns = append(head.VoteColumns, "points")
	}
	w := pabulib.NewWriter(out, &head)
	if err := w.Flush(); err != nil {
		return err
	}
	b := bufio.NewWriter(out)
	for i, line := range l.ballots {
		b.WriteString(strconv.Itoa(i+1) + ";" + line + "\n")
	}
	return b.Flush()
}

// meta makes the META of ballots.pb out of the manifest and the rules.
func (l *lot) meta(m *Manifest) []pabulib.Field {
	var list []pabulib.Field
	add := func(key, value string) { list = append(list, pabulib.Field{Key: key, Value: value}) }
	add("description", m.Title)
	add("country", m.Country)
	add("unit", m.Unit)
	if len(l.rules.Lots) > 1 {
		add("district", clean(l.own.Name))
	}
	add("instance", m.Instance)
	add("num_projects", strconv.Itoa(len(l.projects.Projects)))
	add("num_votes", strconv.Itoa(len(l.ballots)))
	add("budget", l.election.Money(l.envelope()))
	add("vote_type", voteType(l.rules.Ballot))
	add("rule", declared(l.rules.Rule))
	add("date_begin", dotted(m.Begin))
	add("date_end", dotted(m.End))
	if l.rules.Currency != "" {
		add("currency", clean(l.rules.Currency))
	}
	for _, limit := range l.limits() {
		if limit.value > 0 {
			add(limit.key, strconv.Itoa(limit.value))
		}
	}
	return list
}

// envelope is the budget of the lot in minor units, or what its seats may cost at most: the format wants one.
func (l *lot) envelope() int64 {
	if l.election.Budget > 0 {
		return l.election.Budget
	}
	return int64(l.election.Seats) * l.election.Cap
}

type limit struct {
	key   string
	value int
}

func (l *lot) limits() []limit {
	b, longest := l.rules.Ballot, l.own.MaxLength
	if longest == 0 {
		longest = b.MaxLength
	}
	points := b.MaxPoints
	if b.Kind == "grades" {
		points = len(b.Grades) - 1
	}
	return []limit{{"min_length", b.MinLength}, {"max_length", longest}, {"max_points", points}, {"max_sum_points", b.MaxSumPoints},
		{"min_project_score_threshold", int(l.rules.Conventions.Threshold)}}
}

// voteType is the .pb name of a kind of ballot.
func voteType(b tally.BallotRules) string {
	switch {
	case b.Kind == "points" && b.MaxSumPoints > 0:
		return "cumulative"
	case b.Kind == "approval" || b.Kind == "ordinal":
		return b.Kind
	}
	return "scoring"
}

// declared is the .pb name of a rule, "unknown" where the format has none.
func declared(rule string) string {
	names := map[string]string{"greedy_score": "greedy", "greedy_score_no_skip": "greedy-no-skip", "greedy_score_threshold": "greedy-threshold",
		"mes_cost": "equalshares", "mes_cost_comparison": "equalshares-comparison", "mes_cost_add1": "equalshares/add1",
		"mes_cost_add1_overspend_comparison": "equalshares/add1-comparison"}
	if name, ok := names[rule]; ok {
		return name
	}
	return "unknown"
}

// dotted writes a day as .pb files do.
func dotted(day string) string {
	parts := strings.Split(day, "-")
	slices.Reverse(parts)
	return strings.Join(parts, ".")
}

// dashed is the reverse of dotted.
func dashed(day string) string {
	return strings.ReplaceAll(dotted(strings.ReplaceAll(day, ".", "-")), ".", "-")
}

// day keeps what a .pb file can say: a day, or only the year; "" of what is neither.
func day(s string) string {
	f, err := calendar.ParseFuzzy(s)
	switch {
	case err != nil || len(f) < 4:
		return ""
	case len(f) == 10:
		return string(f)
	}
	return string(f[:4])
}

// writeTotals writes totals.csv: the sums that the rule needs, one project a line.
func (l *lot) writeTotals(out io.Writer) error {
	rule, err := tally.ParseRule(l.rules.Rule)
	if err != nil {
		return err
	}
	t, w := l.election.Totals(rule), bufio.NewWriter(out)
	w.WriteString(pabulib.Line(totalColumns(t)...) + "\n")
	for p, project := range l.projects.Projects {
		row := []string{project.ID, strconv.FormatInt(t.Votes[p], 10)}
		if t.Scores != nil {
			row = append(row, strconv.FormatInt(t.Scores[p], 10))
		}
		if t.Gradings != nil {
			for _, n := range t.Gradings[p] {
				row = append(row, strconv.FormatInt(n, 10))
			}
		}
		w.WriteString(pabulib.Line(row...) + "\n")
	}
	return w.Flush()
}

// totalColumns names what a line of totals.csv holds: grade_0 is the worst grade.
func totalColumns(t tally.Totals) []string {
	columns := []string{"project_id", "votes"}
	if t.Scores != nil {
		columns = append(columns, "score")
	}
	if t.Gradings != nil {
		for g := range t.Gradings[0] {
			columns = append(columns, "grade_"+strconv.Itoa(g))
		}
	}
	return columns
}
