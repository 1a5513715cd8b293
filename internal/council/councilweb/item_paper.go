package councilweb

import (
	"net/http"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/web"
)

// paperForm hands in a paper.
type paperForm struct {
	Thread id.ID  `form:"thread,max=64"`
	Kind   string `form:"kind,max=20"`
	Title  string `form:"title,max=250"`
	Link   string `form:"link,max=2000"`
	Digest string `form:"digest,max=64"`
	Minor  bool   `form:"minor"`
}

func (p *Pages) addPaper(r *http.Request, by act.Actor, meeting, item id.ID) error {
	var f paperForm
	if err := web.Decode(r, &f); err != nil {
		return err
	}
	handed, done, err := web.Paper(r, blob.Paper{Title: f.Title, Link: f.Link, Digest: f.Digest, Thread: f.Thread})
	if err != nil {
		return err
	}
	defer done()
	form := council.PaperForm{Meeting: meeting, Item: item, Thread: handed.Thread, Kind: council.PaperKind(f.Kind), Title: handed.Title, Link: handed.Link,
		Digest: handed.Digest, File: handed.File, Minor: f.Minor}
	return nothing(p.Room.AddPaper(r.Context(), by, form))
}

// paper serves an edition of a paper to whoever may read it.
func (p *Pages) paper(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	found, err := p.Room.PaperFor(r.Context(), v.Visitor, id.ID(r.PathValue("paper")))
	if err != nil {
		return err
	}
	return p.Room.ServePaper(w, r, found)
}
