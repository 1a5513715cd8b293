package councilweb

import (
	"context"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"parvis/internal/act"
	"parvis/internal/council"
	"parvis/internal/portfolio"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// concernView is a question as whoever may have an interest in it sees it, before its file.
type concernView struct {
	council.Concern
	Book   book
	MayAct bool
}

func (p *Pages) concernView(ctx context.Context, key string) (concernView, error) {
	v := web.Of(ctx)
	c, err := p.Room.Concern(ctx, v.Visitor, key)
	if err != nil {
		return concernView{}, err
	}
	view := concernView{Concern: c, MayAct: !v.Visitor.ReadOnly}
	view.Book, err = p.open(ctx, c.Posts, nil)
	return view, err
}

// concern is the page on which one declares an interest in a question, or withdraws from it.
func (p *Pages) concern(w http.ResponseWriter, r *http.Request) error {
	view, err := p.concernView(r.Context(), r.PathValue("number"))
	if err != nil {
		return err
	}
	return web.Render(w, r, concernPage(view))
}

func (p *Pages) actOnConcern(w http.ResponseWriter, r *http.Request) error {
	view, err := p.concernView(r.Context(), r.PathValue("number"))
	if err != nil {
		return err
	}
	page := func() (templ.Component, error) {
		again, err := p.concernView(r.Context(), r.PathValue("number"))
		return concernPage(again), err
	}
	return perform(w, r, p.concernDeeds(view), page, web.From(r).URL("council.concern", view.Number))
}

// concernDeeds are what is declared of oneself, and the end of what somebody else declared.
func (p *Pages) concernDeeds(c concernView) map[string]web.Deed {
	declare := func(r *http.Request, by act.Actor, f interestForm) error {
		return nothing(p.Room.DeclareInterest(r.Context(), by, council.InterestForm{Question: c.ID, Post: f.Post, Event: f.Event,
			Nature: council.InterestNature(f.Nature), Note: f.Note}))
	}
	return map[string]web.Deed{
		"interest": web.Decoded(func(r *http.Request, by act.Actor, _ string, f interestForm) error {
			if c.Speaker != "" && r.PostForm.Get("as") == "" {
				by = web.From(r).Visitor.Actor(c.Speaker)
			}
			f.Post = by.Post
			return declare(r, by, f)
		}),
		"clear": web.Decoded(func(r *http.Request, by act.Actor, _ string, f interestForm) error {
			f.Event = "clear"
			return declare(r, by, f)
		}),
	}
}

// Concern says beside a question who withdrew from it, and leads to the declaration of one's own interests; nil outside.
func (p *Pages) Concern(ctx context.Context, a portfolio.Arbitration) (templ.Component, error) {
	v := web.Of(ctx)
	if !v.Visitor.Inside() {
		return nil, nil
	}
	view, err := p.concernView(ctx, string(a.ID))
	return concernLine(view), err
}

// Withdrawn lists, on « Mes arbitrages », the questions from which the visitor withdrew; nil for none.
func (p *Pages) Withdrawn(ctx context.Context) (templ.Component, error) {
	all, err := p.Room.WithdrawnFrom(ctx, web.Of(ctx).Visitor)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return withdrawnLines(all), nil
}

// open tells whether the question is still to be answered: there is something to withdraw from.
func (v concernView) open() bool { return v.Waiting() || v.Status == portfolio.Returned }

// away names who withdrew.
func (v concernView) away(ctx context.Context) string {
	var names []string
	for _, i := range v.Away {
		names = append(names, v.Book.post(i.Post).Long)
	}
	return strings.Join(names, ", ")
}

// ends tells who may end the recusal of the reader, as the catalogue names it.
func (v concernView) ends() string {
	switch {
	case v.Adviser != "":
		return "council.concern.ends.deontologist"
	case v.On.ID != "":
		return "council.concern.ends.bureau"
	}
	return "council.concern.ends.above"
}

func concerned(list []council.Interest, b book) (out []ui.Option) {
	for _, i := range list {
		if i.Status == council.Recused || i.Status == council.Declared {
			out = append(out, ui.Option{Value: string(i.Post), Label: b.post(i.Post).Long})
		}
	}
	return out
}
