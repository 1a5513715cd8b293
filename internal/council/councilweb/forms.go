package councilweb

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// A page that acts holds several forms. Each has a name, and what follows a dot in it says about which
// thing it is: "leave.0190…" notes that this member leaves.

// deed does what one form asks; about is what follows the dot in its name.
type deed func(r *http.Request, by act.Actor, about string) error

// perform does what the form that was sent asks, then leads to the page to and says there that it is
// done. A refused form shows the page again, as it was typed.
func perform(w http.ResponseWriter, r *http.Request, deeds map[string]deed, page func() (templ.Component, error), to string) error {
	if err := web.Parse(r); err != nil {
		return err
	}
	name, about, _ := strings.Cut(r.PostForm.Get(ui.FormName), ".")
	do, ok := deeds[name]
	if !ok {
		return fault.New(fault.Invalid, "fault.invalid")
	}
	if r.PostForm.Get(moreRows) != "" {
		again, err := page()
		if err != nil {
			return err
		}
		r.PostForm.Set("rows", strconv.Itoa(rowsIn(r.PostForm)+1))
		return web.Retyped(w, r, again)
	}
	bad := do(r, actor(r), about)
	if bad == nil {
		return web.Done(w, r, to, "councilweb.done."+name)
	}
	again, err := page() // read anew: the form stands on the things as they are now
	if err != nil {
		return err
	}
	return web.Refuse(w, r, bad, again)
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

// nothing drops the result of a use case whose page will be read anew.
func nothing[T any](_ T, err error) error { return err }

// versioned is what every form about a thing carries.
type versioned struct {
	Version int64 `form:"version"`
}

// because is a form that gives a reason.
type because struct {
	Version int64  `form:"version"`
	Reason  string `form:"reason,max=4000"`
}
