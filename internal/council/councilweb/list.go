package councilweb

import (
	"bytes"
	"context"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/tabular"
	"parvis/internal/ui"
	"parvis/internal/web"
)

func (p *Pages) listRoutes() []web.Route {
	return []web.Route{
		{Name: "council.list", Method: "GET", FR: "/seances/{meeting}/deliberations", EN: "/meetings/{meeting}/deliberations", Audience: web.Public, Handler: p.list},
		{Name: "council.list", Method: "POST", FR: "/seances/{meeting}/deliberations", EN: "/meetings/{meeting}/deliberations", Audience: web.Agents, Handler: p.publishList},
		{Name: "council.list.csv", Method: "GET", API: "/open/seances/{meeting}", Audience: web.Public, Handler: p.listCSV},
	}
}

// listView is the list of the deliberations that a meeting examined.
type listView struct {
	fileView
	List council.List
	Due  calendar.Day
}

func (p *Pages) listView(r *http.Request) (listView, error) {
	view, err := p.view(r, r.PathValue("meeting"), "council.list")
	if err != nil {
		return listView{}, err
	}
	list, err := p.Room.ListOf(r.Context(), web.From(r).Visitor, view.File)
	return listView{view, list, council.ListDue(view.Meeting.Day)}, err
}

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	view, err := p.listView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, listPage(view))
}

func (p *Pages) publishList(w http.ResponseWriter, r *http.Request) error {
	view, err := p.listView(r)
	if err != nil {
		return err
	}
	page := func() (templ.Component, error) {
		again, err := p.listView(r)
		return listPage(again), err
	}
	return perform(w, r, map[string]web.Deed{
		"list": web.Decoded(func(r *http.Request, by act.Actor, _ string, f publishForm) error {
			return nothing(p.Room.PublishList(r.Context(), by, view.Meeting.ID, f.Version, view.objects(r), f.Reviewed))
		}),
	}, page, web.From(r).URL("council.list", view.Meeting.Number))
}

// objects are the objects as the form words them, by item.
func (v listView) objects(r *http.Request) map[id.ID]string {
	out := map[id.ID]string{}
	for _, l := range v.List.Lines {
		out[l.Item] = r.PostForm.Get("object." + string(l.Item))
	}
	return out
}

// listCSV is a published list for machines: the same for everyone.
func (p *Pages) listCSV(w http.ResponseWriter, r *http.Request) error {
	number, isTable := strings.CutSuffix(r.PathValue("meeting"), ".csv")
	if !isTable {
		return unknownThing("council.list.not_found")
	}
	f, err := p.Room.File(r.Context(), identity.Visitor{}, number)
	if err != nil {
		return err
	}
	list, err := p.Room.ListOf(r.Context(), identity.Visitor{}, f)
	if err != nil {
		return err
	}
	rows := func(yield func([]any) bool) {
		for _, l := range list.Lines {
			if !yield([]any{f.Meeting.Number, f.Meeting.Day, l.Rank, l.Number, l.Object, outcomeWord(l.Outcome)}) {
				return
			}
		}
	}
	var body bytes.Buffer
	t := tabular.Output{Sheet: "deliberations", Header: []string{"seance", "date", "rang", "numero", "objet", "resultat"}, Rows: rows}
	if err := tabular.WriteCSV(&body, t, tabular.Machine()); err != nil {
		return err
	}
	return sendOpen(w, web.CSV+"; charset=utf-8", f.Meeting.Number+"-deliberations.csv", body.Bytes())
}

// listTone warns once the week of the law is over.
func listTone(v listView) ui.Tone {
	if v.Today.After(v.Due) {
		return ui.Warning
	}
	return ui.Info
}

func listDeed(ctx context.Context, v listView) string {
	if v.List.PublishedOn != "" {
		return ui.T(ctx, "councilweb.list.rectify")
	}
	return ui.T(ctx, "councilweb.list.publish")
}
