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
		s, _, err := sessionByToken(tx.Context(), tx, id.Digest(token))
		if fault.KindOf(err) == fault.NotFound {
			return nil // signed out already
		}
		if err != nil {
			return err
		}
		ended = s
		j.note(SignedOut, s.Account, s.ID, "")
		return endSession(tx, s.ID)
	})
	return ended, err
}

// Sessions lists the sessions of the visitor's own account that still hold, the latest first.
func (i *Identity) Sessions(ctx context.Context, v Visitor) ([]Session, error) {
	all, err := sessionsOf(ctx, i.cfg.Readers, v.Account)
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
		ended, err := endOthers(tx, v, session)
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

// Sweep forgets what has ended: sessions, links, ceremonies, directories that were not applied, and
// events older than EventsKept.
func (i *Identity) Sweep(ctx context.Context) error {
	return i.cfg.Writer.Traffic(ctx, func(tx *db.Tx) error {
		if err := sweepSessions(tx); err != nil {
			return err
		}
		if err := sweepDirectories(tx); err != nil {
			return err
		}
		return sweepEvents(tx)
	})
}
