package strategy

import (
	"errors"
	"io"
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/tabular"
)

func seriesColumns() []tabular.Column {
	return []tabular.Column{
		{Field: "period", Names: []string{"Période", "Date", "Année", "Period", "Year"}, Required: true, Filled: true},
		{Field: "value", Names: []string{"Valeur", "Mesure", "Value"}, Required: true, Filled: true},
		{Field: "source", Names: []string{"Source"}},
		{Field: "evidence", Names: []string{"Preuve", "Lien", "Evidence", "Link"}},
		{Field: "note", Names: []string{"Remarque", "Note", "Commentaire", "Comment"}},
	}
}

// readSeries reads a CSV or XLSX file of measures of an indicator, of which some stand. Nothing is kept of a file with a
// defect: every defect is said with its line, so that the file is mended once.
//
// Faults: those of tabular; Invalid tabular.defects with a field for each cell in fault.
func readSeries(file io.Reader, today calendar.Day, i Indicator, standing []Measure) ([]SeriesRow, error) {
	book, err := tabular.Read(file, tabular.Usual())
	if err != nil {
		return nil, err
	}
	if len(book.Sheets) == 0 {
		return nil, fault.New(fault.Invalid, "strategy.series.empty")
	}
	table, err := book.Sheets[0].Bind(seriesColumns()...)
	if err != nil {
		return nil, err
	}
	var rows []SeriesRow
	decimal := decimalSign(table.Texts("value"), book.Sheets[0].Comma)
	for rec := range table.Rows() {
		row := readSeriesRow(rec, today)
		readValue(rec, &row, decimal)
		if row.Period != "" {
			placed(rec, row, i, standing, rows)
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return nil, fault.New(fault.Invalid, "strategy.series.empty")
	}
	return rows, table.Err()
}

func readSeriesRow(rec *tabular.Record, today calendar.Day) SeriesRow {
	row := SeriesRow{Line: rec.Number(), Period: rec.Fuzzy("period"), Source: rec.Text("source"), Evidence: rec.Text("evidence"), Note: rec.Text("note")}
	if row.Period.Start().After(today) {
		rec.Fault("period", "strategy.measure.future")
	}
	f := newForm()
	if f.link("evidence", row.Evidence); f.OrNil() != nil {
		rec.Fault("evidence", "strategy.bad_link")
	}
	return row
}

// placed refuses a period that is not one of the indicator's, or that has its measure already, in the file or among those
// that stand. What stands under the very same period is corrected, whatever the frequency has become since.
func placed(rec *tabular.Record, row SeriesRow, i Indicator, standing []Measure, above []SeriesRow) {
	for _, other := range above {
		if other.Period != "" && i.together(other.Period, row.Period) {
			rec.Fault("period", "strategy.series.twice", "line", other.Line)
			return
		}
	}
	if slices.ContainsFunc(standing, func(m Measure) bool { return m.Period == row.Period }) {
		return
	}
	if bad, ok := errors.AsType[*fault.Error](i.fits(row.Period)); ok {
		rec.Fault("period", bad.Key, bad.Args...)
		return
	}
	for _, m := range standing {
		if i.together(m.Period, row.Period) {
			rec.Fault("period", "strategy.series.beside", "period", m.Period, "value", string(m.Value))
			return
		}
	}
}

func readValue(rec *tabular.Record, row *SeriesRow, decimal rune) {
	text := rec.Text("value")
	q, err := readQuantity(text, decimal)
	row.Value = q
	if bad, ok := errors.AsType[*fault.Error](err); ok && text != "" {
		rec.Fault("value", bad.Key, bad.Args...)
	}
}
