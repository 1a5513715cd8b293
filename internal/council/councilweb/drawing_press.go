package councilweb

import (
	"slices"
	"strconv"
	"strings"

	"parvis/internal/council"
)

// press does what a button of the form asks: "add" a step, "up.2", "down.2", "remove.2", "spare.2.1" (the second step no
// longer asks the first of those whom it asks). It answers the number of the step to look at next, 0 for none. Any
// other button changes nothing: what was chosen beside a step has already joined it.
func (f *drawingForm) press(button string) int {
	verb, about, _ := strings.Cut(button, ".")
	which, nth, _ := strings.Cut(about, ".")
	n, _ := strconv.Atoi(which)
	if verb == "add" {
		if len(f.Steps) >= council.MaxSteps {
			return len(f.Steps)
		}
		f.Steps = append(f.Steps, stepForm{Kind: "visa", Days: "5", Working: true, Silence: "none"})
		return len(f.Steps)
	}
	if n < 1 || n > len(f.Steps) {
		return 0
	}
	switch verb {
	case "up":
		return f.swap(n, n-1)
	case "down":
		return f.swap(n, n+1)
	case "remove":
		return f.remove(n)
	case "spare":
		if k, _ := strconv.Atoi(nth); k >= 1 && k <= len(f.Steps[n-1].Asked) {
			f.Steps[n-1].Asked = slices.Delete(f.Steps[n-1].Asked, k-1, k)
		}
	}
	return n
}

// swap puts a step in the place of its neighbour.
func (f *drawingForm) swap(n, to int) int {
	if to < 1 || to > len(f.Steps) {
		return n
	}
	f.Steps[n-1], f.Steps[to-1] = f.Steps[to-1], f.Steps[n-1]
	f.follow(func(back int) int {
		switch back {
		case n:
			return to
		case to:
			return n
		}
		return back
	})
	return to
}

func (f *drawingForm) remove(n int) int {
	f.Steps = slices.Delete(f.Steps, n-1, n)
	f.follow(func(back int) int {
		switch {
		case back == n:
			return 0
		case back > n:
			return back - 1
		}
		return back
	})
	return min(n, len(f.Steps))
}

// follow keeps the steps from which a refusal begins again pointing at the same steps, or at none once they come later.
func (f *drawingForm) follow(moved func(back int) int) {
	for i := range f.Steps {
		s := &f.Steps[i]
		back := moved(max(said(s.Back), 0))
		if back > i+1 {
			back = 0
		}
		s.Back = shown(back)
	}
}
