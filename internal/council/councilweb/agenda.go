package councilweb

import (
	"net/http"

	"parvis/internal/council"
	"parvis/internal/web"
)

// agendaView is the agenda of a deputy: the meetings at which they sit, with what is on the table.
type agendaView struct {
	Files []council.File
	Past  []council.MeetingLine // sessions that were held, the last first
	Lang  string
}

// agendaShown bounds how many meetings are shown with their items; others are lines.
const agendaShown = 12

func (p *Pages) agenda(w http.ResponseWriter, r *http.Request) error {
	view, err := p.upcoming(r, false, func(council.MeetingLine) bool { return true })
	if err != nil {
		return err
	}
	return web.Render(w, r, agendaPage(view))
}

// submitted is what every councillor may know of the matters submitted to deliberation (CGCT, art.
// L2121-13): the meetings of the assembly, with their items and papers, and those that were held.
func (p *Pages) submitted(w http.ResponseWriter, r *http.Request) error {
	view, err := p.upcoming(r, true, func(l council.MeetingLine) bool {
		return l.Of.Kind == council.Council && l.ConvenedOn != ""
	})
	if err != nil {
		return err
	}
	if view.Past, err = p.Room.SessionsHeld(r.Context(), web.From(r).Visitor); err != nil {
		return err
	}
	return web.Render(w, r, submittedPage(view))
}

func (p *Pages) upcoming(r *http.Request, all bool, wanted func(council.MeetingLine) bool) (agendaView, error) {
	v := web.From(r)
	view := agendaView{Lang: v.Lang}
	list, err := p.Room.Upcoming(r.Context(), v.Visitor, all)
	if err != nil {
		return view, err
	}
	for _, l := range list {
		if l.Status == council.Cancelled || !wanted(l) || len(view.Files) == agendaShown {
			continue
		}
		f, err := p.Room.File(r.Context(), v.Visitor, string(l.ID))
		if err != nil {
			return view, err
		}
		view.Files = append(view.Files, f)
	}
	return view, nil
}

// file is the dossier of a meeting to print: every item with its question and its papers.
func (p *Pages) file(w http.ResponseWriter, r *http.Request) error {
	view, err := p.view(r, r.PathValue("meeting"), "council.file")
	if err != nil {
		return err
	}
	return web.Render(w, r, filePage(view))
}
