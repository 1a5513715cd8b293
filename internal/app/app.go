package app

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"os"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/db"
	"parvis/internal/fact"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/identity"
	"parvis/internal/job"
	"parvis/internal/mail"
	"parvis/internal/notify"
	"parvis/internal/outbound"
	"parvis/internal/participation"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/measures"
	"parvis/internal/portfolio/passation"
	"parvis/internal/portfolio/portfolioweb"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/powers"
	"parvis/internal/web"
	"parvis/internal/workspace"
)

// App is the program of one city, opened from its folder.
type App struct {
	cfg           Config
	logger        *slog.Logger
	DB            *db.DB
	Log           *act.Log
	Keys          act.Keys
	Powers        *powers.Engine
	Identity      *identity.Identity
	Portfolio     *portfolio.Room
	Workspace     *workspace.Workspace
	Blobs         *blob.Store // papers, ballots: files named by their digest
	Participation *participation.Room
	Council       *council.Room
	Strategy      *strategy.Room
	Passation     *passation.Room
	Measures      *measures.Room
	Notify        *notify.Notifier
	Catalog       *i18n.Catalog
	Site          *web.Site

	marks *act.Marks
	desk  *powers.Desk // answers what pages ask of the powers
	lists *act.Kept[listed, []portfolioweb.Choice]
	hush  *act.Kept[calendar.Day, calendar.Day]

	founder   act.Actor // may lay the foundations while no profile is installed
	sequencer *act.Sequencer
	guard     *outbound.Guard
	mailer    *mail.Mailer
	relay     *fact.Relay
	workers   *job.Workers
}

// Verbs is the closed table of what this program can record.
func Verbs() (act.Verbs, error) {
	return act.NewVerbs(powers.Verbs(), identity.Verbs(), portfolio.Verbs(), council.Verbs(), strategy.Verbs(), passation.Verbs(), measures.Verbs(), participation.Verbs())
}

// Open opens the city kept in c.Dir, which Init or Found made.
func Open(ctx context.Context, c Config, logger *slog.Logger) (*App, error) {
	a := &App{cfg: c, logger: cmp.Or(logger, slog.Default())}
	keys, err := act.OpenKeys(c.path("keys"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.Wrap(err, fault.NotFound, "app.no_city", "dir", c.Dir)
	}
	if err != nil {
		return nil, err
	}
	a.Keys = keys
	if a.DB, err = db.Open(ctx, db.Config{Source: c.source(), Clock: c.clock(), Readers: c.Database.Readers}); err != nil {
		return nil, err
	}
	if err := a.furnish(); err != nil {
		return nil, errors.Join(err, a.DB.Close())
	}
	return a, nil
}

// furnish makes every room, from the ground up.
func (a *App) furnish() error {
	for _, make := range []func() error{a.makeCatalog, a.makeLog, a.makeMail, a.makeIdentity, a.makeNotify, a.makeRooms, a.makeRelays, a.makeSite} {
		if err := make(); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) makeLog() error {
	verbs, err := Verbs()
	if err != nil {
		return err
	}
	a.Powers, a.founder = powers.NewEngine(verbs)
	a.marks = act.NewMarks(a.DB.Readers)
	a.desk, a.lists = powers.NewDesk(a.DB.Readers, a.marks), act.Keep[listed, []portfolioweb.Choice](a.marks, listsKept, "powers")
	a.hush = act.Keep[calendar.Day, calendar.Day](a.marks, 8, "council")
	a.Log = act.NewLog(a.DB.Writer, verbs, a.decide())
	a.guard = outbound.New(outbound.Config{UserAgent: "Parvis (" + a.cfg.origin() + ")"})
	witnesses, hosts, err := a.cfg.witnesses()
	if err != nil {
		return err
	}
	a.sequencer = act.NewSequencer(a.Log, a.DB.Readers, act.Sequencing{
		Keys: a.Keys, Every: a.cfg.every(), Witnesses: witnesses,
		Client: a.guard.Client(outbound.Source{Hosts: hosts}), Logger: a.logger,
	})
	return nil
}

func (a *App) makeMail() (err error) {
	from := mail.Address{Name: a.cfg.City.Name, Email: cmp.Or(a.cfg.Mail.From, "parvis@localhost.localdomain")}
	a.mailer, err = mail.New(mail.Config{From: from, City: a.cfg.City.Name, Site: a.cfg.origin()}, a.Catalog)
	return err
}

// Founder is the actor that may lay the foundations of a city: it exists in this process alone and
// has no power once a governance profile is installed.
func (a *App) Founder() act.Actor { return a.founder }

// Integrate brings the public log up to date now.
func (a *App) Integrate(ctx context.Context) error { return a.sequencer.Integrate(ctx) }

// Handler answers every request.
func (a *App) Handler() http.Handler { return a.Site }

// Close ends every connection. Run has returned before.
func (a *App) Close() error { return a.DB.Close() }

// Exists tells whether dir holds a city.
func Exists(dir string) bool {
	_, err := os.Stat(Config{Dir: dir}.path(ConfigFile))
	return err == nil
}

// decide puts identity in front of the powers for everybody but the founder, who has no account and
// whom the powers stop as soon as a profile is in force.
func (a *App) decide() act.Decider {
	guarded := identity.Guard(a.Powers.Decide)
	return func(tx *db.Tx, by act.Actor, ask act.Ask) (act.Chain, error) {
		if by.Kind == act.System && by.Account == a.founder.Account {
			return a.Powers.Decide(tx, by, ask)
		}
		return guarded(tx, by, ask)
	}
}
