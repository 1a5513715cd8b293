package app

import (
	"context"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"sync"

	"parvis/internal/web"
)

// Run serves until ctx ends: the site, the sequencer of the log, the relay of facts, the workers.
// Requests under way are finished before it returns, and what they recorded is integrated.
func (a *App) Run(ctx context.Context, l net.Listener) error {
	defer collectLess()()
	if err := a.Workspace.AskRebuild(ctx); err != nil {
		return err
	}
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	var others sync.WaitGroup
	others.Go(func() { a.sequencer.Run(background) })
	others.Go(func() { a.relay.Run(background) })
	others.Go(func() { a.workers.Run(background) })
	if err := a.runMetrics(background, &others); err != nil {
		stop()
		return err
	}
	err := web.Serve(ctx, l, a.Site)
	stop()
	others.Wait()
	return err
}

// collectLess lets garbage grow to twice what is in use before it is collected, unless the administrator set GOGC:
// what is in use is small (some 30 MiB for a large city) and a page leaves much behind. Measured: docs/performance.md.
func collectLess() (restore func()) {
	if _, set := os.LookupEnv("GOGC"); set {
		return func() {}
	}
	before := debug.SetGCPercent(200)
	return func() { debug.SetGCPercent(before) }
}

// Listen opens the address of the configuration.
func (a *App) Listen() (net.Listener, error) { return net.Listen("tcp", a.cfg.address()) }

func (a *App) runMetrics(ctx context.Context, others *sync.WaitGroup) error {
	if a.cfg.Metrics == "" {
		return nil
	}
	l, err := net.Listen("tcp", a.cfg.Metrics)
	if err != nil {
		return err
	}
	others.Go(func() {
		if err := web.Serve(ctx, l, a.Site.Ops()); err != nil && err != http.ErrServerClosed {
			a.logger.Error("metrics", "error", err)
		}
	})
	return nil
}
