package powers

import (
	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Referent is the right door of a unit for a topic: « la bonne porte ».
type Referent struct {
	ID, Row id.ID
	Span
	Unit  id.ID
	Topic string
	Post  id.ID
}

// TopicElected is the topic whose referent is the elected member in charge of the unit (the filière):
// joint roles such as sponsor:part look there for the seat of each silo.
const TopicElected = "elu"

// SetReferent names the post that answers for a unit on a topic; whoever did before no longer does.
// Faults: Invalid powers.referent.invalid; NotFound; Conflict powers.referent.outside_post.
func SetReferent(tx *act.Tx, unit id.ID, topic string, post id.ID, p calendar.Period) error {
	ferr := fault.New(fault.Invalid, "powers.referent.invalid")
	checkPeriod(ferr, &p)
	if !isCode(topic) {
		ferr.At("topic", "powers.code_invalid", "code", topic)
	}
	if err := ferr.OrNil(); err != nil {
		return err
	}
	if err := insideUnit(tx, unit, p); err != nil {
		return err
	}
	rows, err := postRows(tx, post)
	if err != nil {
		return err
	}
	if !lifeOf(rows, p) {
		return fault.New(fault.Conflict, "powers.referent.outside_post")
	}
	return setReferent(tx, Referent{Unit: unit, Topic: topic, Post: post, Span: Span{Period: p}})
}

func setReferent(tx *act.Tx, r Referent) error {
	ref := act.Ref{Type: "unit", ID: r.Unit}
	e, err := begin(tx, act.Ask{Verb: verbReferent, Object: ref, Roles: map[string][]id.ID{"unit": {r.Unit}}})
	if err != nil {
		return err
	}
	before, err := referentsOf(tx, r.Unit, r.Topic)
	if err != nil {
		return err
	}
	for _, b := range before {
		if err := e.cutFrom(referents, b.Row, b.Span, r.From); err != nil {
			return err
		}
	}
	if _, err := e.state(referents, tx.NewID(), r.Period, r.Unit, r.Topic, r.Post); err != nil {
		return err
	}
	e.record(act.Act{Verb: verbReferent, Object: ref, When: act.When{Effective: r.From},
		Args: map[string]string{"unit": string(r.Unit), "topic": r.Topic, "post": string(r.Post)}})
	return nil
}
