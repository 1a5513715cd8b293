package council

import (
	"encoding/json"
	"strconv"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
)

// columns of a civic table, comma separated; the first is its id.
type columns string

// list prefixes each column with an alias.
func (c columns) list(alias string) string {
	return alias + "." + strings.ReplaceAll(string(c), ", ", ", "+alias+".")
}

// putRow writes a whole row.
func putRow(tx *act.Tx, table string, c columns, values ...any) error {
	names := strings.Split(string(c), ", ")
	marks, sets := make([]string, len(names)), make([]string, 0, len(names)-1)
	for i, n := range names {
		marks[i] = "$" + strconv.Itoa(i+1)
		if i > 0 {
			sets = append(sets, n+" = excluded."+n)
		}
	}
	return tx.Exec("INSERT INTO "+table+" ("+string(c)+") VALUES ("+strings.Join(marks, ",")+
		") ON CONFLICT (id) DO UPDATE SET "+strings.Join(sets, ", "), values...)
}

// jsonText writes a value as the opaque JSON text of a column.
func jsonText(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain structs and lists always marshal
	}
	return string(b)
}

// fromJSON reads a column written by jsonText.
func fromJSON[T any](text string) (T, error) {
	var v T
	err := json.Unmarshal([]byte(text), &v)
	return v, err
}

// in writes "$from, $from+1, …" for n values; n is at least 1.
func in(from, n int) string {
	marks := make([]string, n)
	for i := range marks {
		marks[i] = "$" + strconv.Itoa(from+i)
	}
	return strings.Join(marks, ", ")
}

// anys turns a list of texts into arguments.
func anys[S ~string](list []S) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return out
}

// notFound gives the answer of the room to a row that is missing.
func notFound(err error, key string) error {
	if fault.KindOf(err) == fault.NotFound {
		return fault.New(fault.NotFound, key)
	}
	return err
}
