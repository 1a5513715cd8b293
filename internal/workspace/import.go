package workspace

import (
	"context"
	"errors"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/tabular"
)

// mostRows bounds a book: one transaction makes it live, and nobody else writes meanwhile.
const mostRows = 5000

// stage is one group of sheets, made live by one transaction: all of it or nothing.
type stage struct {
	step func(*importer) error
	lead []string // kinds of units whose head acts when a city is founded, the best last
}

// stages are the groups in their order. The founder lays the organisation of an empty city and puts its
// profile in force; delegations are given under that profile, so that none is wider than its source, and
// the projects are signalled by the mission.
func stages() []stage {
	return []stage{{(*importer).organisation, nil}, {(*importer).delegations, []string{"mission", "executive", "secretariat_general"}},
		{(*importer).projects, []string{"executive", "secretariat_general", "mission"}}}
}

// PreviewBook says what importing a book would change and everything that is wrong with it, by sheet and
// cell. It is a rehearsal: the use cases run, then everything is taken back.
//
// Faults: Invalid workspace.import.no_sheet; TooLarge workspace.import.too_many; Denied when the actor may
// not. What is wrong with the cells is in the report.
func (w *Workspace) PreviewBook(ctx context.Context, by act.Actor, book *tabular.Book) (Report, error) {
	return w.rehearse(ctx, by, book, w.pace(rowsOf(book)))
}

func (w *Workspace) rehearse(ctx context.Context, by act.Actor, book *tabular.Book, p *pace) (Report, error) {
	sheets, err := w.openBook(book)
	if err != nil {
		return Report{}, err
	}
	report := &Report{}
	err = act.Rehearse(ctx, w.Log, func(as func(act.Actor) *act.Tx) error {
		im := w.importer(as(by), sheets, report, p)
		for _, st := range stages() {
			author, err := im.author(by, st)
			if err != nil {
				return err
			}
			im.tx = as(author)
			if err := st.step(im); err != nil {
				return err
			}
		}
		return nil
	})
	report.gather(sheets)
	return *report, err
}

// ImportBook makes a book live, a group of sheets after the other, each in one transaction: the
// organisation, the delegations, the projects. A book with one defect changes nothing.
//
// The first import of a city founds its body and, once there are posts, puts the profile in force.
//
// Faults: those of PreviewBook; Invalid workspace.import.defects, the report saying which.
func (w *Workspace) ImportBook(ctx context.Context, by act.Actor, book *tabular.Book) (Report, error) {
	p := w.pace(2 * rowsOf(book))
	report, err := w.rehearse(ctx, by, book, p)
	if err != nil {
		return report, err
	}
	if err := report.Err(); err != nil {
		return report, err
	}
	done := Report{}
	for _, st := range stages() {
		if err := w.apply(ctx, by, book, st, &done, p); err != nil {
			return done, err
		}
	}
	return done, w.RebuildOrganisation(ctx)
}

// errIdle takes back a step that had nothing to record.
var errIdle = errors.New("workspace: nothing to change")

// apply runs one group of sheets in a transaction of its own. What a rehearsal accepted may be refused
// now, if somebody changed the city meanwhile: then the group changes nothing.
func (w *Workspace) apply(ctx context.Context, by act.Actor, book *tabular.Book, st stage, report *Report, p *pace) error {
	sheets, err := w.openBook(book)
	if err != nil {
		return err
	}
	author, err := w.author(ctx, w.DB.Readers, by, st, w.latest())
	if err != nil {
		return err
	}
	var part Report
	_, err = act.Do(ctx, w.Log, author, func(tx *act.Tx) (struct{}, error) {
		part = Report{}
		if err := st.step(w.importer(tx, sheets, &part, p)); err != nil {
			return struct{}{}, err
		}
		part.gather(sheets)
		if err := part.Err(); err != nil {
			return struct{}{}, err
		}
		if len(tx.Acts()) == 0 {
			return struct{}{}, errIdle
		}
		return struct{}{}, nil
	})
	if errors.Is(err, errIdle) {
		err = nil
	}
	report.Counts = append(report.Counts, part.Counts...)
	report.Changes = append(report.Changes, part.Changes...)
	report.Kept = append(report.Kept, part.Kept...)
	report.Defects = append(report.Defects, part.Defects...)
	return err
}

// rowsOf counts the rows that an import reads, under their headers.
func rowsOf(book *tabular.Book) (n int) {
	sheets, _ := open(book) // what is wrong with it is said when it is read
	for _, o := range sheets {
		n += max(0, len(o.sheet.Rows)-1)
	}
	return n
}

func (w *Workspace) openBook(book *tabular.Book) (map[string]*opened, error) {
	sheets, err := open(book)
	if err != nil {
		return nil, err
	}
	n := 0
	for _, o := range sheets {
		n += len(o.sheet.Rows)
	}
	if n > mostRows {
		return nil, fault.New(fault.TooLarge, "workspace.import.too_many", "n", n, "max", mostRows)
	}
	return sheets, nil
}
