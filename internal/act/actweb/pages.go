// Package actweb shows the log to people: the public journal (a sentence for each act, its six answers
// folded), its feeds, the page and the proof of one act, what the log proves and does not, its keys, and
// the table of what is public by default. It also serves the log's files to machines, under /log/.
//
// Sentences come from the catalogues of the rooms, under the key "act.<verb>", with these arguments:
// who (the post or the kind of author), object, subject, and each argument of the act by its name. An
// argument whose name is a type of thing ("unit", "post", "initiative") is replaced by what the city
// calls that thing.
package actweb

import (
	"context"
	"embed"
	"io"

	"github.com/a-h/templ"

	"parvis/internal/act"
	"parvis/internal/act/logfile"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// Messages holds the catalogues of these pages and the sentences of the log's own acts.
//
//go:embed messages/*.toml
var Messages embed.FS

// Label is how a thing is called, in the reader's language.
type Label struct {
	Text string
	URL  string // its page; "" for none
}

// Namer finds how things of any room are called on a day. What it does not know it leaves out.
type Namer func(ctx context.Context, lang string, day calendar.Day, refs []act.Ref) (map[act.Ref]Label, error)

// Config is what the pages are made of. Log, Name, Units and PostsOf may be nil; without Log no text can be
// effaced from here.
type Config struct {
	Log     *act.Log
	Readers db.Querier
	Files   logfile.Files
	Verbs   act.Verbs
	Name    Namer
	Units   func(ctx context.Context, lang string, day calendar.Day) ([]ui.Option, error) // offered by the filter
	Copies  []act.Copies                                                                  // what an effacement takes along
	PostsOf func(ctx context.Context, unit id.ID, day calendar.Day) ([]id.ID, error)
	// Withheld lists the things whose acts, while they are internal, are kept from a visitor who withdrew from
	// the matter; nil: none.
	Withheld func(ctx context.Context, v identity.Visitor) (map[act.Ref]bool, error)
}

// Pages answers the routes of the journal.
type Pages struct{ Config }

// New makes the pages.
func New(c Config) *Pages { return &Pages{c} }

// Routes lists the pages of the journal and the files of the log.
func (p *Pages) Routes() []web.Route {
	return append(p.erasing(), []web.Route{
		{Name: "log", Method: "GET", FR: "/journal", EN: "/public-log", Audience: web.Public, Handler: p.journal, Title: "actweb.title"},
		{Name: "log.act", Method: "GET", FR: "/journal/actes/{id}", EN: "/public-log/acts/{id}", Audience: web.Public, Handler: p.act},
		{Name: "log.proof", Method: "GET", FR: "/journal/ce-que-prouve-le-journal", EN: "/public-log/what-the-log-proves", Audience: web.Public, Handler: p.proves, Title: "actweb.proves.title"},
		{Name: "log.keys", Method: "GET", FR: "/journal/cles", EN: "/public-log/keys", Audience: web.Public, Handler: p.keys, Title: "actweb.keys.title"},
		{Name: "log.verbs", Method: "GET", FR: "/journal/genres-d-actes", EN: "/public-log/kinds-of-acts", Audience: web.Public, Handler: p.verbs, Title: "actweb.verbs.title"},
		{Name: "log.atom", Method: "GET", FR: "/journal/flux.atom", EN: "/public-log/feed.atom", Audience: web.Public, Handler: p.atom},
		{Name: "log.json", Method: "GET", FR: "/journal/flux.json", EN: "/public-log/feed.json", Audience: web.Public, Handler: p.jsonFeed},
		{Name: "log.file", Method: "GET", API: "/log/{file...}", Audience: web.Public, Handler: p.file},
	}...)
}

// reader is the kind of reader that a visitor is for act.VisibleTo.
func reader(v *web.Visit) act.ActorKind {
	if v.Visitor.Inside() {
		return act.Agent
	}
	return act.Resident
}

// Timeline shows the acts about a thing on the page of any room, the last first; what the visitor may
// not read is not there.
func (p *Pages) Timeline(ctx context.Context, subject act.Ref) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		v := web.Of(ctx)
		entries, err := act.Journal(ctx, p.Readers, reader(v), act.Filter{Subject: subject, Limit: 100})
		if err != nil {
			return err
		}
		lines, err := p.lines(ctx, v, entries)
		if err != nil {
			return err
		}
		return timeline(lines).Render(ctx, w)
	})
}

// Resolve finds the page behind /id/act/{id}, for web.Config.Resolvers. An internal act has no permanent
// address for whoever may not read it.
func (p *Pages) Resolve(ctx context.Context, which id.ID) (string, []any, error) {
	_, err := act.Find(ctx, p.Readers, reader(web.Of(ctx)), which)
	return "log.act", []any{which}, err
}
