package pabulib

import "strconv"

// Field is one line of META.
type Field struct {
	Key, Value string
	Line       int
}

// Project is one row of PROJECTS.
type Project struct {
	ID     string
	Cost   Decimal
	Fields []string // the row as written, under Header.ProjectColumns
	Line   int
}

// Withdrawn tells whether the project was withdrawn after the ballot was printed.
func (p Project) Withdrawn() bool { return p.Cost.withdrawn() }

// Header is all of a file but its votes.
type Header struct {
	Meta           []Field
	ProjectColumns []string
	Projects       []Project
	VoteColumns    []string
	BOM            bool // the file begins with a byte order mark
	CRLF           bool // its lines end with \r\n; known at the end of the votes
	Unended        bool // its last line has no end; known at the end of the votes
}

// Get returns the value of a META field, "" if it is absent.
func (h *Header) Get(key string) string {
	for _, f := range h.Meta {
		if f.Key == key {
			return f.Value
		}
	}
	return ""
}

// Int returns a META field that is a whole number; false if it is absent or is none.
func (h *Header) Int(key string) (int64, bool) {
	v, err := strconv.ParseInt(h.Get(key), 10, 64)
	return v, err == nil
}

// Amount returns a META field that is an amount of money; false if it is absent or is none.
func (h *Header) Amount(key string) (Decimal, bool) {
	d, err := ParseDecimal(h.Get(key))
	return d, err == nil
}

// Field returns what a project says under a column, "" if there is no such column.
func (h *Header) Field(p Project, column string) string {
	return cell(h.ProjectColumns, p.Fields, column)
}

// VoteField returns what a vote says under a column, "" if there is no such column.
func (h *Header) VoteField(v *Vote, column string) string {
	return cell(h.VoteColumns, v.Fields, column)
}

func cell(columns, row []string, column string) string {
	for i, c := range columns {
		if c == column && i < len(row) {
			return row[i]
		}
	}
	return ""
}

func column(columns []string, name string) int {
	for i, c := range columns {
		if c == name {
			return i
		}
	}
	return -1
}

// Choice is one project of a vote, with the points given to it (0 where the ballot has none).
type Choice struct {
	Project int // index in Header.Projects
	Points  int64
}

// Vote is one row of VOTES. A Reader reuses it: what is kept must be copied.
type Vote struct {
	VoterID string
	Choices []Choice // in the order written: the rank, for ordinal ballots
	Fields  []string // the row as written, under Header.VoteColumns
	Line    int
}
