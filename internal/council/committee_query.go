package council

import (
	"context"
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
)

// visibleCommittee is the condition, in SQL, of the committees that a visitor may know.
func visibleCommittee(v identity.Visitor, alias string) string {
	reader := act.Resident
	if v.Inside() {
		reader = act.Agent
	}
	return alias + "." + act.VisibleTo(reader)
}

// Committees lists the committees that the visitor may know: those that sit first.
func (r *Room) Committees(ctx context.Context, v identity.Visitor) ([]CommitteeLine, error) {
	list, err := db.All(ctx, r.reads, func(row db.Row) (l CommitteeLine, err error) {
		l.Committee, err = scanCommittee(row)
		return l, err
	}, `SELECT `+committeeColumns.List("c")+` FROM council_committee c WHERE `+visibleCommittee(v, "c")+`
		ORDER BY CASE WHEN c.closed_on = '' THEN 0 ELSE 1 END, c.name_fr, c.id`)
	if err != nil || len(list) == 0 {
		return list, err
	}
	seats, err := db.All(ctx, r.reads, scanMember, `SELECT `+string(memberColumns)+` FROM council_member
		WHERE from_day <= $1 AND to_day > $1 AND role IN ('president', 'member') ORDER BY id`, string(r.Today()))
	if err != nil {
		return list, err
	}
	meetings, err := db.All(ctx, r.reads, scanMeeting, `SELECT `+meetingColumns.List("m")+` FROM council_meeting m
		JOIN council_committee c ON c.id = m.committee WHERE m.status <> 'cancelled' AND `+known(v, "m", "c")+` ORDER BY m.day, m.id`)
	for n := range list {
		list[n].fill(seats, meetings, r.Today())
	}
	return list, err
}

func (l *CommitteeLine) fill(seats []Member, meetings []Meeting, today calendar.Day) {
	for _, s := range seats {
		if s.Committee == l.ID {
			l.Seats++
		}
	}
	for _, m := range meetings {
		switch {
		case m.Committee != l.ID:
		case m.Held():
			l.Last = m
		case l.Next.ID == "" && !m.Day.Before(today):
			l.Next = m
		}
	}
}

func committeeBy(ctx context.Context, q db.Querier, v identity.Visitor, key string) (Committee, error) {
	c, err := db.One(ctx, q, scanCommittee, `SELECT `+committeeColumns.List("c")+` FROM council_committee c
		WHERE (c.id = $1 OR c.code = $1) AND `+visibleCommittee(v, "c"), key)
	return c, notFound(err, "council.committee.not_found")
}

// Committee reads the page of a committee, by its id or its code.
func (r *Room) Committee(ctx context.Context, v identity.Visitor, key string) (CommitteeFile, error) {
	var f CommitteeFile
	c, err := committeeBy(ctx, r.reads, v, key)
	if err != nil {
		return f, err
	}
	f.Committee = c
	if err := r.fillSeats(ctx, v, &f); err != nil {
		return f, err
	}
	if f.Meetings, err = db.All(ctx, r.reads, scanMeeting, `SELECT `+meetingColumns.List("m")+` FROM council_meeting m
		JOIN council_committee c ON c.id = m.committee WHERE m.committee = $1 AND `+known(v, "m", "c")+` ORDER BY m.day DESC, m.seq DESC, m.id`, c.ID); err != nil {
		return f, err
	}
	if err := r.fillDecided(ctx, v, &f); err != nil {
		return f, err
	}
	if f.Interests, err = interestsByYear(ctx, r.reads, c.ID); err != nil {
		return f, err
	}
	return f, r.nameCommittee(ctx, &f)
}

func (r *Room) fillSeats(ctx context.Context, v identity.Visitor, f *CommitteeFile) error {
	members, err := loadMembers(ctx, r.reads, f.ID)
	if err != nil {
		return err
	}
	held, err := r.inExercise(ctx, r.reads, members, r.Today())
	if err != nil {
		return err
	}
	in := map[id.ID]bool{}
	for _, m := range held {
		in[m.ID] = true
		_, mine := v.Post(m.Post)
		f.Bureau = f.Bureau || mine && (m.Role == President || m.Role == Secretary)
	}
	f.Members, f.Vacant = held, map[id.ID]bool{}
	for _, m := range members {
		switch {
		case in[m.ID]:
		case m.Contains(r.Today()) || m.From.After(r.Today()):
			f.Members, f.Vacant[m.ID] = append(f.Members, m), true
		default:
			f.Former = append(f.Former, m)
		}
	}
	return nil
}

// fillDecided reads what was decided, what follows from it, and what waits for a meeting.
func (r *Room) fillDecided(ctx context.Context, v identity.Visitor, f *CommitteeFile) error {
	withheld, err := r.Withheld(ctx, v)
	if err != nil {
		return err
	}
	all, err := rootedDecisions(ctx, r.reads, f.ID)
	if err != nil {
		return err
	}
	for _, d := range all {
		if d.Visibility == act.Public || v.Inside() && !withheld.Item(Item{Root: d.root, Arbitration: d.Arbitration}) {
			f.Decided = append(f.Decided, d.Decision)
		}
	}
	if !v.Inside() {
		return nil
	}
	if f.Actions, err = r.following(ctx, v, f.ID, withheld); err != nil {
		return err
	}
	f.PutOff, err = r.PutOff(ctx, v, f.ID)
	return err
}

// PutOff lists the items of a committee that were put off to a meeting that is not set: for those inside, but for what
// they are recused from, since why it was put off is of the debate.
func (r *Room) PutOff(ctx context.Context, v identity.Visitor, committee id.ID) ([]Item, error) {
	if !v.Inside() {
		return nil, nil
	}
	withheld, err := r.Withheld(ctx, v)
	if err != nil {
		return nil, err
	}
	all, err := db.All(ctx, r.reads, scanItem, `SELECT `+itemColumns.List("i")+` FROM council_item i JOIN council_meeting m ON m.id = i.meeting
		WHERE m.committee = $1 AND i.status = 'postponed' AND i.moved_to = '' ORDER BY m.day, i.rank, i.id`, committee)
	return slices.DeleteFunc(all, withheld.Item), err
}

func (r *Room) nameCommittee(ctx context.Context, f *CommitteeFile) error {
	var posts []id.ID
	units := []id.ID{f.Unit}
	for _, m := range append(append([]Member{}, f.Members...), f.Former...) {
		posts = append(posts, m.Post)
	}
	for _, a := range f.Actions {
		posts, units = append(posts, a.Post), append(units, a.Unit)
	}
	var err error
	if f.Posts, err = r.dir.Posts(ctx, r.reads, distinct(posts), r.Today()); err != nil {
		return err
	}
	f.Units, err = r.dir.Units(ctx, r.reads, distinct(units), r.Today())
	return err
}

// AgendaLine is an item at a meeting, with the meeting.
type AgendaLine struct {
	Item
	Withheld  bool
	Committee Committee
	Sitting   Meeting
	Papers    []Paper
	Question  *portfolio.AskedQuestion
}

// Upcoming are the meetings at which a visitor sits that are not over: the agenda of a deputy. all: every
// meeting of the city that the visitor may know.
func (r *Room) Upcoming(ctx context.Context, v identity.Visitor, all bool) ([]MeetingLine, error) {
	posts := []id.ID{""}
	for _, p := range v.Posts {
		posts = append(posts, p.ID)
	}
	seat := ` AND EXISTS (SELECT 1 FROM council_member s WHERE s.committee = m.committee AND s.from_day <= m.day AND s.to_day > m.day
		AND s.post IN (` + db.Marks(2, len(posts)) + `))`
	args := append([]any{string(r.Today())}, db.Args(posts)...)
	if all {
		seat, args = "", args[:1]
	}
	return db.All(ctx, r.reads, scanMeetingLine, `SELECT `+committeeColumns.List("c")+`, `+meetingColumns.List("m")+` FROM council_meeting m
		JOIN council_committee c ON c.id = m.committee WHERE m.day >= $1 AND `+known(v, "m", "c")+seat+` ORDER BY m.day, m.clock, m.id`, args...)
}

// MeetingLine is a meeting with its committee.
type MeetingLine struct {
	Meeting
	Of Committee
}

// AtNextMeetings finds, for questions of the portfolio, the meeting at which each comes next.
func (r *Room) AtNextMeetings(ctx context.Context, v identity.Visitor, questions []id.ID) (map[id.ID]MeetingLine, error) {
	found := map[id.ID]MeetingLine{}
	if questions = distinct(questions); len(questions) == 0 || !v.Inside() {
		return found, nil
	}
	type line struct {
		MeetingLine
		question id.ID
	}
	list, err := db.All(ctx, r.reads, func(row db.Row) (l line, err error) {
		l.MeetingLine, err = scanMeetingLine(db.Leading{Row: row, First: []any{&l.question}})
		return l, err
	}, `SELECT i.arbitration, `+committeeColumns.List("c")+`, `+meetingColumns.List("m")+` FROM council_item i
		JOIN council_meeting m ON m.id = i.meeting JOIN council_committee c ON c.id = m.committee
		WHERE i.arbitration IN (`+db.Marks(2, len(questions))+`) AND i.status = 'listed' AND m.day >= $1 AND m.status <> 'cancelled'
		ORDER BY m.day DESC, m.id`, append([]any{string(r.Today())}, db.Args(questions)...)...)
	for _, l := range list {
		found[l.question] = l.MeetingLine
	}
	return found, err
}

// scanMeetingLine reads a committee and a meeting of it from one row.
func scanMeetingLine(row db.Row) (l MeetingLine, err error) {
	of := &Committee{}
	l.Meeting, err = scanMeeting(db.Leading{Row: row, First: of.targets()})
	l.Of = *of
	return l, err
}
