package powers

import (
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// ChangeKind is what happens to units.
type ChangeKind string

// The changes of organisation, beside creation (CreateUnit).
const (
	Merge    ChangeKind = "merge"
	Split    ChangeKind = "split"
	Rename   ChangeKind = "rename"
	Move     ChangeKind = "move"
	Dissolve ChangeKind = "dissolve"
)

// OrgChange is a change of organisation, with its legal act. The units of Into must exist: create them
// first, in the same transaction. Posts keep their identity, holders and delegations: they belong to
// another unit from the day on.
type OrgChange struct {
	Kind     ChangeKind
	Units    []id.ID         // the units that change
	Into     []id.ID         // Merge: one; Split: two or more; Move: the new parent
	Posts    map[id.ID]id.ID // Split: post → unit of Into; a post not named goes to the first
	Heads    []id.ID         // Merge, Split: moved posts that lead their new unit; others no longer lead
	Name     Naming          // Rename
	Day      calendar.Day
	LegalAct string
}

// Change makes a change of organisation from a day on; nothing before that day is altered (I20).
// Faults: Invalid powers.change.invalid with the fields; NotFound powers.unit.unknown; Conflict
// powers.change.dead, and those of LinkUnit for a move.
func Change(tx *act.Tx, c OrgChange) error {
	if err := c.check(tx); err != nil {
		return err
	}
	ref := act.Ref{Type: "unit", ID: c.Units[0]}
	e, err := begin(tx, act.Ask{Verb: verbChange, Object: ref, Roles: map[string][]id.ID{"unit": c.Units}})
	if err != nil {
		return err
	}
	apply := map[ChangeKind]func(*entry, OrgChange) error{
		Merge: (*entry).regroup, Split: (*entry).regroup, Rename: (*entry).rename, Move: (*entry).move, Dissolve: (*entry).dissolve}
	if err := apply[c.Kind](e, c); err != nil {
		return err
	}
	if err := e.remember(c); err != nil {
		return err
	}
	args := map[string]string{"change": string(c.Kind)}
	if len(c.Into) > 0 {
		args["unit"] = string(c.Into[0])
	}
	e.record(act.Act{Verb: verbChange, Object: ref, When: act.When{Effective: c.Day}, How: act.How{Instrument: c.LegalAct},
		For: act.For{Units: slices.Concat(c.Units, c.Into)}, Args: args})
	return nil
}

func (c *OrgChange) check(tx *act.Tx) error {
	err := fault.New(fault.Invalid, "powers.change.invalid")
	wants := map[ChangeKind][2]int{Merge: {1, 1}, Split: {2, 99}, Rename: {0, 0}, Move: {1, 1}, Dissolve: {0, 0}}
	want, known := wants[c.Kind]
	if !known {
		err.At("kind", "powers.kind_unknown", "value", string(c.Kind))
	}
	if len(c.Units) == 0 || c.Kind != Merge && len(c.Units) > 1 {
		err.At("units", "powers.change.units")
	}
	if len(c.Into) < want[0] || len(c.Into) > want[1] {
		err.At("into", "powers.change.into")
	}
	if !c.Day.Valid() {
		err.At("day", "powers.day_impossible")
	}
	if c.LegalAct == "" {
		err.At("legal_act", "powers.change.legal_act")
	}
	if c.Kind == Rename {
		checkName(err, "name", c.Name.Name)
	}
	if err := err.OrNil(); err != nil {
		return err
	}
	return c.checkLives(tx)
}

// checkLives refuses to change a unit that is no more, or that the change would make its own heir.
func (c *OrgChange) checkLives(tx *act.Tx) error {
	for _, unit := range slices.Concat(c.Units, c.Into) {
		u, err := unitRow(tx, unit)
		if err != nil {
			return err
		}
		if _, err := unitLife.Next(u.stateOn(c.Day), string(c.Kind)); err != nil {
			return fault.New(fault.Conflict, "powers.change.dead", "code", u.Code, "day", c.Day)
		}
	}
	for _, unit := range c.Units {
		if slices.Contains(c.Into, unit) {
			return fault.New(fault.Invalid, "powers.change.invalid").At("into", "powers.change.itself")
		}
	}
	return nil
}

// remember states what became of what, so that work addressed to the old units finds the new ones.
func (e *entry) remember(c OrgChange) error {
	change := e.tx.NewID()
	for _, from := range c.Units {
		into := c.Into
		switch c.Kind {
		case Rename, Move:
			into = []id.ID{from}
		case Dissolve:
			into = []id.ID{""}
		}
		for _, to := range into {
			_, err := e.state(changes, e.tx.NewID(), calendar.Since(c.Day), string(c.Kind), change, from, to, c.LegalAct)
			if err != nil {
				return err
			}
		}
	}
	return nil
}
