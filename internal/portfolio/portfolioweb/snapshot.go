package portfolioweb

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// snapshotView is a wall as it stood.
type snapshotView struct {
	wallView
	Snapshot portfolio.Snapshot
}

func (p *Pages) snapshot(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	s, err := p.Room.Snapshot(r.Context(), v.Visitor, web.PathID(r, "snapshot"))
	if err != nil {
		return err
	}
	view := snapshotView{wallView: wallView{Wall: s.Wall, Visitor: v.Visitor, Today: p.Room.Today(), Form: wallForm{Board: s.Board}}, Snapshot: s}
	if view.Snapshots, err = p.Room.Snapshots(r.Context(), v.Visitor, s.Board); err != nil {
		return err
	}
	if err := p.nameWall(r, &view.wallView); err != nil {
		return err
	}
	return web.Render(w, r, snapshotPage(view))
}

// compareForm asks what changed between two snapshots, or since one of them.
type compareForm struct {
	From id.ID `form:"from,max=64"`
	To   id.ID `form:"to,max=64"`
}

// compareView is the difference, by project.
type compareView struct {
	Book          *book
	Before, After portfolio.Snapshot
	Changes       []changed
	Board         id.ID
}

// changed is what changed about one project.
type changed struct {
	Number, Title string
	Lines         []portfolio.Change
}

func (p *Pages) compare(w http.ResponseWriter, r *http.Request) error {
	var f compareForm
	if err := web.Decode(r, &f); err != nil {
		return err
	}
	v := web.From(r)
	before, err := p.Room.Snapshot(r.Context(), v.Visitor, f.From)
	if err != nil {
		return err
	}
	after, err := p.Room.Snapshot(r.Context(), v.Visitor, f.To)
	if err != nil {
		return err
	}
	if after.TakenOn.Before(before.TakenOn) {
		before, after = after, before
	}
	list := portfolio.Diff(before.Wall, after.Wall)
	b, err := p.nameChanges(r, list)
	if err != nil {
		return err
	}
	return web.Render(w, r, comparePage(compareView{b, before, after, byProject(list), after.Board}))
}

func (p *Pages) nameChanges(r *http.Request, list []portfolio.Change) (*book, error) {
	var all []id.ID
	for _, c := range list {
		all = append(all, id.ID(c.Of))
	}
	return p.openIDs(r, all, all)
}

func byProject(list []portfolio.Change) []changed {
	var out []changed
	for _, c := range list {
		n := slices.IndexFunc(out, func(o changed) bool { return o.Number == c.Number })
		if n < 0 {
			out = append(out, changed{Number: c.Number, Title: c.Title})
			n = len(out) - 1
		}
		out[n].Lines = append(out[n].Lines, c)
	}
	return out
}

// changeText says one difference in words.
func changeText(ctx context.Context, b *book, c portfolio.Change) string {
	key := "portfolio.change." + string(c.Kind)
	word := func(prefix, value string) string {
		if value == "" {
			return ui.T(ctx, "portfolio.change.nothing")
		}
		return ui.T(ctx, prefix+value)
	}
	switch c.Kind {
	case portfolio.ChangeNew:
		return ui.T(ctx, key, "stage", word("portfolio.stage.", c.After))
	case portfolio.ChangeStage:
		return ui.T(ctx, key, "before", word("portfolio.stage.", c.Before), "after", word("portfolio.stage.", c.After))
	case portfolio.ChangeTitle, portfolio.ChangeWaiting:
		return ui.T(ctx, key, "before", c.Before, "after", c.After)
	case portfolio.ChangeSponsorIn, portfolio.ChangeSponsorOut, portfolio.ChangeOwnerIn, portfolio.ChangeOwnerOut:
		return ui.T(ctx, key, "who", b.post(id.ID(c.Of)).Long)
	case portfolio.ChangePart:
		who := c.Of
		if l, ok := b.units[id.ID(c.Of)]; ok {
			who = l.Long
		}
		return ui.T(ctx, key, "who", who, "before", word("portfolio.part.status.", c.Before), "after", word("portfolio.part.status.", c.After))
	case portfolio.ChangeSuspended, portfolio.ChangeMaturing:
		return ui.T(ctx, key+"."+c.After)
	}
	return ui.T(ctx, key)
}

// copilView is the printed file of a steering committee.
type copilView struct {
	portfolio.Copil
	Book    *book
	Form    wallForm
	Changes []changed
	View    wallView
}

func (p *Pages) copil(w http.ResponseWriter, r *http.Request) error {
	f, err := readWall(r)
	if err != nil {
		return err
	}
	view, err := p.wallView(r, f)
	if err != nil {
		return err
	}
	v := web.From(r)
	title := cmp.Or(view.Board.Name, v.P.T("portfolio.copil.title"))
	file, err := p.Room.Copil(r.Context(), v.Visitor, title, view.View, f.Since)
	if err != nil {
		return err
	}
	b, err := p.open(r, file.Posts, file.Units)
	if err != nil {
		return err
	}
	return web.Render(w, r, copilPage(copilView{file, b, f, byProject(file.Changes), view}))
}

// sheets puts the projects with a question that waits first.
func (c copilView) sheets() []portfolio.CopilSheet {
	out := slices.Clone(c.Sheets)
	slices.SortStableFunc(out, func(a, b portfolio.CopilSheet) int { return min(1, len(b.Waiting)) - min(1, len(a.Waiting)) })
	return out
}

func (c copilView) waitingCount() int {
	n := 0
	for _, s := range c.Sheets {
		n += len(s.Waiting)
	}
	return n
}

// silentCount counts the projects in which somebody was asked and did not answer.
func (c copilView) silentCount() int {
	n := 0
	for _, s := range c.Sheets {
		if s.Card.Silent > 0 {
			n++
		}
	}
	return n
}
