package identity

import (
	"strings"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
)

// Guard puts identity in front of the powers. Whoever signed in by an e-mail link alone may read, and
// is refused every act, whatever a room forgot to check. The acts of identity itself belong to
// administrators, in every mode and under every profile: an organisation chart that is still empty
// must not open the accounts to all.
func Guard(next act.Decider) act.Decider {
	return func(tx *db.Tx, by act.Actor, ask act.Ask) (act.Chain, error) {
		if by.Channel == ReadOnlyChannel {
			return act.Chain{}, fault.New(fault.Denied, "identity.read_only")
		}
		if !strings.HasPrefix(ask.Verb, verbPrefix) {
			return next(tx, by, ask)
		}
		a, err := accountByID(tx.Context(), tx, by.Account)
		if err != nil || !a.Administrator || a.Disabled {
			return act.Chain{}, errNotAdmin()
		}
		return act.Chain{Role: "decides", Mode: act.Blocking, Rule: "identity.administrator"}, nil
	}
}

func errNotAdmin() error { return fault.New(fault.Denied, "identity.admin_only") }
