package web

import (
	"net/http"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/ui"
)

// A page that acts holds several forms. Each has a name, and what follows a dot in it says about which thing it is:
// "leave.0190…" notes that this member leaves.

// Deed does what one form asks; about is what follows the dot in its name.
type Deed func(r *http.Request, by act.Actor, about string) error

// Decoded is a deed on a decoded form.
func Decoded[F any](do func(r *http.Request, by act.Actor, about string, form F) error) Deed {
	return func(r *http.Request, by act.Actor, about string) error {
		var form F
		if err := Decode(r, &form); err != nil {
			return err
		}
		return do(r, by, about, form)
	}
}

// Actor is the visitor at the post that the form names, the first one when it names none.
func Actor(r *http.Request) act.Actor { return From(r).Visitor.Actor(id.ID(r.PostForm.Get("as"))) }

// Perform does what the form that was sent asks, then leads to the page to, which the deed may have changed, and says
// there that it is done: in the words of the form's name under said. A refused form is for again to show.
func Perform(w http.ResponseWriter, r *http.Request, deeds map[string]Deed, to *string, said string, again func(refused error) error) error {
	if err := Parse(r); err != nil {
		return err
	}
	name, about, _ := strings.Cut(r.PostForm.Get(ui.FormName), ".")
	do, ok := deeds[name]
	if !ok {
		return fault.New(fault.Invalid, "fault.invalid")
	}
	if err := do(r, Actor(r), about); err != nil {
		return again(err)
	}
	return Done(w, r, *to, said+"."+name)
}
