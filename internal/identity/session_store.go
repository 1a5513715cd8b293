package identity

import (
	"context"
	"time"

	"parvis/internal/db"
	"parvis/internal/id"
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

// endSessions ends every session of an account and forgets its links, at once.
func endSessions(tx *db.Tx, account id.ID) error {
	for _, statement := range []string{
		`DELETE FROM op_session WHERE account = $1`,
		`DELETE FROM op_ceremony WHERE account = $1 AND account <> ''`,
		`DELETE FROM op_link WHERE account = $1 AND account <> ''`,
	} {
		if err := tx.Exec(statement, account); err != nil {
			return err
		}
	}
	return nil
}

func endToken(tx *db.Tx, token string) error {
	return tx.Exec(`DELETE FROM op_session WHERE token = $1`, token)
}

func endSession(tx *db.Tx, session id.ID) error {
	return tx.Exec(`DELETE FROM op_session WHERE id = $1`, session)
}

// endOthers ends one session of the visitor's account, or with "" all but the present one.
func endOthers(tx *db.Tx, v Visitor, session id.ID) ([]id.ID, error) {
	return db.All(tx.Context(), tx, db.Scalar[id.ID], `DELETE FROM op_session
		WHERE account = $1 AND (id = $2 OR ($2 = '' AND id <> $3)) RETURNING id`, v.Account, session, v.Session)
}

func sessionsOf(ctx context.Context, q db.Querier, account id.ID) ([]Session, error) {
	return db.All(ctx, q, scanSession, selectSession+`WHERE account = $1 ORDER BY seen_at DESC, created_at DESC, id`, account)
}

func saveSeen(tx *db.Tx, session id.ID) error {
	return tx.Exec(`UPDATE op_session SET seen_at = $1 WHERE id = $2`, db.Micros(tx.Now().Truncate(seenStep)), session)
}

// saveProof notes a new proof under a new token; false when the session is no more.
func saveProof(tx *db.Tx, session id.ID, token string, p proof) (bool, error) {
	n, err := tx.Affected(`UPDATE op_session SET token = $1, strong_at = $2, means = $3, read_only = FALSE WHERE id = $4`,
		token, db.Micros(p.at(tx.Now())), string(p.means), session)
	return n == 1, err
}

// sweepSessions forgets sessions, links and ceremonies that have ended. Links are kept for an hour: they
// count against the rate of their address.
func sweepSessions(tx *db.Tx) error {
	now := db.Micros(tx.Now())
	err := tx.Exec(`DELETE FROM op_session WHERE ends_at <= $1 OR seen_at + idle + $2 <= $1`, now, seenStep.Microseconds())
	if err != nil {
		return err
	}
	if err := tx.Exec(`DELETE FROM op_link WHERE created_at <= $1`, db.Micros(tx.Now().Add(-time.Hour))); err != nil {
		return err
	}
	return tx.Exec(`DELETE FROM op_ceremony WHERE ends_at <= $1`, now)
}
