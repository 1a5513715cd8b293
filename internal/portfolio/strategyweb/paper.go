package strategyweb

import (
	"context"
	"net/http"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/id"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/ui"
	"parvis/internal/web"
)

type paperForm struct {
	Title  string `form:"title,max=250"`
	Link   string `form:"link,max=2000"`
	Digest string `form:"digest,max=64"`
	Thread id.ID  `form:"thread,max=64"`
	Public bool   `form:"public"`
}

func (p *Pages) attachPaper(r *http.Request, by act.Actor, s strategy.Strategy, f paperForm) error {
	paper, done, err := web.Paper(r, blob.Paper{Title: f.Title, Link: f.Link, Digest: f.Digest, Thread: f.Thread})
	if err != nil {
		return err
	}
	defer done()
	_, err = p.Room.AttachPaper(r.Context(), by, strategy.Attach{Paper: paper, Strategy: s.ID, Public: f.Public})
	return err
}

// paper serves an edition of a paper to whoever may read it.
func (p *Pages) paper(w http.ResponseWriter, r *http.Request) error {
	found, err := p.Room.PaperFor(r.Context(), web.From(r).Visitor, id.ID(r.PathValue("paper")))
	if err != nil {
		return err
	}
	return p.Room.ServePaper(w, r, found)
}

func threads(ctx context.Context, papers []strategy.Paper) (out []ui.Option) {
	for _, p := range blob.Latest(papers) {
		out = append(out, ui.Edition(ctx, string(p.Thread), p.Title, p.Edition))
	}
	return out
}
