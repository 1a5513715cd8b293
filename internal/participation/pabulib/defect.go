package pabulib

import (
	"embed"
	"fmt"
	"strings"

	"parvis/internal/fault"
	"parvis/internal/i18n"
)

// maxDefects bounds the list that a hostile file can make us keep; the others are counted.
const maxDefects = 1000

// hopeless bounds the defects that are counted: more than this is no election with mistakes, and to go on
// would only take time.
const hopeless = 10_000_000

// Messages are the texts of the defects.
//
//go:embed messages/*.toml
var Messages embed.FS

// Defect is one thing wrong with a file.
type Defect struct {
	Line   int    // line of the file, from 1
	Key    string // message key: "pb.vote.unknown_project"
	Args   []any  // named arguments of the message
	Repair string // message key of what tolerant mode does about it, empty if nothing can be done
}

// String is for logs and tests; people read Text.
func (d Defect) String() string {
	return strings.TrimPrefix(fault.New(fault.Invalid, fmt.Sprintf("line %d: %s", d.Line, d.Key), d.Args...).Error(), "invalid: ")
}

// Text says line, cause and repair in a language.
func (d Defect) Text(p *i18n.Printer) string {
	cause := p.T(d.Key, d.Args...)
	if d.Repair == "" {
		return p.T("pb.line", "line", d.Line, "cause", cause)
	}
	return p.T("pb.line_repaired", "line", d.Line, "cause", cause, "repair", p.T(d.Repair, d.Args...))
}

// Error is the refusal of a file: every defect found, in the order of the file.
type Error struct {
	Defects []Defect
	More    int // defects beyond those listed
}

// Error lists the first defects.
func (e *Error) Error() string {
	var b strings.Builder
	for i, d := range e.Defects {
		if i == 10 {
			break
		}
		fmt.Fprintf(&b, "%s\n", d)
	}
	if rest := len(e.Defects) - 10 + e.More; rest > 0 {
		fmt.Fprintf(&b, "and %d more defects\n", rest)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// Fault gives the error as people see it: one field per defect, named by its line.
func (e *Error) Fault() *fault.Error {
	f := fault.Wrap(e, fault.Invalid, "pb.refused", "count", len(e.Defects)+e.More)
	for _, d := range e.Defects {
		f.At(fmt.Sprintf("%d", d.Line), d.Key, d.Args...)
	}
	return f
}

// report collects defects as the reading goes on.
type report struct {
	strict  bool
	defects []Defect
	refused []Defect // those that make the file unusable in the mode chosen
	more    int
	moreBad int
}

// add records a defect; repair names what tolerant mode does, "" when it can do nothing.
func (r *report) add(line int, key, repair string, args ...any) {
	d := Defect{Line: line, Key: "pb." + key, Args: args}
	if repair != "" {
		d.Repair = "pb.repair." + repair
	}
	if len(r.defects) < maxDefects {
		r.defects = append(r.defects, d)
	} else {
		r.more++
	}
	if !r.strict && repair != "" {
		return
	}
	if len(r.refused) < maxDefects {
		r.refused = append(r.refused, d)
	} else {
		r.moreBad++
	}
}

// err returns the refusal, nil when the file is usable.
func (r *report) err() error {
	if len(r.refused) == 0 {
		return nil
	}
	return &Error{Defects: r.refused, More: r.moreBad}
}

// stop is the refusal of a file that cannot be read further: the defects so far and this one.
func (r *report) stop(line int, key string, args ...any) error {
	r.add(line, key, "", args...)
	if r.moreBad > 0 { // the list was full: the cause of the stop must still be seen
		r.refused[maxDefects-1] = Defect{Line: line, Key: "pb." + key, Args: args}
	}
	return r.err()
}
