package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"parvis/internal/app"
	"parvis/internal/identity"
	"parvis/internal/participation"
	"parvis/internal/participation/pabulib"
)

// ballotFiles tells whether the arguments are files of ballots (Pabulib), and not a workbook.
func ballotFiles(args []string) bool {
	return len(args) > 0 && !slices.ContainsFunc(args, func(a string) bool { return filepath.Ext(a) != ".pb" })
}

// vote is what the command line says of a vote to import.
type vote struct {
	title, source string
	tolerant, yes bool
}

// importVote brings in a vote, one file a lot: it shows what was read and every defect, and makes it live only
// when asked to. The vote is internal to the city until its rules are frozen and a person publishes the result.
func (c *call) importVote(ctx context.Context, dir string, v vote) error {
	a, err := openCity(ctx, dir)
	if err != nil {
		return err
	}
	defer a.Close()
	s, err := c.stageVote(ctx, a, v)
	if err != nil {
		return errors.Join(err, forget(ctx, a, s))
	}
	c.tellVote(s)
	if !v.yes {
		c.say("cmd.import.preview")
		return forget(ctx, a, s)
	}
	by, err := a.Workspace.Actor(ctx, a.Founder())
	if err != nil {
		return errors.Join(err, forget(ctx, a, s))
	}
	in := participation.Import{Staged: s.ID, Title: s.Title, Lang: s.Lang, Source: v.source}
	if v.title != "" {
		in.Title = v.title
	}
	if v.source == "" {
		in.Source = c.text.T("cmd.import.vote.source", "files", c.text.List(baseNames(c.args)))
	}
	e, err := a.Participation.ImportElection(ctx, operator(), by, in)
	if err != nil {
		return errors.Join(err, forget(ctx, a, s))
	}
	c.say("cmd.import.vote.done", "number", e.Number)
	return a.Settle(ctx)
}

// operator is whoever runs the program: what they stage belongs to nobody's account.
func operator() identity.Visitor {
	return identity.Visitor{Kind: identity.Agent, Account: "operator"}
}

// stageVote reads the files one by one; the first that is refused is told with every defect.
func (c *call) stageVote(ctx context.Context, a *app.App, v vote) (s participation.Staged, err error) {
	for _, path := range c.args {
		f, err := os.Open(path)
		if err != nil {
			return s, err
		}
		next, err := a.Participation.Stage(ctx, operator(), participation.Bring{Import: s.ID, File: filepath.Base(path), Strict: !v.tolerant, In: f})
		f.Close()
		if refusal, ok := errors.AsType[*pabulib.Error](err); ok {
			c.tellDefects(refusal.Defects)
			if refusal.More > 0 {
				c.say("cmd.import.hidden", "n", refusal.More)
			}
			return s, errFinding
		}
		if err != nil {
			return s, err
		}
		s = next
	}
	return s, nil
}

// tellVote says what was read of each lot, and what was repaired.
func (c *call) tellVote(s participation.Staged) {
	for _, l := range s.Lots {
		c.say("cmd.import.vote.lot", "lot", l.Name, "file", l.File, "ballots", l.Voters, "blank", l.Blank, "projects", l.Projects, "envelope", l.Envelope)
		c.tellDefects(l.Repairs)
		if l.More > 0 {
			c.say("cmd.import.hidden", "n", l.More)
		}
	}
}

// forget drops what was staged, if anything was.
func forget(ctx context.Context, a *app.App, s participation.Staged) error {
	if s.ID == "" {
		return nil
	}
	return a.Participation.DropStaged(ctx, operator(), s.ID)
}

func baseNames(paths []string) (names []string) {
	for _, p := range paths {
		names = append(names, filepath.Base(p))
	}
	return names
}
