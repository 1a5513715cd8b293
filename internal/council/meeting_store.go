package council

import (
	"context"
	"database/sql"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

const meetingColumns db.Columns = "id, version, committee, year, seq, number, title, day, clock, minutes, place, convene_by, lock_on, status, status_on, status_note, convened_on, opened_at, closed_at, president, secretary, sequence, visibility, again_of, changed_at, rules"

func scanMeeting(r db.Row) (m Meeting, err error) {
	var opened, closed int64
	var again sql.NullString // columns of 0074: a row of before has none
	var changed sql.NullInt64
	var law string
	err = r.Scan(&m.ID, &m.Version, &m.Committee, &m.Year, &m.Seq, &m.Number, &m.Title, &m.Day, &m.Clock, &m.Minutes, &m.Place,
		&m.ConveneBy, &m.LockOn, &m.Status, &m.StatusOn, &m.StatusNote, &m.ConvenedOn, &opened, &closed, &m.President, &m.Secretary,
		&m.Sequence, &m.Visibility, &again, &changed, db.Added(&law))
	if err != nil {
		return m, err
	}
	m.OpenedAt, m.ClosedAt = db.Instant(opened), db.Instant(closed)
	m.Again, m.ChangedAt = id.ID(again.String), db.Instant(changed.Int64)
	m.Law, err = db.FromJSON[*Law](law)
	return m, err
}

func putMeeting(tx *act.Tx, m Meeting) error {
	return tx.Exec(meetingColumns.Upsert("council_meeting"), m.ID, m.Version, m.Committee, m.Year, m.Seq, m.Number, m.Title, string(m.Day),
		m.Clock, m.Minutes, m.Place, string(m.ConveneBy), string(m.LockOn), string(m.Status), string(m.StatusOn), m.StatusNote,
		string(m.ConvenedOn), db.Micros(m.OpenedAt), db.Micros(m.ClosedAt), m.President, m.Secretary, m.Sequence, string(m.Visibility), m.Again, db.Micros(m.ChangedAt), db.JSON(m.Law))
}

func loadMeeting(ctx context.Context, q db.Querier, meeting id.ID) (Meeting, error) {
	m, err := db.One(ctx, q, scanMeeting, `SELECT `+string(meetingColumns)+` FROM council_meeting WHERE id = $1`, meeting)
	return m, notFound(err, "council.meeting.not_found")
}

// toApprove reads the meetings of the same committee before one whose minutes are drafted and are on no agenda to be
// approved, the first first.
func toApprove(ctx context.Context, q db.Querier, m Meeting) ([]Meeting, error) {
	return db.All(ctx, q, scanMeeting, `SELECT `+meetingColumns.List("o")+` FROM council_meeting o JOIN council_minutes n ON n.meeting = o.id
		WHERE o.committee = $1 AND o.day <= $2 AND o.id <> $3 AND o.status = 'closed' AND n.status = 'draft'
		AND NOT EXISTS (SELECT 1 FROM council_item i WHERE i.subject_type = 'meeting' AND i.subject_id = o.id AND i.status = 'listed')
		ORDER BY o.day, o.id`, m.Committee, string(m.Day), m.ID)
}

// otherCalls reads the first call of a meeting, or the second one.
func otherCalls(ctx context.Context, q db.Querier, m Meeting) ([]Meeting, error) {
	return db.All(ctx, q, scanMeeting, `SELECT `+string(meetingColumns)+` FROM council_meeting WHERE id = $1 OR again_of = $2 ORDER BY day, id`, m.Again, m.ID)
}

func nextMeeting(ctx context.Context, q db.Querier, committee id.ID, year int) (int, error) {
	return db.One(ctx, q, db.Scalar[int], `SELECT COALESCE(MAX(seq), 0) + 1 FROM council_meeting WHERE committee = $1 AND year = $2`, committee, year)
}

const itemColumns db.Columns = "id, version, meeting, rank, root, nature, title, summary, subject_type, subject_id, initiative, arbitration, rapporteur, minutes, late, debate, status, status_on, status_note, moved_to, moved_from, open_doors, president, papers"

func scanItem(r db.Row) (i Item, err error) {
	var seen string
	err = r.Scan(&i.ID, &i.Version, &i.Meeting, &i.Rank, &i.Root, &i.Nature, &i.Title, &i.Summary, &i.Subject.Type, &i.Subject.ID,
		&i.Initiative, &i.Arbitration, &i.Rapporteur, &i.Minutes, &i.Late, &i.Debate, &i.Status, &i.StatusOn, &i.StatusNote,
		&i.MovedTo, &i.MovedFrom, &i.OpenDoors, db.Added(&i.President), db.Added(&seen))
	if err != nil {
		return i, err
	}
	i.Seen, err = db.FromJSON[[]id.ID](seen)
	return i, err
}

func putItem(tx *act.Tx, i Item) error {
	return tx.Exec(itemColumns.Upsert("council_item"), i.ID, i.Version, i.Meeting, i.Rank, i.Root, string(i.Nature), i.Title, i.Summary,
		i.Subject.Type, i.Subject.ID, i.Initiative, i.Arbitration, i.Rapporteur, i.Minutes, i.Late, i.Debate, string(i.Status),
		string(i.StatusOn), i.StatusNote, i.MovedTo, i.MovedFrom, i.OpenDoors, i.President, db.JSON(i.Seen))
}

func loadItem(ctx context.Context, q db.Querier, item id.ID) (Item, error) {
	i, err := db.One(ctx, q, scanItem, `SELECT `+string(itemColumns)+` FROM council_item WHERE id = $1`, item)
	return i, notFound(err, "council.item.not_found")
}

// lastOfMatter is the item by which a matter was last put on an agenda.
func lastOfMatter(ctx context.Context, q db.Querier, root id.ID) (Item, error) {
	return db.One(ctx, q, scanItem, `SELECT `+itemColumns.List("i")+` FROM council_item i JOIN council_meeting m ON m.id = i.meeting
		WHERE i.root = $1 ORDER BY m.day DESC, i.id DESC LIMIT 1`, root)
}

// loadItems reads the agenda of a meeting, in order.
func loadItems(ctx context.Context, q db.Querier, meeting id.ID) ([]Item, error) {
	return db.All(ctx, q, scanItem, `SELECT `+string(itemColumns)+` FROM council_item WHERE meeting = $1 ORDER BY rank, id`, meeting)
}

// itemsAbout reads the items that are about an initiative, at whichever meeting.
func itemsAbout(ctx context.Context, q db.Querier, initiative id.ID) ([]Item, error) {
	return db.All(ctx, q, scanItem, `SELECT `+string(itemColumns)+` FROM council_item WHERE initiative = $1 ORDER BY meeting, rank, id`, initiative)
}

const paperColumns db.Columns = "id, version, meeting, item, thread, edition, kind, title, link, digest, media, size, minor, added_by, added_on, withdrawn_on, withdrawn_why, visibility, published_on"

func scanPaper(r db.Row) (p Paper, err error) {
	return p, r.Scan(&p.ID, &p.Version, &p.Meeting, &p.Item, &p.Thread, &p.Edition, &p.Kind, &p.Title, &p.Link, &p.Digest, &p.Media,
		&p.Size, &p.Minor, &p.AddedBy, &p.AddedOn, &p.WithdrawnOn, &p.WithdrawnWhy, &p.Visibility, &p.PublishedOn)
}

func putPaper(tx *act.Tx, p Paper) error {
	return tx.Exec(paperColumns.Upsert("council_paper"), p.ID, p.Version, p.Meeting, p.Item, p.Thread, p.Edition, string(p.Kind), p.Title,
		p.Link, p.Digest, string(p.Media), p.Size, p.Minor, p.AddedBy, string(p.AddedOn), string(p.WithdrawnOn), p.WithdrawnWhy,
		string(p.Visibility), string(p.PublishedOn))
}

func loadPaper(ctx context.Context, q db.Querier, paper id.ID) (Paper, error) {
	p, err := db.One(ctx, q, scanPaper, `SELECT `+string(paperColumns)+` FROM council_paper WHERE id = $1`, paper)
	return p, notFound(err, "council.paper.not_found")
}

// lastEdition reads the last edition of a document.
func lastEdition(ctx context.Context, q db.Querier, thread id.ID) (Paper, error) {
	p, err := db.One(ctx, q, scanPaper, `SELECT `+string(paperColumns)+` FROM council_paper WHERE thread = $1 ORDER BY edition DESC`, thread)
	return p, notFound(err, "council.paper.not_found")
}

func countPapers(ctx context.Context, q db.Querier, meeting id.ID) (int, error) {
	return db.One(ctx, q, db.Scalar[int], `SELECT COUNT(*) FROM council_paper WHERE meeting = $1`, meeting)
}

// loadPapers reads the papers before a meeting: its own, and those of the matters on its agenda, handed in
// at earlier meetings too. By document, the last edition first: editions of one document may stand under items of
// several meetings.
func loadPapers(ctx context.Context, q db.Querier, meeting id.ID) ([]Paper, error) {
	// The meetings come first: papers are found by their index.
	return db.All(ctx, q, scanPaper, `SELECT `+paperColumns.List("p")+` FROM council_paper p
		WHERE p.meeting IN (SELECT o.meeting FROM council_item i JOIN council_item o ON o.root = i.root WHERE i.meeting = $1 UNION SELECT $1)
		AND (p.meeting = $1 OR p.item IN (SELECT o.id FROM council_item i JOIN council_item o ON o.root = i.root WHERE i.meeting = $1))
		ORDER BY p.thread, p.edition DESC`, meeting)
}

// papersAbout reads the papers of a matter, at whichever meetings they were handed in, as loadPapers orders them.
func papersAbout(ctx context.Context, q db.Querier, root id.ID) ([]Paper, error) {
	return db.All(ctx, q, scanPaper, `SELECT `+paperColumns.List("p")+` FROM council_item i JOIN council_paper p ON p.item = i.id AND p.meeting = i.meeting
		WHERE i.root = $1 ORDER BY p.thread, p.edition DESC`, root)
}

// movedItem is an item of an earlier meeting whose matter is on the agenda again.
type movedItem struct {
	item, root id.ID
	MovedFrom
}

func movedFrom(ctx context.Context, q db.Querier, meeting id.ID) ([]movedItem, error) {
	return db.All(ctx, q, func(r db.Row) (m movedItem, err error) {
		return m, r.Scan(&m.item, &m.root, &m.Number, &m.Day, &m.Note)
	}, `SELECT o.id, o.root, m.number, m.day, o.status_note FROM council_item o JOIN council_meeting m ON m.id = o.meeting
		WHERE o.meeting <> $1 AND o.root IN (SELECT root FROM council_item WHERE meeting = $1) ORDER BY m.day, o.id`, meeting)
}

// sittingOf is the number of another meeting of the committee that sits now; "" for none.
func sittingOf(ctx context.Context, q db.Querier, m Meeting) (string, error) {
	all, err := db.All(ctx, q, db.Scalar[string], `SELECT number FROM council_meeting
		WHERE committee = $1 AND id <> $2 AND status IN ('open', 'suspended') ORDER BY day DESC, id`, m.Committee, m.ID)
	if err != nil || len(all) == 0 {
		return "", err
	}
	return all[0], nil
}
