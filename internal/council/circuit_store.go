package council

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
)

const (
	circuitColumns db.Columns = "id, version, code, name_fr, name_en, question, meeting, item, root, initiative, arbitration, unit, thread, paper, edition, digest, steps, status, status_on, note, opened_by, opened_on, opened_act, drawing"
	stepColumns    db.Columns = "id, version, circuit, no, rank, round, status, opened_on, settled_on"
	visaColumns    db.Columns = "id, version, circuit, step, round, post, raised_from, status, text, answered_by, holder, answered_on, edition, digest, asked_on, due"
)

func scanCircuit(r db.Row) (c Circuit, err error) {
	var steps string
	if err = r.Scan(&c.ID, &c.Version, &c.Code, &c.NameFR, &c.NameEN, &c.Question, &c.Meeting, &c.Item, &c.Root, &c.Initiative,
		&c.Arbitration, &c.Unit, &c.Thread, &c.Paper, &c.Edition, &c.Digest, &steps, &c.Status, &c.StatusOn, &c.Note, &c.OpenedBy,
		&c.OpenedOn, &c.OpenedAct, db.Added(&c.Drawing)); err != nil {
		return c, err
	}
	c.Specs, err = db.FromJSON[[]StepSpec](steps)
	return c, err
}

func putCircuit(tx *act.Tx, c Circuit) error {
	return tx.Exec(circuitColumns.Upsert("council_circuit"), c.ID, c.Version, c.Code, c.NameFR, c.NameEN, c.Question, c.Meeting, c.Item,
		c.Root, c.Initiative, c.Arbitration, c.Unit, c.Thread, c.Paper, c.Edition, c.Digest, db.JSON(c.Specs), string(c.Status),
		string(c.StatusOn), c.Note, c.OpenedBy, string(c.OpenedOn), c.OpenedAct, c.Drawing)
}

func scanStep(r db.Row) (s Step, err error) {
	return s, r.Scan(&s.ID, &s.Version, &s.Circuit, &s.No, &s.Rank, &s.Round, &s.Status, &s.OpenedOn, &s.SettledOn)
}

func putStep(tx *act.Tx, s Step) error {
	return tx.Exec(stepColumns.Upsert("council_step"), s.ID, s.Version, s.Circuit, s.No, s.Rank, s.Round, string(s.Status),
		string(s.OpenedOn), string(s.SettledOn))
}

func scanVisa(r db.Row) (v Visa, err error) {
	return v, r.Scan(visaFields(&v)...)
}

func visaFields(v *Visa) []any {
	return []any{&v.ID, &v.Version, &v.Circuit, &v.Step, &v.Round, &v.Post, &v.RaisedFrom, &v.Status, &v.Text, &v.AnsweredBy, &v.Holder,
		&v.AnsweredOn, &v.Edition, &v.Digest, &v.AskedOn, &v.Due}
}

func putVisa(tx *act.Tx, v Visa) error {
	return tx.Exec(visaColumns.Upsert("council_visa"), v.ID, v.Version, v.Circuit, v.Step, v.Round, v.Post, v.RaisedFrom, string(v.Status),
		v.Text, v.AnsweredBy, v.Holder, string(v.AnsweredOn), v.Edition, v.Digest, string(v.AskedOn), string(v.Due))
}

// loadFlow reads a circuit whole. Faults: NotFound council.circuit.unknown.
func loadFlow(ctx context.Context, q db.Querier, circuit id.ID) (*Flow, error) {
	c, err := db.One(ctx, q, scanCircuit, `SELECT `+string(circuitColumns)+` FROM council_circuit WHERE id = $1`, circuit)
	if err != nil {
		return nil, notFound(err, "council.circuit.unknown")
	}
	f := &Flow{Circuit: c, touched: map[id.ID]bool{}}
	if f.Steps, err = db.All(ctx, q, scanStep, `SELECT `+string(stepColumns)+` FROM council_step WHERE circuit = $1 ORDER BY no`, circuit); err != nil {
		return nil, err
	}
	f.Visas, err = db.All(ctx, q, scanVisa, `SELECT `+string(visaColumns)+` FROM council_visa WHERE circuit = $1 ORDER BY id`, circuit)
	return f, err
}

func loadVisa(ctx context.Context, q db.Querier, visa id.ID) (Visa, error) {
	v, err := db.One(ctx, q, scanVisa, `SELECT `+string(visaColumns)+` FROM council_visa WHERE id = $1`, visa)
	return v, notFound(err, "council.visa.unknown")
}

// circuitsOf lists the circuits about an item, the last opened first.
func circuitsOf(ctx context.Context, q db.Querier, item id.ID) ([]id.ID, error) {
	return db.All(ctx, q, db.Scalar[id.ID], `SELECT id FROM council_circuit WHERE item = $1 ORDER BY opened_on DESC, id DESC`, item)
}

// circuitsUnder lists the circuits that a new edition of a document concerns.
func circuitsUnder(ctx context.Context, q db.Querier, thread id.ID) ([]id.ID, error) {
	return db.All(ctx, q, db.Scalar[id.ID], `SELECT id FROM council_circuit WHERE thread = $1 AND status <> 'withdrawn' ORDER BY id`, thread)
}

// circuitsBinding lists the circuits about the matter of an item, wherever it was on an agenda, that nobody agreed
// nor withdrew.
func circuitsBinding(ctx context.Context, q db.Querier, i Item) ([]id.ID, error) {
	return db.All(ctx, q, db.Scalar[id.ID], `SELECT id FROM council_circuit WHERE status IN ('open', 'returned') AND root = $1 ORDER BY id`, i.Root)
}

// circuitsBindingHere keeps of these what the committee of the item asked.
func circuitsBindingHere(ctx context.Context, q db.Querier, i Item) ([]id.ID, error) {
	return db.All(ctx, q, db.Scalar[id.ID], `SELECT c.id FROM council_circuit c JOIN council_meeting m ON m.id = c.meeting
		WHERE c.status IN ('open', 'returned') AND c.root = $1
		AND m.committee = (SELECT o.committee FROM council_meeting o WHERE o.id = $2) ORDER BY c.id`, i.Root, i.Meeting)
}

func circuitsBindingQuestion(ctx context.Context, q db.Querier, arbitration id.ID) ([]id.ID, error) {
	return db.All(ctx, q, db.Scalar[id.ID], `SELECT id FROM council_circuit WHERE status IN ('open', 'returned')
		AND root IN (SELECT root FROM council_item WHERE arbitration = $1) ORDER BY id`, arbitration)
}

// circuitsToLookAt lists the open circuits that the clock may move: a deadline has passed, a seat is
// empty, a step is stuck.
func circuitsToLookAt(ctx context.Context, q db.Querier, today calendar.Day) ([]id.ID, error) {
	return db.All(ctx, q, db.Scalar[id.ID], `SELECT c.id FROM council_circuit c WHERE c.status = 'open' AND (
		EXISTS (SELECT 1 FROM council_visa v WHERE v.circuit = c.id AND (v.status = 'vacant' OR v.status = 'asked' AND v.due <> '' AND v.due < $1))
		OR EXISTS (SELECT 1 FROM council_step s WHERE s.circuit = c.id AND s.status = 'stuck')) ORDER BY c.id`, string(today))
}

// chairOf finds the seats of a committee by its code: its president, or those that vote.
func seatsOfCommittee(ctx context.Context, q db.Querier, code string, presidentOnly bool, day calendar.Day) ([]id.ID, error) {
	role := `m.role IN ('president', 'member')`
	if presidentOnly {
		role = `m.role = 'president'`
	}
	return db.All(ctx, q, db.Scalar[id.ID], `SELECT m.post FROM council_member m JOIN council_committee c ON c.id = m.committee
		WHERE c.code = $1 AND c.closed_on = '' AND m.from_day <= $2 AND m.to_day > $2 AND `+role+` ORDER BY m.rank, m.id`, code, string(day))
}

// circuitsAt lists the circuits about the items of a meeting.
func circuitsAt(ctx context.Context, q db.Querier, meeting id.ID) ([]id.ID, error) {
	return db.All(ctx, q, db.Scalar[id.ID], `SELECT id FROM council_circuit WHERE meeting = $1 ORDER BY id`, meeting)
}
