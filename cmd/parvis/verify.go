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
	c.mayHush()
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
	shown := c.bar()
	options.Progress = shown.show
	found, err := recount.VerifyAll(ctx, at, options)
	shown.clear()
	if err != nil {
		return err
	}
	return c.report(found, *asJSON)
}

// report says what verifying found; JSON, which was asked for, is written even when nobody is to be disturbed.
func (c *call) report(found *recount.Whole, asJSON bool) (err error) {
	switch {
	case asJSON:
		err = json.NewEncoder(c.out).Encode(found)
	case !*c.quiet || !found.OK():
		err = found.Text(c.out, c.text)
	}
	if err == nil && !found.OK() {
		err = errFinding
	}
	return err
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
