package pabulib

import (
	"errors"
	"io"
	"strings"
)

// Options choose how a file is read.
type Options struct {
	Strict bool // every defect refuses the file; otherwise what can be repaired is
	Limits Limits
}

// Reader reads one file: the header at Open, then the votes one by one.
type Reader struct {
	Header *Header
	scan   *scanner
	report *report
	ids    map[string]int
	vote   Vote
	voters *voterSet
	bounds bounds
	counts counts
	ended  bool
}

// Open reads META, PROJECTS and the header line of VOTES.
func Open(in io.Reader, o Options) (*Reader, error) {
	rep := &report{strict: o.Strict}
	r := &Reader{Header: &Header{}, report: rep, scan: newScanner(in, o.Limits.orDefault(), rep),
		ids: map[string]int{}, voters: newVoterSet()}
	if err := r.open(); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, rep.stop(r.scan.next, "file.truncated")
		}
		return nil, err
	}
	return r, nil
}

func (r *Reader) open() error {
	if err := r.scan.start(); err != nil {
		return err
	}
	r.Header.BOM = r.scan.bom
	if err := r.readMeta(); err != nil {
		return err
	}
	if err := r.readProjects(); err != nil {
		return err
	}
	return r.readVoteColumns()
}

// section tells whether a record is the bare name of a section (spreadsheets add empty columns).
func section(fields []string, name string) bool {
	if strings.TrimSpace(fields[0]) != name {
		return false
	}
	for _, f := range fields[1:] {
		if f != "" {
			return false
		}
	}
	return true
}

// expect reads a record that must open a section.
func (r *Reader) expect(name string) error {
	fields, err := r.scan.record()
	if err != nil {
		return err
	}
	if !section(fields, name) {
		return r.report.stop(r.scan.line, "file.section", "a", name, "b", clip(fields[0]))
	}
	return nil
}

// columns reads the header line of a section.
func (r *Reader) columns(required ...string) ([]string, error) {
	fields, err := r.scan.record()
	if err != nil {
		return nil, err
	}
	cols := make([]string, len(fields))
	for i, f := range fields {
		cols[i] = strings.TrimSpace(f)
		if column(cols[:i], cols[i]) >= 0 {
			return nil, r.report.stop(r.scan.line, "columns.duplicate", "a", clip(cols[i]))
		}
	}
	for _, name := range required {
		if column(cols, name) < 0 {
			return nil, r.report.stop(r.scan.line, "columns.missing", "a", name)
		}
	}
	if column(cols, "target") >= 0 {
		r.report.add(r.scan.line, "columns.target", "kept")
	}
	return cols, nil
}

// Defects lists what was wrong with what has been read so far, repaired or not; more is how many
// defects were found beyond those listed.
func (r *Reader) Defects() (list []Defect, more int) { return r.report.defects, r.report.more }

// ReadAll reads a whole file into memory; next to the votes it returns the defects repaired.
func ReadAll(in io.Reader, o Options) (*Header, []Vote, []Defect, error) {
	r, err := Open(in, o)
	if err != nil {
		return nil, nil, nil, err
	}
	var votes []Vote
	for {
		v, err := r.Next()
		if errors.Is(err, io.EOF) {
			return r.Header, votes, r.report.defects, nil
		}
		if err != nil {
			return nil, nil, r.report.defects, err
		}
		kept := *v
		kept.Choices = append([]Choice(nil), v.Choices...)
		kept.Fields = append([]string(nil), v.Fields...)
		votes = append(votes, kept)
	}
}
