package app

import (
	"context"
	"net"
	"net/http"
	"sync"

	"parvis/internal/web"
)

// Run serves until ctx ends: the site, the sequencer of the log, the relay of facts, the workers.
// Requests under way are finished before it returns, and what they recorded is integrated.
func (a *App) Run(ctx context.Context, l net.Listener) error {
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
