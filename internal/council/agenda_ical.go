package council

import (
	"context"
	"slices"
	"strings"
	"time"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// Entry is the entry of an agenda for a meeting. Its UID never changes and its sequence grows each time
// day, hour, place or agenda change, and when it is convened, so that agendas replace the entry instead of adding
// one; a meeting that is cancelled stays as a cancelled entry. Its stamp is that of its last change; stamp
// stands in for it where none is known.
func (l MeetingLine) Entry(lang, domain, url string, stamp time.Time) calendar.Event {
	e := calendar.Event{UID: string(l.ID) + "@" + domain, Sequence: l.Sequence, Stamp: orStamp(l.ChangedAt, stamp), Start: l.Starts(),
		End: l.Starts().Add(time.Duration(max(l.Minutes, 15)) * time.Minute), Summary: l.Of.Name(lang) + " · " + l.Number,
		Description: l.Title, Location: l.Place, URL: url, Status: calendar.Tentative, Remind: time.Hour}
	switch l.Status {
	case Prepared:
	case Cancelled:
		e.Status, e.Remind = calendar.Cancelled, 0
		e.Description = strings.TrimSpace(l.Title + "\n" + l.StatusNote)
	default:
		e.Status = calendar.Confirmed
	}
	return e
}

// Todo is the entry of an agenda for a deadline of a meeting. Its UID never changes; its sequence grows when the meeting
// moves, when the committee changes the deadline, and when somebody says that it is met.
func (l DeadlineLine) Todo(lang, domain, url string, stamp time.Time) calendar.Todo {
	t := calendar.Todo{UID: string(l.Thread) + "." + string(l.Sitting.ID) + "@" + domain, Sequence: l.Sitting.Sequence + l.Edition - 1 + int(l.Said.Version),
		Stamp: orStamp(l.Sitting.ChangedAt, stamp), Due: l.Due, Summary: l.Name(lang) + " · " + l.Sitting.Number,
		Description: l.Sitting.Of.Name(lang), URL: url, Cancelled: l.Sitting.Status == Cancelled}
	if l.Done != "" {
		t.Completed = l.Done.Clock(12, 0) // the day is known, not the hour
	}
	return t
}

func orStamp(changed, otherwise time.Time) time.Time {
	if changed.IsZero() {
		return otherwise
	}
	return changed
}

// feedPast is how far back a feed goes: agendas drop what a feed no longer holds.
const feedPast = 180

// CommitteeMeetings lists the meetings of a committee for its feed, cancelled ones too, since half a year.
// Faults: NotFound council.committee.not_found.
func (r *Room) CommitteeMeetings(ctx context.Context, v identity.Visitor, code string) ([]MeetingLine, error) {
	c, err := r.Committee(ctx, v, code)
	if err != nil {
		return nil, err
	}
	return meetingsForFeed(ctx, r.reads, v, `m.committee = $2`, r.Today().AddDays(-feedPast), string(c.ID))
}

// SessionsHeld lists the meetings of councils that were held and that the visitor may know of, the last first.
func (r *Room) SessionsHeld(ctx context.Context, v identity.Visitor) ([]MeetingLine, error) {
	held, err := meetingsForFeed(ctx, r.reads, v, `c.kind = 'council' AND m.status IN ('closed','approved','published')`, "")
	slices.Reverse(held)
	return held, err
}

// NewFeed makes the secret address of the visitor's agenda, and ends the one before: only one is alive.
// Whoever has it reads the agenda without signing in, so that it can be taken back at any time.
func (r *Room) NewFeed(ctx context.Context, v identity.Visitor) (string, error) {
	if !v.Inside() || v.Person == "" {
		return "", fault.New(fault.Denied, "council.agents_only")
	}
	token := id.Token()
	return token, r.writer.Traffic(ctx, func(tx *db.Tx) error {
		if err := revokeFeeds(tx, v.Account); err != nil {
			return err
		}
		return putFeed(tx, token, v)
	})
}

// RevokeFeed takes the secret address of the visitor's agenda back.
func (r *Room) RevokeFeed(ctx context.Context, v identity.Visitor) error {
	return r.writer.Traffic(ctx, func(tx *db.Tx) error { return revokeFeeds(tx, v.Account) })
}

// HasFeed tells whether the visitor's agenda has a secret address, and since when.
func (r *Room) HasFeed(ctx context.Context, v identity.Visitor) (time.Time, bool, error) {
	return feedOf(ctx, r.reads, v.Account)
}

// Agenda is what a secret address shows: the meetings at which its owner sits, and what waits for them.
type Agenda struct {
	Lang     string
	Meetings []MeetingLine
	Visas    []VisaLine

	Deadlines []DeadlineLine
}

// FeedOwner is whose agenda a secret address shows.
type FeedOwner struct{ Account, Person id.ID }

// Feed reads the agenda behind a secret address. posts lists what its owner holds today: whoever left the
// city has an empty agenda. Faults: NotFound council.feed.unknown; Gone council.feed.revoked.
func (r *Room) Feed(ctx context.Context, token string, posts func(context.Context, FeedOwner) ([]identity.PostRef, error)) (Agenda, error) {
	owner, lang, err := loadFeed(ctx, r.reads, token)
	if err != nil {
		return Agenda{}, err
	}
	a := Agenda{Lang: lang}
	v := identity.Visitor{Kind: identity.Agent, Account: owner.Account, Person: owner.Person}
	if v.Posts, err = posts(ctx, owner); err != nil || len(v.Posts) == 0 {
		return a, err
	}
	held := make([]id.ID, len(v.Posts))
	for i, p := range v.Posts {
		held[i] = p.ID
	}
	a.Meetings, err = meetingsForFeed(ctx, r.reads, v, `EXISTS (SELECT 1 FROM council_member s WHERE s.committee = m.committee
		AND s.from_day <= m.day AND s.to_day > m.day AND s.post IN (`+db.Marks(2, len(held))+`))`, r.Today().AddDays(-feedPast), db.Args(held)...)
	if err != nil {
		return a, err
	}
	if a.Visas, err = r.MyVisas(ctx, v, VisaQuery{}); err != nil {
		return a, err
	}
	a.Deadlines, err = r.deadlinesFor(ctx, held)
	return a, err
}

// Calling is whom a notice of a meeting is written to: the posts that sit on its day.
type Calling struct {
	MeetingLine
	Posts []id.ID
	Items []Item // of its agenda
}

// CallingOf reads a meeting with those who sit at it, for the letters that call, move or cancel it.
func (r *Room) CallingOf(ctx context.Context, meeting id.ID) (Calling, error) {
	m, err := loadMeeting(ctx, r.reads, meeting)
	if err != nil {
		return Calling{}, err
	}
	c, err := loadCommittee(ctx, r.reads, m.Committee)
	if err != nil {
		return Calling{}, err
	}
	out := Calling{MeetingLine: MeetingLine{Meeting: m, Of: c}}
	members, err := loadMembers(ctx, r.reads, m.Committee)
	for _, one := range seatsOn(members, m.Day) {
		out.Posts = append(out.Posts, one.Post)
	}
	if err != nil {
		return out, err
	}
	items, err := loadItems(ctx, r.reads, meeting)
	out.Items = listed(items)
	return out, err
}

// itemRef names an item in notices.
func itemRef(item id.ID) act.Ref { return act.Ref{Type: "item", ID: item} }

// About is the item that a visa is about: where notices lead.
func (l VisaLine) About() act.Ref { return itemRef(l.Item) }

// Region is where the public holidays of the deadlines are those of.
func (r *Room) Region() calendar.Region { return r.region }
