package network_test

import (
	"math"
	"testing"

	"parvis/internal/portfolio/network"
)

// Anscombe 1973, first set: a slope of 0.5001, far from what chance gives; the same y against a constant has none.
func TestSlope(t *testing.T) {
	x := []float64{10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5}
	y := []float64{8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68}
	s := network.SlopeOf(x, y, 1)
	near(t, "slope", math.Round(s.Value*1e4)/1e4, .5001)
	if s.Low >= 0 || s.High <= 0 || s.Value <= s.High || s.Deals == 0 {
		t.Errorf("beside chance: %+v", s)
	}
	if again := network.SlopeOf(x, y, 1); again != s {
		t.Errorf("the same seed gives %+v, then %+v", s, again)
	}
	same := make([]float64, len(y))
	if s := network.SlopeOf(same, y, 1); !math.IsNaN(s.Value) || s.Deals != 0 {
		t.Errorf("of a constant: %+v", s)
	}
}
