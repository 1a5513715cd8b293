package i18n

import (
	"math"
	"strconv"
	"strings"

	"parvis/internal/money"
)

// Number prints a whole number with its groups of three: "180 000" or "180,000".
func (p *Printer) Number(n int64) string {
	if n > -1000 && n < 1000 {
		return minus(strconv.FormatInt(n, 10))
	}
	return p.grouped(strconv.FormatInt(n, 10))
}

// Decimal prints a number with the given number of decimals, or as many as it needs up to 6 for -1.
func (p *Printer) Decimal(f float64, decimals int) string {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return "–"
	}
	short := decimals < 0
	if short {
		decimals = 6
	}
	s := strconv.FormatFloat(f, 'f', decimals, 64)
	if short {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	whole, frac, has := strings.Cut(s, ".")
	if !has {
		return p.grouped(whole)
	}
	return p.grouped(whole) + p.usage.decimal + frac
}

// Percent prints a ratio (0.125) as a percentage ("12,5 %") with the given number of decimals.
func (p *Printer) Percent(ratio float64, decimals int) string {
	return p.Decimal(ratio*100, decimals) + p.usage.percent
}

// Money prints an amount, its cents only when there are some: "180 000 €", "€1,234.50".
func (p *Printer) Money(a money.Amount) string {
	return p.money(a, a.Cents%100 != 0)
}

// MoneyExact prints an amount always with its cents, for columns of figures.
func (p *Printer) MoneyExact(a money.Amount) string { return p.money(a, true) }

func (p *Printer) money(a money.Amount, cents bool) string {
	s := p.grouped(strconv.FormatInt(a.Cents/100, 10))
	if a.Cents < 0 && a.Cents > -100 {
		s = "−" + s
	}
	if cents {
		c := strconv.FormatInt(abs(a.Cents%100), 10)
		s += p.usage.decimal + strings.Repeat("0", 2-len(c)) + c
	}
	return p.withCurrency(s, a.Currency)
}

// MoneyShort prints an amount to about three figures for charts: "180 k€", "1,2 M€"; "€180k", "€1.2m".
func (p *Printer) MoneyShort(a money.Amount) string {
	units := float64(a.Cents) / 100
	size, unit := 1.0, ""
	switch v := math.Abs(units); {
	case v >= 999_500_000:
		size, unit = 1e9, "billion"
	case v >= 999_500:
		size, unit = 1e6, "million"
	case v >= 9_995:
		size, unit = 1e3, "thousand"
	default:
		return p.Money(money.Amount{Cents: int64(math.Round(units)) * 100, Currency: a.Currency})
	}
	decimals := 0
	if math.Abs(units/size) < 9.95 {
		decimals = 1
	}
	s := strings.TrimSuffix(p.Decimal(units/size, decimals), p.usage.decimal+"0")
	suffix := p.T("i18n.short." + unit)
	if p.lang == French {
		return s + noBreak + suffix + symbol(a.Currency)
	}
	return p.withCurrency(s+suffix, a.Currency)
}

func (p *Printer) withCurrency(s, currency string) string {
	if currency == "" {
		return s
	}
	if p.lang == French {
		return s + noBreak + symbol(currency)
	}
	if currency != money.EUR {
		return currency + noBreak + s
	}
	if rest, negative := strings.CutPrefix(s, "−"); negative {
		return "−€" + rest
	}
	return "€" + s
}

func symbol(currency string) string {
	if currency == money.EUR {
		return "€"
	}
	return currency
}

// Bytes prints the size of a file: "1,2 Mo" or "1.2 MB" (powers of 1000).
func (p *Printer) Bytes(n int64) string {
	size, unit, decimals := float64(n), "i18n.byte", 0
	for _, next := range []string{"i18n.kilobyte", "i18n.megabyte", "i18n.gigabyte", "i18n.terabyte"} {
		if size < 999.5 {
			break
		}
		size, unit = size/1000, next
		decimals = 0
		if size < 9.95 {
			decimals = 1
		}
	}
	return p.Decimal(size, decimals) + noBreak + p.T(unit)
}

// grouped puts group separators into the digits of a whole number written in ASCII.
func (p *Printer) grouped(s string) string {
	digits, negative := strings.CutPrefix(s, "-")
	if len(digits) <= 3 {
		return minus(s)
	}
	var b strings.Builder
	b.Grow(len(digits) + 3 + len(digits)/3*len(p.usage.group))
	if negative {
		b.WriteString("−")
	}
	head := len(digits) % 3
	b.WriteString(digits[:head])
	for i := head; i < len(digits); i += 3 {
		if i > 0 {
			b.WriteString(p.usage.group)
		}
		b.WriteString(digits[i : i+3])
	}
	return b.String()
}

// minus writes the minus sign, not the hyphen, in front of a negative number.
func minus(s string) string {
	if rest, negative := strings.CutPrefix(s, "-"); negative {
		return "−" + rest
	}
	return s
}

func abs(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}
