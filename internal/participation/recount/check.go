package recount

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"parvis/internal/act/verify"
	"parvis/internal/fault"
	"parvis/internal/participation/tally"
)

// What a file may hold at most, in bytes: a hostile site must not fill the memory.
const (
	largestText    = 64 << 20
	largestBallots = 512 << 20
	maxProblems    = 100
)

// check is one verification.
type check struct {
	from  verify.Source
	rep   *Report
	m     Manifest
	rules *tally.Document
	files map[string][]byte
}

// Verify reads the public files of an election, counts it again, and holds both against the acts of
// the log about it, in order. The error is one that kept it from being done; what is wrong is in the
// report.
func Verify(ctx context.Context, from verify.Source, id string, deeds *Deeds) (*Report, error) {
	c := &check{from: from, rep: &Report{Source: from.String(), ID: id, Problems: []Problem{}}, files: map[string][]byte{}}
	if err := tally.SelfTest(ctx); err != nil {
		return nil, err
	}
	raw, err := from.Read(ctx, "manifest.json", largestText)
	if err == nil && id == "" { // a folder says itself which election it holds
		var m Manifest
		_ = decode(raw, &m)
		c.rep.ID = printable(m.ID)
		id = m.ID
	}
	c.history(deeds.of[id])
	switch {
	case c.rep.Withdrawn != nil && errors.Is(err, fs.ErrNotExist):
		return c.rep, nil
	case err != nil:
		c.problem(FileMissing, "manifest.json", "")
	case c.manifest(raw, id) && c.read(ctx):
		c.lots(ctx)
	}
	return c.rep, ctx.Err()
}

func (c *check) problem(code Code, where, detail string) {
	if len(c.rep.Problems) < maxProblems {
		c.rep.Problems = append(c.rep.Problems, Problem{code, printable(where), printable(detail)})
	}
}

// printable keeps what hostile files say from reaching a terminal as commands.
func printable(s string) string {
	if len(s) > 160 {
		s = s[:160]
	}
	return clean(strings.ToValidUTF8(strings.Map(func(r rune) rune {
		if r >= 0x80 && r < 0xa0 {
			return '?'
		}
		return r
	}, s), "?"))
}

// manifest reads the list of files.
func (c *check) manifest(raw []byte, id string) bool {
	c.bound(c.rep.Published, "manifest", digest(raw), "manifest.json")
	if err := decode(raw, &c.m); err != nil || c.m.Format != ManifestFormat || !safeID.MatchString(c.m.ID) || c.m.ID != id {
		c.problem(FileMalformed, "manifest.json", "")
		return false
	}
	c.rep.Title = printable(c.m.Title)
	if c.m.Sealed && c.rep.Sealed == nil {
		c.problem(ActMissing, "", SealVerb)
	}
	return c.list()
}

// list compares the names of the files with those that follow from the lots.
func (c *check) list() bool {
	want := []string{"rules.toml"}
	for i, l := range c.m.Lots {
		n := &lot{number: i + 1}
		want = append(want, n.file("projects.csv"))
		switch l.Published {
		case AllBallots, OnlyTotals:
			want = append(want, n.file(ballotFile(l.Published)))
		case OnlyWinners:
		default:
			want = nil
		}
	}
	want = append(want, "result.json")
	got := make([]string, len(c.m.Files))
	for i, f := range c.m.Files {
		got[i] = f.Name
	}
	if len(c.m.Lots) == 0 || !slices.Equal(want, got) {
		c.problem(FileList, "manifest.json", "")
		return false
	}
	return true
}

// ballotFile names the file that holds what is published of ballots.
func ballotFile(how Disclosure) string {
	return map[Disclosure]string{AllBallots: "ballots.pb", OnlyTotals: "totals.csv", OnlyWinners: "projects.csv"}[how]
}

// read reads every file and compares it with the manifest, then the frozen ones with the acts.
func (c *check) read(ctx context.Context) bool {
	whole := true
	var projects, ballots []File
	for _, f := range c.m.Files {
		limit := int64(largestText)
		if strings.HasSuffix(f.Name, ".pb") {
			limit = largestBallots
		}
		raw, err := c.from.Read(ctx, f.Name, limit)
		switch {
		case err != nil:
			c.problem(FileMissing, f.Name, "")
			whole = false
		case int64(len(raw)) != f.Size || digest(raw) != f.SHA256:
			c.problem(FileDiffers, f.Name, "")
			whole = false
		}
		c.files[f.Name] = raw
		switch {
		case strings.HasSuffix(f.Name, "projects.csv"):
			projects = append(projects, f)
		case strings.HasPrefix(f.Name, "lots/"):
			ballots = append(ballots, f)
		}
	}
	c.bound(c.rep.Frozen, "rules", digest(c.files["rules.toml"]), "rules.toml")
	c.bound(c.rep.Frozen, "projects", digestOf(projects), "projects.csv")
	c.bound(c.rep.Sealed, "ballots", digestOf(ballots), "ballots")
	return whole
}

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
