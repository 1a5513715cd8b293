package strategyweb

import (
	"net/http"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/web"
)

type positionsView struct {
	frame
	On       calendar.Day
	Standing []strategy.Standing
	InForce  strategy.Strategy
	Publish  bool // the visitor holds the power to publish positions
}

type takeForm struct {
	Lean int  `form:"lean"`
	Keep bool `form:"keep"`
}

type publishForm struct {
	Version  int64 `form:"version"`
	Reviewed bool  `form:"reviewed"`
}

type dilemmaForm struct {
	Code       string `form:"code,max=40"`
	Name       string `form:"name,max=200"`
	NameEN     string `form:"name_en,max=200"`
	Question   string `form:"question,max=200"`
	QuestionEN string `form:"question_en,max=200"`
	Left       string `form:"left,max=200"`
	LeftEN     string `form:"left_en,max=200"`
	Right      string `form:"right,max=200"`
	RightEN    string `form:"right_en,max=200"`
}

func (f dilemmaForm) dilemma() strategy.Dilemma {
	return strategy.Dilemma{Code: f.Code, Name: strategy.Words{FR: f.Name, EN: f.NameEN}, Question: strategy.Words{FR: f.Question, EN: f.QuestionEN},
		Left: strategy.Words{FR: f.Left, EN: f.LeftEN}, Right: strategy.Words{FR: f.Right, EN: f.RightEN}}
}

// positions shows where the city stands on each dilemma on a day, and where agents answer them.
func (p *Pages) positions(w http.ResponseWriter, r *http.Request) error {
	view := positionsView{frame: p.frame(r)}
	view.On = view.Today
	if day, err := calendar.ReadDay(r.FormValue("day")); err == nil && day != "" {
		view.On = day
	}
	var err error
	if view.Standing, err = p.Room.Positioning(r.Context(), view.Visitor, view.On); err != nil {
		return err
	}
	if view.InForce, _, err = p.Room.InForce(r.Context(), view.Visitor, view.On); err != nil {
		return err
	}
	if view.Publish, err = p.Room.MayPublishPositions(r.Context(), view.Visitor); err != nil {
		return err
	}
	if err := p.namePositions(r, &view); err != nil {
		return err
	}
	if r.Method == http.MethodGet {
		return web.Render(w, r, positionsPage(view))
	}
	to := web.From(r).URL("strategy.positions")
	return perform(w, r, p.positionDeeds(view), positionsPage(view), &to)
}

func (p *Pages) namePositions(r *http.Request, view *positionsView) error {
	var posts []id.ID
	for _, s := range view.Standing {
		for _, pos := range answeredBy(s) {
			posts = append(posts, pos.Post)
		}
	}
	return p.name(r, &view.frame, posts, nil)
}

func (p *Pages) positionDeeds(view positionsView) map[string]web.Deed {
	return map[string]web.Deed{
		"usual": func(r *http.Request, by act.Actor, _ string) error { return p.Room.SetUsualDilemmas(r.Context(), by) },
		"dilemma": web.Decoded(func(r *http.Request, by act.Actor, _ string, f dilemmaForm) error {
			_, err := p.Room.SetDilemma(r.Context(), by, f.dilemma())
			return err
		}),
		"take": web.Decoded(func(r *http.Request, by act.Actor, dilemma string, f takeForm) error {
			answers, err := readAnswers(r)
			if err != nil {
				return err
			}
			_, err = p.Room.TakePosition(r.Context(), by, strategy.Take{Dilemma: id.ID(dilemma), Lean: strategy.Lean(f.Lean), Strategy: view.InForce.ID,
				Answers: answers, Keep: f.Keep})
			return err
		}),
		"publish": web.Decoded(func(r *http.Request, by act.Actor, position string, f publishForm) error {
			return p.Room.PublishPosition(r.Context(), by, id.ID(position), f.Version, f.Reviewed)
		}),
	}
}

// answeredBy lists the positions of a dilemma, the latest first.
func answeredBy(s strategy.Standing) []strategy.Position {
	if s.Now == nil {
		return nil
	}
	return append([]strategy.Position{*s.Now}, s.Before...)
}
