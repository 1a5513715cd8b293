package act_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/i18n"
	"parvis/internal/id"
)

// standing changes a civic row with its act, as a room does.
func standing(t *testing.T, l *act.Log, account id.ID, version int64) {
	t.Helper()
	_, err := act.Do(context.Background(), l, acttest.Author(), func(tx *act.Tx) (id.ID, error) {
		ref := act.Ref{Type: "account", ID: account}
		g, err := tx.Allow(act.Ask{Verb: "test.note.keep", Object: ref})
		if err != nil {
			return "", err
		}
		err = tx.Exec(`INSERT INTO account_standing (id, version, administrator, disabled, keys_reset) VALUES ($1,$2,$3,$4,0)
			ON CONFLICT (id) DO UPDATE SET version = excluded.version`, account, version, true, false)
		rows := []act.Row{{Table: "account_standing", ID: account}}
		return tx.Record(g, act.Act{Verb: "test.note.keep", Object: ref, Version: version, Rows: rows}), err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func fsck(t *testing.T, d *db.DB, keys act.Keys) *act.Fsck {
	t.Helper()
	f, err := act.Check(context.Background(), d, keys.Public, nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFsckFindsWhatWasChangedBehindTheLog(t *testing.T) {
	type mutant struct {
		name string
		sql  []string
		want act.DefectKind
	}
	mutants := []mutant{
		{"civic row edited", []string{`UPDATE account_standing SET administrator = NOT administrator WHERE id = 'anne'`}, act.RowChanged},
		{"civic row added", []string{`INSERT INTO account_standing SELECT 'intruder', version, administrator, disabled, keys_reset FROM account_standing WHERE id = 'anne'`}, act.RowUnsealed},
		{"civic row removed", []string{`DELETE FROM account_standing WHERE id = 'anne'`}, act.RowGone},
		{"civic row removed with its seal", []string{`DELETE FROM account_standing WHERE id = 'anne'`, `DELETE FROM act_seal WHERE row_id = 'anne'`}, act.RowGone},
		{"civic row rolled back with its seal", []string{`UPDATE act_seal SET act = (SELECT MIN(id) FROM act) WHERE row_id = 'anne'`}, act.SealForeign},
		{"seal recomputed", []string{`UPDATE act_seal SET salt = digest, digest = salt WHERE row_id = 'anne'`}, act.SealForeign},
		{"seal of a table unknown", []string{`UPDATE act_seal SET row_table = 'nothing' WHERE row_id = 'anne'`}, act.TableUnknown},
		{"act: column", []string{`UPDATE act SET post = 'someone-else' WHERE verb = 'test.note.decide'`}, act.ActColumns},
		{"act: payload", []string{`UPDATE act SET payload = (SELECT payload FROM act ORDER BY id LIMIT 1) WHERE verb = 'test.note.decide'`}, act.ActUnlogged},
		{"act: nonce", []string{`UPDATE act SET nonce = payload WHERE verb = 'test.note.decide'`}, act.ActUnlogged},
		{"act: made internal", []string{`UPDATE act SET visibility = 'interne' WHERE verb = 'test.note.decide'`}, act.LeafUnopened},
		{"act: made a draft", []string{`UPDATE act SET visibility = 'brouillon' WHERE verb = 'test.note.decide'`}, act.ActUnlogged},
		{"act: internal made public", []string{`UPDATE act SET visibility = 'public' WHERE verb = 'test.note.keep'`}, act.ActUnlogged},
		{"act removed", []string{`DELETE FROM act WHERE verb = 'test.note.decide'`}, act.LeafUnopened},
		{"internal act removed", []string{`DELETE FROM act WHERE id = (SELECT MIN(id) FROM act WHERE verb = 'test.note.keep')`}, act.BatchChanged},
		{"internal act: payload", []string{`UPDATE act SET payload = nonce WHERE id = (SELECT MIN(id) FROM act WHERE verb = 'test.note.keep')`}, act.ActUnreadable},
		{"text edited", []string{`UPDATE act_text SET body = 'autre chose' WHERE erased_by = '' AND name = 'motive'`}, act.TextChanged},
		{"text emptied", []string{`UPDATE act_text SET body = '', nonce = (SELECT nonce FROM act_text WHERE erased_by <> '' ORDER BY id LIMIT 1) WHERE erased_by = ''`}, act.TextEmptied},
		{"text emptied, named after another's effacement", []string{`UPDATE act_text SET body = '', nonce = (SELECT nonce FROM act_text WHERE erased_by <> '' ORDER BY id LIMIT 1), erased_by = (SELECT MIN(id) FROM act WHERE verb = 'act.text.erase') WHERE erased_by = ''`}, act.TextEmptied},
		{"effaced text restored", []string{`UPDATE act_text SET body = 'revenu' WHERE erased_by <> ''`}, act.TextEmptied},
		{"text removed", []string{`DELETE FROM act_text WHERE erased_by = ''`}, act.TextGone},
		{"text renamed", []string{`UPDATE act_text SET name = 'reserve' WHERE erased_by = ''`}, act.TextStray},
		{"leaf edited", []string{`UPDATE log_leaf SET body = (SELECT body FROM log_leaf WHERE idx = 1) WHERE idx = 0`}, act.ActUnlogged},
		{"leaf removed", []string{`DELETE FROM log_leaf WHERE idx = 0`}, act.LeafGap},
		{"leaf added", []string{`INSERT INTO log_leaf (idx, body) SELECT idx + 1, body FROM log_leaf ORDER BY idx DESC LIMIT 1`}, act.LeafUnopened},
		{"batch: payload", []string{`UPDATE log_batch SET payload = nonce`}, act.BatchChanged},
		{"batch removed", []string{`DELETE FROM log_batch`}, act.BatchChanged},
		{"tile edited", []string{`UPDATE log_tile SET data = (SELECT data FROM log_tile WHERE level = 0 AND idx = 1) WHERE level = 0 AND idx = 0`}, act.TileChanged},
		{"tile added", []string{`INSERT INTO log_tile (level, idx, width, data) SELECT 5, 0, width, data FROM log_tile WHERE level = 0 AND idx = 0`}, act.TileChanged},
		{"upper tile removed", []string{`DELETE FROM log_tile WHERE level = 1`}, act.TileChanged},
		{"checkpoint edited", []string{`UPDATE log_checkpoint SET note = 'valmont.example/log'`}, act.HeadChanged},
		{"checkpoint of another size", []string{`UPDATE log_checkpoint SET size = size - 1 WHERE size = (SELECT MAX(size) FROM log_checkpoint)`}, act.HeadChanged},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		keys := city(t, d)
		for _, m := range mutants {
			t.Run(m.name, func(t *testing.T) { mutate(t, d, keys, m.sql, m.want) })
		}
	})
}

// city has two civic rows, one of which changed twice, and enough acts for two tiles.
func city(t *testing.T, d *db.DB) act.Keys {
	t.Helper()
	l, keys := acttest.Log(t, d, acttest.Verbs()), acttest.Keys(t)
	standing(t, l, "anne", 1)
	acttest.History(t, d, l, 60)
	standing(t, l, "anne", 2)
	standing(t, l, "albert", 1)
	if err := acttest.Sequencer(t, d, l, act.Sequencing{Keys: keys}).Flush(context.Background()); err != nil {
		t.Fatal(err)
	}
	return keys
}

var errUndo = errors.New("undo the mutation")

// mutate runs statements behind the log's back, as somebody with the password of the database would,
// in a transaction that is undone. The control is the same city before.
func mutate(t *testing.T, d *db.DB, keys act.Keys, statements []string, want act.DefectKind) {
	if f := fsck(t, d, keys); !f.OK() || f.Rows != 2 || f.Leaves < 300 || f.Erased != 120 {
		t.Fatalf("the control is not clean: %+v", f)
	}
	err := d.Writer.Civic(context.Background(), func(tx *db.Tx) error {
		for _, s := range statements {
			if n, err := tx.Affected(s); err != nil || n == 0 {
				return fmt.Errorf("%s: %d rows, %v", s, n, err)
			}
		}
		f, err := act.CheckIn(context.Background(), tx, keys.Public, nil)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(f.Defects, func(d act.Defect) bool { return d.Kind == want }) {
			t.Errorf("want %s, found %v", want, f.Defects)
		}
		return errUndo
	})
	if !errors.Is(err, errUndo) {
		t.Error(err)
	}
}

func TestFsckSeesOneMomentOfALivingCity(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		l, keys := acttest.Log(t, d, acttest.Verbs()), acttest.Keys(t)
		s := acttest.Sequencer(t, d, l, act.Sequencing{Keys: keys})
		done := make(chan struct{})
		go func() {
			defer close(done)
			for i := range 40 {
				standing(t, l, id.ID(fmt.Sprint("a", i%7)), int64(i))
				if err := s.Flush(context.Background()); err != nil {
					t.Error(err)
				}
			}
		}()
		for running := true; running; {
			select {
			case <-done:
				running = false
			default:
			}
			if f := fsck(t, d, keys); !f.OK() {
				t.Fatal(f.Defects)
			}
		}
	})
}

func TestFsckSpeaksBothLanguages(t *testing.T) {
	for _, problem := range i18n.Check(act.Messages) {
		t.Error(problem)
	}
	catalog, err := i18n.Load(act.Messages)
	if err != nil {
		t.Fatal(err)
	}
	f := act.Fsck{Defects: []act.Defect{{Kind: act.RowChanged, Row: act.Row{Table: "part", ID: "7"}},
		{Kind: act.ActColumns, Act: "x"}, {Kind: act.LeafGap, Leaf: 12}}}
	for _, lang := range i18n.Languages() {
		var out strings.Builder
		if err := f.Text(&out, catalog.Printer(lang)); err != nil || strings.Contains(out.String(), "⟦") {
			t.Error(err, out.String())
		}
	}
}
