package portfolio

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/money"
)

// where gathers conditions with their arguments; $n is written ? while it grows.
type where struct {
	parts []string
	args  []any
}

func (w *where) and(condition string, args ...any) {
	var b strings.Builder
	n := 0
	for _, piece := range strings.SplitAfter(condition, "?") {
		if strings.HasSuffix(piece, "?") {
			n++
			piece = strings.TrimSuffix(piece, "?") + "$" + strconv.Itoa(len(w.args)+n)
		}
		b.WriteString(piece)
	}
	w.parts = append(w.parts, b.String())
	w.args = append(w.args, args...)
}

// with adds the arguments of LIMIT and OFFSET: their values must not make new statements.
func (w *where) with(limit, offset int) string {
	w.args = append(w.args, limit, offset)
	return fmt.Sprintf(" LIMIT $%d OFFSET $%d", len(w.args)-1, len(w.args))
}

func (w *where) sql() string { return strings.Join(w.parts, " AND ") }

// condition is a filter in SQL. A post that nobody holds on the day carries and runs nothing (I27).
func (r *Room) condition(ctx context.Context, v identity.Visitor, f Filter, day calendar.Day) (*where, error) {
	w := f.condition(v, day)
	named := distinct([]id.ID{f.Sponsor, f.Owner})
	if len(named) == 0 {
		return w, nil
	}
	posts, err := r.dir.Posts(ctx, r.reads, named, day)
	for _, p := range named {
		if !posts[p].Held {
			w.and("1 = 0")
		}
	}
	return w, err
}

// condition is a filter in SQL on portfolio_initiative AS i, on a day, seen by a visitor. Sponsors,
// owners and units count while their period lasts.
func (f Filter) condition(v identity.Visitor, today calendar.Day) *where {
	w := &where{}
	w.and(visible(v, "i"))
	if len(f.Stages) > 0 {
		w.and("i.stage IN ("+strings.TrimSuffix(strings.Repeat("?,", len(f.Stages)), ",")+")", anys(f.Stages)...)
	}
	if f.Matter != "" {
		w.and("i.matter = ?", f.Matter)
	}
	if f.Origin != "" {
		w.and("i.origin = ?", string(f.Origin))
	}
	f.posts(w, today)
	if f.Unit != "" {
		w.and("i.id IN (SELECT p.initiative FROM portfolio_part p WHERE p.unit = ? AND p.status IN ("+openTo(v)+"))", f.Unit)
	}
	f.facets(w)
	return w
}

func (f Filter) posts(w *where, today calendar.Day) {
	for _, h := range []struct {
		role HolderRole
		post id.ID
	}{{Sponsor, f.Sponsor}, {Owner, f.Owner}} {
		if h.post != "" {
			w.and(`i.id IN (SELECT h.initiative FROM portfolio_holder h WHERE h.role = ? AND h.post = ?
				AND h.from_day <= ? AND h.to_day > ?)`, string(h.role), h.post, string(today), string(today))
		}
	}
}

// openTo lists the states of a part through which a visitor may see that a unit is in it (I4).
func openTo(v identity.Visitor) string {
	if v.Inside() {
		return "'proposed', 'countered', 'accepted', 'reported'"
	}
	return "'accepted', 'reported'"
}

func (f Filter) facets(w *where) {
	const has = "i.id IN (SELECT f.initiative FROM op_portfolio_facet f WHERE f.kind = ? AND f.value = ?)"
	if f.Place != "" {
		w.and(has, "place", f.Place)
	}
	if f.Tag != "" {
		w.and(has, "tag", i18n.Fold(f.Tag))
	}
	if f.Objective != "" {
		w.and(has, "objective", string(f.Objective))
	}
	f.text(w)
}

// text wants every word as the beginning of one. The words meet before the initiatives are read: one list
// to look in instead of one for each.
func (f Filter) text(w *where) {
	var having []string
	var args []any
	for n, word := range words(f.Text) {
		if n == 8 {
			break // a longer question is a sentence, not a search
		}
		having = append(having, `SELECT f.initiative FROM op_portfolio_facet f WHERE f.kind = 'word' AND f.value >= ? AND f.value < ?`)
		args = append(args, word, word+"\U0010FFFF")
	}
	if len(having) > 0 {
		w.and("i.id IN ("+strings.Join(having, " INTERSECT ")+")", args...)
	}
}

const summaryColumns = `i.id, i.number, i.title, i.problem, i.lang, i.origin, i.matter, i.places, i.address, i.located, i.lat, i.lon,
	i.tags, i.initials, i.stage, i.stage_since, i.visibility, i.signalled_on, i.published_on,
	COALESCE((SELECT MIN(p.status || ' ' || p.unit) FROM portfolio_part p
		WHERE p.initiative = i.id AND p.role = 'lead' AND p.status IN ('accepted', 'reported')), ''),
	COALESCE((SELECT MAX(b.cents) FROM (SELECT SUM(p.cents) AS cents FROM portfolio_budget p
		WHERE p.initiative = i.id AND p.nature = 'planned' GROUP BY p.credit) b), 0)`

func scanSummary(r db.Row) (Summary, error) {
	var s Summary
	var places, tags, lead string
	var located bool
	var p Point
	var cents int64
	err := r.Scan(&s.ID, &s.Number, &s.Title, &s.Problem, &s.Lang, &s.Origin, &s.Matter, &places, &s.Address, &located, &p.Lat, &p.Lon,
		&tags, &s.Initials, &s.Stage, &s.StageSince, &s.Visibility, &s.SignalledOn, &s.PublishedOn, &lead, &cents)
	if err != nil {
		return s, err
	}
	if located {
		s.Point = &p
	}
	status, unit, _ := strings.Cut(lead, " ")
	s.Lead, s.LeadStated, s.Budget = id.ID(unit), status == string(Reported), money.Cents(cents)
	if s.Places, err = fromJSON[[]string](places); err != nil {
		return s, err
	}
	s.Tags, err = fromJSON[[]string](tags)
	return s, err
}

// order is the closed list of orders in SQL; each is total.
func (s Sort) order() (string, error) {
	switch s {
	case ByRecent, "":
		return "i.published_on DESC, i.signalled_on DESC, i.year DESC, i.seq DESC", nil
	case ByTitle:
		return "i.title_key, i.id", nil
	case ByStage:
		return "i.stage_rank, i.title_key, i.id", nil
	case ByNumber:
		return "i.year, i.seq", nil
	}
	return "", fault.New(fault.Invalid, "portfolio.list.sort", "sort", string(s))
}

// List answers one page of the initiatives that the visitor may read.
func (r *Room) List(ctx context.Context, v identity.Visitor, q ListQuery) (List, error) {
	order, err := q.Sort.order()
	if err != nil {
		return List{}, err
	}
	if q.PerPage <= 0 {
		q.PerPage = 20
	}
	l := List{Page: max(1, q.Page), PerPage: min(q.PerPage, 100)}
	w, err := r.condition(ctx, v, q.Filter, r.Today())
	if err != nil {
		return l, err
	}
	if l.Total, err = db.One(ctx, r.reads, db.Scalar[int],
		`SELECT COUNT(*) FROM portfolio_initiative i WHERE `+w.sql(), w.args...); err != nil {
		return l, err
	}
	l.Page = min(l.Page, l.Pages())
	// The page is chosen first: what is added to each line is read for the lines of the page alone.
	page := w.with(l.PerPage, (l.Page-1)*l.PerPage)
	l.Items, err = db.All(ctx, r.reads, scanSummary, `SELECT `+summaryColumns+` FROM (SELECT i.id FROM portfolio_initiative i
		WHERE `+w.sql()+` ORDER BY `+order+page+`) k JOIN portfolio_initiative i ON i.id = k.id ORDER BY `+order, w.args...)
	return l, err
}

// Rows answers the whole of a list in the order of numbers, for exports (CSV, XLSX, GeoJSON).
func (r *Room) Rows(ctx context.Context, v identity.Visitor, f Filter) ([]Summary, error) {
	w, err := r.condition(ctx, v, f, r.Today())
	if err != nil {
		return nil, err
	}
	return db.All(ctx, r.reads, scanSummary, `SELECT `+summaryColumns+` FROM portfolio_initiative i WHERE `+w.sql()+
		` ORDER BY i.year, i.seq`, w.args...)
}

// Counts answers how many there are, by stage, matter and place.
func (r *Room) Counts(ctx context.Context, v identity.Visitor, f Filter) (Counts, error) {
	c := Counts{Stages: map[Stage]int{}, Matters: map[string]int{}, Places: map[string]int{}}
	w, err := r.condition(ctx, v, f, r.Today())
	if err != nil {
		return c, err
	}
	type line struct {
		stage  Stage
		matter string
		places string
		n      int
	}
	lines, err := db.All(ctx, r.reads, func(r db.Row) (line, error) {
		var l line
		err := r.Scan(&l.stage, &l.matter, &l.places, &l.n)
		return l, err
	}, `SELECT i.stage, i.matter, i.places, COUNT(*) FROM portfolio_initiative i WHERE `+w.sql()+`
		GROUP BY i.stage, i.matter, i.places ORDER BY i.stage, i.matter, i.places`, w.args...)
	for _, l := range lines {
		c.Total += l.n
		c.Stages[l.stage] += l.n
		c.Matters[l.matter] += l.n
		places, err := fromJSON[[]string](l.places)
		if err != nil {
			return c, err
		}
		for _, p := range places {
			c.Places[p] += l.n
		}
	}
	return c, err
}

// Map answers the points of a filter, and counts by place.
func (r *Room) Map(ctx context.Context, v identity.Visitor, f Filter) (MapView, error) {
	rows, err := r.Rows(ctx, v, f)
	m := MapView{ByPlace: map[string]int{}}
	for _, s := range rows {
		if s.Point != nil {
			m.Points = append(m.Points, MapPoint{s.ID, s.Number, s.Title, s.Stage, *s.Point})
		}
		for _, p := range s.Places {
			m.ByPlace[p]++
		}
		if s.Point == nil && len(s.Places) == 0 {
			m.Nowhere++
		}
	}
	return m, err
}

// summary is the line of an initiative without what its parts and budget would add.
func (i Initiative) summary() Summary {
	return Summary{ID: i.ID, Number: i.Number, Title: i.Title, Problem: i.Problem, Lang: i.Lang, Origin: i.Origin, Matter: i.Matter,
		Places: i.Places, Address: i.Address, Point: i.Point, Tags: i.Tags, Initials: i.Initials, Stage: i.Stage, StageSince: i.StageSince,
		Visibility: i.Visibility, SignalledOn: i.SignalledOn, PublishedOn: i.PublishedOn}
}
