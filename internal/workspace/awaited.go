package workspace

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/notify"
	"parvis/internal/portfolio"
)

// Awaited lists what waits for somebody in the portfolio, in the order of the page « À faire »: the questions to
// settle first.
func (w *Workspace) Awaited(ctx context.Context, v identity.Visitor) ([]notify.Awaited, error) {
	mine, err := w.Portfolio.MyArbitrations(ctx, v)
	if err != nil {
		return nil, err
	}
	todo, err := w.Portfolio.ToDo(ctx, v)
	if err != nil {
		return nil, err
	}
	l := list{to: v.Account}
	for _, q := range mine.Waiting {
		l.add("arbitration", act.Ref{Type: typeArbitration, ID: q.ID}, "question", q.Question, "day", q.AskedOn)
	}
	l.parts(todo)
	for _, a := range todo.Actions {
		to, where := about(a.Initiative), a.Title
		if a.Initiative == "" {
			to, where = act.Ref{Type: typeItem, ID: a.From.Item}, a.From.Number
		}
		l.add("action", to, "what", a.What, "title", where, "day", a.Due)
	}
	for _, q := range todo.Questions {
		l.add("question", about(q.Initiative), "question", q.Question, "title", q.Title, "day", q.Due)
	}
	for _, q := range todo.Returned {
		l.add("returned", act.Ref{Type: typeArbitration, ID: q.ID}, "question", q.Question)
	}
	for _, s := range todo.Maturing {
		l.add("maturing", about(s.Initiative), "title", s.Title, "day", s.Until)
	}
	return l.all, nil
}

// list is what waits for one person.
type list struct {
	to  id.ID
	all []notify.Awaited
}

func (l *list) parts(t portfolio.ToDo) {
	for _, p := range t.Parts {
		l.add("part", about(p.Initiative), "title", p.Title, "number", p.Number, "day", p.OfferedOn)
	}
	for _, p := range t.Counters {
		l.add("counter", about(p.Initiative), "title", p.Title, "number", p.Number)
	}
}

// add says a thing under the heading of its kind.
func (l *list) add(kind string, about act.Ref, args ...any) {
	l.all = append(l.all, notify.Awaited{Account: l.to, Heading: "workspace.awaited." + kind + ".heading", Key: "workspace.awaited." + kind, Args: args, About: about})
}

func about(initiative id.ID) act.Ref { return act.Ref{Type: typeInitiative, ID: initiative} }
