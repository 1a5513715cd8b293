// Package measuresweb is the page of the *profil d'interface*: each measure in words, with how many
// observations it rests on, what chance would give, and where a unit says that a datum is wrong. It says
// on its face that it serves to judge no person.
package measuresweb

import (
	"context"
	"embed"
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/measures"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// Messages holds the catalogues: the page, the faults of the room, the sentences of its acts.
//
//go:embed messages
var Messages embed.FS

// Config is what the page is made of. Names finds how units are called.
type Config struct {
	Room  *measures.Room
	Names func(ctx context.Context, which []id.ID, lang string) (map[id.ID]string, error)
}

// Pages answers the routes of the interface profile.
type Pages struct{ Config }

// New makes the page.
func New(c Config) *Pages { return &Pages{c} }

// Routes lists it.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Name: "network", Method: "GET", FR: "/profil-d-interface", EN: "/interface-profile", Audience: web.Public, Handler: p.show, Title: "network.title"},
		{Name: "network", Method: "POST", FR: "/profil-d-interface", EN: "/interface-profile", Audience: web.Agents, Handler: p.show},
		{Name: "network.inputs", Method: "GET", FR: "/profil-d-interface/{measure}/donnees.csv", EN: "/interface-profile/{measure}/data.csv", Audience: web.Public, Handler: p.inputs},
	}
}

type view struct {
	measures.Profile
	Inside, MayAct bool
	Today          calendar.Day
	units          map[id.ID]string
}

// of lists the figures of a measure.
func (v view) of(measure string) (out []measures.Figure) {
	for _, f := range v.Figures {
		if f.Measure == measure {
			out = append(out, f)
		}
	}
	return out
}

// byChance tells whether a measure is beside what chance gives.
func (v view) byChance(measure string) bool {
	return slices.ContainsFunc(v.of(measure), func(f measures.Figure) bool { return f.Null != nil })
}

// tells tells whether a measure has a value: one that has none has no data either.
func (v view) tells(measure string) bool {
	return slices.ContainsFunc(v.of(measure), func(f measures.Figure) bool { return f.Told })
}

// keptYear tells whether the figures of this year are kept already.
func (v view) keptYear() bool { return len(v.Years) > 0 && v.Years[0].Year == v.Today.Year() }

// waits tells whether a measure waits for the opinion of the CST.
func waits(measure string) bool { return measure >= "m2" && measure <= "m6" }

func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	profile, err := p.Room.Profile(r.Context(), v.Visitor)
	if err != nil {
		return err
	}
	page := view{Profile: profile, Inside: v.Visitor.Inside(), Today: calendar.DayOf(v.Now),
		MayAct: v.Visitor.Inside() && !v.Visitor.ReadOnly && len(v.Visitor.Posts) > 0}
	if page.units, err = p.Names(r.Context(), unitsOf(profile), v.Lang); err != nil {
		return err
	}
	if r.Method == http.MethodGet {
		return web.Render(w, r, profilePage(page))
	}
	name, err := p.do(r)
	if err != nil {
		return web.Refuse(w, r, err, profilePage(page))
	}
	return web.Done(w, r, v.URL("network"), "network.done."+name)
}

// unitsOf lists the units that a profile names.
func unitsOf(p measures.Profile) (units []id.ID) {
	for _, g := range p.Gaps {
		units = append(units, g.A, g.B)
	}
	for _, s := range p.Seats {
		units = append(units, s.Unit)
	}
	return units
}

type form struct {
	GivenOn calendar.Day `form:"given_on"`
	Sense   string       `form:"sense,max=20"`
	Link    string       `form:"link,max=500"`
	Measure string       `form:"measure,max=2"`
	Why     string       `form:"why,max=4000"`
}

// do records what the form says: the opinion of the CST, or that a datum is contested.
func (p *Pages) do(r *http.Request) (name string, err error) {
	var f form
	if err := web.Decode(r, &f); err != nil {
		return "", err
	}
	by := web.From(r).Visitor.Actor(id.ID(r.FormValue("as")))
	switch name = r.FormValue(ui.FormName); name {
	case "opinion":
		return name, p.Room.RecordOpinion(r.Context(), by, measures.Opinion{GivenOn: f.GivenOn, Sense: f.Sense, Link: f.Link})
	case "keep":
		return name, p.Room.KeepYear(r.Context(), by)
	case "contest":
		return name, p.Room.ContestDatum(r.Context(), by, measures.Contest{Measure: f.Measure, Why: f.Why})
	}
	return name, fault.New(fault.Invalid, "fault.invalid")
}

// Beside is what the page of an initiative says of who is really in it (M1).
func (p *Pages) Beside(ctx context.Context, i portfolio.Initiative) (templ.Component, error) {
	span, err := p.Room.SpanOf(ctx, i.ID)
	if err != nil || !web.Of(ctx).Visitor.Inside() {
		return beside(span, nil), err
	}
	lacking, err := p.Room.SeatsOf(ctx, i.ID)
	if err != nil {
		return nil, err
	}
	v := view{Profile: measures.Profile{Seats: lacking}}
	v.units, err = p.Names(ctx, unitsOf(v.Profile), web.Of(ctx).Lang)
	return beside(span, &v), err
}

func value(ctx context.Context, unit string, x float64) string {
	p := ui.P(ctx)
	switch unit {
	case "share":
		return p.Percent(x, 0)
	case "days":
		return ui.N(ctx, "network.days", int(x+0.5))
	case "more_days":
		return ui.T(ctx, "network.more_days", "value", p.Decimal(x, 1))
	case "count":
		if x == float64(int64(x)) {
			return p.Number(int64(x))
		}
		return p.Decimal(x, 1)
	case "index":
		return p.Decimal(x, 2)
	}
	return p.Decimal(x, 1)
}

func null(ctx context.Context, f measures.Figure) string {
	if f.Null == nil {
		return ui.T(ctx, "network.null.none")
	}
	args := []any{"expected", value(ctx, f.Unit, f.Null.Expected), "low", value(ctx, f.Unit, f.Null.Low), "high", value(ctx, f.Unit, f.Null.High), "deals", f.Null.Deals, "seed", strconv.FormatUint(f.Null.Seed, 10)}
	if f.Null.Bound() && f.Null.Seed != 0 {
		return ui.T(ctx, "network.null.bound", args...)
	}
	if f.Null.Seed == 0 {
		return ui.T(ctx, "network.null.exact", args...)
	}
	return ui.T(ctx, "network.null.drawn", args...)
}

// shownSeats is how many missing seats are listed; the others are counted.
const shownSeats = 50

// opennessSaid says in words what M3 is worth here: nothing yet, bound by how the units are grouped, or what chance
// leaves to say.
func opennessSaid(ctx context.Context, v view) string {
	for _, f := range v.of("m3") {
		if f.Key != "openness" {
			continue
		}
		switch {
		case !f.Told:
			return ui.T(ctx, "network.m3.few", "n", f.N)
		case f.Null.Bound():
			return ui.T(ctx, "network.m3.bound", "value", value(ctx, f.Unit, f.Value))
		case f.Value < f.Null.Low:
			return ui.T(ctx, "network.m3.closed")
		case f.Value > f.Null.High:
			return ui.T(ctx, "network.m3.open")
		}
		return ui.T(ctx, "network.m3.chance")
	}
	return ""
}

// yearly are the figures that are shown year by year.
func yearly() [][2]string {
	return [][2]string{{"m1", "directorates"}, {"m1", "effective"}, {"m3", "openness"}, {"m6", "lost"}, {"m6", "only"}, {"m9", "demand"}}
}

func senseOptions(ctx context.Context) (options []ui.Option) {
	for _, s := range measures.Senses() {
		options = append(options, ui.Option{Value: s, Label: ui.T(ctx, "act.arg.sense."+s)})
	}
	return options
}

func measureOptions(ctx context.Context) (options []ui.Option) {
	for _, m := range measures.Names() {
		options = append(options, ui.Option{Value: m, Label: ui.T(ctx, "network."+m)})
	}
	return options
}

// refused tells whether the form was just refused.
func refused(ctx context.Context, form string) bool {
	a := ui.FrameOf(ctx).Attempt
	return a != nil && a.Form == form
}
