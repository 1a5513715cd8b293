package council

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// known is the condition, in SQL, of the meetings that a visitor may know of, under the aliases of a
// meeting and of its committee: outside, those of a public committee once they were convened.
func known(v identity.Visitor, meeting, committee string) string {
	if v.Inside() {
		return "(1 = 1)"
	}
	return "(" + committee + ".visibility = 'public' AND " + meeting + ".convened_on <> '' AND " + meeting + "." + act.VisibleTo(act.Resident) + ")"
}

func findMeeting(ctx context.Context, q db.Querier, v identity.Visitor, key string) (Meeting, error) {
	m, err := db.One(ctx, q, scanMeeting, `SELECT `+meetingColumns.List("m")+` FROM council_meeting m
		JOIN council_committee c ON c.id = m.committee WHERE (m.id = $1 OR m.number = $1) AND `+known(v, "m", "c"), key)
	return m, notFound(err, "council.meeting.not_found")
}

func findMeetingOf(ctx context.Context, q db.Querier, v identity.Visitor, item id.ID) (Meeting, error) {
	return db.One(ctx, q, scanMeeting, `SELECT `+meetingColumns.List("m")+` FROM council_item i JOIN council_meeting m ON m.id = i.meeting
		JOIN council_committee c ON c.id = m.committee WHERE i.id = $1 AND `+known(v, "m", "c"), item)
}

// Meeting reads a meeting by its id or its number.
func (r *Room) Meeting(ctx context.Context, v identity.Visitor, key string) (Meeting, error) {
	return findMeeting(ctx, r.reads, v, key)
}

// File reads a meeting with everything on its table, in a constant number of statements. What is kept
// from the visitor, by visibility or by recusal, is not in it.
func (r *Room) File(ctx context.Context, v identity.Visitor, key string) (File, error) {
	m, err := findMeeting(ctx, r.reads, v, key)
	if err != nil {
		return File{}, err
	}
	f, err := r.gather(ctx, r.reads, m)
	if err != nil {
		return f, err
	}
	withheld, err := r.Withheld(ctx, v)
	if err != nil {
		return f, err
	}
	if err := r.fillOthers(ctx, v, &f, withheld); err != nil {
		return f, err
	}
	if v.Inside() {
		if f.Deadlines, err = r.deadlinesAt(ctx, r.reads, m, f.Minutes); err != nil {
			return f, err
		}
	}
	f.place(v)
	if f.Adviser, err = r.deontologist(ctx, r.reads, r.Today()); err != nil {
		return f, err
	}
	f.Advises = v.Holds(f.Adviser)
	f.restrict(v, withheld)
	return f, r.nameFile(ctx, &f)
}
