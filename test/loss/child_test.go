package loss

import (
	"bufio"
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

const (
	childDB          = "PARVIS_LOSS_DB"          // path of the database: this process is the child
	childSynchronous = "PARVIS_LOSS_SYNCHRONOUS" // "" is what Parvis ships
	childEarly       = "PARVIS_LOSS_EARLY"       // "1" acknowledges before the commit: a control that must lose
	childAlone       = "PARVIS_LOSS_ALONE"       // a number: one caller records as many acts, then ends
)

func TestMain(m *testing.M) {
	if os.Getenv(childDB) != "" {
		record()
		return
	}
	os.Exit(m.Run())
}

func newLog(d *db.DB) *act.Log {
	verbs, err := act.NewVerbs([]act.Verb{{Name: "test.note.write", Force: act.Did, Default: act.Public, Basis: "-"}})
	if err != nil {
		panic(err)
	}
	return act.NewLog(d.Writer, verbs, func(*db.Tx, act.Actor, act.Ask) (act.Chain, error) {
		return act.Chain{Role: "decides"}, nil
	})
}

// writeNote records one act. When early, the id is acknowledged inside the closure, before it is durable.
func writeNote(ctx context.Context, l *act.Log, early bool) (id.ID, error) {
	return act.Do(ctx, l, act.Actor{Kind: act.System}, func(tx *act.Tx) (id.ID, error) {
		grant, err := tx.Allow(act.Ask{Verb: "test.note.write"})
		if err != nil {
			return "", err
		}
		actID := tx.Record(grant, act.Act{Verb: "test.note.write", Object: act.Ref{Type: "note", ID: id.Random()}})
		if early {
			fmt.Println(actID)
		}
		return actID, nil
	})
}

// record is the child: eight callers, until somebody kills it.
func record() {
	ctx := context.Background()
	d, err := db.Open(ctx, db.Config{Source: os.Getenv(childDB), Synchronous: os.Getenv(childSynchronous)})
	if err != nil {
		panic(err)
	}
	early := os.Getenv(childEarly) == "1"
	l := newLog(d)
	if n, err := strconv.Atoi(os.Getenv(childAlone)); err == nil {
		recordMany(ctx, l, early, n)
		return
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() { recordMany(ctx, l, early, math.MaxInt) })
	}
	wg.Wait()
}

func recordMany(ctx context.Context, l *act.Log, early bool, n int) {
	for range n {
		actID, err := writeNote(ctx, l, early)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		if !early {
			fmt.Println(actID)
		}
	}
}

// child is a running recorder with the ledger of what it has acknowledged.
type child struct {
	cmd    *exec.Cmd
	mu     sync.Mutex
	ledger []id.ID
	ended  chan struct{}
}

func start(t *testing.T, path string, env ...string) *child {
	t.Helper()
	c := &child{cmd: exec.Command(os.Args[0]), ended: make(chan struct{})}
	c.cmd.Env = append(os.Environ(), append(env, childDB+"="+path)...)
	c.cmd.Stderr = os.Stderr
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(c.ended)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if text := lines.Text(); len(text) == 36 { // a line cut by the kill is no acknowledgement
				c.mu.Lock()
				c.ledger = append(c.ledger, id.ID(text))
				c.mu.Unlock()
			}
		}
	}()
	return c
}

// acknowledged is a copy of the ledger as it stands now.
func (c *child) acknowledged() []id.ID {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]id.ID(nil), c.ledger...)
}

func (c *child) kill() {
	c.cmd.Process.Kill()
	<-c.ended
	c.cmd.Wait()
}

// lost opens what is left and counts the acknowledged acts that are not there. A database that does
// not open, or lost its tables, has lost everything.
func lost(t *testing.T, path string, acknowledged []id.ID) int {
	t.Helper()
	ctx := context.Background()
	d, err := db.Open(ctx, db.Config{Source: path})
	if err != nil {
		t.Logf("%s does not open: %v", filepath.Base(path), err)
		return len(acknowledged)
	}
	defer d.Close()
	kept, err := db.All(ctx, d.Readers, db.Scalar[string], `SELECT id FROM act`)
	if err != nil {
		return len(acknowledged)
	}
	there := map[string]bool{}
	for _, k := range kept {
		there[k] = true
	}
	n := 0
	for _, a := range acknowledged {
		if !there[string(a)] {
			n++
		}
	}
	checkWhole(t, d, len(kept))
	return n
}

// checkWhole looks for damage: a broken page, a gap in the log, an act without its leaf.
func checkWhole(t *testing.T, d *db.DB, acts int) {
	t.Helper()
	ctx := context.Background()
	verdict, err := db.One(ctx, d.Readers, db.Scalar[string], `PRAGMA integrity_check`)
	if err != nil || verdict != "ok" {
		t.Errorf("integrity: %s %v", verdict, err)
	}
	last, err := db.One(ctx, d.Readers, db.Scalar[int], `SELECT COALESCE(MAX(idx), -1) + 1 FROM log_leaf`)
	if err != nil || last != acts {
		t.Errorf("%d acts, last leaf %d (%v)", acts, last, err)
	}
}
