package pabulib

import (
	"io"
	"strconv"
)

// counts are what a file must agree with at its end.
type counts struct {
	votes int
	named []int64 // ballots naming each project
	score []int64 // points of each project; Borda points for ordinal ballots
	mark  []int   // the last vote that named each project, for repetitions
	turn  int
	kind  string
	most  int64 // points of a first rank
}

func newCounts(h *Header) counts {
	n := len(h.Projects)
	most, ok := h.Int("max_length")
	if !ok {
		most = int64(n)
	}
	return counts{named: make([]int64, n), score: make([]int64, n), mark: make([]int, n), turn: 1,
		kind: h.Get("vote_type"), most: most}
}

// seen tells whether the vote being read has already named the project.
func (c *counts) seen(project int) bool {
	again := c.mark[project] == c.turn
	c.mark[project] = c.turn
	return again
}

func (c *counts) forget() { c.turn++ }

func (c *counts) add(v *Vote) {
	c.votes++
	for rank, choice := range v.Choices {
		points := int64(1)
		switch c.kind {
		case "cumulative", "scoring":
			points = choice.Points
		case "ordinal":
			points = c.most - int64(rank)
		}
		c.named[choice.Project]++
		c.score[choice.Project] += points
	}
}

// checkVote compares a vote with the bounds of META. A vote beyond them is kept: whether it is
// valid is for the rules of the vote to say, and a file has only valid votes.
func (r *Reader) checkVote(v *Vote) {
	n := int64(len(v.Choices))
	r.atLeast(v, "min_length", n, r.bounds.minLength)
	r.atMost(v, "max_length", n, r.bounds.maxLength)
	if r.Header.Get("vote_type") == "choose-1" && n > 1 {
		r.report.add(v.Line, "vote.at_most", "kept", "a", "choose-1", "b", n, "c", 1)
	}
	r.checkPoints(v)
	if r.bounds.minSumCost != nil || r.bounds.maxSumCost != nil {
		r.checkSumCost(v)
	}
}

func (r *Reader) checkPoints(v *Vote) {
	if column(r.Header.VoteColumns, "points") < 0 {
		return
	}
	var sum int64
	for _, c := range v.Choices {
		if c.Points < 0 {
			r.report.add(v.Line, "vote.points_negative", "", "a", c.Points)
		}
		r.atLeast(v, "min_points", c.Points, r.bounds.minPoints)
		r.atMost(v, "max_points", c.Points, r.bounds.maxPoints)
		sum += c.Points
	}
	r.atLeast(v, "min_sum_points", sum, r.bounds.minSumPoints)
	r.atMost(v, "max_sum_points", sum, r.bounds.maxSumPoints)
}

func (r *Reader) checkSumCost(v *Vote) {
	var sum int64
	for _, c := range v.Choices {
		if cost, ok := r.Header.Projects[c.Project].Cost.Scaled(maxDecimals); ok && cost < 1<<52 {
			sum += cost
		}
	}
	total := Decimal{Digits: sum, Places: maxDecimals}
	if low := r.bounds.minSumCost; low != nil && total.Cmp(*low) < 0 {
		r.report.add(v.Line, "vote.at_least", "kept", "a", "min_sum_cost", "b", total.String(), "c", low.String())
	}
	if high := r.bounds.maxSumCost; high != nil && total.Cmp(*high) > 0 {
		r.report.add(v.Line, "vote.at_most", "kept", "a", "max_sum_cost", "b", total.String(), "c", high.String())
	}
}

func (r *Reader) atLeast(v *Vote, field string, n int64, bound *int64) {
	if bound != nil && n < *bound {
		r.report.add(v.Line, "vote.at_least", "kept", "a", field, "b", n, "c", *bound)
	}
}

func (r *Reader) atMost(v *Vote, field string, n int64, bound *int64) {
	if bound != nil && n > *bound {
		r.report.add(v.Line, "vote.at_most", "kept", "a", field, "b", n, "c", *bound)
	}
}

// finish compares the totals when the last vote has been read.
func (r *Reader) finish() error {
	r.ended = true
	r.Header.CRLF = r.scan.crlf > r.scan.lf
	r.Header.Unended = r.scan.unended
	if want, ok := r.Header.Int("num_votes"); ok && want != int64(r.counts.votes) {
		r.report.add(r.lineOf("num_votes"), "meta.num_votes", "recounted", "a", want, "b", r.counts.votes)
	}
	r.checkTotals("votes", r.counts.named)
	r.checkTotals("score", r.counts.score)
	if err := r.report.err(); err != nil {
		return err
	}
	return io.EOF
}

// checkTotals compares a column of PROJECTS with what was counted in VOTES.
func (r *Reader) checkTotals(name string, counted []int64) {
	if column(r.Header.ProjectColumns, name) < 0 {
		return
	}
	for i, p := range r.Header.Projects {
		want, err := strconv.ParseInt(r.Header.Field(p, name), 10, 64)
		if err == nil && want != counted[i] {
			r.report.add(p.Line, "project.total", "recounted", "a", clip(p.ID), "b", name, "c", want, "d", counted[i])
		}
	}
}
