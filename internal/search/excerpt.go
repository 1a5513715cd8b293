package search

import (
	"slices"
	"strings"

	"parvis/internal/db"
)

// around is how many words an excerpt shows.
const around = 32

func (a asked) hits(docs []found) []Hit {
	var all []Hit
	for _, d := range docs {
		all = append(all, Hit{Ref: d.ref, Lang: d.lang, Route: d.route, Visibility: d.visibility, Updated: db.Instant(d.updated),
			Title: a.mark(d.lang, d.title, split(d.title)), Excerpt: a.excerpt(d)})
	}
	return all
}

// lookedFor tells whether a word of a document is one of those looked for. Stemming is slow and keeps
// the beginning of a word, so words that begin otherwise are not stemmed.
func (a asked) lookedFor(lang string, w word) bool {
	var terms []string
	for _, g := range a.groups {
		if g.prefix != "" && strings.HasPrefix(w.folded, g.prefix) {
			return true
		}
		if !g.beginsLike(w.folded) {
			continue
		}
		if terms == nil {
			terms = w.terms(lang)
		}
		if slices.ContainsFunc(terms, func(t string) bool { return slices.Contains(g.exact, t) || slices.Contains(g.similar, t) }) {
			return true
		}
	}
	return false
}

func (g group) beginsLike(folded string) bool {
	same := func(term string) bool { return term[:min(2, len(term))] == folded[:min(2, len(folded))] }
	return slices.ContainsFunc(g.exact, same) || slices.ContainsFunc(g.similar, same)
}

// mark cuts a text into pieces, so that the words looked for stand apart.
func (a asked) mark(lang, text string, words []word) []Piece {
	var pieces []Piece
	at := 0
	for _, w := range words {
		if a.lookedFor(lang, w) {
			if w.start > at {
				pieces = append(pieces, Piece{Text: text[at:w.start]})
			}
			pieces = append(pieces, Piece{text[w.start:w.end], true})
			at = w.end
		}
	}
	if at < len(text) {
		pieces = append(pieces, Piece{Text: text[at:]})
	}
	return pieces
}

// excerpt takes the run of words in which most of those looked for stand, with « … » where it is cut.
func (a asked) excerpt(d found) []Piece {
	words := split(d.body)
	if len(words) == 0 {
		return nil
	}
	from := a.densest(d.lang, words)
	to := min(from+around, len(words))
	start, end := 0, len(d.body)
	if from > 0 {
		start = words[from].start
	}
	if to < len(words) {
		end = words[to-1].end
	}
	shown := d.body[start:end]
	pieces := a.mark(d.lang, shown, split(shown))
	if from > 0 {
		pieces = append([]Piece{{Text: "… "}}, pieces...)
	}
	if to < len(words) {
		pieces = append(pieces, Piece{Text: " …"})
	}
	return pieces
}

// densest finds where the window with the most words looked for begins, a few words ahead of the first.
func (a asked) densest(lang string, words []word) int {
	var at []int
	for i, w := range words {
		if a.lookedFor(lang, w) {
			at = append(at, i)
		}
	}
	best, most := 0, 0
	for i, first := range at {
		n := 0
		for n < len(at)-i && at[i+n] < first+around-4 {
			n++
		}
		if n > most {
			best, most = first, n
		}
	}
	return max(0, best-4)
}
