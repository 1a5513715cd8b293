package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"parvis/internal/i18n"
)

// checks are the custom checks, by the names of the published schemas.
var checks = map[string]func(*record, Params){
	"french-siret-value":       checkSIRET,
	"french-siren-value":       checkSIREN,
	"year-interval-value":      checkYears,
	"cohesive-columns-value":   checkCohesive,
	"compare-columns-value":    checkCompare,
	"sum-columns-value":        checkSum,
	"nomenclature-actes-value": checkActes,
	"one-of-required":          checkOneOf,
}

func checkSIRET(r *record, p Params) {
	if v := r.value(p.Column); v != "" && !ValidSIRET(v) {
		r.at(p.Column, "french-siret-value", "")
	}
}

func checkSIREN(r *record, p Params) {
	if v := r.value(p.Column); v != "" && (len(v) != 9 || !luhn(v)) {
		r.at(p.Column, "french-siren-value", "")
	}
}

// laPoste is the one SIREN whose establishments do not all satisfy the usual key: the sum of their digits
// is a multiple of five instead.
const laPoste = "356000000"

// ValidSIRET tells whether a number is that of an establishment: fourteen digits, of which the first nine
// and the whole satisfy the key of Luhn.
func ValidSIRET(v string) bool {
	if len(v) != 14 || !luhn(v[:9]) {
		return false
	}
	if strings.HasPrefix(v, laPoste) && digitSum(v)%5 == 0 {
		return true
	}
	return luhn(v)
}

func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		c := digits[len(digits)-1-i]
		if c < '0' || c > '9' {
			return false
		}
		n := int(c - '0')
		if i%2 == 1 {
			n *= 2
		}
		sum += n/10 + n%10
	}
	return sum%10 == 0 && digits != ""
}

func digitSum(digits string) (sum int) {
	for i := range len(digits) {
		sum += int(digits[i] - '0')
	}
	return sum
}

// checkYears wants AAAA/AAAA in order, or AAAA alone where it is allowed.
func checkYears(r *record, p Params) {
	v := r.value(p.Column)
	if v == "" {
		return
	}
	from, to, interval := strings.Cut(v, "/")
	alone := p.AllowYear == true || p.AllowYear == "yes" || p.AllowYear == "true"
	switch {
	case !isYear(from), interval && !isYear(to), !interval && !alone:
		r.at(p.Column, "year-interval-value", "AAAA/AAAA")
	case interval && from >= to:
		r.at(p.Column, "year-interval-value", from+" ≥ "+to)
	}
}

func isYear(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && len(s) == 4 && n > 0
}

// checkCohesive wants the columns all filled or all empty.
func checkCohesive(r *record, p Params) {
	all := append([]string{p.Column}, p.OtherColumns...)
	filled := 0
	for _, c := range all {
		if r.value(c) != "" {
			filled++
		}
	}
	if filled != 0 && filled != len(all) {
		r.at(p.Column, "cohesive-columns-value", strings.Join(all, ", "))
	}
}

func checkOneOf(r *record, p Params) {
	all := slices.Concat([]string{p.Column}, p.Columns, p.OtherColumns)
	if p.Column2 != "" {
		all = append(all, p.Column2)
	}
	if !slices.ContainsFunc(all, func(c string) bool { return r.value(c) != "" }) {
		r.at(p.Column, "one-of-required", strings.Join(all, ", "))
	}
}

// checkCompare compares two columns when both are filled: as numbers when both are, else as texts, which
// is right for dates.
func checkCompare(r *record, p Params) {
	a, b := r.value(p.Column), r.value(p.Column2)
	if a == "" || b == "" {
		return
	}
	order := strings.Compare(a, b)
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX == nil && errY == nil {
		order = compare(x, y)
	}
	holds := map[string]bool{"==": order == 0, ">": order > 0, ">=": order >= 0, "<": order < 0, "<=": order <= 0, "!=": order != 0}
	if !holds[p.Op] {
		r.at(p.Column, "compare-columns-value", fmt.Sprintf("%s %s %s", a, p.Op, b))
	}
}

func compare(x, y float64) int {
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// checkSum wants a column to be the sum of others, when all are whole numbers.
func checkSum(r *record, p Params) {
	want, err := strconv.ParseInt(r.value(p.Column), 10, 64)
	if err != nil {
		return
	}
	sum := int64(0)
	for _, c := range p.Columns {
		n, err := strconv.ParseInt(r.value(c), 10, 64)
		if err != nil {
			return
		}
		sum += n
	}
	if sum != want {
		r.at(p.Column, "sum-columns-value", fmt.Sprintf("%s = %d", strings.Join(p.Columns, " + "), sum))
	}
}

// actes are the matters of the first level of the nomenclature ACTES, folded.
var actes = []string{"commande publique", "urbanisme", "domaine et patrimoine", "fonction publique", "institutions et vie politique",
	"libertes publiques et pouvoirs de police", "finances locales", "domaines de competences par themes", "autres domaines de competences"}

// checkActes wants a matter of the nomenclature ACTES: its first level, a slash without spaces, the rest.
func checkActes(r *record, p Params) {
	v := r.value(p.Column)
	if v == "" {
		return
	}
	first, _, found := strings.Cut(v, "/")
	switch {
	case !found:
		r.at(p.Column, "nomenclature-actes-value", "/")
	case !slices.Contains(actes, i18n.Fold(first)):
		r.at(p.Column, "nomenclature-actes-value", first)
	case strings.TrimSpace(first) != first || strings.Contains(v, "/ "):
		r.at(p.Column, "nomenclature-actes-value", "espace autour de /")
	}
}
