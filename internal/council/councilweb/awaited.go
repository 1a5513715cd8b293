package councilweb

import (
	"net/http"
	"slices"

	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/web"
)

// await adds to a page what keeps an item from being voted on.
func (p *Pages) await(r *http.Request, view *fileView, i council.Item) (err error) {
	if view.Awaited, err = p.Room.Awaited(r.Context(), web.From(r).Visitor, i); err != nil {
		return err
	}
	var posts []id.ID
	for _, a := range view.Awaited {
		posts = append(posts, a.Posts...)
	}
	view.Asked, err = p.postNames(r, posts)
	return err
}

// bound tells whether the item at hand waits for an agreement before anything is decided on it.
func (v fileView) bound(i council.ItemFile) bool {
	return len(v.Awaited) > 0 && i.Status == council.Listed && i.Nature != council.ForInfo
}

// mustOpen tells whether the item at hand waits for a circuit that nobody has opened.
func (v fileView) mustOpen() bool {
	return slices.ContainsFunc(v.Awaited, func(a council.Awaited) bool { return !a.Opened() })
}
