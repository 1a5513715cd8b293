package app

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"time"

	"parvis/data/paris"
	"parvis/internal/clock"
	"parvis/internal/demo"
	"parvis/internal/fault"
)

// Demonstration says which city to show, and where.
type Demonstration struct {
	Dir    string // its own folder; one that already holds the city is opened as it is
	City   string // valmont, paris
	Listen string // host:port that people type

	Progress Progress // hears of the story as it is told; may be nil
}

// Demonstrate founds the demonstration city, tells its story on a clock set by hand, and opens it on the
// day on which the story stops, with the clock running from there.
func Demonstrate(ctx context.Context, d Demonstration, logger *slog.Logger) (*App, error) {
	show, known := shows()[d.City]
	if !known {
		return nil, fault.New(fault.Invalid, "app.demo_unknown", "city", d.City)
	}
	c := show.config()
	c.Dir, c.Demo, c.Listen = d.Dir, d.City, d.Listen
	if !Exists(d.Dir) {
		if err := show.stage(ctx, c, d.Progress, logger); err != nil {
			return nil, err
		}
	}
	c.Clock = clock.StartAt(show.opening)
	return Open(ctx, c, logger)
}

// show is a city that can be demonstrated.
type show struct {
	config  func() Config
	opening time.Time // when visitors arrive
	places  func() ([]byte, error)
	tell    func(context.Context, demo.City) error
}

// shows are the cities by name. Valmont lives on the day on which its story stops; Paris is a mirror of
// open data and lives today.
func shows() map[string]show {
	data := demo.ParisData{FS: paris.Files}
	return map[string]show{
		"valmont": {valmont, demo.Opening(), func() ([]byte, error) { return demo.Places, nil }, demo.Tell},
		"paris": {openParis, clock.System{}.Now(), data.Places, func(ctx context.Context, c demo.City) error {
			return demo.TellParis(ctx, c, data)
		}},
	}
}

func valmont() Config {
	c := Config{City: CityConfig{Name: "Ville de Valmont", Line: "Ville intelligente, projet public",
		SIRET:   "20000000800009", // well formed, and nobody's
		Contact: "ville-intelligente@valmont.example", Publisher: "Hélène Marchetti, maire de Valmont (personne inventée)",
		Host: "Votre propre machine", DPO: "dpd@valmont.example"}}
	for _, m := range demo.Matters {
		c.Matters = append(c.Matters, MatterConfig{m.Code, m.FR, m.EN})
	}
	return c
}

func openParis() Config {
	return Config{City: CityConfig{Name: "Paris en données ouvertes", Line: "Démonstration, hors de la Ville de Paris",
		Publisher: "La personne qui a lancé cette démonstration", Host: "Votre propre machine"}}
}

// stage founds the city and tells its story; a story that breaks off leaves no city behind.
func (s show) stage(ctx context.Context, c Config, tell Progress, logger *slog.Logger) (err error) {
	hand := clock.At(s.opening)
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
	places, err := s.places()
	if err != nil {
		return err
	}
	if err := os.WriteFile(c.path(PlacesFile), places, 0o600); err != nil {
		return err
	}
	err = s.tell(ctx, demo.City{Log: a.Log, Founder: a.founder, Portfolio: a.Portfolio, Participation: a.Participation, Strategy: a.Strategy, Council: a.Council, Passation: a.Passation, Identity: a.Identity, Clock: hand, Settle: a.Settle, Progress: tell})
	if err != nil {
		return err
	}
	return a.Settle(ctx)
}

// Settle delivers the facts that wait and brings the public log up to date, for commands that end:
// internal acts do not wait for company, so that even a city just founded has a signed log.
func (a *App) Settle(ctx context.Context) error {
	if _, err := a.relay.Deliver(ctx); err != nil {
		return err
	}
	return a.sequencer.Flush(ctx)
}

// Guests lists whom a visitor of a demonstration may enter as.
func Guests(city string) []string {
	if city == "valmont" {
		return demo.Guests()
	}
	return nil
}
