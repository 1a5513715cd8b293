package portfolio

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// askToFollow keeps an address until it confirms; it tells whether there is anything to confirm: an
// address that follows already is left as it is.
func askToFollow(tx *db.Tx, initiative id.ID, ask FollowAsk) (bool, error) {
	n, err := tx.Affected(`INSERT INTO op_portfolio_follow
		(id, initiative, email, lang, confirm_hash, leave_token, asked_at, confirmed_at) VALUES ($1,$2,$3,$4,$5,$6,$7,0)
		ON CONFLICT (initiative, email) DO UPDATE SET confirm_hash = excluded.confirm_hash, asked_at = excluded.asked_at,
		lang = excluded.lang WHERE op_portfolio_follow.confirmed_at = 0`,
		id.Random(), initiative, ask.Email, ask.Lang, id.Digest(ask.Confirm), id.Token(), db.Micros(tx.Now()))
	return n > 0, err
}

// followed reads the initiative that the secret of a letter is about. Faults: NotFound.
func followed(ctx context.Context, q db.Querier, secret string) (Initiative, error) {
	i, err := db.One(ctx, q, scanInitiative, `SELECT `+initiativeColumns.List("i")+` FROM op_portfolio_follow f
		JOIN portfolio_initiative i ON i.id = f.initiative WHERE f.confirm_hash = $1 OR f.leave_token = $2`, id.Digest(secret), secret)
	return i, notFound(err, "portfolio.follow.unknown")
}

func confirmFollow(tx *db.Tx, secret string) error {
	return someFollow(tx.Affected(`UPDATE op_portfolio_follow SET confirmed_at = $1 WHERE confirm_hash = $2`,
		db.Micros(tx.Now()), id.Digest(secret)))
}

func forgetFollow(tx *db.Tx, secret string) error {
	return someFollow(tx.Affected(`DELETE FROM op_portfolio_follow WHERE leave_token = $1`, secret))
}

// someFollow refuses a secret that changed nothing.
func someFollow(n int64, err error) error {
	if err == nil && n == 0 {
		err = fault.New(fault.NotFound, "portfolio.follow.unknown")
	}
	return err
}

func loadFollowers(ctx context.Context, q db.Querier, initiative id.ID) ([]Follower, error) {
	return db.All(ctx, q, func(r db.Row) (Follower, error) {
		var f Follower
		err := r.Scan(&f.Email, &f.Lang, &f.Leave)
		return f, err
	}, `SELECT email, lang, leave_token FROM op_portfolio_follow WHERE initiative = $1 AND confirmed_at > 0 ORDER BY id`, initiative)
}
