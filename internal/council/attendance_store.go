package council

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
)

const attendanceColumns db.Columns = "id, version, meeting, member, answer, proxy, said_on, said_at, said_by"

func scanAttendance(r db.Row) (a Attendance, err error) {
	var at int64
	err = r.Scan(&a.ID, &a.Version, &a.Meeting, &a.Member, &a.Answer, &a.Proxy, &a.SaidOn, db.Added(&at), db.Added(&a.SaidBy))
	a.SaidAt = db.Instant(at)
	return a, err
}

func putAttendance(tx *act.Tx, a Attendance) error {
	return tx.Exec(attendanceColumns.Upsert("council_attendance"), a.ID, a.Version, a.Meeting, a.Member, string(a.Answer), a.Proxy, string(a.SaidOn), db.Micros(a.SaidAt), a.SaidBy)
}

func loadAttendance(ctx context.Context, q db.Querier, meeting id.ID) ([]Attendance, error) {
	return db.All(ctx, q, scanAttendance, `SELECT `+string(attendanceColumns)+` FROM council_attendance WHERE meeting = $1 ORDER BY id`, meeting)
}

const presenceColumns db.Columns = "id, version, meeting, member, post, arrived_at, left_at"

func scanPresence(r db.Row) (p Presence, err error) {
	var arrived, left int64
	err = r.Scan(&p.ID, &p.Version, &p.Meeting, &p.Member, &p.Post, &arrived, &left)
	p.ArrivedAt, p.LeftAt = db.Instant(arrived), db.Instant(left)
	return p, err
}

func putPresence(tx *act.Tx, p Presence) error {
	return tx.Exec(presenceColumns.Upsert("council_presence"), p.ID, p.Version, p.Meeting, p.Member, p.Post, db.Micros(p.ArrivedAt), db.Micros(p.LeftAt))
}

func loadPresences(ctx context.Context, q db.Querier, meeting id.ID) ([]Presence, error) {
	return db.All(ctx, q, scanPresence, `SELECT `+string(presenceColumns)+` FROM council_presence WHERE meeting = $1 ORDER BY arrived_at, id`, meeting)
}

// inExercise are the seats of a day whose post somebody holds then (I27).
func (r *Room) inExercise(ctx context.Context, q db.Querier, members []Member, day calendar.Day) ([]Member, error) {
	seats := seatsOn(members, day)
	posts := make([]id.ID, len(seats))
	for n, m := range seats {
		posts[n] = m.Post
	}
	found, err := r.dir.Posts(ctx, q, posts, day)
	var out []Member
	for _, m := range seats {
		if found[m.Post].Held {
			out = append(out, m)
		}
	}
	return out, err
}
