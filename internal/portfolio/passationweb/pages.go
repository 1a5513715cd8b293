// Package passationweb is the pages of handovers and récits: what might be lost and what is being handed
// over, for those who work for the city; what people chose to tell of their time in a post, for everybody.
//
// Handlers read a form, call one use case of the room, and lead to a page (303). A signature is asked
// for twice: what is chosen first stands on a page of its own, with its button.
package passationweb

import (
	"context"
	"embed"
	"net/http"

	"github.com/a-h/templ"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio/passation"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// Messages holds the catalogues: the pages, the faults of the room, the sentences of its acts.
//
//go:embed messages
var Messages embed.FS

// Assets holds the style sheet of these pages, for web.Config.Assets.
//
//go:embed css
var Assets embed.FS

// Label is how a post is called, with its page.
type Label struct{ Text, URL string }

// Holding is one holder of a post, as those inside read it.
type Holding struct {
	ID     id.ID
	Name   string
	Period calendar.Period
}

// Config is what the pages are made of. Room and Posts are needed; the rest may be nil.
type Config struct {
	Room *passation.Room
	// Posts finds how posts are called, also those that are over.
	Posts func(ctx context.Context, which []id.ID, lang string) (map[id.ID]Label, error)
	// AllPosts lists the posts that may keep things meanwhile.
	AllPosts func(ctx context.Context, lang string, day calendar.Day) ([]ui.Option, error)
	// Holdings lists who holds a post, and who held it, the latest first.
	Holdings func(ctx context.Context, post id.ID) ([]Holding, error)
	// Thing is the page of a thing that is handed over, "" when it has none.
	Thing func(ctx context.Context, lang string, thing act.Ref) string
	// Journal shows the acts about a thing, folded.
	Journal func(ctx context.Context, subject act.Ref) templ.Component
}

// Pages answers the routes of handovers and récits.
type Pages struct{ Config }

// New makes the pages.
func New(c Config) *Pages { return &Pages{c} }

// frame is what every page knows.
type frame struct {
	Visitor identity.Visitor
	MayAct  bool // forms are shown; the powers answer when they are sent
	Today   calendar.Day
	Lang    string
	posts   map[id.ID]Label
	Journal templ.Component
}

func frameOf(ctx context.Context) frame {
	v := web.Of(ctx)
	return frame{Visitor: v.Visitor, MayAct: v.Visitor.Inside() && !v.Visitor.ReadOnly && len(v.Visitor.Posts) > 0,
		Today: calendar.DayOf(v.Now), Lang: v.Lang}
}

// name reads the names of the posts of a page.
func (p *Pages) name(ctx context.Context, f *frame, posts ...id.ID) (err error) {
	f.posts, err = p.Posts(ctx, posts, f.Lang)
	return err
}

func (f frame) post(post id.ID) Label { return f.posts[post] }

func (p *Pages) journal(r *http.Request, subject act.Ref) templ.Component {
	if p.Config.Journal == nil {
		return nil
	}
	return p.Config.Journal(r.Context(), subject)
}

func (p *Pages) interims(r *http.Request, f frame, but id.ID) ([]ui.Option, error) {
	options := []ui.Option{{Label: ui.T(r.Context(), "passation.interim.nobody")}}
	if p.AllPosts == nil {
		return options, nil
	}
	all, err := p.AllPosts(r.Context(), f.Lang, f.Today)
	for _, o := range all {
		if o.Value != string(but) {
			options = append(options, o)
		}
	}
	return options, err
}
