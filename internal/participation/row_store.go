package participation

import (
	"encoding/json"
	"strconv"
	"strings"

	"parvis/internal/act"
)

// columns of a civic table, comma separated; the first is its id.
type columns string

// upsert is the statement that writes a whole row.
func (c columns) upsert(table string) string {
	names := strings.Split(string(c), ", ")
	marks, sets := make([]string, len(names)), make([]string, 0, len(names)-1)
	for i, n := range names {
		marks[i] = "$" + itoa(i+1)
		if i > 0 {
			sets = append(sets, n+" = excluded."+n)
		}
	}
	return "INSERT INTO " + table + " (" + string(c) + ") VALUES (" + strings.Join(marks, ",") +
		") ON CONFLICT (id) DO UPDATE SET " + strings.Join(sets, ", ")
}

// list prefixes each column with an alias.
func (c columns) list(alias string) string {
	return alias + "." + strings.ReplaceAll(string(c), ", ", ", "+alias+".")
}

func putRow(tx *act.Tx, table string, c columns, values ...any) error {
	return tx.Exec(c.upsert(table), values...)
}

func itoa(n int) string { return strconv.Itoa(n) }

// jsonText writes a value as the opaque JSON text of a column; nil is the empty text.
func jsonText(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain structs and lists always marshal
	}
	if string(b) == "null" {
		return ""
	}
	return string(b)
}

// fromJSON reads a column written by jsonText; the empty text is the zero value.
func fromJSON[T any](text string) (T, error) {
	var v T
	if text == "" {
		return v, nil
	}
	err := json.Unmarshal([]byte(text), &v)
	return v, err
}
