package participationweb

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/participation"
	"parvis/internal/participation/pabulib"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// uploadView is the form of a file, and what was wrong with the one that was refused.
type uploadView struct {
	Refused *pabulib.Error
	File    string
	Staged  *participation.Staged // one more lot of this import
}

func (p *Pages) importPage(w http.ResponseWriter, r *http.Request) error {
	return web.Render(w, r, uploadPage(uploadView{}))
}

// bringFirst stages the first file of an import.
func (p *Pages) bringFirst(w http.ResponseWriter, r *http.Request) error {
	return p.bring(w, r, nil)
}

// bring reads the file of the form. A file that is refused is shown with every defect and its line.
func (p *Pages) bring(w http.ResponseWriter, r *http.Request, to *participation.Staged) error {
	v := web.From(r)
	if err := identity.RequireWrite(v.Visitor); err != nil {
		return err
	}
	view := uploadView{Staged: to}
	file, err := web.File(r, "file", participation.MaxFile)
	if err == nil && file == nil {
		err = fault.New(fault.Invalid, "fault.invalid").At("file", "participation.import.no_file")
	}
	if err != nil {
		return web.Again(w, r, err, uploadPage(view))
	}
	defer file.File.Close()
	b := participation.Bring{File: file.Name, Strict: r.PostFormValue("reading") != "tolerant", In: file.File}
	if to != nil {
		b.Import = to.ID
	}
	s, err := p.Room.Stage(r.Context(), v.Visitor, b)
	if defects, ok := errors.AsType[*pabulib.Error](err); ok {
		view.Refused, view.File = defects, file.Name
		return web.RenderStatus(w, r, http.StatusUnprocessableEntity, uploadPage(view))
	}
	if f, ok := errors.AsType[*fault.Error](err); ok && f.Kind == fault.TooLarge {
		err = fault.New(fault.Invalid, "fault.invalid").At("file", f.Key, f.Args...)
	}
	if err != nil {
		return web.Again(w, r, err, uploadPage(view))
	}
	return web.See(w, r, v.URL("participation.import.staged", s.ID))
}

func (p *Pages) staged(w http.ResponseWriter, r *http.Request) error {
	s, err := p.Room.Staged(r.Context(), web.From(r).Visitor, web.PathID(r, "import"))
	if err != nil {
		return err
	}
	return web.Render(w, r, stagedPage(s))
}

// importForm is what is typed before an import is made live.
type importForm struct {
	Title    string `form:"title"`
	Lang     string `form:"lang"`
	Source   string `form:"source"`
	Invented bool   `form:"invented"`
	As       id.ID  `form:"as"`
}

// lots are the names and the places that were typed for the lots of an import: each lot has fields of its
// own, so that a form that is refused keeps them all.
func lots(r *http.Request, s participation.Staged) (names []string, places []int) {
	for i, l := range s.Lots {
		n := strconv.Itoa(i + 1)
		name, place := l.Name, i+1
		if typed, ok := r.PostForm["lot-"+n]; ok {
			name = typed[0]
		}
		if at, err := strconv.Atoi(r.PostFormValue("place-" + n)); err == nil {
			place = at
		}
		names, places = append(names, name), append(places, place)
	}
	return names, places
}

// actOnStaged adds a lot, makes the import live, or forgets it.
func (p *Pages) actOnStaged(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	s, err := p.Room.Staged(r.Context(), v.Visitor, web.PathID(r, "import"))
	if err != nil {
		return err
	}
	if err := identity.RequireWrite(v.Visitor); err != nil {
		return err
	}
	var f importForm
	if err := web.Decode(r, &f); err != nil {
		return web.Again(w, r, err, stagedPage(s))
	}
	switch r.PostFormValue("do") {
	case "add":
		return p.bring(w, r, &s)
	case "drop":
		if err := p.Room.DropStaged(r.Context(), v.Visitor, s.ID); err != nil {
			return err
		}
		return web.Done(w, r, v.URL("participation.import"), "participation.import.dropped")
	}
	names, places := lots(r, s)
	e, err := p.Room.ImportElection(r.Context(), v.Visitor, v.Visitor.Actor(f.As), participation.Import{Staged: s.ID, Title: f.Title,
		Lang: f.Lang, Source: f.Source, Invented: f.Invented, Lots: names, Places: places})
	if err != nil {
		return web.Again(w, r, err, stagedPage(s))
	}
	v.Acted(1)
	return web.Done(w, r, v.URL("participation.manage", e.Number), "participation.import.done", "number", e.Number)
}

// placeOptions are the places of n lots.
func placeOptions(n int) []ui.Option {
	out := make([]ui.Option, n)
	for i := range out {
		at := strconv.Itoa(i + 1)
		out[i] = ui.Option{Value: at, Label: at}
	}
	return out
}

// langOptions are the languages of what people typed.
func langOptions(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, l := range i18n.Languages() {
		out = append(out, ui.Option{Value: l, Label: ui.T(ctx, "participation.lang."+l)})
	}
	return out
}
