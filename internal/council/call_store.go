package council

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
)

const callColumns db.Columns = "id, version, meeting, member, means, called_on, sequence"

func scanCall(r db.Row) (c Call, err error) {
	return c, r.Scan(&c.ID, &c.Version, &c.Meeting, &c.Member, &c.Means, &c.On, &c.Sequence)
}

func putCall(tx *act.Tx, c Call) error {
	return tx.Exec(callColumns.Upsert("council_call"), c.ID, c.Version, c.Meeting, c.Member, string(c.Means), string(c.On), c.Sequence)
}

func putCalled(tx db.Transaction, m Meeting, post id.ID) error {
	return tx.Exec(`INSERT INTO op_council_called (meeting, post, sequence, sent_at) VALUES ($1,$2,$3,$4)
		ON CONFLICT (meeting, post) DO UPDATE SET sequence = excluded.sequence, sent_at = excluded.sent_at`,
		m.ID, post, m.Sequence, db.Micros(tx.Now()))
}

// toldOf reads what each seat was told last of a meeting.
func toldOf(ctx context.Context, q db.Querier, m Meeting, seats []Member) (map[id.ID]Told, error) {
	calls, err := db.All(ctx, q, scanCall, `SELECT `+string(callColumns)+` FROM council_call WHERE meeting = $1 ORDER BY id`, m.ID)
	if err != nil {
		return nil, err
	}
	told, sequence := map[id.ID]Told{}, map[id.ID]int{}
	for _, c := range calls {
		told[c.Member], sequence[c.Member] = Told{c.Means, c.On, c.Sequence < m.Sequence}, c.Sequence
	}
	mails, err := mailedTo(ctx, q, m.ID)
	for _, s := range seats {
		if mail, ok := mails[s.Post]; ok && (told[s.ID].On == "" || mail.Sequence > sequence[s.ID]) {
			told[s.ID] = Told{ByMail, mail.On, mail.Sequence < m.Sequence}
		}
	}
	return told, err
}

// mailedTo reads the letters that left, by the post of who received them.
func mailedTo(ctx context.Context, q db.Querier, meeting id.ID) (map[id.ID]Call, error) {
	type mailed struct {
		post id.ID
		Call
	}
	all, err := db.All(ctx, q, func(r db.Row) (m mailed, err error) {
		var at int64
		err = r.Scan(&m.post, &m.Sequence, &at)
		m.On = calendar.DayOf(db.Instant(at))
		return m, err
	}, `SELECT post, sequence, sent_at FROM op_council_called WHERE meeting = $1 ORDER BY post`, meeting)
	out := make(map[id.ID]Call, len(all))
	for _, m := range all {
		out[m.post] = m.Call
	}
	return out, err
}

// convenedMeetings reads the meetings of a committee from a day on to which its members were called.
func convenedMeetings(ctx context.Context, q db.Querier, committee id.ID, from calendar.Day) ([]Meeting, error) {
	return db.All(ctx, q, scanMeeting, `SELECT `+string(meetingColumns)+` FROM council_meeting
		WHERE committee = $1 AND day >= $2 AND status = 'convened' ORDER BY day, id`, committee, string(from))
}
