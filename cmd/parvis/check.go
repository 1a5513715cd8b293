package main

import (
	"context"
	"fmt"

	"parvis/internal/app"
)

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
