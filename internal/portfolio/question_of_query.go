package portfolio

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// QuestionsOf reads questions by their ids, those that the visitor may read, in three statements.
func (r *Room) QuestionsOf(ctx context.Context, v identity.Visitor, arbitrations []id.ID) (map[id.ID]AskedQuestion, error) {
	found := map[id.ID]AskedQuestion{}
	arbitrations = distinct(arbitrations)
	if len(arbitrations) == 0 {
		return found, nil
	}
	list, err := db.All(ctx, r.reads, func(row db.Row) (q AskedQuestion, err error) {
		q.Arbitration, err = scanArbitration(db.Leading{Row: row, First: []any{&q.About, &q.IniNo}})
		return q, err
	}, `SELECT i.title, i.number, `+arbitrationColumns.List("a")+` FROM portfolio_arbitration a JOIN portfolio_initiative i ON i.id = a.initiative
		WHERE a.id IN (`+db.Marks(1, len(arbitrations))+`) AND `+visibleThing(v, "a")+` AND `+visible(v, "i")+` ORDER BY a.id`, db.Args(arbitrations)...)
	if err != nil || len(list) == 0 {
		return found, err
	}
	spans, err := db.All(ctx, r.reads, scanSpan, `SELECT `+string(spanColumns)+` FROM portfolio_span
		WHERE arbitration IN (`+db.Marks(1, len(arbitrations))+`) ORDER BY from_day, id`, db.Args(arbitrations)...)
	if err != nil {
		return found, err
	}
	asked, err := loadAsked(ctx, r.reads, arbitrations...)
	of := map[id.ID][]AskedPost{}
	for _, p := range remarksFor(v, asked) {
		of[p.Arbitration] = append(of[p.Arbitration], p)
	}
	for _, q := range list {
		q.Age, q.Asked = AgeOf(q.Arbitration, spans, r.Today()), of[q.ID]
		found[q.ID] = q
	}
	return found, err
}

// BriefsOf reads the number and the title of initiatives, those that the visitor may read.
func (r *Room) BriefsOf(ctx context.Context, v identity.Visitor, initiatives []id.ID) (map[id.ID]Summary, error) {
	found := map[id.ID]Summary{}
	initiatives = distinct(initiatives)
	if len(initiatives) == 0 {
		return found, nil
	}
	// They are found by their keys first: CROSS JOIN tells SQLite not to try all that the visitor may read.
	list, err := db.All(ctx, r.reads, scanInitiative, `SELECT `+initiativeColumns.List("i")+` FROM
		(SELECT x.id FROM portfolio_initiative x WHERE x.id IN (`+db.Marks(1, len(initiatives))+`)) k CROSS JOIN portfolio_initiative i
		WHERE i.id = k.id AND `+visible(v, "i")+` ORDER BY i.id`, db.Args(initiatives)...)
	for _, i := range list {
		found[i.ID] = i.summary()
	}
	return found, err
}

// ActionsOf reads action items by the question that they follow, by their own ids, or by the committee or the item that
// ordered them: agents alone, and not those of a matter that is kept from them. Outsiders see those of a published decision
// on the page of the question itself.
func (r *Room) ActionsOf(ctx context.Context, v identity.Visitor, keys ...id.ID) ([]Action, error) {
	keys = distinct(keys)
	if !v.Inside() || len(keys) == 0 {
		return nil, nil
	}
	marks := db.Marks(1, len(keys))
	all, err := db.All(ctx, r.reads, scanAction, `SELECT `+string(actionColumns)+` FROM portfolio_action
		WHERE (arbitration <> '' AND arbitration IN (`+marks+`)) OR id IN (`+marks+`) OR committee IN (`+marks+`) OR item IN (`+marks+`) ORDER BY due, id`,
		db.Args(keys)...)
	if err != nil {
		return nil, err
	}
	return permitted(ctx, r, v, all, action)
}

// OrderedBy lists what follows some questions or was ordered by some items, whoever reads it.
func (r *Room) OrderedBy(ctx context.Context, matters ...id.ID) ([]id.ID, error) {
	keys := distinct(matters)
	if len(keys) == 0 {
		return nil, nil
	}
	marks := db.Marks(1, len(keys))
	return db.All(ctx, r.reads, db.Scalar[id.ID], `SELECT id FROM portfolio_action WHERE arbitration IN (`+marks+`) OR item IN (`+marks+`) ORDER BY id`,
		db.Args(keys)...)
}

// WordsOrdered are the words of what an item ordered, for the search, which asks for no visitor in particular.
func (r *Room) WordsOrdered(ctx context.Context, item id.ID) ([]string, error) {
	return db.All(ctx, r.reads, db.Scalar[string], `SELECT what FROM portfolio_action WHERE item = $1 ORDER BY due, id`, item)
}

// Titled is a question with what it is about.
type Titled struct {
	Arbitration
	Initiative Summary
}

// Titled reads a question by its id or its number, also for somebody who withdrew from it: a later room shows them what
// it is called and who asks, and nothing of its file.
func (r *Room) Titled(ctx context.Context, v identity.Visitor, key string) (Titled, error) {
	a, err := r.findArbitration(ctx, v, key)
	if err != nil {
		return Titled{}, err
	}
	if a.Asked, err = loadAsked(ctx, r.reads, a.ID); err != nil {
		return Titled{}, err
	}
	i, err := loadInitiative(ctx, r.reads, a.Initiative)
	return Titled{a, i.summary()}, err
}
