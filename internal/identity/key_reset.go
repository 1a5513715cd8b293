package identity

import (
	"context"
	"time"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// resetFor is how long a reset waits for its second administrator.
const resetFor = 24 * time.Hour

// KeyReset is a reset of an account's passkeys that waits for a second administrator.
type KeyReset struct {
	Account id.ID
	AskedBy id.ID
	AskedAt time.Time
}

func requireAdmin(v Visitor, now time.Time) error {
	if !v.Is(Admin) {
		return errNotAdmin()
	}
	return RequireFresh(v, now)
}

// AskKeyReset asks that the passkeys of somebody who lost them be forgotten; another administrator
// confirms. One alone could otherwise enter as anybody whose mail they can read.
func (i *Identity) AskKeyReset(ctx context.Context, v Visitor, account id.ID, from Client) error {
	if err := requireAdmin(v, i.cfg.Clock.Now()); err != nil {
		return err
	}
	return i.traffic(ctx, from, func(tx *db.Tx, j *journal) error {
		if _, err := accountByID(tx.Context(), tx, account); err != nil {
			return err
		}
		j.note(KeysResetAsked, account, v.Session, string(v.Account))
		return tx.Exec(`INSERT INTO op_key_reset (account, asked_by, asked_at) VALUES ($1,$2,$3)
			ON CONFLICT (account) DO UPDATE SET asked_by = excluded.asked_by, asked_at = excluded.asked_at`,
			account, v.Account, db.Micros(tx.Now()))
	})
}

// KeyResets lists the resets that wait.
func (i *Identity) KeyResets(ctx context.Context) ([]KeyReset, error) {
	return db.All(ctx, i.cfg.Readers, scanKeyReset, `SELECT account, asked_by, asked_at FROM op_key_reset WHERE asked_at > $1
		ORDER BY asked_at, account`, db.Micros(i.cfg.Clock.Now().Add(-resetFor)))
}

func scanKeyReset(r db.Row) (KeyReset, error) {
	var k KeyReset
	var at int64
	err := r.Scan(&k.Account, &k.AskedBy, &at)
	k.AskedAt = db.Instant(at)
	return k, err
}

// ConfirmKeyReset forgets the passkeys and ends the sessions of an account; its owner makes a new key
// from a link. Faults: Denied identity.reset.same when the same administrator asked, NotFound.
func (i *Identity) ConfirmKeyReset(ctx context.Context, v Visitor, account id.ID) error {
	if err := requireAdmin(v, i.cfg.Clock.Now()); err != nil {
		return err
	}
	return i.decided(ctx, v, Event{Kind: KeysReset, Account: account}, func(tx *act.Tx) error {
		asked, err := db.One(tx.Context(), tx, db.Scalar[id.ID], `DELETE FROM op_key_reset WHERE account = $1 AND asked_at > $2
			RETURNING asked_by`, account, db.Micros(tx.Now().Add(-resetFor)))
		if err != nil {
			return err
		}
		if asked == v.Account {
			return fault.New(fault.Denied, "identity.reset.same")
		}
		if err := tx.Exec(`DELETE FROM op_passkey WHERE account = $1`, account); err != nil {
			return err
		}
		s, err := standingOf(tx.Tx, account)
		if err != nil {
			return err
		}
		s.keysReset++
		return recordStanding(tx, s, verbReset, "")
	})
}
