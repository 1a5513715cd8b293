package passationweb

import (
	"context"

	"parvis/internal/id"
	"parvis/internal/web"
)

// Routes lists the pages of handovers and récits.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Name: "passation.list", Method: "GET", FR: "/passations", EN: "/handovers", Audience: web.Agents, Handler: p.list, Title: "passation.title"},
		{Name: "passation.open", Method: "GET", FR: "/passations/nouvelle", EN: "/handovers/new", Audience: web.Agents, Handler: p.openForm},
		{Name: "passation.open", Method: "POST", FR: "/passations/nouvelle", EN: "/handovers/new", Audience: web.Agents, Handler: p.open},
		{Name: "passation.handover", Method: "GET", FR: "/passations/{handover}", EN: "/handovers/{handover}", Audience: web.Agents, Handler: p.handover},
		{Name: "passation.handover", Method: "POST", FR: "/passations/{handover}", EN: "/handovers/{handover}", Audience: web.Agents, Handler: p.change},
		{Name: "passation.stories", Method: "GET", FR: "/recits", EN: "/stories", Audience: web.Public, Handler: p.stories, Title: "passation.stories.title"},
		{Name: "passation.story.write", Method: "GET", FR: "/recits/ecrire", EN: "/stories/write", Audience: web.Agents, Handler: p.writeStory},
		{Name: "passation.story.write", Method: "POST", FR: "/recits/ecrire", EN: "/stories/write", Audience: web.Agents, Handler: p.writeStory},
		{Name: "passation.story", Method: "GET", FR: "/recits/{story}", EN: "/stories/{story}", Audience: web.Public, Handler: p.story},
		{Name: "passation.story", Method: "POST", FR: "/recits/{story}", EN: "/stories/{story}", Audience: web.Agents, Handler: p.story},
	}
}

// Resolvers find the pages behind permanent addresses. What the visitor may not read is not found.
func (p *Pages) Resolvers() map[string]web.Resolver {
	return map[string]web.Resolver{
		"handover": func(ctx context.Context, which id.ID) (string, []any, error) {
			number, err := p.Room.NumberOf(ctx, web.Of(ctx).Visitor, which)
			return "passation.handover", []any{number}, err
		},
		"story": func(ctx context.Context, which id.ID) (string, []any, error) {
			s, err := p.Room.Story(ctx, web.Of(ctx).Visitor, which)
			return "passation.story", []any{s.ID}, err
		},
	}
}
