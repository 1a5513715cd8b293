package workspace

import (
	"context"
	"embed"
	"fmt"
	"io"
	"path"

	"parvis/internal/fault"
	"parvis/internal/identity"
	"parvis/internal/tabular"
)

//go:embed archive/LISEZMOI.txt
var archive embed.FS

// Archived says what an archive holds.
type Archived struct {
	Rows    int      // of tables
	Papers  int      // files of papers
	Lacking []string // files of papers that are missing or are not what their digest says; they are listed in the archive
}

// Part writes files of its own into an archive, in a folder of its own: next begins a file. It reads little by little,
// and leaves out what the visitor may not read.
type Part func(ctx context.Context, v identity.Visitor, next func(name string) (io.Writer, error)) error

// Operator reads the archive of the machine's own operator, who has the database anyway: every room, whoever is recused.
func Operator() identity.Visitor { return insider }

// archiving is one archive being written for a visitor.
type archiving struct {
	*Workspace
	*bundle
	*pace
	Archived
	reader   identity.Visitor
	hidden   hidden
	discreet func(table string, columns []string, values []any) error
}

// ExportAll streams a ZIP of the whole city that needs no Parvis to be read: the workbook, each of its sheets as CSV,
// the places of the projects as GeoJSON, the organisation as JSON-LD (W3C ORG), every row of every room, the papers of
// committees, the elections, the public log as plain files, what they are in French, and the digest of each file. Rows
// and papers are read little by little and follow each other into the archive: its memory does not grow with the city,
// but for the list of the files in it.
//
// It holds names and addresses: it is for those who may import. What a recusal keeps from the visitor is not in it, nor
// a récit that its author has not published.
func (w *Workspace) ExportAll(ctx context.Context, v identity.Visitor, out io.Writer) (Archived, error) {
	b, err := newBundle(out)
	if err != nil {
		return Archived{}, err
	}
	defer b.drop()
	a := &archiving{Workspace: w, bundle: b, reader: v}
	if a.hidden, err = w.hiddenFrom(ctx, v); err != nil {
		return a.Archived, err
	}
	if w.Discreet != nil {
		a.discreet = w.Discreet()
	}
	// The log before the elections: all those that it names are public by then.
	parts := []func(context.Context) error{a.simple, a.sheets, a.tables, a.register, a.papers, a.journal, a.elections}
	a.pace = w.pace(2*len(layouts()) + len(archivedTables()) + len(parts))
	for _, part := range parts {
		if err := part(ctx); err != nil {
			return a.Archived, err
		}
		a.step(1)
	}
	return a.Archived, b.close()
}

// simple writes what is one file each.
func (a *archiving) simple(ctx context.Context) error {
	book := func(ctx context.Context, out io.Writer) error { return a.writeCity(ctx, out, a.pace) }
	for _, part := range []struct {
		name  string
		write func(context.Context, io.Writer) error
	}{{"LISEZMOI.txt", readme}, {"classeur.xlsx", book}, {"projets.geojson", a.exportPlaces}, {"organisation.jsonld", a.exportOrg}} {
		f, err := a.next(part.name)
		if err != nil {
			return err
		}
		if err := part.write(ctx, f); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return nil
}

func readme(_ context.Context, out io.Writer) error {
	text, err := archive.ReadFile("archive/LISEZMOI.txt")
	if err == nil {
		_, err = out.Write(text)
	}
	return err
}

// sheets writes the sheets of the workbook one by one (RFC 4180, UTF-8).
func (a *archiving) sheets(ctx context.Context) error {
	lines, failed, err := a.lines(ctx)
	if err != nil {
		return err
	}
	for _, o := range a.over(outputs(lines)) {
		f, err := a.next(path.Join("csv", tabular.FileName(o.Sheet, "csv")))
		if err != nil {
			return err
		}
		if err := tabular.WriteCSV(f, o, tabular.Machine()); err != nil {
			return err
		}
	}
	return failed()
}

// elections writes what their room has to tell of them.
func (a *archiving) elections(ctx context.Context) error {
	if a.Elections == nil {
		return nil
	}
	return a.Elections(ctx, a.reader, func(name string) (io.Writer, error) { return a.next(path.Join("elections", name)) })
}

func (a *archiving) journal(ctx context.Context) error { return a.exportLog(ctx, a.bundle) }

// lacking tells whether a fault is that of one file, not of the archive.
func lacking(err error) bool { return fault.KindOf(err) == fault.NotFound }
