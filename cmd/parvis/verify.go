package main

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"time"

	"parvis/internal/act/verify"
	"parvis/internal/act/witness"
	"parvis/internal/participation/recount"
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

// verifyPublic checks a public log, and the elections published in it, from public files alone: no
// database, no secret.
func verifyPublic(ctx context.Context, c *call) error {
	key := c.flags.String("key", "", "")
	limit := c.flags.Duration("timeout", time.Hour, "")
	log := c.flags.String("log", "", "")
	asJSON := c.flags.Bool("json", false, "")
	var since, witnesses list
	c.flags.Var(&since, "since", "")
	c.flags.Var(&since, "checkpoint", "")
	c.flags.Var(&witnesses, "witness", "")
	if err := c.parse(); err != nil {
		return err
	}
	if len(c.args) != 1 {
		c.usage(c.err)
		return errUsage
	}
	options, err := trusted(since, witnesses)
	if err != nil {
		return err
	}
	options.Key, options.Timeout = *key, *limit
	at, err := recount.Locate(ctx, c.args[0], *log, nil)
	if err != nil {
		return err
	}
	found, err := recount.VerifyAll(ctx, at, options)
	if err != nil {
		return err
	}
	tell := func() error { return found.Text(c.out, c.text) }
	if *asJSON {
		tell = func() error { return json.NewEncoder(c.out).Encode(found) }
	}
	if err := tell(); err != nil {
		return err
	}
	if !found.OK() {
		return errFinding
	}
	return nil
}

// trusted reads what whoever verifies kept, and whom they trust.
func trusted(since, witnesses list) (o verify.Options, err error) {
	for _, file := range since {
		kept, err := os.ReadFile(file)
		if err != nil {
			return o, err
		}
		o.Since = append(o.Since, string(kept))
	}
	for _, w := range witnesses {
		remote, err := witness.ParseRemote(w)
		if err != nil {
			return o, err
		}
		o.Witnesses = append(o.Witnesses, remote)
	}
	return o, nil
}
