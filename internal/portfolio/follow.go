package portfolio

import (
	"context"
	"net/mail"
	"strings"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// FollowAsk is what must be mailed so that a subscription can be confirmed.
type FollowAsk struct {
	Email   string
	Lang    string
	Confirm string // secret of the link that confirms; "" when the address follows already: nothing is mailed
}

// Follow asks to be told by e-mail of what happens to a public initiative. Nothing is sent before the
// address has confirmed (double opt-in). Whether an address follows already is not told.
func (r *Room) Follow(ctx context.Context, v identity.Visitor, initiative id.ID, email, lang string) (FollowAsk, error) {
	address, err := mail.ParseAddress(strings.TrimSpace(email))
	if err != nil || len(address.Address) > 254 {
		return FollowAsk{}, invalid("email", "portfolio.follow.bad_address")
	}
	if lang != "en" {
		lang = "fr"
	}
	i, err := r.find(ctx, v, string(initiative))
	if err != nil {
		return FollowAsk{}, err
	}
	if !i.Public() {
		return FollowAsk{}, fault.New(fault.Conflict, "portfolio.initiative.not_public", "number", i.Number)
	}
	ask := FollowAsk{Email: strings.ToLower(address.Address), Lang: lang, Confirm: id.Token()}
	err = r.writer.Traffic(ctx, func(tx *db.Tx) error {
		asked, err := askToFollow(tx, i.ID, ask)
		if !asked {
			ask.Confirm = ""
		}
		return err
	})
	return ask, err
}

// ReadFollow shows what a link is about; it changes nothing. secret is that of the letter that asks to
// confirm, or that of the foot of every other letter.
func (r *Room) ReadFollow(ctx context.Context, secret string) (Summary, error) {
	i, err := followed(ctx, r.reads, secret)
	return i.summary(), err
}

// ConfirmFollow begins to follow, by the form behind the link.
func (r *Room) ConfirmFollow(ctx context.Context, secret string) error {
	return r.writer.Traffic(ctx, func(tx *db.Tx) error { return confirmFollow(tx, secret) })
}

// LeaveFollow ends it, by the form behind the link at the foot of every letter; the address is forgotten.
func (r *Room) LeaveFollow(ctx context.Context, secret string) error {
	return r.writer.Traffic(ctx, func(tx *db.Tx) error { return forgetFollow(tx, secret) })
}

// Follower is an address to write to.
type Follower struct {
	Email, Lang string
	Leave       string // secret of the link that ends it
}

// Followers lists the confirmed addresses of an initiative, for the letters that tell of a decision.
func (r *Room) Followers(ctx context.Context, initiative id.ID) ([]Follower, error) {
	return loadFollowers(ctx, r.reads, initiative)
}
