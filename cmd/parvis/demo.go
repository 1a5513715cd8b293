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
	c.mayHush()
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
	shown := c.bar()
	a, err := app.Demonstrate(ctx, app.Demonstration{Dir: *dir, City: *city, Listen: public(l, *addr), Progress: shown.show}, logger)
	shown.clear()
	if err != nil {
		l.Close()
		return err
	}
	defer a.Close()
	c.welcome(*city, "http://"+public(l, *addr))
	return a.Run(ctx, l)
}

// welcome says where the city is, and whom one may enter as.
func (c *call) welcome(city, address string) {
	guests := app.Guests(city)
	if len(guests) == 0 {
		c.say("cmd.demo.other", "city", city, "address", address)
		return
	}
	if *c.quiet {
		return
	}
	c.say("cmd.demo.ready", "address", address)
	for _, guest := range guests {
		fmt.Fprintln(c.out, "  -", guest)
	}
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
