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
// leaves this package but as the first word, which tells that a room changed and nothing else. The order has
// SQLite begin with the few new acts: it would rather look at every verb and every seal.
func touchedSince(ctx context.Context, q db.Querier, after int64) ([]string, error) {
	pairs, err := db.All(ctx, q, func(r db.Row) (pair [2]string, err error) {
		return pair, r.Scan(&pair[0], &pair[1])
	}, `SELECT a.verb, COALESCE(s.row_table, 'act_seal') FROM act a LEFT JOIN act_seal s ON s.act = a.id
		WHERE a.recorded_at > $1 ORDER BY a.recorded_at, a.id`, after)
	names := make([]string, 0, 2*len(pairs))
	for _, p := range pairs {
		names = append(names, p[:]...)
	}
	return names, err
}
