package council

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
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
	if err := x.entry(z, "retour.csv", x.table()); err != nil {
		return err
	}
	manifest, err := json.MarshalIndent(x.Manifest, "", "  ")
	if err != nil {
		return err
	}
	if err := x.entry(z, "manifest.json", append(manifest, '\n')); err != nil {
		return err
	}
	return z.Close()
}

func (x *Exchange) writeAct(z *zip.Writer, n int) error {
	a := &x.Acts[n]
	if err := x.entry(z, a.File.Path, x.pages[n]); err != nil {
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
	in, err := x.blobs.Get(blob.Digest(p.SHA256))
	if fault.KindOf(err) == fault.NotFound {
		p.Path, p.Defect = "", "missing"
		return nil
	}
	if err != nil {
		return err
	}
	defer in.Close()
	method := zip.Store
	if p.Media.Plain() {
		method = zip.Deflate
	}
	out, err := x.begin(z, p.Path, method)
	if err != nil {
		return err
	}
	whole, err := blob.Copy(out, in, blob.Digest(p.SHA256))
	if err == nil && !whole {
		p.Defect = "damaged"
	}
	return err
}

func (x *Exchange) entry(z *zip.Writer, name string, body []byte) error {
	f, err := x.begin(z, name, zip.Deflate)
	if err == nil {
		_, err = f.Write(body)
	}
	return err
}

func (x *Exchange) begin(z *zip.Writer, name string, method uint16) (io.Writer, error) {
	return z.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: x.at.UTC().Truncate(2 * time.Second)})
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
