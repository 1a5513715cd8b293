package workspace

import (
	"io"
	"iter"
	"slices"

	"parvis/internal/tabular"
)

// line is one row of a sheet, by the fields of its columns.
type line map[string]any

// outputs lays sheets out as the workbook has them, with the row of help.
func outputs(lines map[string]iter.Seq[line]) []tabular.Output {
	var all []tabular.Output
	for _, l := range layouts() {
		o := tabular.Output{Sheet: l.name, Rows: l.rows(lines[l.name])}
		for _, c := range l.columns {
			o.Header = append(o.Header, c.Names[0])
			o.Widths = append(o.Widths, c.width)
		}
		all = append(all, o)
	}
	return all
}

func (l layout) rows(lines iter.Seq[line]) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		help := make([]any, len(l.columns))
		for i, c := range l.columns {
			help[i] = c.help
		}
		help[0] = helpMark + l.columns[0].help
		if !yield(help) || lines == nil {
			return
		}
		for ln := range lines {
			row := make([]any, len(l.columns))
			for i, c := range l.columns {
				row[i] = ln[c.Field]
			}
			if !yield(row) {
				return
			}
		}
	}
}

func writeBook(w io.Writer, lines map[string]iter.Seq[line]) error {
	return tabular.WriteXLSX(w, outputs(lines)...)
}

// Template writes the empty workbook of a city's first day: five sheets with their headers and what each
// column means.
func Template(w io.Writer) error { return writeBook(w, nil) }

// Example writes the workbook filled in for an invented city: 12 elected members, 10 directorates under
// their secretary general, 25 delegations, 40 projects.
func Example(w io.Writer) error {
	all := map[string]iter.Seq[line]{}
	for name, list := range exampleLines() {
		all[name] = slices.Values(list)
	}
	return writeBook(w, all)
}
