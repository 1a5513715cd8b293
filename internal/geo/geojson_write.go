package geo

import (
	"bufio"
	"encoding/json"
	"io"
	"iter"
	"math"
	"slices"
	"strconv"
)

// turn makes a ring run counterclockwise or clockwise: the right-hand rule of RFC 7946 §3.1.6 wants
// outer rings counterclockwise and holes clockwise.
func (r Ring) turn(counterclockwise bool) {
	if (r.signedArea() > 0) != counterclockwise {
		slices.Reverse(r)
	}
}

// precision is the decimals of a written degree: 7 are a centimetre.
const precision = 7

// Write writes features as a GeoJSON FeatureCollection (RFC 7946): WGS 84, right-hand rule, a box, seven
// decimals, no crs. It fails when a property cannot be JSON or w fails.
func Write(w io.Writer, features []Feature) error {
	b := &writer{Writer: bufio.NewWriter(w)}
	b.WriteString(`{"type":"FeatureCollection"`)
	if box := BoxOf(features); !box.Empty() {
		b.WriteString(`,"bbox":`)
		b.numbers(box.West, box.South, box.East, box.North)
	}
	return b.features(slices.Values(features))
}

// Stream is Write for features that are made while they are written: there is no box, which would need all of them
// first.
func Stream(w io.Writer, features iter.Seq[Feature]) error {
	b := &writer{Writer: bufio.NewWriter(w)}
	b.WriteString(`{"type":"FeatureCollection"`)
	return b.features(features)
}

func (b *writer) features(features iter.Seq[Feature]) error {
	b.WriteString(`,"features":[`)
	n := 0
	for f := range features {
		b.comma(n)
		if err := b.feature(&f); err != nil {
			return err
		}
		n++
	}
	b.WriteString("]}\n")
	return b.Flush()
}

type writer struct {
	*bufio.Writer // keeps its first error until Flush
}

func (b *writer) comma(i int) {
	if i > 0 {
		b.WriteByte(',')
	}
}

func (b *writer) numbers(all ...float64) {
	b.WriteByte('[')
	for i, f := range all {
		b.comma(i)
		scale := math.Pow10(precision)
		b.WriteString(strconv.FormatFloat(math.Round(f*scale)/scale+0, 'f', -1, 64))
	}
	b.WriteByte(']')
}

func (b *writer) feature(f *Feature) error {
	b.WriteString(`{"type":"Feature"`)
	if f.ID != "" {
		b.WriteString(`,"id":`)
		id, _ := json.Marshal(f.ID)
		b.Write(id)
	}
	b.WriteString(`,"geometry":`)
	b.geometry(f)
	b.WriteString(`,"properties":`)
	properties, err := json.Marshal(f.Properties) // null for none, as the RFC allows
	if err != nil {
		return err
	}
	b.Write(properties)
	return b.WriteByte('}')
}

func (b *writer) geometry(f *Feature) {
	switch {
	case len(f.Shape) == 1:
		b.WriteString(`{"type":"Polygon","coordinates":`)
		b.polygon(f.Shape[0])
		b.WriteByte('}')
	case len(f.Shape) > 1:
		b.WriteString(`{"type":"MultiPolygon","coordinates":[`)
		for i, p := range f.Shape {
			b.comma(i)
			b.polygon(p)
		}
		b.WriteString("]}")
	case f.Place != nil:
		b.WriteString(`{"type":"Point","coordinates":`)
		b.numbers(f.Place.Lon, f.Place.Lat)
		b.WriteByte('}')
	default:
		b.WriteString("null")
	}
}

func (b *writer) polygon(p Polygon) {
	b.WriteByte('[')
	for i, ring := range p {
		b.comma(i)
		ring = slices.Clone(ring)
		ring.turn(i == 0)
		b.WriteByte('[')
		for j, pt := range ring {
			b.comma(j)
			b.numbers(pt.Lon, pt.Lat)
		}
		b.WriteByte(']')
	}
	b.WriteByte(']')
}
