package portfolioweb

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// A page that acts holds several forms. Each has a name, and what follows a dot in it says about which
// thing it is: "milestone.0190…" changes that milestone.

// deed does what one form asks; about is what follows the dot in its name.
type deed func(r *http.Request, by act.Actor, about string) error

// perform does what the form that was sent asks, then leads to the page to, which a deed may change,
// and says there that it is done. A refused form shows the page again, as it was typed.
func perform(w http.ResponseWriter, r *http.Request, deeds map[string]deed, page templ.Component, to *string) error {
	if err := web.Parse(r); err != nil {
		return err
	}
	name, about, _ := strings.Cut(r.PostForm.Get(ui.FormName), ".")
	do, ok := deeds[name]
	if !ok {
		return fault.New(fault.Invalid, "fault.invalid")
	}
	if err := do(r, actor(r), about); err != nil {
		return web.Refuse(w, r, err, page)
	}
	return web.Done(w, r, *to, "portfolio.done."+name)
}

// actor is the visitor at the post that the form names, the first one when it names none.
func actor(r *http.Request) act.Actor {
	return web.From(r).Visitor.Actor(id.ID(r.PostForm.Get("as")))
}

// decoded is a deed on a decoded form.
func decoded[F any](do func(r *http.Request, by act.Actor, about string, form F) error) deed {
	return func(r *http.Request, by act.Actor, about string) error {
		var form F
		if err := web.Decode(r, &form); err != nil {
			return err
		}
		return do(r, by, about, form)
	}
}

// deedNames lists the forms of a page, for the test that asks whether each says that it is done.
func deedNames(deeds map[string]deed) []string { return slices.Sorted(maps.Keys(deeds)) }
