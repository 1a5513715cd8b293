package uitest

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// text returns what is written inside an element.
func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// name returns the accessible name of a link or a button, roughly: its label, else its text and the
// alternatives of its images.
func name(n *html.Node) string {
	if label := attr(n, "aria-label") + attr(n, "aria-labelledby"); label != "" {
		return label
	}
	s := text(n)
	for d := range n.Descendants() {
		if d.DataAtom == atom.Img || d.DataAtom == atom.Svg {
			s += attr(d, "alt") + attr(d, "aria-label")
		}
	}
	return strings.TrimSpace(s)
}

func find(n *html.Node, a atom.Atom) *html.Node {
	for d := range n.Descendants() {
		if d.DataAtom == a {
			return d
		}
	}
	return nil
}

func clip(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
