package portfolioweb

import (
	"net/http"

	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/web"
)

// partOf finds the part of the address in its initiative.
func (p *Pages) partOf(r *http.Request) (sheetView, portfolio.Part, error) {
	s, err := p.sheet(r)
	if err != nil {
		return s, portfolio.Part{}, err
	}
	for _, part := range s.Parts {
		if part.ID == id.ID(r.PathValue("part")) {
			return s, part, nil
		}
	}
	return s, portfolio.Part{}, fault.New(fault.NotFound, "portfolio.part.not_found")
}

// part is the page on which a unit's own agents answer.
func (p *Pages) part(w http.ResponseWriter, r *http.Request) error {
	s, part, err := p.partOf(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, partPage(s, part))
}

// answerable tells whether the page of a part has a form.
func answerable(part portfolio.Part) bool {
	return part.Status == portfolio.Proposed || part.Status == portfolio.Reported
}

func (p *Pages) answerPart(w http.ResponseWriter, r *http.Request) error {
	s, part, err := p.partOf(r)
	if err != nil {
		return err
	}
	var f answerForm
	if err := web.Decode(r, &f); err != nil {
		return web.Refuse(w, r, err, partPage(s, part))
	}
	_, err = p.Room.AnswerPart(r.Context(), web.Actor(r), portfolio.Answer{Part: part.ID, Version: f.Version, Kind: f.Kind, Text: f.Text})
	if err != nil && !answerable(part) {
		return err // the page has no form any more: the page of the error keeps what was typed
	}
	if err != nil {
		return web.Refuse(w, r, err, partPage(s, part))
	}
	return web.Done(w, r, web.From(r).URL("portfolio.initiative", s.Number)+"#part-"+string(part.ID), "portfolio.done."+string(f.Kind))
}
