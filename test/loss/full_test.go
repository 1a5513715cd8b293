package loss

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// TestFullDiskRefusesAndRecovers fills a small disk while acts are recorded: the refusal is told as
// fault.Unavailable, nothing acknowledged is lost, and writing resumes by itself once there is room.
func TestFullDiskRefusesAndRecovers(t *testing.T) {
	dir := t.TempDir()
	if os.Getuid() != 0 {
		t.Skip("needs root to mount a small disk")
	}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("this machine mounts no tmpfs: %s", out)
	}
	t.Cleanup(func() { must(t, "umount", dir) })
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 5<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	path := filepath.Join(dir, "parvis.db")
	d, err := db.Open(ctx, db.Config{Source: path})
	if err != nil {
		t.Fatal(err)
	}
	l := newLog(d)
	var acked []id.ID
	var refusal error
	for refusal == nil && len(acked) < 100_000 {
		var a id.ID
		if a, refusal = writeNote(ctx, l, false); refusal == nil {
			acked = append(acked, a)
		}
	}
	if fault.KindOf(refusal) != fault.Unavailable || d.Writer.Trouble() == nil {
		t.Fatalf("after %d acts: %v", len(acked), refusal)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	a, err := writeNote(ctx, l, false)
	if err != nil || d.Writer.Trouble() != nil {
		t.Fatalf("writing did not resume: %v", err)
	}
	acked = append(acked, a)
	d.Close()
	if n := lost(t, path, acked); n != 0 {
		t.Errorf("%d of %d acknowledged acts are lost", n, len(acked))
	}
	t.Logf("disk full after %d acts: 0 lost, writing resumed without restart", len(acked)-1)
}
