package participation

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"path"
	"strconv"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/participation/recount"
	"parvis/internal/participation/tally"
)

// Names of public files that the room speaks of.
const (
	manifestFile = "manifest.json"
	resultFile   = "result.json"
)

// publicFile is one public file of an election, kept before anybody may read it.
type publicFile struct {
	name string
	blob blob.Blob
}

func digestOf(files []publicFile, name string) string {
	for _, f := range files {
		if f.name == name {
			return string(f.blob.Digest)
		}
	}
	return ""
}

// open gives the ballots of a lot to whoever reads them, held against their digest at the end.
func (r *Room) open(l Lot) recount.Ballots {
	return func() (io.ReadCloser, error) { return r.openBallots(l) }
}

func (r *Room) openAll(lots []Lot) []recount.Ballots {
	all := make([]recount.Ballots, len(lots))
	for i, l := range lots {
		all[i] = r.open(l)
	}
	return all
}

// makeFiles counts every lot and writes the public files, which nobody reads before their publication.
func (r *Room) makeFiles(ctx context.Context, e Election, d *tally.Document, lots []Lot) (files []publicFile, counts []recount.Counted, err error) {
	heads, err := r.headers(ctx, lots[:1])
	if err != nil {
		return nil, nil, err
	}
	put := func(name string, write func(io.Writer) error) error {
		var body bytes.Buffer
		if err := write(&body); err != nil {
			return err
		}
		kept, err := r.blobs.Put(ctx, &body, blob.Limits{Size: 4 * MaxFile, Media: []blob.Media{blob.Text}})
		files = append(files, publicFile{name, kept})
		return err
	}
	year := strconv.Itoa(e.Year)
	p, err := recount.Publish(ctx, recount.Draft{ID: string(e.ID), Title: e.Title, Country: heads[0].Get("country"), Unit: heads[0].Get("unit"),
		Instance: cmp.Or(heads[0].Get("instance"), year), Begin: cmp.Or(string(e.Opened), year), End: cmp.Or(string(e.Closed), year),
		Engine: engine, Rules: d, Lots: r.openAll(lots)}, put)
	if err != nil {
		return nil, nil, err
	}
	return files, p.Lots, nil
}

// engine names what counted, in the list of public files.
const engine = "Parvis"

// File is one public file of an election.
type File struct {
	ID     id.ID
	Name   string
	Digest string
	Size   int64
}

// keepFile ties a file to the election.
func (r *Room) keepFile(tx *act.Tx, e Election, f publicFile) (act.Row, error) {
	row := act.Row{Table: "participation_file", ID: tx.NewID()}
	if err := r.blobs.Cite(tx, f.blob, e.Ref()); err != nil {
		return row, err
	}
	return row, putFile(tx, e.ID, File{row.ID, f.name, string(f.blob.Digest), f.blob.Size})
}

// Files lists the public files of an election, in the order of their names.
func (r *Room) Files(ctx context.Context, e Election) ([]File, error) {
	return loadFiles(ctx, r.reads, e.ID)
}

// OpenFile opens a public file of a published election. Before its publication nobody reads it: what is
// not public yet is not handed out under the address where it will be.
//
// Faults: NotFound.
func (r *Room) OpenFile(ctx context.Context, e Election, name string) (File, io.ReadSeekCloser, error) {
	if !e.Public() {
		return File{}, nil, fault.New(fault.NotFound, "participation.file.not_found")
	}
	files, err := r.Files(ctx, e)
	if err != nil {
		return File{}, nil, err
	}
	for _, f := range files {
		if f.Name == name {
			body, err := r.blobs.Get(blob.Digest(f.Digest))
			return f, body, err
		}
	}
	return File{}, nil, fault.New(fault.NotFound, "participation.file.not_found")
}

// WriteFiles hands out every public file of every election that is public, as <id>/<name>: the bytes of the
// downloads. next opens a file to write in; the one before is over by then.
func (r *Room) WriteFiles(ctx context.Context, v identity.Visitor, next func(name string) (io.Writer, error)) error {
	list, err := r.List(ctx, v)
	if err != nil {
		return err
	}
	for _, s := range list {
		if !s.Public() {
			continue
		}
		files, err := r.Files(ctx, s.Election)
		if err != nil {
			return err
		}
		for _, f := range files {
			if err := r.writeFile(path.Join(string(s.ID), f.Name), f, next); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *Room) writeFile(name string, f File, next func(name string) (io.Writer, error)) error {
	in, err := r.blobs.Get(blob.Digest(f.Digest))
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := next(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return err
}
