package portfolioweb

import (
	"context"
	"net/http"

	"parvis/internal/blob"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// paper serves an edition of a paper to whoever may read it.
func (p *Pages) paper(w http.ResponseWriter, r *http.Request) error {
	found, err := p.Room.PaperFor(r.Context(), web.From(r).Visitor, id.ID(r.PathValue("paper")))
	if err != nil {
		return err
	}
	return p.Room.ServePaper(w, r, found)
}

// threads are the documents of which a new edition may be handed in here; those of a question are not.
func threads(ctx context.Context, papers []portfolio.Paper) (out []ui.Option) {
	for _, p := range blob.Latest(papers) {
		if p.Arbitration == "" {
			out = append(out, ui.Edition(ctx, string(p.Thread), p.Title, p.Edition))
		}
	}
	return out
}

// others are the papers of a list that are not in force: removed, or followed by another edition.
func others(papers []portfolio.Paper) (out []portfolio.Paper) {
	force := map[id.ID]bool{}
	for _, p := range blob.Latest(papers) {
		force[p.ID] = true
	}
	for _, p := range papers {
		if !force[p.ID] {
			out = append(out, p)
		}
	}
	return out
}
