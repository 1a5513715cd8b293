package identity

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// SignOut ends the session of the token. It gives back the session, whose provider may have a
// sign-out of its own.
func (i *Identity) SignOut(ctx context.Context, token string, from Client) (Session, error) {
	var ended Session
	err := i.traffic(ctx, from, func(tx *db.Tx, j *journal) error {
		s, _, err := sessionByToken(tx.Context(), tx, digest(token))
		if fault.KindOf(err) == fault.NotFound {
			return nil // signed out already
		}
		if err != nil {
			return err
		}
		ended = s
		j.note(SignedOut, s.Account, s.ID, "")
		return tx.Exec(`DELETE FROM op_session WHERE id = $1`, s.ID)
	})
	return ended, err
}

// Sessions lists the sessions of the visitor's own account that still hold, the latest first.
func (i *Identity) Sessions(ctx context.Context, v Visitor) ([]Session, error) {
	all, err := db.All(ctx, i.cfg.Readers, scanSession, selectSession+`WHERE account = $1 ORDER BY seen_at DESC, created_at DESC, id`, v.Account)
	now := i.cfg.Clock.Now()
	var live []Session
	for _, s := range all {
		if s.live(now) {
			live = append(live, s)
		}
	}
	return live, err
}

// Revoke ends one of the visitor's own sessions; "" ends all the others.
func (i *Identity) Revoke(ctx context.Context, v Visitor, session id.ID, from Client) error {
	return i.traffic(ctx, from, func(tx *db.Tx, j *journal) error {
		ended, err := db.All(tx.Context(), tx, db.Scalar[id.ID], `DELETE FROM op_session
			WHERE account = $1 AND (id = $2 OR ($2 = '' AND id <> $3)) RETURNING id`, v.Account, session, v.Session)
		if err != nil {
			return err
		}
		if len(ended) == 0 && session != "" {
			return fault.New(fault.NotFound, "identity.session.not_found")
		}
		for _, s := range ended {
			j.note(SessionRevoked, v.Account, s, "own")
		}
		return nil
	})
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

// Sweep forgets what has ended: sessions, links, ceremonies, directories that were not applied, and
// events older than EventsKept.
func (i *Identity) Sweep(ctx context.Context) error {
	return i.cfg.Writer.Traffic(ctx, func(tx *db.Tx) error {
		now := db.Micros(tx.Now())
		for _, statement := range []string{
			`DELETE FROM op_session WHERE ends_at <= $1 OR seen_at + idle + 300000000 <= $1`,
			`DELETE FROM op_link WHERE created_at <= $1 - 3600000000`, // an hour: they count against the rate
			`DELETE FROM op_ceremony WHERE ends_at <= $1`,
		} {
			if err := tx.Exec(statement, now); err != nil {
				return err
			}
		}
		if err := sweepDirectories(tx); err != nil {
			return err
		}
		return tx.Exec(`DELETE FROM op_security_event WHERE at <= $1`, db.Micros(tx.Now().Add(-EventsKept)))
	})
}
