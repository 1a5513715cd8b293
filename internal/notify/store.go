package notify

import (
	"context"
	"time"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// pending is a notice that is to be sent.
type pending struct {
	id        id.ID
	kind      string
	about     act.Ref
	args      []any
	due       calendar.Day
	frequency Frequency
	made      time.Time
}

// chosen is the frequency that a reader chose for a kind, or the default.
func chosen(ctx context.Context, q db.Querier, reader, kind string, fallback Frequency) (Frequency, error) {
	f, err := db.One(ctx, q, db.Scalar[Frequency], `SELECT frequency FROM op_notify_choice WHERE reader = $1 AND kind = $2`, reader, kind)
	if fault.KindOf(err) == fault.NotFound {
		return fallback, nil
	}
	return f, err
}

func choose(tx db.Transaction, reader, kind string, f Frequency) error {
	return tx.Exec(`INSERT INTO op_notify_choice (reader, kind, frequency, chosen_at) VALUES ($1, $2, $3, $4) ON CONFLICT (reader, kind)
		DO UPDATE SET frequency = excluded.frequency, chosen_at = excluded.chosen_at`, reader, kind, string(f), db.Micros(tx.Now()))
}

func quietOf(ctx context.Context, q db.Querier, reader string, fallback Quiet) (Quiet, error) {
	quiet, err := db.One(ctx, q, func(r db.Row) (q Quiet, err error) { return q, r.Scan(&q.From, &q.To, &q.Weekends) },
		`SELECT from_min, to_min, weekends FROM op_notify_quiet WHERE reader = $1`, reader)
	if fault.KindOf(err) == fault.NotFound {
		return fallback, nil
	}
	return quiet, err
}

// keep notes a notice, in the place of one that says the same of the same thing and has not left.
func keep(tx db.Transaction, reader string, n Notice, args string, f Frequency, at time.Time) error {
	same, err := tx.Affected(`UPDATE op_notice SET args = $1, due = $2, made_at = $3
		WHERE reader = $4 AND kind = $5 AND about_type = $6 AND about_id = $7 AND told_at = 0`,
		args, string(n.Due), db.Micros(tx.Now()), reader, n.Kind, n.About.Type, n.About.ID)
	if err != nil || same > 0 {
		return err
	}
	return tx.Exec(`INSERT INTO op_notice (id, reader, kind, about_type, about_id, args, due, frequency, send_at, made_at, told_at, seen_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0)`,
		id.New(tx.Now()), reader, n.Kind, n.About.Type, n.About.ID, args, string(n.Due), string(f), db.Micros(at), db.Micros(tx.Now()))
}

// due lists readers to whom something is to be sent.
func due(ctx context.Context, q db.Querier, now time.Time) ([]string, error) {
	return db.All(ctx, q, db.Scalar[string], `SELECT DISTINCT reader FROM op_notice WHERE told_at = 0 AND send_at <= $1 ORDER BY reader`, db.Micros(now))
}

func dueFor(tx *db.Tx, reader string) ([]pending, error) {
	return db.All(tx.Context(), tx, scanPending, `SELECT id, kind, about_type, about_id, args, due, frequency, made_at FROM op_notice
		WHERE reader = $1 AND told_at = 0 AND send_at <= $2 ORDER BY made_at, id`, reader, db.Micros(tx.Now()))
}

func scanPending(r db.Row) (p pending, err error) {
	var args string
	var made int64
	if err = r.Scan(&p.id, &p.kind, &p.about.Type, &p.about.ID, &args, &p.due, &p.frequency, &made); err != nil {
		return p, err
	}
	p.made = db.Instant(made)
	p.args, err = decodeArgs(args)
	return p, err
}

func told(tx *db.Tx, all []pending) error {
	for _, p := range all {
		if err := tx.Exec(`UPDATE op_notice SET told_at = $1 WHERE id = $2`, db.Micros(tx.Now()), p.id); err != nil {
			return err
		}
	}
	return nil
}

// follower is somebody who follows a thing.
type follower struct {
	ID      id.ID
	Account id.ID
	Email   string
	Lang    string
	About   act.Ref
}

const followColumns = `SELECT id, account, email, lang, about_type, about_id FROM op_notify_follow `

func scanFollower(r db.Row) (f follower, err error) {
	return f, r.Scan(&f.ID, &f.Account, &f.Email, &f.Lang, &f.About.Type, &f.About.ID)
}

func followersOf(ctx context.Context, q db.Querier, about act.Ref) ([]follower, error) {
	return db.All(ctx, q, scanFollower, followColumns+`WHERE about_type = $1 AND about_id = $2 AND confirmed_at > 0 ORDER BY id`, about.Type, about.ID)
}

func followByID(ctx context.Context, q db.Querier, follow id.ID) (follower, error) {
	return db.One(ctx, q, scanFollower, followColumns+`WHERE id = $1`, follow)
}
