package powers

import (
	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

var postColumns = "p.thing, p.id, " + spanColumns("p") + ", p.unit, p.code, p.title, p.title_en, p.layer, p.head, p.named"

func (p *Post) into() []any {
	return append(append([]any{&p.ID, &p.Row}, p.Span.into()...), &p.Unit, &p.Code, &p.Title, &p.TitleEN, &p.Layer, &p.Head, &p.Named)
}

func scanPost(r db.Row) (p Post, err error) {
	err = r.Scan(p.into()...)
	return p, err
}

// postRows lists the standing statements about a post, the first days first; there is at least one.
func postRows(tx *act.Tx, post id.ID) ([]Post, error) {
	rows, err := db.All(tx.Context(), tx, scanPost,
		`SELECT `+postColumns+` FROM powers_post p WHERE p.thing = $1 AND `+stands("p")+` ORDER BY p.day_from, p.id`, post)
	if err == nil && len(rows) == 0 {
		err = fault.New(fault.NotFound, "powers.post.unknown")
	}
	return rows, err
}

func postsOfCode(tx *act.Tx, code string) ([]Post, error) {
	return db.All(tx.Context(), tx, scanPost,
		`SELECT `+postColumns+` FROM powers_post p WHERE p.code = $1 AND `+stands("p")+` ORDER BY p.day_from, p.id`, code)
}

func postsOfUnit(tx *act.Tx, unit id.ID) ([]Post, error) {
	return db.All(tx.Context(), tx, scanPost,
		`SELECT `+postColumns+` FROM powers_post p WHERE p.unit = $1 AND `+stands("p")+` ORDER BY p.thing, p.day_from, p.id`, unit)
}

// copyPost says a post again for the days p, in another unit.
func (e *entry) copyPost(row, from id.ID, p calendar.Period, unit id.ID, head bool) error {
	if err := e.tx.Exec(posts.again, row, string(p.From), string(p.To), db.Micros(e.tx.Now()), e.act, from); err != nil {
		return err
	}
	return e.tx.Exec(`UPDATE powers_post SET unit = $1, head = $2 WHERE id = $3`, unit, head, row)
}
