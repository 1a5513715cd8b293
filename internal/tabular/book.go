package tabular

import (
	"bytes"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"parvis/internal/fault"
	"parvis/internal/i18n"
)

// Kind is what a spreadsheet says that a cell holds; CSV cells are all Text.
type Kind int

// The kinds. A cell with nothing but white space is Blank.
const (
	Blank Kind = iota
	Text
	Number // Text is a decimal number with a point, never in scientific notation
	Date   // Text is "YYYY-MM-DD", or "YYYY-MM-DD hh:mm" with an hour
	Bool   // Text is "true" or "false"
	Error  // Text is the error of a formula, "#N/A"
)

// Cell is one value of a table. Text has no white space around it.
type Cell struct {
	Kind Kind
	Text string
}

// Row is one row; Number is the row number that the spreadsheet shows, from 1.
type Row struct {
	Number int
	Cells  []Cell
}

// Sheet is one table. Rows without any value are left out.
type Sheet struct {
	Name   string // "" for CSV
	Comma  rune   // what separates the cells of a CSV, 0 for XLSX
	Hidden bool
	Rows   []Row
}

// Book is what was in a file.
type Book struct {
	Sheets []Sheet
}

// Limits bound what is read; all must be positive.
type Limits struct {
	File     int64 // bytes of the file
	Unpacked int64 // bytes of an XLSX once decompressed
	Ratio    int64 // decompressed over compressed bytes of one part of more than 1 MB
	Sheets   int
	Rows     int // row numbers of a sheet
	Columns  int
	Cell     int // bytes of one cell
	Cells    int // cells of the whole book, with the blank ones before the last filled one of each row
}

// Usual are limits for a list typed by people.
func Usual() Limits {
	return Limits{File: 20 << 20, Unpacked: 200 << 20, Ratio: 200, Sheets: 50, Rows: 100_000, Columns: 500,
		Cell: 32_767, Cells: 2_000_000}
}

// Read reads an XLSX file, or else a CSV one. Faults: TooLarge tabular.too_large.*, Invalid
// tabular.malformed and tabular.old_format (a .xls or encrypted file); their field is the place.
func Read(r io.Reader, l Limits) (*Book, error) {
	data, err := io.ReadAll(io.LimitReader(r, l.File+1))
	if err != nil {
		return nil, err
	}
	switch {
	case int64(len(data)) > l.File:
		return nil, fault.New(fault.TooLarge, "tabular.too_large.file", "max", i18n.Bytes(l.File))
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return readXLSX(data, l)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return nil, fault.New(fault.Invalid, "tabular.old_format")
	}
	return readCSV(data, l)
}

// At is the place of a cell as a spreadsheet names it: "Délégations!C7", or "C7" in CSV.
func (s *Sheet) At(row, column int) string {
	place := ColumnName(column) + strconv.Itoa(row)
	if s.Name == "" {
		return place
	}
	if strings.ContainsAny(s.Name, " '!-") {
		return "'" + strings.ReplaceAll(s.Name, "'", "''") + "'!" + place
	}
	return s.Name + "!" + place
}

// ColumnName is the letters of a column counted from 0: A, Z, AA.
func ColumnName(column int) string {
	name := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// Sheet returns the sheet of that name, without regard to case, or nil.
func (b *Book) Sheet(name string) *Sheet {
	for i := range b.Sheets {
		if strings.EqualFold(b.Sheets[i].Name, name) {
			return &b.Sheets[i]
		}
	}
	return nil
}

// FileName makes a safe name for a download from a title and an extension ("xlsx").
func FileName(title, ext string) string {
	name := strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, filepath.Base("/"+strings.TrimSpace(title)))
	return strings.Trim(name, ".- ") + "." + ext
}

// filler adds cells to a sheet within the limits of the book.
type filler struct {
	limits Limits
	cells  int
}

// put adds a cell at a column, filling the gap before it; row is the last of sheet or a new one.
func (f *filler) put(s *Sheet, row, column int, c Cell) error {
	c.Text = strings.TrimSpace(c.Text)
	if c.Text == "" {
		return nil
	}
	fresh := len(s.Rows) == 0 || s.Rows[len(s.Rows)-1].Number != row
	width := 0
	if !fresh {
		width = len(s.Rows[len(s.Rows)-1].Cells)
	}
	f.cells += max(0, column+1-width)
	switch {
	case row > f.limits.Rows:
		return tooLarge("tabular.too_large.rows", f.limits.Rows, s.At(row, column))
	case column >= f.limits.Columns:
		return tooLarge("tabular.too_large.columns", f.limits.Columns, s.At(row, column))
	case len(c.Text) > f.limits.Cell:
		return tooLarge("tabular.too_large.cell", f.limits.Cell, s.At(row, column))
	case f.cells > f.limits.Cells:
		return tooLarge("tabular.too_large.cells", f.limits.Cells, s.At(row, column))
	}
	if fresh {
		s.Rows = append(s.Rows, Row{Number: row})
	}
	last := &s.Rows[len(s.Rows)-1]
	if gap := column + 1 - len(last.Cells); gap > 0 {
		last.Cells = append(last.Cells, make([]Cell, gap)...)
	}
	last.Cells[column] = c
	return nil
}

func tooLarge(key string, limit int, place string) error {
	return fault.New(fault.TooLarge, key, "max", limit, "place", place).At(place, key, "max", limit, "place", place)
}

func malformed(cause error, place string) error {
	return fault.Wrap(cause, fault.Invalid, "tabular.malformed", "place", place).
		At(place, "tabular.malformed", "place", place)
}
