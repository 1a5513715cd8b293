package participation_test

import (
	"testing"

	"parvis/internal/participation"
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
