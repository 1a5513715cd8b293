package council_test

import (
	"strings"
	"testing"

	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/id"
)

// TestNotesOfSynthesis: in the council of a commune of 3,500 inhabitants or more each matter submitted to deliberation
// has its note when the notice leaves (CGCT, art. L2121-12): words, the question that it carries, or a paper.
func TestNotesOfSynthesis(t *testing.T) {
	forEachTown(t, func(c *town) {
		small := func(f *council.CommitteeForm) { f.Kind, f.ClearDays, f.NotesWaived = council.Council, true, true }
		for n, s := range []struct {
			what    string
			edit    []func(*council.CommitteeForm)
			nature  council.Nature
			lacking bool
		}{
			{"a matter of a council", nil, council.ForDecision, true},
			{"what a council is told", nil, council.ForInfo, false},
			{"a small commune", []func(*council.CommitteeForm){small}, council.ForDecision, false},
			{"a committee", []func(*council.CommitteeForm){func(f *council.CommitteeForm) { f.Kind = council.Copil }}, council.ForDecision, false},
		} {
			tb := c.committee(append([]func(*council.CommitteeForm){func(f *council.CommitteeForm) {
				f.Code, f.Kind, f.Notice, f.LockDays = "K"+string(rune('A'+n)), council.Council, 5, 1
			}}, s.edit...)...)
			m := c.prepare(tb, "2018-01-22")
			c.bare(m, "Emprunt", s.nature)
			want := ""
			if s.lacking {
				want = "council.note.missing"
			}
			if got := len(c.file(inside("p-mission"), m).WithoutNote()); got > 0 != s.lacking {
				c.Errorf("%s: %d matters lack their note", s.what, got)
			}
			c.wants(want, c.call(m, ""))
		}
	})
}

// bare adds an item of which nothing was written.
func (c *town) bare(m council.Meeting, title string, nature council.Nature) council.Item {
	c.Helper()
	return must(c, func() (council.Item, error) {
		return c.room.AddItem(c.ctx, secretary, m.ID, council.ItemForm{Nature: nature, Title: title})
	})
}

// TestWhatIsANote: a paper of that kind until it is withdrawn, what is written of the item, the words of a question.
// Urgency dispenses from none, and an agenda that is sent again brings the note of what was added.
func TestWhatIsANote(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.assembly()
		m := c.prepare(tb, "2018-01-22")
		i := c.bare(m, "Emprunt", council.ForDecision)
		must(c, func() ([]council.Item, error) {
			return c.room.AddQuestions(c.ctx, secretary, m.ID, council.ForDecision, []id.ID{c.question().ID}, "")
		})
		paper := func(kind council.PaperKind) council.Paper {
			return must(c, func() (council.Paper, error) {
				return c.room.AddPaper(c.ctx, secretary, council.PaperForm{Item: i.ID, Kind: kind, Title: "L’emprunt", Link: "https://ged.valmont.example/1", Digest: strings.Repeat("a", 64)})
			})
		}
		lacking := func(want ...string) {
			c.Helper()
			var titles []string
			for _, i := range c.file(inside("p-mission"), m).WithoutNote() {
				titles = append(titles, i.Title)
			}
			c.same("lacking", titles, want)
		}
		paper(council.Report)
		lacking("Emprunt")
		c.wants("council.note.missing", c.call(m, ""))
		note := paper(council.Synthesis)
		lacking()
		must(c, func() (council.Paper, error) { return c.room.WithdrawPaper(c.ctx, secretary, note.ID, "erreur") })
		lacking("Emprunt")
		must(c, func() (council.Item, error) {
			return c.room.ReviseItem(c.ctx, secretary, i.ID, c.stored(i).Version, council.ItemForm{Nature: council.ForDecision, Title: "Emprunt", Summary: "Deux millions sur quinze ans."})
		})
		lacking()
		c.ok(c.call(m, ""))
		added := council.ItemForm{Nature: council.ForDecision, Title: "Subventions"}
		add := func() error { return errOf(c.room.AddItem(c.ctx, secretary, m.ID, added)) }
		c.wants("council.note.missing", add())
		added.Summary = "Douze associations."
		c.ok(add())
		urgent := c.prepare(tb, "2018-01-26")
		c.bare(urgent, "Emprunt", council.ForDecision)
		c.clock.Move(calendar.Day("2018-01-24").Clock(9, 0))
		c.wants("council.note.missing", c.call(urgent, "le prêt expire"))
	})
}
