package recount_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/act/logfile"
	"parvis/internal/act/verify"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
	"parvis/internal/participation/recount"
)

// town is a city that publishes elections: a log and a folder of files.
type town struct {
	db   *db.DB
	log  *act.Log
	seq  *act.Sequencer
	keys act.Keys
	site string
}

func verbs() []act.Verb {
	var list []act.Verb
	for _, name := range []string{recount.FreezeVerb, recount.SealVerb, recount.PublishVerb, recount.WithdrawVerb} {
		list = append(list, act.Verb{Name: name, Force: act.Did, Default: act.Public, Basis: "CRPA L312-1-1"})
	}
	return list
}

func newTown(t testing.TB, keys act.Keys) *town {
	t.Helper()
	d := dbtest.SQLite(t, nil)
	c := &town{db: d, log: acttest.Log(t, d, acttest.Verbs(), verbs()), keys: keys, site: t.TempDir()}
	c.seq = acttest.Sequencer(t, d, c.log, act.Sequencing{Keys: keys})
	acttest.History(t, d, c.log, 1)
	return c
}

func (c *town) record(t testing.TB, verb, election string, args act.Args) id.ID {
	t.Helper()
	return acttest.Make(t, c.log, acttest.Author(), act.Act{Verb: verb, Object: act.Ref{Type: recount.Object, ID: id.ID(election)}, Version: 1, Args: args})
}

// hold freezes, seals if the draft says so, and publishes an election.
func (c *town) hold(t testing.TB, d recount.Draft) *recount.Publication {
	t.Helper()
	frozen, err := recount.Freeze(context.Background(), d.Rules, d.Lots)
	if err != nil {
		t.Fatal(err)
	}
	c.record(t, recount.FreezeVerb, d.ID, frozen)
	p, err := recount.Publish(context.Background(), d, folder(filepath.Join(c.site, "elections", d.ID)))
	if err != nil {
		t.Fatal(err)
	}
	if d.Sealed {
		c.record(t, recount.SealVerb, d.ID, p.Seal)
	}
	c.record(t, recount.PublishVerb, d.ID, p.Publish)
	return p
}

// flush puts the log beside the elections.
func (c *town) flush(t testing.TB) {
	t.Helper()
	if err := c.seq.Flush(context.Background()); err != nil {
		t.Fatal(err)
	}
	files := logfile.Files{Readers: c.db.Readers, Keys: c.keys.Public}
	if _, err := logfile.Publish(context.Background(), files, filepath.Join(c.site, "log")); err != nil {
		t.Fatal(err)
	}
}

// recounted verifies a site in Go.
func recounted(t testing.TB, site string, o verify.Options) *recount.Whole {
	t.Helper()
	at, err := recount.Locate(context.Background(), site, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	w, err := recount.VerifyAll(context.Background(), at, o)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// stranger verifies a site with the program in Python, which shares nothing with us.
func stranger(t testing.TB, site string, args ...string) (said string, accepted bool) {
	t.Helper()
	python := pythonOrSkip(t)
	script := filepath.Join("..", "..", "..", "test", "conformance", "elections", "verify_election.py")
	var out bytes.Buffer
	cmd := exec.CommandContext(t.Context(), python, append([]string{"-B", script, site}, args...)...)
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	return out.String(), err == nil
}

// hasPython tells whether the second verifier can run here. It is asked once: starting Python costs as much as the rest.
var hasPython = sync.OnceValue(func() bool { return exec.Command("python3", "-c", "import tomllib").Run() == nil })

func pythonOrSkip(t testing.TB) string {
	t.Helper()
	if !hasPython() {
		t.Skip("python3 (3.11 or later) is not installed: the second verifier cannot run")
	}
	return "python3"
}

// Every rule, on every kind of ballot that it counts, is recounted by both verifiers alike.
func TestBothVerifiersAgree(t *testing.T) {
	c := newTown(t, acttest.Keys(t))
	held := 0
	for _, e := range ownElections(t) {
		c.hold(t, e)
		held++
	}
	c.flush(t)
	w := recounted(t, c.site, verify.Options{})
	if len(w.Elections) != held {
		t.Errorf("%d elections of %d were recounted", len(w.Elections), held)
	}
	for _, r := range w.Elections {
		if !r.OK() {
			t.Errorf("%s: %+v", r.ID, r.Problems)
		}
	}
	said, accepted := stranger(t, c.site, c.keys.Public[0])
	if !accepted || strings.Count(said, "\naccepted: ") != held {
		t.Errorf("the stranger says:\n%s", tail(said))
	}
}

func tail(s string) string { return s[max(0, len(s)-3000):] }

func TestWhereThingsLie(t *testing.T) {
	c := newTown(t, acttest.Keys(t))
	c.hold(t, draft(t, "v-2018-1", "mes_cost", from(small("approval", 130))))
	c.flush(t)
	elsewhere := t.TempDir()
	if err := os.CopyFS(elsewhere, os.DirFS(filepath.Join(c.site, "elections", "v-2018-1"))); err != nil {
		t.Fatal(err)
	}
	archive := t.TempDir()
	for from, to := range map[string]string{"log": "journal", "elections": "elections"} {
		if err := os.CopyFS(filepath.Join(archive, to), os.DirFS(filepath.Join(c.site, from))); err != nil {
			t.Fatal(err)
		}
	}
	if hasPython() {
		if said, accepted := stranger(t, archive); !accepted {
			t.Errorf("an archive: the stranger says %s", said)
		}
	}
	for name, at := range map[string]struct {
		address, log         string
		elections, elsewhere int
		ok                   bool
	}{
		"a site":                    {c.site, "", 1, 0, true},
		"its log":                   {filepath.Join(c.site, "log"), "", 0, 1, true},
		"an election on its site":   {filepath.Join(c.site, "elections", "v-2018-1"), "", 1, 0, true},
		"an archive":                {archive, "", 1, 0, true},
		"an election of an archive": {filepath.Join(archive, "elections", "v-2018-1"), "", 1, 0, true},
		"an election taken away":    {elsewhere, filepath.Join(c.site, "log"), 1, 0, true},
		"an election without a log": {elsewhere, "", 1, 0, false},
	} {
		place, err := recount.Locate(context.Background(), at.address, at.log, nil)
		if err != nil {
			t.Fatal(err)
		}
		w, err := recount.VerifyAll(context.Background(), place, verify.Options{})
		if err != nil || len(w.Elections) != at.elections || w.Elsewhere != at.elsewhere || w.OK() != at.ok {
			t.Errorf("%s: %v %+v %+v", name, err, w.Log.Problems, w.Elections)
		}
	}
}

// Files of an election that was withdrawn may be gone; its acts remain.
func TestAWithdrawnElectionMayBeGone(t *testing.T) {
	c := newTown(t, acttest.Keys(t))
	c.hold(t, draft(t, "v-2018-1", "mes_cost", from(small("approval", 130))))
	c.flush(t)
	if err := os.RemoveAll(filepath.Join(c.site, "elections")); err != nil {
		t.Fatal(err)
	}
	if w := recounted(t, c.site, verify.Options{}); w.OK() || !w.Elections[0].Has(recount.FileMissing) {
		t.Error("files disappeared and nobody saw it")
	}
	c.record(t, recount.WithdrawVerb, "v-2018-1", nil)
	c.flush(t)
	if w := recounted(t, c.site, verify.Options{}); !w.OK() || !w.Elections[0].Gone() {
		t.Errorf("%+v", w.Elections[0])
	}
	if said, accepted := stranger(t, c.site); !accepted || !strings.Contains(said, "withdrawn") {
		t.Error(said)
	}
}
