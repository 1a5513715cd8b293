package powers

import (
	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Installation is the decision that a profile is in force from a day on.
type Installation struct {
	Document []byte // TOML
	From     calendar.Day
	LegalAct string   // number of the délibération or arrêté
	Motive   string   // why
	Lang     string   // of the motive
	Basis    []string // texts on which the decision rests
}

// InstallProfile puts a profile in force from a day on; the one before ends that day. What was decided
// before keeps the profile of its day. Faults: those of ParseProfile; Invalid powers.profile.invalid;
// Conflict powers.profile.edition_taken when another document has the same code and edition.
func InstallProfile(tx *act.Tx, in Installation) (*Profile, error) {
	p, err := ParseProfile(in.Document)
	if err != nil {
		return nil, err
	}
	period := calendar.Since(in.From)
	defects := fault.New(fault.Invalid, "powers.profile.invalid")
	checkPeriod(defects, &period)
	if err := defects.OrNil(); err != nil {
		return nil, err
	}
	ref := act.Ref{Type: "profile", ID: id.ID(p.Digest)}
	e, err := begin(tx, act.Ask{Verb: verbProfile, Object: ref})
	if err != nil {
		return nil, err
	}
	if err := e.install(p, in, period); err != nil {
		return nil, err
	}
	e.record(act.Act{Verb: verbProfile, Object: ref, Version: p.Edition,
		For: act.For{Segments: []string{"agents", "residents"}},
		Why: act.Why{Basis: in.Basis}, Texts: []act.Text{{Name: "motive", Lang: in.Lang, Body: in.Motive}},
		When: act.When{Effective: in.From}, How: act.How{Procedure: "profile", Instrument: in.LegalAct},
		Args: map[string]string{"profile": p.Ref(), "mode": string(p.Enforcement)}})
	return p, nil
}

func (e *entry) install(p *Profile, in Installation, period calendar.Period) error {
	if err := e.keepProfile(p, in.Document); err != nil {
		return err
	}
	before, err := installations(e.tx)
	if err != nil {
		return err
	}
	for _, b := range before {
		if err := e.cutFrom(inForce, b.Row, b.Span, in.From); err != nil {
			return err
		}
	}
	_, err = e.state(inForce, e.tx.NewID(), period, p.Digest, in.LegalAct)
	return err
}

// keepProfile stores the document, once.
func (e *entry) keepProfile(p *Profile, document []byte) error {
	known, err := editionsOf(e.tx, p.Code, p.Edition)
	if err != nil {
		return err
	}
	for _, digest := range known {
		if digest == p.Digest {
			return nil
		}
		return fault.New(fault.Conflict, "powers.profile.edition_taken", "code", p.Code, "edition", p.Edition)
	}
	e.touch("powers_profile", id.ID(p.Digest))
	return insertProfile(e.tx, p, document)
}
