package app

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"parvis/internal/act/logfile"
	"parvis/internal/blob"
	"parvis/internal/db"
	"parvis/internal/fact"
	"parvis/internal/identity"
	"parvis/internal/job"
	"parvis/internal/mail"
	"parvis/internal/outbound"
	"parvis/internal/participation"
	"parvis/internal/portfolio"
	"parvis/internal/workspace"
)

func (a *App) makeIdentity() (err error) {
	providers, err := a.providers()
	if err != nil {
		return err
	}
	a.Identity, err = identity.New(identity.Config{
		City: a.cfg.City.Name, Origin: a.cfg.origin(), Demo: a.cfg.Demo == "valmont", Clock: a.cfg.clock(),
		Readers: a.DB.Readers, Writer: a.DB.Writer, Log: a.Log,
		Security: a.logger.With("log", "security"), HTTP: a.guard.Client(outbound.Source{}),
		Providers: providers, Posts: a.heldBy, SendLink: a.sendLink, Personal: []identity.Personal{a.mailChoices()},
	})
	return err
}

func (a *App) providers() ([]identity.Provider, error) {
	var all []identity.Provider
	for _, o := range a.cfg.OIDC {
		key, err := secret(o.SecretFile)
		if err != nil {
			return nil, err
		}
		match := identity.Match{By: cmp.Or(o.Match, "email"), Claim: cmp.Or(o.Claim, o.Match, "email"), EmailVerified: true,
			Kinds: []identity.AccountKind{identity.AgentAccount}, Require: o.Require}
		p := identity.Provider{Name: o.ID, Label: map[string]string{"fr": o.Label, "en": o.Label}, Issuer: o.Issuer, ClientID: o.Client,
			ClientSecret: key, Scopes: []string{"email", "profile"}, PKCE: o.PKCE, Match: match}
		if o.ACR != "" {
			p.ACR, p.Strong = []string{o.ACR}, []string{o.ACR}
		}
		all = append(all, p)
	}
	return all, nil
}

func (a *App) makeRooms() (err error) {
	if a.Blobs, err = blob.Open(a.cfg.path("blobs")); err != nil {
		return err
	}
	a.Portfolio = portfolio.New(portfolio.Config{Withheld: a.withheldMatters, Unbound: a.unboundQuestion, Published: a.publishedQuestion, Barred: a.barredMatter, Bureau: a.bureauOf,
		Log: a.Log, Reads: a.DB.Readers, Marks: a.marks, Writer: a.DB.Writer,
		Directory: portfolio.DeskDirectory(a.Powers, a.cfg.clock(), a.desk), Clock: a.cfg.clock(), Blobs: a.Blobs})
	if err := a.makeStrategy(); err != nil {
		return err
	}
	a.makeCouncil()
	a.makePassation()
	a.makeMeasures()
	a.Workspace = workspace.New(workspace.Config{DB: a.DB, Log: a.Log, Portfolio: a.Portfolio, Council: a.Council, Strategy: a.Strategy, Passation: a.Passation, Quiet: a.quietToday, Blobs: a.Blobs, Identity: a.Identity, Mailer: a.mailer, Notifier: a.Notify,
		Catalog: a.Catalog, Clock: a.cfg.clock(), Origin: a.cfg.origin(), Domain: a.cfg.logOrigin(), Organizer: a.cfg.Mail.sender(), URL: a.url,
		City: a.cfg.body(), Profile: a.cfg.profile(), Journal: a.publishLog,
		Elections: a.writeElections, Discreet: participation.Discreet})
	return a.makeVotes()
}

// publishLog writes the public log as plain files.
func (a *App) publishLog(ctx context.Context, folder string) error {
	_, err := logfile.Publish(ctx, a.logFiles(), folder)
	return err
}

// url is the address of a page; rooms ask for it when they write, long after the site was made.
func (a *App) url(lang, route string, args ...any) string {
	return a.Site.Table().URL(lang, route, args...)
}

// makeRelays makes what works in the background: facts to their consumers, mail on its way.
func (a *App) makeRelays() (err error) {
	transport, err := a.transport()
	if err != nil {
		return err
	}
	if a.workers, err = job.NewWorkers(a.DB, a.cfg.clock(), 2, slices.Concat(a.housekeeping(), a.councilJobs(), a.passationJobs(), a.voteJobs(), a.Notify.Jobs(a.DB), []job.Kind{a.mailer.Deliver(a.DB, transport), a.reindexing()})...); err != nil {
		return err
	}
	a.relay, err = fact.NewRelay(a.DB, a.cfg.clock(), append(a.Workspace.Consumers(), participation.Searching(), a.departures())...)
	return err
}

// reindexing makes the index of the search again, when it was made by another version of the program.
func (a *App) reindexing() job.Kind {
	return job.On(workspace.RebuildKind, func(ctx context.Context, _ job.Task, _ any) error {
		return a.Workspace.RebuildStale(ctx, func(typ string, done int) {
			a.logger.Info("search index", slog.String("type", typ), slog.Int("documents", done))
		})
	})
}

// transport hands mail to the server of the configuration, or keeps it in a folder.
func (a *App) transport() (mail.Transport, error) {
	if a.cfg.Mail.Server == "" {
		return mail.Folder(a.cfg.path("mail")), nil
	}
	password, err := secret(a.cfg.Mail.PasswordFile)
	if err != nil {
		return nil, err
	}
	a.logger.Info("mail", slog.String("server", a.cfg.Mail.Server))
	return a.smtp(password)
}

// Retention of what is not civic: sent mail and delivered facts are of no use after a month.
const kept = 30 * 24 * time.Hour

// housekeeping is what is done every night: what has expired disappears.
func (a *App) housekeeping() []job.Kind {
	nightly := func(name string, hour int, run func(ctx context.Context) error) job.Kind {
		return job.Every(name, job.Daily(hour, 15), func(ctx context.Context, _ job.Task) error { return run(ctx) })
	}
	before := func() time.Time { return a.cfg.clock().Now().Add(-kept) }
	return []job.Kind{
		nightly("identity.sweep", 2, a.Identity.Sweep),
		nightly("workspace.sweep", 2, a.Workspace.Sweep),
		nightly("followers.held", 8, a.Workspace.SendHeld),
		nightly("portfolio.sweep", 2, a.Portfolio.Sweep),
		nightly("strategy.sweep", 2, a.Strategy.Sweep),
		nightly("mail.purge", 3, func(ctx context.Context) error {
			return a.DB.Writer.Traffic(ctx, func(tx *db.Tx) error {
				return errors.Join(mail.Purge(tx, before()), a.Notify.Prune(tx, before()))
			})
		}),
		nightly("fact.prune", 4, func(ctx context.Context) error {
			_, err := a.relay.Prune(ctx, before())
			return err
		}),
	}
}
