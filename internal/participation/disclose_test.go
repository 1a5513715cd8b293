package participation_test

import (
	"fmt"
	"strings"
	"testing"

	"parvis/internal/db"
	"parvis/internal/participation"
	"parvis/internal/participation/recount"
)

// A lot of nineteen tells its winners and their order and nothing else, to whoever asks. The same lot
// with one ballot more tells its sums: the test would see them.
func TestASmallLotTellsItsWinnersAlone(t *testing.T) {
	forEachTown(t, func(w *town) {
		for _, c := range []struct {
			n    int
			tell bool
		}{{19, false}, {20, true}} {
			s := w.counted("plus_de_voix", nil, file("", projects(), repeat(c.n, "a,b", "b", "c,d")))
			l := w.lot(s, "")
			if got := winners(l); got != "b a d" && got != "b a d e" && got != "b a c" {
				w.Errorf("%d ballots: winners %q", c.n, got)
			}
			told := l.Lot.Result.WithoutWinner != 0 || len(l.Lot.Result.Categories) != 0
			for _, p := range l.Projects {
				told = told || p.Votes != 0 || p.Why.Score != 0 || p.Why.Place != 0 || p.Why.Left > 0
			}
			if told != c.tell {
				w.Errorf("%d ballots: sums told: %v, want %v", c.n, told, c.tell)
			}
			d, err := s.Document()
			if err != nil {
				w.Fatal(err)
			}
			if got := participation.MayTry(agent, s.Election, d, s.Lots[0]); got != c.tell {
				w.Errorf("%d ballots: another rule may be tried: %v", c.n, got)
			}
		}
	})
}

// Neither does an archive tell more of nineteen ballots, row by row.
func TestAnArchiveIsDiscreet(t *testing.T) {
	for _, c := range []struct {
		disclosure recount.Disclosure
		votes      int64
		effective  bool
	}{{recount.OnlyWinners, 0, false}, {recount.OnlyTotals, 12, true}, {recount.AllBallots, 12, true}} {
		lot := []any{"l1", int64(19), int64(2), db.JSON(participation.Result{Disclosure: c.disclosure, WithoutWinner: 5, Voters: 19, Won: 1})}
		project := []any{"p1", "l1", int64(12), int64(1), false, db.JSON(participation.Why{Cause: "selected", Full: 7, Effective: 500})}
		discreet := participation.Discreet()
		if err := discreet("participation_lot", []string{"id", "voters", "blank", "result"}, lot); err != nil {
			t.Fatal(err)
		}
		if err := discreet("participation_project", []string{"id", "lot", "votes", "turn", "withdrawn", "why"}, project); err != nil {
			t.Fatal(err)
		}
		told := fmt.Sprint(lot, project)
		if got := strings.Contains(told, `"WithoutWinner":5`) || strings.Contains(told, `"Full":7`); got != (c.disclosure == recount.AllBallots) {
			t.Errorf("%s: what only ballots tell: %v: %s", c.disclosure, got, told)
		}
		if project[2] != c.votes || strings.Contains(told, `"Effective":500`) != c.effective {
			t.Errorf("%s: %s", c.disclosure, told)
		}
	}
}
