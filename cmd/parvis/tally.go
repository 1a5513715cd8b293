package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"parvis/internal/fault"
	"parvis/internal/participation/pabulib"
	"parvis/internal/participation/tally"
)

// tallyFile counts the ballots of a file: it needs neither a city nor its database.
func tallyFile(ctx context.Context, c *call) error {
	rule := c.flags.String("rule", "", "")
	rules := c.flags.String("rules", "", "")
	lot := c.flags.String("lot", "", "")
	every := c.flags.Bool("all", false, "")
	strict := c.flags.Bool("strict", false, "")
	asJSON := c.flags.Bool("json", false, "")
	if err := c.parse(); err != nil {
		return err
	}
	if len(c.args) != 1 {
		c.usage(c.err)
		return errUsage
	}
	q := tally.Request{Rule: *rule, Lot: *lot, All: *every, Options: pabulib.Options{Strict: *strict}}
	if *rules != "" {
		d, err := readRules(*rules)
		if err != nil {
			return err
		}
		q.Document = d
	}
	answer, err := c.recount(ctx, q)
	if err != nil {
		return err
	}
	if *asJSON || answer.Polls != nil || !isTerminal(c.out) {
		return json.NewEncoder(c.out).Encode(answer)
	}
	for _, r := range answer.Reports {
		c.tellReport(r)
	}
	return nil
}

func readRules(path string) (*tally.Document, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return tally.ReadDocument(f)
}

// recount reads the file, "-" being the standard input, and tells every defect met.
func (c *call) recount(ctx context.Context, q tally.Request) (*tally.Answer, error) {
	in := c.in
	if c.args[0] != "-" {
		f, err := os.Open(c.args[0])
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	answer, err := tally.Recount(ctx, in, q)
	if refusal, ok := errors.AsType[*pabulib.Error](err); ok {
		c.tellDefects(refusal.Defects)
		return nil, fault.New(fault.Invalid, "pb.refused", "count", len(refusal.Defects)+refusal.More)
	}
	if err == nil {
		c.tellDefects(answer.Repairs)
	}
	return answer, err
}

func (c *call) tellDefects(list []pabulib.Defect) {
	for _, d := range list {
		fmt.Fprintln(c.err, d.Text(c.text))
	}
}

func (c *call) tellReport(r tally.Report) {
	tell := func(key string, args ...any) { fmt.Fprintln(c.out, c.text.T("cmd.tally.told."+key, args...)) }
	tell("rule", "rule", r.Rule)
	if r.Rules != "" {
		tell("document", "hash", r.Rules)
	}
	tell("winners", "count", r.Count, "winners", strings.Join(r.Winners, ", "))
	tell("cost", "cost", r.TotalCost, "budget", r.Budget)
	tell("voters", "voters", r.Voters, "excluded", r.Excluded)
	for _, t := range r.Ties {
		tell("tie", "first", t.First, "tied", strings.Join(t.Projects, ", "), "by", c.text.T("cmd.tally.told.by."+t.By))
	}
	fmt.Fprintln(c.out)
}

// isTerminal tells a person's screen from a pipe or a file.
func isTerminal(out io.Writer) bool {
	f, ok := out.(interface{ Stat() (os.FileInfo, error) })
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
