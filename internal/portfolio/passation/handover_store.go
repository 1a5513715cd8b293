package passation

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

const handoverColumns db.Columns = "id, version, year, seq, number, post, holder, leaves_on, interim, status, status_on, note, opened_by, opened_on"

func scanHandover(r db.Row) (h Handover, err error) {
	err = r.Scan(&h.ID, &h.Version, &h.Year, &h.Seq, &h.Number, &h.Post, &h.Holder, &h.LeavesOn, &h.Interim, &h.Status, &h.StatusOn,
		&h.Note, &h.OpenedBy, &h.OpenedOn)
	return h, err
}

func (c *change) putHandover(h Handover) error {
	return c.put("passation_handover", handoverColumns, h.ID, h.Version, h.Year, h.Seq, h.Number, h.Post, h.Holder, string(h.LeavesOn),
		h.Interim, string(h.Status), string(h.StatusOn), h.Note, h.OpenedBy, string(h.OpenedOn))
}

// put writes a whole row and notes it for the act.
func (c *change) put(table string, cols db.Columns, row id.ID, values ...any) error {
	c.rows = append(c.rows, act.Row{Table: table, ID: row})
	return c.tx.Exec(cols.Upsert(table), append([]any{row}, values...)...)
}

func loadHandover(ctx context.Context, q db.Querier, handover id.ID) (Handover, error) {
	h, err := db.One(ctx, q, scanHandover, `SELECT `+string(handoverColumns)+` FROM passation_handover WHERE id = $1`, handover)
	return h, missing(err, "passation.not_found")
}

func handoverOf(ctx context.Context, q db.Querier, post, holder id.ID) (Handover, error) {
	return db.One(ctx, q, scanHandover, `SELECT `+string(handoverColumns)+` FROM passation_handover WHERE post = $1 AND holder = $2`, post, holder)
}

// nextSeq numbers within a year. Writers are serial: nobody else can take the same number.
func nextSeq(tx *act.Tx, year int) (int, error) {
	return db.One(tx.Context(), tx, db.Scalar[int], `SELECT COALESCE(MAX(seq), 0) + 1 FROM passation_handover WHERE year = $1`, year)
}

// missing gives a row that is not there the words of its noun.
func missing(err error, key string) error {
	if fault.KindOf(err) == fault.NotFound {
		return fault.New(fault.NotFound, key)
	}
	return err
}

const itemColumns db.Columns = "id, version, handover, rank, kind, thing_type, thing, label, due, state, next, papers, contacts, status, handed_by, handed_as, handed_on, taken_by, taken_as, taken_on, reserve"

func scanItem(r db.Row) (i Item, err error) {
	err = r.Scan(&i.ID, &i.Version, &i.Handover, &i.Rank, &i.Kind, &i.Thing.Type, &i.Thing.ID, &i.Label, &i.Due, &i.State, &i.Next, &i.Papers,
		&i.Contacts, &i.Status, &i.HandedBy, &i.HandedAs, &i.HandedOn, &i.TakenBy, &i.TakenAs, &i.TakenOn, &i.Reserve)
	return i, err
}

func (c *change) putItem(i Item) error {
	return c.put("passation_item", itemColumns, i.ID, i.Version, i.Handover, i.Rank, i.Kind, i.Thing.Type, i.Thing.ID, i.Label, string(i.Due),
		i.State, i.Next, i.Papers, i.Contacts, string(i.Status), i.HandedBy, i.HandedAs, string(i.HandedOn), i.TakenBy, i.TakenAs, string(i.TakenOn), i.Reserve)
}

func loadItem(ctx context.Context, q db.Querier, item id.ID) (Item, error) {
	i, err := db.One(ctx, q, scanItem, `SELECT `+string(itemColumns)+` FROM passation_item WHERE id = $1`, item)
	return i, missing(err, "passation.item_not_found")
}

func itemsOf(ctx context.Context, q db.Querier, handover id.ID) ([]Item, error) {
	return db.All(ctx, q, scanItem, `SELECT `+string(itemColumns)+` FROM passation_item WHERE handover = $1 ORDER BY rank, id`, handover)
}

// Sheet is a handover with its things.
type Sheet struct {
	Handover
	Items    []Item
	Progress Progress
	Stays    bool // the departure that opened it was taken back, and somebody worked in it
}

// Handover gives one handover by its number. Handovers are read inside only.
func (r *Room) Handover(ctx context.Context, v identity.Visitor, number string) (s Sheet, err error) {
	if err := inside(v); err != nil {
		return s, err
	}
	s.Handover, err = db.One(ctx, r.reads, scanHandover, `SELECT `+string(handoverColumns)+` FROM passation_handover WHERE number = $1`, number)
	if err != nil {
		return s, missing(err, "passation.not_found")
	}
	if s.idle() {
		if s.Stays, err = stays(ctx, r.reads, s.Handover); err != nil {
			return s, err
		}
	}
	s.Items, err = itemsOf(ctx, r.reads, s.ID)
	s.Progress = Measure(s.Items)
	return s, err
}

// Handovers lists them all, the open ones first, then by the day on which somebody leaves.
func (r *Room) Handovers(ctx context.Context, v identity.Visitor) ([]Sheet, error) {
	if err := inside(v); err != nil {
		return nil, err
	}
	all, err := db.All(ctx, r.reads, scanHandover, `SELECT `+string(handoverColumns)+` FROM passation_handover
		ORDER BY CASE status WHEN 'open' THEN 0 ELSE 1 END, leaves_on DESC, id`)
	if err != nil {
		return nil, err
	}
	items, err := db.All(ctx, r.reads, scanItem, `SELECT `+string(itemColumns)+` FROM passation_item ORDER BY handover, rank, id`)
	of := map[id.ID][]Item{}
	for _, i := range items {
		of[i.Handover] = append(of[i.Handover], i)
	}
	sheets := make([]Sheet, len(all))
	for n, h := range all {
		sheets[n] = Sheet{Handover: h, Items: of[h.ID], Progress: Measure(of[h.ID])}
	}
	return sheets, err
}
