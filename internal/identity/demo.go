package identity

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// EnterDemo signs in as a demonstration account, as if with a passkey. Only a demonstration has such
// accounts, and only a demonstration lets them in.
// Faults: Denied identity.demo.refused.
func (i *Identity) EnterDemo(ctx context.Context, account id.ID, from Client, previous string) (Pass, error) {
	var pass Pass
	err := i.traffic(ctx, from, func(tx *db.Tx, j *journal) error {
		a, err := i.demoAccount(tx, account)
		if err != nil {
			return err
		}
		pass, err = i.signIn(tx, j, a, proof{means: ByDemo, strong: true}, from, previous)
		return err
	})
	if err == nil && pass.Token == "" {
		err = errDemo()
	}
	return pass, err
}

// ConfirmDemo stands for the passkey of a demonstration account.
func (i *Identity) ConfirmDemo(ctx context.Context, v Visitor, from Client) (Pass, error) {
	var pass Pass
	err := i.traffic(ctx, from, func(tx *db.Tx, j *journal) error {
		a, err := i.demoAccount(tx, v.Account)
		if err != nil {
			return err
		}
		s, err := sessionByID(tx, v)
		if err != nil {
			return errNoSession()
		}
		token, err := strengthen(tx, j, s, proof{means: ByDemo, strong: true})
		pass = Pass{Token: token, Session: s, Account: a}
		return err
	})
	return pass, err
}

func (i *Identity) demoAccount(tx *db.Tx, account id.ID) (Account, error) {
	if !i.cfg.Demo {
		return Account{}, errDemo()
	}
	a, err := accountByID(tx.Context(), tx, account)
	if fault.KindOf(err) == fault.NotFound || err == nil && !a.Demo {
		return Account{}, errDemo()
	}
	return a, err
}

func errDemo() error { return fault.New(fault.Denied, "identity.demo.refused") }
