package tabular

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"parvis/internal/calendar"
	"parvis/internal/money"

	"github.com/xuri/excelize/v2"
)

// Output is a table to write. The values of a row may be string, bool, int, int64, float64,
// calendar.Day, calendar.Fuzzy, money.Amount, time.Time (written in the time of Paris), []string
// (joined by "; ", which Record.List reads) and nil.
type Output struct {
	Sheet  string // the name of the sheet: at most 31 characters, "Feuille 1" when empty
	Header []string
	Widths []float64 // of the columns, in characters; 18 where it is missing
	Rows   iter.Seq[[]any]
}

// Dialect is how a CSV is written.
type Dialect struct {
	Comma        rune // ',' when zero
	BOM          bool // the byte order mark by which Excel knows UTF-8
	DecimalComma bool // amounts and decimals as 1234,56
	FrenchDates  bool // days as 05/04/2014
}

// French is the dialect that a double click in a French Excel opens well.
func French() Dialect { return Dialect{Comma: ';', BOM: true, DecimalComma: true, FrenchDates: true} }

// Machine is the dialect of open data: RFC 4180, UTF-8 without mark, decimal points, ISO dates.
func Machine() Dialect { return Dialect{Comma: ','} }

// WriteCSV writes a table in a dialect. Texts that look like formulas are neutralised.
func WriteCSV(w io.Writer, o Output, d Dialect) error {
	if d.BOM {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return err
		}
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	if d.Comma != 0 {
		c.Comma = d.Comma
	}
	header := make([]string, len(o.Header))
	for i, h := range o.Header {
		header[i] = Neutral(h)
	}
	if err := c.Write(header); err != nil {
		return err
	}
	for row := range o.Rows {
		fields := make([]string, len(row))
		for i, v := range row {
			fields[i] = d.text(v)
		}
		if err := c.Write(fields); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

func (d Dialect) text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return Neutral(v)
	case []string:
		return Neutral(strings.Join(v, "; "))
	case float64:
		return d.decimal(strconv.FormatFloat(v, 'f', -1, 64))
	case money.Amount:
		return d.amount(v)
	case calendar.Day:
		return d.day(v)
	case calendar.Fuzzy:
		if v.Precision() == calendar.ToDay {
			return d.day(v.Start())
		}
		return string(v)
	case time.Time:
		if v.IsZero() {
			return ""
		}
		return d.day(calendar.DayOf(v)) + v.In(calendar.Paris()).Format(" 15:04")
	}
	return Neutral(fmt.Sprint(v)) // whole numbers and booleans; anything else is a text
}

func (d Dialect) decimal(s string) string {
	if d.DecimalComma {
		return strings.Replace(s, ".", ",", 1)
	}
	return s
}

func (d Dialect) amount(a money.Amount) string {
	if a == (money.Amount{}) {
		return ""
	}
	sign, cents := "", uint64(a.Cents)
	if a.Cents < 0 {
		sign, cents = "-", -cents
	}
	return sign + d.decimal(fmt.Sprintf("%d.%02d", cents/100, cents%100))
}

func (d Dialect) day(day calendar.Day) string {
	if !d.FrenchDates || !day.Valid() {
		return string(day)
	}
	return string(day[8:] + "/" + day[5:7] + "/" + day[:4])
}

// WriteXLSX writes one sheet per table, with a bold frozen header, a filter, real dates and amounts.
// Rows are streamed: memory does not grow with their number.
func WriteXLSX(w io.Writer, tables ...Output) error {
	f := excelize.NewFile()
	defer f.Close()
	formats, err := newFormats(f)
	if err != nil {
		return err
	}
	names := map[string]bool{}
	for i, o := range tables {
		name := sheetName(o.Sheet, i, names)
		if i == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err == nil {
			err = formats.sheet(f, name, o)
		}
		if err != nil {
			return fmt.Errorf("tabular: sheet %q: %w", name, err)
		}
	}
	return f.Write(w)
}

// sheetName keeps a name within what spreadsheets accept, different from those before.
func sheetName(name string, i int, taken map[string]bool) string {
	name = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) || r < ' ' {
			return ' '
		}
		return r
	}, name), "' ")
	if runes := []rune(name); len(runes) > 31 {
		name = strings.TrimSpace(string(runes[:31]))
	}
	for n := i + 1; name == "" || taken[strings.ToLower(name)]; n++ {
		name = fmt.Sprintf("Feuille %d", n)
	}
	taken[strings.ToLower(name)] = true
	return name
}
