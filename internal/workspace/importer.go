package workspace

import (
	"context"
	"errors"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/powers"
	"parvis/internal/tabular"
)

// importer reads the sheets into one transaction.
type importer struct {
	w      *Workspace
	tx     *act.Tx
	sheets map[string]*opened
	report *Report
	pace   *pace
	passed map[string]bool // sheets whose rows were counted
	now    powers.Moment

	dawn    calendar.Day // the first day of which the file speaks, for what has none
	body    id.ID
	city    calendar.Day     // since when the body exists
	units   map[string]id.ID // by code, of those that the file names
	posts   map[string]id.ID
	broken  map[string]bool                // codes whose own row is at fault: what depends on them is not blamed
	people  map[string]id.ID               // by matricule and by folded name
	stood   map[id.ID]bool                 // holdings that stood before the file was read
	settled map[id.ID]bool                 // … and that a row of the file states
	given   map[string][]powers.Delegation // by number and receiver
	carried map[string]bool                // posts that a row of the file described already
}

func (w *Workspace) importer(tx *act.Tx, sheets map[string]*opened, report *Report, p *pace) *importer {
	im := &importer{w: w, tx: tx, sheets: sheets, report: report, pace: p, passed: map[string]bool{}, now: powers.Now(tx.Now()), units: map[string]id.ID{},
		posts: map[string]id.ID{}, broken: map[string]bool{}, people: map[string]id.ID{}, stood: map[id.ID]bool{}, settled: map[id.ID]bool{},
		carried: map[string]bool{}, given: map[string][]powers.Delegation{}}
	im.dawn = im.firstDay()
	return im
}

// organisation makes units, posts and holders live, each sheet after those it depends on.
func (im *importer) organisation() error {
	if err := im.found(); err != nil {
		return err
	}
	for _, step := range []func() error{im.createUnits, im.attachUnits, im.knowPeople, im.seats, im.doors} {
		if err := step(); err != nil {
			return err
		}
	}
	return im.govern()
}

// found founds the body of a city that has none.
func (im *importer) found() error {
	bodies, err := powers.Bodies(im.ctx(), im.tx, im.now)
	if err != nil {
		return err
	}
	if len(bodies) > 0 {
		im.body, im.city = bodies[0].ID, bodies[0].From
		for _, b := range bodies {
			if b.Code == im.w.City.Code {
				im.body, im.city = b.ID, b.From
			}
		}
		return nil
	}
	city := im.w.City
	if city.Code == "" {
		return fault.New(fault.Conflict, "workspace.import.no_body")
	}
	if city.Period.From == "" {
		city.Period = calendar.Since(im.dawn)
	}
	im.city = city.Period.From
	im.body, err = powers.FoundBody(im.tx, city)
	return err
}

// govern puts the profile in force once somebody can act under it.
func (im *importer) govern() error {
	if len(im.w.Profile.Document) == 0 || im.tx.Actor().Kind != act.System {
		return nil
	}
	if len(im.posts) == 0 {
		return nil
	}
	in := im.w.Profile
	if in.From == "" {
		in.From = im.tx.Today()
	}
	_, err := powers.InstallProfile(im.tx, in)
	return err
}

func (im *importer) ctx() context.Context { return im.tx.Context() }

// rows gives the rows of a sheet that is there and whose headers are right.
func (im *importer) rows(sheet string) func(func(*tabular.Record) bool) {
	o := im.sheets[sheet]
	if o == nil || o.table == nil {
		return func(func(*tabular.Record) bool) {}
	}
	im.report.count(sheet)
	if im.passed[sheet] {
		return o.table.Rows()
	}
	im.passed[sheet] = true
	return func(yield func(*tabular.Record) bool) {
		for rec := range o.table.Rows() {
			if im.pace.step(1); !yield(rec) {
				return
			}
		}
	}
}

// refuse notes what a use case refused at the cell that is to blame: where maps the fields of the fault to
// those of the sheet, "" being for a fault without field. What is no refusal is returned.
func refuse(rec *tabular.Record, err error, where map[string]string) error {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return err
	}
	switch f.Kind {
	case fault.Invalid, fault.Conflict, fault.NotFound, fault.TooLarge:
	default:
		return err
	}
	if len(f.Fields) == 0 {
		rec.Fault(or(where[f.Key], where[""]), f.Key, f.Args...)
	}
	for _, field := range f.Fields {
		rec.Fault(or(where[field.Name], or(where[field.Key], where[""])), field.Key, field.Args...)
	}
	return nil
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (im *importer) did(sheet string, rec *tabular.Record, field string, o Outcome, what, detail string) {
	im.report.did(Change{Sheet: sheet, Place: rec.At(field), Outcome: o, What: what, Detail: detail})
}

func (im *importer) same(sheet string) { im.report.count(sheet).Unchanged++ }

// life reads the two days of a row: people give the last day, the law the first day without.
func life(rec *tabular.Record, from, to string, otherwise calendar.Day) (p calendar.Period, given bool) {
	first, last := rec.Day(from), rec.Day(to)
	p = calendar.Through(orDay(first, otherwise), last)
	if last != "" && last < p.From {
		rec.Fault(to, "powers.period_empty")
	}
	return p, first != ""
}

func orDay(a, b calendar.Day) calendar.Day {
	if a != "" {
		return a
	}
	return b
}

// on is a day of the life of a thing on which it can be looked up: today, or its first day.
func (im *importer) on(p calendar.Period) powers.Moment {
	if p.Contains(im.tx.Today()) {
		return im.now
	}
	return im.now.On(p.From)
}

// firstDay is the first day that any row names, today at the latest.
func (im *importer) firstDay() calendar.Day {
	first := im.tx.Today()
	for _, o := range im.sheets {
		if o.table == nil || o.name == sheetProjects {
			continue
		}
		for rec := range o.table.Rows() {
			for _, field := range []string{"from", "held_from"} {
				if day := rec.Day(field); day != "" && day < first {
					first = day
				}
			}
		}
	}
	return first
}

// since is the first day of what has none in the file, within the life of the city.
func (im *importer) since() calendar.Day { return max(im.dawn, im.city) }
