package passation

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

const storyColumns db.Columns = "id, version, post, holder, title, body, lang, status, visibility, written_on, published_on, withdrawn_on"

func scanStory(r db.Row) (s Story, err error) {
	err = r.Scan(&s.ID, &s.Version, &s.Post, &s.Holder, &s.Title, &s.Body, &s.Lang, &s.Status, &s.Visibility, &s.WrittenOn, &s.PublishedOn, &s.WithdrawnOn)
	return s, err
}

func (c *change) putStory(s Story) error {
	return c.put("passation_story", storyColumns, s.ID, s.Version, s.Post, s.Holder, s.Title, s.Body, s.Lang, string(s.Status), string(s.Visibility),
		string(s.WrittenOn), string(s.PublishedOn), string(s.WithdrawnOn))
}

func loadStory(ctx context.Context, q db.Querier, story id.ID) (Story, error) {
	s, err := db.One(ctx, q, scanStory, `SELECT `+string(storyColumns)+` FROM passation_story WHERE id = $1`, story)
	return s, missing(err, "passation.story.not_found")
}

// readable is the condition under which a visitor reads a récit s: it is public, or the visitor wrote it.
// A récit that is not published is its author's alone, whatever else the visitor may read.
func readable(v identity.Visitor, from int) (string, []any) {
	holders := make([]id.ID, 0, len(v.Posts))
	for _, p := range v.Posts {
		holders = append(holders, p.Holder)
	}
	if len(holders) == 0 {
		return "s." + act.VisibleTo(act.Resident), nil
	}
	return "(s." + act.VisibleTo(act.Resident) + " OR s.holder IN (" + db.Marks(from, len(holders)) + "))", db.Args(holders)
}

// Hushed tells whether récits are kept from a visitor today: before a vote, what somebody tells of what was done promotes
// the management of the city, whoever wrote it (Code électoral L52-1). Who works for the city goes on reading them, and
// the acts by which they were published stay in the journal: what is recorded is no campaign.
func (r *Room) Hushed(ctx context.Context, v identity.Visitor) (bool, error) {
	if r.quiet == nil || v.Inside() {
		return false, nil
	}
	return r.quiet(ctx)
}

// Stories lists the récits that a visitor may read, the latest first; of those withdrawn only the place
// is left. Before a vote outsiders read none.
func (r *Room) Stories(ctx context.Context, v identity.Visitor) ([]Story, error) {
	if hushed, err := r.Hushed(ctx, v); hushed || err != nil {
		return nil, err
	}
	may, args := readable(v, 1)
	return db.All(ctx, r.reads, scanStory, `SELECT `+storyColumns.List("s")+` FROM passation_story s WHERE `+may+
		` ORDER BY s.published_on DESC, s.written_on DESC, s.id DESC`, args...)
}

// Story gives one récit. Faults: NotFound; Unavailable passation.story.hushed before a vote, for one that everybody may
// read at other times.
func (r *Room) Story(ctx context.Context, v identity.Visitor, story id.ID) (Story, error) {
	may, args := readable(v, 2)
	s, err := db.One(ctx, r.reads, scanStory, `SELECT `+storyColumns.List("s")+` FROM passation_story s WHERE s.id = $1 AND `+may,
		append([]any{story}, args...)...)
	if err != nil {
		return s, missing(err, "passation.story.not_found")
	}
	hushed, err := r.Hushed(ctx, v)
	if hushed {
		return Story{}, fault.New(fault.Unavailable, "passation.story.hushed")
	}
	return s, err
}
