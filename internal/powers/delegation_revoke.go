package powers

import (
	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Revoke ends a delegation from a day on, today at the earliest: what was done under it stands. What
// was handed on from it ends with it. Faults: NotFound powers.delegation.unknown; Conflict
// powers.delegation.ended, powers.delegation.retroactive; Invalid powers.delegation.invalid.
func Revoke(tx *act.Tx, delegation id.ID, day calendar.Day, legalAct string) error {
	d, err := delegationRow(tx, delegation)
	if err != nil {
		return err
	}
	if err := revocable(d, tx.Today(), day, legalAct); err != nil {
		return err
	}
	from, err := postRows(tx, d.Giver)
	if err != nil {
		return err
	}
	ref := act.Ref{Type: "delegation", ID: delegation}
	e, err := begin(tx, act.Ask{Verb: verbRevoke, Object: ref, Roles: map[string][]id.ID{"unit": {from[len(from)-1].Unit}, "owner": {d.Giver}}})
	if err != nil {
		return err
	}
	if err := e.cutDelegation(d, day, legalAct); err != nil {
		return err
	}
	e.record(act.Act{Verb: verbRevoke, Object: ref, Subject: act.Ref{Type: "post", ID: d.Receiver}, When: act.When{Effective: day},
		How: act.How{Instrument: legalAct}, Args: map[string]string{"post": string(d.Giver), "number": d.LegalAct, "by": legalAct}})
	return nil
}

func revocable(d Delegation, today, day calendar.Day, legalAct string) error {
	if !isCode(legalAct) {
		return fault.New(fault.Invalid, "powers.delegation.invalid").At("legal_act", "powers.delegation.number")
	}
	if _, err := delegating.Next(d.stateOn(today), "revoke"); err != nil || !day.Valid() || day >= d.Period.To {
		return fault.New(fault.Conflict, "powers.delegation.ended", "to", d.Period.To)
	}
	if day < today {
		return fault.New(fault.Conflict, "powers.delegation.retroactive", "day", day)
	}
	return nil
}

// cutDelegation shortens a delegation, and those handed on from it.
func (e *entry) cutDelegation(d Delegation, day calendar.Day, legalAct string) error {
	if d.Period.Intersect(calendar.Since(day)).Empty() {
		return nil
	}
	row, err := e.restate(delegations, d.Row, calendar.Period{From: d.Period.From, To: day})
	if err != nil {
		return err
	}
	if row != "" {
		if err := setRevokedBy(e.tx, row, legalAct); err != nil {
			return err
		}
	}
	handedOn, err := delegationsFrom(e.tx, d.ID)
	if err != nil {
		return err
	}
	for _, h := range handedOn {
		if err := e.cutDelegation(h, day, legalAct); err != nil {
			return err
		}
	}
	return nil
}
