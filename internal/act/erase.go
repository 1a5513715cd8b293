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
}

// EraseText nulls the nonce and the body of a text, so that its digest in the log tells nothing any
// more, and records the effacement as visibly as the act whose text it was. The copies that rooms keep
// in their own rows are theirs to erase.
//
// Errors: fault.NotFound for an unknown text, fault.Gone for one erased before, those of the powers.
func EraseText(ctx context.Context, l *Log, by Actor, e Erasure) (id.ID, error) {
	return Do(ctx, l, by, func(tx *Tx) (id.ID, error) {
		t, err := findText(tx, e.Text)
		if err != nil {
			return "", err
		}
		object := Ref{Type: "text", ID: e.Text}
		grant, err := tx.Allow(Ask{Verb: eraseVerb, Object: object})
		if err != nil {
			return "", err
		}
		done := tx.Record(grant, e.act(object, t))
		return done, tx.Exec(`UPDATE act_text SET nonce = $1, body = '', erased_by = $2 WHERE id = $3`, []byte{}, done, e.Text)
	})
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
}

func findText(tx *Tx, text id.ID) (keptText, error) {
	var erasedBy id.ID
	t, err := db.One(tx.Context(), tx, func(r db.Row) (t keptText, err error) {
		err = r.Scan(&t.act, &t.name, &erasedBy, &t.subject.Type, &t.subject.ID, &t.visibility)
		return t, err
	}, `SELECT t.act, t.name, t.erased_by, a.subject_type, a.subject_id, a.visibility
		FROM act_text t JOIN act a ON a.id = t.act WHERE t.id = $1`, text)
	if err == nil && erasedBy != "" {
		return t, fault.New(fault.Gone, "act.text_erased")
	}
	return t, err
}
