package council

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

const listColumns db.Columns = "id, version, meeting, lines, published_by, published_on"

func scanList(r db.Row) (l List, err error) {
	var lines string
	if err := r.Scan(&l.ID, &l.Version, &l.Meeting, &lines, &l.PublishedBy, &l.PublishedOn); err != nil {
		return l, err
	}
	l.Lines, err = db.FromJSON[[]ListLine](lines)
	return l, err
}

func putList(tx *act.Tx, l List) error {
	return tx.Exec(listColumns.Upsert("council_list"), l.ID, l.Version, l.Meeting, db.JSON(l.Lines), l.PublishedBy, string(l.PublishedOn))
}

func loadList(ctx context.Context, q db.Querier, meeting id.ID) (List, error) {
	l, err := db.One(ctx, q, scanList, `SELECT `+string(listColumns)+` FROM council_list WHERE meeting = $1`, meeting)
	return l, notFound(err, "council.list.not_found")
}
