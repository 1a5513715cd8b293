package strategy

import (
	"math/big"
	"regexp"
	"strings"

	"parvis/internal/fault"
)

// Quantity is an exact decimal number as it is stored: "12.5", "-3"; "" is none. Measures are never
// kept as floating point numbers: what people typed is what is published and summed.
type Quantity string

var decimalText = regexp.MustCompile(`^-?[0-9]{1,15}(\.[0-9]{1,9})?$`)

// ReadQuantity reads a decimal number as people type it in French or English: « 12 500,5 », "12500.5".
// Faults: Invalid strategy.bad_number.
func ReadQuantity(s string) (Quantity, error) {
	s = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "−", "-", "+", "").Replace(strings.TrimSpace(s))
	if strings.Count(s, ",") == 1 && !strings.Contains(s, ".") {
		s = strings.Replace(s, ",", ".", 1)
	}
	if !decimalText.MatchString(s) {
		return "", fault.New(fault.Invalid, "strategy.bad_number", "value", s)
	}
	return Quantity(s), nil
}

// Known tells whether there is a number.
func (q Quantity) Known() bool { return q != "" }

// Rat is the exact value; nil when there is none.
func (q Quantity) Rat() *big.Rat {
	if q == "" {
		return nil
	}
	v, ok := new(big.Rat).SetString(string(q))
	if !ok {
		return nil
	}
	return v
}

// Float is the value for a drawing.
func (q Quantity) Float() float64 { return approx(q.Rat()) }

// Decimals is how many digits were typed after the point.
func (q Quantity) Decimals() int {
	_, after, _ := strings.Cut(string(q), ".")
	return len(after)
}

// approx is a rational number for a drawing or a percentage; 0 for none.
func approx(v *big.Rat) float64 {
	if v == nil {
		return 0
	}
	f, _ := v.Float64()
	return f
}

// Fraction is an exact positive weight as it is stored: "2", "3/2".
type Fraction string

var fractionText = regexp.MustCompile(`^[0-9]{1,6}(\.[0-9]{1,6})?(/[0-9]{1,6})?$`)

// ReadFraction reads a weight as people type it: « 2 », « 0,5 », « 1/3 ». Faults: Invalid strategy.bad_weight.
func ReadFraction(s string) (Fraction, error) {
	s = strings.ReplaceAll(strings.ReplaceAll(strings.TrimSpace(s), " ", ""), ",", ".")
	v, ok := new(big.Rat), fractionText.MatchString(s)
	if ok {
		v, ok = v.SetString(s)
	}
	if !ok || v.Sign() <= 0 {
		return "", fault.New(fault.Invalid, "strategy.bad_weight", "value", s)
	}
	return Fraction(v.RatString()), nil
}

// Rat is the exact weight; one when it is unreadable, so that nothing weighs nothing.
func (f Fraction) Rat() *big.Rat {
	if v, ok := new(big.Rat).SetString(string(f)); ok && v.Sign() > 0 {
		return v
	}
	return big.NewRat(1, 1)
}
