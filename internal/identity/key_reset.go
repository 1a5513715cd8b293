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
		return insertKeyReset(tx, account, v.Account)
	})
}

// KeyResets lists the resets that wait.
func (i *Identity) KeyResets(ctx context.Context) ([]KeyReset, error) {
	return keyResetsSince(ctx, i.cfg.Readers, i.cfg.Clock.Now().Add(-resetFor))
}

// ConfirmKeyReset forgets the passkeys and ends the sessions of an account; its owner makes a new key
// from a link. Faults: Denied identity.reset.same when the same administrator asked, NotFound.
func (i *Identity) ConfirmKeyReset(ctx context.Context, v Visitor, account id.ID) error {
	if err := requireAdmin(v, i.cfg.Clock.Now()); err != nil {
		return err
	}
	return i.decided(ctx, v, Event{Kind: KeysReset, Account: account}, func(tx *act.Tx) error {
		asked, err := takeKeyReset(tx.Tx, account, tx.Now().Add(-resetFor))
		if err != nil {
			return err
		}
		if asked == v.Account {
			return fault.New(fault.Denied, "identity.reset.same")
		}
		if err := forgetPasskeys(tx.Tx, account); err != nil {
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
