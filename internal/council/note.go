package council

import (
	"slices"
	"strings"

	"parvis/internal/blob"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// WantsNotes tells whether a note of synthesis goes with the notice, about each matter submitted to deliberation: in the
// council of a commune of 3,500 inhabitants or more (CGCT, art. L2121-12), whatever the urgency.
func (c Committee) WantsNotes() bool { return c.Kind == Council && !c.NotesWaived }

// Deliberated tells whether an item is a matter submitted to deliberation: neither the urgency of the notice, on which
// the council pronounces by itself, nor the minutes of an earlier session, whose draft is the text.
func (i Item) Deliberated() bool {
	return i.Status == Listed && i.Nature == ForDecision && !i.urgency() && !i.approves()
}

// noted tells whether a matter has its note: what was written of it, in its item or in the question that it carries, or a
// paper of that kind which stands.
func noted(summary, context string, papers []Paper) bool {
	return strings.TrimSpace(summary+context) != "" ||
		slices.ContainsFunc(blob.Latest(papers), func(p Paper) bool { return p.Kind == Synthesis && p.WithdrawnOn == "" })
}

// LacksNote tells whether an item of the file lacks the note of synthesis that the notice must bring.
func (f File) LacksNote(item id.ID) bool {
	return slices.ContainsFunc(f.WithoutNote(), func(i ItemFile) bool { return i.ID == item })
}

// WithoutNote lists the matters that lack the note of synthesis that the notice must bring. Those withheld from the reader
// are not told.
func (f File) WithoutNote() []ItemFile {
	var lacking []ItemFile
	for _, i := range f.Items {
		context := ""
		if i.Question != nil {
			context = i.Question.Context
		}
		if f.Committee.WantsNotes() && i.Deliberated() && !i.Withheld && !noted(i.Summary, context, i.Papers) {
			lacking = append(lacking, i)
		}
	}
	return lacking
}

// withNotes refuses to call a council to matters that lack their note.
func (c *change) withNotes(items []Item) error {
	var lacking []string
	for _, i := range items {
		if !c.c.WantsNotes() || !i.Deliberated() {
			continue
		}
		ok, err := c.hasNote(i)
		if err != nil {
			return err
		}
		if !ok {
			lacking = append(lacking, i.Title)
		}
	}
	if len(lacking) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, "council.note.missing", "items", strings.Join(lacking, "\u00a0; "))
}

// sentAgain refuses to put on the agenda of a council that is called, whatever the way, a matter that lacks its note: those
// who were called get the agenda again, and the note with it.
func (c *change) sentAgain(i Item) error {
	if c.m.Status != Convened {
		return nil
	}
	return c.withNotes([]Item{i})
}

func (c *change) hasNote(i Item) (bool, error) {
	context := ""
	if i.Arbitration != "" {
		q, err := c.r.portfolio.QuestionIn(c.tx.Context(), c.tx, i.Arbitration)
		if err != nil {
			return false, err
		}
		context = q.Context
	}
	papers, err := papersAbout(c.tx.Context(), c.tx, i.Root)
	return noted(i.Summary, context, papers), err
}
