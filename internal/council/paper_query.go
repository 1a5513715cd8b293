package council

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// PaperFor reads one edition of a paper for a visitor. Faults: NotFound for what is not public, outside;
// Denied council.recused for a recused reader, unless it was published.
func (r *Room) PaperFor(ctx context.Context, v identity.Visitor, paper id.ID) (Paper, error) {
	p, err := loadPaper(ctx, r.reads, paper)
	if err != nil || p.Visibility == act.Public && p.WithdrawnOn == "" {
		return p, err
	}
	if !v.Inside() {
		return Paper{}, fault.New(fault.NotFound, "council.paper.not_found")
	}
	if p.Item == "" {
		return p, nil
	}
	i, err := loadItem(ctx, r.reads, p.Item)
	if err != nil {
		return Paper{}, err
	}
	w, err := r.Withheld(ctx, v)
	if err == nil && w.Item(i) {
		err = fault.New(fault.Denied, "council.recused")
	}
	if err != nil {
		return Paper{}, err
	}
	return p, nil
}

// PaperLine is an edition of a paper with the meeting and the item that it was handed in for.
type PaperLine struct {
	Paper
	Committee string // its code
	Number    string // of the meeting
	Day       calendar.Day
	Rank      int    // of the item on the agenda; 0 for a paper of the meeting itself
	Matter    string // title of the item
}

// papersRead is how many papers EachPaper holds in memory.
const papersRead = 200

// EachPaper gives do every edition of every paper that a visitor may read, in the order in which they were handed in,
// little by little: for exports of the whole city. Outsiders have what was published, a recused reader nothing of the
// matter but that.
func (r *Room) EachPaper(ctx context.Context, v identity.Visitor, do func(PaperLine) error) error {
	withheld, err := r.Withheld(ctx, v)
	if err != nil {
		return err
	}
	var after id.ID
	for {
		var items []Item
		lines, err := db.All(ctx, r.reads, func(row db.Row) (l PaperLine, err error) {
			var i Item
			l.Paper, err = scanPaper(db.Leading{Row: row, First: []any{&l.Committee, &l.Number, &l.Day, &l.Rank, &l.Matter, &i.Root, &i.Arbitration}})
			items = append(items, i)
			return l, err
		}, `SELECT c.code, m.number, m.day, COALESCE(i.rank, 0), COALESCE(i.title, ''), COALESCE(i.root, ''), COALESCE(i.arbitration, ''), `+paperColumns.List("p")+`
			FROM council_paper p JOIN council_meeting m ON m.id = p.meeting JOIN council_committee c ON c.id = m.committee
			LEFT JOIN council_item i ON i.id = p.item WHERE p.id > $1 ORDER BY p.id LIMIT $2`, after, papersRead)
		if err != nil || len(lines) == 0 {
			return err
		}
		for n, l := range lines {
			after = l.ID
			open := l.Visibility == act.Public && l.WithdrawnOn == ""
			if !open && (!v.Inside() || withheld.Item(items[n])) {
				continue
			}
			if err := do(l); err != nil {
				return err
			}
		}
	}
}
