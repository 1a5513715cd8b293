package loss

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var acknowledgement = regexp.MustCompile(`write\(1, "[0-9a-f]{8}-`)

// TestEachAcknowledgementFollowsAFlush reads the system calls of the recorder: between the last
// write to the database and any acknowledgement there must have been a flush.
func TestEachAcknowledgementFollowsAFlush(t *testing.T) {
	acks, unflushed := traced(t, "")
	t.Logf("%d acknowledgements, %d with no flush since the one before", acks, unflushed)
	if acks == 0 || unflushed > 0 {
		t.Errorf("%d of %d acknowledgements follow no flush", unflushed, acks)
	}
}

func TestTraceSeesAMissingFlush(t *testing.T) {
	if acks, unflushed := traced(t, "NORMAL"); acks == 0 || unflushed == 0 {
		t.Errorf("the trace is blind: %d acknowledgements, %d unflushed", acks, unflushed)
	}
}

// traced counts the acknowledgements of a lone caller, and those given while something written to the
// database had not been flushed.
func traced(t *testing.T, synchronous string) (acks, unflushed int) {
	t.Helper()
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is missing (Debian: apt-get install strace)")
	}
	dir := t.TempDir()
	trace := filepath.Join(dir, "trace")
	cmd := exec.Command(strace, "-f", "-qq", "-s", "40", "-e", "trace=write,pwrite64,fsync,fdatasync", "-o", trace, os.Args[0])
	cmd.Env = append(os.Environ(), childDB+"="+filepath.Join(dir, "parvis.db"), childSynchronous+"="+synchronous, childAlone+"=200")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("this machine lets nobody trace: %v %s", err, out)
	}
	return readTrace(t, trace)
}

func readTrace(t *testing.T, path string) (acks, unflushed int) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	flushed := true
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		switch {
		case strings.Contains(line, "sync(") && !strings.Contains(line, "unfinished"), strings.Contains(line, "sync resumed"):
			flushed = true
		case acknowledgement.MatchString(line):
			acks++
			if !flushed {
				unflushed++
			}
		case strings.Contains(line, "pwrite64("):
			flushed = false
		}
	}
	return acks, unflushed
}
