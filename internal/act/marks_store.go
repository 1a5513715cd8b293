package act

import (
	"context"

	"parvis/internal/db"
)

// lastRecorded is the instant of the last act: no two have the same.
func lastRecorded(ctx context.Context, q db.Querier) (int64, error) {
	return db.One(ctx, q, db.Scalar[int64], `SELECT COALESCE(MAX(recorded_at), 0) FROM act`)
}

// touchedSince lists the verbs of the acts after an instant and the tables of the rows that they sealed. Neither
// leaves this package but as the first word, which tells that a room changed and nothing else. CROSS JOIN has SQLite
// begin with the few new acts: it would rather look at every seal.
func touchedSince(ctx context.Context, q db.Querier, after int64) ([]string, error) {
	return db.All(ctx, q, db.Scalar[string], `SELECT verb FROM act WHERE recorded_at > $1
		UNION SELECT s.row_table FROM act a CROSS JOIN act_seal s WHERE s.act = a.id AND a.recorded_at > $1`, after)
}
