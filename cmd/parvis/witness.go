package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"parvis/internal/act/witness"
	"parvis/internal/web"
)

// runWitness cosigns the checkpoints of other cities' logs (C2SP tlog-witness). Its folder holds its
// key, made at the first start, and the last checkpoint of each log.
func runWitness(ctx context.Context, c *call) error {
	dir := c.dir()
	addr := c.flags.String("addr", "localhost:8090", "")
	name := c.flags.String("name", "", "")
	var logs list
	c.flags.Var(&logs, "log", "")
	if err := c.parse(); err != nil {
		return err
	}
	key, err := witnessKey(*dir, *name)
	if errors.Is(err, errUsage) {
		c.usage(c.err)
	}
	if err != nil {
		return err
	}
	signer, err := witness.NewSigner(key, time.Now)
	if err != nil {
		return err
	}
	w, err := witness.New(signer, filepath.Join(*dir, "logs"), logs)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", *addr)
	if err != nil {
		return err
	}
	fmt.Fprintln(c.out, c.text.T("cmd.witness.ready", "address", "http://"+l.Addr().String(), "key", w.VerifierKey()))
	return web.Serve(ctx, l, w.Handler())
}

// witnessKey reads the key of a witness, or makes it when there is none and a name was given.
func witnessKey(dir, name string) (string, error) {
	path := filepath.Join(dir, "witness.key")
	kept, err := os.ReadFile(path)
	if err == nil {
		return strings.TrimSpace(string(kept)), nil
	}
	if !os.IsNotExist(err) {
		return "", err
	}
	if name == "" {
		return "", errUsage
	}
	key, err := witness.NewKey(name)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	return key, os.WriteFile(path, []byte(key+"\n"), 0o600)
}
