package council_test

import (
	"strings"
	"testing"

	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/portfolio"
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
				f.ClearDays = true
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

// TestWhatComesAfterTheNoticeBringsItsNote: as long as members can be called to it in time, a matter is added to the agenda
// of a council that was called, which is sent again; its note goes with it, whatever the way by which the matter comes. After
// that day nothing to vote on is added, with a note or without (CGCT, art. L2121-10 and L2121-12).
func TestWhatComesAfterTheNoticeBringsItsNote(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.assembly()
		m, earlier := c.prepare(tb, "2018-01-22"), c.prepare(tb, "2018-01-21")
		told, stays := c.bare(m, "Travaux", council.ForInfo), c.item(m, "Budget", council.ForDecision)
		off := []council.Item{c.bare(earlier, "Emprunt", council.ForDecision), c.item(earlier, "Marché", council.ForDecision), c.item(earlier, "Cession", council.ForDecision)}
		moved := []council.Item{c.bare(earlier, "Prêt", council.ForDecision), c.item(earlier, "Bail", council.ForDecision), c.item(earlier, "Legs", council.ForDecision)}
		for _, i := range off {
			must(c, func() (council.Item, error) {
				return c.room.PostponeItem(c.ctx, secretary, i.ID, i.Version, "incomplet", "")
			})
		}
		c.ok(c.call(m, ""))
		asked := []portfolio.Arbitration{c.question(func(f *portfolio.AskForm) { f.Context = "" }), c.question(), c.question()}
		summaries := []string{"", "Deux millions sur quinze ans.", "Trois millions."}
		revise := func(i council.Item, summary string) error {
			return errOf(c.room.ReviseItem(c.ctx, president, i.ID, c.stored(i).Version, council.ItemForm{Nature: council.ForDecision, Title: i.Title, Summary: summary, Late: "un oubli"}))
		}
		ways := []func(n int) error{ // of the matter n: the first has no note
			func(n int) error {
				return errOf(c.room.AddItem(c.ctx, president, m.ID, council.ItemForm{Nature: council.ForDecision, Title: "Subventions", Summary: summaries[n], Late: "un oubli"}))
			},
			func(n int) error {
				return errOf(c.room.AddQuestions(c.ctx, president, m.ID, council.ForDecision, []id.ID{asked[n].ID}, "un oubli"))
			},
			func(n int) error { return errOf(c.room.TakeUpItem(c.ctx, president, off[n].ID, m.ID)) },
			func(n int) error {
				return errOf(c.room.PostponeItem(c.ctx, president, moved[n].ID, c.stored(moved[n]).Version, "incomplet", m.ID))
			},
			func(n int) error { return revise(told, summaries[n]) },
			func(n int) error { return revise(stays, summaries[n]) },
		}
		for _, way := range ways {
			c.wants("council.note.missing", way(0))
			c.ok(way(1))
		}
		c.clock.Move(calendar.Day("2018-01-17").Clock(9, 0)) // from here on, those who are called are called too late
		for _, way := range ways {
			c.wants("council.agenda.called", way(2))
		}
	})
}

// TestWhatIsANote: a paper of that kind until it is withdrawn, what is written of the item, the words of a question.
// Urgency dispenses from none.
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
		urgent := c.prepare(tb, "2018-01-26")
		c.bare(urgent, "Emprunt", council.ForDecision)
		c.clock.Move(calendar.Day("2018-01-24").Clock(9, 0))
		c.wants("council.note.missing", c.call(urgent, "le prêt expire"))
	})
}
