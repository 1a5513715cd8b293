package tabular

import (
	"errors"
	"strconv"
	"strings"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/money"
)

// Record is one row of a Table. Its readers return the zero value for a blank cell, an absent column
// and a defect; the table keeps the defects.
type Record struct {
	table *Table
	row   *Row
	bad   bool
}

// Number is the row number that the spreadsheet shows.
func (r *Record) Number() int { return r.row.Number }

// OK tells whether no reader has met a defect in this row.
func (r *Record) OK() bool { return !r.bad }

// At is the place of a field in this row.
func (r *Record) At(field string) string {
	return r.table.sheet.At(r.row.Number, r.table.at[field])
}

// Fault records a defect that the caller found, such as an unknown unit; args are named arguments.
func (r *Record) Fault(field, key string, args ...any) {
	r.bad = true
	column := field
	if c, ok := r.table.columns[field]; ok && len(c.Names) > 0 {
		column = c.Names[0]
	}
	r.table.defect(r.At(field), key, append([]any{"column", column}, args...)...)
}

// Cell is the cell of a field; a formula that failed and a blank that must be filled are defects.
func (r *Record) Cell(field string) Cell {
	var c Cell
	if i, ok := r.table.at[field]; ok && i < len(r.row.Cells) {
		c = r.row.Cells[i]
	}
	switch {
	case c.Kind == Error:
		r.Fault(field, "tabular.cell.error", "value", c.Text)
		return Cell{}
	case c.Kind == Blank && r.table.columns[field].Filled:
		r.Fault(field, "tabular.cell.blank")
	}
	return c
}

// Text reads a text.
func (r *Record) Text(field string) string { return r.Cell(field).Text }

// Day reads a day: a date cell, or a text that calendar.ReadDay reads.
func (r *Record) Day(field string) calendar.Day {
	c := r.Cell(field)
	text := c.Text
	if c.Kind == Date {
		text, _, _ = strings.Cut(text, " ")
	}
	return keep(r, field, text, calendar.ReadDay)
}

// Fuzzy reads an imprecise date; the number 2014 is a year.
func (r *Record) Fuzzy(field string) calendar.Fuzzy {
	c := r.Cell(field)
	text := c.Text
	if c.Kind == Date {
		text, _, _ = strings.Cut(text, " ")
	}
	return keep(r, field, text, calendar.ReadFuzzy)
}

// Amount reads an amount: euros when the cell is a number, rounded to the cent as the spreadsheet shows
// them, else what money.Parse reads.
func (r *Record) Amount(field string) money.Amount {
	c := r.Cell(field)
	if c.Kind != Number {
		return keep(r, field, c.Text, parseAmount)
	}
	f, err := strconv.ParseFloat(c.Text, 64)
	if err != nil {
		r.Fault(field, "tabular.cell.number", "value", c.Text)
		return money.Amount{}
	}
	return keep(r, field, strconv.FormatFloat(f, 'f', 2, 64), parseAmount)
}

func parseAmount(s string) (money.Amount, error) {
	if s == "" {
		return money.Amount{}, nil
	}
	return money.Parse(s)
}

// Integer reads a whole number, in groups ("12 000") or not.
func (r *Record) Integer(field string) int64 {
	return keep(r, field, r.Cell(field).Text, func(s string) (int64, error) {
		if s == "" {
			return 0, nil
		}
		n, err := strconv.ParseInt(strings.Join(strings.Fields(s), ""), 10, 64)
		if err != nil {
			return 0, fault.New(fault.Invalid, "tabular.cell.integer", "value", s)
		}
		return n, nil
	})
}

// Decimal reads a decimal number, with a comma or a point.
func (r *Record) Decimal(field string) float64 {
	return keep(r, field, r.Cell(field).Text, func(s string) (float64, error) {
		if s == "" {
			return 0, nil
		}
		plain := strings.Replace(strings.Join(strings.Fields(s), ""), ",", ".", 1)
		f, err := strconv.ParseFloat(plain, 64)
		if err != nil || strings.ContainsAny(plain, "xXpPiInN_") {
			return 0, fault.New(fault.Invalid, "tabular.cell.number", "value", s)
		}
		return f, nil
	})
}

// Boolean reads oui/non, vrai/faux, yes/no, true/false, 1/0 and x; blank is false.
func (r *Record) Boolean(field string) bool {
	return keep(r, field, r.Cell(field).Text, func(s string) (bool, error) {
		switch i18n.Fold(s) {
		case "oui", "o", "vrai", "yes", "y", "true", "1", "x":
			return true, nil
		case "", "non", "n", "faux", "no", "false", "0":
			return false, nil
		}
		return false, fault.New(fault.Invalid, "tabular.cell.boolean", "value", s)
	})
}

// List reads several texts separated by ; or | or new lines. A comma does not separate: it is part of
// the names of many directorates.
func (r *Record) List(field string) []string {
	var items []string
	for _, s := range strings.FieldsFunc(r.Cell(field).Text, func(c rune) bool { return strings.ContainsRune(";|\n", c) }) {
		if s = strings.TrimSpace(s); s != "" {
			items = append(items, s)
		}
	}
	return items
}

// OneOf reads a code from the words that people use for it: choices maps folded words to codes.
func (r *Record) OneOf(field string, choices map[string]string) string {
	s := r.Cell(field).Text
	if code, ok := choices[i18n.Fold(s)]; ok || s == "" {
		return code
	}
	r.Fault(field, "tabular.cell.choice", "value", s)
	return ""
}

// keep reads a text and records the fault of the reader as a defect of the field.
func keep[T any](r *Record, field, text string, read func(string) (T, error)) T {
	v, err := read(text)
	if err == nil {
		return v
	}
	var zero T
	if f, ok := errors.AsType[*fault.Error](err); ok {
		r.Fault(field, f.Key, f.Args...)
	} else {
		r.Fault(field, "tabular.cell.unreadable", "value", text)
	}
	return zero
}
