package search

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"parvis/internal/act"
	"parvis/internal/db"
)

// Query is what somebody looks for.
type Query struct {
	Text   string           // words, and phrases in "…" or « … »; at most 200 characters and 8 words are read
	Lang   string           // of the reader: a bilingual thing is found once, in this language
	Reader act.ActorKind    // "" is a visitor without account
	Kept   map[act.Ref]bool // internal things kept from this very reader: neither found nor counted
	Type   string           // only things of this type; "" for all
	Now    time.Time        // for ranking by age
	Limit  int              // results on a page; 0: 20, at most 50
	Offset int              // at most 1000
}

// Results are one page of what was found.
type Results struct {
	Hits      []Hit
	Total     int     // things of the type asked for
	Types     []Count // how many of each type, whatever type was asked for
	Corrected string  // not "": nothing was found for the words typed, and this was looked for instead
}

// Count is how many things of a type were found.
type Count struct {
	Type string
	N    int
}

// Hit is one thing found.
type Hit struct {
	Ref        act.Ref
	Lang       string
	Route      string
	Visibility act.Visibility
	Updated    time.Time
	Title      []Piece
	Excerpt    []Piece // the part of the body around the words found; its beginning when they are elsewhere
}

// Piece is a run of text; Mark says that it is a word that was looked for.
type Piece struct {
	Text string
	Mark bool
}

const (
	maxText, maxWords     = 200, 8
	maxLimit, maxOffset   = 50, 1000
	maxPhrased, someLimit = 500, 20
)

// group is one word of a query with all the terms that stand for it.
type group struct {
	word    string
	exact   []string // the word and its stems
	similar []string // what it may have been meant for
	prefix  string   // not "": any word that begins so
}

// asked is a query as it was understood.
type asked struct {
	Query
	groups  []group
	phrases [][]string // folded words that must follow each other
}

// understand reads the text of a query. Words that say nothing are left out unless there are only such.
func understand(q Query) asked {
	if r := []rune(q.Text); len(r) > maxText {
		q.Text = string(r[:maxText])
	}
	if q.Limit <= 0 {
		q.Limit = someLimit
	}
	q.Limit, q.Offset = min(q.Limit, maxLimit), min(max(q.Offset, 0), maxOffset)
	a := asked{Query: q}
	text := composed(q.Text)
	for _, quoted := range quotes(text) {
		var phrase []string
		for _, w := range split(quoted) {
			phrase = append(phrase, w.folded)
		}
		if len(phrase) > 1 {
			a.phrases = append(a.phrases, phrase)
		}
	}
	words := telling(split(text))
	for i, w := range words[:min(len(words), maxWords)] {
		g := group{word: w.folded, exact: w.terms("fr", "en")}
		if i == len(words)-1 && w.end == len(text) && len(w.folded) > 1 {
			g.prefix = w.folded
		}
		a.groups = append(a.groups, g)
	}
	return a
}

func telling(words []word) []word {
	var all []word
	seen := map[string]bool{}
	for _, w := range words {
		if !w.light() && !seen[w.folded] {
			all = append(all, w)
			seen[w.folded] = true
		}
	}
	if len(all) == 0 {
		return words
	}
	return all
}

// quotes finds what stands in "…", “…” or « … ».
func quotes(text string) []string {
	parts := strings.FieldsFunc(strings.NewReplacer("«", "\"", "»", "\"", "“", "\"", "”", "\"").Replace(" "+text+" "), func(r rune) bool { return r == '"' })
	var all []string
	for i := 1; i+1 < len(parts); i += 2 {
		all = append(all, parts[i])
	}
	return all
}

// Search finds what the reader may see. A query without a word finds nothing.
func Search(ctx context.Context, q db.Querier, query Query) (Results, error) {
	a := understand(query)
	if len(a.groups) == 0 {
		return Results{}, nil
	}
	found, err := a.find(ctx, q)
	if err != nil || len(found.Types) > 0 {
		return found, err
	}
	corrected, err := a.correct(ctx, q)
	if err != nil || corrected == "" {
		return found, err
	}
	found, err = a.find(ctx, q)
	if len(found.Types) > 0 {
		found.Corrected = corrected
	}
	return found, err
}

func (a asked) find(ctx context.Context, q db.Querier) (Results, error) {
	all, err := a.matches(ctx, q)
	if err == nil && len(a.phrases) > 0 {
		all, err = a.inOrder(ctx, q, all)
	}
	if err != nil {
		return Results{}, err
	}
	r := Results{Types: countTypes(all)}
	if a.Type != "" {
		all = slices.DeleteFunc(all, func(m match) bool { return m.ref.Type != a.Type })
	}
	r.Total = len(all)
	all = all[min(a.Offset, len(all)):]
	docs, err := read(ctx, q, all[:min(a.Limit, len(all))])
	r.Hits = a.hits(docs)
	return r, err
}

func countTypes(all []match) []Count {
	n := map[string]int{}
	for _, m := range all {
		n[m.ref.Type]++
	}
	var counts []Count
	for typ, n := range n {
		counts = append(counts, Count{typ, n})
	}
	slices.SortFunc(counts, func(x, y Count) int { return cmp.Or(cmp.Compare(y.N, x.N), cmp.Compare(x.Type, y.Type)) })
	return counts
}

// inOrder keeps, of the best 500 documents that hold all the words, those that hold each phrase as it
// stands.
func (a asked) inOrder(ctx context.Context, q db.Querier, all []match) ([]match, error) {
	docs, err := read(ctx, q, all[:min(len(all), maxPhrased)])
	holding := map[int64]bool{}
	for _, d := range docs {
		holding[d.num] = a.holdsPhrases(d)
	}
	return slices.DeleteFunc(all, func(m match) bool { return !holding[m.num] }), err
}

func (a asked) holdsPhrases(d found) bool {
	for _, phrase := range a.phrases {
		if !holds(split(d.title), phrase) && !holds(split(d.keywords), phrase) && !holds(split(d.body), phrase) {
			return false
		}
	}
	return true
}

func holds(words []word, phrase []string) bool {
	for i := 0; i+len(phrase) <= len(words); i++ {
		same := 0
		for same < len(phrase) && words[i+same].folded == phrase[same] {
			same++
		}
		if same == len(phrase) {
			return true
		}
	}
	return false
}
