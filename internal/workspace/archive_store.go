package workspace

import (
	"context"
	"database/sql"
	"slices"
	"strconv"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

// rowsRead is how many rows eachRow holds in memory.
const rowsRead = 500

// eachRow gives do the rows of a table by their ids, little by little: a visitor who takes the archive slowly keeps no
// connection meanwhile.
func (w *Workspace) eachRow(ctx context.Context, table string, do func(columns []string, values []any) error) error {
	after := ""
	for {
		columns, rows, err := w.someRows(ctx, `SELECT * FROM `+table+` WHERE id > $1 ORDER BY id LIMIT `+strconv.Itoa(rowsRead), after)
		if err != nil || len(rows) == 0 {
			return err
		}
		at := slices.Index(columns, "id")
		for _, values := range rows {
			if err := do(columns, values); err != nil {
				return err
			}
			after = textOf(values[at])
		}
	}
}

func (w *Workspace) someRows(ctx context.Context, statement, after string) (columns []string, all [][]any, err error) {
	rows, err := w.DB.Readers.Query(ctx, statement, after)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, nil, err
	}
	for _, t := range types {
		columns = append(columns, t.Name())
	}
	for rows.Next() {
		values, err := scanRow(rows, types)
		if err != nil {
			return nil, nil, err
		}
		all = append(all, values)
	}
	return columns, all, rows.Err()
}

// scanRow reads a row alike on both engines: texts as texts, booleans as booleans.
func scanRow(rows *sql.Rows, types []*sql.ColumnType) ([]any, error) {
	values, targets := make([]any, len(types)), make([]any, len(types))
	for i := range values {
		targets[i] = &values[i]
	}
	err := rows.Scan(targets...)
	for i, t := range types {
		switch v := values[i].(type) {
		case []byte:
			if kind := t.DatabaseTypeName(); kind == "TEXT" || kind == "text" {
				values[i] = string(v)
			}
		case int64:
			if kind := t.DatabaseTypeName(); kind == "BOOLEAN" || kind == "BOOL" {
				values[i] = v != 0
			}
		}
	}
	return values, err
}

func textOf(v any) string {
	s, _ := v.(string)
	return s
}

// keptStories are the récits that their authors have not published: they are nobody else's.
func (w *Workspace) keptStories(ctx context.Context) ([]id.ID, error) {
	return db.All(ctx, w.DB.Readers, db.Scalar[id.ID], `SELECT id FROM passation_story WHERE NOT (`+act.VisibleTo(act.Resident)+`) ORDER BY id`)
}
