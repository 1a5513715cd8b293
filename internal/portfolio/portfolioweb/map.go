package portfolioweb

import (
	"cmp"
	"net/http"
	"slices"

	"parvis/internal/geo"
	"parvis/internal/i18n"
	"parvis/internal/portfolio"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// mapView is the list on the city's own territories, and the same in a table.
type mapView struct {
	listView
	Map    *ui.Map // nil while the city gave no outline
	Places []placeLine
	View   portfolio.MapView
}

// placeLine is how many projects name a place.
type placeLine struct {
	Name string
	N    int
	URL  string
}

func (p *Pages) chart(w http.ResponseWriter, r *http.Request) error {
	f, err := readList(r)
	if err != nil {
		return err
	}
	v := web.From(r)
	view := mapView{listView: listView{Form: f, Path: v.URL("portfolio.map")}}
	if view.View, err = p.Room.Map(r.Context(), v.Visitor, f.filter()); err != nil {
		return err
	}
	every := f
	every.Stage = ""
	counts, err := p.Room.Counts(r.Context(), v.Visitor, every.filter())
	if err != nil {
		return err
	}
	view.List.Stages = counts.Stages
	if err := p.fillFilters(r, &view.listView); err != nil {
		return err
	}
	view.Places = view.placeLines(v)
	if p.Layer != nil {
		view.Map = view.draw(v, p.Layer)
	}
	return web.Render(w, r, mapPage(view))
}

func (m mapView) placeURL(v *web.Visit, code string) string {
	return m.Form.at(v.URL("portfolio.list"), func(f *listForm) { f.Place, f.Page = code, 0 })
}

func (m mapView) placeLines(v *web.Visit) []placeLine {
	var out []placeLine
	for code, n := range m.View.ByPlace {
		out = append(out, placeLine{m.Book.place(code), n, m.placeURL(v, code)})
	}
	slices.SortFunc(out, func(a, b placeLine) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(i18n.SortKey(a.Name), i18n.SortKey(b.Name)))
	})
	return out
}

const mapWidth = 900 // user units of the drawing

// palest is how many projects it takes at least to colour a place in full: one project is not a lot.
const palest = 4

func (m mapView) draw(v *web.Visit, layer *geo.Layer) *ui.Map {
	view := geo.NewView(geo.BoxOf(layer.Features()), mapWidth, 12)
	out := &ui.Map{Label: v.P.T("portfolio.map.label"), Width: view.Width, Height: view.Height}
	most := palest
	for _, n := range m.View.ByPlace {
		most = max(most, n)
	}
	for i := range layer.Features() {
		if f := &layer.Features()[i]; len(f.Shape) > 0 {
			out.Areas = append(out.Areas, m.area(v, view, f, most))
		}
	}
	for _, pt := range m.View.Points {
		x, y := view.XY(geo.Point{Lon: pt.Point.Lon, Lat: pt.Point.Lat})
		if x >= 0 && y >= 0 && x <= view.Width && y <= view.Height {
			out.Points = append(out.Points, ui.Point{X: x, Y: y, Name: pt.Title, URL: v.URL("portfolio.initiative", pt.Number)})
		}
	}
	return out
}

func (m mapView) area(v *web.Visit, view geo.View, f *geo.Feature, most int) ui.Area {
	code := cmp.Or(f.ID, f.Text("code"))
	n := m.View.ByPlace[code]
	name := m.Book.place(code)
	if name == code {
		name = cmp.Or(f.Text("name"), code)
	}
	a := ui.Area{Path: view.Path(f.Shape), Name: name, Text: v.P.N("portfolio.map.count", int64(n)), Level: (4*n + most - 1) / most}
	if n > 0 {
		a.URL = m.placeURL(v, code)
	}
	a.X, a.Y = view.XY(f.Shape.Box().Center())
	if n > 0 {
		a.Short = v.P.Number(int64(n))
	}
	return a
}
