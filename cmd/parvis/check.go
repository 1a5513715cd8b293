package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"parvis/internal/act/verify"
	"parvis/internal/act/witness"
	"parvis/internal/app"
)

// list is a flag that may be repeated.
type list []string

// String joins the values.
func (l *list) String() string { return strings.Join(*l, ",") }

// Set adds a value.
func (l *list) Set(v string) error {
	*l = append(*l, v)
	return nil
}

// verifyLog checks a public log from its public files alone: no database, no secret.
func verifyLog(ctx context.Context, c *call) error {
	key := c.flags.String("key", "", "")
	limit := c.flags.Duration("timeout", time.Hour, "")
	var since, witnesses list
	c.flags.Var(&since, "since", "")
	c.flags.Var(&witnesses, "witness", "")
	if err := c.parse(); err != nil {
		return err
	}
	if len(c.args) != 1 {
		c.usage(c.err)
		return errUsage
	}
	options := verify.Options{Key: *key, Timeout: *limit}
	for _, file := range since {
		kept, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		options.Since = append(options.Since, string(kept))
	}
	for _, w := range witnesses {
		remote, err := witness.ParseRemote(w)
		if err != nil {
			return err
		}
		options.Witnesses = append(options.Witnesses, remote)
	}
	source, err := verify.Open(c.args[0], nil)
	if err != nil {
		return err
	}
	report, err := verify.Verify(ctx, source, options)
	if err != nil {
		return err
	}
	if err := report.Text(c.out, c.text); err != nil {
		return err
	}
	if !report.OK() {
		return errFinding
	}
	return nil
}

// fsck checks the state of a city against its log: it needs the database.
func fsck(ctx context.Context, c *call) error {
	dir := c.dir()
	if err := c.parse(); err != nil {
		return err
	}
	cfg, err := app.ReadConfig(*dir)
	if err != nil {
		return err
	}
	found, err := app.Fsck(ctx, cfg)
	if err != nil {
		return err
	}
	if err := found.Text(c.out, c.text); err != nil {
		return err
	}
	if !found.OK() {
		return errFinding
	}
	return nil
}

func backup(ctx context.Context, c *call) error {
	dir := c.dir()
	if err := c.parse(); err != nil {
		return err
	}
	if len(c.args) != 1 {
		c.usage(c.err)
		return errUsage
	}
	cfg, err := app.ReadConfig(*dir)
	if err != nil {
		return err
	}
	if err := app.Backup(ctx, cfg, c.args[0]); err != nil {
		return err
	}
	fmt.Fprintln(c.out, c.text.T("cmd.backup.done", "to", c.args[0]))
	return nil
}

// restore puts a backup back, or with --check only proves that it could.
func restore(ctx context.Context, c *call) error {
	dir := c.flags.String("dir", "", "")
	checkOnly := c.flags.Bool("check", false, "")
	if err := c.parse(); err != nil {
		return err
	}
	if len(c.args) != 1 || (*dir == "") != *checkOnly {
		c.usage(c.err)
		return errUsage
	}
	check := func() error {
		found, err := app.CheckBackup(ctx, c.args[0])
		if !*checkOnly {
			found, err = app.Restore(ctx, c.args[0], *dir)
		}
		if err != nil {
			return err
		}
		if err := found.Text(c.out, c.text); err != nil {
			return err
		}
		if !found.OK() {
			return errFinding
		}
		return nil
	}
	return check()
}
