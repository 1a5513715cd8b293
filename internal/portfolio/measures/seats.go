package measures

import (
	"context"
	"slices"
	"strings"

	"parvis/internal/i18n"
	"parvis/internal/id"
)

// Door is a unit that answers for a topic: its referent is « la bonne porte ».
type Door struct {
	Unit  id.ID
	Topic string
}

// Seat is one that is missing (M2): a project on which work goes on touches a topic for which a unit answers, and
// neither this unit nor one of its directorate was even asked for a part.
type Seat struct {
	Initiative    id.ID
	Number, Title string
	Unit          id.ID
	Topic         string
}

// subject is a project on which work goes on, with what it touches.
type subject struct {
	ID            id.ID
	Number, Title string
	Matter        string
	Tags          []string
}

// touches tells whether a project is about a topic: its matter, or one of its tags, however they are written.
func (s subject) touches(topic string) bool {
	topic = i18n.Fold(strings.ReplaceAll(topic, "_", " "))
	return slices.ContainsFunc(append(s.Tags, s.Matter), func(word string) bool { return i18n.Fold(strings.ReplaceAll(word, "_", " ")) == topic })
}

// seats adds M2, which waits for the opinion of the CST too.
func (r *Room) seats(ctx context.Context, p *Profile, parts []part, silos map[id.ID]id.ID) error {
	var doors []Door
	if r.Doors != nil {
		var err error
		if doors, err = r.Doors(ctx); err != nil {
			return err
		}
	}
	all, err := r.subjects(ctx)
	p.Seats = missing(all, doors, parts, silos)
	lacking := map[id.ID]bool{}
	for _, s := range p.Seats {
		lacking[s.Initiative] = true
	}
	seen := len(all)
	if len(doors) == 0 { // nobody answers for a topic: no seat can be missing, and none is known to be taken
		seen = 0
	}
	p.Figures = append(p.Figures, figure("m2", "missing", "share", float64(len(lacking))/float64(max(seen, 1)), seen))
	return err
}

// missing lists the seats that nobody was asked to take, in the order of the projects.
func missing(all []subject, doors []Door, parts []part, silos map[id.ID]id.ID) (seats []Seat) {
	in := map[id.ID]map[string]bool{}
	for _, p := range parts {
		if p.Unit == "" {
			continue
		}
		if in[p.Initiative] == nil {
			in[p.Initiative] = map[string]bool{}
		}
		in[p.Initiative][silo(silos, p.Unit)] = true
	}
	for _, s := range all {
		for _, d := range doors {
			if s.touches(d.Topic) && !in[s.ID][silo(silos, d.Unit)] {
				seats = append(seats, Seat{Initiative: s.ID, Number: s.Number, Title: s.Title, Unit: d.Unit, Topic: d.Topic})
			}
		}
	}
	return seats
}
