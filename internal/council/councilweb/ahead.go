package councilweb

import (
	"context"
	"strings"

	"github.com/a-h/templ"

	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// aheadView is the circuits that a matter goes through before it is decided.
type aheadView struct {
	All       []council.Ahead
	Prospects []council.Prospect
	Posts     map[id.ID]Label
}

// QuestionAhead shows, on the page of a question, the circuits that it awaits or would follow; nil when there is none.
func (p *Pages) QuestionAhead(ctx context.Context, question id.ID) (templ.Component, error) {
	all, prospects, err := p.Room.QuestionAhead(ctx, web.Of(ctx).Visitor, question)
	if err != nil || len(all)+len(prospects) == 0 {
		return nil, err
	}
	view, err := p.aheadView(ctx, all)
	view.Prospects = prospects
	return questionAhead(view), err
}

func (p *Pages) itemAhead(ctx context.Context, i council.Item) (aheadView, error) {
	a, err := p.Room.ItemAhead(ctx, web.Of(ctx).Visitor, i)
	if err != nil {
		return aheadView{}, err
	}
	return p.aheadView(ctx, []council.Ahead{a})
}

func (p *Pages) aheadView(ctx context.Context, all []council.Ahead) (aheadView, error) {
	view, posts := aheadView{All: all, Posts: map[id.ID]Label{}}, []id.ID{}
	for _, a := range all {
		for _, f := range a.Flows {
			posts = append(posts, waiting(f)...)
		}
	}
	if p.Names.Posts == nil || len(posts) == 0 {
		return view, nil
	}
	v := web.Of(ctx)
	var err error
	view.Posts, err = p.Names.Posts(ctx, posts, v.Lang, calendar.DayOf(v.Now))
	return view, err
}

// waiting are the posts that a circuit waits for.
func waiting(f *council.Flow) []id.ID {
	var out []id.ID
	for _, v := range f.Visas {
		if v.Waits() {
			out = append(out, v.Post)
		}
	}
	return out
}

// stands says at which step a circuit is and for whom it waits; nothing once it is over.
func (v aheadView) stands(ctx context.Context, f *council.Flow) string {
	if f.Circuit.Status != council.CircuitOpen {
		return ""
	}
	text := ""
	for _, s := range f.Steps {
		if !s.Settled() {
			text = ui.T(ctx, "council.ahead.stands", "n", s.No, "total", len(f.Steps))
			break
		}
	}
	var who []string
	for _, post := range waiting(f) {
		who = append(who, v.Posts[post].Long)
	}
	if len(who) > 0 {
		text += ", " + ui.T(ctx, "council.ahead.waits", "who", strings.Join(who, ", "))
	}
	return text
}
