package workspace

import (
	"context"
	"embed"
	"time"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/clock"
	"parvis/internal/council"
	"parvis/internal/db"
	"parvis/internal/fact"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/mail"
	"parvis/internal/notify"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/passation"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/powers"
)

// Messages holds the catalogues of this package.
//
//go:embed messages/*.toml
var Messages embed.FS

// Config is what the workspace composes. All of it is needed but City and Profile, which found a city
// that is still empty.
type Config struct {
	DB        *db.DB
	Log       *act.Log
	Portfolio *portfolio.Room
	Council   *council.Room   // nil: no letter about committees
	Strategy  *strategy.Room  // nil: no strategy in the archive
	Blobs     *blob.Store     // of the files of papers
	Passation *passation.Room // nil: no letter about handovers
	// Quiet tells whether a période préélectorale holds today: followers are then not written to; nil: never.
	Quiet     func(context.Context) (bool, error)
	Identity  *identity.Identity
	Mailer    *mail.Mailer
	Notifier  *notify.Notifier // knows Kinds
	Catalog   *i18n.Catalog
	Clock     clock.Clock
	Origin    string // address of the site, without a final slash
	Domain    string // of the entries of agendas: "parvis.ville.fr"
	Organizer string // address that invites to meetings; "": entries are for information
	// URL finds the address of a page by the name of its route (web.Table.URL). It is asked when a letter
	// is written, so it may be known later than the rest.
	URL func(lang, route string, args ...any) string

	// Journal writes the public log as plain files into a folder (logfile.Publish); nil leaves it out of
	// the archive.
	Journal func(ctx context.Context, folder string) error

	// Elections writes the elections into the archive; nil leaves them out.
	Elections Part

	// Discreet begins one archive: what it gives takes out of a row what nobody is to know. nil: rows are told as they are.
	Discreet func() func(table string, columns []string, values []any) error

	// Progress hears how far an import or an export has come; nil on a site, which has many at a time.
	Progress func(done, total int64)

	City    powers.NewBody      // the body that the first import founds, when there is none
	Profile powers.Installation // put in force by the first import, when none is; no Document: none
}

// Workspace is the agents' face. Its methods are safe for concurrent use.
type Workspace struct{ Config }

// New makes the workspace of a city.
func New(c Config) *Workspace { return &Workspace{c} }

// insider reads what is internal to the city, for those who work for it.
var insider = identity.Visitor{Kind: identity.Agent}

func (w *Workspace) moment() powers.Moment { return powers.Now(w.Clock.Now()) }

// latest is today with everything recorded so far: the time of the writer, which never repeats, may be
// ahead of the clock by as many microseconds as there were transactions.
func (w *Workspace) latest() powers.Moment {
	m := w.moment()
	m.Known = m.Known.Add(time.Hour)
	return m
}

// Consumers are the readers of facts of this package, for the relay.
func (w *Workspace) Consumers() []fact.Consumer {
	return []fact.Consumer{w.letters(), w.index()}
}

// page is the full address of a page; "" when this city has no such page.
func (w *Workspace) page(lang, route string, args ...any) string {
	path := w.URL(lang, route, args...)
	if len(path) == 0 || path[0] != '/' {
		return ""
	}
	return w.Origin + path
}

// headsOf lists who holds the posts that lead a unit; a vacant post is nobody.
func (w *Workspace) headsOf(ctx context.Context, q db.Querier, unit id.ID, m powers.Moment) ([]seat, error) {
	if unit == "" {
		return nil, nil
	}
	sheet, err := powers.UnitAt(ctx, q, unit, m, false, 0)
	if err != nil {
		return nil, err
	}
	var seats []seat
	for _, h := range sheet.Posts { // those that lead come first
		if h.Head && h.ID != "" {
			seats = append(seats, seat{post: h.Post, holder: h.ID, person: h.Person})
		}
	}
	return seats, nil
}

// seat is a holding of a post.
type seat struct{ post, holder, person id.ID }

// holdersOf lists who holds posts.
func holdersOf(ctx context.Context, q db.Querier, posts []id.ID, m powers.Moment) ([]seat, error) {
	places, err := powers.PostsOn(ctx, q, posts, m)
	var seats []seat
	for _, post := range posts {
		if p, ok := places[post]; ok && p.Holder != "" {
			seats = append(seats, seat{p.Post, p.Holder, p.Person})
		}
	}
	return seats, err
}
