package participationweb

import (
	"net/http"

	"parvis/internal/geo"
	"parvis/internal/participation"
	"parvis/internal/web"
)

const mapWidth = 900 // user units of the drawing

// lotMap is the projects of a lot on the city's own territories.
type lotMap struct {
	Width, Height float64
	Areas         []string // SVG path data
	Won, Lost     []mapPoint
	Elsewhere     int // projects without a place, or outside the map
}

type mapPoint struct {
	X, Y       float64
	Title, URL string
}

// draw places what can be placed; nil when there is no map or nothing stands on it.
func (p *Pages) draw(r *http.Request, l lotView) *lotMap {
	if p.Layer == nil || !l.Counted() {
		return nil
	}
	view := geo.NewView(geo.BoxOf(p.Layer.Features()), mapWidth, 12)
	m := &lotMap{Width: view.Width, Height: view.Height}
	for i := range p.Layer.Features() {
		if f := &p.Layer.Features()[i]; len(f.Shape) > 0 {
			m.Areas = append(m.Areas, view.Path(f.Shape))
		}
	}
	for _, project := range l.Projects {
		m.place(view, project, web.From(r).URL("participation.project", l.Number, l.LotSheet.Lot.Code, project.Code))
	}
	if len(m.Won)+len(m.Lost) == 0 {
		return nil
	}
	return m
}

func (m *lotMap) place(view geo.View, p participation.Project, url string) {
	if p.Point == nil {
		m.Elsewhere++
		return
	}
	x, y := view.XY(geo.Point{Lon: p.Point.Lon, Lat: p.Point.Lat})
	if x < 0 || y < 0 || x > view.Width || y > view.Height {
		m.Elsewhere++
		return
	}
	at := mapPoint{x, y, p.Title, url}
	if p.Won() {
		m.Won = append(m.Won, at)
	} else if !p.Withdrawn {
		m.Lost = append(m.Lost, at)
	}
}
