package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
)

// Digest is the SHA-256 of a file in lower-case hexadecimal.
type Digest string

var digestForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Blob is a stored file.
type Blob struct {
	Digest Digest
	Size   int64 // bytes
	Media  Media
}

// Limits are what a use of the store accepts.
type Limits struct {
	Size  int64 // bytes; 0: 25 MiB
	Media []Media
}

// Store is a folder of files named by their digest.
type Store struct {
	folder string
}

// Open makes or opens the folder of a store.
func Open(folder string) (*Store, error) {
	s := &Store{folder: folder}
	return s, os.MkdirAll(s.incoming(), 0o700)
}

func (s *Store) incoming() string { return filepath.Join(s.folder, "incoming") }

func (s *Store) path(d Digest) string {
	return filepath.Join(s.folder, string(d[:2]), string(d[2:]))
}

// Put keeps what r holds and returns once it is safe on disk. Putting the same bytes again changes
// nothing.
//
// Errors: fault.TooLarge; fault.Invalid when the file is empty or not of an allowed type;
// fault.Unavailable when the disk is full.
func (s *Store) Put(ctx context.Context, r io.Reader, l Limits) (Blob, error) {
	if l.Size == 0 {
		l.Size = 25 << 20
	}
	f, err := os.OpenFile(filepath.Join(s.incoming(), string(id.Random())), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return Blob{}, unavailable(err)
	}
	b, err := s.receive(ctx, f, r, l)
	err = errors.Join(err, f.Close())
	if err == nil {
		err = s.settle(f.Name(), b.Digest)
	}
	if err != nil {
		os.Remove(f.Name()) // what is left after a crash is swept by Orphans
		return Blob{}, err
	}
	return b, nil
}

// receive copies, counts, hashes and recognises in one pass, and flushes.
func (s *Store) receive(ctx context.Context, f *os.File, r io.Reader, l Limits) (Blob, error) {
	hash := sha256.New()
	size, err := io.Copy(io.MultiWriter(onDisk{f}, hash), io.LimitReader(&stoppable{ctx, r}, l.Size+1))
	switch {
	case err != nil:
		return Blob{}, err
	case size > l.Size:
		return Blob{}, fault.New(fault.TooLarge, "blob.too_large", "limit", i18n.Bytes(l.Size))
	case size == 0:
		return Blob{}, fault.New(fault.Invalid, "blob.empty")
	}
	head := make([]byte, min(size, 3072))
	if _, err := f.ReadAt(head, 0); err != nil {
		return Blob{}, err
	}
	media, err := sniff(head, f, size, l.Media)
	if err != nil {
		return Blob{}, err
	}
	if err := f.Sync(); err != nil {
		return Blob{}, unavailable(err)
	}
	return Blob{Digest(hex.EncodeToString(hash.Sum(nil))), size, media}, nil
}

// settle gives the file its name and flushes the folders that hold the name.
func (s *Store) settle(from string, d Digest) error {
	to := s.path(d)
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return unavailable(err)
	}
	if err := os.Rename(from, to); err != nil {
		return unavailable(err)
	}
	for _, folder := range []string{filepath.Dir(to), s.folder} {
		if err := syncFolder(folder); err != nil {
			return unavailable(err)
		}
	}
	return nil
}

func syncFolder(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func unavailable(err error) error { return fault.Wrap(err, fault.Unavailable, "blob.not_written") }

// onDisk tells a disk that is full from a sender that went away.
type onDisk struct{ f *os.File }

func (d onDisk) Write(p []byte) (int, error) {
	n, err := d.f.Write(p)
	if err != nil {
		err = unavailable(err)
	}
	return n, err
}

// stoppable is a reader that ends with its context.
type stoppable struct {
	ctx context.Context
	r   io.Reader
}

func (s *stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}

// Get opens a stored file for reading; fault.NotFound when there is none, as in a store that is nil.
func (s *Store) Get(d Digest) (*os.File, error) {
	if s == nil || !digestForm.MatchString(string(d)) {
		return nil, fault.New(fault.NotFound, "blob.not_found")
	}
	f, err := os.Open(s.path(d))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.NotFound, "blob.not_found")
	}
	return f, err
}

// Verify reads a stored file again and fails when its bytes are not those of its name.
func (s *Store) Verify(d Digest) error {
	f, err := s.Get(d)
	if err != nil {
		return err
	}
	defer f.Close()
	whole, err := Copy(io.Discard, f, d)
	if err == nil && !whole {
		err = fmt.Errorf("blob: %s does not hold the bytes of its name", d)
	}
	return err
}

// Copy copies a stored file and tells whether its bytes are those of its digest.
func Copy(w io.Writer, r io.Reader, d Digest) (whole bool, err error) {
	sum := sha256.New()
	_, err = io.Copy(io.MultiWriter(w, sum), r)
	return hex.EncodeToString(sum.Sum(nil)) == string(d), err
}

// files visits the stored files last touched before an instant, cited or not, and with them what a
// crash left in the incoming folder.
func (s *Store) files(before time.Time, visit func(Orphan) error) error {
	return filepath.WalkDir(s.folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) || err == nil && !info.ModTime().Before(before) {
			return nil
		}
		if err != nil {
			return err
		}
		d := Digest(filepath.Base(filepath.Dir(path)) + e.Name())
		if !digestForm.MatchString(string(d)) {
			d = ""
		}
		return visit(Orphan{d, path})
	})
}
