package workspace

import (
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/powers"
	"parvis/internal/tabular"
)

// unitRow is a line of the sheet of units.
type unitRow struct {
	rec                 *tabular.Record
	code, kind, parent  string
	name, nameEN, short string
	body, legalAct      string
	life                calendar.Period
	fromGiven, toGiven  bool
}

func readUnit(rec *tabular.Record, since calendar.Day) unitRow {
	u := unitRow{rec: rec, code: rec.Text("code"), kind: rec.OneOf("kind", kindWords()), parent: rec.Text("parent"), name: rec.Text("name"),
		nameEN: rec.Text("name_en"), short: rec.Text("short"), body: rec.Text("body"), legalAct: rec.Text("legal_act")}
	u.life, u.fromGiven = life(rec, "from", "to", since)
	u.toGiven = rec.Text("to") != ""
	return u
}

// whereUnit says which cell is to blame for a fault of a unit.
func whereUnit() map[string]string {
	return map[string]string{"": "code", "code": "code", "name": "name", "kind": "kind", "body": "body", "from": "from", "to": "to",
		"day": "to", "legal_act": "legal_act", "into": "parent", "parent": "parent", "powers.link.cycle": "parent",
		"powers.link.second_parent": "parent", "powers.link.outside_life": "parent", "powers.unit.unknown": "parent"}
}

// createUnits creates the units that the city does not know, without their place in the tree, and brings
// the others up to date.
func (im *importer) createUnits() error {
	twice := map[string]bool{}
	for rec := range im.rows(sheetUnits) {
		u := readUnit(rec, im.since())
		if u.code != "" && twice[u.code] {
			rec.Fault("code", "workspace.import.twice", "code", u.code)
		}
		twice[u.code] = true
		if !rec.OK() {
			im.broken[u.code] = true
			continue
		}
		if err := im.unit(u); err != nil {
			return err
		}
		im.broken[u.code] = im.broken[u.code] || !rec.OK()
	}
	return nil
}

func (im *importer) unit(u unitRow) error {
	known, err := im.liveUnit(u)
	if err != nil {
		return err
	}
	if known == nil {
		return im.newUnit(u)
	}
	im.units[u.code] = known.ID
	return im.knownUnit(u, *known)
}

// liveUnit is the unit of that code as it stands.
func (im *importer) liveUnit(u unitRow) (*powers.Node, error) {
	all, err := powers.RegisterOf(im.ctx(), im.tx, u.code, im.on(u.life))
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0], nil
}

func (im *importer) newUnit(u unitRow) error {
	if u.kind == "" {
		u.kind = "directorate"
	}
	body, err := im.bodyOf(u)
	if err != nil || !u.rec.OK() {
		return err
	}
	made, err := powers.CreateUnit(im.tx, powers.NewUnit{Body: body, Kind: u.kind, Code: u.code, Name: u.name, NameEN: u.nameEN, Short: u.short,
		Period: u.life, LegalAct: u.legalAct})
	if err != nil {
		return refuse(u.rec, err, whereUnit())
	}
	im.units[u.code] = made
	im.did(sheetUnits, u.rec, "code", Created, u.code, u.name)
	return nil
}

func (im *importer) bodyOf(u unitRow) (id.ID, error) {
	if u.body == "" {
		return im.body, nil
	}
	bodies, err := powers.Bodies(im.ctx(), im.tx, im.now)
	for _, b := range bodies {
		if b.Code == u.body {
			return b.ID, err
		}
	}
	u.rec.Fault("body", "workspace.import.unknown_body", "code", u.body)
	return "", err
}

// knownUnit renames or dissolves; what cannot change by a list is a defect.
func (im *importer) knownUnit(u unitRow, live powers.Node) error {
	if u.kind != "" && u.kind != live.Kind {
		u.rec.Fault("kind", "workspace.import.fixed", "value", kindNames()[live.Kind])
	}
	if u.fromGiven && u.life.From != live.From {
		u.rec.Fault("from", "workspace.import.fixed_day", "day", live.From)
	}
	if !u.rec.OK() {
		return nil
	}
	changed, err := im.renameUnit(u, live)
	if err != nil || !u.rec.OK() {
		return err
	}
	if u.toGiven && u.life.To != live.To {
		return im.dissolve(u, live)
	}
	if !changed {
		im.same(sheetUnits)
	}
	return nil
}

func (im *importer) renameUnit(u unitRow, live powers.Node) (bool, error) {
	name := powers.Naming{Name: u.name, NameEN: or(u.nameEN, live.NameEN), Short: or(u.short, live.Short)}
	if name == live.Naming {
		return false, nil
	}
	err := powers.Change(im.tx, powers.OrgChange{Kind: powers.Rename, Units: []id.ID{live.ID}, Name: name, Day: im.tx.Today(), LegalAct: u.legalAct})
	if err != nil {
		return false, refuse(u.rec, err, whereUnit())
	}
	im.did(sheetUnits, u.rec, "name", Changed, u.code, live.Name+" → "+u.name)
	return true, nil
}

func (im *importer) dissolve(u unitRow, live powers.Node) error {
	if !u.life.To.Before(live.To) {
		u.rec.Fault("to", "workspace.import.not_longer", "day", calendar.Period{From: live.From, To: live.To}.Last())
		return nil
	}
	err := powers.Change(im.tx, powers.OrgChange{Kind: powers.Dissolve, Units: []id.ID{live.ID}, Day: u.life.To, LegalAct: u.legalAct})
	if err != nil {
		return refuse(u.rec, err, whereUnit())
	}
	im.did(sheetUnits, u.rec, "to", Ended, u.code, live.Name)
	return nil
}

// attachUnits puts each unit in its place in the tree: a row may name a unit that stands below it in the
// file, and two that name each other are refused by the organisation itself.
func (im *importer) attachUnits() error {
	parents, err := powers.UnitParents(im.ctx(), im.tx, im.now)
	if err != nil {
		return err
	}
	for rec := range im.rows(sheetUnits) {
		code, parent := rec.Text("code"), rec.Text("parent")
		child := im.units[code]
		if parent == "" || child == "" || im.broken[code] {
			continue
		}
		above, err := im.unitCalled(rec, "parent", parent)
		if err != nil || above == "" || parents[child] == above {
			if err != nil {
				return err
			}
			continue
		}
		if err := im.attach(rec, child, above, parents[child]); err != nil {
			return err
		}
	}
	return nil
}

func (im *importer) attach(rec *tabular.Record, child, above, before id.ID) error {
	u := readUnit(rec, im.since())
	if before == "" {
		live, err := im.liveUnit(u)
		if err != nil || live == nil {
			return err
		}
		p := calendar.Period{From: live.From, To: live.To}
		err = powers.LinkUnit(im.tx, powers.NewLink{Child: child, Parent: above, Nature: powers.Hierarchical, Period: p, LegalAct: u.legalAct})
		return refuse(rec, err, whereUnit())
	}
	err := powers.Change(im.tx, powers.OrgChange{Kind: powers.Move, Units: []id.ID{child}, Into: []id.ID{above}, Day: im.tx.Today(), LegalAct: u.legalAct})
	if err != nil {
		return refuse(rec, err, whereUnit())
	}
	im.did(sheetUnits, rec, "parent", Changed, u.code, "→ "+u.parent)
	return nil
}

// unitCalled finds the unit of a code, in the file or in the city; "" with a defect when there is none,
// without when its own row is at fault.
func (im *importer) unitCalled(rec *tabular.Record, field, code string) (id.ID, error) {
	if u, known := im.units[code]; known {
		return u, nil
	}
	u, err := powers.UnitOfCode(im.ctx(), im.tx, code, im.now)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return "", err
	}
	if u == "" && !im.broken[code] {
		rec.Fault(field, "workspace.import.unknown_unit", "code", code)
	}
	return u, nil
}
