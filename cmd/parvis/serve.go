package main

import (
	"context"
	"fmt"
	"log/slog"

	"parvis/internal/app"
)

// dir is the flag that every command about one city has.
func (c *call) dir() *string { return c.flags.String("dir", ".", "") }

func serve(ctx context.Context, c *call) error {
	dir := c.dir()
	address := c.flags.String("addr", "", "")
	if err := c.parse(); err != nil {
		return err
	}
	cfg, err := app.ReadConfig(*dir)
	if err != nil {
		return err
	}
	if *address != "" {
		cfg.Listen = *address
	}
	a, err := app.Open(ctx, cfg, slog.New(slog.NewJSONHandler(c.err, nil)))
	if err != nil {
		return err
	}
	defer a.Close()
	return listen(ctx, c, a)
}

// listen opens the address, says where, and serves until told to stop.
func listen(ctx context.Context, c *call, a *app.App) error {
	l, err := a.Listen()
	if err != nil {
		return err
	}
	fmt.Fprintln(c.out, c.text.T("cmd.serve.ready", "address", "http://"+l.Addr().String()))
	return a.Run(ctx, l)
}

// migrate brings the schema up to date and stops: opening a database does it.
func migrate(ctx context.Context, c *call) error {
	dir := c.dir()
	c.mayHush()
	if err := c.parse(); err != nil {
		return err
	}
	cfg, err := app.ReadConfig(*dir)
	if err != nil {
		return err
	}
	shown := c.bar()
	err = app.Migrate(ctx, cfg, shown.show)
	shown.clear()
	if err != nil {
		return err
	}
	c.say("cmd.migrate.done")
	return nil
}
