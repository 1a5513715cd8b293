package identity

import (
	"slices"
	"time"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Kind is the set of what a visitor is. The zero value is an anonymous visitor.
type Kind uint8

// What a visitor may be, several at once.
const (
	Resident Kind = 1 << iota
	Agent         // holds a post today
	Elected       // one of these posts is that of an elected member
	Admin         // was made administrator by an act

	Anonymous Kind = 0
)

// LayerElected is the layer of the posts of elected members.
const LayerElected = "elu"

// LayerCabinet is the layer of those who work for the elected members (CGFP, art. L333-1).
const LayerCabinet = "cabinet"

// PostRef is a post the visitor holds today.
type PostRef struct {
	ID     id.ID
	Holder id.ID // the affectation or term of office through which it is held
	Title  string
	UnitID id.ID
	Unit   string
	Layer  string // elu, cabinet, haut_fonctionnaire, service, terrain, externe
}

// Means is how a session proved who it belongs to.
type Means string

// The means of signing in, from the weakest to the strongest. ByDemo exists in demonstrations only.
const (
	ByLink     Means = "link"
	ByProvider Means = "oidc"
	ByPasskey  Means = "passkey"
	ByDemo     Means = "demo"
)

// Visitor is who is behind a request.
type Visitor struct {
	Kind     Kind
	Account  id.ID // empty when anonymous
	Person   id.ID // the person of the powers; empty for residents
	Name     string
	Email    string
	Lang     string // preferred language; "" when none was chosen
	Posts    []PostRef
	Session  id.ID
	Means    Means
	StrongAt time.Time // when a passkey, or a provider at the required level, last proved the visitor; zero if never in this session
	ReadOnly bool      // an agent signed in by an e-mail link alone: may read, may not act
	Demo     bool      // a demonstration account
}

// Is tells whether the visitor is any of the kinds.
func (v Visitor) Is(kinds Kind) bool { return v.Kind&kinds != 0 }

// SignedIn tells whether the visitor has an account.
func (v Visitor) SignedIn() bool { return v.Account != "" }

// Inside tells whether the visitor works for the city, and may read what is internal to it.
func (v Visitor) Inside() bool { return v.Is(Agent | Elected | Admin) }

// Serves tells whether the visitor holds a post of the cabinet today.
func (v Visitor) Serves() bool {
	return slices.ContainsFunc(v.Posts, func(p PostRef) bool { return p.Layer == LayerCabinet })
}

// Channels of the actors made here. ReadOnlyChannel marks an actor that Guard refuses.
const (
	WebChannel      = "web"
	ReadOnlyChannel = "link"
)

// Actor is the visitor acting through one of the posts held today; post "" chooses the first. A post
// that is not held is never used: the actor then has none, and the powers answer accordingly.
func (v Visitor) Actor(post id.ID) act.Actor {
	a := act.Actor{Kind: act.Resident, Account: v.Account, Channel: WebChannel}
	if v.ReadOnly {
		a.Channel = ReadOnlyChannel
	}
	if !v.Inside() {
		return a
	}
	a.Kind = act.Agent
	if p, ok := v.Post(post); ok {
		a.Post, a.Holder = p.ID, p.Holder
	}
	return a
}

// Post finds one of the posts held today; "" finds the first.
func (v Visitor) Post(post id.ID) (PostRef, bool) {
	i := slices.IndexFunc(v.Posts, func(p PostRef) bool { return post == "" || p.ID == post })
	if i < 0 {
		return PostRef{}, false
	}
	return v.Posts[i], true
}

// Holds tells whether the visitor holds a post today; nobody holds "".
func (v Visitor) Holds(post id.ID) bool {
	_, held := v.Post(post)
	return held && post != ""
}

// FreshFor is how long a proof of identity is enough for visas, decisions, signatures, freezes and
// roll imports (OWASP ASVS 5.0, 7.5.1).
const FreshFor = 5 * time.Minute

// RequireFresh refuses a visitor whose identity was not proved in the last five minutes: the edge
// then asks for the passkey again and repeats the request.
func RequireFresh(v Visitor, now time.Time) error {
	if v.StrongAt.IsZero() || now.Sub(v.StrongAt) >= FreshFor || v.ReadOnly {
		return fault.New(fault.Unauthenticated, "identity.fresh_required")
	}
	return nil
}

// RequireWrite refuses visitors who may only read.
func RequireWrite(v Visitor) error {
	switch {
	case !v.SignedIn():
		return fault.New(fault.Unauthenticated, "identity.sign_in_required")
	case v.ReadOnly:
		return fault.New(fault.Denied, "identity.read_only")
	}
	return nil
}
