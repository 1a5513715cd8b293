package search

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"parvis/internal/act"
	"parvis/internal/db"
)

// Doc is what can be found of a thing, in one language. A bilingual thing has two.
type Doc struct {
	Ref        act.Ref
	Lang       string // "fr" or "en"; "" is "fr"
	Title      string
	Keywords   string // its number, tags, units: found before the body
	Body       string // plain text; kept up to 20,000 bytes, for excerpts
	Route      string // name of the page in the table of routes
	Visibility act.Visibility
	Boost      float64 // 1 or 0: ordinary; 2: twice as relevant
	Updated    time.Time
}

const maxBody = 20_000

// clean brings a document to the form in which it is kept and compared.
func (d Doc) clean() Doc {
	if d.Lang == "" {
		d.Lang = "fr"
	}
	if d.Boost == 0 {
		d.Boost = 1
	}
	d.Title, d.Keywords = line(d.Title), line(d.Keywords)
	if len(d.Body) > maxBody {
		d.Body = d.Body[:maxBody]
	}
	d.Body = line(d.Body)
	return d
}

// line is a text in Unicode form C without the bytes that PostgreSQL refuses, on one line.
func line(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "")
	return composed(strings.Join(strings.Fields(s), " "))
}

// Put makes a thing findable, or changes what is found of it. A thing that is neither public nor
// internal (a draft) is removed instead.
func Put(tx db.Transaction, d Doc) error {
	d = d.clean()
	if d.Visibility != act.Public && d.Visibility != act.Internal {
		return remove(tx, d.Ref, d.Lang)
	}
	old, num, err := stored(tx, d)
	if err != nil {
		return err
	}
	if num == 0 {
		num, err = insert(tx, d)
	} else {
		err = update(tx, d, num)
	}
	if err != nil || old == d.text() {
		return err
	}
	return tokens(tx, num, d)
}

// text is what of a document makes its tokens.
func (d Doc) text() string { return d.Title + "\x1f" + d.Keywords + "\x1f" + d.Body }

// Remove makes a thing unfindable in every language.
func Remove(tx db.Transaction, ref act.Ref) error {
	for _, lang := range []string{"fr", "en"} {
		if err := remove(tx, ref, lang); err != nil {
			return err
		}
	}
	return nil
}

func remove(tx db.Transaction, ref act.Ref, lang string) error {
	_, num, err := stored(tx, Doc{Ref: ref, Lang: lang})
	if err != nil || num == 0 {
		return err
	}
	if err := tx.Exec(`DELETE FROM op_search_token WHERE doc = $1`, num); err != nil {
		return err
	}
	return tx.Exec(`DELETE FROM search_doc WHERE num = $1`, num)
}

// The weight of a word by where it stands, and the length at which a field counts as long.
const (
	inTitle, inKeywords, inBody = 10.0, 5.0, 1.0
	longTitle, longBody         = 8.0, 120.0
	saturation                  = 4.0
)

// weights gives each term of a document between 0 and 1: a word in a short title says more than the
// same word in a long text, and ten times says little more than five.
func weights(d Doc) map[string]float64 {
	raw := map[string]float64{}
	add := func(text string, weight, long float64) {
		words := split(text)
		weight /= 0.5 + 0.5*float64(len(words))/long
		for _, w := range words {
			for _, term := range w.terms(d.Lang) {
				raw[term] += weight
			}
		}
	}
	add(d.Title, inTitle, longTitle)
	add(d.Keywords, inKeywords, longTitle)
	add(d.Body, inBody, longBody)
	for term, w := range raw {
		raw[term] = w / (w + saturation)
	}
	return raw
}

func tokens(tx db.Transaction, num int64, d Doc) error {
	if err := tx.Exec(`DELETE FROM op_search_token WHERE doc = $1`, num); err != nil {
		return err
	}
	weight := weights(d)
	var rows [][]any
	for _, term := range slices.Sorted(maps.Keys(weight)) {
		rows = append(rows, []any{term, num, weight[term]})
	}
	if err := insertAll(tx, `INSERT INTO op_search_token (term, doc, weight) VALUES `, "", rows); err != nil {
		return err
	}
	return learn(tx, d)
}

// learn keeps the words for later corrections.
func learn(tx db.Transaction, d Doc) error {
	seen := map[string]bool{}
	for _, w := range split(d.Title + " " + d.Keywords + " " + d.Body) {
		if len(w.folded) >= minCorrected {
			seen[w.folded] = true
		}
	}
	var rows [][]any
	for _, term := range slices.Sorted(maps.Keys(seen)) {
		rows = append(rows, []any{term, int64(len(term))})
	}
	return insertAll(tx, `INSERT INTO op_search_word (term, size) VALUES `, ` ON CONFLICT (term) DO NOTHING`, rows)
}

// rebuilt is how many documents one transaction of Rebuild puts: others write in between.
const rebuilt = 50

// Rebuild makes every document of a type again from docs, and removes those that are no more.
func Rebuild(ctx context.Context, w *db.Writer, typ string, docs iter.Seq2[Doc, error]) error {
	var began time.Time
	var some []Doc
	flush := func() error {
		err := w.Traffic(ctx, func(tx *db.Tx) error {
			if began.IsZero() {
				began = tx.Now()
			}
			return putAll(tx, some)
		})
		some = some[:0]
		return err
	}
	for d, err := range docs {
		if err == nil && d.Ref.Type != typ {
			err = fmt.Errorf("search: a %s among documents of type %s", d.Ref.Type, typ)
		}
		if err != nil {
			return err
		}
		if some = append(some, d); len(some) == rebuilt {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	return w.Traffic(ctx, func(tx *db.Tx) error { return removeOld(tx, typ, began) })
}

func putAll(tx *db.Tx, docs []Doc) error {
	for _, d := range docs {
		if err := Put(tx, d); err != nil {
			return err
		}
	}
	return nil
}
