package workspace

import (
	"archive/zip"
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"os"

	"github.com/klauspost/compress/flate"
)

// sumsFile lists every other file of an archive with its SHA-256, as sha256sum writes it: sha256sum -c reads it.
const sumsFile = "SHA256SUMS"

// bundle is an archive that is written file after file: nothing of a file stays in memory once it is written, but its
// name.
type bundle struct {
	zip   *zip.Writer
	sums  *os.File      // what sumsFile will hold
	noted *bufio.Writer // into sums
	name  string        // of the file that is being written
	sum   hash.Hash
	press *flate.Writer // used again for each file
}

func newBundle(out io.Writer) (*bundle, error) {
	sums, err := os.CreateTemp("", "parvis-sums-")
	if err != nil {
		return nil, err
	}
	b := &bundle{zip: zip.NewWriter(out), sums: sums, noted: bufio.NewWriter(sums), sum: sha256.New()}
	if b.press, err = flate.NewWriter(io.Discard, flate.BestSpeed); err != nil {
		return nil, errors.Join(err, b.drop())
	}
	b.zip.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		b.press.Reset(out)
		return b.press, nil
	})
	return b, nil
}

// next begins a file; the one before it is over.
func (b *bundle) next(name string) (io.Writer, error) { return b.begin(name, zip.Deflate) }

// nextPressed begins a file whose format is compressed already.
func (b *bundle) nextPressed(name string) (io.Writer, error) { return b.begin(name, zip.Store) }

func (b *bundle) begin(name string, method uint16) (io.Writer, error) {
	if err := b.note(); err != nil {
		return nil, err
	}
	out, err := b.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method})
	b.name = name
	return io.MultiWriter(out, b.sum), err
}

// note keeps the digest of the file that was written.
func (b *bundle) note() error {
	if b.name == "" {
		return nil
	}
	_, err := b.noted.WriteString(hex.EncodeToString(b.sum.Sum(nil)) + "  " + b.name + "\n")
	b.sum.Reset()
	b.name = ""
	return err
}

// close writes the digests and ends the archive.
func (b *bundle) close() error {
	if err := errors.Join(b.note(), b.noted.Flush()); err != nil {
		return err
	}
	if _, err := b.sums.Seek(0, io.SeekStart); err != nil {
		return err
	}
	out, err := b.zip.Create(sumsFile)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, b.sums); err != nil {
		return err
	}
	return b.zip.Close()
}

// drop removes what the bundle kept beside the archive.
func (b *bundle) drop() error { return errors.Join(b.sums.Close(), os.Remove(b.sums.Name())) }
