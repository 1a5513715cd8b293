package pabulib

import (
	"fmt"
	"strings"

	"parvis/internal/fault"
)

// maxDefects bounds the list that a hostile file can make us keep; the others are counted.
const maxDefects = 1000

// Defect is one thing wrong with a file.
type Defect struct {
	Line   int    // line of the file, from 1
	Key    string // stable name of the defect, a message key: "pb.vote.unknown_project"
	Cause  string // the same in English, for logs and the command line
	Repair string // what tolerant mode did about it, empty if nothing can be done
}

// String gives line, cause and repair.
func (d Defect) String() string {
	s := fmt.Sprintf("line %d: %s", d.Line, d.Cause)
	if d.Repair != "" {
		s += " (" + d.Repair + ")"
	}
	return s
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
		f.At(fmt.Sprintf("%d", d.Line), d.Key, "cause", d.Cause)
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

// add records a defect; repair says what tolerant mode does, "" when it can do nothing.
func (r *report) add(line int, key, repair, format string, args ...any) {
	d := Defect{Line: line, Key: "pb." + key, Cause: fmt.Sprintf(format, args...), Repair: repair}
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
func (r *report) stop(line int, key, format string, args ...any) error {
	r.add(line, key, "", format, args...)
	last := Defect{Line: line, Key: "pb." + key, Cause: fmt.Sprintf(format, args...)}
	if r.moreBad > 0 { // the list was full: the cause of the stop must still be seen
		r.refused[maxDefects-1] = last
	}
	return r.err()
}
