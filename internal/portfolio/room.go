package portfolio

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// Directory is what the room asks of the powers: functions, because that is all it needs of them.
// Each reads through q, so that a use case sees the same state as its transaction.
type Directory struct {
	// Posts describes the posts that exist on the day; one that does not is missing from the answer.
	Posts func(ctx context.Context, q db.Querier, posts []id.ID, day calendar.Day) (map[id.ID]Post, error)
	// HeldBy lists the posts that a person holds on the day; nil: nobody says who a holder is.
	HeldBy func(ctx context.Context, q db.Querier, person id.ID, day calendar.Day) ([]id.ID, error)
	// Units describes the units (outside organisations are units too) that exist on the day.
	Units func(ctx context.Context, q db.Querier, units []id.ID, day calendar.Day) (map[id.ID]Unit, error)
	// SpeaksFor tells whether the post belongs to the unit, or to one below it, on the day.
	SpeaksFor func(ctx context.Context, q db.Querier, post, unit id.ID, day calendar.Day) (bool, error)
	// ByCode finds the post or unit that a city's own spreadsheet names by its code; "" when unknown.
	PostByCode func(ctx context.Context, q db.Querier, code string, day calendar.Day) (id.ID, error)
	UnitByCode func(ctx context.Context, q db.Querier, code string, day calendar.Day) (id.ID, error)
	// Who proposes to whom a question is put, and in which capacity; nil: nobody is proposed.
	Who func(ctx context.Context, q db.Querier, ask act.Ask) ([]AskedPost, error)
	// CoLeads tells whether the profile in force lets an initiative have co-leads; nil: it does.
	CoLeads func(ctx context.Context, q db.Querier, day calendar.Day) (bool, error)
}

// Post is what is shown of a post on a day. Held is false while nobody holds it: a sponsor or owner
// whose term has ended is not shown as current (I27).
type Post struct {
	ID      id.ID
	Code    string
	Title   string
	TitleEN string // "" when not translated
	Unit    id.ID
	Elected bool
	Held    bool
	Holder  id.ID // the affectation or term through which it is held; "" when nobody does, or nobody says
	Person  id.ID // who holds it; "" likewise
}

// Unit is what is shown of a unit on a day.
type Unit struct {
	ID     id.ID
	Code   string // its acronym: DVD, DPE…
	Name   string
	NameEN string // "" when not translated
}

// Config is what the room is made of.
type Config struct {
	Log       *act.Log
	Reads     db.Querier
	Marks     *act.Marks // of the acts that Reads reads; nil: the room looks for itself
	Writer    *db.Writer // for drafts, tokens and subscriptions only
	Directory Directory
	Clock     clock.Clock
	Blobs     *blob.Store // files of papers; nil: papers are links
	// Withheld lists the questions, and the items of committees, that are kept from a visitor who withdrew from the
	// matter (a recused member of a committee); nil: none. What was made public is kept from nobody.
	Withheld func(ctx context.Context, v identity.Visitor) (map[id.ID]bool, error)
	// Unbound refuses to decide a question while a visa about it is awaited in a later room; nil: nothing binds.
	Unbound func(tx *act.Tx, arbitration id.ID) error
	// Published follows, in a later room, the decision that a person makes public here; nil: nothing follows.
	Published func(tx *act.Tx, arbitration, cause id.ID) error
	// Barred refuses who acts on a question, or on an item of a committee, from which they withdrew; nil: nobody is.
	Barred func(tx *act.Tx, matter act.Ref) error
	// Bureau lists the posts that speak for a committee; nil: none do.
	Bureau func(tx *act.Tx, committee id.ID) ([]id.ID, error)
}

// Room is the portfolio of a city. Its methods are safe for concurrent use.
type Room struct {
	withheld  func(context.Context, identity.Visitor) (map[id.ID]bool, error)
	unbound   func(*act.Tx, id.ID) error
	published func(tx *act.Tx, arbitration, cause id.ID) error
	barred    func(*act.Tx, act.Ref) error
	bureau    func(*act.Tx, id.ID) ([]id.ID, error)
	log       *act.Log
	reads     db.Querier
	writer    *db.Writer
	dir       Directory
	clock     clock.Clock
	blobs     *blob.Store
	marks     *act.Marks
	cards     *cardShelf
	counts    *act.Kept[string, Pending]
	used      *act.Kept[usedKey, InUse]
}

// New opens the room.
func New(c Config) *Room {
	if c.Clock == nil {
		c.Clock = clock.System{}
	}
	if c.Marks == nil {
		c.Marks = act.NewMarks(c.Reads)
	}
	return &Room{withheld: c.Withheld, unbound: c.Unbound, published: c.Published, barred: c.Barred, bureau: c.Bureau, log: c.Log, reads: c.Reads, writer: c.Writer, dir: c.Directory, clock: c.Clock, blobs: c.Blobs, marks: c.Marks, cards: newCardShelf(),
		counts: act.Keep[string, Pending](c.Marks, countsKept, "portfolio", "council"),
		used:   act.Keep[usedKey, InUse](c.Marks, decksKept, "portfolio", "powers")}
}

// Today is the legal day of the room's clock.
func (r *Room) Today() calendar.Day { return calendar.DayOf(r.clock.Now()) }

// requireAgent refuses whoever does not act from a post of the city: residents follow and comment,
// they do not change the portfolio. Systems name the human act that set them off.
func requireAgent(by act.Actor) error {
	switch {
	case by.Kind == act.System && by.SetOffBy != "":
		return nil
	case by.Kind == act.Agent && by.Post != "":
		return nil
	}
	return fault.New(fault.Denied, "portfolio.agents_only")
}

// do runs a use case for an agent.
func do[T any](ctx context.Context, r *Room, by act.Actor, fn func(*act.Tx) (T, error)) (T, error) {
	if err := requireAgent(by); err != nil {
		var zero T
		return zero, err
	}
	return act.Do(ctx, r.log, by, fn)
}

// post checks that a post exists today.
func (r *Room) post(tx *act.Tx, post id.ID, field string) (Post, error) {
	found, err := r.dir.Posts(tx.Context(), tx, []id.ID{post}, tx.Today())
	if err != nil {
		return Post{}, err
	}
	p, ok := found[post]
	if !ok {
		return Post{}, fault.New(fault.Invalid, "portfolio.form").At(field, "portfolio.unknown_post")
	}
	return p, nil
}

// unit checks that a unit exists today.
func (r *Room) unit(tx *act.Tx, unit id.ID, field string) (Unit, error) {
	found, err := r.dir.Units(tx.Context(), tx, []id.ID{unit}, tx.Today())
	if err != nil {
		return Unit{}, err
	}
	u, ok := found[unit]
	if !ok {
		return Unit{}, fault.New(fault.Invalid, "portfolio.form").At(field, "portfolio.unknown_unit")
	}
	return u, nil
}
