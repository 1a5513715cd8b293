package recount

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"parvis/internal/fault"
	"parvis/internal/participation/tally"
)

// lots counts every lot and compares the results.
func (c *check) lots(ctx context.Context) {
	var err error
	raw := c.files["rules.toml"]
	if c.rules, err = tally.ReadDocument(bytes.NewReader(raw)); err == nil {
		err = c.rules.CheckFreeze()
	}
	if err != nil || !bytes.Equal(c.rules.Canonical(), raw) || len(c.rules.Lots) != len(c.m.Lots) {
		c.problem(FileMalformed, "rules.toml", cause(err))
		return
	}
	c.rep.Rule = c.rules.Rule
	var claimed Result
	if err := decode(c.files["result.json"], &claimed); err != nil || claimed.Format != ResultFormat || claimed.Election != c.m.ID ||
		claimed.Rules != c.rules.Hash() || len(claimed.Lots) != len(c.m.Lots) {
		c.problem(FileMalformed, "result.json", cause(err))
		return
	}
	for i := range c.m.Lots {
		if ctx.Err() == nil {
			c.lot(ctx, i, claimed.Lots[i])
		}
	}
}

// cause tells an error without the words of a person.
func cause(err error) string {
	if err == nil {
		return ""
	}
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return fmt.Sprint(append([]any{f.Key}, f.Args...)...)
	}
	return err.Error()
}

// lot checks one lot: its files say the same as each other and as the rules, and give the result.
func (c *check) lot(ctx context.Context, i int, claimed LotResult) {
	said := c.m.Lots[i]
	found := LotReport{ID: printable(said.ID), Published: said.Published, Ballots: said.Ballots, Winners: len(claimed.Winners)}
	defer func() { c.rep.Lots = append(c.rep.Lots, found) }()
	l, ok := c.load(ctx, i, said)
	if !ok {
		return
	}
	c.same(l.file("projects.csv"), func(out io.Writer) error { _, err := out.Write(csv(l.projects)); return err })
	rule, _ := tally.ParseRule(c.rules.Rule)
	if said.Published == OnlyWinners || said.Published == OnlyTotals && !rule.TotalsAreEnough() {
		c.plausible(l, said, claimed)
		return
	}
	if err := l.count(ctx); err != nil {
		c.problem(Uncountable, l.file(""), cause(err))
		return
	}
	found.Recounted = ctx.Err() == nil
	c.compare(l, claimed)
}

// load reads what is published of a lot.
func (c *check) load(ctx context.Context, i int, said ManifestLot) (*lot, bool) {
	var l *lot
	var err error
	switch said.Published {
	case AllBallots:
		if l, err = readLot(ctx, c.rules, i+1, c.open((&lot{number: i + 1}).file("ballots.pb"))); err == nil {
			c.same(l.file("ballots.pb"), func(out io.Writer) error { return l.writeBallots(&c.m, out) })
		}
	case OnlyTotals:
		if l, err = c.totals(i, said); err == nil {
			c.same(l.file("totals.csv"), l.writeTotals)
		}
	default:
		l, err = c.bare(i)
	}
	if err != nil {
		c.refused(i, said, err)
		return nil, false
	}
	if said.Published != OnlyWinners {
		c.numbers(l, said)
	}
	return l, true
}

// refused says why a lot cannot be read.
func (c *check) refused(i int, said ManifestLot, err error) {
	where := (&lot{number: i + 1}).file(ballotFile(said.Published))
	code := FileMalformed
	if f, ok := errors.AsType[*fault.Error](err); ok && f.Key == "recount.ballot_limit" {
		code = BallotInvalid
	}
	c.problem(code, where, cause(err))
}

func (c *check) open(name string) Ballots {
	return func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(c.files[name])), nil }
}

// same compares a file with what it must be, given what it says.
func (c *check) same(name string, write func(io.Writer) error) {
	m := newMeter(io.Discard)
	f, _ := c.m.find(name)
	if err := write(m); err != nil || m.file(name).SHA256 != f.SHA256 {
		c.problem(FileMalformed, name, "")
	}
}

// numbers compares what the manifest says of the ballots with the ballots.
func (c *check) numbers(l *lot, said ManifestLot) {
	if l.election.N() != said.Ballots || l.blank != said.Blank || said.ID != l.own.ID {
		c.problem(NumberDiffers, l.file(""), "")
	}
	if l.published() != said.Published {
		c.problem(Disclosed, l.file(""), "")
	}
}

// compare compares the result field by field.
func (c *check) compare(l *lot, claimed LotResult) {
	want, got := fields(l.result()), fields(claimed)
	for _, name := range slices.Sorted(keys(want, got)) {
		if !bytes.Equal(want[name], got[name]) {
			c.problem(ResultDiffers, l.file("")+name, string(got[name])+" ≠ "+string(want[name]))
		}
	}
}

func keys(maps ...map[string]json.RawMessage) func(func(string) bool) {
	seen := map[string]bool{}
	for _, m := range maps {
		for k := range m {
			seen[k] = true
		}
	}
	return func(yield func(string) bool) {
		for k := range seen {
			if !yield(k) {
				return
			}
		}
	}
}

func fields(r LotResult) (out map[string]json.RawMessage) {
	raw, _ := json.Marshal(r)
	_ = json.Unmarshal(raw, &out)
	return out
}
