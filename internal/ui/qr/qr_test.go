package qr_test

import (
	"fmt"
	"strings"
	"testing"

	"parvis/internal/ui/qr"
)

// grid reads the drawing back into modules.
func grid(t *testing.T, c qr.Code) [][]bool {
	t.Helper()
	g := make([][]bool, c.Size)
	for i := range g {
		g[i] = make([]bool, c.Size)
	}
	for _, run := range strings.Split(c.Path, "M")[1:] {
		var x, y, w, back int
		if _, err := fmt.Sscanf(run, "%d %dh%dv1h-%dz", &x, &y, &w, &back); err != nil || w != back {
			t.Fatalf("run %q: %v", run, err)
		}
		for i := range w {
			g[y][x+i] = true
		}
	}
	return g
}

// ISO/IEC 18004: a quiet zone of 4 modules, a finder of 7 in three corners, the timing lines between.
func TestTheCodeHasItsMarginFindersAndTiming(t *testing.T) {
	c, err := qr.Encode("https://parvis.example/id/initiative/P-2026-142")
	if err != nil {
		t.Fatal(err)
	}
	g := grid(t, c)
	for i := range c.Size {
		for m := range 4 {
			if g[m][i] || g[i][m] || g[c.Size-1-m][i] || g[i][c.Size-1-m] {
				t.Fatal("the margin is not blank")
			}
		}
	}
	finder := []string{"1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"}
	for _, corner := range [][2]int{{4, 4}, {c.Size - 11, 4}, {4, c.Size - 11}} {
		for y, row := range finder {
			for x, want := range row {
				if g[corner[1]+y][corner[0]+x] != (want == '1') {
					t.Fatalf("no finder at %v", corner)
				}
			}
		}
	}
	for i := 12; i < c.Size-12; i++ {
		if g[10][i] != (i%2 == 0) || g[i][10] != (i%2 == 0) {
			t.Fatalf("the timing lines break at %d", i)
		}
	}
}

func TestTooLongATextIsRefused(t *testing.T) {
	if _, err := qr.Encode(strings.Repeat("a", 3000)); err == nil {
		t.Error("a text no code can hold was accepted")
	}
}
