// Package strategyweb is the pages of the strategy: what the city is for and how far it has come, as
// everyone reads it, and the pages on which agents write, measure, decide and moderate.
//
// Handlers read a form, call one use case of the room, and lead to a page (303). What may be read is
// decided by the room (visibility, in SQL), what may be done by the powers, in the transaction.
package strategyweb

import (
	"context"
	"embed"
	"net/http"

	"github.com/a-h/templ"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// Messages holds the catalogues of the strategy: its pages, the faults of the room, the sentences of
// its acts.
//
//go:embed messages
var Messages embed.FS

// Assets holds the style sheet of these pages, for web.Config.Assets.
//
//go:embed css
var Assets embed.FS

// Label is how a post or a unit is called, with its page.
type Label struct{ Text, URL string }

// Namer finds how things are called in a language on a day; those it does not know are left out.
type Namer func(ctx context.Context, which []id.ID, lang string, day calendar.Day) (map[id.ID]Label, error)

// Config is what the pages are made of. Room and Portfolio are needed; the rest may be nil.
type Config struct {
	Room      *strategy.Room
	Portfolio *portfolio.Room
	Posts     Namer
	Units     Namer
	AllUnits  func(ctx context.Context, lang string, day calendar.Day) ([]ui.Option, error)
	// Journal shows the acts about a thing, folded.
	Journal func(ctx context.Context, subject act.Ref) templ.Component
}

// Pages answers the routes of the strategy.
type Pages struct{ Config }

// New makes the pages.
func New(c Config) *Pages { return &Pages{c} }

// frame is what every page knows.
type frame struct {
	Visitor identity.Visitor
	MayAct  bool // forms are shown; the powers answer when they are sent
	Today   calendar.Day
	Lang    string
	Hushed  bool // before a vote: how far the city has come is not put forward
	posts   map[id.ID]Label
	units   map[id.ID]Label
	Journal templ.Component
}

func (p *Pages) frame(r *http.Request) frame {
	v := web.From(r)
	return frame{Visitor: v.Visitor, MayAct: v.Visitor.Inside() && !v.Visitor.ReadOnly && len(v.Visitor.Posts) > 0,
		Today: calendar.DayOf(v.Now), Lang: v.Lang, Hushed: v.BeforeVote()}
}

// name reads the names of the posts and units of a page.
func (p *Pages) name(r *http.Request, f *frame, posts, units []id.ID) (err error) {
	ask := func(n Namer, which []id.ID) (map[id.ID]Label, error) {
		if n == nil || len(which) == 0 {
			return nil, nil
		}
		return n(r.Context(), which, f.Lang, f.Today)
	}
	if f.posts, err = ask(p.Posts, posts); err != nil {
		return err
	}
	f.units, err = ask(p.Units, units)
	return err
}

func (f frame) post(post id.ID) Label { return f.posts[post] }
func (f frame) unit(unit id.ID) Label { return f.units[unit] }

// journal shows the acts about a thing, when the city has a journal.
func (p *Pages) journal(r *http.Request, subject act.Ref) templ.Component {
	if p.Config.Journal == nil {
		return nil
	}
	return p.Config.Journal(r.Context(), subject)
}

func (p *Pages) unitOptions(r *http.Request, f frame) ([]ui.Option, error) {
	if p.AllUnits == nil {
		return nil, nil
	}
	return p.AllUnits(r.Context(), f.Lang, f.Today)
}
