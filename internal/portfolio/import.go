package portfolio

import (
	"context"
	"slices"
	"time"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// Incoming is one initiative read from a file, staged before it is made live.
type Incoming struct {
	Ref  string // what the source calls it: with the source's name, it is recognised the next time
	At   string // where it was read: "Projets!A4"
	Year int    // of its number; 0: of the import
	Brief
	Stage      Stage
	StageNote  string       // what the source says of the stage
	Review     calendar.Day // dormant
	Sponsors   []id.ID
	Owners     []id.ID
	Parts      []IncomingPart
	Milestones []Milestone
	Figures    []Figure
}

// IncomingPart is a part that a source states: the unit has not said so itself.
type IncomingPart struct {
	Unit  id.ID
	Actor string // its name in the source, when the city has no such unit
	Role  PartRole
}

// Import is a file read, waiting to be made live.
type Import struct {
	ID     id.ID
	Source string
	Public bool // what it brings is public already
	Rows   []Incoming
	MadeAt time.Time
}

// Preview is what an import would change.
type Preview struct {
	Import  id.ID
	Source  string
	New     []PreviewLine
	Changed []PreviewLine
	Same    int
}

// PreviewLine is one initiative of a preview.
type PreviewLine struct {
	Ref, At, Title string
	Number         string      // "" when new
	Fields         []Differing // Yours: the file; Theirs: what is stored
}

// stage keeps a file that was read until somebody makes it live.
func (r *Room) stage(ctx context.Context, v identity.Visitor, in Import) (Preview, error) {
	if !v.Inside() {
		return Preview{}, fault.New(fault.Denied, "portfolio.agents_only")
	}
	err := r.writer.Traffic(ctx, func(tx *db.Tx) error {
		in.ID, in.MadeAt = id.New(tx.Now()), tx.Now()
		return putImport(tx, v.Account, in)
	})
	if err != nil {
		return Preview{}, err
	}
	return r.Preview(ctx, v, in.ID)
}

// Preview shows what a staged import would change, as things stand now.
func (r *Room) Preview(ctx context.Context, v identity.Visitor, staged id.ID) (Preview, error) {
	in, err := r.staged(ctx, v, staged)
	if err != nil {
		return Preview{}, err
	}
	p := Preview{Import: in.ID, Source: in.Source}
	stored, err := bySource(ctx, r.reads, in.Source)
	if err != nil {
		return p, err
	}
	for _, row := range in.Rows {
		line := PreviewLine{Ref: row.Ref, At: row.At, Title: row.Title}
		old, known := stored[row.Ref]
		if line.Fields = row.changes(old); known {
			line.Number = old.Number
		}
		switch {
		case !known:
			p.New = append(p.New, line)
		case len(line.Fields) > 0:
			p.Changed = append(p.Changed, line)
		default:
			p.Same++
		}
	}
	return p, nil
}

// changes are the fields by which a row differs from what is stored.
func (row Incoming) changes(old Initiative) []Differing {
	all := append(row.Brief.differing(old.Brief), Differing{"stage", string(row.Stage), string(old.Stage)})
	return slices.DeleteFunc(all, func(d Differing) bool { return d.Yours == d.Theirs })
}

// staged reads an import of the visitor's own account.
func (r *Room) staged(ctx context.Context, v identity.Visitor, staged id.ID) (Import, error) {
	if !v.Inside() {
		return Import{}, fault.New(fault.NotFound, "portfolio.import.not_found")
	}
	return loadImport(ctx, r.reads, v.Account, staged)
}

// DropImport forgets a staged import.
func (r *Room) DropImport(ctx context.Context, v identity.Visitor, staged id.ID) error {
	return r.writer.Traffic(ctx, func(tx *db.Tx) error {
		return deleteImport(tx, v.Account, staged)
	})
}
