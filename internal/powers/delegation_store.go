package powers

import (
	"strings"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

var delegationColumns = "d.thing, d.id, " + spanColumns("d") + `, d.from_post, d.to_post, d.nature, d.verbs, d.objects, d.matters, d.territories,
	d.amount_max, d.legal_act, d.source, d.from_holder, d.to_holder, d.revoked_by`

// codes reads and writes a list of codes apart by spaces.
type codes struct{ list *[]string }

// Scan reads the list.
func (c codes) Scan(src any) error {
	switch v := src.(type) {
	case string:
		*c.list = strings.Fields(v)
	case []byte:
		*c.list = strings.Fields(string(v))
	}
	return nil
}

func (d *Delegation) into() []any {
	return append(append([]any{&d.ID, &d.Row}, d.Span.into()...), &d.Giver, &d.Receiver, &d.Nature, codes{&d.Verbs}, codes{&d.Objects},
		codes{&d.Matters}, codes{&d.Territories}, &d.AmountMax, &d.LegalAct, &d.Source, &d.FromHolder, &d.ToHolder, &d.RevokedBy)
}

func scanDelegation(r db.Row) (d Delegation, err error) {
	err = r.Scan(d.into()...)
	return d, err
}

func (e *entry) stateDelegation(d Delegation) error {
	list := func(l []string) string { return strings.Join(l, " ") }
	_, err := e.state(delegations, d.ID, d.Period, d.Giver, d.Receiver, d.Nature, list(d.Verbs), list(d.Objects), list(d.Matters),
		list(d.Territories), d.AmountMax, d.LegalAct, d.Source, d.FromHolder, d.ToHolder, "")
	return err
}

func setRevokedBy(tx *act.Tx, row id.ID, number string) error {
	return tx.Exec(`UPDATE powers_delegation SET revoked_by = $1 WHERE id = $2`, number, row)
}

func delegationRow(tx *act.Tx, delegation id.ID) (Delegation, error) {
	d, err := db.One(tx.Context(), tx, scanDelegation,
		`SELECT `+delegationColumns+` FROM powers_delegation d WHERE d.thing = $1 AND `+stands("d"), delegation)
	if fault.KindOf(err) == fault.NotFound {
		return d, fault.New(fault.NotFound, "powers.delegation.unknown")
	}
	return d, err
}

// delegationsTo lists the standing delegations that a post received.
func delegationsTo(tx *act.Tx, post id.ID) ([]Delegation, error) {
	return db.All(tx.Context(), tx, scanDelegation,
		`SELECT `+delegationColumns+` FROM powers_delegation d WHERE d.to_post = $1 AND `+stands("d")+` ORDER BY d.day_from, d.id`, post)
}

// delegationsFrom lists the standing delegations handed on from another.
func delegationsFrom(tx *act.Tx, source id.ID) ([]Delegation, error) {
	return db.All(tx.Context(), tx, scanDelegation,
		`SELECT `+delegationColumns+` FROM powers_delegation d WHERE d.source = $1 AND `+stands("d")+` ORDER BY d.day_from, d.id`, source)
}

// delegationsTouching lists the standing delegations that a post gave or received.
func delegationsTouching(tx *act.Tx, post id.ID) ([]Delegation, error) {
	return db.All(tx.Context(), tx, scanDelegation, `SELECT `+delegationColumns+` FROM powers_delegation d
		WHERE (d.from_post = $1 OR d.to_post = $1) AND `+stands("d")+` ORDER BY d.day_from, d.id`, post)
}
