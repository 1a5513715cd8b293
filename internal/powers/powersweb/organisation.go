package powersweb

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/powers"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// asked shows a page asked by GET again, with what was typed and what is wrong with it.
func asked(w http.ResponseWriter, r *http.Request, err error, page templ.Component) error {
	r.PostForm = r.URL.Query()
	return web.Again(w, r, err, page)
}

// mayEdit tells whether the page shows what agents can do; whether they may is asked in the transaction.
func mayEdit(r *http.Request) bool { return editing(r.Context()) }

func editing(ctx context.Context) bool {
	v := web.Of(ctx).Visitor
	return v.Is(identity.Agent|identity.Elected|identity.Admin) && !v.ReadOnly
}

// orgView is the organigram on a day.
type orgView struct {
	dated
	Day   calendar.Day
	Nodes []powers.Node
	Tree  []branch
	List  bool
	Edit  bool
	Words string // of the search
	Found []powers.Found
}

// branch is a unit with those below it, as the page nests them.
type branch struct {
	powers.Node
	Below []branch
}

func (p *Pages) organigram(w http.ResponseWriter, r *http.Request) error {
	m, d, bad := moment(r)
	view := orgView{dated: d, Day: m.Day, List: r.URL.Query().Get("as") == "list", Edit: mayEdit(r), Words: clip(r.URL.Query().Get("q"))}
	if bad != nil {
		return asked(w, r, bad, orgPage(view))
	}
	var err error
	if view.Nodes, err = p.Desk.Organigram(r.Context(), m, names(r)); err != nil {
		return err
	}
	view.Tree, _ = grow(view.Nodes, 0)
	if view.Words != "" {
		if view.Found, err = powers.Find(r.Context(), p.Read, view.Words, m, 50); err != nil {
			return err
		}
	}
	return web.Render(w, r, orgPage(view))
}

func clip(s string) string {
	if len(s) > 200 {
		s = s[:200]
	}
	return strings.ToValidUTF8(strings.TrimSpace(s), "")
}

// grow nests nodes listed in the order of the tree.
func grow(nodes []powers.Node, depth int) (out []branch, rest []powers.Node) {
	for len(nodes) > 0 && nodes[0].Depth == depth {
		b := branch{Node: nodes[0]}
		b.Below, nodes = grow(nodes[1:], depth+1)
		out = append(out, b)
	}
	return out, nodes
}

// unitView is the page of a unit.
type unitView struct {
	*powers.UnitSheet
	dated
	Day     calendar.Day
	Above   *powers.LinkView
	From    int
	Edit    bool
	Journal templ.Component
}

func (p *Pages) unit(w http.ResponseWriter, r *http.Request) error {
	m, d, bad := moment(r)
	if bad != nil {
		return bad
	}
	from, _ := strconv.Atoi(r.URL.Query().Get("from"))
	sheet, err := powers.UnitAt(r.Context(), p.Read, web.PathID(r, "id"), m, names(r), min(max(from, 0), 1_000_000))
	if err != nil {
		return p.outside(r, web.PathID(r, "id"), m, err)
	}
	view := unitView{UnitSheet: sheet, dated: d, Day: m.Day, From: from, Edit: mayEdit(r), Journal: p.journal(r, "unit", sheet.ID)}
	for i, l := range sheet.Links {
		if l.Above && l.Nature == powers.Hierarchical {
			view.Above = &sheet.Links[i]
		}
	}
	return web.Render(w, r, unitPage(view))
}

// outside says of a thing that existed on another day that it did not on this one.
func (p *Pages) outside(r *http.Request, thing id.ID, m powers.Moment, err error) error {
	if fault.KindOf(err) != fault.NotFound {
		return err
	}
	life, dberr := powers.LifeOf(r.Context(), p.Read, thing, m)
	if dberr != nil || life.From == "" {
		return err
	}
	return fault.New(fault.NotFound, "powersweb.outside_life", "day", m.Day, "period", life)
}

// postView is the page of a post.
type postView struct {
	*powers.PostSheet
	dated
	Day     calendar.Day
	Today   calendar.Day
	Edit    bool
	Beside  templ.Component
	Journal templ.Component
}

func (p *Pages) post(w http.ResponseWriter, r *http.Request) error {
	view, err := p.postView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, postPage(view))
}

func (p *Pages) postView(r *http.Request) (postView, error) {
	m, d, bad := moment(r)
	if bad != nil {
		return postView{}, bad
	}
	sheet, err := powers.PostFor(r.Context(), p.Read, web.PathID(r, "id"), m, names(r))
	if err != nil {
		return postView{}, p.outside(r, web.PathID(r, "id"), m, err)
	}
	view := postView{PostSheet: sheet, dated: d, Day: m.Day, Today: calendar.DayOf(web.From(r).Now), Edit: mayEdit(r),
		Journal: p.journal(r, "post", sheet.ID)}
	if p.BesidePost != nil {
		view.Beside, err = p.BesidePost(r.Context(), sheet.ID)
	}
	return view, err
}

// listView is a list on a day.
type listView[T any] struct {
	dated
	Day   calendar.Day
	List  []T
	Page  int
	More  bool
	Edit  bool
	Today calendar.Day
}

func (p *Pages) delegations(w http.ResponseWriter, r *http.Request) error {
	m, d, bad := moment(r)
	view := listView[powers.DelegationView]{dated: d, Day: m.Day, Edit: mayEdit(r), Today: calendar.DayOf(web.From(r).Now)}
	if bad != nil {
		return asked(w, r, bad, delegationsPage(view))
	}
	var err error
	if view.List, err = powers.Delegations(r.Context(), p.Read, m); err != nil {
		return err
	}
	return web.Render(w, r, delegationsPage(view))
}

const vacantShown = 50

func (p *Pages) vacant(w http.ResponseWriter, r *http.Request) error {
	m, d, bad := moment(r)
	view := listView[powers.Held]{dated: d, Day: m.Day, Edit: mayEdit(r)}
	if bad != nil {
		return asked(w, r, bad, vacantPage(view))
	}
	view.Page, _ = strconv.Atoi(r.URL.Query().Get("page"))
	view.Page = min(max(view.Page, 1), 10_000)
	var err error
	if view.List, err = powers.Vacant(r.Context(), p.Read, m, (view.Page-1)*vacantShown, vacantShown+1); err != nil {
		return err
	}
	if view.More = len(view.List) > vacantShown; view.More {
		view.List = view.List[:vacantShown]
	}
	return web.Render(w, r, vacantPage(view))
}

func (p *Pages) doors(w http.ResponseWriter, r *http.Request) error {
	m, d, bad := moment(r)
	view := listView[powers.Door]{dated: d, Day: m.Day}
	if bad != nil {
		return asked(w, r, bad, doorsPage(view))
	}
	var err error
	if view.List, err = powers.Doors(r.Context(), p.Read, m, names(r)); err != nil {
		return err
	}
	return web.Render(w, r, doorsPage(view))
}

// dayField is the date that a page is asked for.
func dayField(label string, day calendar.Day) ui.Field {
	return ui.Field{Name: "date", Label: label, Value: string(day), Required: true}
}
