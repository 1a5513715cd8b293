package councilweb

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"parvis/internal/council"
)

// names tells the steps of a form in a line, each with the step from which its refusal begins again.
func names(f drawingForm) string {
	var out []string
	for _, s := range f.Steps {
		out = append(out, s.Name+s.Back)
	}
	return strings.Join(out, " ")
}

func TestButtonsOfTheForm(t *testing.T) {
	for button, row := range map[string]struct {
		want string
		at   int
	}{
		"add": {"a b1 c2 ", 4}, "up.1": {"a b1 c2", 1}, "up.3": {"a c b1", 2}, "down.1": {"b a c1", 2}, "down.3": {"a b1 c2", 3},
		"remove.1": {"b c1", 1}, "remove.2": {"a c", 2}, "remove.3": {"a b1", 2}, "ask.2": {"a b1 c2", 2}, "try": {"a b1 c2", 0},
		"remove.9": {"a b1 c2", 0}, "up.x": {"a b1 c2", 0}, "": {"a b1 c2", 0}, "spare.1.7": {"a b1 c2", 1},
	} {
		f := drawingForm{Steps: []stepForm{{Name: "a"}, {Name: "b", Back: "1"}, {Name: "c", Back: "2"}}}
		if at := f.press(button); names(f) != row.want || at != row.at {
			t.Errorf("%q: %q at %d, want %q at %d", button, names(f), at, row.want, row.at)
		}
	}
	whole := drawingForm{Steps: make([]stepForm, council.MaxSteps)}
	if at := whole.press("add"); at != council.MaxSteps || len(whole.Steps) != council.MaxSteps {
		t.Errorf("a circuit that is full takes no step: %d of %d", at, len(whole.Steps))
	}
	f := drawingForm{Steps: []stepForm{{Asked: []string{"chair", "sg"}}}}
	if f.press("spare.1.1"); cmp.Diff(f.Steps[0].Asked, []string{"sg"}) != "" {
		t.Errorf("asked: %v", f.Steps[0].Asked)
	}
}

// What is chosen beside a step joins those whom it asks, once; what the search did not find stays in its field.
func TestWhatIsChosenBesideAStep(t *testing.T) {
	values := url.Values{"count": {"1"}, "asked1": {"chair"}, "roles1": {"chair"}, "unit1": {"u-1"}, "post1": {"p-1"}}
	if got := readDrawing(values, true).Steps[0].Asked; cmp.Diff(got, []string{"chair", "this-unit:u-1", "this-post:p-1"}) != "" {
		t.Error(got)
	}
	if got := readDrawing(values, false).Steps[0].Asked; cmp.Diff(got, []string{"chair"}) != "" {
		t.Error(got)
	}
	for count, want := range map[string]int{"": 0, "-3": 0, "x": 0, "2": 2, "999999999": stepsRead} {
		if got := len(readDrawing(url.Values{"count": {count}}, true).Steps); got != want {
			t.Errorf("count=%s reads %d steps, want %d", count, got, want)
		}
	}
}

// A deadline that was typed as nothing is not the same as none.
func TestNumbersOfTheForm(t *testing.T) {
	for text, want := range map[string]int{"": 0, " ": 0, "5": 5, " 12 ": 12, "0": -1, "-2": -1, "cinq": -1, "1.5": -1} {
		if got := said(text); got != want {
			t.Errorf("%q is %d, want %d", text, got, want)
		}
	}
}

// Whatever is drawn comes back the same from its form.
func TestAnEditionComesBackFromItsForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var steps []council.StepSpec
		for n := range rapid.IntRange(1, 5).Draw(t, "steps") {
			kind := rapid.SampledFrom(council.StepKinds()).Draw(t, "kind")
			flag := func(name string) bool { return rapid.Bool().Draw(t, name) }
			steps = append(steps, council.StepSpec{NameFR: rapid.String().Draw(t, "name"), NameEN: rapid.String().Draw(t, "english"), Kind: kind,
				Authoritative: kind == council.OpinionStep && flag("binds"), Roles: rapid.SliceOfNDistinct(rapid.SampledFrom(council.MatterRoles()), 1, 3, rapid.ID).Draw(t, "roles"),
				With: n > 0 && flag("with"), Need: rapid.IntRange(0, 9).Draw(t, "need"), Days: rapid.IntRange(0, 366).Draw(t, "days"), Working: flag("working"),
				Silence: rapid.SampledFrom(council.Silences()).Draw(t, "silence"), IfAny: flag("if any"), Minor: flag("minor"), NoMail: flag("no mail"), Back: rapid.IntRange(0, n+1).Draw(t, "back")})
		}
		if got := drawn(council.Template{CircuitTemplate: council.CircuitTemplate{Steps: steps}}).specs(); cmp.Diff(got, steps) != "" {
			t.Fatal(cmp.Diff(got, steps))
		}
	})
}
