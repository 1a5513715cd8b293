package geo

import (
	"math"
	"slices"
)

// earthRadius is that of the sphere with the surface of the WGS 84 ellipsoid, in metres.
const earthRadius = 6_371_007.2

const radian = math.Pi / 180

// Area is the surface in square metres, on the sphere (Chamberlain and Duquette, JPL 07-03, 2007): within
// 0.5 % of the ellipsoid's.
func (s Shape) Area() float64 {
	var total float64
	for _, poly := range s {
		for i, ring := range poly {
			a := math.Abs(ring.signedArea())
			if i > 0 {
				a = -a
			}
			total += a
		}
	}
	return total
}

// signedArea is positive for a ring that turns counterclockwise.
func (r Ring) signedArea() float64 {
	var sum float64
	for i := 0; i+1 < len(r); i++ {
		a, b := r[i], r[i+1]
		sum += (b.Lon - a.Lon) * radian * (2 + math.Sin(a.Lat*radian) + math.Sin(b.Lat*radian))
	}
	return -sum / 2 * earthRadius * earthRadius
}

// Distance is the length of the shortest way between two points, in metres (haversine).
func Distance(a, b Point) float64 {
	dLat, dLon := (b.Lat-a.Lat)*radian/2, (b.Lon-a.Lon)*radian/2
	h := math.Sin(dLat)*math.Sin(dLat) + math.Cos(a.Lat*radian)*math.Cos(b.Lat*radian)*math.Sin(dLon)*math.Sin(dLon)
	return 2 * earthRadius * math.Asin(math.Min(1, math.Sqrt(h)))
}

// Centroid is the centre of gravity, which may lie outside the shape.
func (s Shape) Centroid() Point {
	if s.Box().Empty() {
		return Point{}
	}
	var x, y, area float64
	o := s.Box().Center() // near the origin, to keep the precision of small differences
	for _, poly := range s {
		for i, ring := range poly {
			cx, cy, a := ring.moments(o)
			if (a < 0) != (i > 0) { // outer rings count positively, holes negatively, whatever their direction
				cx, cy, a = -cx, -cy, -a
			}
			x, y, area = x+cx, y+cy, area+a
		}
	}
	if area == 0 {
		return o
	}
	return Point{o.Lon + x/(3*area), o.Lat + y/(3*area)}
}

func (r Ring) moments(o Point) (x, y, area float64) {
	for i := 0; i+1 < len(r); i++ {
		ax, ay, bx, by := r[i].Lon-o.Lon, r[i].Lat-o.Lat, r[i+1].Lon-o.Lon, r[i+1].Lat-o.Lat
		cross := ax*by - bx*ay
		x, y, area = x+(ax+bx)*cross, y+(ay+by)*cross, area+cross
	}
	return x, y, area
}

// LabelPoint is a point inside the shape to write its name on: the centroid when it is inside, else the
// middle of the widest stretch on one of several parallels.
func (s Shape) LabelPoint() Point {
	center := s.Centroid()
	if s.Contains(center) {
		return center
	}
	box, best, widest := s.Box(), center, 0.0
	const parallels = 16
	for i := range parallels {
		lat := box.South + (box.North-box.South)*(float64(i)+0.5)/parallels
		cuts := s.cuts(lat)
		for j := 0; j+1 < len(cuts); j += 2 {
			if w := cuts[j+1] - cuts[j]; w > widest {
				best, widest = Point{(cuts[j] + cuts[j+1]) / 2, lat}, w
			}
		}
	}
	return best
}

// cuts lists in order the longitudes at which the outline crosses a parallel.
func (s Shape) cuts(lat float64) []float64 {
	var all []float64
	for _, poly := range s {
		for _, ring := range poly {
			for i := 0; i+1 < len(ring); i++ {
				a, b := ring[i], ring[i+1]
				if (a.Lat > lat) != (b.Lat > lat) {
					all = append(all, a.Lon+(lat-a.Lat)/(b.Lat-a.Lat)*(b.Lon-a.Lon))
				}
			}
		}
	}
	slices.Sort(all)
	return all
}
