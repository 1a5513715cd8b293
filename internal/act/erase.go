package act

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// eraseVerb is the effacement of a text (RGPD art. 17).
const eraseVerb = "act.text.erase"

// Erasure is the request to efface a text of an act.
type Erasure struct {
	Text   id.ID    // the text
	Basis  []string // articles; empty: RGPD art. 17
	Reason string   // a text of its own, for whoever asks later why; "" for none
	Copies []Copies // one for each room that keeps copies
	roles  map[string][]id.ID
}

// Effaced stands in the rows of rooms in the place of a text that was effaced.
const Effaced = "[effacé]"

// Forgotten is a text that is being effaced, for whoever keeps copies of it.
type Forgotten struct {
	Subject Ref // the thing on whose page it appeared
	Name    string
	Body    string
}

// Copies puts Effaced in the place of the copies of a text that a room keeps, and lists the civic rows that it
// changed. It runs in the transaction of the effacement.
type Copies func(tx *Tx, f Forgotten) ([]Row, error)

// EraseText nulls the nonce and the body of a text, so that its digest in the log tells nothing any
// more, and records the effacement as visibly as the act whose text it was. Other acts about the same thing that
// say the same words lose them too, each by an effacement of its own; rooms efface the copies in their rows.
//
// Errors: fault.NotFound for an unknown text, fault.Gone for one erased before, those of the powers.
func EraseText(ctx context.Context, l *Log, by Actor, e Erasure) (id.ID, error) {
	return Do(ctx, l, by, func(tx *Tx) (id.ID, error) {
		t, err := findText(tx, e.Text)
		if err != nil {
			return "", err
		}
		done, err := e.efface(tx, e.Text, t, "")
		if err != nil || t.body == "" {
			return done, err
		}
		same, err := sameTexts(tx, t)
		for _, text := range same {
			if _, err := e.efface(tx, text, t, done); err != nil {
				return "", err
			}
		}
		return done, err
	})
}

// EffaceOwn effaces the texts of all acts about a thing, inside a change of its room: what its author takes back.
// Roles tell the powers who the author is, cause is the act by which they do. The rows are the business of the room.
func EffaceOwn(tx *Tx, subject Ref, roles map[string][]id.ID, cause id.ID) error {
	texts, err := db.All(tx.Context(), tx, db.Scalar[id.ID], `SELECT t.id FROM act a JOIN act_text t ON t.act = a.id
		WHERE a.subject_type = $1 AND a.subject_id = $2 AND t.erased_by = '' ORDER BY t.id`, subject.Type, subject.ID)
	for _, text := range texts {
		t, err := findText(tx, text)
		if err != nil {
			return err
		}
		if _, err := (Erasure{roles: roles}).efface(tx, text, t, cause); err != nil {
			return err
		}
	}
	return err
}

// efface erases one text. The first effacement takes the copies of rooms with it, and causes the others.
func (e Erasure) efface(tx *Tx, text id.ID, t keptText, cause id.ID) (id.ID, error) {
	object := Ref{Type: "text", ID: text}
	grant, err := tx.Allow(Ask{Verb: eraseVerb, Object: object, Roles: e.roles})
	if err != nil {
		return "", err
	}
	a := e.act(object, t)
	if a.Cause = cause; cause == "" && t.body != "" {
		if a.Rows, err = e.copies(tx, t); err != nil {
			return "", err
		}
	}
	done := tx.Record(grant, a)
	return done, tx.Exec(`UPDATE act_text SET nonce = $1, body = '', erased_by = $2 WHERE id = $3`, []byte{}, done, text)
}

func (e Erasure) copies(tx *Tx, t keptText) (all []Row, err error) {
	for _, efface := range e.Copies {
		rows, err := efface(tx, Forgotten{Subject: t.subject, Name: t.name, Body: t.body})
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	return all, nil
}

// sameTexts lists the other texts that say the same of the same thing.
func sameTexts(tx *Tx, t keptText) ([]id.ID, error) {
	return db.All(tx.Context(), tx, db.Scalar[id.ID], `SELECT t.id FROM act a JOIN act_text t ON t.act = a.id
		WHERE a.subject_type = $1 AND a.subject_id = $2 AND t.erased_by = '' AND t.body = $3 ORDER BY t.id`, t.subject.Type, t.subject.ID, t.body)
}

func (e Erasure) act(object Ref, t keptText) Act {
	basis := e.Basis
	if len(basis) == 0 {
		basis = []string{"RGPD art. 17"}
	}
	a := Act{Verb: eraseVerb, Object: object, Subject: t.subject, Visibility: t.visibility, Why: Why{Basis: basis},
		Args: map[string]string{"act": string(t.act), "name": t.name}}
	if e.Reason != "" {
		a.Texts = []Text{{Name: "reason", Body: e.Reason}}
	}
	return a
}

// keptText is a text with what the act it belongs to says of it.
type keptText struct {
	act        id.ID
	name       string
	subject    Ref
	visibility Visibility
	body       string
}

func findText(tx *Tx, text id.ID) (keptText, error) {
	var erasedBy id.ID
	t, err := db.One(tx.Context(), tx, func(r db.Row) (t keptText, err error) {
		err = r.Scan(&t.act, &t.name, &erasedBy, &t.subject.Type, &t.subject.ID, &t.visibility, &t.body)
		return t, err
	}, `SELECT t.act, t.name, t.erased_by, a.subject_type, a.subject_id, a.visibility, t.body
		FROM act_text t JOIN act a ON a.id = t.act WHERE t.id = $1`, text)
	if err == nil && erasedBy != "" {
		return t, fault.New(fault.Gone, "act.text_erased")
	}
	return t, err
}
