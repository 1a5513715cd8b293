package schema

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// Schema is a Table Schema with its custom checks.
type Schema struct {
	Name    string   `json:"name"`
	Version string   `json:"version"`
	Fields  []Field  `json:"fields"`
	Missing []string `json:"missingValues"`
	Checks  []Check  `json:"custom_checks"`
}

// Field is a column.
type Field struct {
	Name        string      `json:"name"`
	Type        string      `json:"type"`
	Format      string      `json:"format"`
	Title       string      `json:"title"`
	Constraints Constraints `json:"constraints"`
	pattern     *regexp.Regexp
}

// Constraints is what the values of a column must satisfy.
type Constraints struct {
	Required  bool     `json:"required"`
	Unique    bool     `json:"unique"`
	Pattern   string   `json:"pattern"`
	Enum      []string `json:"enum"`
	MinLength *int     `json:"minLength"`
	MaxLength *int     `json:"maxLength"`
	Minimum   any      `json:"minimum"`
	Maximum   any      `json:"maximum"`
}

// Check is a custom check with its parameters.
type Check struct {
	Name   string `json:"name"`
	Params Params `json:"params"`
}

// Params are the parameters of the custom checks.
type Params struct {
	Column       string   `json:"column"`
	Column2      string   `json:"column2"`
	Op           string   `json:"op"`
	Columns      []string `json:"columns"`
	OtherColumns []string `json:"othercolumns"`
	AllowYear    any      `json:"allow-year-only"`
}

// Read reads a descriptor. It fails on a type, a pattern or a custom check that this package cannot apply.
func Read(descriptor []byte) (*Schema, error) {
	s := &Schema{Missing: []string{""}}
	if err := json.Unmarshal(descriptor, s); err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	for i := range s.Fields {
		if err := s.Fields[i].prepare(); err != nil {
			return nil, err
		}
	}
	for _, c := range s.Checks {
		if _, known := checks[c.Name]; !known {
			return nil, fmt.Errorf("schema: check %q is not known", c.Name)
		}
		for _, column := range append(append([]string{c.Params.Column}, c.Params.Columns...), c.Params.OtherColumns...) {
			if s.column(column) < 0 {
				return nil, fmt.Errorf("schema: check %q is about %q, which is no field", c.Name, column)
			}
		}
	}
	return s, nil
}

func (f *Field) prepare() (err error) {
	if _, known := types[f.Type]; !known {
		return fmt.Errorf("schema: type %q of %s is not known", f.Type, f.Name)
	}
	if f.Constraints.Minimum != nil || f.Constraints.Maximum != nil {
		return fmt.Errorf("schema: minimum and maximum of %s are not applied", f.Name)
	}
	if p := f.Constraints.Pattern; p != "" {
		// A slash needs no escape in Go; a pattern is about the whole value (XML Schema regular expressions).
		f.pattern, err = regexp.Compile("^(?:" + strings.ReplaceAll(p, `\/`, "/") + ")$")
	}
	return err
}

// Column is the place of a field by its name, -1 when there is none.
func (s *Schema) column(name string) int {
	for i, f := range s.Fields {
		if f.Name == name {
			return i
		}
	}
	return -1
}

// Header lists the names of the fields in order.
func (s *Schema) Header() []string {
	out := make([]string, len(s.Fields))
	for i, f := range s.Fields {
		out[i] = f.Name
	}
	return out
}

// Defect is one thing wrong with a table. Row is the row number that a spreadsheet shows: 1 is the header.
type Defect struct {
	Row    int
	Column string
	Code   string // "type-error", "required-constraint", "french-siret-value"…
	Value  string
	Note   string // what was compared, for people who must mend it
}

func (d Defect) String() string {
	return fmt.Sprintf("%s%d: %s %q %s", d.Column, d.Row, d.Code, d.Value, d.Note)
}
