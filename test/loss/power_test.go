package loss

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// The power-cut rig: an XFS file system with reflinks holds the image of an ext4 disk on which the
// child writes. Copying the image is atomic and takes milliseconds; the copy holds what had reached
// the block device and nothing of the page cache above it, as after a power cut. It models the loss
// of the system's cache, not a disk that lies about its own.
func TestPowerCutLosesNothingAcknowledged(t *testing.T) {
	r := newRig(t)
	acked, gone := r.cuts(t, 20, "")
	t.Logf("power cut, synchronous=FULL: 20 cuts, %d acknowledged, %d lost", acked, gone)
	if gone != 0 || acked == 0 {
		t.Errorf("%d of %d acknowledged acts are lost", gone, acked)
	}
}

func TestPowerCutRigSeesAWriteThatWasNotFlushed(t *testing.T) {
	r := newRig(t)
	acked, gone := r.cuts(t, 6, "NORMAL")
	t.Logf("control, synchronous=NORMAL: 6 cuts, %d acknowledged, %d lost", acked, gone)
	if gone == 0 {
		t.Error("the rig is blind: its control lost nothing")
	}
}

type rig struct{ outer, disk, snap, live, after string }

// newRig mounts the outer file system, or skips where the machine forbids it.
func newRig(t *testing.T) rig {
	t.Helper()
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	if os.Getuid() != 0 {
		t.Skip("needs root to mount loop devices; TestEachAcknowledgementFollowsAFlush looks at the system calls instead")
	}
	for _, tool := range []string{"mkfs.xfs", "mkfs.ext4", "mount", "losetup"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is missing (Debian: apt-get install xfsprogs e2fsprogs mount)", tool)
		}
	}
	dir := t.TempDir()
	r := rig{filepath.Join(dir, "outer"), filepath.Join(dir, "outer", "disk.img"), filepath.Join(dir, "outer", "snap.img"),
		filepath.Join(dir, "live"), filepath.Join(dir, "after")}
	image := filepath.Join(dir, "outer.img")
	for _, d := range []string{r.outer, r.live, r.after} {
		os.Mkdir(d, 0o700)
	}
	must(t, "truncate", "-s", "600M", image)
	must(t, "mkfs.xfs", "-q", "-m", "reflink=1", image)
	if out, err := exec.Command("mount", "-o", "loop", image, r.outer).CombinedOutput(); err != nil {
		t.Skipf("this machine mounts no loop device: %s", out)
	}
	t.Cleanup(func() { must(t, "umount", r.outer) })
	return r
}

// cuts runs n cycles, each on a fresh disk.
func (r rig) cuts(t *testing.T, n int, synchronous string) (acked, gone int) {
	for range n {
		a, g := r.cut(t, synchronous)
		acked, gone = acked+a, gone+g
	}
	return acked, gone
}

func (r rig) cut(t *testing.T, synchronous string) (acked, gone int) {
	os.Remove(r.disk)
	must(t, "truncate", "-s", "64M", r.disk)
	must(t, "mkfs.ext4", "-q", r.disk)
	must(t, "mount", "-o", "loop", r.disk, r.live)
	c := start(t, filepath.Join(r.live, "parvis.db"), childSynchronous+"="+synchronous)
	time.Sleep(time.Duration(300+rand.IntN(500)) * time.Millisecond)
	ledger := c.acknowledged() // what was acknowledged before the cut
	must(t, "cp", "--reflink=always", r.disk, r.snap)
	c.kill()
	must(t, "umount", r.live)
	must(t, "mount", "-o", "loop", r.snap, r.after)
	defer must(t, "umount", r.after)
	return len(ledger), lost(t, filepath.Join(r.after, "parvis.db"), ledger)
}

func must(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s %v: %s", name, args, out)
	}
}
