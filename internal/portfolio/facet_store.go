package portfolio

import (
	"strings"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/i18n"
	"parvis/internal/id"
)

// index rewrites what the initiative can be found by.
func index(tx *act.Tx, i Initiative) error {
	if err := unindex(tx, i.ID); err != nil {
		return err
	}
	facets := i.facets()
	for len(facets) > 0 {
		n := min(len(facets), 50)
		if err := putFacets(tx, i.ID, facets[:n]); err != nil {
			return err
		}
		facets = facets[n:]
	}
	return nil
}

// unindex takes an initiative out of what can be found.
func unindex(tx *act.Tx, initiative id.ID) error {
	return tx.Exec(`DELETE FROM op_portfolio_facet WHERE initiative = $1`, initiative)
}

type facet struct{ kind, value string }

func (i Initiative) facets() []facet {
	var out []facet
	add := func(kind, value string) { out = append(out, facet{kind, value}) }
	for _, t := range i.Tags {
		add("tag", i18n.Fold(t))
	}
	for _, p := range i.Places {
		add("place", p)
	}
	for _, o := range i.Objectives {
		add("objective", string(o))
	}
	text := strings.Join([]string{i.Title, i.Problem, i.Address, i.Number, i.Initials, strings.Join(i.Tags, " ")}, " ")
	for _, w := range words(text) {
		add("word", w)
	}
	return out
}

// words are the distinct folded words of a text, of two letters or more; the parts of "P-2014-7" and
// "l'eau" are words of their own, and so is the whole.
func words(text string) []string {
	var out []string
	for _, field := range strings.Fields(i18n.Fold(text)) {
		field = strings.Trim(field, ".,;:!?()«»\"'")
		out = append(out, field)
		out = append(out, strings.FieldsFunc(field, func(r rune) bool { return strings.ContainsRune("'-/.,;:()", r) })...)
	}
	kept := out[:0]
	for _, w := range distinct(out) {
		if len([]rune(w)) >= 2 {
			kept = append(kept, w)
		}
	}
	return kept
}

func putFacets(tx *act.Tx, initiative id.ID, facets []facet) error {
	var b strings.Builder
	args := []any{initiative}
	for n, f := range facets {
		if n > 0 {
			b.WriteByte(',')
		}
		b.WriteString("($1," + db.Marks(2*n+2, 2) + ")")
		args = append(args, f.kind, f.value)
	}
	return tx.Exec(`INSERT INTO op_portfolio_facet (initiative, kind, value) VALUES `+b.String()+
		` ON CONFLICT (kind, value, initiative) DO NOTHING`, args...)
}
