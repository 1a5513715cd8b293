package act

import (
	"context"
	"database/sql"
	"maps"
	"slices"

	"parvis/internal/db"
	"parvis/internal/id"
)

// unsealed are the civic tables whose rows carry no seal: they are the explanation itself, and fsck
// checks them against the leaves of the log instead.
var unsealed = map[string]bool{"act": true, "act_text": true, "act_seal": true}

// SealedTables lists the civic tables whose rows must be sealed, sorted.
func SealedTables() []string {
	tables := db.Tables()
	maps.DeleteFunc(tables, func(name string, civic bool) bool { return !civic || unsealed[name] })
	return slices.Sorted(maps.Keys(tables))
}

type seal struct {
	row    Row
	act    id.ID
	salt   []byte
	digest []byte
}

func scanSeal(r db.Row) (s seal, err error) {
	err = r.Scan(&s.row.Table, &s.row.ID, &s.act, &s.salt, &s.digest)
	return s, err
}

// CheckSeals compares every live row of every civic table with its seal, and finds each row that was
// changed, added or removed without an act that lists it.
func CheckSeals(ctx context.Context, q db.Querier) ([]Defect, error) {
	return checkSealed(ctx, q, func(int) {})
}

// checkSealed is CheckSeals; step hears of each table how many seals were compared.
func checkSealed(ctx context.Context, q db.Querier, step func(rows int)) ([]Defect, error) {
	var found []Defect
	for _, table := range SealedTables() {
		seals, err := sealsOf(ctx, q, table)
		if err != nil {
			return nil, err
		}
		sealed := len(seals) // checkTable strikes them off
		defects, err := checkTable(ctx, q, table, seals)
		if err != nil {
			return nil, err
		}
		found = append(found, defects...)
		step(sealed)
	}
	strangers, err := strayTables(ctx, q)
	return append(found, strangers...), err
}

func sealsOf(ctx context.Context, q db.Querier, table string) (map[id.ID]seal, error) {
	all, err := db.All(ctx, q, scanSeal,
		`SELECT row_table, row_id, act, salt, digest FROM act_seal WHERE row_table = $1 ORDER BY row_id`, table)
	seals := make(map[id.ID]seal, len(all))
	for _, s := range all {
		seals[s.row.ID] = s
	}
	return seals, err
}

// checkTable strikes from seals the rows it meets: what is left names rows that are no more.
func checkTable(ctx context.Context, q db.Querier, table string, seals map[id.ID]seal) ([]Defect, error) {
	rows, err := q.Query(ctx, `SELECT * FROM `+table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	at := slices.Index(columns, "id")
	if at < 0 {
		return []Defect{{Kind: TableUnsealable, Row: Row{Table: table}}}, nil
	}
	found, err := checkRows(rows, Row{Table: table}, columns, at, seals)
	for _, rowID := range slices.Sorted(maps.Keys(seals)) {
		found = append(found, Defect{Kind: RowGone, Row: Row{table, rowID}, Act: seals[rowID].act})
	}
	return found, err
}

func checkRows(rows *sql.Rows, row Row, columns []string, at int, seals map[id.ID]seal) ([]Defect, error) {
	var found []Defect
	for rows.Next() {
		values, err := scanAny(rows, len(columns))
		if err != nil {
			return nil, err
		}
		row.ID = id.ID(canonical(values[at]))
		s, sealed := seals[row.ID]
		switch {
		case !sealed:
			found = append(found, Defect{Kind: RowUnsealed, Row: row})
		case !slices.Equal(s.digest, digestBytes(s.salt, columns, values)):
			found = append(found, Defect{Kind: RowChanged, Row: row, Act: s.act})
		}
		delete(seals, row.ID)
	}
	return found, rows.Err()
}

func digestBytes(salt []byte, columns []string, values []any) []byte {
	d := digestRow(salt, columns, values)
	return d[:]
}

// strayTables finds seals of tables that are not civic tables of the schema.
func strayTables(ctx context.Context, q db.Querier) ([]Defect, error) {
	tables, err := db.All(ctx, q, db.Scalar[string], `SELECT DISTINCT row_table FROM act_seal ORDER BY row_table`)
	known := SealedTables()
	var found []Defect
	for _, t := range tables {
		if !slices.Contains(known, t) {
			found = append(found, Defect{Kind: TableUnknown, Row: Row{Table: t}})
		}
	}
	return found, err
}
