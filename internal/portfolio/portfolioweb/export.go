package portfolioweb

import (
	"bytes"
	"iter"
	"net/http"

	"parvis/internal/calendar"
	"parvis/internal/geo"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/tabular"
	"parvis/internal/web"
)

// exported is a whole list to take away, as the visitor may see it.
type exported struct {
	rows []portfolio.Summary
	book *book
}

func (p *Pages) exported(r *http.Request) (exported, error) {
	f, err := readList(r)
	if err != nil {
		return exported{}, err
	}
	rows, err := p.Room.Rows(r.Context(), web.From(r).Visitor, f.filter())
	if err != nil {
		return exported{}, err
	}
	var leads []id.ID
	for _, s := range rows {
		leads = append(leads, s.Lead)
	}
	b, err := p.openIDs(r, nil, leads)
	return exported{rows, b}, err
}

// columns are the titles of an export; values says what stands under them.
func columns() []string {
	return []string{"number", "title", "problem", "stage", "since", "origin", "matter", "places", "lead", "lead_stated",
		"latitude", "longitude", "budget", "tags", "signalled", "published", "visibility", "address"}
}

func (e exported) table(v *web.Visit) tabular.Output {
	header := make([]string, len(columns()))
	for i, c := range columns() {
		header[i] = v.P.T("portfolio.export." + c)
	}
	return tabular.Output{Sheet: v.P.T("portfolio.list.title"), Header: header, Rows: e.values(v)}
}

func (e exported) values(v *web.Visit) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for _, s := range e.rows {
			if !yield(e.row(v, s)) {
				return
			}
		}
	}
}

func (e exported) row(v *web.Visit, s portfolio.Summary) []any {
	places := make([]string, len(s.Places))
	for i, code := range s.Places {
		places[i] = e.book.place(code)
	}
	var lead, lat, lon any
	if s.Lead != "" {
		lead = e.book.unit(s.Lead).Long
	}
	if s.Point != nil {
		lat, lon = s.Point.Lat, s.Point.Lon
	}
	return []any{s.Number, s.Title, s.Problem, v.P.T("portfolio.stage." + string(s.Stage)), s.StageSince,
		v.P.T("portfolio.origin." + string(s.Origin)), e.book.matter(s.Matter), places, lead, s.LeadStated, lat, lon,
		s.Budget, s.Tags, s.SignalledOn, s.PublishedOn, v.P.T("portfolio.visibility." + string(s.Visibility)),
		v.Frame.Origin + v.URL("portfolio.initiative", s.Number)}
}

func (p *Pages) listCSV(w http.ResponseWriter, r *http.Request) error {
	e, err := p.exported(r)
	if err != nil {
		return err
	}
	dialect := tabular.Machine()
	if web.From(r).Lang == "fr" {
		dialect = tabular.French()
	}
	var body bytes.Buffer
	if err := tabular.WriteCSV(&body, e.table(web.From(r)), dialect); err != nil {
		return err
	}
	return send(w, r, web.CSV+"; charset=utf-8", "csv", body.Bytes())
}

func (p *Pages) listXLSX(w http.ResponseWriter, r *http.Request) error {
	e, err := p.exported(r)
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if err := tabular.WriteXLSX(&body, e.table(web.From(r))); err != nil {
		return err
	}
	return send(w, r, web.XLSX, "xlsx", body.Bytes())
}

func (p *Pages) listGeoJSON(w http.ResponseWriter, r *http.Request) error {
	e, err := p.exported(r)
	if err != nil {
		return err
	}
	v := web.From(r)
	features := make([]geo.Feature, 0, len(e.rows))
	for _, s := range e.rows {
		f := geo.Feature{ID: s.Number, Properties: map[string]any{"title": s.Title, "problem": s.Problem, "stage": string(s.Stage),
			"matter": s.Matter, "places": s.Places, "url": v.Frame.Origin + v.URL("portfolio.initiative", s.Number)}}
		if s.Point != nil {
			f.Place = &geo.Point{Lon: s.Point.Lon, Lat: s.Point.Lat}
		}
		features = append(features, f)
	}
	var body bytes.Buffer
	if err := geo.Write(&body, features); err != nil {
		return err
	}
	return send(w, r, "application/geo+json", "geojson", body.Bytes())
}

// send answers with a file named after the list and the day.
func send(w http.ResponseWriter, r *http.Request, mediaType, extension string, body []byte) error {
	v := web.From(r)
	h := w.Header()
	h.Set("Content-Type", mediaType)
	h.Set("Content-Disposition", `attachment; filename="`+v.P.T("portfolio.export.file")+"-"+string(calendar.DayOf(v.Now))+"."+extension+`"`)
	h.Set("Cache-Control", "private, no-cache")
	h.Add("Vary", "Cookie")
	w.Write(body) // a reader that has gone can be told nothing
	return nil
}
