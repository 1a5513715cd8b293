package portfolioweb

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
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// wallForm is what the address of a wall says: a saved board, or a view of one's own.
type wallForm struct {
	Board   id.ID               `form:"board,max=64"`
	By      portfolio.GroupBy   `form:"by,max=20"`
	Order   portfolio.CardOrder `form:"order,max=20"`
	Over    bool                `form:"over"`
	Day     calendar.Day        `form:"day"`
	Text    string              `form:"q,max=200"`
	Matter  string              `form:"matter,max=80"`
	Place   string              `form:"place,max=80"`
	Unit    id.ID               `form:"unit,max=64"`
	Sponsor id.ID               `form:"sponsor,max=64"`
	Since   id.ID               `form:"since,max=64"` // snapshot that a file is compared with
}

// wallView is a wall, with what can be done about it.
type wallView struct {
	portfolio.Wall
	Form      wallForm
	View      portfolio.View
	Book      *book
	Visitor   identity.Visitor
	MayAct    bool
	Today     calendar.Day
	Board     portfolio.Board // zero: a view of one's own
	Boards    []portfolio.Board
	Snapshots []portfolio.Snapshot
	Units     []Choice
	Elected   []Choice
	Titles    map[string]string // of objectives
}

// cardsShown keeps a wall of a whole city a page: the columns share so many cards, and the rest of each is a link away.
const cardsShown = 300

func readWall(r *http.Request) (wallForm, error) {
	var f wallForm
	if err := web.Decode(r, &f); err != nil {
		return f, err
	}
	if !slices.Contains(portfolio.Groupings(), f.By) {
		f.By = portfolio.BySponsor
	}
	if !slices.Contains(portfolio.CardOrders(), f.Order) {
		f.Order = ""
	}
	return f, nil
}

func (f wallForm) view() portfolio.View {
	return portfolio.View{GroupBy: f.By, Order: f.Order, Over: f.Over,
		Filter: portfolio.Filter{Text: f.Text, Matter: f.Matter, Place: f.Place, Unit: f.Unit, Sponsor: f.Sponsor}}
}

// query says the same wall in an address, changed by edit.
func (f wallForm) query(edit func(*wallForm)) string {
	if edit != nil {
		edit(&f)
	}
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	set("board", string(f.Board))
	if f.Board == "" {
		set("by", string(f.By))
		set("order", string(f.Order))
		set("q", f.Text)
		set("matter", f.Matter)
		set("place", f.Place)
		set("unit", string(f.Unit))
		set("sponsor", string(f.Sponsor))
		if f.Over {
			set("over", "true")
		}
	}
	set("day", string(f.Day))
	set("since", string(f.Since))
	return "?" + q.Encode()
}

func (p *Pages) wallView(r *http.Request, f wallForm) (wallView, error) {
	v := web.From(r)
	view := wallView{Form: f, View: f.view(), Visitor: v.Visitor, MayAct: mayAct(v.Visitor), Today: p.Room.Today()}
	var err error
	if f.Board != "" {
		if view.Board, err = p.Room.Board(r.Context(), v.Visitor, f.Board); err != nil {
			return view, err
		}
		view.View, view.Form.By = view.Board.View, view.Board.GroupBy
		if view.Snapshots, err = p.Room.Snapshots(r.Context(), v.Visitor, f.Board); err != nil {
			return view, err
		}
	}
	view.View.Shared = cardsShown
	if view.Wall, err = p.Room.Wall(r.Context(), v.Visitor, view.View, f.Day); err != nil {
		return view, err
	}
	if view.Boards, err = p.Room.Boards(r.Context(), v.Visitor); err != nil {
		return view, err
	}
	if view.Units, view.Elected, err = p.filterChoices(r, f.Unit, f.Sponsor); err != nil {
		return view, err
	}
	return view, p.nameWall(r, &view)
}

// nameWall reads the names of the posts, units and objectives on the wall.
func (p *Pages) nameWall(r *http.Request, view *wallView) error {
	var posts, units []id.ID
	for _, col := range view.Columns {
		if view.GroupBy == portfolio.BySponsor || view.GroupBy == portfolio.ByOwner {
			posts = append(posts, id.ID(col.Key))
		}
		if view.GroupBy == portfolio.ByUnit {
			units = append(units, id.ID(col.Key))
		}
		for _, c := range col.Cards {
			for _, part := range c.Parts {
				units = append(units, part.Unit)
			}
		}
	}
	var err error
	if view.Book, err = p.openIDs(r, append(posts, postIDs(view.Visitor)...), units); err != nil {
		return err
	}
	objectives, err := p.Room.Objectives(r.Context())
	view.Titles = map[string]string{}
	for _, o := range objectives {
		view.Titles[string(o.ID)] = objectiveTitle(r.Context(), o)
	}
	return err
}

func (p *Pages) wall(w http.ResponseWriter, r *http.Request) error {
	f, err := readWall(r)
	if err != nil {
		return err
	}
	view, err := p.wallView(r, f)
	if err != nil {
		return err
	}
	return web.Render(w, r, wallPage(view))
}

// columnTitle names a column in the reader's language.
func (w wallView) columnTitle(ctx context.Context, col portfolio.Column) string {
	switch {
	case col.Key == "":
		return ui.T(ctx, "portfolio.wall.none."+string(w.GroupBy))
	case w.GroupBy == portfolio.ByStageGroup:
		return ui.T(ctx, "portfolio.stage."+col.Key)
	case w.GroupBy == portfolio.ByUnit:
		if l := w.Book.unit(id.ID(col.Key)); l.Short != "?" {
			return l.Long
		}
	case w.GroupBy == portfolio.ByObjective:
		return w.Titles[col.Key]
	default:
		if l := w.Book.post(id.ID(col.Key)); l.Short != "?" {
			return l.Long
		}
	}
	return col.Label
}

// board is the wall as the design system draws it. Cards move when the visitor may act and the wall is
// today's: a past day does not change.
func (w wallView) board(ctx context.Context) ui.Board {
	b := ui.Board{ID: "wall", Label: ui.T(ctx, "portfolio.wall.title")}
	cards := newCardWriter(ctx, w)
	back := url.QueryEscape(ui.Link(ctx, "portfolio.wall") + w.Form.query(nil))
	for n, col := range w.Columns {
		out := ui.Column{Key: columnKey(col.Key), Title: w.columnTitle(ctx, col), Count: col.Total}
		for _, c := range col.Cards {
			card := ui.BoardCard{ID: c.Number + "-" + strconv.Itoa(n), Title: c.Title, URL: ui.Link(ctx, "portfolio.initiative", c.Number),
				Body: cards.body(c)}
			if w.MayAct && w.Day == w.Today {
				card.Move, card.Version = w.moveTo(ctx, c, col.Key, back), strconv.FormatInt(c.Version, 10)
			}
			out.Cards = append(out.Cards, card)
		}
		if rest := col.Total - len(col.Cards); rest > 0 {
			out.Cards = append(out.Cards, ui.BoardCard{ID: "more-" + strconv.Itoa(n), Title: ui.N(ctx, "portfolio.wall.more", rest), URL: w.listURL(ctx, col.Key)})
		}
		b.Columns = append(b.Columns, out)
	}
	return b
}

// listURL is the whole of a column, as a list.
func (w wallView) listURL(ctx context.Context, key string) string {
	f := listForm{Text: w.Form.Text, Matter: w.Form.Matter, Place: w.Form.Place, Unit: w.Form.Unit, Sponsor: w.Form.Sponsor}
	switch w.GroupBy {
	case portfolio.BySponsor:
		f.Sponsor = id.ID(key)
	case portfolio.ByOwner:
		f.Owner = id.ID(key)
	case portfolio.ByUnit:
		f.Unit = id.ID(key)
	case portfolio.ByStageGroup:
		f.Stage = portfolio.Stage(key)
	}
	return f.at(ui.Link(ctx, "portfolio.list"), nil)
}

// noColumn stands for the column of what has no sponsor, owner or unit: a key may not be empty in a page.
const noColumn = "none"

func columnKey(key string) string {
	if key == "" {
		return noColumn
	}
	return key
}

// moveTo is the address that carries a card from a column; back, escaped, is where it leads then.
func (w wallView) moveTo(ctx context.Context, c portfolio.Card, from, back string) string {
	return ui.Link(ctx, "portfolio.wall.move") + "?back=" + back + "&by=" + url.QueryEscape(string(w.GroupBy)) +
		"&card=" + url.QueryEscape(string(c.ID)) + "&from=" + url.QueryEscape(columnKey(from))
}

// actOnWall keeps a view under a name, closes it, or takes a snapshot of it.
func (p *Pages) actOnWall(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(err, fault.Invalid, "web.form.unreadable")
	}
	f, err := readWall(r)
	if err != nil {
		return err
	}
	view, err := p.wallView(r, f)
	if err != nil {
		return err
	}
	v := web.From(r)
	to := v.URL("portfolio.wall") + f.query(nil)
	return perform(w, r, map[string]web.Deed{
		"board": func(r *http.Request, by act.Actor, _ string) error {
			b, err := p.Room.SaveBoard(r.Context(), by, portfolio.Board{Name: r.PostForm.Get("name"), View: f.view()})
			to = v.URL("portfolio.wall") + "?board=" + url.QueryEscape(string(b.ID))
			return err
		},
		"close-board": func(r *http.Request, by act.Actor, _ string) error {
			to = v.URL("portfolio.wall")
			return p.Room.CloseBoard(r.Context(), by, view.Board.ID)
		},
		"snapshot": func(r *http.Request, by act.Actor, _ string) error {
			s, err := p.Room.TakeSnapshot(r.Context(), by, view.Board.ID, r.PostForm.Get("title"))
			to = v.URL("portfolio.snapshot", s.ID)
			return err
		},
	}, wallPage(view), &to)
}
