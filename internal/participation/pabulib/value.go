package pabulib

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// fault says what is wrong with a value of the given shape, by the last part of a message key; "" when
// nothing is.
func (sh shape) fault(v string) string {
	switch sh {
	case whole:
		return wholeFault(v)
	case amount:
		return amountFault(v)
	case day:
		return dayFault(v)
	case language:
		return codeFault(v, 2, 'a', 'z', "language")
	case currency:
		return codeFault(v, 3, 'A', 'Z', "currency")
	case comment:
		return unless(strings.HasPrefix(v, "#1: "), "comment")
	case latitude:
		return degreesFault(v, 90)
	case longitude:
		return degreesFault(v, 180)
	case age:
		return unless(v == "" || isAge(v), "age")
	}
	return sh.oneOf(v)
}

// oneOf checks the shapes that are closed lists.
func (sh shape) oneOf(v string) string {
	var list []string
	switch sh {
	case flag:
		list = []string{"1"}
	case voteType:
		list = VoteTypes()
	case rule:
		list = Rules()
	case selected:
		list = []string{"", "0", "1", "2", "3"}
	case sex:
		list = []string{"", "M", "F", "O"}
	case method:
		list = []string{"", "internet", "paper"}
	default:
		return ""
	}
	return unless(slices.Contains(list, v), "choice")
}

func unless(good bool, cause string) string {
	if good {
		return ""
	}
	return cause
}

func wholeFault(v string) string {
	if !allDigits(strings.TrimPrefix(v, "-")) {
		return "whole"
	}
	if _, err := strconv.ParseInt(v, 10, 64); err != nil {
		return "too_large"
	}
	return unless(v[0] != '-', "negative")
}

func amountFault(v string) string {
	d, err := ParseDecimal(v)
	if err != nil {
		return err.Error()
	}
	return unless(d.Digits >= 0, "negative")
}

func dayFault(v string) string {
	if _, ok := parseDay(v); ok {
		return ""
	}
	return "day"
}

// parseDay reads DD.MM.YYYY, or YYYY as its first day.
func parseDay(v string) (time.Time, bool) {
	if t, err := time.Parse("02.01.2006", v); err == nil {
		return t, true
	}
	t, err := time.Parse("2006", v)
	return t, err == nil
}

func codeFault(v string, n int, from, to byte, what string) string {
	good := len(v) == n
	for i := range len(v) {
		good = good && v[i] >= from && v[i] <= to
	}
	return unless(good, what)
}

func degreesFault(v string, most float64) string {
	if v == "" {
		return ""
	}
	f, err := strconv.ParseFloat(v, 64)
	return unless(err == nil && f >= -most && f <= most, "degrees")
}

func isAge(v string) bool {
	from, to, ranged := strings.Cut(v, "-")
	if ranged && to != "" && !allDigits(to) {
		return false
	}
	return allDigits(strings.TrimSuffix(from, "+")) && len(from) <= 4
}
