package portfolio

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

// putToken keeps what a token answers for; of the token itself, its digest alone.
func putToken(tx db.Transaction, token string, t answerToken) error {
	return tx.Exec(`INSERT INTO op_portfolio_token (hash, part, version, post, holder, expires_at, used_at)
		VALUES ($1,$2,$3,$4,$5,$6,0)`, id.Digest(token), t.part, t.version, t.post, t.holder, db.Micros(t.expires))
}

func loadToken(ctx context.Context, q db.Querier, token string) (answerToken, error) {
	t, err := db.One(ctx, q, func(r db.Row) (answerToken, error) {
		var t answerToken
		var expires, used int64
		err := r.Scan(&t.part, &t.version, &t.post, &t.holder, &expires, &used)
		t.expires, t.used = db.Instant(expires), db.Instant(used)
		return t, err
	}, `SELECT part, version, post, holder, expires_at, used_at FROM op_portfolio_token WHERE hash = $1`, id.Digest(token))
	return t, notFound(err, "portfolio.token.unknown")
}

// useToken notes that a token has served.
func useToken(tx *act.Tx, token string) error {
	return tx.Exec(`UPDATE op_portfolio_token SET used_at = $1 WHERE hash = $2`, db.Micros(tx.Now()), id.Digest(token))
}
