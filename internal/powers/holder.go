package powers

import (
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fact"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Holder is a person's holding of a post: an affectation, or the mandat of an elected member.
type Holder struct {
	ID, Row id.ID
	Span
	Post, Person   id.ID
	Nature, Status string
	Quotity        int64 // hundredths of full time
	Interim        bool
	LegalAct       string
}

// The natures of a holding.
const (
	Affectation = "affectation"
	Mandate     = "mandat"
)

// Statuses is the closed list of statuses; a status belongs to the holding, not to the person.
var Statuses = []string{"elu", "fonctionnaire", "contractuel", "stagiaire", "mis_a_disposition", "prestataire"}

// Appointment is what appointing somebody says.
type Appointment struct {
	Post, Person id.ID
	Nature       string // "": mandat for an elected post, else affectation
	Status       string // "": elu for a mandat, else fonctionnaire
	Quotity      int64  // 0: 100
	Interim      bool
	Period       calendar.Period
	LegalAct     string
}

// Appoint records that a person holds a post. Recording it after its first day is a régularisation.
// Faults: Invalid powers.holder.invalid; NotFound; Conflict powers.holder.outside_post,
// powers.holder.overlap, powers.holder.twice.
func Appoint(tx *act.Tx, a Appointment) (id.ID, error) {
	rows, err := postRows(tx, a.Post)
	if err != nil {
		return "", err
	}
	a.complete(rows[0])
	if err := a.check(tx, rows); err != nil {
		return "", err
	}
	holder := tx.NewID()
	ref := act.Ref{Type: "holder", ID: holder}
	e, err := begin(tx, act.Ask{Verb: verbAppoint, Object: ref, Roles: map[string][]id.ID{"unit": {rows[0].Unit}}})
	if err != nil {
		return "", err
	}
	_, err = e.state(holders, holder, a.Period, a.Post, a.Person, a.Nature, a.Status, a.Quotity, a.Interim, a.LegalAct)
	if err != nil {
		return "", err
	}
	e.record(act.Act{Verb: verbAppoint, Object: ref, Version: 1, Subject: act.Ref{Type: "post", ID: a.Post},
		When: act.When{Effective: a.Period.From, Until: until(a.Period)}, How: act.How{Instrument: a.LegalAct},
		Args: map[string]string{"post": string(a.Post), "holder": string(holder), "interim": yes(a.Interim)}})
	return holder, nil
}

func until(p calendar.Period) calendar.Day {
	if p.Open() {
		return ""
	}
	return p.Last()
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func (a *Appointment) complete(post Post) {
	if a.Nature == "" {
		a.Nature = Affectation
		if post.Layer == Elected {
			a.Nature = Mandate
		}
	}
	if a.Status == "" {
		a.Status = "fonctionnaire"
		if a.Nature == Mandate {
			a.Status = "elu"
		}
	}
	if a.Quotity == 0 {
		a.Quotity = 100
	}
}

func (a *Appointment) check(tx *act.Tx, rows []Post) error {
	err := fault.New(fault.Invalid, "powers.holder.invalid")
	checkPeriod(err, &a.Period)
	if a.Nature != Affectation && a.Nature != Mandate {
		err.At("nature", "powers.kind_unknown", "value", a.Nature)
	}
	if !slices.Contains(Statuses, a.Status) {
		err.At("status", "powers.kind_unknown", "value", a.Status)
	}
	if a.Quotity < 1 || a.Quotity > 100 {
		err.At("quotity", "powers.holder.quotity")
	}
	if len(err.Fields) > 0 {
		return err
	}
	if _, dberr := PersonByID(tx.Context(), tx, a.Person); dberr != nil {
		return dberr
	}
	if !lifeOf(rows, a.Period) {
		return fault.New(fault.Conflict, "powers.holder.outside_post", "from", rows[0].From, "to", rows[len(rows)-1].To)
	}
	return a.alone(tx)
}

// alone refuses two people on one post on one day, unless one of them stands in for the other.
func (a *Appointment) alone(tx *act.Tx) error {
	held, err := holdersOf(tx, a.Post)
	if err != nil {
		return err
	}
	for _, h := range held {
		switch {
		case !h.Period.Overlaps(a.Period):
		case h.Person == a.Person:
			return fault.New(fault.Conflict, "powers.holder.twice", "from", h.From, "to", h.To)
		case h.Interim == a.Interim:
			return fault.New(fault.Conflict, "powers.holder.overlap", "from", h.From, "to", h.To)
		}
	}
	return nil
}

// EndHolding ends a holding on a day; on or before its first day, it never was.
// Later rooms hear of it by HoldingEndedV1. Faults: NotFound; Conflict powers.holder.ended.
func EndHolding(tx *act.Tx, holder id.ID, day calendar.Day, legalAct string) error {
	h, err := holderRow(tx, holder)
	if err != nil {
		return err
	}
	if _, err := holding.Next(h.stateOn(tx.Today()), "end"); err != nil || !day.Valid() || day >= h.To {
		return fault.New(fault.Conflict, "powers.holder.ended", "to", h.To)
	}
	post, err := postRows(tx, h.Post)
	if err != nil {
		return err
	}
	ref := act.Ref{Type: "holder", ID: holder}
	e, err := begin(tx, act.Ask{Verb: verbEnd, Object: ref, Roles: map[string][]id.ID{"unit": {post[len(post)-1].Unit}}})
	if err != nil {
		return err
	}
	if err := e.cutFrom(holders, h.Row, h.Span, day); err != nil {
		return err
	}
	e.record(act.Act{Verb: verbEnd, Object: ref, Subject: act.Ref{Type: "post", ID: h.Post}, When: act.When{Effective: day},
		How: act.How{Instrument: legalAct}, Args: map[string]string{"post": string(h.Post), "holder": string(holder)}})
	return fact.Insert(tx, HoldingEndedV1{Post: h.Post, Holder: holder, Day: day})
}

// HoldingEndedV1: it was recorded that somebody leaves, or left, a post. Day is the first one without them.
type HoldingEndedV1 struct {
	Post, Holder id.ID
	Day          calendar.Day
}
