package councilweb

import (
	"testing"

	"parvis/internal/council"
)

// Open files are in French: no status is written in them as the code calls it.
func TestOutcomesAreWordsOfTheOpenFiles(t *testing.T) {
	for status, want := range map[council.ItemStatus]string{council.ItemAdopted: "adopté", council.ItemRejected: "rejeté", council.ItemNoted: "pris acte",
		council.ItemPostponed: "reporté", council.ItemWithdrawn: "retiré", council.Listed: "inscrit"} {
		if got := outcomeWord(status); got != want {
			t.Errorf("%s: %q, want %q", status, got, want)
		}
	}
}
