package portfolioweb

import (
	"net/http"

	"github.com/a-h/templ"

	"parvis/internal/web"
)

// perform does what the form that was sent asks, then leads to the page to, which a deed may change. A refused form
// shows the page again, as it was typed.
func perform(w http.ResponseWriter, r *http.Request, deeds map[string]web.Deed, page templ.Component, to *string) error {
	return web.Perform(w, r, deeds, to, "portfolio.done", func(refused error) error { return web.Refuse(w, r, refused, page) })
}
