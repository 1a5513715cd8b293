package recount

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"strings"

	"parvis/internal/fault"
)

// ManifestFormat names the version of these files.
const ManifestFormat = "parvis-election/1"

// Manifest is manifest.json. Its own digest is in the act of publication.
type Manifest struct {
	Format   string        `json:"format"`
	ID       string        `json:"id"`
	Title    string        `json:"title"`
	Country  string        `json:"country"`
	Unit     string        `json:"unit"`
	Instance string        `json:"instance"`
	Begin    string        `json:"begin"`
	End      string        `json:"end"`
	Engine   string        `json:"engine"`
	Sealed   bool          `json:"sealed"`
	Lots     []ManifestLot `json:"lots"`
	Files    []File        `json:"files"` // in the order in which they are written
}

// ManifestLot says what is published of a lot. Where ballots are not counted in public, neither are
// their numbers.
type ManifestLot struct {
	ID        string     `json:"id"`
	Published Disclosure `json:"published"`
	Ballots   int64      `json:"ballots,omitempty"`
	Blank     int64      `json:"blank,omitempty"`
}

// File is one file of an election.
type File struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// encode writes JSON in the one form that is accepted: two spaces a level, nothing escaped that need not be.
func encode(v any) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		panic(err) // texts, numbers and lists of them
	}
	return out.Bytes()
}

// decode reads what encode wrote, and refuses any other way of writing it: what could be read in two
// ways would be.
func decode(raw []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return fault.Wrap(err, fault.Invalid, "recount.json")
	}
	if !bytes.Equal(encode(v), raw) {
		return fault.New(fault.Invalid, "recount.json")
	}
	return nil
}

// find gives the entry of a file.
func (m *Manifest) find(name string) (File, bool) {
	for _, f := range m.Files {
		if f.Name == name {
			return f, true
		}
	}
	return File{}, false
}

func digest(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// digestOf is the digest of several files: that of the lines that sha256sum prints of them.
func digestOf(files []File) string {
	var lines strings.Builder
	for _, f := range files {
		lines.WriteString(f.SHA256 + "  " + f.Name + "\n")
	}
	return digest([]byte(lines.String()))
}

// meter measures what is written through it.
type meter struct {
	out  io.Writer
	hash interface {
		io.Writer
		Sum([]byte) []byte
	}
	size int64
}

func newMeter(out io.Writer) *meter { return &meter{out: out, hash: sha256.New()} }

// Write passes the bytes on.
func (m *meter) Write(b []byte) (int, error) {
	n, err := m.out.Write(b)
	m.hash.Write(b[:n])
	m.size += int64(n)
	return n, err
}

func (m *meter) file(name string) File {
	return File{Name: name, Size: m.size, SHA256: hex.EncodeToString(m.hash.Sum(nil))}
}
