package tabular

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// cellReader follows the elements of one sheet: row > c > v, or row > c > is > t.
type cellReader struct {
	pack   *pack
	sheet  *Sheet
	fill   *filler
	row    int // 0 outside a row, else the number of the row
	last   int // the number of the last row begun
	column int // the column of the last cell
	inCell bool
	kind   string // the attribute t of the cell
	format string // the attribute s of the cell
	depth  int    // how many phonetic readings, which are not part of the text, we are in
	inText bool
	text   strings.Builder
}

func (p *pack) sheet(s *Sheet, part string, fill *filler) error {
	r := &cellReader{pack: p, sheet: s, fill: fill}
	return p.tokens(part, r.token)
}

func (r *cellReader) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		return r.start(t)
	case xml.EndElement:
		return r.end(t.Name.Local)
	case xml.CharData:
		if r.inText && r.depth == 0 {
			if r.text.Len()+len(t) > r.fill.limits.Cell {
				return tooLarge("tabular.too_large.cell", r.fill.limits.Cell, r.sheet.At(r.row, r.column))
			}
			r.text.Write(t)
		}
	}
	return nil
}

func (r *cellReader) start(e xml.StartElement) error {
	switch name := e.Name.Local; {
	case name == "row":
		return r.startRow(attr(e, "r"))
	case name == "c" && r.row > 0:
		r.inCell, r.kind, r.format = true, attr(e, "t"), attr(e, "s")
		r.text.Reset()
		return r.startCell(attr(e, "r"))
	case name == "rPh":
		r.depth++
	case r.inCell && (name == "v" || name == "t"):
		r.inText = true
	}
	return nil
}

func (r *cellReader) startRow(number string) error {
	r.row, r.column = r.last+1, -1
	if number != "" {
		n, err := strconv.Atoi(number)
		if err != nil || n <= r.last {
			return fmt.Errorf("row %q after row %d: %w", number, r.last, errReference)
		}
		r.row = n
	}
	r.last = r.row
	return nil
}

func (r *cellReader) startCell(place string) error {
	r.column++
	letters := strings.TrimRight(place, "0123456789")
	if letters == "" {
		return nil
	}
	column := 0
	for _, c := range letters {
		if c < 'A' || c > 'Z' || len(letters) > 3 {
			return fmt.Errorf("cell %q: %w", place, errReference)
		}
		column = column*26 + int(c-'A') + 1
	}
	if column-1 < r.column {
		return fmt.Errorf("cell %q out of order: %w", place, errReference)
	}
	r.column = column - 1
	return nil
}

func (r *cellReader) end(name string) error {
	switch name {
	case "row":
		r.row = 0
	case "rPh":
		r.depth--
	case "v", "t":
		r.inText = false
	case "c":
		r.inCell = false
		if r.row == 0 || r.text.Len() == 0 {
			return nil
		}
		cell, err := r.cell(r.text.String())
		if err != nil {
			return malformed(err, r.sheet.At(r.row, r.column))
		}
		return r.fill.put(r.sheet, r.row, r.column, cell)
	}
	return nil
}

func (r *cellReader) cell(text string) (Cell, error) {
	switch r.kind {
	case "s":
		i, err := strconv.Atoi(text)
		if err != nil || i < 0 || i >= len(r.pack.strings) {
			return Cell{}, fmt.Errorf("text %q: %w", text, errReference)
		}
		return Cell{Text, r.pack.strings[i]}, nil
	case "str", "inlineStr":
		return Cell{Text, unescape(text)}, nil
	case "b":
		return Cell{Bool, strconv.FormatBool(truth(text))}, nil
	case "e":
		return Cell{Error, text}, nil
	case "d":
		return Cell{Date, strings.Replace(strings.TrimSuffix(text, "T00:00:00"), "T", " ", 1)}, nil
	}
	return r.number(text)
}

func (r *cellReader) number(text string) (Cell, error) {
	f, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil {
		return Cell{}, err
	}
	if i, err := strconv.Atoi(r.format); err == nil && i >= 0 && i < len(r.pack.dates) && r.pack.dates[i] {
		if c, ok := serialDate(f, r.pack.is1904); ok {
			return c, nil
		}
	}
	return Cell{Number, decimal(f)}, nil
}

// decimal writes a number as the person saw it: to 15 significant digits, which is what spreadsheets
// keep, so that 0.1+0.2 is 0.3.
func decimal(f float64) string {
	if rounded, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64); err == nil {
		f = rounded
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

func truth(s string) bool { return s == "1" || s == "true" }

// sharedStrings reads the texts that cells refer to by number.
func (p *pack) sharedStrings() error {
	const part = "xl/sharedstrings.xml"
	if _, ok := p.parts[part]; !ok {
		return nil // a book of numbers has none
	}
	var text strings.Builder
	inText, phonetic := false, 0
	return p.tokens(part, func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			inText = t.Name.Local == "t"
			if t.Name.Local == "rPh" {
				phonetic++
			}
		case xml.EndElement:
			inText = false
			switch t.Name.Local {
			case "rPh":
				phonetic--
			case "si":
				p.strings = append(p.strings, unescape(text.String()))
				text.Reset()
			}
		case xml.CharData:
			if inText && phonetic == 0 {
				text.Write(t)
			}
		}
		return nil
	})
}

// unescape reads the _xHHHH_ that stand for characters XML cannot hold.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if i+7 <= len(s) && s[i] == '_' && s[i+1] == 'x' && s[i+6] == '_' {
			if n, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil && n != 0 {
				b.WriteRune(rune(n))
				i += 6
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
