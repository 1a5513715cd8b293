package geo

import (
	"math"

	"github.com/peterstace/simplefeatures/geom"

	"parvis/internal/fault"
)

// Point is a place: degrees of longitude and latitude, WGS 84.
type Point struct {
	Lon, Lat float64
}

// Ring is a closed line, its last point equal to its first.
type Ring []Point

// Polygon is an outer ring and the holes in it.
type Polygon []Ring

// Shape is the outline of a territory, in one or several pieces.
type Shape []Polygon

// Feature is a territory (Shape) or a place (Place); one of them may be empty, and both are when the
// file gives no geometry.
type Feature struct {
	ID         string
	Shape      Shape
	Place      *Point
	Properties map[string]any // as encoding/json decodes them
}

// Text is a property as text, "" when it is absent or something else than text.
func (f *Feature) Text(property string) string {
	s, _ := f.Properties[property].(string)
	return s
}

// Box is the smallest box around something, West <= East and South <= North; the empty Box has West > East.
type Box struct {
	West, South, East, North float64
}

func emptyBox() Box {
	return Box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
}

// Empty tells whether the box holds nothing.
func (b Box) Empty() bool { return b.West > b.East }

// Contains tells whether the point is in the box or on its edge.
func (b Box) Contains(p Point) bool {
	return b.West <= p.Lon && p.Lon <= b.East && b.South <= p.Lat && p.Lat <= b.North
}

// Center is the middle of the box.
func (b Box) Center() Point { return Point{(b.West + b.East) / 2, (b.South + b.North) / 2} }

func (b Box) with(p Point) Box {
	return Box{min(b.West, p.Lon), min(b.South, p.Lat), max(b.East, p.Lon), max(b.North, p.Lat)}
}

// Box is the box around the shape.
func (s Shape) Box() Box {
	b := emptyBox()
	for _, poly := range s {
		for _, ring := range poly {
			for _, p := range ring {
				b = b.with(p)
			}
		}
	}
	return b
}

// BoxOf is the box around all features.
func BoxOf(features []Feature) Box {
	all := emptyBox()
	for i := range features {
		if p := features[i].Place; p != nil {
			all = all.with(*p)
		}
		if b := features[i].Shape.Box(); !b.Empty() {
			all = all.with(Point{b.West, b.South}).with(Point{b.East, b.North})
		}
	}
	return all
}

// Contains tells whether the point is in the shape. Of the shapes that share a border point by point,
// exactly one contains a point on that border (half-open even-odd rule).
func (s Shape) Contains(p Point) bool {
	inside := false
	for _, poly := range s {
		for _, ring := range poly {
			if ring.crossings(p)%2 == 1 {
				inside = !inside
			}
		}
	}
	return inside
}

// crossings counts the edges that a line from p to the east crosses.
func (r Ring) crossings(p Point) int {
	n := 0
	for i := 0; i+1 < len(r); i++ {
		a, b := r[i], r[i+1]
		if (a.Lat > p.Lat) == (b.Lat > p.Lat) {
			continue
		}
		if a.Lat > b.Lat {
			a, b = b, a // the same arithmetic in both directions, for the neighbour's ring runs the other way
		}
		if p.Lon < a.Lon+(p.Lat-a.Lat)/(b.Lat-a.Lat)*(b.Lon-a.Lon) {
			n++
		}
	}
	return n
}

// Valid tells whether the shape is valid in the sense of OGC Simple Features (06-103r4): rings that do
// not cross themselves or each other. Faults: Invalid geo.shape.
func (s Shape) Valid() error {
	polys := make([]geom.Polygon, len(s))
	for i, poly := range s {
		rings := make([]geom.LineString, len(poly))
		for j, ring := range poly {
			flat := make([]float64, 0, 2*len(ring))
			for _, p := range ring {
				flat = append(flat, p.Lon, p.Lat)
			}
			rings[j] = geom.NewLineString(geom.NewSequence(flat, geom.DimXY))
		}
		polys[i] = geom.NewPolygon(rings)
	}
	if err := geom.NewMultiPolygon(polys).Validate(); err != nil {
		return fault.Wrap(err, fault.Invalid, "geo.shape")
	}
	return nil
}
