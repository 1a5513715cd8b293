package ui

import "github.com/a-h/templ"

// CardHead is what every card shows.
type CardHead struct {
	Title  string
	URL    string
	Lang   string          // language of the title when it is not the page's
	Kicker templ.Component // tags above the title
	Foot   string
}

// Sort is a column by which a table can be sorted.
type Sort struct {
	Label  string
	URL    string // leads to the other direction when the column is already the one
	Dir    string // "ascending", "descending", or "" when another column sorts
	Number bool
}

func (s Sort) arrow() string {
	switch s.Dir {
	case "ascending":
		return "↑"
	case "descending":
		return "↓"
	}
	return "↕"
}

// Figure is a number that matters, already formatted.
type Figure struct{ Label, Value string }

// Pager is the place of one page in a long list. Pages count from 1.
type Pager struct {
	Page, Size, Total int
	URL               func(page int) string
}

func (p Pager) last() int {
	if p.Size <= 0 {
		return 1
	}
	return max(1, (p.Total+p.Size-1)/p.Size)
}

func (p Pager) from() int { return (p.Page-1)*p.Size + 1 }
func (p Pager) to() int   { return min(p.Page*p.Size, p.Total) }

// shown lists the pages to link: the first, the last, those around this one; 0 stands for a gap.
func (p Pager) shown() []int {
	var list []int
	previous := 0
	for n := 1; n <= p.last(); n++ {
		if n != 1 && n != p.last() && (n < p.Page-1 || n > p.Page+1) {
			continue
		}
		if n > previous+1 {
			list = append(list, 0)
		}
		list = append(list, n)
		previous = n
	}
	return list
}
