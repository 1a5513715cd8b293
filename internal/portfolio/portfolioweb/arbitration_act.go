package portfolioweb

import (
	"net/http"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/web"
)

type reasonForm struct {
	Version int64        `form:"version"`
	Reason  string       `form:"note,max=8000"`
	Until   calendar.Day `form:"until"`
	Post    id.ID        `form:"post,max=64"`
}

type stanceForm struct {
	Stance portfolio.Stance `form:"stance,max=20"`
	Remark string           `form:"remark,max=8000"`
}

type learnForm struct {
	Learn string       `form:"learn,max=8000"`
	Post  id.ID        `form:"post,max=64"`
	Until calendar.Day `form:"until"`
}

type outcomeForm struct {
	Outcome string `form:"outcome,max=8000"`
}

// actOnArbitration does whatever else can be done about a question than deciding it.
func (p *Pages) actOnArbitration(w http.ResponseWriter, r *http.Request) error {
	view, err := p.half(r)
	if err != nil {
		return err
	}
	to := web.From(r).URL("portfolio.arbitration", view.Number)
	return perform(w, r, p.arbitrationDeeds(view.ArbitrationSheet), arbitrationPage(view), &to)
}

func (p *Pages) arbitrationDeeds(a portfolio.ArbitrationSheet) map[string]web.Deed {
	return map[string]web.Deed{
		"postpone": web.Decoded(func(r *http.Request, by act.Actor, _ string, f reasonForm) error {
			_, err := p.Room.PostponeArbitration(r.Context(), askedActor(r, by, a.Asked), a.ID, f.Until, f.Reason)
			return err
		}),
		"return": web.Decoded(func(r *http.Request, by act.Actor, _ string, f reasonForm) error {
			_, err := p.Room.ReturnArbitration(r.Context(), askedActor(r, by, a.Asked), a.ID, f.Reason)
			return err
		}),
		"reply": web.Decoded(func(r *http.Request, by act.Actor, _ string, f reasonForm) error {
			_, err := p.Room.ReplyArbitration(r.Context(), askerActor(r, by, a.AskedBy), a.ID, f.Reason, nil)
			return err
		}),
		"withdraw-question": web.Decoded(func(r *http.Request, by act.Actor, _ string, f reasonForm) error {
			_, err := p.Room.WithdrawArbitration(r.Context(), askerActor(r, by, a.AskedBy), a.ID, f.Reason)
			return err
		}),
		"ask-another": web.Decoded(func(r *http.Request, by act.Actor, _ string, f reasonForm) error {
			_, err := p.Room.AskAnother(r.Context(), askerActor(r, by, a.AskedBy), a.ID, f.Post, f.Reason)
			return err
		}),
		"opine": web.Decoded(func(r *http.Request, by act.Actor, _ string, f stanceForm) error {
			return p.Room.GiveStance(r.Context(), askedActor(r, by, a.Asked), a.ID, f.Stance, f.Remark)
		}),
		"mature-question": web.Decoded(func(r *http.Request, by act.Actor, _ string, f learnForm) error {
			return p.Room.LetMature(r.Context(), by, portfolio.Mature{Initiative: a.Initiative.ID, Arbitration: a.ID, Learn: f.Learn, Post: f.Post, Until: f.Until})
		}),
		"learn-question": web.Decoded(func(r *http.Request, by act.Actor, _ string, f outcomeForm) error {
			return p.Room.Learn(r.Context(), by, a.Initiative.ID, a.ID, f.Outcome)
		}),
		"publish-decision": func(r *http.Request, by act.Actor, _ string) error {
			return p.Room.PublishArbitration(r.Context(), by, a.ID)
		},
		"follow-up": web.Decoded(func(r *http.Request, by act.Actor, _ string, f actionRow) error {
			_, err := p.Room.CreateAction(r.Context(), by, a.ID, portfolio.NewAction{What: f.What, Unit: f.Unit, Post: f.Post, Due: f.Due})
			return err
		}),
	}
}

// askedActor acts at the post that is asked, whichever of the visitor's posts the form names or comes
// first: a question is answered by whom it was put to.
func askedActor(r *http.Request, by act.Actor, asked []portfolio.AskedPost) act.Actor {
	v := web.From(r).Visitor
	if r.PostForm.Get("as") != "" {
		return by
	}
	for _, k := range asked {
		if _, holds := v.Post(k.Post); holds {
			return v.Actor(k.Post)
		}
	}
	return by
}

// askerActor acts at the post that put the question, when the visitor holds it.
func askerActor(r *http.Request, by act.Actor, asker id.ID) act.Actor {
	v := web.From(r).Visitor
	if _, holds := v.Post(asker); holds && asker != "" {
		return v.Actor(asker)
	}
	return by
}
