package workspace

import (
	"archive/zip"
	"context"
	"embed"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path"

	"parvis/internal/geo"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/powers"
	"parvis/internal/tabular"
)

//go:embed archive/LISEZMOI.txt
var archive embed.FS

// ExportAll streams a ZIP of the whole city that needs no Parvis to be read: the workbook, each of its
// sheets as CSV, the places of the projects as GeoJSON, the organisation as JSON-LD (W3C ORG), the public
// log as plain files, and what they are in French. Its memory does not grow with the log.
//
// It holds names and addresses: it is for those who may import.
func (w *Workspace) ExportAll(ctx context.Context, out io.Writer) error {
	z, p := zip.NewWriter(out), w.pace(2*len(layouts())+5) // each sheet twice, four files, the log
	book := func(ctx context.Context, out io.Writer) error { return w.writeCity(ctx, out, p) }
	for _, part := range []struct {
		name  string
		write func(context.Context, io.Writer) error
	}{
		{"LISEZMOI.txt", readme}, {"classeur.xlsx", book}, {"projets.geojson", w.exportPlaces}, {"organisation.jsonld", w.exportOrg},
	} {
		f, err := z.Create(part.name)
		if err != nil {
			return err
		}
		if err := part.write(ctx, f); err != nil {
			return err
		}
		p.step(1)
	}
	if err := w.exportCSV(ctx, z, p); err != nil {
		return err
	}
	if err := w.exportLog(ctx, z); err != nil {
		return err
	}
	p.step(1)
	return z.Close()
}

func readme(_ context.Context, out io.Writer) error {
	text, err := archive.ReadFile("archive/LISEZMOI.txt")
	if err == nil {
		_, err = out.Write(text)
	}
	return err
}

// exportCSV writes the sheets of the workbook one by one (RFC 4180, UTF-8).
func (w *Workspace) exportCSV(ctx context.Context, z *zip.Writer, p *pace) error {
	lines, failed, err := w.lines(ctx)
	if err != nil {
		return err
	}
	for _, o := range p.over(outputs(lines)) {
		f, err := z.Create(path.Join("csv", tabular.FileName(o.Sheet, "csv")))
		if err != nil {
			return err
		}
		if err := tabular.WriteCSV(f, o, tabular.Machine()); err != nil {
			return err
		}
	}
	return failed()
}

// exportPlaces writes the projects with their points, where they have one.
func (w *Workspace) exportPlaces(ctx context.Context, out io.Writer) error {
	rows, err := w.Portfolio.Rows(ctx, insider, portfolio.Filter{})
	if err != nil {
		return err
	}
	features := make([]geo.Feature, 0, len(rows))
	for _, s := range rows {
		f := geo.Feature{ID: s.Number, Properties: map[string]any{"title": s.Title, "stage": string(s.Stage), "matter": s.Matter,
			"places": s.Places, "visibility": string(s.Visibility), "url": w.page("fr", "portfolio.initiative", s.Number)}}
		if s.Point != nil {
			f.Place = &geo.Point{Lon: s.Point.Lon, Lat: s.Point.Lat}
		}
		features = append(features, f)
	}
	return geo.Write(out, features)
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
	posts, err := powers.Posts(ctx, w.DB.Readers, m)
	if err != nil {
		return err
	}
	var graph []node
	for _, u := range units {
		n := node{"@id": w.idOf("unit", u.ID), "@type": "org:OrganizationalUnit", "org:identifier": u.Code,
			"skos:prefLabel": labels(u.Name, u.NameEN), "org:classification": u.Kind}
		if u.Parent != "" {
			n["org:unitOf"] = node{"@id": w.idOf("unit", u.Parent)}
		}
		graph = append(graph, n)
	}
	for _, p := range posts {
		graph = append(graph, node{"@id": w.idOf("post", p.ID), "@type": "org:Post", "org:identifier": p.Code,
			"skos:prefLabel": labels(p.Title, p.TitleEN), "org:postIn": node{"@id": w.idOf("unit", p.Unit)}})
	}
	e := json.NewEncoder(out)
	e.SetIndent("", " ")
	return e.Encode(node{"@context": node{"org": "http://www.w3.org/ns/org#", "skos": "http://www.w3.org/2004/02/skos/core#"}, "@graph": graph})
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
func (w *Workspace) exportLog(ctx context.Context, z *zip.Writer) error {
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
		out, err := z.Create(path.Join("journal", name))
		if err != nil {
			return err
		}
		_, err = io.Copy(out, in)
		return err
	})
}
