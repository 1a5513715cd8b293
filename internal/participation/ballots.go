package participation

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"

	"parvis/internal/blob"
	"parvis/internal/fault"
	"parvis/internal/participation/pabulib"
	"parvis/internal/participation/tally"
)

// openBallots opens the file of the ballots of a lot. Its end is an error when its bytes are not those
// that its name promises.
func (r *Room) openBallots(l Lot) (io.ReadCloser, error) {
	f, err := r.blobs.Get(blob.Digest(l.Ballots))
	if err != nil {
		return nil, err
	}
	return &checkedFile{file: f, want: l.Ballots, hash: sha256.New()}, nil
}

// checkedFile is a file read against its digest.
type checkedFile struct {
	file io.ReadCloser
	want string
	hash hash.Hash
}

// Read gives the bytes of the file, and at their end whether they are the right ones.
func (c *checkedFile) Read(p []byte) (int, error) {
	n, err := c.file.Read(p)
	c.hash.Write(p[:n])
	if errors.Is(err, io.EOF) && hex.EncodeToString(c.hash.Sum(nil)) != c.want {
		return n, fault.New(fault.Internal, altered)
	}
	return n, err
}

// Close ends the reading.
func (c *checkedFile) Close() error { return c.file.Close() }

// headers reads the head of each lot's file.
func (r *Room) headers(ctx context.Context, lots []Lot) ([]*pabulib.Header, error) {
	heads := make([]*pabulib.Header, len(lots))
	for i, l := range lots {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f, err := r.openBallots(l)
		if err != nil {
			return nil, err
		}
		p, err := pabulib.Open(f, pabulib.Options{})
		f.Close()
		if err != nil {
			return nil, err
		}
		heads[i] = p.Header
	}
	return heads, nil
}

// election reads a lot under the rules of a document.
func (r *Room) election(l Lot, d *tally.Document) (*tally.Election, error) {
	f, err := r.openBallots(l)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	p, err := pabulib.Open(f, pabulib.Options{})
	if err != nil {
		return nil, err
	}
	terms, err := d.Lot(l.Code)
	if err != nil {
		return nil, err
	}
	return tally.FromPabulib(p, func(t *tally.Terms) error { return d.Apply(terms, t) })
}
