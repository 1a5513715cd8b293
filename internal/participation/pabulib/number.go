package pabulib

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// Withdrawn is the cost that marks a project withdrawn after the ballot was printed.
const Withdrawn = 999999999

// maxDecimals bounds the decimals of an amount: no currency has more than four.
const maxDecimals = 6

// Decimal is an exact decimal number: Digits × 10^-Places.
type Decimal struct {
	Digits int64
	Places int
}

// What is wrong with a number, by the last part of a message key.
var (
	errNotNumber = errors.New("number")
	errTooLarge  = errors.New("too_large")
	errTooFine   = errors.New("too_fine")
)

// ParseDecimal reads "75000", "75000.0" or "12.50"; zeros at the end are dropped.
func ParseDecimal(s string) (Decimal, error) {
	whole, frac, dotted := strings.Cut(s, ".")
	frac = strings.TrimRight(frac, "0")
	sign := strings.HasPrefix(whole, "-")
	if !allDigits(strings.TrimPrefix(whole, "-")) || dotted && frac != "" && !allDigits(frac) {
		return Decimal{}, errNotNumber
	}
	if len(frac) > maxDecimals {
		return Decimal{}, errTooFine
	}
	v, err := strconv.ParseInt(whole+frac, 10, 64)
	if err != nil {
		return Decimal{}, errTooLarge
	}
	if sign && v == 0 {
		return Decimal{}, nil
	}
	return Decimal{Digits: v, Places: len(frac)}, nil
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// Scaled gives the number in units of 10^-places; false when it does not fit an int64.
func (d Decimal) Scaled(places int) (int64, bool) {
	v := d.Digits
	for range places - d.Places {
		if v > math.MaxInt64/10 || v < math.MinInt64/10 {
			return 0, false
		}
		v *= 10
	}
	return v, places >= d.Places
}

// Cmp compares two decimals: -1, 0 or 1.
func (d Decimal) Cmp(o Decimal) int {
	for d.Places < o.Places && fits(d.Digits) {
		d = Decimal{d.Digits * 10, d.Places + 1}
	}
	for o.Places < d.Places && fits(o.Digits) {
		o = Decimal{o.Digits * 10, o.Places + 1}
	}
	switch {
	case d.Places > o.Places: // o is too large to be written with d's decimals
		return -sign(o.Digits)
	case d.Places < o.Places:
		return sign(d.Digits)
	case d.Digits < o.Digits:
		return -1
	case d.Digits > o.Digits:
		return 1
	}
	return 0
}

func fits(v int64) bool { return v <= math.MaxInt64/10 && v >= math.MinInt64/10 }

func sign(v int64) int {
	if v < 0 {
		return -1
	}
	return 1
}

// String writes the number as the format does: "12.5".
func (d Decimal) String() string {
	digits := strconv.FormatInt(d.Digits, 10)
	if d.Places == 0 {
		return digits
	}
	minus := ""
	if d.Digits < 0 {
		minus, digits = "-", digits[1:]
	}
	if len(digits) <= d.Places {
		digits = strings.Repeat("0", d.Places-len(digits)+1) + digits
	}
	at := len(digits) - d.Places
	return strings.TrimSuffix(minus+digits[:at]+"."+strings.TrimRight(digits[at:], "0"), ".")
}

func (d Decimal) withdrawn() bool { return d.Places == 0 && d.Digits == Withdrawn }
