package db

import (
	"database/sql"
	"encoding/json"
	"strconv"
	"strings"
)

// Columns of a table, separated by ", "; the first is its id.
type Columns string

// List is what a SELECT reads: each column under an alias.
func (c Columns) List(alias string) string {
	return alias + "." + strings.ReplaceAll(string(c), ", ", ", "+alias+".")
}

// Upsert is the statement that writes a whole row, new or known by its id.
func (c Columns) Upsert(table string) string {
	names := strings.Split(string(c), ", ")
	sets := make([]string, 0, len(names)-1)
	for _, n := range names[1:] {
		sets = append(sets, n+" = excluded."+n)
	}
	return "INSERT INTO " + table + " (" + string(c) + ") VALUES (" + Marks(1, len(names)) +
		") ON CONFLICT (id) DO UPDATE SET " + strings.Join(sets, ", ")
}

// Added is the address of a column that its table was given later: NULL, in the rows written before, reads as the zero
// value.
func Added[T any](into *T) *LaterColumn[T] { return &LaterColumn[T]{into} }

// LaterColumn is what Added gives to Scan.
type LaterColumn[T any] struct{ into *T }

// Scan is that of sql.Scanner.
func (c *LaterColumn[T]) Scan(src any) error {
	var read sql.Null[T]
	err := read.Scan(src)
	*c.into = read.V
	return err
}

// Address is where the value stands.
func (c *LaterColumn[T]) Address() any { return c.into }

// Marks writes "$from, $from+1, …" for n values; n is at least 1.
func Marks(from, n int) string {
	marks := make([]string, n)
	for i := range marks {
		marks[i] = "$" + strconv.Itoa(from+i)
	}
	return strings.Join(marks, ", ")
}

// Args turns a list of texts into arguments.
func Args[S ~string](list []S) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return out
}

// JSON writes a value as the opaque JSON text of a column.
func JSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain structs and lists always marshal
	}
	return string(b)
}

// FromJSON reads a column written by JSON; the empty text is the zero value.
func FromJSON[T any](text string) (v T, err error) {
	if text != "" {
		err = json.Unmarshal([]byte(text), &v)
	}
	return v, err
}
