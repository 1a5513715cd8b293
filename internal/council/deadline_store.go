package council

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

const deadlineColumns db.Columns = "id, version, committee, thread, edition, name_fr, name_en, days, counting, post, settled, from_day, to_day"

func scanDeadline(r db.Row) (d Deadline, err error) { return d, r.Scan(d.targets()...) }

// targets are where the columns of a deadline go.
func (d *Deadline) targets() []any {
	return []any{&d.ID, &d.Version, &d.Committee, &d.Thread, &d.Edition, &d.NameFR, &d.NameEN, &d.Days, &d.Counting, &d.Post, &d.Settled, &d.From, &d.To}
}

func putDeadline(tx *act.Tx, d Deadline) error {
	return tx.Exec(deadlineColumns.Upsert("council_deadline"), d.ID, d.Version, d.Committee, d.Thread, d.Edition, d.NameFR, d.NameEN, d.Days,
		string(d.Counting), d.Post, string(d.Settled), string(d.From), string(d.To))
}

// loadDeadlines reads every row of the deadlines of a committee, ended ones too, in the order in which they were first written.
func loadDeadlines(ctx context.Context, q db.Querier, committee id.ID) ([]Deadline, error) {
	return db.All(ctx, q, scanDeadline, `SELECT `+string(deadlineColumns)+` FROM council_deadline WHERE committee = $1 ORDER BY thread, id`, committee)
}

const metColumns db.Columns = "id, version, meeting, deadline, met_by, met_on"

func scanMet(r db.Row) (m Met, err error) {
	return m, r.Scan(&m.ID, &m.Version, &m.Meeting, &m.Deadline, &m.By, &m.On)
}

func putMet(tx *act.Tx, m Met) error {
	return tx.Exec(metColumns.Upsert("council_deadline_met"), m.ID, m.Version, m.Meeting, m.Deadline, m.By, string(m.On))
}

func loadMet(ctx context.Context, q db.Querier, meeting id.ID) ([]Met, error) {
	return db.All(ctx, q, scanMet, `SELECT `+string(metColumns)+` FROM council_deadline_met WHERE meeting = $1 ORDER BY id`, meeting)
}
