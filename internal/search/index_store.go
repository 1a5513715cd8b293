package search

import (
	"fmt"
	"strings"
	"time"

	"parvis/internal/db"
	"parvis/internal/fault"
)

// stored reads the text and the number of a document; 0 when it is not there.
func stored(tx db.Transaction, d Doc) (text string, num int64, err error) {
	old, err := db.One(tx.Context(), tx, func(r db.Row) (old Doc, err error) {
		return old, r.Scan(&num, &old.Title, &old.Keywords, &old.Body)
	}, `SELECT num, title, keywords, body FROM search_doc WHERE type = $1 AND id = $2 AND lang = $3`, d.Ref.Type, d.Ref.ID, d.Lang)
	if fault.KindOf(err) == fault.NotFound {
		return "", 0, nil
	}
	return old.text(), num, err
}

func insert(tx db.Transaction, d Doc) (int64, error) {
	return db.One(tx.Context(), tx, db.Scalar[int64], `INSERT INTO search_doc
		(num, type, id, lang, title, keywords, body, route, visibility, boost, updated_at, put_at)
		SELECT COALESCE(MAX(num), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 FROM search_doc RETURNING num`,
		d.Ref.Type, d.Ref.ID, d.Lang, d.Title, d.Keywords, d.Body, d.Route, string(d.Visibility), d.Boost, db.Micros(d.Updated), db.Micros(tx.Now()))
}

func update(tx db.Transaction, d Doc, num int64) error {
	return tx.Exec(`UPDATE search_doc SET title = $1, keywords = $2, body = $3, route = $4, visibility = $5, boost = $6, updated_at = $7,
		put_at = $8 WHERE num = $9`,
		d.Title, d.Keywords, d.Body, d.Route, string(d.Visibility), d.Boost, db.Micros(d.Updated), db.Micros(tx.Now()), num)
}

// removeOld removes the documents of a type that a rebuild did not put.
func removeOld(tx *db.Tx, typ string, before time.Time) error {
	err := tx.Exec(`DELETE FROM op_search_token WHERE doc IN (SELECT num FROM search_doc WHERE type = $1 AND put_at < $2)`, typ, db.Micros(before))
	if err != nil {
		return err
	}
	return tx.Exec(`DELETE FROM search_doc WHERE type = $1 AND put_at < $2`, typ, db.Micros(before))
}

// insertAll inserts rows many at a time. The sizes are few, so that the statements stay prepared.
func insertAll(tx db.Transaction, head, tail string, rows [][]any) error {
	for _, size := range []int{64, 16, 4, 1} {
		for len(rows) >= size {
			var args []any
			for _, row := range rows[:size] {
				args = append(args, row...)
			}
			if err := tx.Exec(head+places(size, len(rows[0]))+tail, args...); err != nil {
				return err
			}
			rows = rows[size:]
		}
	}
	return nil
}

// places is "($1,$2),($3,$4)" for two rows of two columns.
func places(rows, columns int) string {
	var b strings.Builder
	for i := range rows * columns {
		switch {
		case i == 0:
			b.WriteString("(")
		case i%columns == 0:
			b.WriteString("),(")
		default:
			b.WriteString(",")
		}
		fmt.Fprintf(&b, "$%d", i+1)
	}
	return b.String() + ")"
}
