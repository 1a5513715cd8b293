package i18n

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold reduces a text to what a search compares: lower case, without diacritics, œ as oe, curly
// apostrophes as straight ones, every run of white space as one space. "Cœur d’Îlot" is "coeur d'ilot".
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range norm.NFKD.String(s) {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			space = b.Len() > 0
			continue
		}
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		writeFolded(&b, unicode.ToLower(r))
	}
	return b.String()
}

func writeFolded(b *strings.Builder, r rune) {
	switch r {
	case 'œ':
		b.WriteString("oe")
	case 'æ':
		b.WriteString("ae")
	case 'ß':
		b.WriteString("ss")
	case 'ø':
		b.WriteByte('o')
	case 'ł':
		b.WriteByte('l')
	case '’', 'ʼ', '‘':
		b.WriteByte('\'')
	case '‐', '‑', '–', '—':
		b.WriteByte('-')
	default:
		b.WriteRune(r)
	}
}

// SortKey gives a text whose byte order is the order of a French dictionary, which English shares:
// letters first, without case, accents, hyphens or apostrophes; numbers by value ("2e" before "10e");
// then, among equals, the accents and the case of the original.
func SortKey(s string) string {
	var b strings.Builder
	b.Grow(2*len(s) + 8)
	folded := []rune(Fold(s))
	for i := 0; i < len(folded); i++ {
		switch r := folded[i]; {
		case r >= '0' && r <= '9':
			i += writeNumber(&b, folded[i:]) - 1
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		case r == '\'':
		default:
			b.WriteByte(' ')
		}
	}
	// \x01 is below the space, so that a text sorts before its continuations; PostgreSQL keeps no NUL.
	b.WriteByte('\x01')
	original := strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\x00", "")
	b.WriteString(norm.NFC.String(original))
	return b.String()
}

// writeNumber writes a run of digits behind its length, so that byte order is numeric order, and
// returns how many digits it read.
func writeNumber(b *strings.Builder, rs []rune) int {
	end := 0
	for end < len(rs) && rs[end] >= '0' && rs[end] <= '9' {
		end++
	}
	digits := strings.TrimLeft(string(rs[:end]), "0")
	if len(digits) < 9 {
		b.WriteByte('0' + byte(len(digits)))
	} else {
		b.WriteByte('9')
		b.WriteRune('0' + rune(len(digits)-9)) // UTF-8 keeps the order of code points
	}
	b.WriteString(digits)
	return end
}
