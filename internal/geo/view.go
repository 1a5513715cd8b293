package geo

import (
	"math"
	"strconv"
	"strings"
)

// View projects places to the user units of an SVG view box "0 0 Width Height", north up, the whole box
// visible (equirectangular around its middle: a city keeps its shape).
type View struct {
	Width, Height float64
	box           Box
	margin, scale float64 // scale: units for a degree of latitude
	squeeze       float64 // units of longitude for one of latitude
}

// NewView shows a box on a width with a margin, both in user units; the height follows.
func NewView(box Box, width, margin float64) View {
	v := View{Width: width, Height: width, box: box, margin: margin, scale: 1, squeeze: 1}
	if box.Empty() {
		return v
	}
	v.squeeze = math.Cos(box.Center().Lat * radian)
	if w := (box.East - box.West) * v.squeeze; w > 0 {
		v.scale = (width - 2*margin) / w
		v.Height = (box.North-box.South)*v.scale + 2*margin
	}
	return v
}

// ViewBox is the attribute of the SVG element.
func (v View) ViewBox() string { return "0 0 " + units(v.Width) + " " + units(v.Height) }

// XY projects a place.
func (v View) XY(p Point) (x, y float64) {
	return v.margin + (p.Lon-v.box.West)*v.squeeze*v.scale, v.margin + (v.box.North-p.Lat)*v.scale
}

// Place is the place at a position of the view: the inverse of XY.
func (v View) Place(x, y float64) Point {
	return Point{v.box.West + (x-v.margin)/(v.squeeze*v.scale), v.box.North - (y-v.margin)/v.scale}
}

// Path is the data of an SVG path for a shape, to a tenth of a unit; use fill-rule="evenodd".
func (v View) Path(s Shape) string {
	var b strings.Builder
	eachRing(s, func(r Ring) { v.ring(&b, r) })
	return b.String()
}

// ring writes "Mx yLx y…Z", leaving out the points that fall on the one before.
func (v View) ring(b *strings.Builder, r Ring) {
	last := ""
	for i, p := range r[:len(r)-1] {
		x, y := v.XY(p)
		at := units(x) + " " + units(y)
		switch {
		case i == 0:
			b.WriteByte('M')
		case at == last:
			continue
		default:
			b.WriteByte('L')
		}
		b.WriteString(at)
		last = at
	}
	b.WriteByte('Z')
}

func units(f float64) string {
	return strconv.FormatFloat(math.Round(f*10)/10+0, 'f', -1, 64)
}
