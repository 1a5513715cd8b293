package participationweb

import (
	"context"
	"net/http"

	"parvis/internal/id"
	"parvis/internal/participation"
	"parvis/internal/participation/tally"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// projectView is the page of one project: « pourquoi pas nous ? ».
type projectView struct {
	lotView
	Project participation.Project
	Why     *whyView
	Became  ui.Item // the initiative it became, as far as the visitor may read it
}

func (p *Pages) project(w http.ResponseWriter, r *http.Request) error {
	e, err := p.read(r)
	if err != nil {
		return err
	}
	l, err := p.fill(r, e, r.PathValue("lot"))
	if err != nil {
		return err
	}
	view := projectView{lotView: l}
	if view.Project, err = l.LotSheet.Project(r.PathValue("project")); err != nil {
		return err
	}
	v := web.From(r)
	if view.Project.Why != nil {
		told := teller{v.P, l, view.Project, view.Project.Why}.tell()
		view.Why = &told
	}
	if view.Became, err = p.became(r, view.Project); err != nil {
		return err
	}
	return web.Render(w, r, projectPage(view))
}

// became finds the initiative that a winner became.
func (p *Pages) became(r *http.Request, project participation.Project) (ui.Item, error) {
	if project.Initiative == "" || p.Portfolio == nil {
		return ui.Item{}, nil
	}
	v := web.From(r)
	found, err := p.Portfolio.Named(r.Context(), v.Visitor, []id.ID{project.Initiative})
	if err != nil || len(found) == 0 || !v.Has("portfolio.initiative") {
		return ui.Item{}, err
	}
	return ui.Item{Label: found[0].Title, URL: v.URL("portfolio.initiative", found[0].Number)}, nil
}

// aroundKey titles the ranking around the project: under Equal Shares it is that of the completion.
func (v projectView) aroundKey() string {
	if v.Rule.Family == tally.EqualShares {
		return "participation.around.shares"
	}
	return "participation.around"
}

// crumbs lead back through the lot where there are several.
func (v projectView) crumbs(ctx context.Context) []ui.Item {
	if len(v.Lots) < 2 {
		return crumbs(ctx, v.electionView)
	}
	return crumbs(ctx, v.electionView, ui.Item{Label: v.LotSheet.Lot.Name, URL: ui.Link(ctx, "participation.lot", v.Number, v.LotSheet.Lot.Code)})
}
