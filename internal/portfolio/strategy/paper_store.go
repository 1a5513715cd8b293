package strategy

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
)

const paperColumns db.Columns = "id, version, strategy, title, link, digest, visibility, added_on, removed_on, thread, edition, media_type, size"

func paperFields(p *Paper) []any {
	return []any{&p.ID, &p.Version, &p.Strategy, &p.Title, &p.Link, &p.Digest, &p.Visibility, &p.AddedOn, &p.RemovedOn,
		db.Added(&p.Thread), db.Added(&p.Edition), db.Added(&p.Media), db.Added(&p.Size)}
}

func scanPaper(r db.Row) (Paper, error) {
	p, err := scan(paperFields)(r)
	if p.Thread == "" { // handed in before there were editions
		p.Thread, p.Edition = p.ID, 1
	}
	return p, err
}

func (c *change) putPaper(p *Paper) error {
	return c.put("strategy_paper", paperColumns, paperFields(p))
}

// Papers lists the documents of a strategy, removed ones apart.
func (r *Room) Papers(ctx context.Context, v identity.Visitor, strategy id.ID) ([]Paper, error) {
	return db.All(ctx, r.reads, scanPaper, `SELECT `+paperColumns.List("p")+` FROM strategy_paper p WHERE p.strategy = $1 AND p.removed_on = '' AND `+
		visible(v, "p")+` ORDER BY p.added_on, p.id`, strategy)
}

func loadPaper(ctx context.Context, q db.Querier, paper id.ID) (Paper, error) {
	p, err := db.One(ctx, q, scanPaper, `SELECT `+string(paperColumns)+` FROM strategy_paper WHERE id = $1`, paper)
	return p, missing(err, "strategy.paper.not_found")
}

// lastEdition is the latest edition of a document, removed or not: its number is not given twice.
func lastEdition(ctx context.Context, q db.Querier, thread id.ID) (Paper, error) {
	p, err := db.One(ctx, q, scanPaper, `SELECT `+string(paperColumns)+` FROM strategy_paper WHERE id = $1 OR thread = $1 ORDER BY COALESCE(edition, 1) DESC LIMIT 1`, thread)
	return p, missing(err, "strategy.paper.not_found")
}

func countPapers(ctx context.Context, q db.Querier, strategy id.ID) (int, error) {
	return db.One(ctx, q, db.Scalar[int], `SELECT COUNT(*) FROM strategy_paper WHERE strategy = $1`, strategy)
}

// papersAfter lists the papers of what the visitor may read, some at a time, in the order of their ids.
func (r *Room) papersAfter(ctx context.Context, v identity.Visitor, last *PaperLine, most int) ([]PaperLine, error) {
	after := id.ID("")
	if last != nil {
		after = last.ID
	}
	return db.All(ctx, r.reads, func(row db.Row) (l PaperLine, err error) {
		l.Paper, err = scanPaper(db.Leading{Row: row, First: []any{&l.Number, &l.Matter}})
		return l, err
	}, `SELECT s.number, s.title_fr, `+paperColumns.List("p")+` FROM strategy_paper p JOIN strategy_strategy s ON s.id = p.strategy
		WHERE p.id > $1 AND `+visible(v, "s")+` AND `+visible(v, "p")+` ORDER BY p.id LIMIT $2`, after, most)
}
