package portfolio

import (
	"context"
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// Copil gathers the printed file of a steering committee: the wall of a view, a sheet for each
// initiative on it, and what changed since a snapshot ("" for none). Ten statements, whatever the
// number of initiatives, for each five hundred of them.
func (r *Room) Copil(ctx context.Context, v identity.Visitor, title string, view View, since id.ID) (Copil, error) {
	if !v.Inside() {
		return Copil{}, fault.New(fault.Denied, "portfolio.agents_only")
	}
	view.PerColumn = 0
	c := Copil{Title: title, Day: r.Today()}
	var err error
	if c.Wall, err = r.Wall(ctx, v, view, c.Day); err != nil {
		return c, err
	}
	if since != "" {
		s, err := r.Snapshot(ctx, v, since)
		if err != nil {
			return c, err
		}
		c.Since, c.Changes = s.TakenOn, Diff(s.Wall, c.Wall)
	}
	c.order()
	for chunk := range slices.Chunk(c.Sheets, 500) {
		if err := r.fillSheets(ctx, chunk, c.Since); err != nil {
			return c, err
		}
	}
	if err := r.withholdCopil(ctx, v, c.Sheets); err != nil {
		return c, err
	}
	return c, r.nameCopil(ctx, &c)
}

// order makes a sheet for each initiative, where it first stands on the wall.
func (c *Copil) order() {
	seen := map[id.ID]bool{}
	for _, col := range c.Wall.Columns {
		for _, card := range col.Cards {
			if !seen[card.ID] {
				seen[card.ID] = true
				c.Sheets = append(c.Sheets, CopilSheet{Initiative: Initiative{ID: card.ID}, Card: card})
			}
		}
	}
}

// each reads the rows of many initiatives in one statement and hands each row to its sheet.
func each[T any](ctx context.Context, q db.Querier, sheets map[id.ID]*CopilSheet, scan func(db.Row) (T, error), statement string,
	of func(T) id.ID, put func(*CopilSheet, T)) error {
	ids := make([]id.ID, 0, len(sheets))
	for i := range sheets {
		ids = append(ids, i)
	}
	slices.Sort(ids)
	rows, err := db.All(ctx, q, scan, statement+` IN (`+db.Marks(1, len(ids))+`) ORDER BY 1`, db.Args(ids)...)
	for _, row := range rows {
		put(sheets[of(row)], row)
	}
	return err
}

func (r *Room) fillSheets(ctx context.Context, chunk []CopilSheet, since calendar.Day) error {
	sheets := map[id.ID]*CopilSheet{}
	for n := range chunk {
		sheets[chunk[n].ID] = &chunk[n]
	}
	if err := each(ctx, r.reads, sheets, scanInitiative, `SELECT `+string(initiativeColumns)+` FROM portfolio_initiative WHERE id`,
		func(i Initiative) id.ID { return i.ID }, func(s *CopilSheet, i Initiative) { s.Initiative = i }); err != nil {
		return err
	}
	if err := each(ctx, r.reads, sheets, scanHolder, `SELECT `+string(holderColumns)+` FROM portfolio_holder WHERE initiative`,
		func(h Holder) id.ID { return h.Initiative }, r.putHolder); err != nil {
		return err
	}
	if err := each(ctx, r.reads, sheets, scanPart, `SELECT `+string(partColumns)+` FROM portfolio_part WHERE initiative`,
		func(p Part) id.ID { return p.Initiative }, func(s *CopilSheet, p Part) { s.Parts = append(s.Parts, p) }); err != nil {
		return err
	}
	if err := r.fillDossiers(ctx, sheets); err != nil {
		return err
	}
	return r.fillQuestions(ctx, sheets, since)
}

func (r *Room) putHolder(s *CopilSheet, h Holder) {
	switch {
	case !h.Contains(r.Today()):
	case h.Role == Sponsor:
		s.Sponsors = append(s.Sponsors, h)
	default:
		s.Owners = append(s.Owners, h)
	}
}

func (r *Room) fillDossiers(ctx context.Context, sheets map[id.ID]*CopilSheet) error {
	if err := each(ctx, r.reads, sheets, scanMilestone, `SELECT `+string(milestoneColumns)+` FROM portfolio_milestone WHERE initiative`,
		func(m Milestone) id.ID { return m.Initiative }, func(s *CopilSheet, m Milestone) { s.Milestones = append(s.Milestones, m) }); err != nil {
		return err
	}
	if err := each(ctx, r.reads, sheets, scanFigure, `SELECT `+string(budgetColumns)+` FROM portfolio_budget WHERE initiative`,
		func(f Figure) id.ID { return f.Initiative }, func(s *CopilSheet, f Figure) { s.Budget = append(s.Budget, f) }); err != nil {
		return err
	}
	if err := each(ctx, r.reads, sheets, scanQuestion, `SELECT `+string(questionColumns)+` FROM portfolio_question WHERE closed_on = '' AND initiative`,
		func(q OpenQuestion) id.ID { return q.Initiative }, func(s *CopilSheet, q OpenQuestion) { s.Questions = append(s.Questions, q) }); err != nil {
		return err
	}
	return each(ctx, r.reads, sheets, scanAction, `SELECT `+string(actionColumns)+` FROM portfolio_action WHERE status = 'open' AND initiative`,
		func(a Action) id.ID { return a.Initiative }, func(s *CopilSheet, a Action) { s.Actions = append(s.Actions, a) })
}

// fillQuestions puts the questions that wait, and those decided since a day (or the last three).
func (r *Room) fillQuestions(ctx context.Context, sheets map[id.ID]*CopilSheet, since calendar.Day) error {
	spans := map[id.ID][]Span{}
	if err := each(ctx, r.reads, sheets, scanSpan, `SELECT `+string(spanColumns)+` FROM portfolio_span WHERE arbitration <> '' AND initiative`,
		func(s Span) id.ID { return s.Initiative }, func(_ *CopilSheet, s Span) { spans[s.Arbitration] = append(spans[s.Arbitration], s) }); err != nil {
		return err
	}
	err := each(ctx, r.reads, sheets, scanArbitration, `SELECT `+string(arbitrationColumns)+` FROM portfolio_arbitration WHERE initiative`,
		func(a Arbitration) id.ID { return a.Initiative }, func(s *CopilSheet, a Arbitration) {
			line := ArbitrationLine{a, AgeOf(a, spans[a.ID], r.Today())}
			switch {
			case a.Status == Decided && !a.DecidedOn.Before(since):
				s.Decided = append(s.Decided, line)
			case a.Waiting() || a.Status == Returned:
				s.Waiting = append(s.Waiting, line)
			}
		})
	for _, s := range sheets {
		slices.SortFunc(s.Milestones, func(a, b Milestone) int { return a.Rank - b.Rank })
		if since == "" && len(s.Decided) > 3 {
			s.Decided = s.Decided[len(s.Decided)-3:]
		}
	}
	return err
}

func (r *Room) nameCopil(ctx context.Context, c *Copil) error {
	var posts, units []id.ID
	for _, s := range c.Sheets {
		for _, h := range append(slices.Clone(s.Sponsors), s.Owners...) {
			posts = append(posts, h.Post)
		}
		for _, p := range s.Parts {
			units = append(units, p.Unit)
		}
		for _, q := range s.Questions {
			posts = append(posts, q.Post)
		}
		for _, a := range s.Actions {
			posts, units = append(posts, a.Post), append(units, a.Unit)
		}
		for _, l := range append(slices.Clone(s.Waiting), s.Decided...) {
			posts = append(posts, arbitrationPosts(l.Arbitration)...)
		}
	}
	var err error
	if c.Posts, err = r.dir.Posts(ctx, r.reads, distinct(posts), c.Day); err != nil {
		return err
	}
	if c.Units, err = r.dir.Units(ctx, r.reads, distinct(units), c.Day); err != nil {
		return err
	}
	for n := range c.Sheets { // I27: a charge whose post nobody holds is not shown as current
		s := &c.Sheets[n]
		s.Sponsors, _ = held(s.Sponsors, nil, c.Posts)
		s.Owners, _ = held(s.Owners, nil, c.Posts)
	}
	return nil
}
