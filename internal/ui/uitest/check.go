// Package uitest checks pages: that they are well formed, that a person who cannot see them or use
// a mouse can use them, and that they keep to the content security policy. It sees what a program
// can see; the audit of a page stays a person's work.
package uitest

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Page fails the test for every defect of a whole page.
func Page(t testing.TB, body []byte) {
	t.Helper()
	for _, defect := range Defects(body) {
		t.Error(defect)
	}
}

// Defects lists what is wrong with a whole page.
func Defects(body []byte) []string {
	doc, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		return []string{err.Error()}
	}
	c := &checker{ids: map[string]int{}, labels: map[string]bool{}}
	c.nesting(body)
	c.collect(doc)
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			c.element(n)
		}
		if n.Type == html.TextNode && strings.ContainsAny(n.Data, "⟦⟧") {
			c.add("text %q: a message or an argument is missing", clip(n.Data))
		}
	}
	c.document(doc)
	return c.defects
}

type checker struct {
	defects []string
	ids     map[string]int
	labels  map[string]bool // ids that a label names
	h1      int
	level   int // of the last heading
}

func (c *checker) add(format string, args ...any) {
	c.defects = append(c.defects, fmt.Sprintf(format, args...))
}

var void = []string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

// nesting checks that every element that opens is closed, in order: a parser repairs that silently.
func (c *checker) nesting(body []byte) {
	var open []string
	z := html.NewTokenizer(bytes.NewReader(body))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			if z.Err() == io.EOF && len(open) > 0 {
				c.add("never closed: %v", open)
			}
			return
		case html.StartTagToken:
			if name, _ := z.TagName(); !slices.Contains(void, string(name)) {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				c.add("</%s> closes %v", name, open)
				return
			}
			open = open[:len(open)-1]
		}
	}
}

// collect gathers what others refer to.
func (c *checker) collect(doc *html.Node) {
	for n := range doc.Descendants() {
		if id := attr(n, "id"); id != "" {
			c.ids[id]++
			if c.ids[id] == 2 {
				c.add("id %q is there twice", id)
			}
		}
		if n.DataAtom == atom.Label {
			c.labels[attr(n, "for")] = true
		}
	}
}

func (c *checker) element(n *html.Node) {
	c.policy(n)
	c.references(n)
	switch n.DataAtom {
	case atom.Input, atom.Select, atom.Textarea:
		c.labelled(n)
	case atom.A:
		if has(n, "href") && name(n) == "" {
			c.add("a link to %q has no name", attr(n, "href"))
		}
		if strings.Contains(attr(n, "href"), "⟦") {
			c.add("a link leads to an unknown route: %s", attr(n, "href"))
		}
	case atom.Button:
		if name(n) == "" {
			c.add("a button has no name")
		}
	case atom.Img:
		if !has(n, "alt") {
			c.add("an image has no alt: %s", attr(n, "src"))
		}
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		c.heading(n)
	case atom.Th:
		if attr(n, "scope") == "" {
			c.add("a th has no scope: %s", clip(text(n)))
		}
	case atom.Ul, atom.Ol:
		c.onlyItems(n)
	case atom.Form:
		c.form(n)
	}
}

// policy finds what the content security policy forbids.
func (c *checker) policy(n *html.Node) {
	if n.DataAtom == atom.Style || n.DataAtom == atom.Script && attr(n, "src") == "" {
		c.add("inline <%s>", n.Data)
	}
	for _, a := range n.Attr {
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(strings.ToLower(a.Val), "javascript:") {
			c.add("<%s> has %s=%q", n.Data, a.Key, clip(a.Val))
		}
	}
}

func (c *checker) references(n *html.Node) {
	for _, key := range []string{"aria-describedby", "aria-labelledby", "aria-controls", "popovertarget"} {
		for _, id := range strings.Fields(attr(n, key)) {
			if c.ids[id] == 0 {
				c.add("%s of <%s> names no element: %q", key, n.Data, id)
			}
		}
	}
	if n.DataAtom == atom.Label && c.ids[attr(n, "for")] == 0 {
		c.add("a label is for no field: %s", clip(text(n)))
	}
	if target, ok := strings.CutPrefix(attr(n, "href"), "#"); ok && target != "" && c.ids[target] == 0 {
		c.add("a link leads nowhere: #%s", target)
	}
}

func (c *checker) labelled(n *html.Node) {
	switch attr(n, "type") {
	case "hidden", "submit", "button", "image", "reset":
		return
	}
	if !c.labels[attr(n, "id")] && attr(n, "aria-label") == "" && attr(n, "aria-labelledby") == "" {
		c.add("<%s name=%q> has no label", n.Data, attr(n, "name"))
	}
}

func (c *checker) heading(n *html.Node) {
	level := int(n.Data[1] - '0')
	if level == 1 {
		c.h1++
	}
	if c.level > 0 && level > c.level+1 {
		c.add("heading %q jumps from level %d to %d", clip(text(n)), c.level, level)
	}
	if strings.TrimSpace(text(n)) == "" {
		c.add("an empty h%d", level)
	}
	c.level = level
}

func (c *checker) onlyItems(n *html.Node) {
	for child := range n.ChildNodes() {
		if child.Type == html.ElementNode && child.DataAtom != atom.Li {
			c.add("<%s> holds a <%s>", n.Data, child.Data)
		}
	}
}

// form finds forms that change something by GET, or that send to nowhere.
func (c *checker) form(n *html.Node) {
	method := strings.ToLower(attr(n, "method"))
	if method == "post" && attr(n, "action") == "" {
		c.add("a form posts to nowhere")
	}
	if strings.Contains(attr(n, "action"), "⟦") {
		c.add("a form leads to an unknown route: %s", attr(n, "action"))
	}
}

func (c *checker) document(doc *html.Node) {
	root, title, main := find(doc, atom.Html), find(doc, atom.Title), find(doc, atom.Main)
	if root == nil || attr(root, "lang") == "" {
		c.add("the page does not say its language")
	}
	if title == nil || strings.TrimSpace(text(title)) == "" {
		c.add("the page has no title")
	}
	if main == nil {
		c.add("the page has no main part")
	}
	if c.h1 != 1 {
		c.add("the page has %d h1", c.h1)
	}
}
