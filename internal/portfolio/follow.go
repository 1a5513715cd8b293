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
		n, err := tx.Affected(`INSERT INTO op_portfolio_follow
			(id, initiative, email, lang, confirm_hash, leave_token, asked_at, confirmed_at) VALUES ($1,$2,$3,$4,$5,$6,$7,0)
			ON CONFLICT (initiative, email) DO UPDATE SET confirm_hash = excluded.confirm_hash, asked_at = excluded.asked_at,
			lang = excluded.lang WHERE op_portfolio_follow.confirmed_at = 0`,
			id.Random(), i.ID, ask.Email, lang, hash(ask.Confirm), id.Token(), db.Micros(tx.Now()))
		if n == 0 {
			ask.Confirm = ""
		}
		return err
	})
	return ask, err
}

// ReadFollow shows what a link is about; it changes nothing. secret is that of the letter that asks to
// confirm, or that of the foot of every other letter.
func (r *Room) ReadFollow(ctx context.Context, secret string) (Summary, error) {
	i, err := db.One(ctx, r.reads, scanInitiative, `SELECT `+initiativeColumns.list("i")+` FROM op_portfolio_follow f
		JOIN portfolio_initiative i ON i.id = f.initiative WHERE f.confirm_hash = $1 OR f.leave_token = $2`, hash(secret), secret)
	return i.summary(), notFound(err, "portfolio.follow.unknown")
}

// ConfirmFollow begins to follow, by the form behind the link.
func (r *Room) ConfirmFollow(ctx context.Context, secret string) error {
	return r.one(ctx, `UPDATE op_portfolio_follow SET confirmed_at = $1 WHERE confirm_hash = $2`, secret, true)
}

// LeaveFollow ends it, by the form behind the link at the foot of every letter; the address is forgotten.
func (r *Room) LeaveFollow(ctx context.Context, secret string) error {
	return r.one(ctx, `DELETE FROM op_portfolio_follow WHERE leave_token = $1`, secret, false)
}

func (r *Room) one(ctx context.Context, statement, secret string, confirm bool) error {
	return r.writer.Traffic(ctx, func(tx *db.Tx) error {
		args := []any{secret}
		if confirm {
			args = []any{db.Micros(tx.Now()), hash(secret)}
		}
		n, err := tx.Affected(statement, args...)
		if err == nil && n == 0 {
			err = fault.New(fault.NotFound, "portfolio.follow.unknown")
		}
		return err
	})
}

// Follower is an address to write to.
type Follower struct {
	Email, Lang string
	Leave       string // secret of the link that ends it
}

// Followers lists the confirmed addresses of an initiative, for the letters that tell of a decision.
func (r *Room) Followers(ctx context.Context, initiative id.ID) ([]Follower, error) {
	return db.All(ctx, r.reads, func(r db.Row) (Follower, error) {
		var f Follower
		err := r.Scan(&f.Email, &f.Lang, &f.Leave)
		return f, err
	}, `SELECT email, lang, leave_token FROM op_portfolio_follow WHERE initiative = $1 AND confirmed_at > 0 ORDER BY id`, initiative)
}
