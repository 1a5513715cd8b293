package act

import (
	"context"
	"strings"
	"time"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Entry is an act as it is read: its answers, and its texts that still exist.
type Entry struct {
	Payload
	Subject    Ref // the thing on whose page it appears
	Visibility Visibility
	RecordedAt time.Time
	Leaf       int64 // of the log; -1 for an internal act that waits
	Texts      []ReadText
}

// ReadText is a text of an act; Body is empty once effaced, and of a reserved one.
type ReadText struct {
	Held
	Body     string
	ErasedBy id.ID
}

// Reserved tells whether the text is there and kept from whoever reads the act.
func (t ReadText) Reserved() bool { return strings.HasPrefix(t.Name, Reserved) && t.ErasedBy == "" }

// Text gives the living text of that name, empty if it is reserved.
func (e Entry) Text(name string) (ReadText, bool) {
	for _, t := range e.Texts {
		if t.Name == name && t.ErasedBy == "" {
			return t, true
		}
	}
	return ReadText{}, false
}

// Filter chooses acts of the journal; its zero value chooses all that the reader may see.
type Filter struct {
	Verbs    []string     // any of these
	Subject  Ref          // acts on the page of this thing
	Posts    []id.ID      // done in any of these posts, or about the unit
	Unit     id.ID        // with Posts: the unit whose posts they are
	From, To calendar.Day // of recording, To excluded
	Before   id.ID        // older than this act: where the page before ended
	Limit    int          // 0: 30
}

// Journal lists acts, the last recorded first.
func Journal(ctx context.Context, q db.Querier, reader ActorKind, f Filter) ([]Entry, error) {
	s := selection{reader: reader}
	if err := s.choose(ctx, q, f); err != nil {
		return nil, err
	}
	limit := f.Limit
	if limit == 0 {
		limit = 30
	}
	return s.read(ctx, q, ` ORDER BY recorded_at DESC, id DESC LIMIT `+s.arg(limit))
}

// Find reads one act; fault.NotFound when there is none that the reader may see.
func Find(ctx context.Context, q db.Querier, reader ActorKind, act id.ID) (Entry, error) {
	s := selection{reader: reader}
	s.where(`id = ` + s.arg(act))
	return s.only(ctx, q)
}

// FindText reads the act that a text belongs to.
func FindText(ctx context.Context, q db.Querier, reader ActorKind, text id.ID) (Entry, error) {
	s := selection{reader: reader}
	s.where(`id = (SELECT act FROM act_text WHERE act_text.id = ` + s.arg(text) + `)`)
	return s.only(ctx, q)
}

func (s *selection) only(ctx context.Context, q db.Querier) (Entry, error) {
	found, err := s.read(ctx, q, "")
	if err != nil {
		return Entry{}, err
	}
	if len(found) == 0 {
		return Entry{}, fault.New(fault.NotFound, "fault.not_found")
	}
	return found[0], nil
}

// CountAtMost counts the acts chosen, and stops counting at most.
func CountAtMost(ctx context.Context, q db.Querier, reader ActorKind, f Filter, most int) (int64, error) {
	s := selection{reader: reader}
	if err := s.choose(ctx, q, f); err != nil {
		return 0, err
	}
	return db.One(ctx, q, db.Scalar[int64],
		`SELECT count(*) FROM (SELECT 1 FROM act WHERE `+s.condition()+` LIMIT `+s.arg(most)+`) AS chosen`, s.args...)
}
