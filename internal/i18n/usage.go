package i18n

// usage is how a language writes numbers and counts (Unicode CLDR 46, fr and en-GB).
type usage struct {
	group, decimal string // within a number
	percent        string // between the number and %
	plural         func(n int64) string
}

// The plural categories in use; see the CLDR language plural rules.
const (
	one   = "one"
	many  = "many"
	other = "other"
)

var usages = map[string]usage{
	French:  {group: narrowNoBreak, decimal: ",", percent: narrowNoBreak + "%", plural: frenchPlural},
	English: {group: ",", decimal: ".", percent: "%", plural: englishPlural},
}

// frenchPlural: one for 0 and 1, many for whole millions ("1 000 000 d'idées"), other.
func frenchPlural(n int64) string {
	switch {
	case n >= -1 && n <= 1:
		return one
	case n%1_000_000 == 0:
		return many
	}
	return other
}

func englishPlural(n int64) string {
	if n == 1 || n == -1 {
		return one
	}
	return other
}
