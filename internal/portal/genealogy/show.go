package genealogy

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/powers"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// span is how many years the line of time shows when nobody chose; longest, how many one may ask for.
const (
	span    = 15
	longest = 60
)

// view is the page.
type view struct {
	Unit    id.ID
	Units   []ui.Option
	Day     calendar.Day // of which the state is told
	Today   calendar.Day
	Lang    string
	Chosen  []Kind          // shown; all when nobody chose
	Years   calendar.Period // of the line
	Shown   []Event
	Above   []powers.NameOf // on which the unit depends that day
	all     []Event
	line    powers.Lineage
	asked   bool // the reader chose where the line begins
	visitor identity.Visitor
	now     powers.Moment
}

type query struct {
	Unit  id.ID        `form:"unit,max=64"`
	Day   calendar.Day `form:"day"`
	Kinds []string     `form:"kind"`
	From  int          `form:"from"` // years; 0: as when nobody chose
	To    int          `form:"to"`
}

// show answers the page: the line of time, and the state of one day. What is wrong in the form is said at its field,
// above what is shown when nobody chose.
func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	v, bad := asked(r)
	if err := p.choose(r.Context(), &v); err != nil {
		return err
	}
	if v.Unit == "" {
		return web.Render(w, r, emptyPage())
	}
	if err := p.gather(r.Context(), &v); err != nil {
		return err
	}
	var err error
	if v.Above, err = powers.Above(r.Context(), p.Read, v.Unit, v.now.On(v.Day)); err != nil {
		return err
	}
	v.frame()
	if bad != nil {
		return web.Again(w, r, bad, page(v))
	}
	return web.Render(w, r, page(v))
}

// asked is what the reader asks for, with what is wrong in it.
func asked(r *http.Request) (view, error) {
	var q query
	bad := web.Decode(r, &q)
	visit := web.From(r)
	v := view{Unit: q.Unit, Today: calendar.DayOf(visit.Now), Lang: visit.Lang, visitor: visit.Visitor, now: powers.Now(visit.Now)}
	v.Day = cmp.Or(q.Day, v.Today)
	if err := v.years(q.From, q.To); err != nil {
		bad = cmp.Or(bad, err)
	}
	for _, k := range Kinds() {
		if len(q.Kinds) == 0 || slices.Contains(q.Kinds, string(k)) {
			v.Chosen = append(v.Chosen, k)
		}
	}
	return v, bad
}

// choose takes the unit that the reader asks for, or the mission of the city.
func (p *Pages) choose(ctx context.Context, v *view) (err error) {
	if v.Units, err = p.Units(ctx, v.Lang, v.now); err != nil {
		return err
	}
	if v.Unit != "" {
		l, err := powers.LifeOf(ctx, p.Read, v.Unit, v.now)
		if err == nil && l.From == "" {
			err = fault.New(fault.NotFound, "genealogy.unit_unknown")
		}
		return err
	}
	missions, err := powers.UnitsOfKinds(ctx, p.Read, v.now, "mission")
	switch {
	case err != nil:
	case len(missions) > 0:
		v.Unit = missions[0].ID
	case len(v.Units) > 0:
		v.Unit = id.ID(v.Units[0].Value)
	}
	return err
}

// years chooses the years of the line: those that the reader asks for, else the last ones. A line that ends before it
// begins, or that is too long to be read, is refused: the last years stand then.
func (v *view) years(first, last int) (err error) {
	to := cmp.Or(last, max(v.Today.Year(), first))
	from := cmp.Or(first, to+1-span)
	if from < 1 || to > 9998 || to < from || to-from >= longest {
		err = fault.New(fault.Invalid, "fault.invalid").At("from", "genealogy.years", "most", longest)
		first, to = 0, v.Today.Year()
		from = to + 1 - span
	}
	v.asked = first != 0
	v.Years = calendar.Period{From: calendar.NewDay(from, 1, 1), To: calendar.NewDay(to+1, 1, 1)}
	return err
}

// frame lets the line begin where something is known, unless the reader chose, and keeps what it shows.
func (v *view) frame() {
	if !v.asked {
		first := v.Years.To.Year() - 1
		for _, e := range v.all {
			first = min(first, e.From.Year())
		}
		v.Years.From = max(v.Years.From, calendar.NewDay(first, 1, 1))
	}
	for _, e := range between(v.all, v.Years) {
		if slices.Contains(v.Chosen, e.Kind) {
			v.Shown = append(v.Shown, e)
		}
	}
}

// standing lists the periods of a kind in which the day falls.
func (v view) standing(k Kind) (out []Event) {
	for _, e := range v.all {
		if e.Kind == k && e.Lasts() && e.On(v.Day) {
			out = append(out, e)
		}
	}
	return out
}

// holders lists who held a post up to the day, the last first.
func (v view) holders(post id.ID) (out []powers.Held) {
	for _, h := range v.line.Holders {
		if h.Post == post && h.From <= v.Day {
			out = append(out, h)
		}
	}
	return out
}

// newest lists the events that are shown, the latest first.
func (v view) newest() []Event {
	out := slices.Clone(v.Shown)
	slices.Reverse(out)
	return out
}
