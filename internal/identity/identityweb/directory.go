package identityweb

import (
	"errors"
	"io"
	"net/http"
	"slices"

	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/identity"
	"parvis/internal/tabular"
	"parvis/internal/web"
)

// directories shows where a file is brought, and those brought lately.
func (p *Pages) directories(w http.ResponseWriter, r *http.Request) error {
	list, err := p.identity.Directories(r.Context())
	if err != nil {
		return err
	}
	return web.Render(w, r, directoriesPage(list))
}

// stageDirectory reads a file and shows what it would change.
func (p *Pages) stageDirectory(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	directory, err := p.readUpload(r)
	if err != nil {
		list, reading := p.identity.Directories(r.Context())
		if reading != nil {
			return reading
		}
		return web.Again(w, r, atFile(err), directoriesPage(list))
	}
	return web.See(w, r, v.URL("admin.directory.preview", directory))
}

// atFile ties what is wrong with a file that cannot be read to the field that brought it.
func atFile(err error) error {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Kind != fault.Invalid {
		return err
	}
	told := fault.New(f.Kind, f.Key, f.Args...)
	for _, field := range f.Fields {
		told.At("file", field.Key, field.Args...)
	}
	if len(told.Fields) == 0 {
		told.At("file", f.Key, f.Args...)
	}
	return told
}

func (p *Pages) readUpload(r *http.Request) (string, error) {
	upload, err := web.File(r, "file", maxDirectory)
	if err != nil {
		return "", err
	}
	if upload == nil {
		return "", fault.New(fault.Invalid, "identity.directory.no_file").At("file", "identity.directory.no_file")
	}
	defer upload.File.Close()
	directory, err := p.identity.StageDirectory(r.Context(), web.From(r).Visitor, upload.Name, upload.File)
	return string(directory), err
}

// entriesShown bounds what the page lists of each kind; the file has them all.
const entriesShown = 300

// previewDirectory shows what applying a file would change, or gives it as a table.
func (p *Pages) previewDirectory(w http.ResponseWriter, r *http.Request) error {
	preview, err := p.identity.PreviewDirectory(r.Context(), web.PathID(r, "directory"))
	if err != nil {
		return err
	}
	if r.URL.Query().Get("format") == "csv" {
		web.Download(w, web.CSV, tabular.FileName(web.From(r).P.T("identity.directory.title"), "csv"))
		return writeEntries(w, web.From(r).P, preview)
	}
	return web.Render(w, r, previewPage(preview))
}

func writeEntries(w io.Writer, p *i18n.Printer, preview identity.Preview) error {
	var out tabular.Output
	for _, key := range []string{"identity.directory.kind", "identity.matricule", "identity.person", "identity.directory.unit",
		"identity.directory.post", "identity.directory.day", "identity.directory.before", "identity.directory.after"} {
		out.Header = append(out.Header, p.T(key))
	}
	out.Rows = func(yield func([]any) bool) {
		for _, e := range preview.Entries {
			kind := p.T("identity.directory.kind." + string(e.Kind))
			if !yield([]any{kind, e.Matricule, e.Name, e.Unit, e.Title, e.Day, e.Before, e.After}) {
				return
			}
		}
	}
	return tabular.WriteCSV(w, out, tabular.French())
}

// decideDirectory applies the file that was read, or forgets it.
func (p *Pages) decideDirectory(w http.ResponseWriter, r *http.Request) error {
	var form struct {
		Do     string `form:"do,required"`
		Digest string `form:"digest"`
		Sure   bool   `form:"sure"`
	}
	if err := web.Decode(r, &form); err != nil {
		return err
	}
	v, directory := web.From(r), web.PathID(r, "directory")
	if form.Do == "drop" {
		if err := p.identity.DropDirectory(r.Context(), v.Visitor, directory); err != nil {
			return err
		}
		return web.Done(w, r, v.URL("admin.directory"), "identity.directory.dropped")
	}
	_, err := p.identity.ApplyDirectory(r.Context(), v.Visitor, directory, identity.Approval{Digest: form.Digest, Sure: form.Sure})
	if err != nil {
		return err
	}
	v.Acted(1)
	return web.Done(w, r, v.URL("admin.directory"), "identity.directory.done")
}

// model gives a file with the headers and one line of example.
func (p *Pages) model(w http.ResponseWriter, r *http.Request) error {
	web.Download(w, web.CSV, "annuaire.csv")
	return tabular.WriteCSV(w, tabular.Output{
		Header: []string{"Matricule", "Nom", "Prénom", "Courriel", "Unité", "Fonction", "Quotité", "Depuis", "Jusqu’à"},
		Rows:   slices.Values([][]any{{"A1001", "Exemple", "Camille", "camille.exemple@ville.fr", "DPE", "Cheffe de projet", "80", "01/09/2017", ""}}),
	}, tabular.French())
}
