package actweb

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// query is what the filter of the journal asks for.
type query struct {
	Kind   string       `form:"kind,max=80"` // a verb, or a room followed by a dot
	Unit   id.ID        `form:"unit"`
	Type   string       `form:"type,max=40"` // with On: acts on the page of one thing
	On     id.ID        `form:"on"`
	From   calendar.Day `form:"from"`
	To     calendar.Day `form:"to"` // included
	Before id.ID        `form:"before"`
}

func (q query) values() url.Values {
	v := url.Values{}
	for name, value := range map[string]string{"kind": q.Kind, "unit": string(q.Unit), "type": q.Type, "on": string(q.On),
		"from": string(q.From), "to": string(q.To), "before": string(q.Before)} {
		if value != "" {
			v.Set(name, value)
		}
	}
	return v
}

// at gives the address of a route with this filter.
func (q query) at(address string) string {
	if s := q.values().Encode(); s != "" {
		return address + "?" + s
	}
	return address
}

// feed gives the address of a feed with this filter, from its newest act: a feed is not turned page by page, and the
// act that a page of the journal ends on may be one that the public does not see.
func (q query) feed(address string) string {
	q.Before = ""
	return q.at(address)
}

const perPage = 30

// journalView is the journal as it is shown.
type journalView struct {
	query query
	lines []line
	count int64 // of the whole selection, at most counted
	older string
	kinds []ui.Option
	units []ui.Option
}

// counted is where counting stops: "more than 1,000" says enough.
const counted = 1000

func (p *Pages) journal(w http.ResponseWriter, r *http.Request) error {
	v, q := web.From(r), query{}
	filter, err := p.filter(r, &q)
	if err != nil {
		return err
	}
	filter.Limit = perPage + 1
	entries, err := act.Journal(r.Context(), p.Readers, reader(v), filter)
	if err != nil {
		return err
	}
	view := journalView{query: q, kinds: kinds(v.P, p.Verbs)}
	if len(entries) > perPage {
		entries = entries[:perPage]
		next := q
		next.Before = entries[perPage-1].ID
		view.older = next.at(v.URL("log"))
	}
	if view.lines, err = p.lines(r.Context(), v, entries); err != nil {
		return err
	}
	filter.Before = ""
	if view.count, err = act.CountAtMost(r.Context(), p.Readers, reader(v), filter, counted+1); err != nil {
		return err
	}
	if p.Units != nil {
		view.units, err = p.Units(r.Context(), v.Lang, calendar.DayOf(v.Now))
	}
	if err != nil {
		return err
	}
	return web.Render(w, r, journalPage(view))
}

// filter reads the query into a filter of acts. A kind that is not in the table of verbs chooses nothing
// and is said to be wrong.
func (p *Pages) filter(r *http.Request, q *query) (act.Filter, error) {
	if err := web.Decode(r, q); err != nil {
		return act.Filter{}, err
	}
	f := act.Filter{Unit: q.Unit, From: q.From, Before: q.Before}
	if q.On != "" {
		f.Subject = act.Ref{Type: q.Type, ID: q.On}
	}
	if q.To != "" {
		f.To = q.To.AddDays(1)
	}
	if q.Kind != "" {
		f.Verbs = verbsOf(p.Verbs, q.Kind)
		if len(f.Verbs) == 0 {
			return f, fault.New(fault.Invalid, "fault.invalid").At("kind", "actweb.filter.kind_unknown")
		}
	}
	if q.Unit == "" || p.PostsOf == nil {
		return f, nil
	}
	var err error
	f.Posts, err = p.PostsOf(r.Context(), q.Unit, calendar.DayOf(web.From(r).Now))
	return f, err
}

// verbsOf lists the verbs of a room ("portfolio.") or the one verb named.
func verbsOf(all act.Verbs, kind string) []string {
	if _, known := all[kind]; known {
		return []string{kind}
	}
	var list []string
	for _, v := range all.Sorted() {
		if strings.HasSuffix(kind, ".") && strings.HasPrefix(v.Name, kind) {
			list = append(list, v.Name)
		}
	}
	return list
}

// kinds are the choices of the filter: each room whole, then its verbs.
func kinds(p *i18n.Printer, all act.Verbs) []ui.Option {
	options := []ui.Option{{Label: p.T("actweb.filter.kind.any")}}
	group := ""
	for _, v := range all.Sorted() {
		room, _, _ := strings.Cut(v.Name, ".")
		if room != group {
			group = room
			options = append(options, ui.Option{Value: room + ".", Label: p.T("actweb.filter.kind.room"), Group: roomName(p, room)})
		}
		options = append(options, ui.Option{Value: v.Name, Label: kind(p, v.Name), Group: roomName(p, room)})
	}
	return options
}

func roomName(p *i18n.Printer, room string) string {
	if key := "act.room." + room; p.Has(key) {
		return p.T(key)
	}
	return room
}

func (p *Pages) act(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	e, err := act.Find(r.Context(), p.Readers, reader(v), id.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	lines, err := p.lines(r.Context(), v, []act.Entry{e})
	if err != nil {
		return err
	}
	if len(lines) == 0 {
		return fault.New(fault.Denied, "actweb.withheld")
	}
	view := actView{line: lines[0]}
	if e.Visibility == act.Public {
		head, err := act.LastHead(r.Context(), p.Readers)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		view.proved = e.Leaf < head.Size
		view.head = head
	}
	if view.related, err = p.related(r, e); err != nil {
		return err
	}
	return web.Render(w, r, actPage(view))
}

// actView is the page of one act.
type actView struct {
	line
	proved  bool // its leaf is under a checkpoint
	head    act.Head
	related []relation
}

// relation is another act that this one names.
type relation struct {
	key string
	line
}

// related finds the act that led to this one and the one it corrects, if the visitor may read them.
func (p *Pages) related(r *http.Request, e act.Entry) ([]relation, error) {
	v := web.From(r)
	var out []relation
	for _, link := range []struct {
		key string
		id  id.ID
	}{{"actweb.act.cause", e.Cause}, {"actweb.act.corrects", e.Corrects}, {"actweb.act.set_off_by", e.Who.SetOffBy}} {
		if link.id == "" || slices.ContainsFunc(out, func(o relation) bool { return o.entry.ID == link.id }) {
			continue
		}
		other, err := act.Find(r.Context(), p.Readers, reader(v), link.id)
		if fault.KindOf(err) == fault.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		lines, err := p.lines(r.Context(), v, []act.Entry{other})
		if err != nil {
			return nil, err
		}
		for _, l := range lines { // none when it is kept from the visitor
			out = append(out, relation{link.key, l})
		}
	}
	return out, nil
}
