package calendar

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"parvis/internal/fault"
)

// ReadFuzzy reads a date as people type it, French or English, as precise as they know it: "2014",
// "T2 2014", "2e trimestre 2014", "05/2014", "mai 2014", "06/05/2014", "6 mai 2014", "1er mai 2014"
// and the forms of ParseFuzzy. The day comes before the month; a year has four digits.
// Faults: Invalid calendar.fuzzy.format, calendar.day.impossible.
func ReadFuzzy(s string) (Fuzzy, error) {
	s = strings.TrimSpace(s)
	if f, err := ParseFuzzy(s); err == nil {
		return f, nil
	}
	f, ok := readParts(strings.FieldsFunc(strings.ToLower(s), separates))
	if !ok {
		return "", fault.New(fault.Invalid, "calendar.fuzzy.format", "value", s)
	}
	if f.Precision() == Unknown {
		return "", fault.New(fault.Invalid, "calendar.day.impossible", "value", s)
	}
	return f, nil
}

// ReadDay reads a day as people type it: see ReadFuzzy.
// Faults: Invalid calendar.day.format, calendar.day.impossible.
func ReadDay(s string) (Day, error) {
	f, err := ReadFuzzy(s)
	if err != nil && err.(*fault.Error).Key == "calendar.day.impossible" {
		return "", err
	}
	if err != nil || (f != "" && f.Precision() != ToDay) {
		return "", fault.New(fault.Invalid, "calendar.day.format", "value", strings.TrimSpace(s))
	}
	return Day(f), nil
}

func separates(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("/.-,", r) }

// readParts returns the date that the words mean; it may not exist (31 June).
func readParts(w []string) (Fuzzy, bool) {
	switch len(w) {
	case 1:
		return "", false // a bare year was read by ParseFuzzy
	case 2:
		return readTwo(w[0], w[1])
	case 3:
		return readThree(w[0], w[1], w[2])
	}
	return "", false
}

func readTwo(a, b string) (Fuzzy, bool) {
	if isYear(a) {
		a, b = b, a
	}
	if !isYear(b) {
		return "", false
	}
	if q := readQuarter(a); q > 0 {
		return Fuzzy(fmt.Sprintf("%s-Q%d", b, q)), true
	}
	m := readMonth(a)
	return Fuzzy(fmt.Sprintf("%s-%02d", b, m)), m > 0
}

func readThree(a, b, c string) (Fuzzy, bool) {
	if isYear(a) {
		a, c = c, a
	}
	if !isYear(c) {
		return "", false
	}
	if b == "trimestre" || b == "quarter" {
		q := readQuarter("t" + a[:1])
		return Fuzzy(fmt.Sprintf("%s-Q%d", c, q)), q > 0
	}
	m, d := readMonth(b), readDayOfMonth(a)
	return Fuzzy(fmt.Sprintf("%s-%02d-%02d", c, m, d)), m > 0 && d > 0
}

func isYear(s string) bool {
	_, ok := digits(s)
	return ok && len(s) == 4
}

func readQuarter(s string) int {
	if len(s) == 2 && (s[0] == 't' || s[0] == 'q') && s[1] >= '1' && s[1] <= '4' {
		return int(s[1] - '0')
	}
	return 0
}

func readDayOfMonth(s string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(s, "er"))
	if err != nil || n < 1 || n > 99 {
		return 0
	}
	return n
}

// readMonth returns 1 to 12 for a name, and the number itself for a number, so that month 13 is
// told to be impossible rather than unreadable.
func readMonth(s string) int {
	if n, ok := digits(s); ok && len(s) <= 2 {
		return n
	}
	switch strings.NewReplacer("é", "e", "û", "u").Replace(s) {
	case "janvier", "janv", "january", "jan":
		return 1
	case "fevrier", "fevr", "fev", "february", "feb":
		return 2
	case "mars", "march", "mar":
		return 3
	case "avril", "avr", "april", "apr":
		return 4
	case "mai", "may":
		return 5
	case "juin", "june", "jun":
		return 6
	case "juillet", "juil", "july", "jul":
		return 7
	case "aout", "august", "aug":
		return 8
	case "septembre", "sept", "september", "sep":
		return 9
	case "octobre", "oct", "october":
		return 10
	case "novembre", "nov", "november":
		return 11
	case "decembre", "dec", "december":
		return 12
	}
	return 0
}
