package councilweb

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/ui"
)

// What a committee asks for is typed in lines: three to begin with, and one more at each press of a button that sends the
// form back as it was typed.
const (
	actionRows  = 3
	actionsRead = 50
	moreRows    = "more" // name of that button
)

// rowsIn is how many lines a form holds.
func rowsIn(form url.Values) int {
	n, _ := strconv.Atoi(form.Get("rows"))
	return min(max(n, actionRows), actionsRead)
}

// shownRows is how many lines to show in a form, and rowFocus takes the reader to the one that they asked for.
func shownRows(ctx context.Context, form string) int {
	if a := ui.FrameOf(ctx).Attempt; a != nil && a.Form == form {
		return rowsIn(a.Values)
	}
	return actionRows
}

func rowFocus(ctx context.Context, form string, n int) templ.Attributes {
	if a := ui.FrameOf(ctx).Attempt; a != nil && a.Form == form && a.Title == "" && n == shownRows(ctx, form)-1 {
		return templ.Attributes{"autofocus": true, "data-focus": true}
	}
	return nil
}

// readActions reads the action items under an item; a line that was begun must be whole.
func readActions(r *http.Request) ([]portfolio.NewAction, error) {
	bad := fault.New(fault.Invalid, "fault.invalid")
	var out []portfolio.NewAction
	for n := range rowsIn(r.PostForm) {
		at := func(name string) string { return strings.TrimSpace(r.PostForm.Get(row(name, n))) }
		if at("what")+at("unit")+at("due") == "" {
			continue
		}
		due, err := calendar.ParseDay(at("due"))
		if err != nil {
			bad.At(row("due", n), "council.day")
		}
		for _, name := range []string{"what", "unit", "due"} {
			if at(name) == "" {
				bad.At(row(name, n), "council.required")
			}
		}
		out = append(out, portfolio.NewAction{What: at("what"), Unit: id.ID(at("unit")), Due: due})
	}
	return out, bad.OrNil()
}

func row(name string, n int) string { return name + strconv.Itoa(n+1) }
