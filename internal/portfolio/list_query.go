package portfolio

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/money"
)

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
	if s.Places, err = db.FromJSON[[]string](places); err != nil {
		return s, err
	}
	s.Tags, err = db.FromJSON[[]string](tags)
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
	if l.Stages, err = r.stages(ctx, v, q.Filter); err != nil {
		return l, err
	}
	for stage, n := range l.Stages {
		if len(q.Stages) == 0 || slices.Contains(q.Stages, stage) {
			l.Total += n
		}
	}
	w, err := r.condition(ctx, v, q.Filter, r.Today())
	if err != nil {
		return l, err
	}
	l.Page = min(l.Page, l.Pages())
	// The page is chosen first: what is added to each line is read for the lines of the page alone.
	page := w.with(l.PerPage, (l.Page-1)*l.PerPage)
	l.Items, err = db.All(ctx, r.reads, scanSummary, `SELECT `+summaryColumns+` FROM (SELECT i.id FROM `+w.sql()+` ORDER BY `+order+page+`) c JOIN portfolio_initiative i ON i.id = c.id ORDER BY `+order, w.args...)
	return l, err
}

// stages counts what a filter chooses by stage, whatever stages it wants itself.
func (r *Room) stages(ctx context.Context, v identity.Visitor, f Filter) (map[Stage]int, error) {
	f.Stages = nil
	w, err := r.condition(ctx, v, f, r.Today())
	if err != nil {
		return nil, err
	}
	type line struct {
		stage Stage
		n     int
	}
	lines, err := db.All(ctx, r.reads, func(r db.Row) (l line, err error) {
		return l, r.Scan(&l.stage, &l.n)
	}, `SELECT i.stage, COUNT(*) FROM `+w.sql()+` GROUP BY i.stage ORDER BY i.stage`, w.args...)
	counts := make(map[Stage]int, len(lines))
	for _, l := range lines {
		counts[l.stage] = l.n
	}
	return counts, err
}

// Rows answers the whole of a list in the order of numbers, for exports (CSV, XLSX, GeoJSON).
func (r *Room) Rows(ctx context.Context, v identity.Visitor, f Filter) ([]Summary, error) {
	w, err := r.condition(ctx, v, f, r.Today())
	if err != nil {
		return nil, err
	}
	return db.All(ctx, r.reads, scanSummary, `SELECT `+summaryColumns+` FROM `+w.sql()+
		` ORDER BY i.year, i.seq`, w.args...)
}

// rowsRead is how many initiatives EachRow holds in memory.
const rowsRead = 200

// EachRow gives do what Rows lists, little by little: for exports of the whole city.
func (r *Room) EachRow(ctx context.Context, v identity.Visitor, do func(Summary) error) error {
	w, err := r.condition(ctx, v, Filter{}, r.Today())
	if err != nil {
		return err
	}
	var year, seq int
	n := len(w.args)
	statement := fmt.Sprintf(`SELECT i.year, i.seq, `+summaryColumns+` FROM `+w.sql()+` AND (i.year, i.seq) > ($%d, $%d) ORDER BY i.year, i.seq LIMIT $%d`, n+1, n+2, n+3)
	for {
		rows, err := db.All(ctx, r.reads, func(row db.Row) (Summary, error) { return scanSummary(db.Leading{Row: row, First: []any{&year, &seq}}) },
			statement, append(w.args[:n:n], year, seq, rowsRead)...)
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, s := range rows {
			if err := do(s); err != nil {
				return err
			}
		}
	}
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
	}, `SELECT i.stage, i.matter, i.places, COUNT(*) FROM `+w.sql()+`
		GROUP BY i.stage, i.matter, i.places ORDER BY i.stage, i.matter, i.places`, w.args...)
	for _, l := range lines {
		c.Total += l.n
		c.Stages[l.stage] += l.n
		c.Matters[l.matter] += l.n
		places, err := db.FromJSON[[]string](l.places)
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
