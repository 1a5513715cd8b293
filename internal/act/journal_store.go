package act

import (
	"context"
	"fmt"
	"strings"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
)

// selection gathers the conditions of a reading of acts, visibility always among them.
type selection struct {
	reader     ActorKind
	conditions []string
	args       []any
}

func (s *selection) arg(v any) string {
	s.args = append(s.args, v)
	return fmt.Sprintf("$%d", len(s.args))
}

func (s *selection) where(condition string) { s.conditions = append(s.conditions, condition) }

func (s *selection) condition() string {
	return strings.Join(append([]string{VisibleTo(s.reader)}, s.conditions...), " AND ")
}

// most bounds the lists of a filter, so that a statement has few forms.
const most = 200

func (s *selection) in(column string, values []string) string {
	if len(values) > most {
		values = values[:most]
	}
	marks := make([]string, len(values))
	for i, v := range values {
		marks[i] = s.arg(v)
	}
	return column + ` IN (` + strings.Join(marks, ", ") + `)`
}

func (s *selection) choose(ctx context.Context, q db.Querier, f Filter) error {
	if len(f.Verbs) > 0 {
		s.where(s.in("verb", f.Verbs))
	}
	if !f.Subject.Zero() {
		s.where(`subject_type = ` + s.arg(f.Subject.Type) + ` AND subject_id = ` + s.arg(f.Subject.ID))
	}
	if f.Unit != "" {
		s.ofUnit(f)
	}
	if f.From != "" {
		s.where(`recorded_at >= ` + s.arg(micros(f.From)))
	}
	if f.To != "" {
		s.where(`recorded_at < ` + s.arg(micros(f.To)))
	}
	if f.Before == "" {
		return nil
	}
	return s.before(ctx, q, f.Before)
}

func micros(d calendar.Day) int64 { return db.Micros(d.Time()) }

// ofUnit chooses what the posts of a unit did, and what was done about the unit.
func (s *selection) ofUnit(f Filter) {
	about := `(object_type = 'unit' AND object_id = ` + s.arg(f.Unit) + `)`
	if len(f.Posts) > 0 {
		posts := make([]string, len(f.Posts))
		for i, p := range f.Posts {
			posts[i] = string(p)
		}
		about = `(` + s.in("post", posts) + ` OR ` + about + `)`
	}
	s.where(about)
}

// before starts after an act that the reader saw; one that cannot be seen starts nothing.
func (s *selection) before(ctx context.Context, q db.Querier, act id.ID) error {
	at, err := db.One(ctx, q, db.Scalar[int64], `SELECT recorded_at FROM act WHERE id = $1 AND `+VisibleTo(s.reader), act)
	if err != nil {
		return err
	}
	instant := s.arg(at)
	s.where(`(recorded_at < ` + instant + ` OR (recorded_at = ` + s.arg(at) + ` AND id < ` + s.arg(act) + `))`)
	return nil
}

func scanEntry(r db.Row) (e Entry, err error) {
	var at int64
	var payload []byte
	err = r.Scan(&at, &e.Subject.Type, &e.Subject.ID, &e.Visibility, &e.Leaf, &payload)
	if err == nil {
		e.Payload, err = Decode(payload)
	}
	e.RecordedAt = db.Instant(at)
	return e, err
}

func (s *selection) read(ctx context.Context, q db.Querier, tail string) ([]Entry, error) {
	entries, err := db.All(ctx, q, scanEntry,
		`SELECT recorded_at, subject_type, subject_id, visibility, leaf, payload FROM act WHERE `+s.condition()+tail, s.args...)
	if err != nil {
		return nil, err
	}
	return entries, readTexts(ctx, q, entries)
}

// readTexts adds to each entry its texts, in the order in which its act names them.
func readTexts(ctx context.Context, q db.Querier, entries []Entry) error {
	for i := range entries {
		e := &entries[i]
		if len(e.Payload.Texts) == 0 {
			continue
		}
		stored, err := db.All(ctx, q, scanText,
			`SELECT id, act, name, lang, nonce, body, erased_by FROM act_text WHERE act = $1 ORDER BY id`, e.ID)
		if err != nil {
			return err
		}
		bodies := map[id.ID]storedText{}
		for _, t := range stored {
			bodies[t.id] = t
		}
		for _, held := range e.Payload.Texts {
			t := ReadText{held, bodies[held.ID].body, bodies[held.ID].erasedBy}
			if t.Reserved() {
				t.Body = ""
			}
			e.Texts = append(e.Texts, t)
		}
	}
	return nil
}
