package main

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/app"
)

// fsck checks the state of a city against its log: it needs the database.
func fsck(ctx context.Context, c *call) error {
	dir := c.dir()
	c.mayHush()
	if err := c.parse(); err != nil {
		return err
	}
	cfg, err := app.ReadConfig(*dir)
	if err != nil {
		return err
	}
	return c.check(func(tell app.Progress) (*act.Fsck, error) { return app.Fsck(ctx, cfg, tell) })
}

// check runs a check behind a bar, and says what it found.
func (c *call) check(run func(app.Progress) (*act.Fsck, error)) error {
	shown := c.bar()
	found, err := run(shown.show)
	shown.clear()
	if err != nil {
		return err
	}
	if !*c.quiet || !found.OK() {
		err = found.Text(c.out, c.text)
	}
	if err == nil && !found.OK() {
		err = errFinding
	}
	return err
}

func backup(ctx context.Context, c *call) error {
	dir := c.dir()
	c.mayHush()
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
	shown := c.bar()
	err = app.Backup(ctx, cfg, c.args[0], shown.show)
	shown.clear()
	if err != nil {
		return err
	}
	c.say("cmd.backup.done", "to", c.args[0])
	return nil
}

// restore puts a backup back, or with --check only proves that it could.
func restore(ctx context.Context, c *call) error {
	dir := c.flags.String("dir", "", "")
	checkOnly := c.flags.Bool("check", false, "")
	c.mayHush()
	if err := c.parse(); err != nil {
		return err
	}
	if len(c.args) != 1 || (*dir == "") != *checkOnly {
		c.usage(c.err)
		return errUsage
	}
	return c.check(func(tell app.Progress) (*act.Fsck, error) {
		if *checkOnly {
			return app.CheckBackup(ctx, c.args[0], tell)
		}
		return app.Restore(ctx, c.args[0], *dir, tell)
	})
}
