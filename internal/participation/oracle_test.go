package participation_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parvis/internal/act/acttest"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/participation"
	"parvis/internal/participation/tally"
)

// Real elections handed in, frozen under the rule they declare and counted by the room give the winners that
// their files give when they are counted as they are: what is kept of the ballots, and the document of rules,
// lose nothing that counts. PARVIS_PABULIB names a folder of .pb files.
func TestRealElectionsKeepTheirWinners(t *testing.T) {
	folder := os.Getenv("PARVIS_PABULIB")
	if folder == "" {
		t.Skip("PARVIS_PABULIB is not set")
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.pb"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	at := clock.At(today.Clock(9, 0))
	dbtest.EachAt(t, at, func(t *testing.T, d *db.DB) {
		at.Move(today.Clock(9, 0))
		w := newTown(t, d, at, acttest.Allow)
		counted := 0
		for _, name := range files {
			want, declared := asItIs(w, name)
			if !declared {
				continue
			}
			if got := winnersOf(w, name); !slices.Equal(got, want) {
				w.Errorf("%s: %v, want %v", filepath.Base(name), got, want)
			}
			counted++
		}
		if counted < 5 {
			w.Errorf("only %d files declare a rule: this test sees little", counted)
		}
		acttest.Clean(t, d)
	})
}

// asItIs counts a file without the room; false when it declares no rule that we know.
func asItIs(w *town, name string) ([]string, bool) {
	f, err := os.Open(name)
	if err != nil {
		w.Fatal(err)
	}
	defer f.Close()
	a, err := tally.Recount(context.Background(), f, tally.Request{})
	if err != nil {
		return nil, false
	}
	return a.Reports[0].Winners, true
}

func winnersOf(w *town, name string) []string {
	f, err := os.Open(name)
	if err != nil {
		w.Fatal(err)
	}
	defer f.Close()
	s, err := w.room.Stage(w.ctx, agent, participation.Bring{File: filepath.Base(name), In: f})
	if err != nil {
		w.Fatal(err)
	}
	e, err := w.room.ImportElection(w.ctx, agent, mission, participation.Import{Staged: s.ID, Title: filepath.Base(name), Lang: "en", Source: "Pabulib"})
	if err != nil {
		w.Fatal(err)
	}
	read := w.sheet(e.ID)
	if _, err := w.room.FreezeRules(w.ctx, mission, participation.Freeze{Election: e.ID, Version: e.Version, Rules: w.rules(read, participation.DeclaredRules, nil)}); err != nil {
		w.Errorf("%s: %v", name, describe(err))
		return nil
	}
	if err := w.room.CountElection(w.ctx, e.ID); err != nil {
		w.Fatal(err)
	}
	return strings.Fields(winners(w.lot(w.sheet(e.ID), "")))
}
