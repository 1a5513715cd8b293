package council

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"io"
	"time"

	"parvis/internal/blob"
	"parvis/internal/fault"
)

// returnHeader names the columns of the table that comes back.
var returnHeader = []string{"ref", "digest", "number", "signed_on", "transmitted_on", "received_on", "receipt", "authority", "notified_on", "posted_on", "url"}

// Write writes the archive: papers go from the store to w, none is held in memory. The manifest comes last, for it says
// which papers are missing from the store or are not what was handed in.
func (x *Exchange) Write(w io.Writer) error {
	z := zip.NewWriter(w)
	for n := range x.Acts {
		if err := x.writeAct(z, n); err != nil {
			return err
		}
	}
	if err := x.entry(z, "retour.csv", zip.Deflate, bytes.NewReader(x.table())); err != nil {
		return err
	}
	manifest, err := json.MarshalIndent(x.Manifest, "", "  ")
	if err != nil {
		return err
	}
	if err := x.entry(z, "manifest.json", zip.Deflate, bytes.NewReader(append(manifest, '\n'))); err != nil {
		return err
	}
	return z.Close()
}

func (x *Exchange) writeAct(z *zip.Writer, n int) error {
	a := &x.Acts[n]
	if err := x.entry(z, a.File.Path, zip.Deflate, bytes.NewReader(x.pages[n])); err != nil {
		return err
	}
	for i := range a.Papers {
		if a.Papers[i].Path == "" {
			continue
		}
		if err := x.writePaper(z, &a.Papers[i]); err != nil {
			return err
		}
	}
	return nil
}

// writePaper copies a paper out of the store, and notes when it is not there or not what its digest says.
func (x *Exchange) writePaper(z *zip.Writer, p *SentPaper) error {
	if x.blobs == nil {
		p.Path, p.Defect = "", "missing"
		return nil
	}
	in, err := x.blobs.Get(blob.Digest(p.SHA256))
	if fault.KindOf(err) == fault.NotFound {
		p.Path, p.Defect = "", "missing"
		return nil
	}
	if err != nil {
		return err
	}
	defer in.Close()
	method := zip.Store // the formats of papers are compressed already
	if p.Media == blob.Text {
		method = zip.Deflate
	}
	sum := sha256.New()
	if err := x.entry(z, p.Path, method, io.TeeReader(in, sum)); err != nil {
		return err
	}
	if hex.EncodeToString(sum.Sum(nil)) != p.SHA256 {
		p.Defect = "damaged"
	}
	return nil
}

func (x *Exchange) entry(z *zip.Writer, name string, method uint16, body io.Reader) error {
	f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: x.at.UTC().Truncate(2 * time.Second)})
	if err == nil {
		_, err = io.Copy(f, body)
	}
	return err
}

// table is the table to fill and return, a line for each act that was handed over.
func (x *Exchange) table() []byte {
	var b bytes.Buffer
	c := csv.NewWriter(&b)
	c.UseCRLF = true
	c.Write(returnHeader)
	for _, a := range x.Acts {
		if !a.Draft {
			c.Write(append([]string{a.Ref, a.Digest}, make([]string, len(returnHeader)-2)...))
		}
	}
	c.Flush()
	return b.Bytes()
}
