package web

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"
)

// Drain is how long requests under way may take once the server has been told to stop.
const Drain = 20 * time.Second

// Serve answers on the listener until the context ends, then finishes what is under way.
func Serve(ctx context.Context, l net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       2 * time.Minute, // a slow line may send a large paper
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	return drain(server)
}

func drain(server *http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), Drain)
	defer cancel()
	err := server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		server.Close()
	}
	return err
}
