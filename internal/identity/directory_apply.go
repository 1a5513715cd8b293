package identity

import (
	"context"
	"strconv"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/powers"
)

// Approval is what an administrator says of a difference they have read.
type Approval struct {
	Digest string // of the difference that was shown
	Sure   bool   // yes, so many do leave
}

// ApplyDirectory makes the difference live in one transaction: the act of applying, and an act of the
// powers for each change. What was shown is what is done: when the organisation has moved since,
// nothing is. Faults: Denied, Unauthenticated identity.fresh_required; Invalid
// identity.directory.defective; Conflict identity.directory.moved, identity.directory.applied,
// identity.directory.alarming; those of the powers.
func (i *Identity) ApplyDirectory(ctx context.Context, v Visitor, directory id.ID, approval Approval) (id.ID, error) {
	if err := requireAdmin(v, i.cfg.Clock.Now()); err != nil {
		return "", err
	}
	return act.Do(ctx, i.cfg.Log, v.Actor(""), func(tx *act.Tx) (id.ID, error) {
		d, err := directoryByID(tx.Context(), tx, directory)
		if err != nil {
			return "", err
		}
		if !d.AppliedAt.IsZero() {
			return "", fault.New(fault.Conflict, "identity.directory.applied")
		}
		diff, err := difference(tx.Context(), tx, d.ID, tx.Today())
		if err != nil {
			return "", err
		}
		if err := diff.approved(approval); err != nil {
			return "", err
		}
		return apply(tx, d, diff)
	})
}

func (d Difference) approved(a Approval) error {
	switch {
	case len(d.Defects) > 0:
		return fault.New(fault.Invalid, "identity.directory.defective", "n", len(d.Defects))
	case len(d.Entries) == 0:
		return fault.New(fault.Conflict, "identity.directory.nothing")
	case d.Digest != a.Digest:
		return fault.New(fault.Conflict, "identity.directory.moved")
	case d.Alarming() && !a.Sure:
		return fault.New(fault.Conflict, "identity.directory.alarming", "n", d.Count(Leaves), "staff", d.Staff)
	}
	return nil
}

// apply records the act, makes the changes it stands for, and forgets the lines of the file.
func apply(tx *act.Tx, d Directory, diff Difference) (id.ID, error) {
	object := act.Ref{Type: "directory", ID: d.ID}
	grant, err := tx.Allow(act.Ask{Verb: verbApply, Object: object})
	if err != nil {
		return "", err
	}
	recorded := tx.Record(grant, act.Act{Verb: verbApply, Object: object, Why: act.Why{Evidence: []string{"sha256:" + d.Digest}},
		Args: map[string]string{"arrivals": count(diff, Arrives), "departures": count(diff, Leaves),
			"changes": strconv.Itoa(len(diff.Entries) - diff.Count(Arrives) - diff.Count(Leaves))}})
	persons := map[string]id.ID{} // by matricule, those who arrive
	for _, e := range diff.Entries {
		if e.PersonID == "" {
			e.PersonID = persons[e.Matricule]
		}
		if err := e.apply(tx, persons); err != nil {
			return "", err
		}
	}
	return recorded, markApplied(tx.Tx, d.ID, recorded)
}

func count(d Difference, k EntryKind) string { return strconv.Itoa(d.Count(k)) }

// apply makes one difference live through the powers.
func (e Entry) apply(tx *act.Tx, persons map[string]id.ID) (err error) {
	switch e.Kind {
	case Leaves, Ends:
		return powers.EndHolding(tx, e.HolderID, e.Day, "")
	case Requotes:
		if err := powers.EndHolding(tx, e.HolderID, e.Day, ""); err != nil {
			return err
		}
		return e.appoint(tx, e.Day)
	case Prolongs, Takes:
		if e.NewPost {
			if e.PostID, err = e.createPost(tx); err != nil {
				return err
			}
		}
		return e.appoint(tx, e.Day)
	case Arrives:
		persons[e.Matricule], err = powers.AddPerson(tx, powers.NewPerson{Given: e.Given, Family: e.Family, Matricule: e.Matricule, Source: "directory"})
		if err != nil {
			return err
		}
		return saveAddress(tx.Tx, persons[e.Matricule], e.Matricule, e.Name, e.Email)
	case Renames:
		if err := powers.SetName(tx, e.PersonID, e.Given, e.Family); err != nil {
			return err
		}
	}
	return saveAddress(tx.Tx, e.PersonID, e.Matricule, e.Name, e.Email)
}

func (e Entry) appoint(tx *act.Tx, from calendar.Day) error {
	_, err := powers.Appoint(tx, powers.Appointment{Post: e.PostID, Person: e.PersonID, Nature: powers.Affectation, Quotity: e.Quotity,
		Period: calendar.Period{From: from, To: e.To}})
	return err
}

func (e Entry) createPost(tx *act.Tx) (id.ID, error) {
	return powers.CreatePost(tx, powers.NewPost{Unit: e.UnitID, Code: e.After, Title: e.Title, Layer: "service", Period: calendar.Since(e.Day)})
}
