package councilweb

import "parvis/internal/council"

// At is the item that the holding screen is at: the one asked for, else the first that is still to be dealt with.
func (v fileView) At() (council.ItemFile, bool) {
	if i, ok := v.Item(v.Point); ok {
		return i, true
	}
	if i, _, voting := v.OpenBallot(); voting {
		return i, true
	}
	for _, i := range v.Items {
		if i.Status == council.Listed && !i.Withheld {
			return i, true
		}
	}
	return council.ItemFile{}, false
}

// planned is how long the agenda is meant to last, in minutes.
func (v fileView) planned() int {
	total := 0
	for _, i := range v.Items {
		total += i.Minutes
	}
	return total
}
