package loss

import (
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"
)

const killCycles = 30

func TestKillLosesNothingAcknowledged(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some ten seconds")
	}
	cycles, acked, gone := killLoop(t, killCycles)
	t.Logf("kill -9: %d cycles, %d acknowledged, %d lost", cycles, acked, gone)
	if gone != 0 || acked == 0 {
		t.Errorf("%d of %d acknowledged acts are lost", gone, acked)
	}
}

func TestKillRigSeesAnAcknowledgementGivenTooEarly(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	cycles, acked, gone := killLoop(t, 10, childEarly+"=1")
	t.Logf("control, acknowledged before the commit: %d cycles, %d acknowledged, %d lost", cycles, acked, gone)
	if gone == 0 {
		t.Error("the rig is blind: its control lost nothing")
	}
}

// killLoop kills the recorder at random moments, on one database that goes on growing.
func killLoop(t *testing.T, cycles int, env ...string) (done, acked, gone int) {
	path := filepath.Join(t.TempDir(), "parvis.db")
	for done < cycles {
		c := start(t, path, env...)
		time.Sleep(time.Duration(100+rand.IntN(250)) * time.Millisecond)
		c.kill()
		ledger := c.acknowledged()
		acked += len(ledger)
		gone += lost(t, path, ledger)
		done++
	}
	return done, acked, gone
}
