package participationweb

import (
	"net/http"

	"parvis/internal/participation"
	"parvis/internal/web"
)

// verifyView is what anybody needs to count again without us.
type verifyView struct {
	electionView
	Origin string
	Files  []participation.File
}

func (p *Pages) verify(w http.ResponseWriter, r *http.Request) error {
	e, err := p.read(r)
	if err != nil {
		return err
	}
	view := verifyView{electionView: e, Origin: p.Origin}
	if e.Public() {
		if view.Files, err = p.Room.Files(r.Context(), e.Election); err != nil {
			return err
		}
	}
	return web.Render(w, r, verifyPage(view))
}
