package workspace

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"

	"parvis/internal/geo"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/powers"
)

// exportPlaces writes the projects with their points, where they have one.
func (w *Workspace) exportPlaces(ctx context.Context, out io.Writer) error {
	var failed error
	written := geo.Stream(out, func(yield func(geo.Feature) bool) {
		failed = w.Portfolio.EachRow(ctx, insider, func(s portfolio.Summary) error {
			f := geo.Feature{ID: s.Number, Properties: map[string]any{"title": s.Title, "stage": string(s.Stage), "matter": s.Matter,
				"places": s.Places, "visibility": string(s.Visibility), "url": w.page("fr", "portfolio.initiative", s.Number)}}
			if s.Point != nil {
				f.Place = &geo.Point{Lon: s.Point.Lon, Lat: s.Point.Lat}
			}
			return enough(yield(f))
		})
	})
	return errors.Join(written, ended(failed))
}

// errEnough stops a reading whose writer wants no more: what went wrong is said by the writer.
var errEnough = errors.New("enough")

func enough(more bool) error {
	if more {
		return nil
	}
	return errEnough
}

func ended(err error) error {
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// node is a thing of the W3C Organization Ontology (https://www.w3.org/TR/vocab-org/) in JSON-LD.
type node map[string]any

// exportOrg writes units and posts as W3C ORG, in JSON-LD. People are not in it: they are in the workbook.
func (w *Workspace) exportOrg(ctx context.Context, out io.Writer) error {
	m := w.latest()
	units, err := powers.Organigram(ctx, w.DB.Readers, m, false)
	if err != nil {
		return err
	}
	g := &graph{out: out}
	g.open()
	for _, u := range units {
		n := node{"@id": w.idOf("unit", u.ID), "@type": "org:OrganizationalUnit", "org:identifier": u.Code,
			"skos:prefLabel": labels(u.Name, u.NameEN), "org:classification": u.Kind}
		if u.Parent != "" {
			n["org:unitOf"] = node{"@id": w.idOf("unit", u.Parent)}
		}
		g.add(n)
	}
	err = powers.EachPost(ctx, w.DB.Readers, m, func(p powers.Post, _ []powers.Holding) error {
		g.add(node{"@id": w.idOf("post", p.ID), "@type": "org:Post", "org:identifier": p.Code,
			"skos:prefLabel": labels(p.Title, p.TitleEN), "org:postIn": node{"@id": w.idOf("unit", p.Unit)}})
		return g.err
	})
	return errors.Join(err, g.close())
}

// graph writes nodes one after the other: a city has tens of thousands.
type graph struct {
	out io.Writer
	n   int
	err error // the first
}

func (g *graph) open() {
	g.write(`{"@context":{"org":"http://www.w3.org/ns/org#","skos":"http://www.w3.org/2004/02/skos/core#"},"@graph":[`)
}

func (g *graph) add(n node) {
	text, err := json.Marshal(n)
	g.err = cmp.Or(g.err, err)
	if g.n++; g.n > 1 {
		g.write(",")
	}
	g.write("\n" + string(text))
}

func (g *graph) close() error {
	g.write("\n]}\n")
	return g.err
}

func (g *graph) write(text string) {
	if g.err == nil {
		_, g.err = io.WriteString(g.out, text)
	}
}

// idOf is the permanent address of a thing.
func (w *Workspace) idOf(typ string, thing id.ID) string {
	return w.Origin + "/id/" + typ + "/" + string(thing)
}

func labels(french, english string) []node {
	all := []node{{"@value": french, "@language": "fr"}}
	if english != "" {
		all = append(all, node{"@value": english, "@language": "en"})
	}
	return all
}

// exportLog writes the public log: first in a folder, for its files depend on each other, then file by file.
func (w *Workspace) exportLog(ctx context.Context, b *bundle) error {
	if w.Journal == nil {
		return nil
	}
	folder, err := os.MkdirTemp("", "parvis-journal-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	if err := w.Journal(ctx, folder); err != nil {
		return err
	}
	files := os.DirFS(folder)
	return fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		in, err := files.Open(name)
		if err != nil {
			return err
		}
		defer in.Close()
		out, err := b.next(path.Join("journal", name))
		if err != nil {
			return err
		}
		_, err = io.Copy(out, in)
		return err
	})
}
