package money

import (
	"strings"
	"unicode"

	"parvis/internal/fault"
)

// Parse reads an amount of euros as people type it: "180 000 €", "1 234,56", "1.234,56", "1,234.56",
// "12000", "-12,5", "180 k€", "1,2 M€", "3 Md€", "1,2 million d'euros", "12 CHF". The last of two
// different separators is the decimal one; a single one before exactly three digits ("1.234") is
// refused as ambiguous, for a budget must not be read a thousand times too large.
// Faults: Invalid money.format, money.ambiguous, money.decimals, money.too_large.
func Parse(s string) (Amount, error) {
	t := &typed{original: strings.TrimSpace(s)}
	number, unit := t.cut()
	scale, currency, ok := readUnit(unit)
	if !ok || number == "" {
		return Amount{}, t.fault("money.format")
	}
	whole, frac, err := t.separate(number, scale > 0)
	if err != nil {
		return Amount{}, err
	}
	cents, err := t.cents(whole, frac, scale)
	if err != nil {
		return Amount{}, err
	}
	return Amount{cents, currency}, nil
}

// typed is an amount being read.
type typed struct {
	original string
	negative bool
}

func (t *typed) fault(key string, args ...any) error {
	return fault.New(fault.Invalid, key, append([]any{"value", t.original}, args...)...)
}

// cut takes off the sign and the currency in front, and separates the number, its spaces kept, from
// the unit behind.
func (t *typed) cut() (number, unit string) {
	s := strings.Map(plainSpace, t.original)
	s, front := trimPrefix(s, "€")
	for _, sign := range []string{"-", "−", "–"} {
		if s, t.negative = trimPrefix(s, sign); t.negative {
			break
		}
	}
	if !front {
		s, front = trimPrefix(s, "€")
	}
	end := strings.IndexFunc(s, func(r rune) bool { return !strings.ContainsRune("0123456789,. ", r) })
	if end < 0 {
		return s, ""
	}
	if front && strings.Contains(s[end:], "€") {
		return "", ""
	}
	return strings.TrimRight(s[:end], " "), strings.ReplaceAll(s[end:], " ", "")
}

func trimPrefix(s, prefix string) (string, bool) {
	rest, ok := strings.CutPrefix(s, prefix)
	return strings.TrimLeft(rest, " "), ok
}

func plainSpace(r rune) rune {
	if unicode.IsSpace(r) {
		return ' '
	}
	return r
}

// readUnit gives the power of ten and the currency of "k€", "M€", "millionsd'euros", "€", "CHF", "".
func readUnit(unit string) (scale int, currency string, ok bool) {
	low := strings.ReplaceAll(strings.ToLower(unit), "’", "'")
	rest := low
	for _, m := range multipliers {
		if after, found := strings.CutPrefix(low, m.word); found && isCurrency(after) {
			scale, rest = m.scale, after
			break
		}
	}
	switch {
	case rest == "" || isCurrency(rest):
		return scale, EUR, true
	case len(unit) == 3 && strings.ToUpper(unit) == unit && isLetters(unit):
		return 0, unit, true
	}
	return 0, "", false
}

// multipliers: the longer words first, for they contain the shorter.
var multipliers = []struct {
	word  string
	scale int
}{
	{"milliards", 9}, {"milliard", 9}, {"mds", 9}, {"md", 9}, {"bn", 9},
	{"millions", 6}, {"million", 6}, {"mille", 3}, {"m", 6}, {"k", 3},
}

func isCurrency(s string) bool {
	switch s {
	case "", "€", "eur", "euro", "euros", "d'euros":
		return true
	}
	return false
}

func isLetters(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < 'A' || r > 'Z' }) < 0
}

// separate finds which of , and . is the decimal separator and removes those of the groups.
func (t *typed) separate(n string, scaled bool) (whole, frac string, err error) {
	whole = n
	if last := strings.LastIndexAny(n, ",."); last >= 0 {
		before, after := n[:last], n[last+1:]
		single := !strings.ContainsAny(before, ",.")
		switch {
		case after == "" || strings.Contains(after, " "):
			return "", "", t.fault("money.format")
		case single && len(after) == 3 && looksGrouped(before) && !scaled:
			return "", "", t.fault("money.ambiguous", "whole", before+after, "decimal", before+","+after[:2])
		case single || !strings.Contains(before, n[last:last+1]): // else 1.234.567: it can only group
			whole, frac = before, after
		}
	}
	whole, ok := ungroup(whole)
	if !ok {
		return "", "", t.fault("money.format")
	}
	return whole, frac, nil
}

func looksGrouped(before string) bool {
	return len(before) >= 1 && len(before) <= 3 && before[0] != '0' && !strings.Contains(before, " ")
}

// ungroup removes the one kind of separator, if every group after the first has three digits.
func ungroup(s string) (string, bool) {
	first := strings.IndexAny(s, ",. ")
	if first < 0 {
		return s, s != ""
	}
	groups := strings.Split(s, s[first:first+1])
	for i, g := range groups {
		if strings.ContainsAny(g, ",. ") || (i > 0 && len(g) != 3) || g == "" || len(g) > 3 {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

// cents computes (whole.frac) × 10^(scale+2), exactly; eighteen digits always fit.
func (t *typed) cents(whole, frac string, scale int) (int64, error) {
	frac = strings.TrimRight(frac, "0")
	if len(frac) > scale+2 {
		return 0, t.fault("money.decimals")
	}
	digits := strings.TrimLeft(whole+frac+strings.Repeat("0", scale+2-len(frac)), "0")
	if len(digits) > 18 {
		return 0, t.fault("money.too_large")
	}
	var n int64
	for _, c := range []byte(digits) {
		n = n*10 + int64(c-'0')
	}
	if t.negative {
		n = -n
	}
	return n, nil
}
