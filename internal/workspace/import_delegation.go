package workspace

import (
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/powers"
	"parvis/internal/tabular"
)

// delegationRow is a line of the sheet of delegations.
type delegationRow struct {
	rec       *tabular.Record
	new       powers.NewDelegation
	revokedBy string
	toGiven   bool
}

func whereDelegation() map[string]string {
	return map[string]string{"": "legal_act", "legal_act": "legal_act", "nature": "nature", "verbs": "verbs", "objects": "objects", "matters": "matters",
		"territories": "territories", "from": "from", "to": "receiver", "powers.delegation.wider": "giver", "powers.delegation.cycle": "receiver",
		"powers.delegation.outside_post": "from", "powers.delegation.vacant": "giver", "powers.delegation.ended": "to",
		"powers.delegation.retroactive": "to", "powers.period_empty": "to"}
}

// delegations records what the file adds and revokes what it ends. The city is asked with the rows in
// the order of the file: what is handed on comes after what it comes from.
func (im *importer) delegations() error {
	standing, err := powers.StandingDelegations(im.ctx(), im.tx, im.now.On(im.since()))
	if err != nil {
		return err
	}
	for _, d := range standing {
		im.received(d.LegalAct, d.Receiver, d.Delegation)
	}
	for rec := range im.rows(sheetDelegations) {
		d, err := im.readDelegation(rec)
		if err != nil {
			return err
		}
		if !rec.OK() || d.new.Giver == "" || d.new.Receiver == "" || !im.handedOn(&d) {
			continue
		}
		if err := im.delegation(d, standing); err != nil {
			return err
		}
	}
	return nil
}

func (im *importer) readDelegation(rec *tabular.Record) (delegationRow, error) {
	d := delegationRow{rec: rec, revokedBy: rec.Text("revoked_by"), toGiven: rec.Text("to") != ""}
	d.new = powers.NewDelegation{Nature: or(rec.OneOf("nature", natureWords()), powers.OfFunction), LegalAct: rec.Text("legal_act"),
		Scope: powers.Scope{Verbs: rec.List("verbs"), Objects: rec.List("objects"), Matters: rec.List("matters"), Territories: rec.List("territories"),
			AmountMax: rec.Amount("amount").Cents}}
	d.new.Period, _ = life(rec, "from", "to", "")
	var err error
	if d.new.Giver, err = im.postCalled(rec, "giver"); err != nil {
		return d, err
	}
	d.new.Receiver, err = im.postCalled(rec, "receiver")
	return d, err
}

// postCalled finds the post that a cell names by its code, as unitCalled finds a unit.
func (im *importer) postCalled(rec *tabular.Record, field string) (id.ID, error) {
	code := rec.Text(field)
	if p, known := im.posts[code]; known || code == "" {
		return p, nil
	}
	p, err := powers.PostOfCode(im.ctx(), im.tx, code, im.now)
	if err == nil && p == "" && !im.broken[code] {
		rec.Fault(field, "workspace.import.unknown_post", "code", code)
	}
	return p, err
}

func (im *importer) delegation(d delegationRow, standing []powers.DelegationView) error {
	number := d.new.LegalAct
	i := slices.IndexFunc(standing, func(s powers.DelegationView) bool {
		return s.LegalAct == number && s.Giver == d.new.Giver && s.Receiver == d.new.Receiver && sameScope(s.Scope, d.new.Scope)
	})
	if i >= 0 {
		return im.knownDelegation(d, standing[i].Delegation)
	}
	if slices.ContainsFunc(standing, func(s powers.DelegationView) bool {
		return s.LegalAct == number && s.Giver == d.new.Giver && s.Receiver == d.new.Receiver
	}) {
		d.rec.Fault("legal_act", "workspace.import.scope_fixed", "number", number)
		return nil
	}
	made, err := powers.Delegate(im.tx, d.new)
	if err != nil {
		return refuse(d.rec, err, whereDelegation())
	}
	im.received(number, d.new.Receiver, powers.Delegation{ID: made, Scope: d.new.Scope, Span: powers.Span{Period: d.new.Period}})
	im.did(sheetDelegations, d.rec, "legal_act", Created, number, d.rec.Text("giver")+" → "+d.rec.Text("receiver"))
	return nil
}

// received notes what a post was given by an arrêté, for those that hand it on.
func (im *importer) received(number string, receiver id.ID, d powers.Delegation) {
	key := number + " " + string(receiver)
	im.given[key] = append(im.given[key], d)
}

// handedOn finds the delegation that a row hands on a part of; false, with a defect, when the giver has
// not received it.
func (im *importer) handedOn(d *delegationRow) bool {
	number := d.rec.Text("source")
	if number == "" {
		return true
	}
	got := im.given[number+" "+string(d.new.Giver)]
	if len(got) == 0 {
		d.rec.Fault("source", "powers.delegation.source_unknown")
		return false
	}
	d.new.Source = got[0].ID
	for _, g := range got { // an arrêté may say several things: the one that is meant holds this one
		if d.new.Scope.Within(g.Scope) && d.new.Period.Within(g.Period) {
			d.new.Source = g.ID
		}
	}
	return true
}

func sameScope(a, b powers.Scope) bool {
	return slices.Equal(a.Verbs, b.Verbs) && slices.Equal(a.Objects, b.Objects) && slices.Equal(a.Matters, b.Matters) &&
		slices.Equal(a.Territories, b.Territories) && a.AmountMax == b.AmountMax
}

// knownDelegation revokes a delegation whose file says that it ends earlier, or finds it as it is.
func (im *importer) knownDelegation(d delegationRow, live powers.Delegation) error {
	switch {
	case d.new.Period.From != live.From:
		d.rec.Fault("from", "workspace.import.fixed_day", "day", live.From)
	case d.new.Nature != live.Nature && d.rec.Text("nature") != "":
		d.rec.Fault("nature", "workspace.import.fixed", "value", live.Nature)
	case !d.toGiven || d.new.Period.To == live.To:
		im.same(sheetDelegations)
	case live.To.Before(d.new.Period.To):
		d.rec.Fault("to", "workspace.import.not_longer", "day", calendar.Period{From: live.From, To: live.To}.Last())
	default:
		return im.revoke(d, live)
	}
	return nil
}

func (im *importer) revoke(d delegationRow, live powers.Delegation) error {
	if d.revokedBy == "" {
		d.rec.Fault("revoked_by", "workspace.import.revoked_by")
		return nil
	}
	if err := powers.Revoke(im.tx, live.ID, d.new.Period.To, d.revokedBy); err != nil {
		where := whereDelegation()
		where["legal_act"] = "revoked_by"
		return refuse(d.rec, err, where)
	}
	im.did(sheetDelegations, d.rec, "to", Ended, d.new.LegalAct, d.rec.Text("giver")+" → "+d.rec.Text("receiver"))
	return nil
}
