package acttest

import (
	"context"
	"fmt"
	"testing"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

// Verbs are the kinds of acts of History.
func Verbs() []act.Verb {
	return []act.Verb{
		{Name: "test.note.write", Force: act.Did, Default: act.Public, Basis: "CRPA L312-1-1"},
		{Name: "test.note.keep", Force: act.Did, Default: act.Internal, Basis: "CRPA L311-2"},
		{Name: "test.note.decide", Force: act.Decided, Default: act.Public, Basis: "CRPA L312-1-1"},
	}
}

// What History writes that must never be found where people are not named.
const (
	Name    = "Aimée Desrosiers-Vauquelin"
	Mail    = "aimee.desrosiers@ville.example"
	Account = "cpt-b2f7c41e"
	Secret  = "note interne que personne ne doit lire"
)

// Author is the agent who makes a History.
func Author() act.Actor {
	return act.Actor{Kind: act.Agent, Account: Account, Post: "poste-adjointe-voirie", Holder: "mandat-2014", Channel: "web"}
}

// Make records one act.
func Make(t testing.TB, l *act.Log, by act.Actor, a act.Act) id.ID {
	t.Helper()
	done, err := act.Do(context.Background(), l, by, func(tx *act.Tx) (id.ID, error) {
		g, err := tx.Allow(act.Ask{Verb: a.Verb, Object: a.Object})
		if err != nil {
			return "", err
		}
		return tx.Record(g, a), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// Decision is an act that answers the six questions about note n.
func Decision(n int) act.Act {
	return act.Act{Verb: "test.note.decide", Object: Note(n), Version: 1,
		For:   act.For{Segments: []string{"residents"}},
		Why:   act.Why{Basis: []string{"CGCT L2121-29"}},
		When:  act.When{Effective: "2018-03-12"},
		How:   act.How{Procedure: "arbitration"},
		Texts: []act.Text{{Name: "motive", Body: fmt.Sprintf("La place sera rendue aux piétons, étape %d.", n)}}}
}

// Note names the object of an act of History.
func Note(n int) act.Ref { return act.Ref{Type: "note", ID: id.ID(fmt.Sprintf("note-%d", n))} }

// History records n rounds of six acts: three public ones (a text that names a person, a decision, a
// correction), two internal ones, and the effacement of the name.
func History(t testing.TB, d *db.DB, l *act.Log, n int) {
	t.Helper()
	for i := range n {
		written := Make(t, l, Author(), act.Act{Verb: "test.note.write", Object: Note(i), Version: 1,
			Texts: []act.Text{{Name: "motive", Body: "Demandé par " + Name}, {Name: "contact", Body: Mail}}})
		Make(t, l, Author(), act.Act{Verb: "test.note.keep", Object: Note(i), Texts: []act.Text{{Name: "motive", Body: Secret}}})
		Make(t, l, Author(), Decision(i))
		Make(t, l, Author(), act.Act{Verb: "test.note.keep", Object: Note(i)})
		Make(t, l, Author(), act.Act{Verb: "test.note.write", Object: Note(i), Version: 2, Corrects: written,
			Texts: []act.Text{{Name: "motive", Body: "Le numéro de rue était faux."}}})
		for _, name := range []string{"motive", "contact"} {
			Erase(t, l, TextOf(t, d, written, name))
		}
	}
}

// TextOf finds the text of that name of an act.
func TextOf(t testing.TB, d *db.DB, of id.ID, name string) id.ID {
	t.Helper()
	text, err := db.One(context.Background(), d.Readers, db.Scalar[id.ID],
		`SELECT id FROM act_text WHERE act = $1 AND name = $2`, of, name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// Erase effaces a text.
func Erase(t testing.TB, l *act.Log, text id.ID) id.ID {
	t.Helper()
	done, err := act.EraseText(context.Background(), l, Author(), act.Erasure{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// Origin names the log of the tests.
const Origin = "valmont.example/log"

// Keys makes keys in a folder of the test.
func Keys(t testing.TB) act.Keys {
	t.Helper()
	keys, err := act.CreateKeys(t.TempDir(), Origin)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// Sequencer makes a sequencer with fresh keys; Flush it to make the log public.
func Sequencer(t testing.TB, d *db.DB, l *act.Log, c act.Sequencing) *act.Sequencer {
	t.Helper()
	if c.Keys.Signer == nil {
		c.Keys = Keys(t)
	}
	return act.NewSequencer(l, d.Readers, c)
}
