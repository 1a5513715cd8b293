package strategyweb

import (
	"net/http"

	"parvis/internal/act"
	"parvis/internal/id"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/web"
)

type moderationView struct {
	frame
	Waiting []strategy.Annotation
}

type moderateForm struct {
	Version int64  `form:"version"`
	Why     string `form:"why,max=8000"`
	Answer  string `form:"answer,max=8000"`
}

// moderation is where annotations are shown, refused and answered.
func (p *Pages) moderation(w http.ResponseWriter, r *http.Request) error {
	view := moderationView{frame: p.frame(r)}
	var err error
	if view.Waiting, err = p.Room.ToModerate(r.Context(), view.Visitor); err != nil {
		return err
	}
	var posts []id.ID
	for _, a := range view.Waiting {
		posts = append(posts, a.Post)
	}
	if err := p.name(r, &view.frame, posts, nil); err != nil {
		return err
	}
	if r.Method == http.MethodGet {
		return web.Render(w, r, moderationPage(view))
	}
	to := web.From(r).URL("strategy.grid.annotations")
	return perform(w, r, p.moderationDeeds(view.Lang), moderationPage(view), &to)
}

func (p *Pages) moderationDeeds(lang string) map[string]web.Deed {
	moderate := func(to strategy.Moderation) web.Deed {
		return web.Decoded(func(r *http.Request, by act.Actor, annotation string, f moderateForm) error {
			return p.Room.Moderate(r.Context(), by, id.ID(annotation), f.Version, to, f.Why, lang)
		})
	}
	return map[string]web.Deed{
		"show":   moderate(strategy.Shown),
		"refuse": moderate(strategy.Refused),
		"answer": web.Decoded(func(r *http.Request, by act.Actor, annotation string, f moderateForm) error {
			return p.Room.AnswerAnnotation(r.Context(), by, id.ID(annotation), f.Version, f.Answer, lang)
		}),
	}
}
