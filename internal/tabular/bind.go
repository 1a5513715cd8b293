package tabular

import (
	"iter"
	"strings"
	"unicode"

	"parvis/internal/fault"
	"parvis/internal/i18n"
)

// Column is one field of a list. Names are the headers it may have, the first one the usual; they are
// compared without case, accents, punctuation or plural brackets ("Entité(s)" is "entite").
type Column struct {
	Field    string // for Row readers and defects: "unit"
	Names    []string
	Required bool // the column must be there
	Filled   bool // … and no row may leave it blank
}

// Table is a sheet whose columns are known. Its readers collect defects until Err.
type Table struct {
	Unknown []string // headers that no column has, to warn about
	sheet   *Sheet
	header  int // index in sheet.Rows
	at      map[string]int
	columns map[string]Column
	defects *fault.Error
	more    int
}

// mostDefects is how many defects a person is shown at once; the others are counted.
const mostDefects = 200

// searchedRows is how far down a header is looked for, below titles and notes.
const searchedRows = 20

// Bind finds the header row, among the first rows the one that names the most columns, and maps the
// columns. Faults: Invalid tabular.header.missing with one field per missing or repeated column.
func (s *Sheet) Bind(columns ...Column) (*Table, error) {
	t := &Table{sheet: s, columns: map[string]Column{}, defects: fault.New(fault.Invalid, "tabular.defects")}
	fields := map[string]string{}
	for _, c := range columns {
		t.columns[c.Field] = c
		for _, name := range c.Names {
			fields[headerKey(name)] = c.Field
		}
	}
	best := 0
	for i, row := range s.Rows[:min(len(s.Rows), searchedRows)] {
		if n := countNamed(row, fields); n > best {
			best, t.header = n, i
		}
	}
	wrong := fault.New(fault.Invalid, "tabular.header.missing", "sheet", s.Name)
	t.mapHeader(fields, best > 0, wrong)
	for _, c := range columns {
		if _, ok := t.at[c.Field]; (c.Required || c.Filled) && !ok {
			wrong.At(s.headerPlace(t), "tabular.header.column_missing", "column", c.Names[0])
		}
	}
	return t, wrong.OrNil()
}

func (s *Sheet) headerPlace(t *Table) string {
	if len(s.Rows) == 0 {
		return s.At(1, 0)
	}
	return s.At(s.Rows[t.header].Number, 0)
}

func countNamed(row Row, fields map[string]string) int {
	seen := map[string]bool{}
	for _, c := range row.Cells {
		if f, ok := fields[headerKey(c.Text)]; ok {
			seen[f] = true
		}
	}
	return len(seen)
}

func (t *Table) mapHeader(fields map[string]string, found bool, wrong *fault.Error) {
	t.at = map[string]int{}
	if !found {
		return
	}
	row := t.sheet.Rows[t.header]
	for i, c := range row.Cells {
		field, known := fields[headerKey(c.Text)]
		_, twice := t.at[field]
		switch {
		case c.Text == "":
		case !known:
			t.Unknown = append(t.Unknown, c.Text)
		case twice:
			wrong.At(t.sheet.At(row.Number, i), "tabular.header.column_twice", "column", c.Text)
		default:
			t.at[field] = i
		}
	}
}

// headerKey keeps the letters and digits of a header, without what follows an opening bracket.
func headerKey(s string) string {
	folded, _, _ := strings.Cut(i18n.Fold(s), "(")
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, folded)
}

// Has tells whether the file has the column of a field.
func (t *Table) Has(field string) bool {
	_, ok := t.at[field]
	return ok
}

// Rows gives the rows below the header.
func (t *Table) Rows() iter.Seq[*Record] {
	return func(yield func(*Record) bool) {
		if len(t.at) == 0 {
			return
		}
		for i := t.header + 1; i < len(t.sheet.Rows); i++ {
			if !yield(&Record{table: t, row: &t.sheet.Rows[i]}) {
				return
			}
		}
	}
}

// Texts lists what is typed as a text in a column: what several rows must say together, such as how decimals are
// written, is known before the first of them is read.
func (t *Table) Texts(field string) (texts []string) {
	at, ok := t.at[field]
	if !ok {
		return nil
	}
	for _, row := range t.sheet.Rows[t.header+1:] {
		if at < len(row.Cells) && row.Cells[at].Kind == Text {
			texts = append(texts, row.Cells[at].Text)
		}
	}
	return texts
}

// Err is nil when no defect was met, else Invalid tabular.defects with one field per defect: its name is
// the place, its arguments hold "column" and what the reason needs.
func (t *Table) Err() error {
	if len(t.defects.Fields) == 0 {
		return nil
	}
	t.defects.Args = []any{"n", len(t.defects.Fields) + t.more, "shown", len(t.defects.Fields)}
	return t.defects
}

func (t *Table) defect(place, key string, args ...any) {
	if len(t.defects.Fields) >= mostDefects {
		t.more++
		return
	}
	t.defects.At(place, key, args...)
}
