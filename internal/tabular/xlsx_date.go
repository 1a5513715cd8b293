package tabular

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"
	"time"
)

// styles learns which cell formats show a date: XLSX keeps dates as numbers of days.
func (p *pack) styles() error {
	const part = "xl/styles.xml"
	if _, ok := p.parts[part]; !ok {
		return nil
	}
	custom, inFormats := map[string]string{}, false
	return p.tokens(part, func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "numFmt":
				custom[attr(t, "numFmtId")] = attr(t, "formatCode")
			case "cellXfs":
				inFormats = true
			case "xf":
				if inFormats {
					p.dates = append(p.dates, showsDate(attr(t, "numFmtId"), custom))
				}
			}
		case xml.EndElement:
			if t.Name.Local == "cellXfs" {
				inFormats = false
			}
		}
		return nil
	})
}

// showsDate: the built-in formats of ISO/IEC 29500-1 §18.8.30, and custom ones with a letter of dates.
// A duration ([h]:mm) is a number.
func showsDate(id string, custom map[string]string) bool {
	if code, ok := custom[id]; ok {
		return strings.ContainsAny(bareFormat(code), "yYmMdDhH")
	}
	n, _ := strconv.Atoi(id)
	return n >= 14 && n <= 22 || n >= 27 && n <= 36 || n >= 50 && n <= 58
}

// bareFormat drops what is shown as it is (quoted, escaped) and what is in brackets (colours, locales);
// it is empty for a duration.
func bareFormat(code string) string {
	var b strings.Builder
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '\\', '_', '*':
			i++
		case '"', '[':
			end := strings.IndexByte(code[i+1:], map[byte]byte{'"': '"', '[': ']'}[c])
			if end < 0 {
				return ""
			}
			if inside := strings.ToLower(code[i+1 : i+1+end]); c == '[' && inside != "" && strings.Trim(inside, "hms") == "" {
				return ""
			}
			i += 1 + end
		case ';':
			return b.String() // the other sections are for negative numbers and texts
		default:
			b.WriteByte(c)
		}
	}
	if strings.EqualFold(b.String(), "general") {
		return ""
	}
	return b.String()
}

// serialDate turns days since the epoch into a date cell, a time of day alone into a text. The year
// 1900 of spreadsheets has a 29 February that never was.
func serialDate(days float64, is1904 bool) (Cell, bool) {
	const most = 2_958_466 // 1 January 10000
	if !(days >= 0 && days < most) {
		return Cell{}, false
	}
	whole, fraction := math.Modf(days)
	minutes := time.Duration(math.Round(fraction*24*60)) * time.Minute
	base := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case is1904:
		base = time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)
	case whole < 60:
		base = base.AddDate(0, 0, 1)
	}
	t := base.AddDate(0, 0, int(whole)).Add(minutes)
	switch {
	case days < 1 && !is1904:
		return Cell{Text, t.Format("15:04")}, true
	case t.Year() > 9999:
		return Cell{}, false
	case t.Hour() == 0 && t.Minute() == 0:
		return Cell{Date, t.Format("2006-01-02")}, true
	}
	return Cell{Date, t.Format("2006-01-02 15:04")}, true
}
