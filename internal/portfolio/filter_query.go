package portfolio

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// where gathers conditions on portfolio_initiative AS i with their arguments; $n is written ? while it grows.
type where struct {
	among []string // statements that list the initiatives among which to look
	parts []string
	args  []any
}

func (w *where) and(condition string, args ...any) {
	w.parts = append(w.parts, w.numbered(condition, args))
}

// in narrows the choice to the initiatives that a statement lists. They are found first: on SQLite a condition
// i.id IN (…) would be tried on each initiative that the visitor may read.
func (w *where) in(statement string, args ...any) {
	w.among = append(w.among, w.numbered(statement, args))
}

// numbered takes the arguments of a condition and gives it with their numbers.
func (w *where) numbered(condition string, args []any) string {
	var b strings.Builder
	n := 0
	for _, piece := range strings.SplitAfter(condition, "?") {
		if strings.HasSuffix(piece, "?") {
			n++
			piece = strings.TrimSuffix(piece, "?") + "$" + strconv.Itoa(len(w.args)+n)
		}
		b.WriteString(piece)
	}
	w.args = append(w.args, args...)
	return b.String()
}

// with adds the arguments of LIMIT and OFFSET: their values must not make new statements.
func (w *where) with(limit, offset int) string {
	w.args = append(w.args, limit, offset)
	return fmt.Sprintf(" LIMIT $%d OFFSET $%d", len(w.args)-1, len(w.args))
}

// sql is what follows FROM.
func (w *where) sql() string {
	conditions := strings.Join(w.parts, " AND ")
	if len(w.among) == 0 {
		return "portfolio_initiative i WHERE " + conditions
	}
	// CROSS JOIN is how SQLite is told the order; PostgreSQL chooses its own.
	return "(SELECT DISTINCT u.initiative FROM (" + strings.Join(w.among, " INTERSECT ") +
		") u) k CROSS JOIN portfolio_initiative i WHERE i.id = k.initiative AND " + conditions
}

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
		w.and("i.stage IN ("+strings.TrimSuffix(strings.Repeat("?,", len(f.Stages)), ",")+")", db.Args(f.Stages)...)
	}
	if f.Matter != "" {
		w.and("i.matter = ?", f.Matter)
	}
	if f.Origin != "" {
		w.and("i.origin = ?", string(f.Origin))
	}
	f.posts(w, today)
	if f.Unit != "" {
		w.in("SELECT p.initiative FROM portfolio_part p WHERE p.unit = ? AND p.status IN ("+openTo(v)+")", f.Unit)
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
			w.in(`SELECT h.initiative FROM portfolio_holder h WHERE h.role = ? AND h.post = ?
				AND h.from_day <= ? AND h.to_day > ?`, string(h.role), h.post, string(today), string(today))
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
	const has = "SELECT f.initiative FROM op_portfolio_facet f WHERE f.kind = ? AND f.value = ?"
	if f.Place != "" {
		w.in(has, "place", f.Place)
	}
	if f.Tag != "" {
		w.in(has, "tag", i18n.Fold(f.Tag))
	}
	if f.Objective != "" {
		w.in(has, "objective", string(f.Objective))
	}
	f.text(w)
}

// text wants every word as the beginning of one.
func (f Filter) text(w *where) {
	for n, word := range words(f.Text) {
		if n == 8 {
			return // a longer question is a sentence, not a search
		}
		w.in(`SELECT f.initiative FROM op_portfolio_facet f WHERE f.kind = 'word' AND f.value >= ? AND f.value < ?`, word, word+"\U0010FFFF")
	}
}
