package money_test

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"parvis/internal/fault"
	"parvis/internal/money"

	"pgregory.net/rapid"
)

func TestParseReadsWhatPeopleType(t *testing.T) {
	for in, cents := range map[string]int64{
		"180 000 €": 18_000_000, "180\u202f000\u00a0€": 18_000_000, "1 234,56": 123_456,
		"1.234,56": 123_456, "1,234.56": 123_456, "1 234.5": 123_450, "12000": 1_200_000,
		"180 k€": 18_000_000, "180k": 18_000_000, "1,2 M€": 120_000_000, "1.25M€": 125_000_000,
		"1,234 k€": 123_400, "3 Md€": 300_000_000_000, "2 Mds€": 200_000_000_000,
		"1,2 million d’euros": 120_000_000, "2 millions d'euros": 200_000_000, "5 mille euros": 500_000,
		"€180,000.00": 18_000_000, "€1.2m": 120_000_000, "1.234.567": 123_456_700, "1,234,567": 123_456_700,
		"-12,5": -1_250, "−1 000 €": -100_000, "€ -5": -500, "-€5": -500, "0": 0, "0,10": 10, "007": 700,
		"1234.560000": 123_456, "12 EUR": 1_200, "12 euros": 1_200, "0.125 k€": 12_500, " 12 ": 1_200,
		"9 999 999 999 999 999,99": 999_999_999_999_999_999,
	} {
		got, err := money.Parse(in)
		if err != nil || got != (money.Amount{Cents: cents, Currency: "EUR"}) {
			t.Errorf("Parse(%q) = %v, %v; want %d cents", in, got, err, cents)
		}
	}
	if got, err := money.Parse("12,50 CHF"); err != nil || got != (money.Amount{Cents: 1250, Currency: "CHF"}) {
		t.Errorf("12,50 CHF = %v, %v", got, err)
	}
}

func TestParseRefusesClearly(t *testing.T) {
	for in, key := range map[string]string{
		"": "money.format", "€": "money.format", "beaucoup": "money.format", "12 €€": "money.format",
		"€12€": "money.format", "1,": "money.format", ",": "money.format", "12 000 € TTC": "money.format",
		"12 34": "money.format", "1 2345": "money.format", "1.23.456": "money.format", "1,234 567.89": "money.format",
		"--5": "money.format", "1e9": "money.format", "12,5 0": "money.format", "0x10": "money.format",
		"1.234": "money.ambiguous", "12,345 €": "money.ambiguous", "1,2345": "money.decimals",
		"0,125": "money.decimals", "1234,567": "money.decimals", "99999999999999999": "money.too_large",
		"100000000 Md€": "money.too_large", "99999999999999999999999999": "money.too_large",
	} {
		_, err := money.Parse(in)
		f, ok := errors.AsType[*fault.Error](err)
		if !ok || f.Key != key || f.Kind != fault.Invalid {
			t.Errorf("Parse(%q): %v, want %s", in, err, key)
		}
	}
}

func TestParseReadsBackAnyWritingOfAnAmount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cents := rapid.Int64Range(-999_999_999_999_999, 999_999_999_999_999).Draw(t, "cents")
		sep := rapid.SampledFrom([]string{",", "."}).Draw(t, "decimal")
		sign, abs := "", cents
		if cents < 0 {
			sign, abs = "-", -cents
		}
		text := fmt.Sprintf("%s%d%s%02d", sign, abs/100, sep, abs%100)
		got, err := money.Parse(text)
		if err != nil || got.Cents != cents {
			t.Fatalf("Parse(%q) = %v, %v", text, got, err)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"1.234,56", "180 k€", "€-5", "1,2 M€", "\u202f", "-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := money.Parse(s)
		if err != nil && fault.KindOf(err) != fault.Invalid {
			t.Fatalf("%q: %v", s, err)
		}
		if err == nil && a.Currency == "" {
			t.Fatalf("%q: no currency", s)
		}
	})
}

func TestAddNeverOverflowsSilently(t *testing.T) {
	most := money.Cents(math.MaxInt64)
	for _, c := range []struct{ a, b money.Amount }{
		{most, money.Cents(1)}, {money.Cents(math.MinInt64), money.Cents(-1)},
	} {
		if got, err := c.a.Add(c.b); err == nil {
			t.Errorf("%v + %v = %v", c.a, c.b, got)
		}
	}
	if got, err := money.Cents(0).Sub(money.Cents(math.MinInt64)); err == nil {
		t.Errorf("0 - min = %v", got)
	}
	if _, err := money.Euros(1).Add(money.Amount{Cents: 1, Currency: "CHF"}); fault.KindOf(err) != fault.Invalid || err == nil {
		t.Errorf("mixed currencies: %v", err)
	}
	got, err := money.Sum(money.Euros(1), money.Cents(-250), money.Amount{})
	if err != nil || got != money.Cents(-150) {
		t.Errorf("Sum = %v, %v", got, err)
	}
}

func TestSplitLosesNoCent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := money.Cents(rapid.Int64Range(0, math.MaxInt64).Draw(t, "cents"))
		weights := rapid.SliceOfN(rapid.Uint32(), 1, 8).Draw(t, "weights")
		weights[0] = max(weights[0], 1)
		total, err := money.Sum(a.Split(weights...)...)
		if err != nil || total != a {
			t.Fatalf("Split sums to %v, %v", total, err)
		}
	})
	got := money.Euros(100).Split(1, 1, 1)
	if got[0].Cents != 3334 || got[1].Cents != 3333 || got[2].Cents != 3333 {
		t.Errorf("100 € in three: %v", got)
	}
}
