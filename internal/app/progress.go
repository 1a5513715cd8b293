package app

import (
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Progress hears how far a long work has come, in units of that work; done never exceeds total. nil: nobody waits.
type Progress func(done, total int64)

// share of a part, in the units that a work of several parts is told in.
const share = 1000

// part is the Progress of the n-th of several parts of a work, all taken as equally long.
func (p Progress) part(n, of int64) Progress {
	if p == nil {
		return nil
	}
	return func(done, total int64) {
		if total > 0 {
			p(n*share+min(done, total)*share/total, of*share)
		}
	}
}

// meter counts the bytes of a work whose size is known.
type meter struct {
	done, total int64
	tell        Progress
}

// measure makes a meter for files and folders; what is not there weighs nothing.
func (p Progress) measure(paths ...string) *meter {
	m := &meter{tell: p}
	for _, path := range paths {
		filepath.WalkDir(path, func(_ string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				if info, err := e.Info(); err == nil {
					m.total += info.Size()
				}
			}
			return nil // reading them says what is wrong
		})
	}
	return m
}

// Write counts bytes that go by.
func (m *meter) Write(b []byte) (int, error) {
	m.add(int64(len(b)))
	return len(b), nil
}

func (m *meter) add(n int64) {
	m.done += n
	m.at(m.done)
}

func (m *meter) at(done int64) {
	if m.tell != nil {
		m.tell(min(done, m.total), m.total)
	}
}

// growing counts a file that somebody else writes, by its size from time to time.
func (m *meter) growing(path string, size int64, write func() error) error {
	written := make(chan error, 1)
	go func() { written <- write() }()
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-written:
			m.add(size)
			return err
		case <-tick.C:
			if info, err := os.Stat(path); err == nil {
				m.at(m.done + min(info.Size(), size))
			}
		}
	}
}
