package act

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Record writes the act that explains a change, and returns its id. A failure is kept and returned
// by Do, so that nothing can be committed after it.
func (tx *Tx) Record(g Grant, a Act) id.ID {
	if tx.fault != nil {
		return ""
	}
	actID, err := tx.record(g, a)
	if err != nil {
		tx.fault = err
		return ""
	}
	tx.acts = append(tx.acts, actID)
	return actID
}

func (tx *Tx) record(g Grant, a Act) (id.ID, error) {
	verb, known := tx.log.verbs[a.Verb]
	if !known {
		return "", fault.New(fault.Internal, "act.unknown_verb", "verb", a.Verb)
	}
	if g.tx != tx || g.ask.Verb != a.Verb {
		return "", fault.New(fault.Internal, "act.foreign_grant", "verb", a.Verb)
	}
	if a.When.Effective == "" && verb.Force != Decided {
		a.When.Effective = tx.Today()
	}
	if err := complete(verb, a, tx.by); err != nil {
		return "", err
	}
	if a.Visibility == "" {
		a.Visibility = verb.Default
	}
	if err := tx.correctable(a); err != nil {
		return "", err
	}
	p, err := tx.payload(g, a, verb)
	if err != nil {
		return "", err
	}
	return p.ID, tx.store(a, p)
}

// complete refuses a decision while one of its six answers is empty.
func complete(v Verb, a Act, by Actor) error {
	if v.Force != Decided {
		return nil
	}
	err := fault.New(fault.Invalid, "act.incomplete", "verb", v.Name)
	if by.Post == "" && by.Kind != System {
		err.At("who", "act.incomplete.who")
	}
	if a.Object.Zero() {
		err.At("what", "act.incomplete.what")
	}
	if a.For.empty() {
		err.At("for", "act.incomplete.for")
	}
	if a.text("motive") == "" || !a.Why.linked() {
		err.At("why", "act.incomplete.why")
	}
	if a.When.Effective == "" {
		err.At("when", "act.incomplete.when")
	}
	if a.How.Procedure == "" {
		err.At("how", "act.incomplete.how")
	}
	return err.OrNil()
}

func (a Act) text(name string) string {
	for _, t := range a.Texts {
		if t.Name == name {
			return t.Body
		}
	}
	return ""
}

func (tx *Tx) payload(g Grant, a Act, v Verb) (Payload, error) {
	if a.ID == "" {
		a.ID = tx.NewID()
	}
	p := Payload{V: 1, ID: a.ID, Verb: v.Name, Force: v.Force,
		Who:  Who{tx.by.Kind, tx.by.Post, tx.by.Holder, tx.by.OnBehalf, tx.by.Deputising, tx.by.SetOffBy},
		What: What{Ref: a.Object, Version: a.Version},
		When: WhenHeld{When: a.When, Recorded: db.Micros(tx.Now()), Day: calendar.DayOf(tx.Now())},
		How:  HowHeld{How: a.How, Channel: tx.by.Channel, Chain: g.chain},
		Args: a.Args, Cause: a.Cause, Corrects: a.Corrects,
	}
	if !a.Subject.Zero() && a.Subject != a.Object {
		p.What.Subject = &a.Subject
	}
	if !a.For.empty() || a.For.Promise != "" {
		p.For = &a.For
	}
	if a.Why.linked() {
		p.Why = &a.Why
	}
	var err error
	if p.Texts, err = tx.keepTexts(p.ID, a.Texts, a.Visibility == Public); err != nil {
		return p, err
	}
	p.Rows, err = tx.seal(p.ID, a.Rows)
	return p, err
}

// keepTexts stores each text under a nonce of its own and returns what the payload says of it.
func (tx *Tx) keepTexts(act id.ID, texts []Text, public bool) ([]Held, error) {
	var held []Held
	for _, t := range texts {
		if t.Body == "" {
			continue
		}
		if public && strings.HasPrefix(t.Name, Reserved) {
			return nil, fault.New(fault.Internal, "act.reserved_public", "name", t.Name)
		}
		if !utf8.ValidString(t.Body) || strings.ContainsRune(t.Body, 0) {
			return nil, fault.New(fault.Invalid, "act.text_unreadable", "name", t.Name)
		}
		if t.Lang == "" {
			t.Lang = "fr"
		}
		nonce, textID := newNonce(), id.Random()
		err := tx.Later(`INSERT INTO act_text (id, act, name, lang, nonce, body, erased_by) VALUES ($1,$2,$3,$4,$5,$6,'')`,
			textID, act, t.Name, t.Lang, nonce, t.Body)
		if err != nil {
			return nil, err
		}
		held = append(held, Held{ID: textID, Name: t.Name, Lang: t.Lang, Digest: salted(nonce, []byte(t.Body))})
	}
	return held, nil
}

// store writes the act, and the leaf of a public one.
func (tx *Tx) store(a Act, p Payload) error {
	payload, err := json.Marshal(p)
	if err != nil {
		return err
	}
	nonce, leaf := newNonce(), "-1"
	if a.Visibility == Public {
		leaf = "(" + lastLeaf + ")"
		if err := tx.Later(insertLeaf, newLeaf(LeafAct, nonce, payload)); err != nil {
			return err
		}
	}
	subject := a.Subject
	if subject.Zero() {
		subject = a.Object
	}
	return tx.Later(`INSERT INTO act (id, recorded_at, verb, force, visibility, actor_kind, post, account,
		object_type, object_id, subject_type, subject_id, effective, cause, corrects, nonce, payload, leaf)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,`+leaf+`)`,
		p.ID, p.When.Recorded, p.Verb, string(p.Force), string(a.Visibility), string(tx.by.Kind), tx.by.Post, tx.by.Account,
		a.Object.Type, a.Object.ID, subject.Type, subject.ID, string(a.When.Effective), a.Cause, a.Corrects, nonce, payload)
}

// A leaf takes the number after the last, from 0. It is taken from the table itself: both engines run
// closures one after the other, and a savepoint rolled back gives it back.
const (
	insertLeaf = `INSERT INTO log_leaf (idx, body) SELECT COALESCE(MAX(idx), -1) + 1, $1 FROM log_leaf`
	lastLeaf   = `SELECT MAX(idx) FROM log_leaf`
)

// appendLeaf queues a leaf for the tree and returns its number.
func appendLeaf(tx *db.Tx, body []byte) (int64, error) {
	if err := tx.Later(insertLeaf, body); err != nil {
		return 0, err
	}
	return db.One(tx.Context(), tx, db.Scalar[int64], lastLeaf)
}
