package identity

import (
	"context"
	"time"

	"parvis/internal/db"
)

func scanLink(r db.Row) (Link, error) {
	var l Link
	var ends int64
	err := r.Scan(&l.Purpose, &l.Account, &l.Email, &l.Name, &l.Lang, &l.Back, &ends)
	l.EndsAt = db.Instant(ends)
	return l, err
}

const linkColumns = `purpose, account, email, name, lang, back, ends_at`

func linkByToken(ctx context.Context, q db.Querier, token string) (Link, error) {
	return db.One(ctx, q, scanLink, `SELECT `+linkColumns+` FROM op_link WHERE token = $1`, token)
}

// takeLink removes a link that may still be used: of many at once, one gets it.
func takeLink(tx *db.Tx, token string) (Link, error) {
	return db.One(tx.Context(), tx, scanLink, `DELETE FROM op_link WHERE token = $1 AND ends_at > $2 RETURNING `+linkColumns,
		token, db.Micros(tx.Now()))
}

func insertLink(tx *db.Tx, l Link, token string) error {
	return tx.Exec(`INSERT INTO op_link (token, purpose, account, email, name, lang, back, created_at, ends_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
		token, string(l.Purpose), l.Account, l.Email, l.Name, l.Lang, l.Back, db.Micros(tx.Now()), db.Micros(l.EndsAt))
}

func linksSince(tx *db.Tx, email string, since time.Time) (int64, error) {
	return db.One(tx.Context(), tx, db.Scalar[int64], `SELECT COUNT(*) FROM op_link WHERE email = $1 AND created_at > $2`,
		email, db.Micros(since))
}
