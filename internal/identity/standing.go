package identity

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Change is a decision about an account.
type Change string

// The decisions that an administrator takes alone; see ConfirmKeyReset for the one that takes two.
const (
	GrantAdmin    Change = "grant_admin"
	WithdrawAdmin Change = "withdraw_admin"
	Disable       Change = "disable"
	Enable        Change = "enable"
)

// standing is the row of account_standing: what was decided about an account.
type standing struct {
	account       id.ID
	version       int64
	administrator bool
	disabled      bool
	keysReset     int64
}

// ChangeAccount takes a decision about an account. Version is the one the administrator saw.
// Faults: Unauthenticated identity.fresh_required, Denied identity.admin_only, NotFound,
// Conflict identity.account.changed, identity.admin.last, identity.account.own.
func (i *Identity) ChangeAccount(ctx context.Context, v Visitor, account id.ID, version int64, c Change, motive string) error {
	if err := requireAdmin(v, i.cfg.Clock.Now()); err != nil {
		return err
	}
	event := Event{Kind: AccountChanged, Account: account, Detail: string(c)}
	return i.decided(ctx, v, event, func(tx *act.Tx) error {
		if account == v.Account && c == Disable {
			return fault.New(fault.Conflict, "identity.account.own")
		}
		s, err := standingOf(tx.Tx, account)
		if err != nil {
			return err
		}
		if s.version != version {
			return fault.New(fault.Conflict, "identity.account.changed")
		}
		return decideAccount(tx, s, c, motive)
	})
}

// FirstAdministrator makes an administrator inside the transaction that founds a city: the caller's
// log must allow it (the bootstrap grant of app).
func FirstAdministrator(tx *act.Tx, account id.ID) error {
	s, err := standingOf(tx.Tx, account)
	if err != nil {
		return err
	}
	return decideAccount(tx, s, GrantAdmin, "")
}

// decideAccount applies the decision; a decision that changes nothing is a conflict, not an act.
func decideAccount(tx *act.Tx, s standing, c Change, motive string) error {
	before := s
	switch c {
	case GrantAdmin:
		s.administrator = true
	case WithdrawAdmin:
		s.administrator = false
	case Disable:
		s.disabled = true
	case Enable:
		s.disabled = false
	default:
		return fault.New(fault.Invalid, "identity.account.change_unknown")
	}
	if s == before {
		return fault.New(fault.Conflict, "identity.account.changed")
	}
	if before.administrator && (!s.administrator || s.disabled) {
		if err := keepOneAdmin(tx.Tx, s.account); err != nil {
			return err
		}
	}
	return recordStanding(tx, s, verbPrefix+"account."+string(c), motive)
}

// recordStanding writes the row and its act. Whoever is disabled or loses a power signs in anew.
func recordStanding(tx *act.Tx, s standing, verb, motive string) error {
	object := act.Ref{Type: "account", ID: s.account}
	grant, err := tx.Allow(act.Ask{Verb: verb, Object: object})
	if err != nil {
		return err
	}
	s.version++
	if err := saveStanding(tx, s); err != nil {
		return err
	}
	if verb != verbGrant && verb != verbEnable {
		if err := endSessions(tx.Tx, s.account); err != nil {
			return err
		}
	}
	tx.Record(grant, act.Act{Verb: verb, Object: object, Version: s.version,
		Texts: []act.Text{{Name: "motive", Body: motive}}, Rows: []act.Row{{Table: "account_standing", ID: s.account}}})
	return nil
}
