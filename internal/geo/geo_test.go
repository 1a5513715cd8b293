package geo_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"parvis/internal/fault"
	"parvis/internal/geo"

	"github.com/google/go-cmp/cmp"
	"github.com/peterstace/simplefeatures/geom"
	"pgregory.net/rapid"
)

// city is two quarters that share a wavy border, one with a garden of its own in a hole.
const city = `{"type":"FeatureCollection","features":[
{"type":"Feature","id":1,"properties":{"name":"Ouest","rank":1},"geometry":{"type":"Polygon","coordinates":[
 [[2.0,48.0],[2.0,48.1],[2.1,48.1],[2.101,48.08],[2.0995,48.05],[2.1,48.02],[2.1,48.0],[2.0,48.0]],
 [[2.04,48.04],[2.06,48.04],[2.06,48.06],[2.04,48.06],[2.04,48.04]]]}},
{"type":"Feature","id":"est","properties":{"name":"Est"},"geometry":{"type":"MultiPolygon","coordinates":[
 [[[2.1,48.0,35],[2.1,48.02,35],[2.0995,48.05,35],[2.101,48.08,35],[2.1,48.1,35],[2.2,48.1,35],[2.2,48.0,35],[2.1,48.0,35]]]]}},
{"type":"Feature","properties":{"name":"Jardin"},"geometry":{"type":"Polygon","coordinates":[
 [[2.06,48.06],[2.04,48.06],[2.04,48.04],[2.06,48.04],[2.06,48.06]]]}},
{"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[2.05,48.05,12]}},
{"type":"Feature","properties":{},"geometry":null}]}`

func read(t *testing.T, text string) []geo.Feature {
	t.Helper()
	features, err := geo.Read(strings.NewReader(text), geo.Usual())
	if err != nil {
		t.Fatal(err)
	}
	return features
}

func TestReadAndLocate(t *testing.T) {
	features := read(t, city)
	layer := geo.NewLayer(features)
	for p, want := range map[geo.Point]string{
		{2.01, 48.01}: "Ouest", {2.15, 48.05}: "Est", {2.05, 48.05}: "Jardin", {2.1003, 48.09}: "Ouest", {2.0999, 48.05}: "Est",
		{1.9, 48.05}: "", {2.05, 48.2}: "",
	} {
		got := ""
		if f := layer.At(p); f != nil {
			got = f.Text("name")
		}
		if got != want {
			t.Errorf("%v is in %q, want %q", p, got, want)
		}
	}
	if features[0].ID != "1" || features[1].ID != "est" || features[3].Place == nil || *features[3].Place != (geo.Point{Lon: 2.05, Lat: 48.05}) {
		t.Errorf("%+v", features)
	}
}

func TestReadRefuses(t *testing.T) {
	one := func(geometry string) string {
		return `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":` + geometry + `}]}`
	}
	for text, key := range map[string]string{
		`{`: "geo.malformed", `[]`: "geo.malformed", `{"type":"Feature"}`: "geo.malformed",
		`{"type":"FeatureCollection","features":[3]}`:                                  "geo.malformed",
		one(`{"type":"LineString","coordinates":[[2,48],[3,48]]}`):                     "geo.type",
		one(`{"type":"Polygon","coordinates":[[[2,48],[3,48],[3,49]]]}`):               "geo.ring",
		one(`{"type":"Polygon","coordinates":[[[2,48],[3,48],[3,49],[2,49]]]}`):        "geo.ring",
		one(`{"type":"Polygon","coordinates":[]}`):                                     "geo.ring",
		one(`{"type":"Point","coordinates":[652000.0,6862000.0]}`):                     "geo.not_wgs84",
		one(`{"type":"Point","coordinates":[2]}`):                                      "geo.malformed",
		one(`{"type":"Polygon","coordinates":[[["x"]]]}`):                              "geo.malformed",
		one(`{"type":"Polygon","coordinates":[[[2,48],[3,48],[3],[2,48]]]}`):           "geo.malformed",
		one(`{"type":"Point","coordinates":[2,48]}, {"type":"Feature","geometry":{}}`): "geo.malformed",
	} {
		_, err := geo.Read(strings.NewReader(text), geo.Usual())
		f, ok := errors.AsType[*fault.Error](err)
		if !ok || f.Key != key || f.Kind != fault.Invalid {
			t.Errorf("%s: %v, want %s", text, err, key)
		}
	}
	for name, l := range map[string]geo.Limits{"bytes": {10, 10, 100}, "features": {1e6, 2, 100}, "points": {1e6, 10, 10}} {
		if _, err := geo.Read(strings.NewReader(city), l); fault.KindOf(err) != fault.TooLarge {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(city))
	f.Add([]byte(`{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"MultiPolygon","coordinates":[[]]}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		features, err := geo.Read(bytes.NewReader(data), geo.Limits{Bytes: 1 << 16, Features: 50, Points: 1000})
		if k := fault.KindOf(err); err != nil && k != fault.Invalid && k != fault.TooLarge {
			t.Fatal(err)
		}
		view := geo.NewView(geo.BoxOf(features), 800, 10)
		for _, g := range geo.Simplify(features, 10) {
			view.Path(g.Shape)
			g.Shape.LabelPoint()
		}
		if err := geo.Write(&bytes.Buffer{}, features); err != nil {
			t.Fatal(err)
		}
	})
}

func TestWriteFollowsRFC7946(t *testing.T) {
	features := read(t, city)
	var b bytes.Buffer
	if err := geo.Write(&b, features); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(features, read(t, b.String())); diff != "" {
		t.Error(diff)
	}
	if !json.Valid(b.Bytes()) || !strings.Contains(b.String(), `"bbox":[2,48,2.2,48.1]`) {
		t.Error(b.String())
	}
	var independent geom.GeoJSONFeatureCollection
	b.Reset()
	if err := geo.Write(&b, features[:4]); err != nil { // the other library refuses a feature without geometry
		t.Fatal(err)
	}
	if err := json.Unmarshal(b.Bytes(), &independent); err != nil {
		t.Fatal(err)
	}
	for i, f := range independent[:3] {
		if g := f.Geometry; g.Validate() != nil || !g.IsCCW() {
			t.Errorf("feature %d: %v, counterclockwise %t", i, g.Validate(), g.IsCCW())
		}
	}
	if got := independent[0].Geometry.Area(); math.Abs(got-geomArea(features[0].Shape)) > 1e-12 {
		t.Errorf("area %v", got)
	}
}

// geomArea is the planar area in square degrees, by the shoelace formula, of a shape whose holes turn clockwise.
func geomArea(s geo.Shape) float64 {
	var sum float64
	for _, poly := range s {
		for _, r := range poly {
			for i := 0; i+1 < len(r); i++ {
				sum += (r[i].Lon*r[i+1].Lat - r[i+1].Lon*r[i].Lat) / 2
			}
		}
	}
	return sum
}

func TestMeasures(t *testing.T) {
	square := read(t, `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}}]}`)[0].Shape
	if a := square.Area() / 1e6; math.Abs(a-12_308.8) > 62 { // the ellipsoid's degree at the equator, GeographicLib: 12 308.8 km²
		t.Errorf("one degree at the equator: %v km²", a)
	}
	if d := geo.Distance(geo.Point{Lon: 2.3522, Lat: 48.8566}, geo.Point{Lon: 5.3698, Lat: 43.2965}); math.Abs(d-660_500) > 1500 {
		t.Errorf("Paris to Marseille: %v m", d)
	}
	c := read(t, `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[0,0],[3,0],[3,1],[1,1],[1,2],[3,2],[3,3],[0,3],[0,0]]]}}]}`)[0].Shape
	if p := c.Centroid(); math.Abs(p.Lat-1.5) > 1e-9 || math.Abs(p.Lon-9.5/7) > 0.05 {
		t.Errorf("centroid of a C: %v", p)
	}
	ring := read(t, city)[0].Shape
	if p := ring.LabelPoint(); !ring.Contains(p) {
		t.Errorf("the name of the quarter would be in its garden: %v", p)
	}
	if err := ring.Valid(); err != nil {
		t.Error(err)
	}
	bow := geo.Shape{{{{0, 0}, {1, 1}, {1, 0}, {0, 1}, {0, 0}}}}
	if err := bow.Valid(); fault.KindOf(err) != fault.Invalid || err == nil {
		t.Errorf("a bow tie is valid: %v", err)
	}
}

// Star-shaped polygons around a point, compared with an independent library.
func TestContainsAgreesWithAnotherLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(3, 12).Draw(t, "corners")
		ring := geo.Ring{}
		flat := []float64{}
		for i := range n {
			r, a := rapid.Float64Range(0.1, 1).Draw(t, "r"), 2*math.Pi*float64(i)/float64(n)
			ring = append(ring, geo.Point{Lon: 2 + r*math.Cos(a), Lat: 48 + r*math.Sin(a)})
			flat = append(flat, ring[i].Lon, ring[i].Lat)
		}
		ring = append(ring, ring[0])
		flat = append(flat, flat[:2]...)
		shape := geo.Shape{{ring}}
		other := geom.NewPolygon([]geom.LineString{geom.NewLineString(geom.NewSequence(flat, geom.DimXY))}).AsGeometry()
		p := geo.Point{Lon: rapid.Float64Range(0.9, 3.1).Draw(t, "lon"), Lat: rapid.Float64Range(46.9, 49.1).Draw(t, "lat")}
		point := geom.XY{X: p.Lon, Y: p.Lat}.AsPoint().AsGeometry()
		near, ok := geom.Distance(point, other.Boundary())
		if !ok || near < 1e-9 {
			t.Skip("on the border")
		}
		if got, want := shape.Contains(p), geom.Intersects(other, point); got != want {
			t.Fatalf("%v in %v: %t, want %t", p, ring, got, want)
		}
		if l := shape.LabelPoint(); !shape.Contains(l) {
			t.Fatalf("label %v outside", l)
		}
		want, _ := other.Centroid().XY()
		if c := shape.Centroid(); math.Hypot(c.Lon-want.X, c.Lat-want.Y) > 1e-9 {
			t.Fatalf("centroid %v, want %v", c, want)
		}
	})
}

func TestSimplifyKeepsNeighboursTogether(t *testing.T) {
	before := read(t, city)
	after := geo.Simplify(before, 200)
	if n := len(after[0].Shape[0][0]); n >= len(before[0].Shape[0][0]) {
		t.Errorf("%d points left", n)
	}
	shared(t, after[0].Shape, after[1].Shape, 1)
	shared(t, after[0].Shape, after[2].Shape, 4) // the garden still fills its hole
	same := geo.Simplify(before, 0)
	shared(t, same[0].Shape, same[1].Shape, 4)
	if n, want := countPoints(same), countPoints(before); n != want {
		t.Errorf("a tolerance of 0 left %d points of %d that are not on a line", n, want)
	}
}

func countPoints(all []geo.Feature) (n int) {
	for _, f := range all {
		for _, poly := range f.Shape {
			for _, ring := range poly {
				n += len(ring)
			}
		}
	}
	return n
}

type edge [2]geo.Point

func edges(s geo.Shape) map[edge]bool {
	all := map[edge]bool{}
	for _, poly := range s {
		for _, ring := range poly {
			for i := 0; i+1 < len(ring); i++ {
				all[edge{ring[i], ring[i+1]}] = true
			}
		}
	}
	return all
}

// shared counts the edges that two shapes have in common, in opposite directions.
func shared(t *testing.T, a, b geo.Shape, want int) {
	t.Helper()
	n := 0
	for e := range edges(a) {
		if edges(b)[edge{e[1], e[0]}] {
			n++
		}
	}
	if n != want {
		t.Errorf("%d edges shared, want %d", n, want)
	}
}

func TestView(t *testing.T) {
	features := read(t, city)
	v := geo.NewView(geo.BoxOf(features), 600, 20)
	for p, want := range map[geo.Point][2]float64{{2, 48.1}: {20, 20}, {2.2, 48}: {580, v.Height - 20}} {
		if x, y := v.XY(p); math.Abs(x-want[0]) > 1e-6 || math.Abs(y-want[1]) > 1e-6 {
			t.Errorf("%v at %v %v, want %v", p, x, y, want)
		}
		x, y := v.XY(p)
		if q := v.Place(x, y); geo.Distance(p, q) > 0.01 {
			t.Errorf("%v came back as %v", p, q)
		}
	}
	// A degree of latitude is longer than one of longitude at 48° by 1/cos: the box of 0.2° × 0.1° is 1.34 wide for 1 high.
	if ratio := 560 / (v.Height - 40); math.Abs(ratio-2*math.Cos(48.05*math.Pi/180)) > 1e-6 {
		t.Errorf("ratio %v", ratio)
	}
	if got := v.Path(features[2].Shape); got != "M188 187.5L132 187.5L132 271.3L188 271.3Z" {
		t.Error(got)
	}
	if got := geo.NewView(geo.BoxOf(nil), 600, 20).ViewBox(); got != "0 0 600 600" {
		t.Error(got)
	}
}

// A square cut in two by a slanted line: every place on the line is in exactly one half, however its
// coordinates are rounded.
func TestAPlaceOnABorderIsInExactlyOneTerritory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(0.2, 0.8)
		a, b := geo.Point{Lon: x.Draw(t, "foot"), Lat: 0}, geo.Point{Lon: x.Draw(t, "head"), Lat: 1}
		west := geo.Shape{{{{0, 0}, a, b, {0, 1}, {0, 0}}}}
		east := geo.Shape{{{{1, 1}, b, a, {1, 0}, {1, 1}}}}
		for i := range 50 {
			k := (float64(i) + 0.5) / 50
			for _, p := range []geo.Point{
				{Lon: a.Lon + k*(b.Lon-a.Lon), Lat: k}, {Lon: b.Lon + (1-k)*(a.Lon-b.Lon), Lat: k},
				{Lon: math.Nextafter(a.Lon+k*(b.Lon-a.Lon), 2), Lat: k}, {Lon: math.Nextafter(a.Lon+k*(b.Lon-a.Lon), -2), Lat: k},
			} {
				if west.Contains(p) == east.Contains(p) {
					t.Fatalf("%v between %v and %v: both %t", p, a, b, west.Contains(p))
				}
			}
		}
	})
}
