package portfolioweb

import (
	"context"
	"net/http"

	"github.com/a-h/templ"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/web"
)

// todoView is what an agent's posts and their units have to answer or to do.
type todoView struct {
	portfolio.ToDo
	Book    *book
	Visitor identity.Visitor
	MayAct  bool
	Today   calendar.Day
	Units   []Choice
	Agents  []Choice
	More    templ.Component // of other rooms
}

// Waiting counts what waits for a visitor behind the two menus: « À faire » and « Mes arbitrages ».
func (p *Pages) Waiting(ctx context.Context, v identity.Visitor) (todo, arbitrations int, err error) {
	n, err := p.Room.Pending(ctx, v)
	return n.ToDo, n.Arbitrations, err
}

func (p *Pages) todoView(r *http.Request) (todoView, error) {
	v := web.From(r)
	t, err := p.Room.ToDo(r.Context(), v.Visitor)
	if err != nil {
		return todoView{}, err
	}
	view := todoView{ToDo: t, Visitor: v.Visitor, MayAct: mayAct(v.Visitor), Today: p.Room.Today()}
	if p.ToDoMore != nil {
		if view.More, err = p.ToDoMore(r.Context()); err != nil {
			return view, err
		}
	}
	posts, units := postIDs(v.Visitor), []id.ID{}
	for _, l := range append(t.Parts, t.Counters...) {
		posts, units = append(posts, l.OfferedBy), append(units, l.Unit)
	}
	for _, l := range t.Actions {
		posts, units = append(posts, l.Post), append(units, l.Unit)
	}
	if view.Book, err = p.openIDs(r, posts, units); err != nil {
		return view, err
	}
	if view.Units, err = choices(r, p.Names.AllUnits); err != nil {
		return view, err
	}
	view.Agents, err = choices(r, p.Names.Agents)
	return view, err
}

// said is how the post of an action item is called; nothing when there is none.
func (t todoView) said(post id.ID) string {
	if post == "" {
		return ""
	}
	return t.Book.post(post).Long
}

// todo shows the list; its forms finish, drop or hand on an action item, and answer a question.
func (p *Pages) todo(w http.ResponseWriter, r *http.Request) error {
	view, err := p.todoView(r)
	if err != nil {
		return err
	}
	if r.Method == http.MethodGet {
		return web.Render(w, r, todoPage(view))
	}
	to := web.From(r).URL("portfolio.todo")
	return perform(w, r, p.todoDeeds(), todoPage(view), &to)
}

type actionForm struct {
	Version int64        `form:"version"`
	Remark  string       `form:"note,max=8000"`
	Reason  string       `form:"reason,max=8000"`
	Unit    id.ID        `form:"unit,max=64"`
	Post    id.ID        `form:"post,max=64"`
	Due     calendar.Day `form:"due"`
}

func (p *Pages) todoDeeds() map[string]web.Deed {
	return map[string]web.Deed{
		"finish": web.Decoded(func(r *http.Request, by act.Actor, about string, f actionForm) error {
			_, err := p.Room.FinishAction(r.Context(), by, id.ID(about), f.Version, f.Remark)
			return err
		}),
		"drop-action": web.Decoded(func(r *http.Request, by act.Actor, about string, f actionForm) error {
			_, err := p.Room.DropAction(r.Context(), by, id.ID(about), f.Version, f.Reason)
			return err
		}),
		"reassign": web.Decoded(func(r *http.Request, by act.Actor, about string, f actionForm) error {
			_, err := p.Room.ReassignAction(r.Context(), by, id.ID(about), f.Version, portfolio.NewAction{Unit: f.Unit, Post: f.Post, Due: f.Due})
			return err
		}),
		"found": web.Decoded(func(r *http.Request, by act.Actor, about string, f dossierForm) error {
			return p.Room.AnswerQuestion(r.Context(), by, id.ID(about), f.Version, f.Answer)
		}),
	}
}
