package recount

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"parvis/internal/act/verify"
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
