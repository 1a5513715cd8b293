package geo_test

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"testing"

	"parvis/internal/geo"
)

// paris reads a file of the city's open data, from the folder PARVIS_OPENDATA.
func paris(tb testing.TB, name string) []geo.Feature {
	tb.Helper()
	dir := os.Getenv("PARVIS_OPENDATA")
	if dir == "" {
		tb.Skip("PARVIS_OPENDATA is not set")
	}
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	features, err := geo.Read(f, geo.Usual())
	if err != nil {
		tb.Fatal(err)
	}
	return features
}

func TestArrondissementsOfParis(t *testing.T) {
	features := paris(t, "paris-arrondissements.geojson")
	if len(features) != 20 {
		t.Fatalf("%d arrondissements", len(features))
	}
	layer := geo.NewLayer(features)
	for p, want := range map[geo.Point]float64{
		{2.3522, 48.8566}: 4,                                                                     // Hôtel de Ville
		{2.2945, 48.8584}: 7, {2.3431, 48.8867}: 18, {2.3622, 48.8674}: 3, {2.3958, 48.8483}: 12, // Eiffel, Sacré-Cœur, near République, Nation
	} {
		f := layer.At(p)
		if f == nil || f.Properties["c_ar"] != want {
			t.Errorf("%v is in %v, want %v", p, f, want)
		}
	}
	for _, f := range features {
		if want, ok := f.Properties["surface"].(float64); !ok || math.Abs(f.Shape.Area()/want-1) > 0.006 {
			t.Errorf("%v: %v m², the city says %v", f.Properties["c_ar"], f.Shape.Area(), want)
		}
		if l := f.Shape.LabelPoint(); layer.At(l) == nil || layer.At(l).Properties["c_ar"] != f.Properties["c_ar"] {
			t.Errorf("label of %v outside", f.Properties["c_ar"])
		}
		if err := f.Shape.Valid(); err != nil {
			t.Errorf("%v: %v", f.Properties["c_ar"], err)
		}
	}
}

func TestEveryQuartierIsInOneArrondissement(t *testing.T) {
	quartiers := paris(t, "paris-quartiers.geojson")
	layer := geo.NewLayer(paris(t, "paris-arrondissements.geojson"))
	if len(quartiers) != 80 {
		t.Fatalf("%d quartiers", len(quartiers))
	}
	for _, q := range quartiers {
		f := layer.At(q.Shape.LabelPoint())
		if f == nil || f.Properties["c_ar"] != q.Properties["c_ar"] {
			t.Errorf("%v", q.Properties)
		}
	}
}

// Thinning must keep the city covered: every place stays in one territory, nearly always the same.
func TestSimplifiedParisHasNoGap(t *testing.T) {
	for _, name := range []string{"paris-arrondissements.geojson", "paris-quartiers.geojson"} {
		before := paris(t, name)
		after := geo.Simplify(before, 15)
		a, b := geo.NewLayer(before), geo.NewLayer(after)
		box, total, moved, gaps, overlaps := geo.BoxOf(before), 0, 0, 0, 0
		for i := range 150 {
			for j := range 150 {
				p := geo.Point{Lon: box.West + (box.East-box.West)*float64(i)/150, Lat: box.South + (box.North-box.South)*float64(j)/150}
				f, g := a.At(p), b.At(p)
				if f == nil {
					continue
				}
				total++
				switch {
				case g == nil:
					gaps++
				case g.Properties["c_ar"] != f.Properties["c_ar"]:
					moved++
				}
				if holders(after, p) > 1 && holders(before, p) == 1 {
					overlaps++
				}
			}
		}
		t.Logf("%s: %d points thinned to %d; of %d places %d moved, %d in a gap, %d in two", name, countPoints(before), countPoints(after), total, moved, gaps, overlaps)
		if countPoints(after)*2 > countPoints(before) || moved*100 > total || gaps*200 > total || overlaps*500 > total {
			t.Errorf("%s: %d points, %d moved, %d gaps, %d overlaps of %d", name, countPoints(after), moved, gaps, overlaps, total)
		}
	}
}

func holders(features []geo.Feature, p geo.Point) (n int) {
	for _, f := range features {
		if f.Shape.Contains(p) {
			n++
		}
	}
	return n
}

func TestParisRoundTrips(t *testing.T) {
	features := paris(t, "paris-quartiers.geojson")
	var b bytes.Buffer
	if err := geo.Write(&b, features); err != nil {
		t.Fatal(err)
	}
	again, err := geo.Read(&b, geo.Usual())
	if err != nil || countPoints(again) != countPoints(features) {
		t.Fatalf("%d points of %d, %v", countPoints(again), countPoints(features), err)
	}
}

func BenchmarkAt(b *testing.B) {
	layer := geo.NewLayer(paris(b, "paris-quartiers.geojson"))
	for b.Loop() {
		layer.At(geo.Point{Lon: 2.3522, Lat: 48.8566})
	}
}
