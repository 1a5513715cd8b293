package app

import (
	"context"
	"errors"
	"log/slog"
	"os"

	"parvis/internal/clock"
	"parvis/internal/demo"
)

// Demonstration says which invented city to show, and where.
type Demonstration struct {
	Dir    string // its own folder; one that already holds the city is opened as it is
	City   string // valmont
	Listen string // host:port that people type
}

// Demonstrate founds the demonstration city, tells its story on a clock set by hand, and opens it on the
// day on which the story stops, with the clock running from there.
func Demonstrate(ctx context.Context, d Demonstration, logger *slog.Logger) (*App, error) {
	c := Config{Dir: d.Dir, Demo: true, Listen: d.Listen, City: CityConfig{Name: "Ville de Valmont",
		Line: "Ville intelligente, projet public", Contact: "ville-intelligente@valmont.example",
		Publisher: "Hélène Marchetti, maire de Valmont (personne inventée)", Host: "Votre propre machine", DPO: "dpd@valmont.example"}}
	for _, m := range demo.Matters {
		c.Matters = append(c.Matters, MatterConfig{m.Code, m.FR, m.EN})
	}
	if !Exists(d.Dir) {
		if err := tell(ctx, c, logger); err != nil {
			return nil, err
		}
	}
	c.Clock = clock.StartAt(demo.Opening())
	return Open(ctx, c, logger)
}

// tell founds the city and tells its story; a story that breaks off leaves no city behind.
func tell(ctx context.Context, c Config, logger *slog.Logger) (err error) {
	hand := clock.At(demo.Opening())
	c.Clock = hand
	a, err := Found(ctx, c, logger)
	if err != nil {
		return err
	}
	defer func() {
		if err = errors.Join(err, a.Close()); err != nil {
			os.RemoveAll(c.Dir)
		}
	}()
	if err := os.WriteFile(c.path(PlacesFile), demo.Places, 0o600); err != nil {
		return err
	}
	err = demo.Tell(ctx, demo.City{Log: a.Log, Founder: a.founder, Portfolio: a.Portfolio, Identity: a.Identity, Clock: hand})
	if err != nil {
		return err
	}
	return a.settle(ctx)
}

// settle delivers what the story set off and brings the public log up to date.
func (a *App) settle(ctx context.Context) error {
	if _, err := a.relay.Deliver(ctx); err != nil {
		return err
	}
	return a.Integrate(ctx)
}

// Guests lists whom a visitor of the demonstration may enter as.
func Guests(string) []string { return demo.Guests() }
