package schema

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"parvis/internal/calendar"
)

// types tells whether a text is a value of a type in a format.
var types = map[string]func(text, format string) bool{
	"string":  isString,
	"integer": func(text, _ string) bool { _, err := strconv.ParseInt(text, 10, 64); return err == nil },
	"number": func(text, _ string) bool {
		_, err := strconv.ParseFloat(text, 64)
		return err == nil && isDecimal(text)
	},
	"boolean": func(text, _ string) bool { return slices.Contains(booleans, text) },
	"date":    func(text, _ string) bool { d, err := calendar.ParseDay(text); return err == nil && d != "" },
	"year":    func(text, _ string) bool { n, err := strconv.Atoi(text); return err == nil && n >= 0 && len(text) == 4 },
}

var booleans = []string{"true", "True", "TRUE", "1", "false", "False", "FALSE", "0"}

// isDecimal leaves out what Go reads and a table does not mean: hexadecimal, underscores, infinities.
func isDecimal(text string) bool { return !strings.ContainsAny(text, "xXpP_iInN") }

func isString(text, format string) bool {
	switch format {
	case "uri":
		u, err := url.Parse(text)
		return err == nil && u.Scheme != "" && (u.Host != "" || u.Opaque != "") && !strings.ContainsAny(text, " \t\"<>")
	case "email":
		name, host, ok := strings.Cut(text, "@")
		return ok && name != "" && strings.Contains(host, ".") && !strings.ContainsAny(text, " \t,;")
	}
	return utf8.ValidString(text)
}

// Validate checks a table: its header first, then each row. rows are the cells as written, empty where
// there is nothing.
func (s *Schema) Validate(header []string, rows [][]string) []Defect {
	places, found := s.places(header)
	seen := map[string]map[string]bool{}
	for i, row := range rows {
		r := record{schema: s, row: i + 2, cells: make([]string, len(s.Fields))}
		for f, place := range places {
			if place >= 0 && place < len(row) {
				r.cells[f] = row[place]
			}
		}
		r.fields(seen)
		for _, c := range s.Checks {
			checks[c.Name](&r, c.Params)
		}
		found = append(found, r.defects...)
	}
	return found
}

// places finds the column of each field; an order of its own is allowed, as Table Schema by name is.
func (s *Schema) places(header []string) ([]int, []Defect) {
	var found []Defect
	places := make([]int, len(s.Fields))
	for f, field := range s.Fields {
		places[f] = slices.Index(header, field.Name)
		if places[f] < 0 && field.Constraints.Required {
			found = append(found, Defect{Row: 1, Column: field.Name, Code: "missing-required-header"})
		}
	}
	for i, name := range header {
		if s.column(name) < 0 {
			found = append(found, Defect{Row: 1, Column: name, Code: "extra-header"})
		}
		if slices.Index(header, name) < i {
			found = append(found, Defect{Row: 1, Column: name, Code: "duplicate-header"})
		}
	}
	return places, found
}

// record is one row under check.
type record struct {
	schema  *Schema
	row     int
	cells   []string
	defects []Defect
}

func (r *record) at(column, code, note string) {
	r.defects = append(r.defects, Defect{r.row, column, code, r.value(column), note})
}

// value is the cell of a column; "" when it is missing.
func (r *record) value(column string) string {
	i := r.schema.column(column)
	if i < 0 || slices.Contains(r.schema.Missing, r.cells[i]) {
		return ""
	}
	return r.cells[i]
}

func (r *record) fields(seen map[string]map[string]bool) {
	for _, f := range r.schema.Fields {
		value := r.value(f.Name)
		if value == "" {
			if f.Constraints.Required {
				r.at(f.Name, "required-constraint", "")
			}
			continue
		}
		if !types[f.Type](value, f.Format) {
			r.at(f.Name, "type-error", f.Type+" "+f.Format)
			continue
		}
		r.constraints(f, value)
		if f.Constraints.Unique {
			if seen[f.Name] == nil {
				seen[f.Name] = map[string]bool{}
			}
			if seen[f.Name][value] {
				r.at(f.Name, "unique-constraint", "")
			}
			seen[f.Name][value] = true
		}
	}
}

func (r *record) constraints(f Field, value string) {
	c, n := f.Constraints, utf8.RuneCountInString(value)
	if f.pattern != nil && !f.pattern.MatchString(value) {
		r.at(f.Name, "pattern-constraint", c.Pattern)
	}
	if len(c.Enum) > 0 && !slices.Contains(c.Enum, value) {
		r.at(f.Name, "enumerable-constraint", strings.Join(c.Enum, ", "))
	}
	if c.MinLength != nil && n < *c.MinLength {
		r.at(f.Name, "minimum-length-constraint", strconv.Itoa(*c.MinLength))
	}
	if c.MaxLength != nil && n > *c.MaxLength {
		r.at(f.Name, "maximum-length-constraint", strconv.Itoa(*c.MaxLength))
	}
}
