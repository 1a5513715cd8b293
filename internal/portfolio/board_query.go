package portfolio

import (
	"cmp"
	"context"
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// Wall shows a view on a day ("": today), as the visitor may see it. The cards are shared: callers
// must not change them.
func (r *Room) Wall(ctx context.Context, v identity.Visitor, view View, day calendar.Day) (Wall, error) {
	if err := view.check(); err != nil {
		return Wall{}, err
	}
	if day == "" {
		day = r.Today()
	}
	d, err := r.deck(ctx, day)
	if err != nil {
		return Wall{}, err
	}
	chosen, err := r.choose(ctx, v, view.Filter, day)
	if err != nil {
		return Wall{}, err
	}
	shown, n := d.shown(v, view, chosen)
	w := Wall{Day: day, GroupBy: view.GroupBy, Initiatives: n}
	filled := map[string][]*Card{}
	for key, places := range d.columns(grouping{view.GroupBy, v.Inside()}) {
		for _, at := range places {
			if shown[at] {
				filled[key] = append(filled[key], d.cards[at])
			}
		}
	}
	view.share(len(filled))
	for key, list := range filled {
		w.Columns = append(w.Columns, view.column(key, list, v))
	}
	view.emptyStages(&w)
	return w, r.label(ctx, &w, d)
}

// shown tells which cards the visitor sees in a view, and how many they are.
func (d *deck) shown(v identity.Visitor, view View, chosen map[id.ID]bool) ([]bool, int) {
	readable := map[act.Visibility]bool{act.Public: mayRead(v, act.Public), act.Internal: mayRead(v, act.Internal)}
	shown, n := make([]bool, len(d.cards)), 0
	for at, c := range d.cards {
		if readable[c.Visibility] && view.shows(c) && (chosen == nil || chosen[c.ID]) {
			shown[at] = true
			n++
		}
	}
	return shown, n
}

func (v View) check() error {
	err := fault.New(fault.Invalid, "portfolio.form")
	if !slices.Contains(Groupings(), v.GroupBy) {
		err.At("group_by", "portfolio.choose")
	}
	if v.Order != "" && !slices.Contains(CardOrders(), v.Order) {
		err.At("order", "portfolio.choose")
	}
	for _, s := range v.Filter.Stages {
		if !s.Valid() {
			err.At("stages", "portfolio.choose")
		}
	}
	return err.OrNil()
}

// shows applies what depends on the day: the stage, and whether it is over.
func (v *View) shows(c *Card) bool {
	if len(v.Filter.Stages) > 0 {
		return slices.Contains(v.Filter.Stages, c.Stage)
	}
	return v.Over || !c.Stage.Over()
}

// choose asks the database which initiatives the filter chooses; nil means all of them. Stages are
// left to shows: on another day they were others.
func (r *Room) choose(ctx context.Context, v identity.Visitor, f Filter, day calendar.Day) (map[id.ID]bool, error) {
	f.Stages = nil
	if f.empty() {
		return nil, nil
	}
	w, err := r.condition(ctx, v, f, day)
	if err != nil {
		return nil, err
	}
	found, err := db.All(ctx, r.reads, db.Scalar[id.ID], `SELECT i.id FROM `+w.sql(), w.args...)
	chosen := make(map[id.ID]bool, len(found))
	for _, i := range found {
		chosen[i] = true
	}
	return chosen, err
}

func (f Filter) empty() bool {
	return len(f.Stages) == 0 && f.Matter == "" && f.Place == "" && f.Unit == "" && f.Sponsor == "" && f.Owner == "" &&
		f.Objective == "" && f.Origin == "" && f.Tag == "" && f.Text == ""
}

// fewest is how many cards a column shows at least, however many columns share them.
const fewest = 3

// share gives each column its part of the cards that they share.
func (view *View) share(columns int) {
	if view.PerColumn == 0 && view.Shared > 0 {
		view.PerColumn = max(fewest, view.Shared/max(1, columns))
	}
}

// column is one column, in the order of the view, cut to what it shows.
func (view View) column(key string, list []*Card, v identity.Visitor) Column {
	view.Order.sort(list)
	col := Column{Key: key, Total: len(list)}
	if view.PerColumn > 0 && len(list) > view.PerColumn {
		list = list[:view.PerColumn]
	}
	col.Cards = make([]Card, len(list))
	for n, c := range list {
		col.Cards[n] = *c.seenBy(v)
	}
	return col
}

// emptyStages adds the stages in which nothing stands: cards are moved there.
func (view View) emptyStages(w *Wall) {
	if view.GroupBy != ByStageGroup {
		return
	}
	for _, s := range Stages() {
		there := slices.ContainsFunc(w.Columns, func(c Column) bool { return c.Key == string(s) })
		if !there && view.shows(&Card{Stage: s}) {
			w.Columns = append(w.Columns, Column{Key: string(s)})
		}
	}
}

// keys are the columns in which a card stands; "" when it has none.
func (c *Card) keys(g grouping) []string {
	var ids []id.ID
	switch g.by {
	case BySponsor:
		ids = c.Sponsors
	case ByOwner:
		ids = c.Owners
	case ByObjective:
		ids = c.Objectives
	case ByStageGroup:
		return []string{string(c.Stage)}
	case ByUnit:
		for _, p := range c.Parts {
			if p.Unit != "" && (g.inside || p.outside()) {
				ids = append(ids, p.Unit)
			}
		}
		ids = distinct(ids)
	}
	if len(ids) == 0 {
		return []string{""}
	}
	out := make([]string, len(ids))
	for n, i := range ids {
		out[n] = string(i)
	}
	return out
}

// seenBy leaves out what is internal: offers not accepted (I4), silence, questions that wait.
func (c *Card) seenBy(v identity.Visitor) *Card {
	if v.Inside() {
		return c
	}
	seen := *c
	seen.Silent, seen.Waiting, seen.WaitDays, seen.Parts = 0, 0, 0, nil
	for _, p := range c.Parts {
		if p.outside() {
			seen.Parts = append(seen.Parts, p)
		}
	}
	return &seen
}

// outside tells whether everyone may see the part (I4): the unit accepted it, or a source states it.
func (p CardPart) outside() bool { return p.Status == Accepted || p.Status == Reported }

func (o CardOrder) sort(cards []*Card) {
	switch o {
	case CardByStage:
		slices.SortStableFunc(cards, func(a, b *Card) int { return cmp.Compare(a.Stage.rank(), b.Stage.rank()) })
	case CardBySilence:
		slices.SortStableFunc(cards, func(a, b *Card) int {
			return cmp.Compare(max(b.Silent, b.WaitDays), max(a.Silent, a.WaitDays))
		})
	case CardByNumber:
		slices.SortStableFunc(cards, func(a, b *Card) int { return compareNumbers(a.Number, b.Number) })
	}
}

// compareNumbers puts P-2014-9 before P-2014-10.
func compareNumbers(a, b string) int { return cmp.Compare(i18n.SortKey(a), i18n.SortKey(b)) }

// label names the columns and puts them in order: stages as they follow, the others by name, what has
// none at the end.
func (r *Room) label(ctx context.Context, w *Wall, d *deck) error {
	labels, err := r.labels(ctx, w.GroupBy, d)
	if err != nil {
		return err
	}
	sortKeys := make(map[string]string, len(w.Columns))
	for n, c := range w.Columns {
		w.Columns[n].Label = labels[c.Key]
		sortKeys[c.Key] = i18n.SortKey(labels[c.Key])
	}
	slices.SortFunc(w.Columns, func(a, b Column) int {
		if (a.Key == "") != (b.Key == "") {
			return cmp.Compare(b.Key, a.Key) // "" last
		}
		if w.GroupBy == ByStageGroup {
			return cmp.Compare(Stage(a.Key).rank(), Stage(b.Key).rank())
		}
		return cmp.Or(cmp.Compare(sortKeys[a.Key], sortKeys[b.Key]), cmp.Compare(a.Key, b.Key))
	})
	return nil
}

func (r *Room) labels(ctx context.Context, g GroupBy, d *deck) (map[string]string, error) {
	out := map[string]string{}
	switch g {
	case BySponsor, ByOwner:
		for k, p := range d.posts {
			out[string(k)] = p.Title
		}
	case ByUnit:
		for k, u := range d.units {
			out[string(k)] = cmp.Or(u.Code, u.Name)
		}
	case ByObjective:
		all, err := r.Objectives(ctx)
		if err != nil {
			return nil, err
		}
		for _, o := range all {
			out[string(o.ID)] = o.Code
		}
	}
	return out, nil
}
