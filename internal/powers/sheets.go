package powers

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// UnitSheet is what the page of a unit shows.
type UnitSheet struct {
	Node
	Links    []LinkView // every nature, both sides
	Posts    []Held
	More     bool // there are more posts than asked for
	Doors    []Door
	Names    []Renaming
	Changes  []Becoming
	BodyName string
}

// LinkView is a link seen from one side.
type LinkView struct {
	Link
	Other Naming // of the unit at the other end
	Above bool   // the other unit is the parent
}

// Door is a referent with the unit and the post.
type Door struct {
	Referent
	UnitName Naming
	UnitCode string
	Held     Held
}

// Renaming is a name during some days.
type Renaming struct {
	Span
	Naming
}

// Becoming is what became of a unit, or where it comes from.
type Becoming struct {
	Span           // the day of the change is Period.From
	Kind, LegalAct string
	Old, New       id.ID
	OldName        Naming
	NewName        Naming
}

// postsShown bounds the posts of a unit page; the rest is a page further.
const postsShown = 100

// UnitAt reads the page of a unit at a moment, with posts from a rank on. Faults: NotFound powers.unit.unknown.
func UnitAt(ctx context.Context, q db.Querier, unit id.ID, m Moment, names bool, from int) (*UnitSheet, error) {
	node, err := nodeAt(ctx, q, unit, m)
	if err != nil {
		return nil, err
	}
	s := &UnitSheet{Node: node}
	if s.Posts, err = heldWhere(ctx, q, m, names, `p.unit = $4`+inOrder+` LIMIT $5 OFFSET $6`, unit, postsShown+1, from); err != nil {
		return nil, err
	}
	if s.More = len(s.Posts) > postsShown; s.More {
		s.Posts = s.Posts[:postsShown]
	}
	if s.Links, err = linkViews(ctx, q, unit, m); err != nil {
		return nil, err
	}
	if s.Names, err = renamings(ctx, q, unit, m); err != nil {
		return nil, err
	}
	if s.Changes, err = becomings(ctx, q, unit, m); err != nil {
		return nil, err
	}
	if s.Doors, err = doorsWhere(ctx, q, m, names, ` AND r.unit = $4`, unit); err != nil {
		return nil, err
	}
	body, err := BodyAt(ctx, q, node.Body, m)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return nil, err
	}
	s.BodyName = body.Name
	return s, nil
}

// Doors lists who answers for what: « la bonne porte », by unit.
func Doors(ctx context.Context, q db.Querier, m Moment, names bool) ([]Door, error) {
	return doorsWhere(ctx, q, m, names, ``)
}

// PostSheet is what the page of a post shows.
type PostSheet struct {
	Post
	UnitName Naming
	UnitCode string
	Current  []Held // on the day asked about
	All      []Held // successive holders, the last first
	Given    []DelegationView
	Received []DelegationView
}

// DelegationView is a delegation with the two posts.
type DelegationView struct {
	Delegation
	GiverCode, GiverTitle       string
	ReceiverCode, ReceiverTitle string
}

// PostFor reads the page of a post at a moment, for a reader who may read every name or only those that are public. A post
// that is over is shown on its last day with Current empty by asking for that day. Faults: NotFound powers.post.unknown.
func PostFor(ctx context.Context, q db.Querier, post id.ID, m Moment, names bool) (*PostSheet, error) {
	s, err := postSheet(ctx, q, post, m)
	if err != nil {
		return nil, err
	}
	if s.Current, err = heldWhere(ctx, q, m, names, `h.thing IS NOT NULL AND p.thing = $4`+inOrder, post); err != nil {
		return nil, err
	}
	if s.All, err = successive(ctx, q, post, m, names); err != nil {
		return nil, err
	}
	if s.Given, err = delegationViews(ctx, q, m, "d.from_post = $2", post); err != nil {
		return nil, err
	}
	s.Received, err = delegationViews(ctx, q, m, "d.to_post = $2", post)
	return s, err
}
