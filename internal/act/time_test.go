package act_test

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
)

// A machine whose clock was set back, a demonstration begun again at nine: acts still follow each other.
func TestActsFollowEachOtherAcrossRestarts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "parvis.db")
	keys := acttest.Keys(t)
	start := time.Date(2018, 3, 12, 9, 0, 0, 0, time.UTC)
	for i, now := range []time.Time{start.Add(5 * time.Hour), start, start.Add(time.Hour)} {
		d, err := db.Open(context.Background(), db.Config{Source: path, Clock: clock.At(now)})
		if err != nil {
			t.Fatal(err)
		}
		l := acttest.Log(t, d, acttest.Verbs())
		acttest.History(t, d, l, 2)
		if err := acttest.Sequencer(t, d, l, act.Sequencing{Keys: keys}).Flush(context.Background()); err != nil {
			t.Fatal(err)
		}
		if rep := verified(t, d, keys); rep.Acts != int64(10*(i+1)) {
			t.Errorf("%d acts", rep.Acts)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// Two processes on one PostgreSQL, whose clocks disagree.
func TestActsFollowEachOtherAcrossProcesses(t *testing.T) {
	d := dbtest.Postgres(t, clock.At(time.Date(2018, 3, 12, 9, 0, 0, 0, time.UTC)))
	keys := acttest.Keys(t)
	name, err := db.One(context.Background(), d.Readers, db.Scalar[string], `SELECT current_database()`)
	if err != nil {
		t.Fatal(err)
	}
	behind, err := db.Open(context.Background(), db.Config{Source: sibling(t, name), Readers: 2,
		Clock: clock.At(time.Date(2018, 3, 12, 8, 0, 0, 0, time.UTC))})
	if err != nil {
		t.Fatal(err)
	}
	defer behind.Close()
	for range 4 {
		for _, process := range []*db.DB{d, behind} {
			acttest.History(t, process, acttest.Log(t, process, acttest.Verbs()), 1)
		}
	}
	if err := acttest.Sequencer(t, d, acttest.Log(t, d, acttest.Verbs()), act.Sequencing{Keys: keys}).Flush(context.Background()); err != nil {
		t.Fatal(err)
	}
	if rep := verified(t, d, keys); rep.Acts != 40 {
		t.Errorf("%d acts", rep.Acts)
	}
}

// sibling is the address of another database of the test's server.
func sibling(t *testing.T, name string) string {
	t.Helper()
	u, err := url.Parse(os.Getenv("PARVIS_TEST_POSTGRES"))
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}
