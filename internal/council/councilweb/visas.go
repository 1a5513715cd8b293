package councilweb

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// visasView is what waits for the posts of a visitor.
type visasView struct {
	Lines   []council.VisaLine
	Chosen  []council.VisaLine // of the page that confirms a batch
	Given   []council.Given    // of the page that tells what became of it
	Query   council.VisaQuery
	Posts   map[id.ID]Label
	Today   calendar.Day
	Fresh   bool
	MayAct  bool
	Several bool // the visitor holds several posts: each line says for which
}

type visasForm struct {
	Sort council.VisaSort `form:"sort,max=20"`
	Kind council.StepKind `form:"kind,max=20"`
	Late bool             `form:"late"`
}

// batchForm is a choice of lines: each value is "id version".
type batchForm struct {
	Step   string   `form:"step,max=20"`
	Chosen []string `form:"visa"`
}

func (p *Pages) visasView(r *http.Request, f visasForm) (visasView, error) {
	v := web.From(r)
	q := council.VisaQuery{Sort: f.Sort, Kind: f.Kind, Late: f.Late}
	lines, err := p.Room.MyVisas(r.Context(), v.Visitor, q)
	if err != nil {
		return visasView{}, err
	}
	posts := map[id.ID]bool{}
	for _, l := range lines {
		posts[l.Post] = true
	}
	view := visasView{Lines: lines, Query: q, Today: p.Room.Today(), Fresh: identity.RequireFresh(v.Visitor, v.Now) == nil,
		MayAct: !v.Visitor.ReadOnly, Several: len(v.Visitor.Posts) > 1}
	view.Posts, err = p.postNames(r, slices.Collect(maps.Keys(posts)))
	return view, err
}

// postNames reads how posts are called.
func (p *Pages) postNames(r *http.Request, posts []id.ID) (map[id.ID]Label, error) {
	if p.Names.Posts == nil || len(posts) == 0 {
		return map[id.ID]Label{}, nil
	}
	slices.Sort(posts)
	v := web.From(r)
	return p.Names.Posts(r.Context(), slices.Compact(posts), v.Lang, calendar.DayOf(v.Now))
}

func (p *Pages) visas(w http.ResponseWriter, r *http.Request) error {
	var f visasForm
	if err := web.Decode(r, &f); err != nil {
		f = visasForm{} // a filter that is none shows everything
	}
	view, err := p.visasView(r, f)
	if err != nil {
		return err
	}
	return web.Render(w, r, visasPage(view))
}

// answerVisas signs off several papers with one confirmation: first the page that lists them, then the act.
// Reserves and refusals have words of their own, and are given one by one.
func (p *Pages) answerVisas(w http.ResponseWriter, r *http.Request) error {
	var f batchForm
	if err := web.Decode(r, &f); err != nil {
		return err
	}
	view, err := p.visasView(r, visasForm{})
	if err != nil {
		return err
	}
	forms := f.chosen(&view)
	if len(forms) == 0 {
		return web.Again(w, r, fault.New(fault.Invalid, "council.visas.none"), visasPage(view))
	}
	if f.Step != "confirm" {
		return web.Render(w, r, visasConfirmPage(view))
	}
	v := web.From(r)
	if err := identity.RequireFresh(v.Visitor, v.Now); err != nil {
		return err
	}
	view.Given, err = p.Room.AnswerVisas(r.Context(), func(one council.Visa) act.Actor { return v.Visitor.Actor(p.seat(v.Visitor, one)) }, forms)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(view.Given, func(g council.Given) bool { return g.Err != nil }) {
		return web.Done(w, r, v.URL("council.visas"), "council.visas.done", "n", len(view.Given))
	}
	return web.RenderStatus(w, r, notGiven(view.Given), visasGivenPage(view))
}

// notGiven is the status of a batch of which something was refused: forbidden when all of it was the business of
// others, a conflict otherwise.
func notGiven(all []council.Given) int {
	for _, g := range all {
		if fault.KindOf(g.Err) != fault.Denied {
			return http.StatusConflict
		}
	}
	return http.StatusForbidden
}

// chosen finds the lines of a batch. One that is no longer in the list is kept: what became of it is told.
func (f batchForm) chosen(view *visasView) []council.VisaForm {
	var out []council.VisaForm
	for _, value := range f.Chosen {
		visa, version := cutVersion(value)
		if visa == "" {
			continue
		}
		out = append(out, council.VisaForm{Visa: visa, Version: version, Answer: council.VisaAgreed})
		for _, l := range view.Lines {
			if l.ID == visa {
				view.Chosen = append(view.Chosen, l)
			}
		}
	}
	return out
}

// visaView is one thing asked, on its own page or behind the link of a letter.
type visaView struct {
	council.VisaLine
	Post   Label
	To     string // where the form posts
	Today  calendar.Day
	Form   bool // it may be answered here
	Fresh  bool
	Stale  bool
	Letter bool
}

type visaForm struct {
	Version int64              `form:"version"`
	Answer  council.VisaStatus `form:"answer,max=20"`
	Text    string             `form:"text,max=20000"`
}

func (p *Pages) visaView(r *http.Request) (visaView, error) {
	v := web.From(r)
	l, err := p.Room.Visa(r.Context(), v.Visitor, web.PathID(r, "visa"))
	if err != nil {
		return visaView{}, err
	}
	names, err := p.postNames(r, []id.ID{l.Visa.Post})
	return visaView{VisaLine: l, Post: names[l.Visa.Post], To: v.URL("council.visa", l.ID), Today: p.Room.Today(),
		Form: l.Waits() && !v.Visitor.ReadOnly, Fresh: identity.RequireFresh(v.Visitor, v.Now) == nil}, err
}

func (p *Pages) visa(w http.ResponseWriter, r *http.Request) error {
	view, err := p.visaView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, visaPage(view))
}

// answerVisa gives one answer. An answer on an edition that is no longer in force comes back with what was
// typed and the edition that is.
func (p *Pages) answerVisa(w http.ResponseWriter, r *http.Request) error {
	view, err := p.visaView(r)
	if err != nil {
		return err
	}
	var f visaForm
	if err := web.Decode(r, &f); err != nil {
		return web.Again(w, r, err, visaPage(view))
	}
	v := web.From(r)
	if err := identity.RequireFresh(v.Visitor, v.Now); err != nil {
		return err
	}
	_, err = p.Room.AnswerVisa(r.Context(), v.Visitor.Actor(p.seat(v.Visitor, view.Visa)), council.VisaForm{Visa: view.ID, Version: f.Version,
		Answer: f.Answer, Text: f.Text})
	if err != nil {
		return p.refuseVisa(w, r, err)
	}
	return web.Done(w, r, v.URL("council.visas"), "council.visa.done."+string(f.Answer), "title", view.Title)
}

// refuseVisa shows the request as it is now, with the edition that came meanwhile.
func (p *Pages) refuseVisa(w http.ResponseWriter, r *http.Request, refused error) error {
	view, err := p.visaView(r)
	if err != nil {
		return err
	}
	return web.Refuse(w, r, refused, visaPage(view))
}

// seat is the post through which a visitor answers: the one that is asked when they hold it, else their
// first, which may have received its signature.
func (p *Pages) seat(v identity.Visitor, asked council.Visa) id.ID {
	if _, holds := v.Post(asked.Post); holds {
		return asked.Post
	}
	return ""
}

// sortLink is the address of the list in another order.
func sortLink(ctx context.Context, q council.VisaQuery, sort council.VisaSort) string {
	values := url.Values{"sort": {string(sort)}}
	if q.Kind != "" {
		values.Set("kind", string(q.Kind))
	}
	if q.Late {
		values.Set("late", "true")
	}
	return ui.Link(ctx, "council.visas") + "?" + values.Encode()
}

func sortHead(ctx context.Context, q council.VisaQuery, sort council.VisaSort) ui.Sort {
	s := ui.Sort{Label: ui.T(ctx, "council.visas.sort."+string(sort)), URL: sortLink(ctx, q, sort)}
	if q.Sort == sort || q.Sort == "" && sort == council.ByDue {
		s.Dir = "ascending"
	}
	return s
}
