package ui

import "regexp"

// thingNumber is how people call a question, a project, a decision or a meeting: A-2016-1, COPIL-2018-2.
var thingNumber = regexp.MustCompile(`\p{Lu}[\p{Lu}\d]*(?:-\d+)+`)

// piece is a part of a text: a number of a thing, or what stands between two.
type piece struct {
	text   string
	number bool
}

// numbered cuts a text around the numbers of things in it.
func numbered(text string) (all []piece) {
	from := 0
	for _, at := range thingNumber.FindAllStringIndex(text, -1) {
		if at[0] > from {
			all = append(all, piece{text: text[from:at[0]]})
		}
		all = append(all, piece{text[at[0]:at[1]], true})
		from = at[1]
	}
	if from < len(text) {
		all = append(all, piece{text: text[from:]})
	}
	return all
}
