package blob

import (
	"slices"

	"parvis/internal/id"
)

// Edition is one of a document, as a room keeps it.
type Edition interface {
	// Of tells which document it is of, and its number from 1; 0 once it was taken away.
	Of() (thread id.ID, number int)
}

// Latest are the editions that are in force in a list: the last one of each document that was not taken away.
func Latest[E Edition](list []E) []E {
	last := map[id.ID]int{}
	for _, e := range list {
		thread, n := e.Of()
		last[thread] = max(last[thread], n)
	}
	return slices.DeleteFunc(slices.Clone(list), func(e E) bool {
		thread, n := e.Of()
		return n == 0 || n != last[thread]
	})
}
