// Package money holds amounts as whole cents with their currency and reads what people type.
//
// Nothing here is a float: public accounts are exact. Formatting for people is package i18n's.
package money

import (
	"cmp"
	"math"
	"math/bits"

	"parvis/internal/fault"
)

// EUR is the currency of French public accounts.
const EUR = "EUR"

// Amount is a sum of money in hundredths of its currency (ISO 4217 code). The zero Amount is no
// money in no currency, neutral for Add.
type Amount struct {
	Cents    int64
	Currency string
}

// Euros returns a whole number of euros; it panics when that overflows, being meant for constants.
func Euros(n int64) Amount {
	if n > math.MaxInt64/100 || n < math.MinInt64/100 {
		panic("money: overflow")
	}
	return Amount{n * 100, EUR}
}

// Cents returns a number of euro cents.
func Cents(n int64) Amount { return Amount{n, EUR} }

// IsZero tells whether there is no money, in whatever currency.
func (a Amount) IsZero() bool { return a.Cents == 0 }

// Add sums two amounts. Faults: Invalid money.currency_mismatch, money.too_large.
func (a Amount) Add(b Amount) (Amount, error) {
	cur, err := common(a, b)
	if err != nil {
		return Amount{}, err
	}
	sum := a.Cents + b.Cents
	if (sum > a.Cents) != (b.Cents > 0) {
		return Amount{}, tooLarge()
	}
	return Amount{sum, cur}, nil
}

// Sub takes b away from a. Faults as Add.
func (a Amount) Sub(b Amount) (Amount, error) {
	if b.Cents == math.MinInt64 {
		return Amount{}, tooLarge()
	}
	return a.Add(Amount{-b.Cents, b.Currency})
}

// Sum adds any number of amounts. Faults as Add.
func Sum(all ...Amount) (total Amount, err error) {
	for _, a := range all {
		if total, err = total.Add(a); err != nil {
			return Amount{}, err
		}
	}
	return total, nil
}

// Compare orders two amounts of one currency. Faults: Invalid money.currency_mismatch.
func (a Amount) Compare(b Amount) (int, error) {
	if _, err := common(a, b); err != nil {
		return 0, err
	}
	return cmp.Compare(a.Cents, b.Cents), nil
}

// Ratio is a/b for a percentage; 0 when b is zero. It is for display, never for accounts.
func (a Amount) Ratio(b Amount) float64 {
	if b.Cents == 0 {
		return 0
	}
	return float64(a.Cents) / float64(b.Cents)
}

// Split shares an amount by weights without losing a cent: the largest remainders get the cents
// left over, the first ones in a tie. Weights that sum to 0 give nil. The amount must not be negative.
func (a Amount) Split(weights ...uint32) []Amount {
	var total uint64
	for _, w := range weights {
		total += uint64(w)
	}
	if total == 0 || a.Cents < 0 {
		return nil
	}
	out, rest := make([]Amount, len(weights)), make([]uint64, len(weights))
	left := a.Cents
	for i, w := range weights {
		hi, lo := bits.Mul64(uint64(a.Cents), uint64(w))
		q, r := bits.Div64(hi, lo, total)
		out[i], rest[i] = Amount{int64(q), a.Currency}, r
		left -= int64(q)
	}
	for ; left > 0; left-- {
		best := 0
		for i := range rest {
			if rest[i] > rest[best] {
				best = i
			}
		}
		out[best].Cents++
		rest[best] = 0
	}
	return out
}

func common(a, b Amount) (string, error) {
	switch {
	case a.Currency == b.Currency || b == Amount{}:
		return a.Currency, nil
	case a == Amount{}:
		return b.Currency, nil
	}
	return "", fault.New(fault.Invalid, "money.currency_mismatch", "one", a.Currency, "other", b.Currency)
}

func tooLarge() error { return fault.New(fault.Invalid, "money.too_large") }
