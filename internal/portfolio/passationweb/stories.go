package passationweb

import (
	"net/http"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio/passation"
	"parvis/internal/web"
)

type storiesView struct {
	frame
	Told      []passation.Story // published, the latest first
	Mine      []passation.Story // written, not published
	Withdrawn int
	Hushed    bool // before a vote, outside
}

// stories shows the récits that were published; their authors see those that they write.
func (p *Pages) stories(w http.ResponseWriter, r *http.Request) error {
	view := storiesView{frame: frameOf(r.Context())}
	all, err := p.Room.Stories(r.Context(), view.Visitor)
	if err != nil {
		return err
	}
	if view.Hushed, err = p.Room.Hushed(r.Context(), view.Visitor); err != nil {
		return err
	}
	var posts []id.ID
	for _, s := range all {
		posts = append(posts, s.Post)
		switch s.Status {
		case passation.Published:
			view.Told = append(view.Told, s)
		case passation.Withdrawn:
			view.Withdrawn++
		default:
			view.Mine = append(view.Mine, s)
		}
	}
	if err := p.name(r.Context(), &view.frame, posts...); err != nil {
		return err
	}
	return web.Render(w, r, storiesPage(view))
}

type storyView struct {
	frame
	passation.Story
	Author bool
}

func (p *Pages) storyView(r *http.Request, which id.ID) (view storyView, err error) {
	view.frame = frameOf(r.Context())
	if which != "" {
		if view.Story, err = p.Room.Story(r.Context(), view.Visitor, which); err != nil {
			return view, err
		}
	}
	for _, post := range view.Visitor.Posts {
		view.Author = view.Author || post.ID == view.Post && post.Holder == view.Holder
	}
	return view, p.name(r.Context(), &view.frame, view.Post)
}

// story shows one récit; its author publishes it or takes it back.
func (p *Pages) story(w http.ResponseWriter, r *http.Request) error {
	view, err := p.storyView(r, id.ID(r.PathValue("story")))
	if err != nil {
		return err
	}
	if r.Method == http.MethodGet {
		return web.Render(w, r, storyPage(view))
	}
	type form struct {
		Version int64 `form:"version"`
	}
	deeds := map[string]web.Deed{
		"publish": web.Decoded(func(r *http.Request, _ act.Actor, _ string, f form) error {
			_, err := p.Room.PublishStory(r.Context(), web.From(r).Visitor.Actor(view.Post), view.ID, f.Version)
			return err
		}),
		"withdraw": web.Decoded(func(r *http.Request, _ act.Actor, _ string, f form) error {
			_, err := p.Room.WithdrawStory(r.Context(), web.From(r).Visitor.Actor(view.Post), view.ID, f.Version)
			return err
		}),
	}
	return perform(w, r, deeds, storyPage(view), web.From(r).URL("passation.story", view.ID))
}

type storyForm struct {
	Version int64  `form:"version"`
	Title   string `form:"title,max=200"`
	Body    string `form:"body,max=40000"`
	Lang    string `form:"lang,max=2"`
}

// writeStory writes a récit, or rewrites one that is not published yet.
func (p *Pages) writeStory(w http.ResponseWriter, r *http.Request) error {
	view, err := p.storyView(r, id.ID(r.FormValue("story")))
	if err != nil {
		return err
	}
	if view.ID != "" && !view.Author {
		return fault.New(fault.NotFound, "passation.story.not_found")
	}
	if r.Method == http.MethodGet {
		return web.Render(w, r, writePage(view))
	}
	var f storyForm
	if err := web.Decode(r, &f); err != nil {
		return web.Refuse(w, r, err, writePage(view))
	}
	by := web.Actor(r)
	if view.ID != "" {
		by = web.From(r).Visitor.Actor(view.Post)
	}
	s, err := p.Room.WriteStory(r.Context(), by, passation.Story{ID: view.ID, Version: f.Version, Title: f.Title, Body: f.Body, Lang: f.Lang})
	if err != nil {
		return web.Refuse(w, r, err, writePage(view))
	}
	return web.Done(w, r, web.From(r).URL("passation.story", s.ID), "passation.done.write")
}
