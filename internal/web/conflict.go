package web

import (
	"iter"
	"net/http"
	"strconv"

	"parvis/internal/fault"
)

// Stale is a form that was filled in against a version that is no longer the current one.
type Stale struct {
	Action  string // where to send the text of both
	See     string // the thing as it stands now
	Version string // the version it has now, sent along as "version"
	Fields  []Both
	Hidden  map[string]string // what else the form carries along
}

// Both is one field as the reader typed it and as it stands now.
type Both struct{ Name, Label, Mine, Theirs string }

func (s Stale) carried() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		if !yield("version", s.Version) {
			return
		}
		for name, value := range s.Hidden {
			if !yield(name, value) {
				return
			}
		}
	}
}

// Conflict answers a stale form with both texts (409). It returns err untouched when it is not a
// conflict, so that a handler can end with it.
func Conflict(w http.ResponseWriter, r *http.Request, err error, stale Stale) error {
	if fault.KindOf(err) != fault.Conflict {
		return err
	}
	From(r).record.err = err
	return RenderStatus(w, r, http.StatusConflict, conflictPage(stale))
}

// long tells whether a text deserves several lines.
func long(s string) bool { return len(s) > 90 }

func keptID(i int) string { return "kept" + strconv.Itoa(i) }
