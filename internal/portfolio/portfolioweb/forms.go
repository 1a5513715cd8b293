package portfolioweb

import (
	"maps"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"parvis/internal/web"
)

// perform does what the form that was sent asks, then leads to the page to, which a deed may change. A refused form
// shows the page again, as it was typed.
func perform(w http.ResponseWriter, r *http.Request, deeds map[string]web.Deed, page templ.Component, to *string) error {
	return web.Perform(w, r, deeds, to, "portfolio.done", func(refused error) error { return web.Refuse(w, r, refused, page) })
}

// deedNames lists the forms of a page, for the test that asks whether each says that it is done.
func deedNames(deeds map[string]web.Deed) []string { return slices.Sorted(maps.Keys(deeds)) }
