// Package portfolioweb is the pages of the portfolio: the projects of the city as everyone reads them,
// and, at the same addresses, what agents and elected members do about them.
//
// Handlers read a form, call one use case of the room, and lead to a page (303). What may be read is
// decided by the room (visibility, in SQL), what may be done by the powers, in the transaction.
package portfolioweb

import (
	"context"
	"embed"

	"github.com/a-h/templ"

	"parvis/internal/act"
	"parvis/internal/geo"
	"parvis/internal/id"
	"parvis/internal/money"
	"parvis/internal/portfolio"
)

// Messages holds the catalogues of the portfolio: its pages, the faults of the room, the sentences of
// its acts.
//
//go:embed messages
var Messages embed.FS

// Assets holds the style sheet of these pages, for web.Config.Assets.
//
//go:embed css
var Assets embed.FS

// Config is what the pages are made of. Room and Names are needed; the rest may be nil.
type Config struct {
	Room  *portfolio.Room
	Names Names
	// Layer is the city's territories; the ID of a feature is the code of a place.
	Layer *geo.Layer
	// Journal shows the acts about a thing, folded.
	Journal func(ctx context.Context, subject act.Ref) templ.Component
	// WhoMayDecide proposes to whom a question may be put.
	WhoMayDecide func(ctx context.Context, ask Ask) ([]Candidate, error)
	// SpeaksFor tells whether a post may answer for a unit; nil: only posts of the unit itself are shown the form.
	SpeaksFor func(ctx context.Context, post, unit id.ID) (bool, error)
	// AskToConfirm mails the letter by which an address confirms that it follows a project; nil: Atom only.
	AskToConfirm func(ctx context.Context, ask portfolio.FollowAsk, about portfolio.Initiative) error
	// Beside shows what another room says of an initiative, beside its facts; nil: nothing.
	Beside func(ctx context.Context, i portfolio.Initiative) (templ.Component, error)
	// ToDoMore shows what waits for the visitor in other rooms; nil: nothing.
	ToDoMore func(ctx context.Context) (templ.Component, error)
	// At says of questions at which meeting each comes next; nil: nowhere.
	At func(ctx context.Context, questions []id.ID) (map[id.ID]templ.Component, error)
	// Ahead shows which circuits of opinions a question awaits, or would follow; nil: nothing.
	Ahead func(ctx context.Context, question id.ID) (templ.Component, error)
	// Interests says beside a question, before its file, who withdrew from it, and leads to the declaration of one's own; nil: nothing.
	Interests func(ctx context.Context, a portfolio.Arbitration) (templ.Component, error)
	// Withdrawn shows an elected member the questions from which they withdrew; nil: none.
	Withdrawn func(ctx context.Context) (templ.Component, error)
	// PublicBoards shows the wall to everybody, with what is public on it.
	PublicBoards bool
}

// Ask is what a question will be about, as far as whoever asks has said.
type Ask struct {
	Initiative portfolio.Initiative
	Amount     money.Amount
	Matter     string // code; the initiative's when the form says nothing
	Place      string // code; "" for the whole city
	Sponsors   []id.ID
	Parts      []id.ID // units that hold a part
	Lead       []id.ID
}

// Candidate is a post to which the question may be put, and for what.
type Candidate struct {
	Post     id.ID
	Capacity portfolio.Capacity
	Reason   string // by which rule or delegation, already in the reader's language
}

// Pages answers the routes of the portfolio.
type Pages struct{ Config }

// New makes the pages.
func New(c Config) *Pages { return &Pages{c} }
