package council

import (
	"context"
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// Pending is what waits for a visitor in the committees.
type Pending struct {
	Visas    []VisaLine
	Returned []ReturnedLine // to answer, or to send again with another edition
	Minutes  []MeetingLine  // to approve, or to publish where the committee is public
	Lists    []MeetingLine  // whose list of deliberations is to be published
	Stranded []Concern      // questions asked by the visitor that nobody is left to decide: all withdrew

	Deadlines []DeadlineLine // of their meetings that are near or over, the earliest first
}

// Count is how many things that is.
func (p Pending) Count() int {
	return len(p.Visas) + len(p.Returned) + len(p.Minutes) + len(p.Lists) + len(p.Deadlines) + len(p.Stranded)
}

// ReturnedLine is a circuit that somebody refused, for the post that opened it.
type ReturnedLine struct {
	Circuit
	Title   string // of the item
	Meeting string // number of the meeting
}

// pendingKept bounds the visitors whose lists are kept.
const pendingKept = 2_000

// Pending lists what waits for the posts of a visitor. Every page shows how much it is: the lists are kept until the
// next act about committees, projects or posts, and callers must not change them.
func (r *Room) Pending(ctx context.Context, v identity.Visitor) (Pending, error) {
	if !v.Inside() || len(v.Posts) == 0 {
		return Pending{}, nil
	}
	key := string(v.Person) + " " + string(r.Today())
	for _, p := range v.Posts {
		key += " " + string(p.ID)
	}
	return r.pending.Get(ctx, key, func(ctx context.Context) (Pending, error) { return r.readPending(ctx, v) })
}

func (r *Room) readPending(ctx context.Context, v identity.Visitor) (p Pending, err error) {
	if p.Visas, err = r.MyVisas(ctx, v, VisaQuery{}); err != nil {
		return p, err
	}
	posts := make([]id.ID, len(v.Posts))
	for n, held := range v.Posts {
		posts[n] = held.ID
	}
	if p.Returned, err = r.returnedTo(ctx, v, posts); err != nil {
		return p, err
	}
	if p.Minutes, err = r.minutesOf(ctx, posts); err != nil {
		return p, err
	}
	if p.Lists, err = r.listsOf(ctx, posts); err != nil {
		return p, err
	}
	if p.Stranded, err = r.strandedOf(ctx, v, posts); err != nil {
		return p, err
	}
	deadlines, err := r.deadlinesFor(ctx, posts)
	p.Deadlines = near(deadlines, r.Today())
	return p, err
}

func (r *Room) returnedTo(ctx context.Context, v identity.Visitor, posts []id.ID) ([]ReturnedLine, error) {
	all, err := db.All(ctx, r.reads, func(row db.Row) (l ReturnedLine, err error) {
		l.Circuit, err = scanCircuit(db.Leading{Row: row, First: []any{&l.Title, &l.Meeting}})
		return l, err
	}, `SELECT i.title, m.number, `+circuitColumns.List("c")+` FROM council_circuit c JOIN council_item i ON i.id = c.item JOIN council_meeting m ON m.id = c.meeting
		WHERE c.status = 'returned' AND c.opened_by IN (`+db.Marks(1, len(posts))+`) ORDER BY c.status_on, c.id`, db.Args(posts)...)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	kept, err := r.Withheld(ctx, v)
	return slices.DeleteFunc(all, func(l ReturnedLine) bool { return kept.roots[l.Root] || kept.Arbitration(l.Arbitration) }), err
}

// minutesOf lists the meetings that are over and whose minutes the bureau has not finished with.
func (r *Room) minutesOf(ctx context.Context, posts []id.ID) ([]MeetingLine, error) {
	return meetingsLed(ctx, r.reads, posts, r.Today(), `(m.status = 'closed' OR m.status = 'approved' AND c.visibility = 'public')`)
}

// listsOf lists the meetings of councils that are over and whose list of deliberations the bureau has not published.
func (r *Room) listsOf(ctx context.Context, posts []id.ID) ([]MeetingLine, error) {
	return meetingsLed(ctx, r.reads, posts, r.Today(), `c.kind = 'council' AND m.status IN ('closed','approved','published')
		AND NOT EXISTS (SELECT 1 FROM council_list l WHERE l.meeting = m.id)`)
}

// meetingsLed lists the meetings of which some post leads the bureau, that of the meeting or today's of its committee.
func meetingsLed(ctx context.Context, q db.Querier, posts []id.ID, today calendar.Day, where string) ([]MeetingLine, error) {
	list := db.Marks(2, len(posts))
	return db.All(ctx, q, scanMeetingLine, `SELECT `+committeeColumns.List("c")+`, `+meetingColumns.List("m")+` FROM council_meeting m
		JOIN council_committee c ON c.id = m.committee WHERE `+where+`
		AND (m.president IN (`+list+`) OR m.secretary IN (`+list+`) OR EXISTS (SELECT 1 FROM council_member s WHERE s.committee = m.committee
			AND s.role IN ('president', 'secretary') AND s.from_day <= $1 AND s.to_day > $1 AND s.post IN (`+list+`)))
		ORDER BY m.day, m.id`, append([]any{string(today)}, db.Args(posts)...)...)
}
