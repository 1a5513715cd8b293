package workspace

import (
	"slices"

	"parvis/internal/fault"
)

// Outcome is what an import does with one thing.
type Outcome string

// The outcomes.
const (
	Created Outcome = "created"
	Changed Outcome = "changed"
	Ended   Outcome = "ended"
)

// Change is one thing that an import creates, changes or ends.
type Change struct {
	Sheet   string
	Place   string // "Directions!A4"
	Outcome Outcome
	What    string // the code, the number, or the title of a project
	Detail  string // what changes, as far as it is a text: "Voirie → Voirie et déplacements"
}

// Kept is a column in which the file says something else than the city, and that an import leaves: who
// carries a project that is known, and which units take part in it, change by their own acts.
type Kept struct{ Sheet, Place, Column, What string }

// Defect is what is wrong with a cell: where, under which header, and why. Key with Args is a message.
type Defect struct {
	Sheet  string
	Place  string
	Column string
	Key    string
	Args   []any
}

// Count is how many things of a sheet fare in which way.
type Count struct {
	Sheet                              string
	Created, Changed, Ended, Unchanged int
}

// Report is what an import would do, or did.
type Report struct {
	Counts  []Count // in the order of the sheets
	Changes []Change
	Kept    []Kept // what the file says otherwise and an import leaves as it is
	Defects []Defect
	Hidden  int // defects beyond the two hundred shown for a sheet
}

// Clean tells whether nothing is wrong with the book.
func (r Report) Clean() bool { return len(r.Defects) == 0 }

// Empty tells whether there is nothing to do.
func (r Report) Empty() bool { return len(r.Changes) == 0 }

// Err is nil for a clean report, else Invalid workspace.import.defects with one field per defect.
func (r Report) Err() error {
	err := fault.New(fault.Invalid, "workspace.import.defects", "n", len(r.Defects)+r.Hidden)
	for _, d := range r.Defects {
		err.At(d.Place, d.Key, d.Args...)
	}
	return err.OrNil()
}

func (r *Report) count(sheet string) *Count {
	for i := range r.Counts {
		if r.Counts[i].Sheet == sheet {
			return &r.Counts[i]
		}
	}
	r.Counts = append(r.Counts, Count{Sheet: sheet})
	return &r.Counts[len(r.Counts)-1]
}

func (r *Report) did(c Change) {
	n := r.count(c.Sheet)
	switch c.Outcome {
	case Created:
		n.Created++
	case Changed:
		n.Changed++
	case Ended:
		n.Ended++
	}
	r.Changes = append(r.Changes, c)
}

// gather takes the defects that the tables and their headers hold.
func (r *Report) gather(sheets map[string]*opened) {
	for _, l := range layouts() {
		o := sheets[l.name]
		if o == nil {
			continue
		}
		r.add(l.name, o.wrong)
		if o.table != nil {
			if f, bad := o.table.Err().(*fault.Error); bad {
				r.add(l.name, f)
				r.Hidden += more(f)
			}
		}
	}
	r.inOrder()
}

// more is how many defects a table counted without keeping them.
func more(f *fault.Error) int {
	named := map[any]any{}
	for i := 0; i+1 < len(f.Args); i += 2 {
		named[f.Args[i]] = f.Args[i+1]
	}
	n, _ := named["n"].(int)
	return max(0, n-len(f.Fields))
}

func (r *Report) add(sheet string, f *fault.Error) {
	if f == nil {
		return
	}
	for _, field := range f.Fields {
		if r.told(field) {
			continue // a row that was read twice is wrong once
		}
		d := Defect{Sheet: sheet, Place: field.Name, Key: field.Key, Args: field.Args}
		for i := 0; i+1 < len(field.Args); i += 2 {
			if field.Args[i] == "column" {
				d.Column, _ = field.Args[i+1].(string)
			}
		}
		r.Defects = append(r.Defects, d)
	}
}

// inOrder puts the defects in the order of the sheets.
func (r *Report) inOrder() {
	names := sheetNames()
	slices.SortStableFunc(r.Defects, func(a, b Defect) int { return slices.Index(names, a.Sheet) - slices.Index(names, b.Sheet) })
}

func (r *Report) told(f fault.Field) bool {
	return slices.ContainsFunc(r.Defects, func(d Defect) bool { return d.Place == f.Name && d.Key == f.Key })
}
