package strategy

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// put writes a whole row, given the addresses of its values in the order of the columns, and notes it.
func (c *change) put(table string, cols db.Columns, fields []any) error {
	return c.wrote(table, *fields[0].(*id.ID), c.tx.Exec(cols.Upsert(table), stored(fields)...))
}

// stored turns addresses into the plain values that both drivers know.
func stored(fields []any) []any {
	out := make([]any, len(fields))
	for i, f := range fields {
		if j, ok := f.(jsonText); ok {
			out[i] = j.text()
			continue
		}
		if added, ok := f.(interface{ Address() any }); ok {
			f = added.Address()
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

// Scan reads the text of the column; an empty one leaves the value as it is (db.JSON writes nil so).
func (j jsonText) Scan(src any) error {
	var text []byte
	switch src := src.(type) {
	case string:
		text = []byte(src)
	case []byte:
		text = src
	default:
		return fmt.Errorf("strategy: JSON column holds %T", src)
	}
	if len(text) == 0 {
		return nil
	}
	return json.Unmarshal(text, j.into)
}

func (j jsonText) text() string {
	return db.JSON(j.into)
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

// read lists rows of one table.
func read[T any](ctx context.Context, q db.Querier, fields func(*T) []any, statement string, args ...any) ([]T, error) {
	return db.All(ctx, q, scan(fields), statement, args...)
}
