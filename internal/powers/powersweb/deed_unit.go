package powersweb

import (
	"context"
	"net/http"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/powers"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// changeForm reorganises a unit: another name, another place, another unit that takes over, or its end.
type changeForm struct {
	Kind     string       `form:"kind,required"`
	Name     string       `form:"name,max=200"`
	NameEN   string       `form:"name_en,max=200"`
	Short    string       `form:"short,max=40"`
	Into     id.ID        `form:"into,max=64"`
	Day      calendar.Day `form:"day,required"`
	LegalAct string       `form:"legal_act,required,max=80"`
}

// changeKinds are the changes that the form makes. A split names the posts that go each way: the workbook does it.
var changeKinds = []string{string(powers.Rename), string(powers.Move), string(powers.Merge), string(powers.Dissolve)}

type changeView struct {
	typed
	Unit   *powers.UnitSheet
	Others []ui.Option
	Today  calendar.Day
}

func (p *Pages) changeUnit(w http.ResponseWriter, r *http.Request) error {
	ctx, m := r.Context(), powers.Now(web.From(r).Now)
	unit, err := powers.UnitAt(ctx, p.Read, web.PathID(r, "id"), m, false, 0)
	if err != nil {
		return err
	}
	view := changeView{Unit: unit, Today: m.Day}
	if view.Others, err = p.otherUnits(ctx, unit.ID, m); err != nil {
		return err
	}
	var f changeForm
	d := &deed{field: "into", day: func() calendar.Day { return f.Day }}
	d.page = deedView{Title: ui.T(ctx, "powersweb.change.title"), Lede: in(ctx, unit.Name, unit.NameEN), To: ui.Link(ctx, "powers.change", string(unit.ID)),
		Back: ui.Link(ctx, "powers.unit", string(unit.ID)), Button: ui.T(ctx, "powersweb.deed.do"), Danger: true}
	d.read = func() error {
		err := web.Decode(r, &f)
		if err == nil {
			err = f.check()
		}
		return err
	}
	d.run = func(tx *act.Tx) error { return powers.Change(tx, f.change(unit.ID)) }
	d.done = func() (string, string, []any) {
		to := ui.Link(ctx, "powers.unit", string(unit.ID))
		if f.Kind == string(powers.Merge) {
			to = ui.Link(ctx, "powers.unit", string(f.Into))
		}
		return onDay(to, later(r, f.Day)), "powersweb.change.done", []any{"name", in(ctx, unit.Name, unit.NameEN)}
	}
	view.typed = typedIn(r)
	d.page.Fields = changeFields(view)
	return p.perform(w, r, d)
}

func (f changeForm) check() error {
	bad := fault.New(fault.Invalid, "fault.invalid")
	if (f.Kind == string(powers.Move) || f.Kind == string(powers.Merge)) && f.Into == "" {
		bad.At("into", "powersweb.change.into_missing")
	}
	if f.Kind == string(powers.Rename) && f.Name == "" {
		bad.At("name", "powersweb.change.name_missing")
	}
	return bad.OrNil()
}

func (f changeForm) change(unit id.ID) powers.OrgChange {
	c := powers.OrgChange{Kind: powers.ChangeKind(f.Kind), Units: []id.ID{unit}, Day: f.Day, LegalAct: f.LegalAct,
		Name: powers.Naming{Name: f.Name, NameEN: f.NameEN, Short: f.Short}}
	if c.Kind == powers.Move || c.Kind == powers.Merge {
		c.Into = []id.ID{f.Into}
	}
	return c
}

// otherUnits are those among which a unit may move or merge, in the order of the organigram.
func (p *Pages) otherUnits(ctx context.Context, but id.ID, m powers.Moment) ([]ui.Option, error) {
	nodes, err := powers.Organigram(ctx, p.Read, m, false)
	options := []ui.Option{{Label: ui.T(ctx, "powersweb.change.none")}}
	for _, n := range nodes {
		if n.ID != but {
			options = append(options, ui.Option{Value: string(n.ID), Label: strings.Repeat("– ", n.Depth) + in(ctx, n.Name, n.NameEN)})
		}
	}
	return options, err
}

// referentForm names the right door of a unit for a topic.
type referentForm struct {
	Topic string       `form:"topic,required,max=80"`
	Post  string       `form:"post,required,max=80"` // its code
	From  calendar.Day `form:"from,required"`
	Last  calendar.Day `form:"last"`
}

type referentView struct {
	typed
	Unit  *powers.UnitSheet
	Today calendar.Day
}

func (p *Pages) setReferent(w http.ResponseWriter, r *http.Request) error {
	ctx, m := r.Context(), powers.Now(web.From(r).Now)
	unit, err := powers.UnitAt(ctx, p.Read, web.PathID(r, "id"), m, false, 0)
	if err != nil {
		return err
	}
	var f referentForm
	var post id.ID
	back := ui.Link(ctx, "powers.unit", string(unit.ID))
	d := &deed{field: "post", day: func() calendar.Day { return f.From }}
	d.page = deedView{Title: ui.T(ctx, "powersweb.referent.title"), Lede: in(ctx, unit.Name, unit.NameEN), To: ui.Link(ctx, "powers.referent", string(unit.ID)),
		Back: back, Button: ui.T(ctx, "powersweb.deed.do")}
	d.read = func() error {
		if err := web.Decode(r, &f); err != nil {
			return err
		}
		post, err = p.postCalled(ctx, f.Post, "post", m.On(f.From))
		return err
	}
	d.lines = func(ctx context.Context) ([]string, error) { return p.doorLines(ctx, unit.ID, f, post, m.On(f.From)) }
	d.run = func(tx *act.Tx) error { return powers.SetReferent(tx, unit.ID, f.Topic, post, period(f.From, f.Last)) }
	d.done = func() (string, string, []any) { return onDay(back, later(r, f.From)), "powersweb.referent.done", nil }
	d.page.Fields = referentFields(referentView{typedIn(r), unit, m.Day})
	return p.perform(w, r, d)
}

// postCalled finds a post by its code, or says at a field that there is none.
func (p *Pages) postCalled(ctx context.Context, code, field string, m powers.Moment) (id.ID, error) {
	post, err := powers.PostOfCode(ctx, p.Read, code, m)
	if err == nil && post == "" {
		err = fault.New(fault.Invalid, "fault.invalid").At(field, "powersweb.form.no_post", "code", code)
	}
	return post, err
}

// doorLines says who answered and who will.
func (p *Pages) doorLines(ctx context.Context, unit id.ID, f referentForm, post id.ID, m powers.Moment) ([]string, error) {
	doors, err := powers.Doors(ctx, p.Read, m, false)
	if err != nil {
		return nil, err
	}
	before := ui.T(ctx, "powersweb.referent.nobody")
	for _, d := range doors {
		if d.Referent.Unit == unit && d.Topic == f.Topic {
			before = in(ctx, d.Held.Title, d.Held.TitleEN)
		}
	}
	labels, err := powers.Labels(ctx, p.Read, []id.ID{post}, m)
	return []string{ui.T(ctx, "powersweb.referent.line", "topic", topic(ctx, f.Topic), "before", before, "after", in(ctx, labels[post].Name, labels[post].NameEN))}, err
}
