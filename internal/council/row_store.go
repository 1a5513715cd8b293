package council

import (
	"database/sql"

	"parvis/internal/fault"
)

// notFound gives the answer of the room to a row that is missing.
func notFound(err error, key string) error {
	if fault.KindOf(err) == fault.NotFound {
		return fault.New(fault.NotFound, key)
	}
	return err
}

// added reads a column that was added later: NULL in the rows of before, which is nothing.
func added[T any](to *T) sql.Scanner { return &later[T]{to: to} }

type later[T any] struct {
	sql.Null[T]
	to *T
}

func (l *later[T]) Scan(src any) error {
	err := l.Null.Scan(src)
	*l.to = l.V
	return err
}
