package search

import (
	"context"

	"parvis/internal/db"
)

// MadeBy tells by which version of their maker the documents of each type were last made all again.
func MadeBy(ctx context.Context, q db.Querier) (map[string]int, error) {
	type made struct {
		typ     string
		version int
	}
	all, err := db.All(ctx, q, func(r db.Row) (m made, err error) { return m, r.Scan(&m.typ, &m.version) },
		`SELECT type, version FROM op_search_made ORDER BY type`)
	out := map[string]int{}
	for _, m := range all {
		out[m.typ] = m.version
	}
	return out, err
}

// Made keeps by which version of their maker the documents of a type were made all again.
func Made(tx db.Transaction, typ string, version int) error {
	return tx.Exec(`INSERT INTO op_search_made (type, version) VALUES ($1, $2) ON CONFLICT (type) DO UPDATE SET version = excluded.version`, typ, version)
}
