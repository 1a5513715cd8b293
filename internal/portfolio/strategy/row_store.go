package strategy

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// columns of a civic table, comma separated; the first is its id, the second its version.
type columns string

// list is what a SELECT reads: the columns, each under an alias.
func (c columns) list(alias string) string {
	return alias + "." + strings.ReplaceAll(string(c), ", ", ", "+alias+".")
}

// upsert is the statement that writes a whole row.
func (c columns) upsert(table string) string {
	names := strings.Split(string(c), ", ")
	marks, sets := make([]string, len(names)), make([]string, 0, len(names)-1)
	for i, n := range names {
		marks[i] = "$" + strconv.Itoa(i+1)
		if i > 0 {
			sets = append(sets, n+" = excluded."+n)
		}
	}
	return "INSERT INTO " + table + " (" + string(c) + ") VALUES (" + strings.Join(marks, ",") +
		") ON CONFLICT (id) DO UPDATE SET " + strings.Join(sets, ", ")
}

// put writes a whole row, given the addresses of its values in the order of the columns, and notes it.
func (c *change) put(table string, cols columns, fields []any) error {
	return c.wrote(table, *fields[0].(*id.ID), c.tx.Exec(cols.upsert(table), stored(fields)...))
}

// stored turns addresses into the plain values that both drivers know.
func stored(fields []any) []any {
	out := make([]any, len(fields))
	for i, f := range fields {
		if j, ok := f.(jsonText); ok {
			out[i] = j.text()
			continue
		}
		switch v := reflect.ValueOf(f).Elem(); v.Kind() {
		case reflect.String:
			out[i] = v.String()
		case reflect.Int, reflect.Int64:
			out[i] = v.Int()
		default:
			panic(fmt.Sprintf("strategy: a column cannot hold a %s", v.Type())) // a defect of fields()
		}
	}
	return out
}

// scan reads a row into a new T.
func scan[T any](fields func(*T) []any) func(db.Row) (T, error) {
	return func(r db.Row) (T, error) {
		var v T
		err := r.Scan(fields(&v)...)
		return v, err
	}
}

// jsonText is a value kept as opaque JSON text; into is its address.
type jsonText struct{ into any }

// Scan reads the text of the column.
func (j jsonText) Scan(src any) error {
	switch text := src.(type) {
	case string:
		return json.Unmarshal([]byte(text), j.into)
	case []byte:
		return json.Unmarshal(text, j.into)
	}
	return fmt.Errorf("strategy: JSON column holds %T", src)
}

func (j jsonText) text() string {
	b, err := json.Marshal(j.into)
	if err != nil {
		panic(err) // plain structs and lists always marshal
	}
	return string(b)
}

// missing gives a row that is not there the words of its noun.
func missing(err error, key string) error {
	if fault.KindOf(err) == fault.NotFound {
		return fault.New(fault.NotFound, key)
	}
	return err
}

// nextSeq numbers within a year. Writers are serial: nobody else can take the same number.
func nextSeq(tx *act.Tx, table string, year int) (int, error) {
	return db.One(tx.Context(), tx, db.Scalar[int], `SELECT COALESCE(MAX(seq), 0) + 1 FROM `+table+` WHERE year = $1`, year)
}

// marks writes "$from, $from+1, …" for n values; n is at least 1.
func marks(from, n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = "$" + strconv.Itoa(from+i)
	}
	return strings.Join(out, ", ")
}

func anys[S ~string](list []S) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return out
}

// read lists rows of one table.
func read[T any](ctx context.Context, q db.Querier, fields func(*T) []any, statement string, args ...any) ([]T, error) {
	return db.All(ctx, q, scan(fields), statement, args...)
}
