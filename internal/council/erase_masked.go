package council

import "strings"

// unmask puts the whole text back where it was published with passages hidden, so that it is found and effaced like
// the others: what a mask left of somebody's words is theirs too. The masks of passages that are no more go with
// them, for they repeat what they hide.
func (e *eraser) unmask(m *Minutes) {
	for n, b := range m.Published {
		said := Masked([]Block{{Key: b.Key, Title: e.body, Text: e.body}}, m.Masks)[0]
		if said.Text == Hidden {
			continue // nothing of it was shown
		}
		m.Published[n].Title = strings.ReplaceAll(b.Title, said.Title, e.body)
		m.Published[n].Text = strings.ReplaceAll(b.Text, said.Text, e.body)
	}
}
