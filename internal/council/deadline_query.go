package council

import (
	"cmp"
	"context"
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// deadlinesAt reads the deadlines of a meeting, the earliest first.
func (r *Room) deadlinesAt(ctx context.Context, q db.Querier, m Meeting, minutes Minutes) ([]MeetingDeadline, error) {
	rules, err := loadDeadlines(ctx, q, m.Committee)
	if err != nil || len(rules) == 0 {
		return nil, err
	}
	said, err := loadMet(ctx, q, m.ID)
	return deadlinesOf(r.region, rules, m, minutes, said), err
}

// Deadlines lists the deadlines that a committee sets from today on, in the order of the days: for those inside.
func (r *Room) Deadlines(ctx context.Context, v identity.Visitor, committee id.ID) ([]Deadline, error) {
	if !v.Inside() {
		return nil, nil
	}
	all, err := loadDeadlines(ctx, r.reads, committee)
	all = slices.DeleteFunc(all, func(d Deadline) bool { return !d.Contains(r.Today()) })
	slices.SortStableFunc(all, func(a, b Deadline) int { return cmp.Compare(a.Days, b.Days) })
	return all, err
}

// DeadlineLine is a deadline with its meeting.
type DeadlineLine struct {
	MeetingDeadline
	Sitting MeetingLine
}

// deadlineAhead is how many days before its day a deadline begins to wait for somebody: a Monday letter and a few days
// more.
const deadlineAhead = 10

// unmet is the condition, in SQL, of the deadlines d of meetings m that are not met.
const unmet = `(d.settled = '' AND NOT EXISTS (SELECT 1 FROM council_deadline_met x WHERE x.meeting = m.id AND x.deadline = d.thread AND x.met_on <> '')
	OR d.settled = 'convened' AND m.convened_on = '' OR d.settled = 'approved' AND m.status NOT IN ('approved','published')
	OR d.settled = 'published' AND m.status <> 'published')`

// deadlinesFor reads the deadlines that are not met and wait for one of the posts, the earliest first. What is for the secretary
// waits for the post that keeps the minutes of the meeting; before it sits, for the secretaries of the committee,
// and for its president where it has none.
func (r *Room) deadlinesFor(ctx context.Context, posts []id.ID) ([]DeadlineLine, error) {
	list := db.Marks(2, len(posts))
	seat := func(role string) string {
		return `SELECT 1 FROM council_member s WHERE s.committee = m.committee AND s.role = '` + role + `' AND s.from_day <= $1 AND s.to_day > $1`
	}
	held := ` AND s.post IN (` + list + `))`
	all, err := db.All(ctx, r.reads, func(row db.Row) (l DeadlineLine, err error) {
		l.Sitting, err = scanMeetingLine(db.Leading{Row: row, First: append(l.Deadline.targets(), &l.Said.Version)})
		return l, err
	}, `SELECT `+deadlineColumns.List("d")+`, COALESCE((SELECT x.version FROM council_deadline_met x WHERE x.meeting = m.id AND x.deadline = d.thread), 0), `+committeeColumns.List("c")+`, `+meetingColumns.List("m")+` FROM council_deadline d
		JOIN council_meeting m ON m.committee = d.committee AND m.day >= d.from_day AND m.day < d.to_day JOIN council_committee c ON c.id = d.committee
		WHERE m.status <> 'cancelled' AND `+unmet+` AND (d.post IN (`+list+`) OR d.post = '' AND (m.secretary IN (`+list+`)
		OR m.secretary = '' AND (EXISTS (`+seat("secretary")+held+` OR NOT EXISTS (`+seat("secretary")+`) AND EXISTS (`+seat("president")+held+`)))
		ORDER BY m.day, m.id, d.thread`, append([]any{string(r.Today())}, db.Args(posts)...)...)
	for n := range all {
		all[n].Due = all[n].On(r.region, all[n].Sitting.Day)
	}
	slices.SortStableFunc(all, func(a, b DeadlineLine) int { return cmp.Compare(a.Due, b.Due) })
	return all, err
}

// near keeps the deadlines that are over or come within the days ahead.
func near(all []DeadlineLine, today calendar.Day) []DeadlineLine {
	return slices.DeleteFunc(all, func(l DeadlineLine) bool { return l.Due.After(today.AddDays(deadlineAhead)) })
}
