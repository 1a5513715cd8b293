package portfolio

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/i18n"
	"parvis/internal/id"
)

// story is what the wall must know of an initiative to show it on any day.
type story struct {
	Initiative
	titleKey string
	spans    []Span
	holders  []Holder
	parts    []Part
	waits    []Arbitration
}

// cardShelf keeps the stories of all initiatives, and the cards made of them for a day. Stories are
// read again when op_portfolio_change says that they changed, cards are made again when anything of
// the city changed: a post may have lost its holder. What is on the shelf is never modified.
type cardShelf struct {
	mu      sync.Mutex
	seq     int64
	stories map[id.ID]*story
	byDay   map[calendar.Day]*deck
}

// deck is the cards of a day, sorted by title, with what the directory says of the posts and units.
type deck struct {
	at    int64 // mark of the acts that it is made from
	cards []*Card
	posts map[id.ID]Post
	units map[id.ID]Unit

	mu     sync.Mutex
	groups map[grouping]map[string][]int // places in cards; made when first asked for
}

// grouping is a way to deal the cards to columns; units that only talk are columns inside the city alone.
type grouping struct {
	by     GroupBy
	inside bool
}

// columns deals the cards, in their order, to the columns of a grouping.
func (d *deck) columns(g grouping) map[string][]int {
	d.mu.Lock()
	defer d.mu.Unlock()
	if cols, made := d.groups[g]; made {
		return cols
	}
	cols := map[string][]int{}
	for n, c := range d.cards {
		for _, key := range c.keys(g) {
			cols[key] = append(cols[key], n)
		}
	}
	d.groups[g] = cols
	return cols
}

// decksKept bounds the days kept at once.
const decksKept = 8

func newCardShelf() *cardShelf {
	return &cardShelf{stories: map[id.ID]*story{}, byDay: map[calendar.Day]*deck{}}
}

// deck gives the cards of a day.
func (r *Room) deck(ctx context.Context, day calendar.Day) (*deck, error) {
	at, err := r.marks.Last(ctx, "portfolio", "powers")
	if err != nil {
		return nil, err
	}
	s := r.cards
	s.mu.Lock()
	defer s.mu.Unlock()
	if d := s.byDay[day]; d != nil && d.at >= at {
		return d, nil
	}
	if err := s.refresh(ctx, r.reads); err != nil {
		return nil, err
	}
	d, err := r.deal(ctx, s, day)
	if err != nil {
		return nil, err
	}
	d.at = at
	if len(s.byDay) >= decksKept {
		clear(s.byDay)
	}
	s.byDay[day] = d
	return d, nil
}

// refresh reads the stories that changed since the shelf was filled.
func (s *cardShelf) refresh(ctx context.Context, q db.Querier) error {
	upTo, err := lastChange(ctx, q)
	if err != nil || upTo <= s.seq {
		return err
	}
	changed, err := changedSince(ctx, q, s.seq)
	if err != nil {
		return err
	}
	for chunk := range slices.Chunk(changed, 200) {
		read, err := readStories(ctx, q, chunk)
		if err != nil {
			return err
		}
		for _, st := range read {
			st.titleKey = i18n.SortKey(st.Title)
			s.stories[st.ID] = st
		}
	}
	s.seq = upTo
	return nil
}

// deal makes the cards of a day. What began later is not there yet; a tombstone is not there at all.
func (r *Room) deal(ctx context.Context, s *cardShelf, day calendar.Day) (*deck, error) {
	var there []*story
	for _, st := range s.stories {
		if st.WithdrawnOn == "" && st.SignalledOn <= day {
			there = append(there, st)
		}
	}
	slices.SortFunc(there, func(a, b *story) int {
		return cmp.Or(cmp.Compare(a.titleKey, b.titleKey), cmp.Compare(a.ID, b.ID))
	})
	posts, units := named(there)
	d := &deck{cards: make([]*Card, len(there)), groups: map[grouping]map[string][]int{}}
	var err error
	if d.posts, err = r.dir.Posts(ctx, r.reads, posts, day); err != nil {
		return nil, err
	}
	if d.units, err = r.dir.Units(ctx, r.reads, units, day); err != nil {
		return nil, err
	}
	for n, st := range there {
		d.cards[n] = st.card(day, d.posts)
	}
	return d, nil
}

// named lists the posts and units that the stories name.
func named(stories []*story) (posts, units []id.ID) {
	p, u := map[id.ID]bool{}, map[id.ID]bool{}
	for _, st := range stories {
		for _, h := range st.holders {
			p[h.Post] = true
		}
		for _, part := range st.parts {
			if part.Unit != "" {
				u[part.Unit] = true
			}
		}
	}
	return keys(p), keys(u)
}

func keys(set map[id.ID]bool) []id.ID {
	out := make([]id.ID, 0, len(set))
	for k := range set {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// card is the initiative as it stood on a day.
func (st *story) card(day calendar.Day, posts map[id.ID]Post) *Card {
	c := &Card{ID: st.ID, Version: st.Version, Number: st.Number, Title: st.Title, Initials: st.Initials, Tags: st.Tags, Visibility: st.Visibility,
		Objectives: st.Objectives, Stage: st.Stage, StageSince: st.StageSince}
	for _, s := range st.spans {
		if !s.Contains(day) || s.Arbitration != "" {
			continue
		}
		switch s.Kind {
		case SpanStage:
			c.Stage, c.StageSince = s.Stage, s.From
		case SpanSuspended:
			c.Suspended = true
		case SpanMaturing:
			c.Maturing = true
		}
	}
	st.fillPeople(c, day, posts)
	st.fillParts(c, day)
	st.fillWaits(c, day)
	return c
}

// fillPeople puts the posts in charge on the card: those whose charge lasts, and which are held (I27).
func (st *story) fillPeople(c *Card, day calendar.Day, posts map[id.ID]Post) {
	for _, h := range st.holders {
		if !h.Contains(day) || !posts[h.Post].Held {
			continue
		}
		if h.Role == Sponsor {
			c.Sponsors = append(c.Sponsors, h.Post)
		} else {
			c.Owners = append(c.Owners, h.Post)
		}
	}
}

func (st *story) fillParts(c *Card, day calendar.Day) {
	for _, p := range st.parts {
		p, there := p.on(day)
		if !there {
			continue
		}
		silent := p.SilentDays(day)
		c.Parts = append(c.Parts, CardPart{Unit: p.Unit, Actor: p.Actor, Role: p.Role, Status: p.Status, Silent: silent})
		c.Silent = max(c.Silent, silent)
	}
}

// on is the part as it stood on a day, as far as its days tell; only what was open then counts.
func (p Part) on(day calendar.Day) (Part, bool) {
	if p.OfferedOn > day {
		return p, false
	}
	switch {
	case p.Status == Reported:
		return p, true
	case p.AnsweredOn == "" || p.AnsweredOn > day:
		if p.Status == PartWithdrawn || p.Status == Ended {
			return p, false // withdrawn or ended without an answer: the day of the offer is all we know
		}
		p.Status = Proposed
		return p, true
	case p.Status == Ended && p.To > day:
		p.Status = Accepted
		return p, true
	}
	return p, p.Open()
}

func (st *story) fillWaits(c *Card, day calendar.Day) {
	for _, a := range st.waits {
		if a.AskedOn > day || !(a.Waiting() || a.Status == Returned || a.StatusOn > day) {
			continue
		}
		c.Waiting++
		if a.StatusOn > day { // answered later: on that day it still waited
			a.Status = Asked
		}
		c.WaitDays = max(c.WaitDays, AgeOf(a, st.spans, day).Silent())
	}
}
