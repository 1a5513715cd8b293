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

// How people write numbers: digits alone or in groups of three, by spaces as the French or by commas as the English.
var (
	plainNumber   = regexp.MustCompile(`^[+-]?[0-9]{1,15}([.,][0-9]{1,9})?$`)
	frenchGroups  = regexp.MustCompile(`^[+-]?[0-9]{1,3}( [0-9]{3}){1,4}([.,][0-9]{1,9})?$`)
	englishGroups = regexp.MustCompile(`^[+-]?[1-9][0-9]{0,2}(,[0-9]{3}){1,4}(\.[0-9]{1,9})?$`)
)

// ReadQuantity reads a decimal number as people type it in French or English: « 12 500,5 », "12,500.5", "12500.5".
// « 1,234 » is refused: it is one and a bit in French, more than a thousand in English.
// Faults: Invalid strategy.bad_number, strategy.ambiguous_number.
func ReadQuantity(s string) (Quantity, error) { return readQuantity(s, 0) }

// readQuantity reads a number where the decimal sign is known, ',' or '.'; 0 where it is not.
func readQuantity(s string, decimal rune) (Quantity, error) {
	s = typed(s)
	french, english := plainNumber.MatchString(s) || frenchGroups.MatchString(s), englishGroups.MatchString(s)
	switch {
	case french && english && decimal == 0:
		return "", ambiguous(s)
	case english && (!french || decimal == '.'):
		s = strings.ReplaceAll(s, ",", "")
	case !french:
		return "", fault.New(fault.Invalid, "strategy.bad_number", "value", s)
	}
	return Quantity(strings.NewReplacer(" ", "", "+", "", ",", ".").Replace(s)), nil
}

// typed makes one of the spaces and of the minus signs that there are.
func typed(s string) string {
	return strings.TrimSpace(strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ", "−", "-").Replace(s))
}

// ambiguous says both readings of « 1,234 ».
func ambiguous(s string) error {
	return fault.New(fault.Invalid, "strategy.ambiguous_number", "value", s, "whole", strings.ReplaceAll(s, ",", ""), "decimal", strings.Replace(s, ",", ".", 1))
}

// decimalSign is how the numbers of a table write their decimals: as those do that can be read in one way, or with a comma
// where cells are separated by semicolons, as French spreadsheets do. 0 when neither tells, or when they disagree.
func decimalSign(texts []string, separator rune) rune {
	seen := map[rune]bool{}
	for _, s := range texts {
		s = typed(s)
		if french, english := plainNumber.MatchString(s) || frenchGroups.MatchString(s), englishGroups.MatchString(s); french != english {
			seen[','] = seen[','] || french && strings.Contains(s, ",")
			seen['.'] = seen['.'] || strings.Contains(s, ".") || english
		}
	}
	switch {
	case seen[','] && seen['.']:
		return 0
	case seen[','], !seen['.'] && separator == ';':
		return ','
	case seen['.']:
		return '.'
	}
	return 0
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
