package recount

import (
	"bytes"
	"strconv"
	"strings"

	"parvis/internal/fault"
	"parvis/internal/participation/tally"
)

// bare is a lot of which only the projects are known.
func (c *check) bare(i int) (*lot, error) {
	l := &lot{number: i + 1, rules: c.rules, own: c.rules.Lots[i]}
	var err error
	if l.projects, err = readCandidates(c.files[l.file("projects.csv")]); err != nil {
		return nil, err
	}
	b, err := l.builder()
	if err != nil {
		return nil, err
	}
	l.election = b.Election()
	return l, nil
}

// totals is a lot of which the sums are known.
func (c *check) totals(i int, said ManifestLot) (*lot, error) {
	l, err := c.bare(i)
	if err != nil {
		return nil, err
	}
	sums, err := l.readTotals(c.files[l.file("totals.csv")], said)
	if err != nil {
		return nil, err
	}
	t, err := l.terms()
	if err != nil {
		return nil, err
	}
	l.blank = said.Blank
	l.election, err = tally.FromTotals(t, l.election.Projects, sums)
	return l, err
}

// readTotals reads totals.csv. Whatever is not written as writeTotals would is found by comparing bytes.
func (l *lot) readTotals(raw []byte, said ManifestLot) (tally.Totals, error) {
	s := tally.Totals{N: said.Ballots, Blank: said.Blank}
	bad := fault.New(fault.Invalid, "recount.totals")
	lines := strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n")
	header := strings.Split(lines[0], ";")
	if len(lines) != len(l.projects.Projects)+1 || len(header) < 2 {
		return s, bad
	}
	for _, line := range lines[1:] {
		row := strings.Split(line, ";")
		row = row[max(0, len(row)-len(header)+1):] // an id may hold semicolons, between quotes
		numbers := make([]int64, len(row))
		for i, cell := range row {
			var err error
			if numbers[i], err = strconv.ParseInt(cell, 10, 64); err != nil {
				return s, bad
			}
		}
		if len(numbers) != len(header)-1 {
			return s, bad
		}
		s.Votes = append(s.Votes, numbers[0])
		switch {
		case header[len(header)-1] == "score":
			s.Scores = append(s.Scores, numbers[1])
		case len(numbers) > 1:
			s.Gradings = append(s.Gradings, numbers[1:])
		}
	}
	return s, nil
}

// plausible checks the result of a lot that cannot be counted again: winners are different projects that
// may win and fit together, and what is said of them is true.
func (c *check) plausible(l *lot, said ManifestLot, claimed LotResult) {
	known := map[string]tally.Project{}
	for _, p := range l.election.Projects {
		known[p.ID] = p
	}
	var spent int64
	for _, id := range claimed.Winners {
		p, ok := known[id]
		if !ok || p.Withdrawn {
			c.problem(ResultDiffers, l.file("winners"), id)
			return
		}
		delete(known, id)
		spent += p.Cost
	}
	e := l.election
	if e.Budget > 0 && spent > e.Budget && c.rules.Rule != "per_dollar" || e.Seats > 0 && len(claimed.Winners) > e.Seats {
		c.problem(ResultDiffers, l.file("winners"), "")
	}
	wrong := claimed.Lot != l.own.ID || claimed.Rule != c.rules.Rule || said.ID != l.own.ID
	if said.Published == OnlyTotals {
		wrong = wrong || claimed.Voters != said.Ballots || claimed.Total != e.Money(spent) && c.rules.Rule != "per_dollar" || claimed.Excluded != nil
	} else if said.Ballots != 0 || said.Blank != 0 || !bytes.Equal(encode(claimed), encode(LotResult{Lot: claimed.Lot, Rule: claimed.Rule, Winners: claimed.Winners})) {
		c.problem(Disclosed, l.file(""), "")
	}
	if wrong {
		c.problem(ResultDiffers, l.file(""), "")
	}
}
