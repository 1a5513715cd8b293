// Package councilweb is the pages of the committees: their agenda and decisions as everyone reads them,
// and, at the same addresses, what agents and elected members do there.
//
// Handlers read a form, call one use case of the room, and lead to a page (303). What may be read is
// decided by the room (visibility and recusal), what may be done by the powers, in the transaction.
package councilweb

import (
	"context"
	"embed"

	"github.com/a-h/templ"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
)

// Messages holds the catalogues of the committees: their pages, the faults of the room, the sentences of
// its acts.
//
//go:embed messages
var Messages embed.FS

// Assets holds the style sheet of these pages, for web.Config.Assets.
//
//go:embed css
var Assets embed.FS

// Label is how a post or a unit is called, in the reader's language.
type Label struct {
	Short, Long string
	Person      string // who holds the post, where the directory publishes it
	URL         string
}

// Choice is a thing to choose in a form.
type Choice struct{ Value, Label, Group string }

// Names finds how the things of other rooms are called, on a day. A nil one knows nothing.
type Names struct {
	Posts, Units func(ctx context.Context, ids []id.ID, lang string, day calendar.Day) (map[id.ID]Label, error)
	// AllPosts offers the posts of the city, AllUnits its units: values are ids.
	AllPosts, AllUnits func(ctx context.Context, lang string, day calendar.Day) ([]Choice, error)
}

// Template is a committee that the governance profile in force describes.
type Template struct {
	Code, NameFR, NameEN, Voting string
	Quorum, Notice               int
}

// Config is what the pages are made of. Room, Portfolio, Names and Official are needed; the rest may be nil.
type Config struct {
	// Official words what the law wants in French, whoever reads: minutes.
	Official  *i18n.Printer
	Room      *council.Room
	Portfolio *portfolio.Room
	Names     Names
	// Templates lists the committees that the profile in force describes.
	Templates func(ctx context.Context) ([]Template, error)
	// City and SIRET name the authority in open data and exchange files; Domain ends the UIDs of agendas.
	City, SIRET, Domain string
	// Held lists the posts that the owner of a secret agenda holds today; nil: there are no such agendas.
	Held func(ctx context.Context, owner council.FeedOwner) ([]identity.PostRef, error)
	// Elected lists the elected members of today, for their cabinet.
	Elected func(ctx context.Context, lang string) ([]Member, error)
	// Journal shows the acts about a thing, folded.
	Journal func(ctx context.Context, subject act.Ref) templ.Component
}

// Pages answers the routes of the committees.
type Pages struct{ Config }

// New makes the pages.
func New(c Config) *Pages { return &Pages{c} }
