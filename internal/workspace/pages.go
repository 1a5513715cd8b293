package workspace

import (
	"bytes"
	"context"
	"io"
	"net/http"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/powers"
	"parvis/internal/tabular"
	"parvis/internal/web"
)

// Routes lists the pages of the workspace.
func (w *Workspace) Routes() []web.Route {
	page := func(name, method, fr, en string, h web.Handler) web.Route {
		return web.Route{Name: name, Method: method, FR: fr, EN: en, Audience: web.Agents, Handler: w.guarded(h)}
	}
	upload := page("workspace.import", "POST", "/reglages/import", "/settings/import", w.stage)
	upload.Body = tabular.Usual().File + 1<<20
	return append(w.noticeRoutes(),
		page("workspace.import", "GET", "/reglages/import", "/settings/import", w.importPage), upload,
		page("workspace.import.book", "GET", "/reglages/import/{book}", "/settings/import/{book}", w.preview),
		page("workspace.import.book", "POST", "/reglages/import/{book}", "/settings/import/{book}", w.confirm),
		page("workspace.template", "GET", "/reglages/classeur/modele", "/settings/workbook/template", w.download("workspace.template.file", Template)),
		page("workspace.example", "GET", "/reglages/classeur/exemple", "/settings/workbook/example", w.download("workspace.example.file", Example)),
		page("workspace.export", "GET", "/reglages/classeur/export", "/settings/workbook/export", w.exportBook),
		page("workspace.archive", "GET", "/reglages/archive", "/settings/archive", w.exportAll),
	)
}

// guarded lets in administrators and those who work at the mission or the secretary general's office: the
// workbook holds names and addresses.
func (w *Workspace) guarded(h web.Handler) web.Handler {
	return func(rw http.ResponseWriter, r *http.Request) error {
		may, err := w.may(r.Context(), web.From(r).Visitor)
		if err == nil && !may {
			err = fault.New(fault.Denied, "workspace.import.denied")
		}
		if err != nil {
			return err
		}
		return h(rw, r)
	}
}

func (w *Workspace) may(ctx context.Context, v identity.Visitor) (bool, error) {
	if v.Is(identity.Admin) {
		return true, nil
	}
	for _, p := range v.Posts {
		units, err := powers.UnitsOn(ctx, w.DB.Readers, []id.ID{p.UnitID}, w.moment())
		if err != nil {
			return false, err
		}
		if k := units[p.UnitID].Kind; k == "mission" || k == "secretariat_general" {
			return true, nil
		}
	}
	return false, nil
}

func (w *Workspace) importPage(rw http.ResponseWriter, r *http.Request) error {
	return web.Render(rw, r, uploadPage())
}

// stage keeps the file that was sent and leads to its preview.
func (w *Workspace) stage(rw http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	if err := identity.RequireWrite(v.Visitor); err != nil {
		return err
	}
	file, err := web.File(r, "file", tabular.Usual().File)
	if err == nil && file == nil {
		err = fault.New(fault.Invalid, "fault.invalid").At("file", "workspace.import.no_file")
	}
	if err != nil {
		return web.Again(rw, r, err, uploadPage())
	}
	defer file.File.Close()
	staged, err := w.Stage(r.Context(), v.Visitor, file.Name, file.File)
	if f, ok := err.(*fault.Error); ok && (f.Kind == fault.Invalid || f.Kind == fault.TooLarge) {
		refused := fault.New(fault.Invalid, "fault.invalid").At("file", f.Key, f.Args...)
		return web.Again(rw, r, refused, uploadPage())
	}
	if err != nil {
		return err
	}
	return web.See(rw, r, v.URL("workspace.import.book", staged))
}

// bookView is what the page of a staged workbook shows.
type bookView struct {
	Staged
	Report
	Post bool // the visitor holds a post, and so can act
}

func (w *Workspace) preview(rw http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	staged, book, err := w.Book(r.Context(), v.Visitor, web.PathID(r, "book"))
	if err != nil {
		return err
	}
	by := v.Visitor.Actor("")
	if by.Post == "" {
		return web.Render(rw, r, bookPage(bookView{Staged: staged}))
	}
	report, err := w.PreviewBook(r.Context(), by, book)
	if err != nil {
		return err
	}
	return web.Render(rw, r, bookPage(bookView{staged, report, true}))
}

// confirm makes a workbook live, or forgets it. Whoever does proves again who they are: it is a change
// of the whole organisation.
func (w *Workspace) confirm(rw http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	if err := identity.RequireWrite(v.Visitor); err != nil {
		return err
	}
	staged, book, err := w.Book(r.Context(), v.Visitor, web.PathID(r, "book"))
	if err != nil {
		return err
	}
	if r.PostFormValue("do") == "drop" {
		if err := w.Drop(r.Context(), v.Visitor, staged.ID); err != nil {
			return err
		}
		return web.Done(rw, r, v.URL("workspace.import"), "workspace.import.dropped")
	}
	if err := identity.RequireFresh(v.Visitor, v.Now); err != nil {
		return err
	}
	report, err := w.ImportBook(r.Context(), v.Visitor.Actor(""), book)
	if fault.KindOf(err) == fault.Invalid && !report.Clean() {
		return web.RenderStatus(rw, r, http.StatusUnprocessableEntity, bookPage(bookView{staged, report, true}))
	}
	if err != nil {
		return err
	}
	v.Note("import.changes", len(report.Changes))
	if err := w.Drop(r.Context(), v.Visitor, staged.ID); err != nil {
		return err
	}
	return web.Done(rw, r, v.URL("workspace.import"), "workspace.import.done", "n", len(report.Changes))
}

// download sends a file that does not depend on the city.
func (w *Workspace) download(title string, write func(io.Writer) error) web.Handler {
	return func(rw http.ResponseWriter, r *http.Request) error {
		return send(rw, web.From(r).P.T(title), write)
	}
}

func (w *Workspace) exportBook(rw http.ResponseWriter, r *http.Request) error {
	title := web.From(r).P.T("workspace.export.file", "day", string(calendar.DayOf(w.Clock.Now())))
	return send(rw, title, func(out io.Writer) error { return w.ExportBook(r.Context(), out) })
}

// send writes a workbook whole before its head is sent, so that a failure gets its own page.
func send(rw http.ResponseWriter, title string, write func(io.Writer) error) error {
	var file bytes.Buffer
	if err := write(&file); err != nil {
		return err
	}
	rw.Header().Set("Cache-Control", "private, no-store")
	web.Download(rw, web.XLSX, tabular.FileName(title, "xlsx"))
	_, err := rw.Write(file.Bytes())
	return err
}

// exportAll streams the archive: what fails on the way leaves a file that no tool opens, never one that
// looks whole.
func (w *Workspace) exportAll(rw http.ResponseWriter, r *http.Request) error {
	title := web.From(r).P.T("workspace.archive.file", "day", string(calendar.DayOf(w.Clock.Now())))
	rw.Header().Set("Cache-Control", "private, no-store")
	web.Download(rw, "application/zip", tabular.FileName(title, "zip"))
	if _, err := w.ExportAll(r.Context(), web.From(r).Visitor, rw); err != nil {
		panic(http.ErrAbortHandler)
	}
	return nil
}
