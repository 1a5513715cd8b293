package tabular

import (
	"strings"
	"time"

	"parvis/internal/calendar"
	"parvis/internal/money"

	"github.com/xuri/excelize/v2"
)

// formats are the identifiers of the cell formats of a book.
type formats struct {
	header, day, instant, euros, text int
}

func newFormats(f *excelize.File) (formats, error) {
	day, instant, euros := "dd/mm/yyyy", "dd/mm/yyyy hh:mm", `#,##0.00\ "€"`
	var ids [5]int
	for i, style := range []*excelize.Style{
		{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}},
		{CustomNumFmt: &day}, {CustomNumFmt: &instant}, {CustomNumFmt: &euros}, {NumFmt: 49}, // 49: text
	} {
		id, err := f.NewStyle(style)
		if err != nil {
			return formats{}, err
		}
		ids[i] = id
	}
	return formats{ids[0], ids[1], ids[2], ids[3], ids[4]}, nil
}

func (fs formats) sheet(f *excelize.File, name string, o Output) error {
	w, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for i := range o.Header {
		width := 18.0
		if i < len(o.Widths) && o.Widths[i] > 0 {
			width = min(o.Widths[i], 255)
		}
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	row := 1
	header := make([]any, len(o.Header))
	for i, h := range o.Header {
		header[i] = excelize.Cell{StyleID: fs.header, Value: printable(h)}
	}
	if err := w.SetRow("A1", header); err != nil {
		return err
	}
	for values := range o.Rows {
		row++
		cells := make([]any, len(values))
		for i, v := range values {
			cells[i] = fs.cell(v)
		}
		place, err := excelize.CoordinatesToCellName(1, row)
		if err == nil {
			err = w.SetRow(place, cells)
		}
		if err != nil {
			return err
		}
	}
	return w.Flush()
}

// cell types a value. A text is written as a text and formatted as one, so that neither opening nor
// editing the cell makes a formula of it.
func (fs formats) cell(v any) any {
	switch v := v.(type) {
	case nil, bool, int, int64, float64:
		return v
	case calendar.Day:
		return fs.legalDay(v)
	case calendar.Fuzzy:
		if v.Precision() == calendar.ToDay {
			return fs.legalDay(v.Start())
		}
		return fs.string(string(v))
	case money.Amount:
		return fs.amount(v)
	case time.Time:
		if v.IsZero() {
			return nil
		}
		t := v.In(calendar.Paris())
		return excelize.Cell{StyleID: fs.instant, Value: time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), 0, 0, time.UTC)}
	}
	return fs.string(Plain(Machine().text(v)))
}

func (fs formats) string(s string) any {
	if s == "" {
		return nil
	}
	return excelize.Cell{StyleID: fs.text, Value: printable(s)}
}

// legalDay writes a real date where spreadsheets have one: from 1 March 1900 to 9999.
func (fs formats) legalDay(d calendar.Day) any {
	switch {
	case d == "":
		return nil
	case !d.Valid() || d < "1900-03-01" || d == calendar.Forever:
		return fs.string(string(d))
	}
	y, m, dd := d.Date()
	return excelize.Cell{StyleID: fs.day, Value: time.Date(y, m, dd, 0, 0, 0, 0, time.UTC)}
}

// amount writes a number when a spreadsheet keeps it to the cent (15 significant digits) and it is in
// euros, else a text.
func (fs formats) amount(a money.Amount) any {
	if a == (money.Amount{}) {
		return nil
	}
	if a.Currency != money.EUR || a.Cents >= 1e15 || a.Cents <= -1e15 {
		return fs.string(Machine().amount(a) + " " + a.Currency)
	}
	return excelize.Cell{StyleID: fs.euros, Value: float64(a.Cents) / 100}
}

// printable drops the control characters that XML cannot hold and cuts at the length of a cell.
func printable(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	if len(s) <= excelize.TotalCellChars {
		return s
	}
	if runes := []rune(s); len(runes) > excelize.TotalCellChars {
		return string(runes[:excelize.TotalCellChars])
	}
	return s
}
