package council

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
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

// listsOf reads the meetings of councils since a day whose list of deliberations the bureau has not published.
func listsOf(ctx context.Context, q db.Querier, posts []id.ID, today calendar.Day) ([]MeetingLine, error) {
	list := db.Marks(2, len(posts))
	return db.All(ctx, q, scanMeetingLine, `SELECT `+committeeColumns.List("c")+`, `+meetingColumns.List("m")+` FROM council_meeting m
		JOIN council_committee c ON c.id = m.committee WHERE c.kind = 'council' AND m.status IN ('closed','approved','published')
		AND NOT EXISTS (SELECT 1 FROM council_list l WHERE l.meeting = m.id)
		AND (m.president IN (`+list+`) OR m.secretary IN (`+list+`) OR EXISTS (SELECT 1 FROM council_member s WHERE s.committee = m.committee
			AND s.role IN ('president', 'secretary') AND s.from_day <= $1 AND s.to_day > $1 AND s.post IN (`+list+`)))
		ORDER BY m.day, m.id`, append([]any{string(today)}, db.Args(posts)...)...)
}
