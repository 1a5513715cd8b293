package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"parvis/internal/act"
	"parvis/internal/db"
)

// found is a document as it was stored.
type found struct {
	num                   int64
	ref                   act.Ref
	lang, route           string
	title, keywords, body string
	visibility            act.Visibility
	updated               int64
}

// How many terms a group holds in SQL: the lists are filled up by repetition, so that a few texts of
// statements serve every query and stay prepared.
const (
	exactTerms   = 5
	similarTerms = 3 * exactTerms
)

// statement composes the common part of both queries: for each word the documents that hold it,
// how well (the word itself, its stem, its beginning, a similar word) and how rare it is; then the
// documents that hold every word and that the reader may see.
func (a asked) statement() (string, []any) {
	b := &composer{}
	var ctes, joins, scores []string
	for i, g := range a.groups {
		name := fmt.Sprintf("g%d", i)
		ctes = append(ctes, name+" AS ("+b.group(g)+")")
		scores = append(scores, name+".score")
		if i > 0 {
			joins = append(joins, fmt.Sprintf("JOIN %s ON %s.doc = g0.doc", name, name))
		}
	}
	lang := b.add(a.lang())
	return "WITH " + strings.Join(ctes, ",\n") + `, hits AS (
		SELECT d.num, d.type, d.id, d.visibility, d.updated_at, (` + strings.Join(scores, " + ") + `) * d.boost / ` + b.age(a.Now) + ` AS score
		FROM g0 ` + strings.Join(joins, " ") + ` JOIN search_doc d ON d.num = g0.doc
		WHERE ` + act.VisibleTo(a.Reader) + ` AND (d.lang = ` + lang + ` OR NOT EXISTS (SELECT 1 FROM search_doc o
			WHERE o.type = d.type AND o.id = d.id AND o.lang = ` + lang + ` AND ` + act.VisibleTo(a.Reader) + `)))`, b.args
}

func (a asked) lang() string {
	if a.Lang == "" {
		return "fr"
	}
	return a.Lang
}

// composer gathers numbered arguments. Nothing that a person typed goes into the text.
type composer struct{ args []any }

func (b *composer) add(v any) string {
	b.args = append(b.args, v)
	return fmt.Sprintf("$%d", len(b.args))
}

// list is "$4,$5,$6" for n terms, the last repeated.
func (b *composer) list(terms []string, n int) string {
	places := make([]string, n)
	for i := range places {
		places[i] = b.add(terms[min(i, len(terms)-1)])
	}
	return strings.Join(places, ",")
}

// group finds the documents of one word. What counts is the best of the terms that stand for it. Its
// rarity is taken among all documents: ln(1 + N/n).
func (b *composer) group(g group) string {
	const from = `SELECT doc, weight * `
	parts := []string{
		from + `CASE WHEN term = ` + b.add(g.word) + ` THEN 1.0 ELSE 0.8 END AS w FROM op_search_token WHERE term IN (` + b.list(g.exact, exactTerms) + `)`,
	}
	if g.prefix != "" {
		parts = append(parts, from+`0.6 AS w FROM op_search_token WHERE term >= `+b.add(g.prefix)+` AND term < `+b.add(g.prefix+"\U0010ffff"))
	}
	if len(g.similar) > 0 {
		parts = append(parts, from+`0.5 AS w FROM op_search_token WHERE term IN (`+b.list(g.similar, similarTerms)+`)`)
	}
	return `SELECT doc, MAX(w) * ln(1.0 + CAST((SELECT COUNT(*) FROM search_doc) AS DOUBLE PRECISION) / COUNT(*) OVER ()) AS score
		FROM (` + strings.Join(parts, " UNION ALL ") + `) t GROUP BY doc`
}

// age divides the score: a thing loses a third of it in ten years. What lies ahead is not young.
func (b *composer) age(now time.Time) string {
	at := b.add(db.Micros(now))
	years := `CAST(` + at + ` - d.updated_at AS DOUBLE PRECISION) / 31557600000000.0`
	return `(1.0 + CASE WHEN ` + at + ` > d.updated_at THEN 0.05 * ` + years + ` ELSE 0.0 END)`
}

// match is a document that was found, before its text is read.
type match struct {
	num        int64
	ref        act.Ref
	visibility act.Visibility
	score      float64
	updated    int64
}

// matches reads every document found that the reader may see, the best first: their number by type comes from the same
// pass, so that a count tells no more than the results.
func (a asked) matches(ctx context.Context, q db.Querier) ([]match, error) {
	with, args := a.statement()
	all, err := db.All(ctx, q, func(r db.Row) (m match, err error) {
		return m, r.Scan(&m.num, &m.ref.Type, &m.ref.ID, &m.visibility, &m.score, &m.updated)
	}, with+` SELECT num, type, id, visibility, score, updated_at FROM hits`, args...)
	if len(a.Kept) > 0 {
		all = slices.DeleteFunc(all, func(m match) bool { return m.visibility != act.Public && a.Kept[m.ref] })
	}
	slices.SortFunc(all, func(x, y match) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(y.updated, x.updated), cmp.Compare(x.num, y.num))
	})
	return all, err
}

// read fetches the documents of some matches, in their order.
func read(ctx context.Context, q db.Querier, matches []match) ([]found, error) {
	var docs []found
	for chunk := range slices.Chunk(matches, maxLimit) {
		b := &composer{}
		places := make([]string, maxLimit)
		for i := range places {
			places[i] = b.add(chunk[min(i, len(chunk)-1)].num)
		}
		some, err := db.All(ctx, q, scanFound, `SELECT num, type, id, lang, route, title, keywords, body, visibility, updated_at
			FROM search_doc WHERE num IN (`+strings.Join(places, ",")+`)`, b.args...)
		if err != nil {
			return nil, err
		}
		byNum := map[int64]found{}
		for _, f := range some {
			byNum[f.num] = f
		}
		for _, m := range chunk {
			if f, there := byNum[m.num]; there { // else it was removed meanwhile
				docs = append(docs, f)
			}
		}
	}
	return docs, nil
}

func scanFound(r db.Row) (f found, err error) {
	return f, r.Scan(&f.num, &f.ref.Type, &f.ref.ID, &f.lang, &f.route, &f.title, &f.keywords, &f.body, &f.visibility, &f.updated)
}
