package portfolio

import (
	"context"
	"slices"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
)

const paperColumns db.Columns = "id, version, initiative, arbitration, title, link, digest, media_type, size, visibility, added_on, removed_on, thread, edition"

func scanPaper(r db.Row) (p Paper, err error) {
	err = r.Scan(&p.ID, &p.Version, &p.Initiative, &p.Arbitration, &p.Title, &p.Link, &p.Digest, &p.Media, &p.Size,
		&p.Visibility, &p.AddedOn, &p.RemovedOn, db.Added(&p.Thread), db.Added(&p.Edition))
	if p.Thread == "" { // handed in before there were editions
		p.Thread, p.Edition = p.ID, 1
	}
	return p, err
}

func putPaper(tx *act.Tx, p Paper) error {
	return tx.Exec(paperColumns.Upsert("portfolio_paper"), p.ID, p.Version, p.Initiative, p.Arbitration, p.Title, p.Link,
		p.Digest, string(p.Media), p.Size, string(p.Visibility), string(p.AddedOn), string(p.RemovedOn), p.Thread, p.Edition)
}

func loadPaper(ctx context.Context, q db.Querier, paper id.ID) (Paper, error) {
	p, err := db.One(ctx, q, scanPaper, `SELECT `+string(paperColumns)+` FROM portfolio_paper WHERE id = $1`, paper)
	return p, notFound(err, "portfolio.paper.not_found")
}

// lastEdition is the latest edition of a document, removed or not: its number is not given twice.
func lastEdition(ctx context.Context, q db.Querier, thread id.ID) (Paper, error) {
	p, err := db.One(ctx, q, scanPaper, `SELECT `+string(paperColumns)+` FROM portfolio_paper WHERE id = $1 OR thread = $1 ORDER BY COALESCE(edition, 1) DESC LIMIT 1`, thread)
	return p, notFound(err, "portfolio.paper.not_found")
}

func countPapers(ctx context.Context, q db.Querier, initiative id.ID) (int, error) {
	return db.One(ctx, q, db.Scalar[int], `SELECT COUNT(*) FROM portfolio_paper WHERE initiative = $1`, initiative)
}

// papersOf lists the papers of an initiative that a visitor may read.
func (r *Room) papersOf(ctx context.Context, v identity.Visitor, initiative id.ID) ([]Paper, error) {
	kept, err := r.keptFrom(ctx, v)
	if err != nil {
		return nil, err
	}
	papers, err := db.All(ctx, r.reads, scanPaper, `SELECT `+paperColumns.List("p")+` FROM portfolio_paper p
		WHERE p.initiative = $1 AND `+visibleThing(v, "p")+` ORDER BY p.added_on, p.id`, initiative)
	return slices.DeleteFunc(papers, func(p Paper) bool { return p.keptWith(kept) }), err
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
	}, `SELECT i.number, i.title, `+paperColumns.List("p")+` FROM portfolio_paper p JOIN portfolio_initiative i ON i.id = p.initiative
		WHERE p.id > $1 AND `+visible(v, "i")+` AND `+visibleThing(v, "p")+` ORDER BY p.id LIMIT $2`, after, most)
}
