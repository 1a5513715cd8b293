package act_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"testing"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/fault"
	"parvis/internal/id"
)

var verbs = []act.Verb{
	{Name: "test.note.write", Force: act.Did, Default: act.Public, Basis: "-"},
	{Name: "test.note.keep", Force: act.Did, Default: act.Internal, Basis: "-"},
	{Name: "test.note.decide", Force: act.Decided, Default: act.Public, Basis: "-"},
}

func permissive(*db.Tx, act.Actor, act.Ask) (act.Chain, error) {
	return act.Chain{Role: "decides"}, nil
}

func newLog(t *testing.T, d *db.DB, decide act.Decider) *act.Log {
	t.Helper()
	v, err := act.NewVerbs(verbs)
	if err != nil {
		t.Fatal(err)
	}
	return act.NewLog(d.Writer, v, decide)
}

var agent = act.Actor{Kind: act.Agent, Post: "post-1", Account: "account-1", Channel: "web"}

func write(tx *act.Tx, verb string, a act.Act) (id.ID, error) {
	g, err := tx.Allow(act.Ask{Verb: verb, Object: a.Object})
	if err != nil {
		return "", err
	}
	a.Verb = verb
	return tx.Record(g, a), nil
}

func count(t *testing.T, d *db.DB, statement string) int64 {
	t.Helper()
	n, err := db.One(context.Background(), d.Readers, db.Scalar[int64], statement)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func key(err error) string {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f.Key
	}
	return ""
}

func TestWithoutARecordedActEverythingIsRolledBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		l := newLog(t, d, permissive)
		_, err := act.Do(context.Background(), l, agent, func(tx *act.Tx) (int, error) {
			return 1, tx.Exec(`INSERT INTO log_checkpoint (size, signed_at, note) VALUES (1, 1, '')`)
		})
		if key(err) != "act.nothing_recorded" {
			t.Errorf("got %v", err)
		}
		if n := count(t, d, `SELECT count(*) FROM log_checkpoint`); n != 0 {
			t.Error("the change was kept")
		}
	})
}

func TestARefusedAskChangesNothing(t *testing.T) {
	d := dbtest.SQLite(t, nil)
	l := newLog(t, d, func(*db.Tx, act.Actor, act.Ask) (act.Chain, error) {
		return act.Chain{}, fault.New(fault.Denied, "powers.denied")
	})
	_, err := act.Do(context.Background(), l, agent, func(tx *act.Tx) (id.ID, error) {
		return write(tx, "test.note.write", act.Act{Object: act.Ref{Type: "note", ID: "n1"}})
	})
	if fault.KindOf(err) != fault.Denied {
		t.Errorf("got %v", err)
	}
	if n := count(t, d, `SELECT count(*) FROM act`); n != 0 {
		t.Errorf("%d acts recorded", n)
	}
}

func TestAGrantServesOnlyItsVerbAndTransaction(t *testing.T) {
	d := dbtest.SQLite(t, nil)
	l := newLog(t, d, permissive)
	var kept act.Grant
	for _, borrow := range []func(*act.Tx) act.Grant{
		func(tx *act.Tx) act.Grant { kept, _ = tx.Allow(act.Ask{Verb: "test.note.keep"}); return kept },
		func(*act.Tx) act.Grant { return kept },
		func(*act.Tx) act.Grant { return act.Grant{} },
	} {
		_, err := act.Do(context.Background(), l, agent, func(tx *act.Tx) (id.ID, error) {
			return tx.Record(borrow(tx), act.Act{Verb: "test.note.write", Object: act.Ref{Type: "note", ID: "n"}}), nil
		})
		if key(err) != "act.foreign_grant" {
			t.Errorf("got %v", err)
		}
	}
}

func TestADecisionNeedsItsSixAnswers(t *testing.T) {
	d := dbtest.SQLite(t, nil)
	l := newLog(t, d, permissive)
	whole := act.Act{
		Object: act.Ref{Type: "note", ID: "n"},
		For:    act.For{Segments: []string{"residents"}},
		Why:    act.Why{Basis: []string{"CGCT L2121-29"}},
		When:   act.When{Effective: "2018-03-12"},
		How:    act.How{Procedure: "arbitration"},
		Texts:  []act.Text{{Name: "motive", Body: "Moins de camions."}},
	}
	for field, empty := range map[string]func(*act.Act){
		"":     func(*act.Act) {},
		"what": func(a *act.Act) { a.Object = act.Ref{} },
		"for":  func(a *act.Act) { a.For = act.For{} },
		"why":  func(a *act.Act) { a.Texts = nil },
		"when": func(a *act.Act) { a.When = act.When{} },
		"how":  func(a *act.Act) { a.How = act.How{} },
	} {
		decision := whole
		empty(&decision)
		_, err := act.Do(context.Background(), l, agent, func(tx *act.Tx) (id.ID, error) {
			return write(tx, "test.note.decide", decision)
		})
		if got := firstField(err); got != field {
			t.Errorf("without %q: field %q (%v)", field, got, err)
		}
	}
}

func firstField(err error) string {
	if f, ok := errors.AsType[*fault.Error](err); ok && len(f.Fields) > 0 {
		return f.Fields[0].Name
	}
	return ""
}

func TestAPublicActHasALeafAndAnInternalOneWaits(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		l := newLog(t, d, permissive)
		for _, verb := range []string{"test.note.write", "test.note.keep", "test.note.write"} {
			_, err := act.Do(context.Background(), l, agent, func(tx *act.Tx) (id.ID, error) {
				return write(tx, verb, act.Act{Object: act.Ref{Type: "note", ID: "n"}})
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		got, err := db.All(context.Background(), d.Readers, db.Scalar[int64], `SELECT leaf FROM act ORDER BY recorded_at`)
		if err != nil || len(got) != 3 || got[0] != 0 || got[1] != -1 || got[2] != 1 {
			t.Errorf("leaves %v (%v), want 0, -1, 1", got, err)
		}
	})
}

func TestNoTextNorAccountEntersPayloadOrLeaf(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		l := newLog(t, d, permissive)
		actID, err := act.Do(context.Background(), l, agent, func(tx *act.Tx) (id.ID, error) {
			return write(tx, "test.note.write", act.Act{Object: act.Ref{Type: "note", ID: "n"},
				Texts: []act.Text{{Name: "motive", Body: "Madame Secrète habite ici"}}})
		})
		if err != nil {
			t.Fatal(err)
		}
		payload := stored(t, d, `SELECT payload FROM act WHERE id = $1`, actID)
		leaf := stored(t, d, `SELECT body FROM log_leaf WHERE idx = 0`)
		for _, secret := range []string{"Secrète", "account-1"} {
			if bytes.Contains(payload, []byte(secret)) || bytes.Contains(leaf, []byte(secret)) {
				t.Errorf("%q is in the log", secret)
			}
		}
		var p act.Payload
		if err := json.Unmarshal(payload, &p); err != nil || len(p.Texts) != 1 || p.Who.Post != "post-1" {
			t.Errorf("payload %s (%v)", payload, err)
		}
	})
}

func stored(t *testing.T, d *db.DB, statement string, args ...any) []byte {
	t.Helper()
	b, err := db.One(context.Background(), d.Readers, db.Scalar[[]byte], statement, args...)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
