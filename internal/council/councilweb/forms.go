package councilweb

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"parvis/internal/web"
)

// perform does what the form that was sent asks, then leads to the page to. A refused form shows the page again, read
// anew: it stands on the things as they are now. So does one that asks for one more line.
func perform(w http.ResponseWriter, r *http.Request, deeds map[string]web.Deed, page func() (templ.Component, error), to string) error {
	if err := web.Parse(r); err != nil {
		return err
	}
	if r.PostForm.Get(moreRows) != "" {
		again, err := page()
		if err != nil {
			return err
		}
		r.PostForm.Set("rows", strconv.Itoa(rowsIn(r.PostForm)+1))
		return web.Retyped(w, r, again)
	}
	return web.Perform(w, r, deeds, &to, "councilweb.done", func(refused error) error {
		again, err := page()
		if err != nil {
			return err
		}
		return web.Refuse(w, r, refused, again)
	})
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
