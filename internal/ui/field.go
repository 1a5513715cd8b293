package ui

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// Field is one question of a form. Name is the key of the submitted value and makes the element's
// id; the value and the error of a refused form are found by it.
type Field struct {
	Name         string
	Form         string // Post.Name, when a page has several forms with the same fields
	Label        string
	Hint         string
	Value        string
	Values       []string // stored values of Checks
	Error        string   // overrides the attempt's
	Required     bool
	Type         string // of Text: "text" (default), "email", "tel", "url", "search", "number", "password"
	Autocomplete string // WCAG 1.3.5 purpose: "name", "email", "street-address", …
	Suffix       string // unit after the box: "€", "jours"
	Rows         int
	MaxLength    int
	Short        bool   // a narrow box
	Secret       bool   // never shown again after a refusal
	Lang         string // language of the value when it is not the page's
	Options      []Option
	Search       string           // of Pick: what is searched, a key of web.Config.Finders
	Said         string           // of Pick: how the stored value is called
	Attrs        templ.Attributes // anything else: "min", "max", "list", "hx-…"
}

// Option is one choice of Select, Radios or Checks.
type Option struct {
	Value, Label, Hint string
	Group              string // Select: label of the optgroup, options of a group follow each other
	Disabled           bool
}

// id is the id of the input; the error summary links to it.
func (f Field) id() string { return fieldID(f.Form, f.Name) }

func fieldID(form, name string) string {
	if form == "" {
		return "f-" + name
	}
	return "f-" + form + "-" + name
}

// describedBy lists the ids of the hint and of the error, for aria-describedby.
func (f Field) describedBy(problem string) string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.id()+"-hint")
	}
	if problem != "" {
		ids = append(ids, f.id()+"-error")
	}
	return strings.Join(ids, " ")
}

func (f Field) inputType() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

func (f Field) rows() int {
	if f.Rows == 0 {
		return 5
	}
	return f.Rows
}

// Post is a form that changes something.
type Post struct {
	To     string
	Name   string // tells the forms of one page apart; see Field.Form
	Upload bool   // carries files
	Wide   bool   // not held to the measure of a text
	Attrs  templ.Attributes
}

// FormName is the hidden field by which a refused form finds its way back to its fields.
const FormName = "_form"

// aria gives the attributes that tie an input to its hint and its error.
func (f Field) aria(problem string) templ.Attributes {
	a := templ.Attributes{}
	if d := f.describedBy(problem); d != "" {
		a["aria-describedby"] = d
	}
	if problem != "" {
		a["aria-invalid"] = "true"
	}
	return a
}

// groupAria does the same for a group; the group is what the error summary links to.
func (f Field) groupAria(problem string) templ.Attributes {
	a := templ.Attributes{}
	if d := f.describedBy(problem); d != "" {
		a["aria-describedby"] = d
	}
	return a
}

// optionID names an option of a group. The first bears the id of the field itself, so that the
// error summary leads to something that takes the focus.
func (f Field) optionID(i int) string {
	if i == 0 {
		return f.id()
	}
	return f.id() + "-" + strconv.Itoa(i)
}

func (f Field) date() Field {
	f.Type, f.Short = "date", true
	return f
}

func (f Field) amount() Field {
	attrs := templ.Attributes{"inputmode": "decimal"}
	for k, v := range f.Attrs {
		attrs[k] = v
	}
	f.Attrs = attrs
	if f.Suffix == "" {
		f.Suffix = "€"
	}
	return f
}

type optionGroup struct {
	label   string
	options []Option
}

func grouped(options []Option) []optionGroup {
	var groups []optionGroup
	for _, o := range options {
		if n := len(groups); n == 0 || groups[n-1].label != o.Group {
			groups = append(groups, optionGroup{label: o.Group})
		}
		last := &groups[len(groups)-1]
		last.options = append(last.options, o)
	}
	return groups
}

func dashed(name string) string {
	if name == "" {
		return ""
	}
	return "-" + name
}
