package powersweb

import (
	"net/http"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/money"
	"parvis/internal/powers"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// change runs one change on behalf of the visitor, who must be allowed to write.
func change[T any](p *Pages, r *http.Request, fn func(tx *act.Tx) (T, error)) (T, error) {
	var zero T
	v := web.From(r)
	if err := identity.RequireWrite(v.Visitor); err != nil {
		return zero, err
	}
	out, err := act.Do(r.Context(), p.Log, v.Visitor.Actor(id.ID(r.PostFormValue("as"))), fn)
	if err == nil {
		v.Acted(1)
	}
	return out, err
}

// refused turns a conflict with the state of the organisation into something the form can show.
func refused(err error, field string) error {
	f, ok := err.(*fault.Error)
	if !ok || f.Kind != fault.Conflict {
		return err
	}
	return fault.New(fault.Invalid, f.Key, f.Args...).At(field, f.Key, f.Args...)
}

// period reads the first and the last day as people say them.
func period(from, last calendar.Day) calendar.Period { return calendar.Through(from, last) }

type unitForm struct {
	Kind     string       `form:"kind,required"`
	Code     string       `form:"code,required,max=80"`
	Name     string       `form:"name,required,max=200"`
	NameEN   string       `form:"name_en,max=200"`
	Short    string       `form:"short,max=40"`
	Body     id.ID        `form:"body,max=64"`
	Parent   id.ID        `form:"parent,max=64"`
	Shared   bool         `form:"shared"`
	From     calendar.Day `form:"from,required"`
	LegalAct string       `form:"legal_act,max=80"`
}

type unitFormView struct {
	Bodies, Parents []ui.Option
	Parent          id.ID
	Today           calendar.Day
}

func (p *Pages) unitForm(r *http.Request) (unitFormView, error) {
	ctx, m := r.Context(), powers.Now(web.From(r).Now)
	view := unitFormView{Parent: id.ID(clip(r.URL.Query().Get("parent"))), Today: m.Day}
	bodies, err := powers.Bodies(ctx, p.Read, m)
	if err != nil {
		return view, err
	}
	for _, b := range bodies {
		view.Bodies = append(view.Bodies, ui.Option{Value: string(b.ID), Label: in(ctx, b.Name, b.NameEN)})
	}
	nodes, err := powers.Organigram(ctx, p.Read, m, false)
	view.Parents = []ui.Option{{Value: "", Label: ui.T(ctx, "powersweb.form.no_parent")}}
	for _, n := range nodes {
		view.Parents = append(view.Parents, ui.Option{Value: string(n.ID), Label: strings.Repeat("– ", n.Depth) + in(ctx, n.Name, n.NameEN)})
	}
	return view, err
}

func (p *Pages) newUnit(w http.ResponseWriter, r *http.Request) error {
	view, err := p.unitForm(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, unitFormPage(view))
}

func (p *Pages) createUnit(w http.ResponseWriter, r *http.Request) error {
	view, err := p.unitForm(r)
	if err != nil {
		return err
	}
	var f unitForm
	if err := web.Decode(r, &f); err != nil {
		return web.Again(w, r, err, unitFormPage(view))
	}
	unit, err := change(p, r, func(tx *act.Tx) (id.ID, error) {
		return powers.CreateUnit(tx, powers.NewUnit{Body: f.Body, Kind: f.Kind, Code: f.Code, Name: f.Name, NameEN: f.NameEN, Short: f.Short,
			Shared: f.Shared, Parent: f.Parent, Period: calendar.Since(f.From), LegalAct: f.LegalAct})
	})
	if err != nil {
		return web.Again(w, r, refused(err, "parent"), unitFormPage(view))
	}
	return web.Done(w, r, onDay(web.From(r).URL("powers.unit", string(unit)), later(r, f.From)), "powersweb.form.unit_done", "name", f.Name)
}

// later is the day on which a thing can be seen: its first day when that is still to come.
func later(r *http.Request, from calendar.Day) calendar.Day {
	if from > calendar.DayOf(web.From(r).Now) {
		return from
	}
	return ""
}

type postForm struct {
	Code     string       `form:"code,required,max=80"`
	Title    string       `form:"title,required,max=200"`
	TitleEN  string       `form:"title_en,max=200"`
	Layer    string       `form:"layer,required"`
	Head     bool         `form:"head"`
	Named    bool         `form:"named"`
	From     calendar.Day `form:"from,required"`
	LegalAct string       `form:"legal_act,max=80"`
}

type postFormView struct {
	Unit  *powers.UnitSheet
	Today calendar.Day
}

func (p *Pages) postForm(r *http.Request) (postFormView, error) {
	m := powers.Now(web.From(r).Now)
	unit, err := powers.UnitAt(r.Context(), p.Read, web.PathID(r, "id"), m, false, 0)
	return postFormView{unit, m.Day}, err
}

func (p *Pages) newPost(w http.ResponseWriter, r *http.Request) error {
	view, err := p.postForm(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, postFormPage(view))
}

func (p *Pages) createPost(w http.ResponseWriter, r *http.Request) error {
	view, err := p.postForm(r)
	if err != nil {
		return err
	}
	var f postForm
	if err := web.Decode(r, &f); err != nil {
		return web.Again(w, r, err, postFormPage(view))
	}
	post, err := change(p, r, func(tx *act.Tx) (id.ID, error) {
		return powers.CreatePost(tx, powers.NewPost{Unit: view.Unit.ID, Code: f.Code, Title: f.Title, TitleEN: f.TitleEN, Layer: f.Layer,
			Head: f.Head, Named: f.Named, Period: calendar.Since(f.From), LegalAct: f.LegalAct})
	})
	if err != nil {
		return web.Again(w, r, refused(err, "from"), postFormPage(view))
	}
	return web.Done(w, r, onDay(web.From(r).URL("powers.post", string(post)), later(r, f.From)), "powersweb.form.post_done", "title", f.Title)
}

type delegationForm struct {
	To       string       `form:"to,required,max=80"` // the code of the post
	Nature   string       `form:"nature,required"`
	Verbs    []string     `form:"verbs"`
	Matters  string       `form:"matters,max=400"`
	Places   string       `form:"places,max=400"`
	Amount   money.Amount `form:"amount"`
	From     calendar.Day `form:"from,required"`
	Last     calendar.Day `form:"last"`
	LegalAct string       `form:"legal_act,required,max=80"`
}

func (p *Pages) newDelegation(w http.ResponseWriter, r *http.Request) error {
	view, err := p.postView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, delegationFormPage(view))
}

func (p *Pages) delegate(w http.ResponseWriter, r *http.Request) error {
	view, err := p.postView(r)
	if err != nil {
		return err
	}
	var f delegationForm
	if err := web.Decode(r, &f); err != nil {
		return web.Again(w, r, err, delegationFormPage(view))
	}
	to, err := powers.PostOfCode(r.Context(), p.Read, f.To, powers.Now(web.From(r).Now).On(f.From))
	if err != nil {
		return err
	}
	if to == "" {
		return web.Again(w, r, fault.New(fault.Invalid, "fault.invalid").At("to", "powersweb.form.no_post", "code", f.To), delegationFormPage(view))
	}
	_, err = change(p, r, func(tx *act.Tx) (id.ID, error) {
		return powers.Delegate(tx, powers.NewDelegation{Giver: view.ID, Receiver: to, Nature: f.Nature, Period: period(f.From, f.Last), LegalAct: f.LegalAct,
			Scope: powers.Scope{Verbs: f.Verbs, Matters: list(f.Matters), Territories: list(f.Places), AmountMax: f.Amount.Cents}})
	})
	if err != nil {
		return web.Again(w, r, refused(err, "to"), delegationFormPage(view))
	}
	return web.Done(w, r, web.From(r).URL("powers.post", string(view.ID)), "powersweb.form.delegation_done", "number", f.LegalAct)
}

// list reads codes apart by commas or spaces.
func list(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' || r == ';' || r == '\n' })
}

type endForm struct {
	Day      calendar.Day `form:"day,required"`
	LegalAct string       `form:"legal_act,max=80"`
}

// revokeView is a delegation about to be revoked.
type revokeView struct {
	powers.DelegationView
	Today calendar.Day
}

func (p *Pages) revokeView(r *http.Request) (revokeView, error) {
	m := powers.Now(web.From(r).Now)
	d, err := powers.DelegationFor(r.Context(), p.Read, web.PathID(r, "id"), m)
	return revokeView{d, m.Day}, err
}

func (p *Pages) revokeForm(w http.ResponseWriter, r *http.Request) error {
	view, err := p.revokeView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, revokePage(view))
}

func (p *Pages) revoke(w http.ResponseWriter, r *http.Request) error {
	view, err := p.revokeView(r)
	if err != nil {
		return err
	}
	var f endForm
	if err := web.Decode(r, &f); err != nil {
		return web.Again(w, r, err, revokePage(view))
	}
	_, err = change(p, r, func(tx *act.Tx) (struct{}, error) { return struct{}{}, powers.Revoke(tx, view.ID, f.Day, f.LegalAct) })
	if err != nil {
		return web.Again(w, r, refused(err, "day"), revokePage(view))
	}
	return web.Done(w, r, web.From(r).URL("powers.post", string(view.Giver)), "powersweb.form.revoked", "number", view.LegalAct)
}
