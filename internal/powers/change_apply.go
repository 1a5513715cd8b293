package powers

import (
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// regroup merges or splits: posts, units below and doors go over on the day; the old units end.
func (e *entry) regroup(c OrgChange) error {
	for _, unit := range c.Units {
		if err := e.handPosts(c, unit); err != nil {
			return err
		}
		if err := e.handLinks(unit, c.Into[0], c.Day); err != nil {
			return err
		}
		if err := e.handDoors(unit, c.Into[0], c.Day); err != nil {
			return err
		}
		if err := e.endUnit(unit, c.Day); err != nil {
			return err
		}
	}
	return nil
}

// handPosts moves the posts of a unit: same post, same holders, another unit from the day on.
func (e *entry) handPosts(c OrgChange, unit id.ID) error {
	rows, err := postsOfUnit(e.tx, unit)
	if err != nil {
		return err
	}
	for _, p := range rows {
		after := p.Period.Intersect(calendar.Since(c.Day))
		if after.Empty() {
			continue
		}
		into := c.Into[0]
		if to := c.Posts[p.ID]; slices.Contains(c.Into, to) {
			into = to
		}
		if err := e.handPost(p, into, after, slices.Contains(c.Heads, p.ID)); err != nil {
			return err
		}
	}
	return nil
}

func (e *entry) handPost(p Post, into id.ID, after calendar.Period, head bool) error {
	to, err := unitRow(e.tx, into)
	if err != nil {
		return err
	}
	if !after.Within(to.Period) {
		return fault.New(fault.Conflict, "powers.change.short_life", "code", to.Code)
	}
	if _, err := e.restate(posts, p.Row, calendar.Period{From: p.From, To: after.From}); err != nil {
		return err
	}
	row := e.tx.NewID()
	e.touch(posts.name, row)
	return e.copyPost(row, p.Row, after, into, head)
}

// handLinks ends the links of a unit; units below it depend on the new one.
func (e *entry) handLinks(unit, into id.ID, day calendar.Day) error {
	links, err := linksTouching(e.tx, unit)
	if err != nil {
		return err
	}
	for _, l := range links {
		if err := e.cutFrom(unitLinks, l.Row, l.Span, day); err != nil {
			return err
		}
		after := l.Period.Intersect(calendar.Since(day))
		if l.Parent != unit || l.Child == into || after.Empty() {
			continue
		}
		if err := e.link(NewLink{l.Child, into, l.Nature, after, l.LegalAct}); err != nil {
			return err
		}
	}
	return nil
}

// handDoors makes the referents of a unit answer for the new one, where it has none for the topic.
func (e *entry) handDoors(unit, into id.ID, day calendar.Day) error {
	doors, err := referentsOfUnit(e.tx, unit)
	if err != nil {
		return err
	}
	for _, r := range doors {
		after := r.Period.Intersect(calendar.Since(day))
		if err := e.cutFrom(referents, r.Row, r.Span, day); err != nil {
			return err
		}
		there, err := referentsOf(e.tx, into, r.Topic)
		if err != nil {
			return err
		}
		taken := slices.ContainsFunc(there, func(o Referent) bool { return o.Period.Overlaps(after) })
		if into == "" || after.Empty() || taken {
			continue
		}
		if _, err := e.state(referents, e.tx.NewID(), after, into, r.Topic, r.Post); err != nil {
			return err
		}
	}
	return nil
}

// endUnit ends the life of a unit and its name.
func (e *entry) endUnit(unit id.ID, day calendar.Day) error {
	u, err := unitRow(e.tx, unit)
	if err != nil {
		return err
	}
	names, err := namesOf(e.tx, unit)
	if err != nil {
		return err
	}
	for _, n := range names {
		if err := e.cutFrom(unitNames, n.Row, n.Span, day); err != nil {
			return err
		}
	}
	return e.cutFrom(units, u.Row, u.Span, day)
}

func (e *entry) rename(c OrgChange) error {
	names, err := namesOf(e.tx, c.Units[0])
	if err != nil {
		return err
	}
	u, err := unitRow(e.tx, c.Units[0])
	if err != nil {
		return err
	}
	for _, n := range names {
		if err := e.cutFrom(unitNames, n.Row, n.Span, c.Day); err != nil {
			return err
		}
	}
	return e.name(u.ID, calendar.Period{From: c.Day, To: u.To}, c.Name)
}

// move gives the unit another hierarchical parent.
func (e *entry) move(c OrgChange) error {
	unit := c.Units[0]
	u, err := unitRow(e.tx, unit)
	if err != nil {
		return err
	}
	above, err := linksAbove(e.tx, unit)
	if err != nil {
		return err
	}
	for _, l := range above {
		if err := e.cutFrom(unitLinks, l.Row, l.Span, c.Day); err != nil {
			return err
		}
	}
	return e.link(NewLink{unit, c.Into[0], Hierarchical, calendar.Period{From: c.Day, To: u.To}, c.LegalAct})
}

// dissolve ends a unit with its posts. Units below lose their parent that day.
func (e *entry) dissolve(c OrgChange) error {
	unit := c.Units[0]
	rows, err := postsOfUnit(e.tx, unit)
	if err != nil {
		return err
	}
	for _, p := range rows {
		if p.To <= c.Day {
			continue
		}
		all, err := postRows(e.tx, p.ID)
		if err != nil {
			return err
		}
		if err := e.closePost(all, c.Day, c.LegalAct); err != nil {
			return err
		}
	}
	links, err := linksTouching(e.tx, unit)
	if err != nil {
		return err
	}
	for _, l := range links {
		if err := e.cutFrom(unitLinks, l.Row, l.Span, c.Day); err != nil {
			return err
		}
	}
	if err := e.handDoors(unit, "", c.Day); err != nil {
		return err
	}
	return e.endUnit(unit, c.Day)
}
