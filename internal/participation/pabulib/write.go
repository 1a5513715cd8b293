package pabulib

import (
	"bufio"
	"io"
	"strings"
)

// Writer writes a file: the header at once, then the votes one by one.
type Writer struct {
	out    *bufio.Writer
	end    string
	header *Header
	rows   int
}

// NewWriter writes META, PROJECTS and the header line of VOTES.
func NewWriter(out io.Writer, h *Header) *Writer {
	w := &Writer{out: bufio.NewWriter(out), end: "\n", header: h}
	if h.CRLF {
		w.end = "\r\n"
	}
	if h.BOM {
		w.out.WriteString("\uFEFF")
	}
	w.row("META")
	w.row("key", "value")
	for _, f := range h.Meta {
		w.row(f.Key, f.Value)
	}
	w.row("PROJECTS")
	w.row(h.ProjectColumns...)
	for _, p := range h.Projects {
		w.row(p.Fields...)
	}
	w.row("VOTES")
	w.row(h.VoteColumns...)
	return w
}

// Vote writes one row of VOTES, its fields under Header.VoteColumns.
func (w *Writer) Vote(fields ...string) { w.row(fields...) }

// Flush ends the file and returns the first error of writing.
func (w *Writer) Flush() error {
	if !w.header.Unended {
		w.out.WriteString(w.end)
	}
	return w.out.Flush()
}

// row writes one record; a bufio.Writer keeps its first error for Flush.
func (w *Writer) row(fields ...string) {
	if w.rows++; w.rows > 1 {
		w.out.WriteString(w.end)
	}
	writeLine(w.out, fields)
}

// Line gives one record as it stands in a file, without the end of its line.
func Line(fields ...string) string {
	var b strings.Builder
	writeLine(&b, fields)
	return b.String()
}

func writeLine(out io.StringWriter, fields []string) {
	for i, f := range fields {
		if i > 0 {
			out.WriteString(";")
		}
		writeField(out, f, len(fields) == 1)
	}
}

// writeField quotes what would be read otherwise than it is.
func writeField(out io.StringWriter, f string, alone bool) {
	if plain := !strings.ContainsAny(f, ";\"\r\n") && !(alone && strings.TrimSpace(f) == ""); plain {
		out.WriteString(f)
		return
	}
	out.WriteString(`"` + strings.ReplaceAll(f, `"`, `""`) + `"`)
}

// NewProject makes a row of PROJECTS for a header: values under their columns.
func NewProject(h *Header, values map[string]string) Project {
	row := make([]string, len(h.ProjectColumns))
	for i, c := range h.ProjectColumns {
		row[i] = values[c]
	}
	cost, _ := ParseDecimal(values["cost"])
	return Project{ID: values["project_id"], Cost: cost, Fields: row}
}

// List joins ids or points as the columns vote and points want them.
func List(values []string) string { return strings.Join(values, ",") }
