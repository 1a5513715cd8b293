package council

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"parvis/internal/act"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// told words what happened at a meeting, block by block: what the procès-verbal must hold (CGCT, art. L2121-15: day and
// hour, names of the president, of the members present or represented and of the secretaries, quorum, agenda, what was
// deliberated and in view of which reports, requests for a way of voting, results, names and voices of a public vote,
// substance of the debates). In a council every vote that is not secret tells who voted what, and people are named
// beside their posts; the minutes of other committees, for which no law asks it, keep to posts.
func (r *Room) told(tx *act.Tx, c *change, p *i18n.Printer) ([]Block, error) {
	f, err := r.gather(tx.Context(), tx, c.m)
	if err != nil {
		return nil, err
	}
	// The secretary words all of it: minutes are restricted for each of their readers.
	if err := r.fillOthers(tx.Context(), identity.Visitor{Kind: identity.Agent}, &f, Withheld{}); err != nil {
		return nil, err
	}
	if err := r.nameFile(tx.Context(), &f); err != nil {
		return nil, err
	}
	t := teller{f, nil, p}
	if f.Committee.Kind == Council && r.people != nil {
		if t.people, err = r.people(tx.Context(), slices.Collect(maps.Keys(f.Posts)), f.Meeting.Day); err != nil {
			return nil, err
		}
	}
	blocks := []Block{t.opening(), t.attendance()}
	if moves := t.moves(); moves != "" {
		blocks = append(blocks, Block{Key: "moves", Title: p.T("council.told.moves.title"), Text: moves})
	}
	for _, i := range f.Items {
		blocks = append(blocks, t.item(i))
	}
	return append(blocks, Block{Key: "closing", Text: p.T("council.told.closing", "at", t.clock(f.Meeting.ClosedAt))}), nil
}

// teller words a meeting in one language.
type teller struct {
	File
	people map[id.ID]string // of a council, by post
	p      *i18n.Printer
}

func (t teller) clock(at time.Time) string { return t.p.Clock(at) }

func (t teller) post(post id.ID) string {
	p := t.Posts[post]
	title := cmp.Or(p.Title, "—")
	if t.p.Lang() == i18n.English && p.TitleEN != "" {
		title = p.TitleEN
	}
	if name := t.people[post]; name != "" {
		return name + " (" + title + ")"
	}
	return title
}

func (t teller) posts(posts []id.ID) string {
	names := make([]string, len(posts))
	for n, p := range posts {
		names[n] = t.post(p)
	}
	return strings.Join(names, "\u00a0; ")
}

func (t teller) opening() Block {
	m := t.Meeting
	text := t.p.T("council.told.opening", "committee", t.Committee.Name(t.p.Lang()), "day", m.Day, "at", t.clock(m.OpenedAt),
		"place", cmp.Or(m.Place, t.p.T("council.told.no_place")), "president", t.post(m.President), "convened", m.ConvenedOn)
	if m.Secretary != "" {
		text += "\n" + t.p.T("council.told.secretary", "secretary", t.post(m.Secretary))
	}
	return Block{Key: "opening", Title: t.p.T("council.told.opening.title"), Text: text}
}
