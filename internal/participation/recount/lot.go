package recount

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"strconv"

	"parvis/internal/fault"
	"parvis/internal/participation/pabulib"
	"parvis/internal/participation/tally"
)

// lot is one lot as it is published.
type lot struct {
	number   int // from 1
	rules    *tally.Document
	own      tally.LotDocument
	projects *pabulib.Header // META aside
	ballots  []string        // "vote" or "vote;points", sorted; nil where they are not known
	blank    int64
	election *tally.Election
	outcome  *tally.Outcome
}

func (l *lot) published() Disclosure { return Disclose(l.election.N(), l.rules.Publish) }

// file names a public file of the lot.
func (l *lot) file(name string) string { return "lots/" + strconv.Itoa(l.number) + "/" + name }

// scored tells whether ballots carry numbers.
func (l *lot) scored() bool {
	return slices.Contains([]string{"points", "grades", "amounts"}, l.rules.Ballot.Kind)
}

// terms are those of the rules alone: whatever the META of a file says, it decides nothing.
func (l *lot) terms() (tally.Terms, error) {
	t := tally.Terms{Unit: 1}
	for range l.rules.Decimals {
		t.Unit *= 10
	}
	return t, l.rules.Apply(l.own, &t)
}

// readLot reads the ballots of a lot and holds each against the rules.
//
// Faults: *pabulib.Error; Invalid recount.ballot_limit for a ballot that the rules do not allow.
func readLot(ctx context.Context, rules *tally.Document, number int, open Ballots) (*lot, error) {
	in, err := open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	r, err := pabulib.Open(in, pabulib.Options{})
	if err != nil {
		return nil, err
	}
	l := &lot{number: number, rules: rules, own: rules.Lots[number-1], projects: candidates(r.Header)}
	if l.scored() != (slices.Contains(r.Header.VoteColumns, "points")) {
		return nil, fault.New(fault.Invalid, "recount.kind", "kind", rules.Ballot.Kind, "vote_type", r.Header.Get("vote_type"))
	}
	b, err := l.builder()
	if err != nil {
		return nil, err
	}
	if err := l.read(ctx, r, b); err != nil {
		return nil, err
	}
	l.election = b.Election()
	slices.Sort(l.ballots)
	return l, nil
}

func (l *lot) builder() (*tally.Builder, error) {
	t, err := l.terms()
	if err != nil {
		return nil, err
	}
	projects, err := tallied(l.projects, l.rules.Decimals)
	if err != nil {
		return nil, err
	}
	return tally.NewBuilder(t, projects)
}

// read takes the ballots one by one.
func (l *lot) read(ctx context.Context, r *pabulib.Reader, b *tally.Builder) error {
	l.ballots = []string{}
	var choices []tally.Choice
	for {
		v, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		cast := l.canonical(v)
		if err := l.allowed(cast, v.Line); err != nil {
			return err
		}
		choices = choices[:0]
		for _, c := range cast {
			choices = append(choices, tally.Choice{Project: int32(c.Project), Points: int32(c.Points)})
		}
		if err := b.Add(choices); err != nil {
			return err
		}
		if len(cast) == 0 {
			l.blank++
		}
		l.ballots = append(l.ballots, l.line(cast))
	}
}

// canonical puts the choices of a ballot in the published order and leaves out points of 0.
func (l *lot) canonical(v *pabulib.Vote) []pabulib.Choice {
	cast := v.Choices
	if l.rules.Ballot.Kind == "points" || l.rules.Ballot.Kind == "amounts" {
		cast = slices.DeleteFunc(cast, func(c pabulib.Choice) bool { return c.Points == 0 })
	}
	if l.rules.Ballot.Kind != "ordinal" {
		slices.SortFunc(cast, func(a, b pabulib.Choice) int {
			return cmp.Compare(l.projects.Projects[a.Project].ID, l.projects.Projects[b.Project].ID)
		})
	}
	return cast
}

// line is a ballot as it stands in ballots.pb after its number.
func (l *lot) line(cast []pabulib.Choice) string {
	ids, points := make([]string, len(cast)), make([]string, len(cast))
	for i, c := range cast {
		ids[i], points[i] = l.projects.Projects[c.Project].ID, strconv.FormatInt(c.Points, 10)
	}
	switch {
	case l.scored():
		return pabulib.Line(pabulib.List(ids), pabulib.List(points))
	case len(ids) == 0:
		return ""
	}
	return pabulib.Line("", pabulib.List(ids))[1:]
}

// allowed holds a ballot against the rules. A blank ballot is always allowed.
func (l *lot) allowed(cast []pabulib.Choice, line int) error {
	b, longest := l.rules.Ballot, cmp.Or(l.own.MaxLength, l.rules.Ballot.MaxLength)
	var most, sum int64
	for _, c := range cast {
		most, sum = max(most, c.Points), sum+c.Points
	}
	broken := ""
	switch {
	case len(cast) == 0:
	case len(cast) < b.MinLength:
		broken = "min_length"
	case longest > 0 && len(cast) > longest:
		broken = "max_length"
	case b.MaxPoints > 0 && most > int64(b.MaxPoints):
		broken = "max_points"
	case b.MaxSumPoints > 0 && sum > int64(b.MaxSumPoints):
		broken = "max_sum_points"
	case b.Kind == "grades" && most >= int64(len(b.Grades)), l.scored() && most > maxPoints:
		broken = "grades"
	}
	if broken != "" {
		return fault.New(fault.Invalid, "recount.ballot_limit", "lot", l.number, "line", line, "limit", broken)
	}
	return nil
}

// maxPoints keeps points, grades and amounts within 32 bits.
const maxPoints = 1 << 30

// count applies the rule of the vote.
func (l *lot) count(ctx context.Context) error {
	rule, err := tally.ParseRule(l.rules.Rule)
	if err != nil {
		return err
	}
	l.outcome, err = tally.Count(ctx, l.election, rule)
	return err
}
