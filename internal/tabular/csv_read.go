package tabular

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

var errBinary = errors.New("NUL bytes: not a text")

// readCSV reads RFC 4180 with what French spreadsheets do to it: ; or tab for comma, Windows-1252 or
// UTF-16 for UTF-8, a byte order mark, a first line "sep=;". A paste from a spreadsheet is such a file.
func readCSV(data []byte, l Limits) (*Book, error) {
	text, err := decode(data)
	if err != nil {
		return nil, malformed(err, "A1")
	}
	comma, body, skipped := separator(text)
	r := csv.NewReader(bytes.NewReader(body))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = comma, -1, true
	sheet, fill := Sheet{Comma: comma}, filler{limits: l}
	row, before := skipped, int64(0)
	for {
		fields, err := r.Read()
		if err == io.EOF {
			break
		}
		row += 1 + blankLines(body[before:]) // the reader skips them, a spreadsheet shows them
		if err != nil {
			return nil, malformed(err, sheet.At(row, 0))
		}
		before = r.InputOffset()
		for i, f := range fields {
			if err := fill.put(&sheet, row, i, Cell{Text, Plain(strings.TrimSpace(f))}); err != nil {
				return nil, err
			}
		}
	}
	return &Book{Sheets: []Sheet{sheet}}, nil
}

func blankLines(rest []byte) int {
	for n := 0; ; n++ {
		switch {
		case bytes.HasPrefix(rest, []byte("\n")):
			rest = rest[1:]
		case bytes.HasPrefix(rest, []byte("\r\n")):
			rest = rest[2:]
		default:
			return n
		}
	}
}

// decode turns the file into UTF-8 without byte order mark.
func decode(data []byte) ([]byte, error) {
	var enc encoding.Encoding
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		enc = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case bytes.IndexByte(data, 0) >= 0:
		return nil, errBinary
	case utf8.Valid(data):
		return bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), nil
	default:
		enc = charmap.Windows1252
	}
	text, err := enc.NewDecoder().Bytes(data)
	if err == nil && bytes.IndexByte(text, 0) >= 0 {
		return nil, errBinary
	}
	return text, err
}

// separator finds the separator, by a first line "sep=;" (then taken off: it is one row) or as the
// one that cuts the first lines into the most columns.
func separator(text []byte) (comma rune, body []byte, skipped int) {
	line, rest, _ := bytes.Cut(text, []byte("\n"))
	if line = bytes.TrimRight(line, "\r"); len(line) == 5 && bytes.EqualFold(line[:4], []byte("sep=")) &&
		bytes.IndexByte([]byte(";,\t|"), line[4]) >= 0 {
		return rune(line[4]), rest, 1
	}
	best, bestScore := ',', 0
	for _, c := range ";\t," {
		if s := score(text, c); s > bestScore {
			best, bestScore = c, s
		}
	}
	return best, text, 0
}

// score is the smallest positive number of separators on one of the first lines, outside quotes, or
// 0 when half of the lines have none.
func score(text []byte, comma rune) int {
	counts, quoted := []int{0}, false
	for _, b := range text[:min(len(text), 64<<10)] {
		switch {
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == '\n':
			counts = append(counts, 0)
		case rune(b) == comma:
			counts[len(counts)-1]++
		}
		if len(counts) > 20 {
			break
		}
	}
	with, least := 0, 0
	for _, n := range counts {
		if n > 0 {
			with++
			if least == 0 || n < least {
				least = n
			}
		}
	}
	if counts[0] == 0 && 2*with < len(counts) {
		return 0
	}
	return least*1000 + with
}

// Plain undoes the apostrophe that Neutral, or a spreadsheet, puts before a text that looks like a formula.
func Plain(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && risky(strings.TrimLeft(rest, "' ")) {
		return rest
	}
	return s
}

// Neutral puts an apostrophe before a text that a spreadsheet would take for a formula.
func Neutral(s string) string {
	if risky(strings.TrimLeft(s, "' ")) {
		return "'" + s
	}
	return s
}

// risky tells whether a spreadsheet may run s: it begins like a formula, in ASCII or full width, or
// with a character that spreadsheets drop before they look (OWASP, CSV Injection). A plain number
// with its sign is only a number.
func risky(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	if !strings.ContainsRune("=+-@\t\r\n＝＋－＠", r) || s == "" {
		return false
	}
	_, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	return err != nil || strings.ContainsAny(s, "xXpPiInN_")
}
