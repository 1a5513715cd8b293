// Package qr draws QR codes (ISO/IEC 18004) as SVG, for receipts, sensors and posters.
package qr

import (
	"fmt"
	"strings"

	"github.com/a-h/templ"
	"rsc.io/qr"
)

// quiet is the margin the standard asks for, in modules.
const quiet = 4

// Code is a text as a square of dark and light modules.
type Code struct {
	Size int    // modules a side, margins included
	Path string // SVG path data of the dark modules
}

// Encode makes the code of a text, with correction level M (15 % of it may be damaged). It fails
// when the text is too long: 2331 bytes.
func Encode(text string) (Code, error) {
	c, err := qr.Encode(text, qr.M)
	if err != nil {
		return Code{}, fmt.Errorf("qr: %w", err)
	}
	return Code{Size: c.Size + 2*quiet, Path: path(c)}, nil
}

// path draws each run of dark modules in a row as one rectangle.
func path(c *qr.Code) string {
	var b strings.Builder
	for y := range c.Size {
		for x := 0; x < c.Size; x++ {
			start := x
			for x < c.Size && c.Black(x, y) {
				x++
			}
			if x > start {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", start+quiet, y+quiet, x-start, x-start)
			}
		}
	}
	return b.String()
}

// Figure shows the code of a text; label says where it leads. Show the address in words as well.
func Figure(text, label string) templ.Component {
	c, err := Encode(text)
	if err != nil {
		return templ.NopComponent
	}
	return figure(c, label)
}
