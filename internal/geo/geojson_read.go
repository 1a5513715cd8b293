package geo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"

	"parvis/internal/fault"
)

// Limits bound what Read accepts; all must be positive.
type Limits struct {
	Bytes    int64
	Features int
	Points   int // of all outlines together
}

// Usual are limits for the territories of a city.
func Usual() Limits { return Limits{Bytes: 50 << 20, Features: 20_000, Points: 2_000_000} }

type featureJSON struct {
	Type       string          `json:"type"`
	ID         any             `json:"id"`
	Geometry   json.RawMessage `json:"geometry"`
	Properties map[string]any  `json:"properties"`
}

type geometryJSON struct {
	Type        string          `json:"type"`
	Coordinates json.RawMessage `json:"coordinates"`
}

// reader counts what was read of a collection.
type reader struct {
	limits Limits
	points int
}

// Read reads a GeoJSON FeatureCollection of Polygons, MultiPolygons and Points (RFC 7946); altitudes are
// dropped and rings turned as the RFC wants them. Faults: TooLarge geo.too_large; Invalid geo.malformed,
// geo.type, geo.ring, geo.not_wgs84, whose field is the feature, "features[3]".
func Read(r io.Reader, l Limits) ([]Feature, error) {
	data, err := io.ReadAll(io.LimitReader(r, l.Bytes+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > l.Bytes {
		return nil, fault.New(fault.TooLarge, "geo.too_large")
	}
	var collection struct {
		Type     string            `json:"type"`
		Features []json.RawMessage `json:"features"`
	}
	err = json.Unmarshal(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), &collection)
	if err != nil || collection.Type != "FeatureCollection" {
		return nil, fault.Wrap(err, fault.Invalid, "geo.malformed")
	}
	if len(collection.Features) > l.Features {
		return nil, fault.New(fault.TooLarge, "geo.too_large")
	}
	rd := &reader{limits: l}
	features := make([]Feature, len(collection.Features))
	for i, raw := range collection.Features {
		if features[i], err = rd.feature(raw, fmt.Sprintf("features[%d]", i)); err != nil {
			return nil, err
		}
	}
	return features, nil
}

func (r *reader) feature(raw json.RawMessage, place string) (Feature, error) {
	var in featureJSON
	var g geometryJSON
	err := json.Unmarshal(raw, &in)
	if err == nil && len(in.Geometry) > 0 {
		err = json.Unmarshal(in.Geometry, &g)
	}
	if err != nil || in.Type != "Feature" {
		return Feature{}, wrong(err, "geo.malformed", place)
	}
	f := Feature{Properties: in.Properties}
	if in.ID != nil {
		f.ID = fmt.Sprint(in.ID)
	}
	switch g.Type {
	case "": // a feature without geometry: null is allowed
		if len(in.Geometry) > 0 && string(in.Geometry) != "null" {
			return Feature{}, wrong(nil, "geo.malformed", place)
		}
	case "Point":
		f.Place, err = r.place(g.Coordinates, place)
	case "Polygon":
		f.Shape, err = r.shape(g.Coordinates, "[%s]", place)
	case "MultiPolygon":
		f.Shape, err = r.shape(g.Coordinates, "%s", place)
	default:
		return Feature{}, wrong(nil, "geo.type", place, "type", g.Type)
	}
	return f, err
}

func wrong(cause error, key, place string, args ...any) error {
	args = append(args, "place", place)
	return fault.Wrap(cause, fault.Invalid, key, args...).At(place, key, args...)
}

func (r *reader) place(raw json.RawMessage, place string) (*Point, error) {
	var c []float64
	if err := json.Unmarshal(raw, &c); err != nil || len(c) < 2 {
		return nil, wrong(err, "geo.malformed", place)
	}
	p := Point{c[0], c[1]}
	if !p.onEarth() {
		return nil, wrong(nil, "geo.not_wgs84", place)
	}
	return &p, nil
}

func (p Point) onEarth() bool {
	return math.Abs(p.Lon) <= 180 && math.Abs(p.Lat) <= 90
}

// shape reads the coordinates of a MultiPolygon; wrap makes them so for a Polygon.
func (r *reader) shape(raw json.RawMessage, wrap, place string) (Shape, error) {
	var c [][][][]float64
	if err := json.Unmarshal(fmt.Appendf(nil, wrap, raw), &c); err != nil {
		return nil, wrong(err, "geo.malformed", place)
	}
	shape := make(Shape, len(c))
	for i, poly := range c {
		if len(poly) == 0 {
			return nil, wrong(nil, "geo.ring", place)
		}
		shape[i] = make(Polygon, len(poly))
		for j, ring := range poly {
			var err error
			if shape[i][j], err = r.ring(ring, place); err != nil {
				return nil, err
			}
			shape[i][j].turn(j == 0)
		}
	}
	return shape, nil
}

func (r *reader) ring(c [][]float64, place string) (Ring, error) {
	if r.points += len(c); r.points > r.limits.Points {
		return nil, fault.New(fault.TooLarge, "geo.too_large")
	}
	ring := make(Ring, len(c))
	for i, xy := range c {
		if len(xy) < 2 {
			return nil, wrong(nil, "geo.malformed", place)
		}
		if ring[i] = (Point{xy[0], xy[1]}); !ring[i].onEarth() {
			return nil, wrong(nil, "geo.not_wgs84", place)
		}
	}
	if len(ring) < 4 || ring[0] != ring[len(ring)-1] {
		return nil, wrong(nil, "geo.ring", place)
	}
	return ring, nil
}
