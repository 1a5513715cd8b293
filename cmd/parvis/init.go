package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"parvis/internal/app"
)

// initCity founds a city in an empty folder: configuration, keys, database, first administrator.
func initCity(ctx context.Context, c *call) error {
	name := c.flags.String("name", "", "")
	origin := c.flags.String("origin", "", "")
	admin := c.flags.String("admin", "", "")
	adminName := c.flags.String("admin-name", "", "")
	profile := c.flags.String("profile", "", "")
	database := c.flags.String("database", "", "")
	if err := c.parse(); err != nil {
		return err
	}
	if len(c.args) != 1 || *name == "" || *admin == "" {
		c.usage(c.err)
		return errUsage
	}
	cfg := app.Config{Dir: c.args[0], Origin: *origin, City: app.CityConfig{Name: *name, Profile: *profile},
		Database: app.DatabaseConfig{Source: *database}}
	a, err := app.Found(ctx, cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	if err = a.Begin(ctx, *admin, *adminName); err == nil {
		err = a.Settle(ctx)
	}
	if err != nil {
		return errors.Join(err, a.Abandon())
	}
	defer a.Close()
	fmt.Fprintln(c.out, c.text.T("cmd.init.done", "dir", c.args[0]))
	return nil
}
