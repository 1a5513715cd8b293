package council

import (
	"context"
	"slices"

	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// followed tells, of the circuits in force that an item must follow, those that its committee has not opened about the
// matter, or has withdrawn, and which of those that it opened are not over.
func followed(ctx context.Context, q db.Querier, i Item) (missing []Template, running []id.ID, err error) {
	drawn, err := db.All(ctx, q, scanTemplate, `SELECT `+templateRead+` FROM council_template WHERE closed_on = '' AND status = 'in_force'
		AND binds <> '' AND committee = (SELECT m.committee FROM council_meeting m WHERE m.id = $1) ORDER BY code, id`, i.Meeting)
	drawn = slices.DeleteFunc(drawn, func(t Template) bool { return !t.Binds.Covers(i) })
	if err != nil || len(drawn) == 0 {
		return nil, nil, err
	}
	opened, err := db.All(ctx, q, func(r db.Row) (k Circuit, err error) { return k, r.Scan(&k.ID, &k.Code, &k.Status) },
		`SELECT k.id, k.code, k.status FROM council_circuit k JOIN council_meeting m ON m.id = k.meeting
		WHERE k.root = $1 AND k.status <> 'withdrawn' AND m.committee = $2 ORDER BY k.code, k.id`, i.Root, drawn[0].Committee)
	for _, t := range drawn {
		if !slices.ContainsFunc(opened, func(k Circuit) bool { return k.Code == t.Code }) {
			missing = append(missing, t)
		}
		for _, k := range opened {
			if k.Code == t.Code && k.Status != CircuitAgreed {
				running = append(running, k.ID)
			}
		}
	}
	return missing, running, err
}

// itemsAsking lists the items that carry a question and are still to be dealt with, the nearest meeting first.
func itemsAsking(ctx context.Context, q db.Querier, question id.ID) ([]Item, error) {
	return db.All(ctx, q, scanItem, `SELECT `+itemColumns.List("i")+` FROM council_item i JOIN council_meeting m ON m.id = i.meeting
		WHERE i.arbitration = $1 AND i.status = 'listed' AND m.status <> 'cancelled' ORDER BY m.day, m.id, i.rank, i.id`, question)
}

// Ahead is what an item goes through before it is decided.
type Ahead struct {
	Item    Item
	Sitting MeetingLine
	Flows   []*Flow    // opened, the last first
	ToOpen  []Template // that it must follow
}

// Prospect is a circuit that a question would follow if it were put before its committee.
type Prospect struct {
	Committee Committee
	Template
}

// QuestionAhead tells beforehand, to those inside, which circuits a question of the portfolio goes through: on the agendas on which it
// stands, and with the committees that would ask for one. What is kept from the visitor is left out.
func (r *Room) QuestionAhead(ctx context.Context, v identity.Visitor, question id.ID) ([]Ahead, []Prospect, error) {
	kept, err := r.Withheld(ctx, v)
	if err != nil || !v.Inside() || kept.Arbitration(question) {
		return nil, nil, err
	}
	items, err := itemsAsking(ctx, r.reads, question)
	if err != nil {
		return nil, nil, err
	}
	var out []Ahead
	for _, i := range items {
		a, err := r.ahead(ctx, v, i)
		if err != nil {
			return nil, nil, err
		}
		out = append(out, a)
	}
	prospects, err := r.prospects(ctx, out)
	return out, prospects, err
}

// ItemAhead tells those who may read an item which circuits it goes through.
func (r *Room) ItemAhead(ctx context.Context, v identity.Visitor, i Item) (a Ahead, err error) {
	a.Item = i
	if a.Flows, err = r.CircuitsOf(ctx, v, i.ID); err == nil && i.Status == Listed {
		a.ToOpen, _, err = followed(ctx, r.reads, i)
	}
	return a, err
}

func (r *Room) ahead(ctx context.Context, v identity.Visitor, i Item) (a Ahead, err error) {
	if a, err = r.ItemAhead(ctx, v, i); err != nil {
		return a, err
	}
	if a.Sitting.Meeting, err = loadMeeting(ctx, r.reads, i.Meeting); err != nil {
		return a, err
	}
	a.Sitting.Of, err = loadCommittee(ctx, r.reads, a.Sitting.Committee)
	return a, err
}

// prospects are the circuits that bind questions, of the committees that have not been asked.
func (r *Room) prospects(ctx context.Context, asked []Ahead) ([]Prospect, error) {
	drawn, err := loadBinding(ctx, r.reads)
	var out []Prospect
	for _, t := range drawn {
		if slices.ContainsFunc(asked, func(a Ahead) bool { return a.Sitting.Of.ID == t.Committee }) {
			continue
		}
		c, err := loadCommittee(ctx, r.reads, t.Committee)
		if err != nil {
			return out, err
		}
		out = append(out, Prospect{c, t})
	}
	return out, err
}
