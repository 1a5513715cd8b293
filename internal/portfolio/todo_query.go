package portfolio

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// Pending counts what waits for a visitor: in the list of things to do, and among the questions to answer.
type Pending struct{ ToDo, Arbitrations int }

// countsKept bounds the visitors whose counts are kept.
const countsKept = 2_000

// Pending counts the lists that ToDo and MyArbitrations give. Every page shows these counts: they are kept until
// the next act about projects, or about committees: a recusal takes questions away.
func (r *Room) Pending(ctx context.Context, v identity.Visitor) (Pending, error) {
	if len(visitorPosts(v)) == 0 {
		return Pending{}, nil
	}
	key := string(r.Today())
	for _, p := range v.Posts {
		key += " " + string(p.ID) + " " + string(p.UnitID)
	}
	return r.counts.Get(ctx, key, func(ctx context.Context) (Pending, error) {
		t, err := r.ToDo(ctx, v)
		if err != nil {
			return Pending{}, err
		}
		m, err := r.MyArbitrations(ctx, v)
		return Pending{ToDo: t.count(), Arbitrations: len(m.Waiting)}, err
	})
}

func (t ToDo) count() int {
	return len(t.Parts) + len(t.Counters) + len(t.Questions) + len(t.Actions) + len(t.Returned) + len(t.Maturing)
}

// ToDo is what the visitor's posts, and the units of these posts, have to answer or to do.
func (r *Room) ToDo(ctx context.Context, v identity.Visitor) (ToDo, error) {
	var t ToDo
	posts, units := visitorPosts(v), visitorUnits(v)
	if len(posts) == 0 {
		return t, nil
	}
	for _, read := range []func(context.Context, *ToDo, []id.ID, []id.ID) error{r.todoParts, r.todoFollow, r.todoWaits} {
		if err := read(ctx, &t, posts, units); err != nil {
			return t, err
		}
	}
	var err error
	t.Actions, err = permitted(ctx, r, v, t.Actions, func(l ActionLine) Action { return l.Action })
	return t, err
}

func visitorUnits(v identity.Visitor) []id.ID {
	var out []id.ID
	for _, p := range v.Posts {
		out = append(out, p.UnitID)
	}
	return distinct(out)
}

// todoParts reads what is offered to the units, and the counter offers that the posts must answer.
func (r *Room) todoParts(ctx context.Context, t *ToDo, posts, units []id.ID) (err error) {
	read := func(condition string, args []any) ([]PartLine, error) {
		return db.All(ctx, r.reads, func(row db.Row) (PartLine, error) {
			var l PartLine
			var err error
			l.Part, err = scanPart(db.Leading{Row: row, First: []any{&l.Title, &l.Number}})
			l.Silent = l.SilentDays(r.Today())
			return l, err
		}, `SELECT i.title, i.number, `+partColumns.List("p")+` FROM portfolio_part p
			JOIN portfolio_initiative i ON i.id = p.initiative
			WHERE i.withdrawn_on = '' AND `+condition+` ORDER BY p.offered_on, p.id`, args...)
	}
	if len(units) > 0 {
		t.Parts, err = read(`p.status IN ('proposed', 'reported') AND p.unit IN (`+db.Marks(1, len(units))+`)`, db.Args(units))
		if err != nil {
			return err
		}
	}
	t.Counters, err = read(`p.status = 'countered' AND p.offered_by IN (`+db.Marks(1, len(posts))+`)`, db.Args(posts))
	return err
}

// todoFollow reads the open action items of the posts and units.
func (r *Room) todoFollow(ctx context.Context, t *ToDo, posts, units []id.ID) (err error) {
	condition, args := `a.post IN (`+db.Marks(1, len(posts))+`)`, db.Args(posts)
	if len(units) > 0 {
		condition = `(` + condition + ` OR a.unit IN (` + db.Marks(len(posts)+1, len(units)) + `))`
		args = append(args, db.Args(units)...)
	}
	t.Actions, err = db.All(ctx, r.reads, func(row db.Row) (ActionLine, error) {
		var l ActionLine
		var err error
		l.Action, err = scanAction(db.Leading{Row: row, First: []any{&l.Title, &l.Number}})
		l.Late = l.Action.Late(r.Today())
		return l, err
	}, `SELECT COALESCE(i.title, ''), COALESCE(i.number, ''), `+actionColumns.List("a")+` FROM portfolio_action a
		LEFT JOIN portfolio_initiative i ON i.id = a.initiative
		WHERE COALESCE(i.withdrawn_on, '') = '' AND a.status = 'open' AND `+condition+` ORDER BY a.due, a.id`, args...)
	return err
}

// todoWaits reads the open questions and deliberate waits that the posts owe, and their own questions
// that came back.
func (r *Room) todoWaits(ctx context.Context, t *ToDo, posts, _ []id.ID) (err error) {
	list, args := db.Marks(1, len(posts)), db.Args(posts)
	t.Questions, err = db.All(ctx, r.reads, func(row db.Row) (QuestionLine, error) {
		var l QuestionLine
		var err error
		l.OpenQuestion, err = scanQuestion(db.Leading{Row: row, First: []any{&l.Title, &l.Number}})
		return l, err
	}, `SELECT i.title, i.number, `+questionColumns.List("o")+` FROM portfolio_question o
		JOIN portfolio_initiative i ON i.id = o.initiative
		WHERE i.withdrawn_on = '' AND o.closed_on = '' AND o.post IN (`+list+`) ORDER BY o.due, o.id`, args...)
	if err != nil {
		return err
	}
	t.Maturing, err = db.All(ctx, r.reads, func(row db.Row) (SpanLine, error) {
		var l SpanLine
		var err error
		l.Span, err = scanSpan(db.Leading{Row: row, First: []any{&l.Title, &l.Number}})
		return l, err
	}, `SELECT i.title, i.number, `+spanColumns.List("s")+` FROM portfolio_span s
		JOIN portfolio_initiative i ON i.id = s.initiative
		WHERE i.withdrawn_on = '' AND s.kind = 'maturing' AND s.to_day = '9999-12-31' AND s.post IN (`+list+`)
		ORDER BY s.until_day, s.id`, args...)
	if err != nil {
		return err
	}
	t.Returned, err = r.returned(ctx, list, args)
	return err
}

func (r *Room) returned(ctx context.Context, list string, args []any) ([]Waiting, error) {
	return db.All(ctx, r.reads, func(row db.Row) (Waiting, error) {
		var w Waiting
		var err error
		w.Arbitration, err = scanArbitration(db.Leading{Row: row, First: []any{&w.Title, &w.IniNo}})
		w.Age = AgeOf(w.Arbitration, nil, r.Today())
		return w, err
	}, `SELECT i.title, i.number, `+arbitrationColumns.List("a")+` FROM portfolio_arbitration a
		JOIN portfolio_initiative i ON i.id = a.initiative
		WHERE i.withdrawn_on = '' AND a.status = 'returned' AND a.asked_by IN (`+list+`) ORDER BY a.status_on, a.id`, args...)
}
