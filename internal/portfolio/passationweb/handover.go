package passationweb

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio/passation"
	"parvis/internal/ui"
	"parvis/internal/web"
)

type handoverView struct {
	frame
	passation.Sheet
	Kinds    []kindOf
	Interims []ui.Option
	Links    map[id.ID]string // page of the thing of each item
}

// kindOf is the things of one kind.
type kindOf struct {
	Kind  string
	Items []passation.Item
}

func (v handoverView) link(i passation.Item) string { return v.Links[i.ID] }

// isOpen tells whether something can still be signed or changed by this visitor.
func (v handoverView) isOpen() bool { return v.Status == passation.Open && v.MayAct }

// in lists the items that stand somewhere.
func (v handoverView) in(status passation.ItemStatus) (out []passation.Item) {
	for _, i := range v.Items {
		if i.Status == status {
			out = append(out, i)
		}
	}
	return out
}

// waiting lists the items that somebody has still to sign.
func (v handoverView) waiting() (out []passation.Item) {
	for _, i := range v.Items {
		if i.Waits() {
			out = append(out, i)
		}
	}
	return out
}

func (p *Pages) handoverView(r *http.Request) (view handoverView, err error) {
	view.frame = frameOf(r.Context())
	if view.Sheet, err = p.Room.Handover(r.Context(), view.Visitor, r.PathValue("handover")); err != nil {
		return view, err
	}
	posts, at := []id.ID{view.Post, view.Interim, view.OpenedBy}, map[string]int{}
	view.Links = map[id.ID]string{}
	for _, i := range view.Items {
		posts = append(posts, i.HandedBy, i.TakenBy)
		if _, known := at[i.Kind]; !known {
			at[i.Kind] = len(view.Kinds)
			view.Kinds = append(view.Kinds, kindOf{Kind: i.Kind})
		}
		k := &view.Kinds[at[i.Kind]]
		k.Items = append(k.Items, i)
		if p.Thing != nil {
			view.Links[i.ID] = p.Thing(r.Context(), view.Lang, i.Thing)
		}
	}
	if view.Interims, err = p.interims(r, view.frame, view.Post); err != nil {
		return view, err
	}
	view.Journal = p.journal(r, view.Ref())
	return view, p.name(r.Context(), &view.frame, posts...)
}

// handover shows what passes on, thing by thing, and where agents describe, sign and take.
func (p *Pages) handover(w http.ResponseWriter, r *http.Request) error {
	view, err := p.handoverView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, handoverPage(view))
}

// change does what a form of the page asks. What is to be signed is shown once more before.
func (p *Pages) change(w http.ResponseWriter, r *http.Request) error {
	view, err := p.handoverView(r)
	if err != nil {
		return err
	}
	name, about, err := chosen(r)
	if err != nil {
		return err
	}
	if signs(name) && r.FormValue("sure") == "" && len(r.Form["items"]) > 0 {
		return web.Render(w, r, surePage(sureView{view, name, view.among(r.Form["items"]), r.FormValue("reserve"), r.FormValue("as")}))
	}
	if name == "describe" {
		return p.describe(w, r, view, id.ID(about))
	}
	return perform(w, r, p.deeds(view), handoverPage(view), web.From(r).URL("passation.handover", view.Number))
}

// signs tells whether a form signs things, so that it asks for confirmation.
func signs(name string) bool { return name == "hand" || name == "take" || name == "release" }

// sureView is what somebody is about to sign.
type sureView struct {
	handoverView
	Name    string
	Chosen  []passation.Item
	Reserve string
	As      string
}

// among lists the items that a form names.
func (v handoverView) among(names []string) (out []passation.Item) {
	for _, i := range v.Items {
		for _, n := range names {
			if string(i.ID) == n {
				out = append(out, i)
			}
		}
	}
	return out
}

type signForm struct {
	Items   []string `form:"items"`
	Reserve string   `form:"reserve,max=4000"`
}

type amendForm struct {
	Version int64  `form:"version"`
	Interim id.ID  `form:"interim,max=64"`
	Why     string `form:"why,max=4000"`
}

func (p *Pages) deeds(view handoverView) map[string]web.Deed {
	sign := func(do func(ctx context.Context, by act.Actor, f signForm) error) web.Deed {
		return web.Decoded(func(r *http.Request, by act.Actor, _ string, f signForm) error { return do(r.Context(), by, f) })
	}
	return map[string]web.Deed{
		"hand": sign(func(ctx context.Context, by act.Actor, f signForm) error {
			return p.Room.Hand(ctx, by, view.ID, ids(f.Items))
		}),
		"take": sign(func(ctx context.Context, by act.Actor, f signForm) error {
			return p.Room.Take(ctx, by, view.ID, ids(f.Items), f.Reserve)
		}),
		"release": sign(func(ctx context.Context, by act.Actor, f signForm) error {
			return p.Room.Release(ctx, by, view.ID, ids(f.Items))
		}),
		"refresh": func(r *http.Request, by act.Actor, _ string) error {
			_, err := p.Room.Refresh(r.Context(), by, view.ID)
			return err
		},
		"interim": web.Decoded(func(r *http.Request, by act.Actor, _ string, f amendForm) error {
			return p.Room.SetInterim(r.Context(), by, view.ID, f.Version, f.Interim)
		}),
		"drop": web.Decoded(func(r *http.Request, by act.Actor, _ string, f amendForm) error {
			return p.Room.Drop(r.Context(), by, view.ID, f.Version, f.Why)
		}),
	}
}

type describeForm struct {
	Version  int64  `form:"version"`
	State    string `form:"state,max=4000"`
	Next     string `form:"next,max=4000"`
	Papers   string `form:"papers,max=4000"`
	Contacts string `form:"contacts,max=4000"`
}

// describe fills in a checklist; when somebody did so meanwhile, both texts stand side by side.
func (p *Pages) describe(w http.ResponseWriter, r *http.Request, view handoverView, item id.ID) error {
	var f describeForm
	err := web.Decode(r, &f)
	if err == nil {
		err = p.Room.Describe(r.Context(), web.Actor(r), item, f.Version, passation.Checklist{State: f.State, Next: f.Next, Papers: f.Papers, Contacts: f.Contacts})
	}
	to := web.From(r).URL("passation.handover", view.Number)
	if err == nil {
		return web.Done(w, r, to+"#chose-"+string(item), "passation.done.describe")
	}
	if e, is := errors.AsType[*fault.Error](err); is && e.Key == "passation.stale" {
		return web.Conflict(w, r, err, bothTexts(r, view, item, f))
	}
	return web.Refuse(w, r, err, handoverPage(view))
}

func bothTexts(r *http.Request, view handoverView, item id.ID, f describeForm) web.Stale {
	s := web.Stale{Action: r.URL.Path, See: r.URL.Path, Hidden: map[string]string{ui.FormName: "describe." + string(item), "as": r.FormValue("as")}}
	for _, i := range view.among([]string{string(item)}) {
		s.Version = strconv.FormatInt(i.Version, 10)
		for _, both := range []web.Both{{Name: "state", Mine: f.State, Theirs: i.State}, {Name: "next", Mine: f.Next, Theirs: i.Next},
			{Name: "papers", Mine: f.Papers, Theirs: i.Papers}, {Name: "contacts", Mine: f.Contacts, Theirs: i.Contacts}} {
			if both.Mine == both.Theirs {
				s.Hidden[both.Name] = both.Mine
				continue
			}
			both.Label = web.From(r).P.T("passation.f." + both.Name)
			s.Fields = append(s.Fields, both)
		}
	}
	return s
}
