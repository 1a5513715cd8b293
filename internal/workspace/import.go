package workspace

import (
	"context"
	"errors"
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/powers"
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
	sheets, err := w.openBook(book)
	if err != nil {
		return Report{}, err
	}
	report := &Report{}
	err = act.Rehearse(ctx, w.Log, func(as func(act.Actor) *act.Tx) error {
		im := w.importer(as(by), sheets, report)
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
	report, err := w.PreviewBook(ctx, by, book)
	if err != nil {
		return report, err
	}
	if err := report.Err(); err != nil {
		return report, err
	}
	done := Report{}
	for _, st := range stages() {
		if err := w.apply(ctx, by, book, st, &done); err != nil {
			return done, err
		}
	}
	return done, w.RebuildOrganisation(ctx)
}

// errIdle takes back a step that had nothing to record.
var errIdle = errors.New("workspace: nothing to change")

// apply runs one group of sheets in a transaction of its own. What a rehearsal accepted may be refused
// now, if somebody changed the city meanwhile: then the group changes nothing.
func (w *Workspace) apply(ctx context.Context, by act.Actor, book *tabular.Book, st stage, report *Report) error {
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
		if err := st.step(w.importer(tx, sheets, &part)); err != nil {
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
	report.Defects = append(report.Defects, part.Defects...)
	return err
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

// importer reads the sheets into one transaction.
type importer struct {
	w      *Workspace
	tx     *act.Tx
	sheets map[string]*opened
	report *Report
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

func (w *Workspace) importer(tx *act.Tx, sheets map[string]*opened, report *Report) *importer {
	im := &importer{w: w, tx: tx, sheets: sheets, report: report, now: powers.Now(tx.Now()), units: map[string]id.ID{},
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

// author is who runs a group: the actor, or for the founder of a city who is no longer needed the head of
// a unit that the group names.
func (im *importer) author(by act.Actor, st stage) (act.Actor, error) {
	return im.w.author(im.ctx(), im.tx, by, st, im.now)
}

func (w *Workspace) author(ctx context.Context, q db.Querier, by act.Actor, st stage, m powers.Moment) (act.Actor, error) {
	if by.Kind != act.System || len(st.lead) == 0 {
		return by, nil
	}
	governed, err := powers.Governed(ctx, q, m)
	if err != nil || !governed {
		return by, err
	}
	if lead, found, err := leader(ctx, q, m, st.lead); err != nil || found {
		return lead, err
	}
	return by, nil
}

// leader is the head of a unit of one of these kinds, the last the best, else the first who leads anything.
func leader(ctx context.Context, q db.Querier, m powers.Moment, kinds []string) (best act.Actor, found bool, err error) {
	nodes, err := powers.Organigram(ctx, q, m, false)
	rank := -1
	for _, n := range nodes {
		r := slices.Index(kinds, n.Kind)
		for _, h := range n.Heads {
			if h.ID != "" && (!found || r > rank) {
				best, found, rank = act.Actor{Kind: act.Agent, Post: h.Post, Holder: h.ID, Channel: "import"}, true, r
			}
		}
	}
	return best, found, err
}

// Actor is who imports by a command: the founder while the city has no profile, then whoever leads the
// services. Faults: Conflict workspace.import.nobody when nobody leads anything.
func (w *Workspace) Actor(ctx context.Context, founder act.Actor) (act.Actor, error) {
	governed, err := powers.Governed(ctx, w.DB.Readers, w.latest())
	if err != nil || !governed {
		return founder, err
	}
	lead, found, err := leader(ctx, w.DB.Readers, w.latest(), []string{"mission", "executive", "secretariat_general"})
	if err == nil && !found {
		err = fault.New(fault.Conflict, "workspace.import.nobody")
	}
	return lead, err
}

func (im *importer) ctx() context.Context { return im.tx.Context() }

// rows gives the rows of a sheet that is there and whose headers are right.
func (im *importer) rows(sheet string) func(func(*tabular.Record) bool) {
	o := im.sheets[sheet]
	if o == nil || o.table == nil {
		return func(func(*tabular.Record) bool) {}
	}
	im.report.count(sheet)
	return o.table.Rows()
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
