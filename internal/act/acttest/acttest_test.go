package acttest_test

import (
	"context"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
)

func TestAnEmptyCityIsClean(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) { acttest.Clean(t, d) })
}

func TestLogRecordsForAnAgent(t *testing.T) {
	verbs := []act.Verb{{Name: "test.thing.make", Force: act.Did, Default: act.Public}}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		l := acttest.Log(t, d, verbs)
		_, err := act.Do(context.Background(), l, acttest.Agent("maire"), func(tx *act.Tx) (any, error) {
			g, err := tx.Allow(act.Ask{Verb: "test.thing.make", Object: act.Ref{Type: "thing", ID: "1"}})
			if err != nil {
				return nil, err
			}
			tx.Record(g, act.Act{Verb: "test.thing.make", Object: act.Ref{Type: "thing", ID: "1"}})
			return nil, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		acttest.Clean(t, d)
	})
}
