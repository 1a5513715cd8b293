package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"

	"parvis/internal/app"
)

// demo founds the demonstration city in a folder of its own, tells its story, and serves it.
func demo(ctx context.Context, c *call) error {
	addr := c.flags.String("addr", "localhost:8080", "")
	dir := c.flags.String("dir", "", "")
	city := c.flags.String("city", "valmont", "")
	if err := c.parse(); err != nil {
		return err
	}
	if *dir == "" {
		temporary, err := os.MkdirTemp("", "parvis-demo-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(temporary)
		*dir = temporary
	}
	// The address is taken before the story is told, so that a port in use is known at once and
	// port 0 has its number in the city's own address.
	l, err := net.Listen("tcp", *addr)
	if err != nil {
		return err
	}
	logger := slog.New(slog.NewJSONHandler(c.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	a, err := app.Demonstrate(ctx, app.Demonstration{Dir: *dir, City: *city, Listen: public(l, *addr)}, logger)
	if err != nil {
		l.Close()
		return err
	}
	defer a.Close()
	fmt.Fprintln(c.out, c.text.T("cmd.demo.ready", "address", "http://"+public(l, *addr)))
	for _, guest := range app.Guests(*city) {
		fmt.Fprintln(c.out, "  -", guest)
	}
	return a.Run(ctx, l)
}

// public is the address as people type it: the name they gave with the port that was taken.
func public(l net.Listener, asked string) string {
	host, _, err := net.SplitHostPort(asked)
	if err != nil || host == "" || host == "0.0.0.0" || host == "::" {
		host = "localhost"
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return net.JoinHostPort(host, port)
}
