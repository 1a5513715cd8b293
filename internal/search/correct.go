package search

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"parvis/internal/db"
)

// minCorrected is the length from which a word may be mistyped: shorter ones are too alike.
const minCorrected = 4

// correct gives every word of the query the words it may have been meant for, and returns the query
// as it would be written with the nearest of them; "" when nothing is near.
func (a asked) correct(ctx context.Context, q db.Querier) (string, error) {
	var words []string
	changed := false
	for i := range a.groups {
		near, err := nearest(ctx, q, a.groups[i].word)
		if err != nil {
			return "", err
		}
		word := a.groups[i].word
		if len(near) > 0 && near[0] != word {
			word, changed = near[0], true
			a.groups[i].similar = nil
			for _, n := range near {
				a.groups[i].similar = append(a.groups[i].similar, split(n)[0].terms("fr", "en")...)
			}
		}
		words = append(words, word)
	}
	if !changed {
		return "", nil
	}
	return strings.Join(words, " "), nil
}

// nearest lists up to three known words within one change of letters, or two for long words, the
// nearest first. A word that is known is its own nearest.
func nearest(ctx context.Context, q db.Querier, word string) ([]string, error) {
	if len(word) < minCorrected {
		return nil, nil
	}
	most := 1
	if len(word) >= 8 {
		most = 2
	}
	known, err := db.All(ctx, q, db.Scalar[string], `SELECT term FROM op_search_word WHERE size BETWEEN $1 AND $2 ORDER BY size, term`,
		len(word)-most, len(word)+most)
	type candidate struct {
		term string
		far  int
	}
	var all []candidate
	for _, term := range known {
		if far := distance(word, term, most); far <= most {
			all = append(all, candidate{term, far})
		}
	}
	slices.SortStableFunc(all, func(x, y candidate) int { return cmp.Compare(x.far, y.far) })
	var near []string
	for _, c := range all[:min(3, len(all))] {
		near = append(near, c.term)
	}
	return near, err
}

// distance counts the letters to insert, remove, change or swap with a neighbour (optimal string
// alignment; Damerau 1964). It gives up, with a number above most, as soon as that is certain.
func distance(a, b string, most int) int {
	two, one, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range one {
		one[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		best := i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			row[j] = min(one[j]+1, row[j-1]+1, one[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], two[j-2]+1)
			}
			best = min(best, row[j])
		}
		if best > most {
			return best
		}
		two, one, row = one, row, two
	}
	return one[len(b)]
}
