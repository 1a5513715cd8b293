package portfolio

import (
	"cmp"
	"context"
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// Arbitration reads one question, by its id or its number, with the six answers as far as the context
// gives them and those that are missing. Outside the city only a published decision can be read.
func (r *Room) Arbitration(ctx context.Context, v identity.Visitor, key string) (ArbitrationSheet, error) {
	a, err := r.findArbitration(ctx, v, key)
	if err != nil {
		return ArbitrationSheet{}, err
	}
	if err := r.Readable(ctx, v, a); err != nil {
		return ArbitrationSheet{}, err
	}
	i, err := loadInitiative(ctx, r.reads, a.Initiative)
	if err != nil {
		return ArbitrationSheet{}, err
	}
	s := ArbitrationSheet{Arbitration: a, Initiative: i.summary()}
	if s.Asked, err = loadAsked(ctx, r.reads, a.ID); err != nil {
		return s, err
	}
	s.Asked = remarksFor(v, s.Asked)
	if err := r.fillHalfPage(ctx, v, i, &s); err != nil {
		return s, err
	}
	return s, r.nameArbitration(ctx, &s)
}

// findArbitration reads a question that a visitor may know of, by its id or its number; also one kept from them.
func (r *Room) findArbitration(ctx context.Context, v identity.Visitor, key string) (Arbitration, error) {
	a, err := db.One(ctx, r.reads, scanArbitration, `SELECT `+arbitrationColumns.List("a")+` FROM portfolio_arbitration a
		JOIN portfolio_initiative i ON i.id = a.initiative
		WHERE (a.id = $1 OR a.number = $1) AND `+visibleThing(v, "a")+` AND `+visible(v, "i"), key)
	return a, notFound(err, "portfolio.arbitration.not_found")
}

// remarksFor keeps the words of opinions inside: outside, the post and its stance are what is published.
func remarksFor(v identity.Visitor, asked []AskedPost) []AskedPost {
	if !v.Inside() {
		for n := range asked {
			asked[n].Remark = ""
		}
	}
	return asked
}

func (r *Room) fillHalfPage(ctx context.Context, v identity.Visitor, i Initiative, s *ArbitrationSheet) error {
	spans, err := loadSpans(ctx, r.reads, i.ID)
	if err != nil {
		return err
	}
	s.Age = AgeOf(s.Arbitration, spans, r.Today())
	for _, sp := range spans {
		if sp.Arbitration == s.ID && v.Inside() {
			s.Waits = append(s.Waits, sp)
		}
	}
	parts, err := loadParts(ctx, r.reads, i.ID)
	if err != nil {
		return err
	}
	for _, p := range parts {
		if shown, ok := p.seenBy(v); ok {
			s.Parts = append(s.Parts, shown)
		}
	}
	if s.Papers, err = db.All(ctx, r.reads, scanPaper, `SELECT `+paperColumns.List("p")+` FROM portfolio_paper p
		WHERE p.arbitration = $1 AND `+visibleThing(v, "p")+` ORDER BY p.added_on, p.id`, s.ID); err != nil {
		return err
	}
	if s.Actions, err = db.All(ctx, r.reads, scanAction, `SELECT `+string(actionColumns)+` FROM portfolio_action
		WHERE arbitration = $1 ORDER BY due, id`, s.ID); err != nil {
		return err
	}
	if s.Status == Decided {
		if s.DecisionAct, err = decisionOf(ctx, r.reads, s.ID); err != nil {
			return err
		}
	}
	s.draft(v, i, parts, r.Today())
	return nil
}

// draft fills the answers for whoever would decide: the visitor, if one of their posts is asked to.
func (s *ArbitrationSheet) draft(v identity.Visitor, i Initiative, parts []Part, today calendar.Day) {
	s.Draft = s.Answers
	if s.Status == Decided {
		s.Missing = s.Draft.Missing(s.DecidedBy, s.Decision)
		return
	}
	var who id.ID
	for _, p := range s.Asked {
		if _, holds := v.Post(p.Post); holds && p.Capacity == Decides && v.Inside() {
			who, s.MayAnswer = p.Post, true
		} else if who == "" && p.Capacity == Decides {
			who = p.Post
		}
	}
	s.Draft = s.Answers.prefill(i, s.Arbitration, parts, today)
	s.Missing = s.Draft.Missing(who, s.Question) // what is decided is chosen in the form: the question stands for it
}

func (r *Room) nameArbitration(ctx context.Context, s *ArbitrationSheet) error {
	posts := append(arbitrationPosts(s.Arbitration), s.Initiative.Lead)
	var units []id.ID
	for _, p := range s.Parts {
		units = append(units, p.Unit)
	}
	for _, a := range s.Actions {
		posts, units = append(posts, a.Post), append(units, a.Unit)
	}
	for _, sp := range s.Waits {
		posts = append(posts, sp.Post)
	}
	units = append(units, s.Draft.Units...)
	var err error
	if s.Posts, err = r.dir.Posts(ctx, r.reads, distinct(posts), r.Today()); err != nil {
		return err
	}
	s.Units, err = r.dir.Units(ctx, r.reads, distinct(units), r.Today())
	return err
}

// decidedShown is how many past decisions an elected member finds on the page.
const decidedShown = 10

// MyArbitrations is what is asked of the visitor's posts: what waits, the longest silence first; what
// waits on purpose; and the last decisions.
func (r *Room) MyArbitrations(ctx context.Context, v identity.Visitor) (MyArbitrations, error) {
	var m MyArbitrations
	posts := visitorPosts(v)
	if len(posts) == 0 {
		return m, nil
	}
	open, err := r.waiting(ctx, `k.post IN (`+db.Marks(1, len(posts))+`) AND k.capacity <> 'informed'
		AND a.status IN ('asked', 'postponed', 'returned')`, "a.asked_on, a.id", posts)
	if err != nil {
		return m, err
	}
	if open, err = without(r, ctx, v, open, asked); err != nil {
		return m, err
	}
	for _, w := range open {
		if w.Age.Maturing || w.Status == Returned || w.Status == Postponed && !w.Until.Before(r.Today()) {
			m.Maturing = append(m.Maturing, w)
		} else {
			m.Waiting = append(m.Waiting, w)
		}
	}
	slices.SortStableFunc(m.Waiting, func(a, b Waiting) int { return cmp.Compare(b.Age.Silent(), a.Age.Silent()) })
	m.Decided, err = r.waiting(ctx, `k.post IN (`+db.Marks(1, len(posts))+`) AND a.status = 'decided'`,
		"a.decided_on DESC, a.id DESC", posts)
	m.Decided = m.Decided[:min(len(m.Decided), decidedShown)]
	if err != nil {
		return m, err
	}
	m.Decided, err = without(r, ctx, v, m.Decided, asked)
	return m, err
}

// Unanswered lists every question that waits in the city, for the mission: longest silence first.
func (r *Room) Unanswered(ctx context.Context, v identity.Visitor) ([]Waiting, error) {
	if !v.Inside() {
		return nil, nil
	}
	all, err := r.waiting(ctx, `k.capacity = 'decides' AND a.status IN ('asked', 'postponed', 'returned')`, "a.asked_on, a.id", nil)
	if err != nil {
		return nil, err
	}
	all, err = without(r, ctx, v, slices.CompactFunc(all, func(a, b Waiting) bool { return a.ID == b.ID }), asked)
	slices.SortStableFunc(all, func(a, b Waiting) int { return cmp.Compare(b.Age.Silent(), a.Age.Silent()) })
	return all, err
}

// waiting reads questions with their initiatives and ages: three statements.
func (r *Room) waiting(ctx context.Context, condition, order string, posts []id.ID) ([]Waiting, error) {
	list, err := db.All(ctx, r.reads, func(row db.Row) (Waiting, error) {
		var w Waiting
		var err error
		w.Arbitration, err = scanArbitration(db.Leading{Row: row, First: []any{&w.Title, &w.IniNo, &w.Capacity}})
		return w, err
	}, `SELECT i.title, i.number, k.capacity, `+arbitrationColumns.List("a")+` FROM portfolio_asked k
		JOIN portfolio_arbitration a ON a.id = k.arbitration JOIN portfolio_initiative i ON i.id = a.initiative
		WHERE i.withdrawn_on = '' AND `+condition+` ORDER BY `+order, db.Args(posts)...)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	ids := make([]id.ID, len(list))
	for n, w := range list {
		ids[n] = w.ID
	}
	spans, err := db.All(ctx, r.reads, scanSpan, `SELECT `+string(spanColumns)+` FROM portfolio_span
		WHERE arbitration IN (`+db.Marks(1, len(ids))+`) ORDER BY from_day, id`, db.Args(ids)...)
	for n := range list {
		list[n].Age = AgeOf(list[n].Arbitration, spans, r.Today())
	}
	return list, err
}

func visitorPosts(v identity.Visitor) []id.ID {
	if !v.Inside() {
		return nil
	}
	out := make([]id.ID, len(v.Posts))
	for n, p := range v.Posts {
		out[n] = p.ID
	}
	return out
}
