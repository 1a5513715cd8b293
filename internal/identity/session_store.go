package identity

import (
	"context"
	"time"

	"parvis/internal/db"
)

const sessionColumns = `id, account, means, read_only, strong_at, device, created_at, seen_at, ends_at, idle, provider, id_token`

const selectSession = `SELECT ` + sessionColumns + ` FROM op_session `

func scanSession(r db.Row) (Session, error) {
	var s Session
	var strong, created, seen, ends, idle int64
	err := r.Scan(&s.ID, &s.Account, &s.Means, &s.ReadOnly, &strong, &s.Device, &created, &seen, &ends, &idle, &s.Provider, &s.IDToken)
	s.StrongAt, s.CreatedAt, s.SeenAt, s.EndsAt = db.Instant(strong), db.Instant(created), db.Instant(seen), db.Instant(ends)
	s.Idle = time.Duration(idle) * time.Microsecond
	return s, err
}

func sessionByToken(ctx context.Context, q db.Querier, token string) (Session, Account, error) {
	s, err := db.One(ctx, q, scanSession, selectSession+`WHERE token = $1`, token)
	if err != nil {
		return Session{}, Account{}, err
	}
	a, err := accountByID(ctx, q, s.Account)
	return s, a, err
}

func sessionByID(tx *db.Tx, v Visitor) (Session, error) {
	return db.One(tx.Context(), tx, scanSession, selectSession+`WHERE id = $1 AND account = $2`, v.Session, v.Account)
}

func insertSession(tx *db.Tx, s Session, token string) error {
	return tx.Exec(`INSERT INTO op_session (token, `+sessionColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`,
		token, s.ID, s.Account, string(s.Means), s.ReadOnly, db.Micros(s.StrongAt), s.Device, db.Micros(s.CreatedAt),
		db.Micros(s.SeenAt), db.Micros(s.EndsAt), s.Idle.Microseconds(), s.Provider, s.IDToken)
}
