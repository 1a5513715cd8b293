package fact_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/fact"
)

const killVariable = "PARVIS_TEST_FACT_DATABASE"

// TestMain turns this binary into a relay that a test may kill.
func TestMain(m *testing.M) {
	if path := os.Getenv(killVariable); path != "" {
		if err := relayForEver(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// relayForEver inserts facts without end, delivers them, and says each number that was acknowledged.
func relayForEver(path string) error {
	ctx := context.Background()
	d, err := db.Open(ctx, db.Config{Source: path})
	if err != nil {
		return err
	}
	r, err := fact.NewRelay(d, clock.System{}, noting("a"), noting("b"))
	if err != nil {
		return err
	}
	go r.Run(ctx)
	first, err := db.One(ctx, d.Readers, db.Scalar[int], "SELECT COUNT(*) FROM fact")
	for i := first; err == nil; i++ {
		err = d.Writer.Traffic(ctx, func(tx *db.Tx) error { return fact.Insert(tx, LampLitV1{i}) })
		if err == nil {
			fmt.Println(i)
		}
	}
	return err
}

// A process killed without warning, again and again, loses no acknowledged fact and repeats no effect.
func TestKilledProcessesLoseAndRepeatNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "parvis.db")
	d, err := db.Open(context.Background(), db.Config{Source: path})
	if err != nil {
		t.Fatal(err)
	}
	c := city{t, d, clock.At(time.Now().Add(time.Hour))}
	c.traffic(func(tx *db.Tx) error {
		return tx.Exec("CREATE TABLE op_effect (consumer TEXT NOT NULL, lamp BIGINT NOT NULL)")
	})
	acknowledged := -1
	for cycle := range 8 {
		acknowledged = max(acknowledged, killAfter(t, path, 150+cycle*37))
	}
	if _, err := c.relay(noting("a"), noting("b")).Deliver(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a", "b"} {
		got := c.effects(name)
		if len(got) <= acknowledged {
			t.Errorf("%s: %d effects, %d facts acknowledged", name, len(got), acknowledged+1)
		}
		for i, lamp := range got {
			if lamp != i {
				t.Fatalf("%s: effect %d is of lamp %d", name, i, lamp)
			}
		}
	}
}

// killAfter lets a relay acknowledge some facts, kills it, and gives the last number it said.
func killAfter(t *testing.T, path string, lines int) int {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), killVariable+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	last := -1
	read := bufio.NewScanner(out)
	for n := 0; read.Scan(); n++ {
		fmt.Sscan(read.Text(), &last)
		if n == lines {
			cmd.Process.Kill()
		}
	}
	cmd.Wait() // it was killed
	if last < 0 {
		t.Fatal("the relay said nothing")
	}
	return last
}
