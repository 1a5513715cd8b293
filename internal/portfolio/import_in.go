package portfolio

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/tabular"
)

// ReadProjectsIn is ReadProjects over another state than the committed one: posts and units that the
// transaction of an import has just made are known.
func (r *Room) ReadProjectsIn(ctx context.Context, q db.Querier, sheet *tabular.Sheet) ([]Incoming, error) {
	over := r.remembering()
	over.reads = q
	return over.ReadProjects(ctx, sheet)
}

// remembering is the room with a directory that asks once for each post and unit: inside a transaction
// that changes only initiatives, the answer is the same for every row.
func (r *Room) remembering() *Room {
	over := *r
	over.dir.PostByCode, over.dir.UnitByCode = onceByCode(r.dir.PostByCode), onceByCode(r.dir.UnitByCode)
	known := map[id.ID]Post{}
	over.dir.Posts = func(ctx context.Context, q db.Querier, posts []id.ID, day calendar.Day) (map[id.ID]Post, error) {
		found := map[id.ID]Post{}
		var missing []id.ID
		for _, p := range posts {
			if post, ok := known[p]; ok {
				found[p] = post
			} else {
				missing = append(missing, p)
			}
		}
		if len(missing) == 0 {
			return found, nil
		}
		read, err := r.dir.Posts(ctx, q, missing, day)
		for p, post := range read {
			known[p], found[p] = post, post
		}
		return found, err
	}
	return &over
}

type byCode = func(context.Context, db.Querier, string, calendar.Day) (id.ID, error)

func onceByCode(find byCode) byCode {
	known := map[string]id.ID{}
	return func(ctx context.Context, q db.Querier, code string, day calendar.Day) (id.ID, error) {
		if found, ok := known[code]; ok {
			return found, nil
		}
		found, err := find(ctx, q, code, day)
		if err == nil {
			known[code] = found
		}
		return found, err
	}
}

// Brought is what an import did with one row.
type Brought struct {
	Row    Incoming
	ID     id.ID
	Number string
	New    bool
	Fields []Differing // what changed; empty for what is new or the same
	Kept   []string    // columns that say something else than the city, and were left: "sponsors", "owner", "lead", "units"
}

// ImportIn makes rows live inside the transaction of a larger import, one act for each fifty. A row is
// recognised by what its source calls it, or by the number of the initiative. People and units of an
// initiative that is known are not touched: they change by their own acts.
//
// Faults: those of a row name its place in the field.
func (r *Room) ImportIn(tx *act.Tx, in Import) ([]Brought, error) {
	stored, err := recognised(tx.Context(), tx, in)
	if err != nil {
		return nil, err
	}
	r = r.remembering()
	var all []Brought
	var first id.ID
	for chunk := range slices.Chunk(in.Rows, importChunk) {
		some, err := r.bringChunk(tx, in, chunk, stored, &first)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// recognised finds what the rows are about.
func recognised(ctx context.Context, q db.Querier, in Import) (map[string]Initiative, error) {
	found, err := bySource(ctx, q, in.Source)
	if err != nil {
		return nil, err
	}
	for _, row := range in.Rows {
		if _, known := found[row.Ref]; known || len(row.Ref) < 8 || row.Ref[:2] != "P-" {
			continue
		}
		i, err := initiativeByNumber(ctx, q, row.Ref)
		if err == nil {
			found[row.Ref] = i
		} else if fault.KindOf(err) != fault.NotFound {
			return nil, err
		}
	}
	return found, nil
}

func (r *Room) bringChunk(tx *act.Tx, in Import, rows []Incoming, stored map[string]Initiative, first *id.ID) ([]Brought, error) {
	var all []Brought
	var due []*change
	counts := map[bool]int{}
	rowsWritten := []act.Row{}
	for _, row := range rows {
		old, known := stored[row.Ref]
		b := Brought{Row: row, ID: old.ID, Number: old.Number, New: !known}
		if known {
			row = row.over(old, in.Source)
			var err error
			if b.Fields, err = r.differs(tx, row, old, in.Source); err != nil {
				return nil, err
			}
			if b.Kept, err = kept(tx, row, old); err != nil {
				return nil, err
			}
		}
		if known && (old.WithdrawnOn != "" || len(b.Fields) == 0) {
			all = append(all, b)
			continue
		}
		c := &change{r: r, tx: tx, i: old}
		if err := c.bring(in, row); err != nil {
			return nil, placed(err, row.At)
		}
		b.ID, b.Number = c.i.ID, c.i.Number
		counts[b.New]++
		rowsWritten = append(rowsWritten, c.rows...)
		due, all = append(due, c), append(all, b)
	}
	return all, r.recordChunk(tx, in, due, rowsWritten, counts, first)
}

// recordChunk explains a chunk and tells the wall and the search of it.
func (r *Room) recordChunk(tx *act.Tx, in Import, due []*change, rows []act.Row, counts map[bool]int, first *id.ID) error {
	if len(due) == 0 {
		return nil
	}
	const verb = "portfolio.import.projects"
	object := act.Ref{Type: "import", ID: in.ID}
	g, err := tx.Allow(act.Ask{Verb: verb, Object: object})
	if err != nil {
		return err
	}
	recorded := tx.Record(g, act.Act{Verb: verb, Object: object, Cause: *first, Rows: rows,
		Args:  map[string]string{"new": strconv.Itoa(counts[true]), "changed": strconv.Itoa(counts[false])},
		Texts: []act.Text{{Name: "source", Body: in.Source}}})
	if *first == "" {
		*first = recorded
	}
	for _, c := range due {
		if err := errors.Join(touch(tx, c.i), c.tellAll()); err != nil {
			return err
		}
	}
	return nil
}

// over keeps of what is stored everything that a sheet has no column for. Steps and figures of an
// initiative that this source did not bring are its own.
func (row Incoming) over(old Initiative, source string) Incoming {
	row.OriginNote, row.Lang, row.Point, row.Objectives = old.OriginNote, old.Lang, old.Point, old.Objectives
	if old.Source != source {
		row.Figures, row.Milestones = nil, nil
	}
	return row
}

// differs adds to the changes of the initiative itself those of the figures and steps that the source states.
func (r *Room) differs(tx *act.Tx, row Incoming, old Initiative, source string) ([]Differing, error) {
	all := row.changes(old)
	if old.Source != source {
		return all, nil
	}
	figures, err := loadBudget(tx.Context(), tx, old.ID)
	if err != nil {
		return nil, err
	}
	figures = slices.DeleteFunc(figures, func(f Figure) bool { return f.Source != source })
	if yours, theirs := stated(row.Figures), stated(figures); yours != theirs {
		all = append(all, Differing{"budget", yours, theirs})
	}
	steps, err := loadMilestones(tx.Context(), tx, old.ID)
	for _, m := range row.Milestones {
		var planned calendar.Fuzzy
		for _, s := range steps {
			if s.Label == m.Label {
				planned = s.Planned
			}
		}
		if planned != m.Planned {
			all = append(all, Differing{"milestone", m.Label + " " + string(m.Planned), m.Label + " " + string(planned)})
		}
	}
	return all, err
}

// kept lists the columns of people and units in which a row says something else than the city.
func kept(tx *act.Tx, row Incoming, old Initiative) ([]string, error) {
	holders, err := loadHolders(tx.Context(), tx, old.ID)
	if err != nil {
		return nil, err
	}
	parts, err := loadParts(tx.Context(), tx, old.ID)
	if err != nil {
		return nil, err
	}
	theirs := map[string][]id.ID{}
	for _, h := range holders {
		if h.Open() {
			column := map[HolderRole]string{Sponsor: "sponsors", Owner: "owner"}[h.Role]
			theirs[column] = append(theirs[column], h.Post)
		}
	}
	for _, p := range parts {
		if p.Open() && p.Unit != "" {
			column := partColumn(p.Role)
			theirs[column] = append(theirs[column], p.Unit)
		}
	}
	yours := map[string][]id.ID{"sponsors": row.Sponsors, "owner": row.Owners}
	for _, p := range row.Parts {
		yours[partColumn(p.Role)] = append(yours[partColumn(p.Role)], p.Unit)
	}
	var columns []string
	for _, c := range []string{"sponsors", "owner", "lead", "units"} {
		slices.Sort(yours[c])
		slices.Sort(theirs[c])
		if len(yours[c]) > 0 && !slices.Equal(yours[c], theirs[c]) {
			columns = append(columns, c)
		}
	}
	return columns, nil
}

func partColumn(role PartRole) string {
	if role == Lead {
		return "lead"
	}
	return "units"
}

// stated is what figures state, to compare two statements.
func stated(figures []Figure) string {
	text := ""
	for _, f := range figures {
		text += strconv.Itoa(f.Year) + " " + string(f.Credit) + " " + string(f.Nature) + " " + strconv.FormatInt(f.Amount.Cents, 10) + "; "
	}
	return text
}

// placed says where in the file the fault of a row is.
func placed(err error, at string) error {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return err
	}
	key, args := f.Key, f.Args
	if len(f.Fields) > 0 {
		key, args = f.Fields[0].Key, f.Fields[0].Args
	}
	return fault.New(f.Kind, f.Key, f.Args...).At(at, key, args...)
}
