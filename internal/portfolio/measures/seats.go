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
	Places        []string // codes
}

// touches tells whether a project is about a topic, however it is written: its matter, one of its tags (the city's assets
// are named there), or a place in which it is. A topic of several words joined by + asks for all of them.
func (s subject) touches(topic string, placeName func(code string) string) bool {
	words := append([]string{s.Matter}, s.Tags...)
	for _, code := range s.Places {
		words = append(words, code, placeName(code))
	}
	for n := range words {
		words[n] = plain(words[n])
	}
	for one := range strings.SplitSeq(topic, "+") {
		if one = plain(one); one == "" || !slices.Contains(words, one) {
			return false
		}
	}
	return true
}

// plain is how words are compared: « Espace public », « espace_public » and « espace-public » are one.
func plain(word string) string {
	return i18n.Fold(strings.TrimSpace(strings.NewReplacer("_", " ", "-", " ").Replace(word)))
}

// SeatsOf lists the seats that are missing in one project, for the gate that it is at; none before the opinion of the CST.
func (r *Room) SeatsOf(ctx context.Context, initiative id.ID) ([]Seat, error) {
	given, err := r.opinions(ctx)
	if err != nil || len(given) == 0 || r.Doors == nil {
		return nil, err
	}
	about, err := r.subjectOf(ctx, initiative)
	if err != nil {
		return nil, err
	}
	parts, err := r.partsOf(ctx, initiative)
	if err != nil {
		return nil, err
	}
	units, err := r.Units(ctx)
	if err != nil {
		return nil, err
	}
	doors, err := r.Doors(ctx)
	return missing(about, doors, parts, units, r.PlaceName), err
}

// seats adds M2, which waits for the opinion of the CST too.
func (r *Room) seats(ctx context.Context, p *Profile, parts []part, units Units) error {
	var doors []Door
	if r.Doors != nil {
		var err error
		if doors, err = r.Doors(ctx); err != nil {
			return err
		}
	}
	all, err := r.subjects(ctx)
	p.Seats = missing(all, doors, parts, units, r.PlaceName)
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
func missing(all []subject, doors []Door, parts []part, units Units, placeName func(string) string) (seats []Seat) {
	in := map[id.ID]map[string]bool{}
	for _, p := range parts {
		if p.Unit == "" {
			continue
		}
		if in[p.Initiative] == nil {
			in[p.Initiative] = map[string]bool{}
		}
		in[p.Initiative][units.silo(p.Unit)] = true
	}
	for _, s := range all {
		for _, d := range doors {
			if s.touches(d.Topic, placeName) && !in[s.ID][units.silo(d.Unit)] {
				seats = append(seats, Seat{Initiative: s.ID, Number: s.Number, Title: s.Title, Unit: d.Unit, Topic: d.Topic})
			}
		}
	}
	return seats
}
