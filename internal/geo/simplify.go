package geo

import (
	"math"
	"slices"
)

// Simplify thins the outlines of features by Douglas and Peucker's method, moving no line by more than
// tolerance metres. Borders that neighbours share point by point stay shared: outlines are cut where
// three lines meet, and each piece is thinned once, in the same direction for both. A ring too small
// to survive keeps its points.
func Simplify(features []Feature, tolerance float64) []Feature {
	t := &thinner{tolerance: tolerance, neighbours: map[Point][]Point{}}
	t.flat = flatten(BoxOf(features).Center())
	for i := range features {
		eachRing(features[i].Shape, t.note)
	}
	out := slices.Clone(features)
	for i := range out {
		out[i].Shape = make(Shape, len(features[i].Shape))
		for j, poly := range features[i].Shape {
			out[i].Shape[j] = make(Polygon, len(poly))
			for k, ring := range poly {
				out[i].Shape[j][k] = t.ring(ring)
			}
		}
	}
	return out
}

func eachRing(s Shape, f func(Ring)) {
	for _, poly := range s {
		for _, ring := range poly {
			f(ring)
		}
	}
}

// thinner knows where lines meet: a point with more than two different neighbours is a junction.
type thinner struct {
	tolerance  float64
	flat       func(Point) (x, y float64)
	neighbours map[Point][]Point
}

func (t *thinner) note(r Ring) {
	for i := 0; i+1 < len(r); i++ {
		t.meet(r[i], r[i+1])
		t.meet(r[i+1], r[i])
	}
}

func (t *thinner) meet(p, neighbour Point) {
	known := t.neighbours[p]
	if p != neighbour && len(known) <= 2 && !slices.Contains(known, neighbour) {
		t.neighbours[p] = append(known, neighbour)
	}
}

func (t *thinner) junction(p Point) bool { return len(t.neighbours[p]) > 2 }

// ring thins a ring piece by piece, from junction to junction.
func (t *thinner) ring(r Ring) Ring {
	open := r[:len(r)-1]
	start := slices.IndexFunc(open, t.junction)
	if start < 0 { // no neighbour, or one that fills it exactly: begin at a point both would choose
		start = slices.Index(open, slices.MinFunc(open, compare))
	}
	line := slices.Concat(open[start:], open[:start+1])
	out, from := Ring{line[0]}, 0
	for i := 1; i < len(line); i++ {
		if i == len(line)-1 || t.junction(line[i]) {
			out = append(out, t.piece(line[from : i+1])[1:]...)
			from = i
		}
	}
	if len(out) < 4 {
		return slices.Clone(r)
	}
	return out
}

// piece thins a line between two fixed ends, always in the same direction.
func (t *thinner) piece(line []Point) []Point {
	backwards := slices.CompareFunc(line, reversed(line), compare) > 0
	if backwards {
		line = reversed(line)
	}
	kept := make([]bool, len(line))
	kept[0], kept[len(line)-1] = true, true
	t.keep(line, kept)
	var out []Point
	for i, p := range line {
		if kept[i] {
			out = append(out, p)
		}
	}
	if backwards {
		slices.Reverse(out)
	}
	return out
}

// keep marks the point that is farthest from the chord, and so on on both sides of it, as long as it is
// farther than the tolerance.
func (t *thinner) keep(line []Point, kept []bool) {
	last := len(line) - 1
	if last < 2 {
		return
	}
	far, at := -1.0, 0
	for i := 1; i < last; i++ {
		if d := t.distance(line[i], line[0], line[last]); d > far {
			far, at = d, i
		}
	}
	if far <= t.tolerance {
		return
	}
	kept[at] = true
	t.keep(line[:at+1], kept[:at+1])
	t.keep(line[at:], kept[at:])
}

// distance is from p to the segment ab, in metres.
func (t *thinner) distance(p, a, b Point) float64 {
	px, py := t.flat(p)
	ax, ay := t.flat(a)
	bx, by := t.flat(b)
	dx, dy := bx-ax, by-ay
	if length := dx*dx + dy*dy; length > 0 {
		along := math.Max(0, math.Min(1, ((px-ax)*dx+(py-ay)*dy)/length))
		ax, ay = ax+along*dx, ay+along*dy
	}
	return math.Hypot(px-ax, py-ay)
}

func reversed(line []Point) []Point {
	out := slices.Clone(line)
	slices.Reverse(out)
	return out
}

func compare(a, b Point) int {
	switch {
	case a.Lon < b.Lon || a.Lon == b.Lon && a.Lat < b.Lat:
		return -1
	case a == b:
		return 0
	}
	return 1
}

// flatten projects around a centre to metres east and north (equirectangular).
func flatten(center Point) func(Point) (x, y float64) {
	perLat := earthRadius * radian
	perLon := perLat * math.Cos(center.Lat*radian)
	return func(p Point) (x, y float64) {
		return (p.Lon - center.Lon) * perLon, (p.Lat - center.Lat) * perLat
	}
}
