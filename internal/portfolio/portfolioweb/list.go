package portfolioweb

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// listForm is what the address of a list says. A value that is not one of the closed list is dropped:
// an old link still leads somewhere.
type listForm struct {
	Text    string           `form:"q,max=200"`
	Stage   portfolio.Stage  `form:"stage"`
	Matter  string           `form:"matter,max=80"`
	Place   string           `form:"place,max=80"`
	Unit    id.ID            `form:"unit,max=64"`
	Sponsor id.ID            `form:"sponsor,max=64"`
	Owner   id.ID            `form:"owner,max=64"`
	Origin  portfolio.Origin `form:"origin,max=40"`
	Tag     string           `form:"tag,max=80"`
	Sort    portfolio.Sort   `form:"sort"`
	Page    int              `form:"page"`
}

func readList(r *http.Request) (listForm, error) {
	var f listForm
	if err := web.Decode(r, &f); err != nil {
		return f, err
	}
	if !f.Stage.Valid() {
		f.Stage = ""
	}
	if !slices.Contains(portfolio.Sorts(), f.Sort) {
		f.Sort = ""
	}
	if !slices.Contains(portfolio.Origins(), f.Origin) {
		f.Origin = ""
	}
	return f, nil
}

func (f listForm) filter() portfolio.Filter {
	out := portfolio.Filter{Matter: f.Matter, Place: f.Place, Unit: f.Unit, Sponsor: f.Sponsor, Owner: f.Owner,
		Origin: f.Origin, Tag: f.Tag, Text: f.Text}
	if f.Stage != "" {
		out.Stages = []portfolio.Stage{f.Stage}
	}
	return out
}

// narrowed tells whether the list shows less than everything.
func (f listForm) narrowed() bool {
	f.Sort, f.Page = "", 0
	return f != listForm{}
}

// at is an address that asks for the same, changed by edit.
func (f listForm) at(path string, edit func(*listForm)) string {
	if edit != nil {
		edit(&f)
	}
	q := url.Values{}
	for name, value := range map[string]string{"q": f.Text, "stage": string(f.Stage), "matter": f.Matter, "place": f.Place,
		"unit": string(f.Unit), "sponsor": string(f.Sponsor), "owner": string(f.Owner), "origin": string(f.Origin),
		"tag": f.Tag, "sort": string(f.Sort)} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if f.Page > 1 {
		q.Set("page", strconv.Itoa(f.Page))
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// listView is the page of the list.
type listView struct {
	Form    listForm
	List    portfolio.List
	Book    *book
	Units   []Choice
	Elected []Choice
	Inside  bool
	Path    string
}

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	f, err := readList(r)
	if err != nil {
		return err
	}
	v := web.From(r)
	view := listView{Form: f, Inside: mayAct(v.Visitor), Path: v.URL("portfolio.list")}
	if view.List, err = p.Room.List(r.Context(), v.Visitor, portfolio.ListQuery{Filter: f.filter(), Sort: f.Sort, Page: f.Page}); err != nil {
		return err
	}
	if err := p.fillFilters(r, &view); err != nil {
		return err
	}
	return web.Render(w, r, listPage(view))
}

// fillFilters reads what the filters offer and the names of the leads in sight.
func (p *Pages) fillFilters(r *http.Request, view *listView) (err error) {
	var leads []id.ID
	for _, s := range view.List.Items {
		leads = append(leads, s.Lead)
	}
	if view.Book, err = p.openIDs(r, nil, leads); err != nil {
		return err
	}
	view.Units, view.Elected, err = p.filterChoices(r, view.Form.Unit, view.Form.Sponsor)
	return err
}

// mayAct tells whether forms are shown at all; whether an act is allowed is asked when it is done.
func mayAct(v identity.Visitor) bool { return v.Inside() && !v.ReadOnly && len(v.Posts) > 0 }

func (l listView) pager() ui.Pager {
	return ui.Pager{Page: l.List.Page, Size: l.List.PerPage, Total: l.List.Total, URL: func(n int) string {
		return l.Form.at(l.Path, func(f *listForm) { f.Page = n })
	}}
}

// stageLine is one stage that the list can be narrowed to.
type stageLine struct {
	Stage portfolio.Stage
	N     int
	URL   string
	Here  bool
}

// stageLines lists the stages in which there is something, and the one chosen.
func (l listView) stageLines() []stageLine {
	var out []stageLine
	for _, s := range portfolio.Stages() {
		here := l.Form.Stage == s
		if l.List.Stages[s] == 0 && !here {
			continue
		}
		out = append(out, stageLine{s, l.List.Stages[s], l.Form.at(l.Path, func(f *listForm) {
			f.Stage, f.Page = s, 0
			if here {
				f.Stage = ""
			}
		}), here})
	}
	return out
}

func (l listView) sorts() []ui.Item {
	var out []ui.Item
	now := cmp.Or(l.Form.Sort, portfolio.ByRecent)
	for _, s := range portfolio.Sorts() {
		out = append(out, ui.Item{Label: l.Book.p.T("portfolio.sort." + string(s)), Current: s == now,
			URL: l.Form.at(l.Path, func(f *listForm) { f.Sort, f.Page = s, 0 })})
	}
	return out
}

// clip shortens a text at a word.
func clip(text string, runes int) string {
	r := []rune(text)
	if len(r) <= runes {
		return text
	}
	cut := runes
	for cut > runes/2 && r[cut] != ' ' {
		cut--
	}
	return string(r[:cut]) + "…"
}
