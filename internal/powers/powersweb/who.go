package powersweb

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/money"
	"parvis/internal/powers"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// whoForm is the question as it is asked in the address of the page: it can be kept and sent.
type whoForm struct {
	What   string       `form:"what,max=80"`
	Amount money.Amount `form:"amount"`
	About  string       `form:"about,max=40"`
	Matter string       `form:"matter,max=80"`
	Place  string       `form:"place,max=80"`
	Lead   id.ID        `form:"lead,max=64"`
	Parts  []string     `form:"part"`
	Date   calendar.Day `form:"date"`
	Known  calendar.Day `form:"known"`
}

// questions are the acts that the page offers to ask about; any other may be asked by its address.
var questions = []string{"portfolio.arbitration.decide", "portfolio.part.accept", "portfolio.initiative.publish", "portfolio.initiative.skip",
	"powers.unit.change", "powers.delegation.give", "powers.profile.install"}

// whoView is what the page shows.
type whoView struct {
	Form    whoForm
	Today   calendar.Day
	Verbs   []ui.Option
	Units   []ui.Option
	Places  []ui.Option
	Matters []string
	Subject *Subject
	Periods []ui.Item
	Asked   bool
	Answer  *answerView
	CanName bool // a subject can be named by its number
}

func (p *Pages) who(w http.ResponseWriter, r *http.Request) error {
	view, m, err := p.question(r)
	if err != nil {
		return web.Again(w, r, err, whoPage(view))
	}
	if view.Asked {
		if view.Answer, err = p.answer(r, &view, m); err != nil {
			return web.Again(w, r, err, whoPage(view))
		}
	}
	return web.Render(w, r, whoPage(view))
}

// question reads what is asked, and everything that helps to ask it.
func (p *Pages) question(r *http.Request) (whoView, powers.Moment, error) {
	ctx, v := r.Context(), web.From(r)
	view := whoView{Today: calendar.DayOf(v.Now), Places: p.Places, CanName: p.Subject != nil}
	badForm := web.Decode(r, &view.Form)
	m, _, badDay := moment(r)
	if badDay != nil {
		m = powers.Now(v.Now)
	}
	view.Asked = r.URL.Query().Has("what") && badForm == nil
	view.Verbs = verbOptions(ctx, view.Form.What)
	var err error
	if view.Units, err = p.unitOptions(ctx, m); err != nil {
		return view, m, err
	}
	competences, err := powers.Competences(ctx, p.Read, m)
	if err != nil {
		return view, m, err
	}
	for _, c := range competences {
		view.Matters = append(view.Matters, c.Matter)
	}
	if view.Periods, err = p.periods(r, m); err != nil {
		return view, m, err
	}
	return view, m, badForm
}

func verbOptions(ctx context.Context, chosen string) []ui.Option {
	list := slices.Clone(questions)
	if chosen != "" && !slices.Contains(list, chosen) {
		list = append(list, chosen)
	}
	var options []ui.Option
	for _, v := range list {
		options = append(options, ui.Option{Value: v, Label: verb(ctx, v)})
	}
	return options
}

// unitOptions lists the units of the day that may lead or hold a part.
func (p *Pages) unitOptions(ctx context.Context, m powers.Moment) ([]ui.Option, error) {
	nodes, err := powers.UnitsOfKinds(ctx, p.Read, m, "directorate", "mission", "operator", "consortium")
	var options []ui.Option
	for _, n := range nodes {
		options = append(options, ui.Option{Value: string(n.ID), Label: in(ctx, n.Name, n.NameEN)})
	}
	return options, err
}

// periods makes the quick links: the same question under each profile that was ever in force.
func (p *Pages) periods(r *http.Request, m powers.Moment) ([]ui.Item, error) {
	all, err := powers.Profiles(r.Context(), p.Read, m)
	if err != nil || len(all) < 2 {
		return nil, err
	}
	today := calendar.DayOf(web.From(r).Now)
	var items []ui.Item
	for _, f := range all {
		profile, err := p.Engine.Profile(r.Context(), p.Read, f.Digest)
		if err != nil {
			return nil, err
		}
		q := r.URL.Query()
		day := f.From
		if f.Period.Contains(today) {
			day = today
		}
		q.Set("date", string(day))
		items = append(items, ui.Item{Label: strconv.Itoa(f.From.Year()) + "\u00a0: " + profile.Name.In(web.From(r).Lang),
			URL: web.From(r).URL("powers.who") + "?" + q.Encode(), Current: f.Period.Contains(m.Day)})
	}
	return items, nil
}

// ask is the question put to the engine.
func (p *Pages) ask(r *http.Request, view *whoView) (act.Ask, error) {
	f := view.Form
	ask := act.Ask{Verb: f.What, Object: act.Ref{Type: "question", ID: "who"}}
	if f.About != "" && p.Subject != nil {
		s, err := p.Subject(r.Context(), web.From(r).Visitor, f.About)
		if err != nil && fault.KindOf(err) == fault.NotFound {
			return ask, fault.New(fault.Invalid, "fault.invalid").At("about", "powersweb.who.about_unknown", "number", f.About)
		} else if err != nil {
			return ask, err
		}
		view.Subject = &s
		ask.Object, ask.Matter, ask.Territory, ask.Stage, ask.Normative, ask.Roles =
			s.Ask.Object, s.Ask.Matter, s.Ask.Territory, s.Ask.Stage, s.Ask.Normative, s.Ask.Roles
	}
	ask.Amount = f.Amount
	if f.Matter != "" {
		ask.Matter = f.Matter
	}
	if f.Place != "" {
		ask.Territory = f.Place
	}
	ask.Roles = f.roles(ask.Roles)
	return ask, nil
}

// roles adds the units that the form names to those of the subject.
func (f whoForm) roles(known map[string][]id.ID) map[string][]id.ID {
	roles := map[string][]id.ID{}
	for k, v := range known {
		roles[k] = v
	}
	if f.Lead != "" {
		roles["lead"] = []id.ID{f.Lead}
	}
	if len(f.Parts) > 0 {
		roles["part"] = nil
		for _, u := range f.Parts {
			roles["part"] = append(roles["part"], id.ID(u))
		}
	}
	if len(roles["unit"]) == 0 {
		roles["unit"] = slices.Concat(roles["lead"], roles["part"])
	}
	return roles
}

// example is the address of a question that the empty page offers.
func example(ctx context.Context, what string, amount int64) string {
	q := url.Values{"what": {what}, "amount": {strconv.FormatInt(amount, 10)}}
	return ui.Link(ctx, "powers.who") + "?" + q.Encode()
}
