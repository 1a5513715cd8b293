package search

import (
	"slices"
	"strings"
	"unicode"

	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/french"
	"golang.org/x/text/unicode/norm"

	"parvis/internal/i18n"
)

// word is one word of a text: where it stands, and how it is compared.
type word struct {
	start, end int    // bytes of the text it was read from
	lower      string // lower case with its accents, for the stemmers
	folded     string
}

// maxWord bounds a word: what is longer is no word, and index entries have a limit.
const maxWord = 64

// split reads the words of a text in Unicode form C. Elided words before an apostrophe are dropped,
// and a hyphen parts words.
func split(text string) []word {
	var all []word
	start := -1
	for i, r := range text {
		switch inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r); {
		case inside && start < 0:
			start = i
		case !inside && start >= 0:
			if !isApostrophe(r) || !elided(text[start:i]) {
				all = appendWord(all, text, start, i)
			}
			start = -1
		}
	}
	if start >= 0 {
		all = appendWord(all, text, start, len(text))
	}
	return all
}

func appendWord(all []word, text string, start, end int) []word {
	lower := strings.ToLower(text[start:end])
	folded := i18n.Fold(lower)
	if len(folded) > maxWord || folded == "" {
		return all
	}
	return append(all, word{start, end, lower, folded})
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == '‘' }

// elided tells the short words that French cuts before a vowel.
func elided(s string) bool {
	switch strings.ToLower(s) {
	case "c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu":
		return true
	}
	return false
}

// stems are the terms under which a word is also known in a language. A reader may type without
// accents, which changes what the stemmer sees, so both spellings are stemmed.
func (w word) stems(lang string) []string {
	if lang == i18n.English {
		return []string{english.Stem(w.folded, false)}
	}
	return []string{i18n.Fold(french.Stem(w.lower, false)), french.Stem(w.folded, false)}
}

// terms are the word itself and its stems, each once.
func (w word) terms(langs ...string) []string {
	all := []string{w.folded}
	for _, lang := range langs {
		for _, s := range w.stems(lang) {
			if s != "" && !slices.Contains(all, s) {
				all = append(all, s)
			}
		}
	}
	return all
}

// light tells the words that say nothing by themselves. Some that the usual lists hold are nouns in a
// city's titles: été, son, Notre-Dame, l'est.
func (w word) light() bool {
	switch w.folded {
	case "ete", "etes", "son", "notre", "est":
		return false
	}
	return french.IsStopWord(w.lower) || english.IsStopWord(w.lower)
}

func composed(text string) string { return norm.NFC.String(text) }
