package council

import (
	"context"
	"time"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// meetingsForFeed reads meetings since a day that a visitor may know. The condition numbers its parameters
// from 2.
func meetingsForFeed(ctx context.Context, q db.Querier, v identity.Visitor, condition string, since calendar.Day, args ...any) ([]MeetingLine, error) {
	return db.All(ctx, q, scanMeetingLine, `SELECT `+committeeColumns.List("c")+`, `+meetingColumns.List("m")+` FROM council_meeting m
		JOIN council_committee c ON c.id = m.committee WHERE m.day >= $1 AND `+known(v, "m", "c")+` AND `+condition+
		` ORDER BY m.day, m.clock, m.id`, append([]any{string(since)}, args...)...)
}

func putFeed(tx db.Transaction, token string, v identity.Visitor) error {
	return tx.Exec(`INSERT INTO op_council_feed (hash, account, person, lang, made_at, revoked_at) VALUES ($1,$2,$3,$4,$5,0)`,
		id.Digest(token), v.Account, v.Person, v.Lang, db.Micros(tx.Now()))
}

func revokeFeeds(tx db.Transaction, account id.ID) error {
	return tx.Exec(`UPDATE op_council_feed SET revoked_at = $1 WHERE account = $2 AND revoked_at = 0`, db.Micros(tx.Now()), account)
}

func loadFeed(ctx context.Context, q db.Querier, token string) (FeedOwner, string, error) {
	type feed struct {
		FeedOwner
		lang    string
		revoked int64
	}
	f, err := db.One(ctx, q, func(r db.Row) (f feed, err error) {
		return f, r.Scan(&f.Account, &f.Person, &f.lang, &f.revoked)
	}, `SELECT account, person, lang, revoked_at FROM op_council_feed WHERE hash = $1`, id.Digest(token))
	if err == nil && f.revoked != 0 {
		err = fault.New(fault.Gone, "council.feed.revoked", "day", calendar.DayOf(db.Instant(f.revoked)))
	}
	return f.FeedOwner, f.lang, notFound(err, "council.feed.unknown")
}

// feedOf tells when the living address of an account was made.
func feedOf(ctx context.Context, q db.Querier, account id.ID) (time.Time, bool, error) {
	made, err := db.All(ctx, q, db.Scalar[int64], `SELECT made_at FROM op_council_feed WHERE account = $1 AND revoked_at = 0 ORDER BY made_at DESC LIMIT 1`, account)
	if len(made) == 0 {
		return time.Time{}, false, err
	}
	return db.Instant(made[0]), true, err
}
