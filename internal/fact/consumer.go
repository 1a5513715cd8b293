package fact

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"parvis/internal/db"
)

// Consumer is a named reader of facts. Facts that no handler knows are passed over.
type Consumer struct {
	Name     string // stored with its cursor: it never changes
	Handlers []Handler
	FromNow  bool // when first seen it passes over the past: a new mail rule must not write of old things
}

// Handler is what a consumer does with one kind of fact; On and OnCivic make it.
type Handler struct {
	name    string
	traffic func(tx *db.Tx, h Head, body []byte) error
	civic   func(ctx context.Context, h Head, body []byte) error
	err     error
}

// On makes a handler whose effect is traffic (search, jobs, mail). The transaction it receives also
// moves the cursor.
func On[F any](fn func(tx *db.Tx, h Head, f F) error) Handler {
	name, err := nameOf(reflect.TypeFor[F]())
	return Handler{name: name, err: err, traffic: func(tx *db.Tx, h Head, body []byte) error {
		f, err := decode[F](h, body)
		if err != nil {
			return err
		}
		return fn(tx, h, f)
	}}
}

// OnCivic makes a handler whose effect is civic. It calls act.Do, and Head.Take inside it; when it
// returns nil without having taken the fact, it had nothing to do.
func OnCivic[F any](fn func(ctx context.Context, h Head, f F) error) Handler {
	name, err := nameOf(reflect.TypeFor[F]())
	return Handler{name: name, err: err, civic: func(ctx context.Context, h Head, body []byte) error {
		f, err := decode[F](h, body)
		if err != nil {
			return err
		}
		return fn(ctx, h, f)
	}}
}

func decode[F any](h Head, body []byte) (F, error) {
	var f F
	if err := json.Unmarshal(body, &f); err != nil {
		return f, fmt.Errorf("fact: %s %s: %w", h.Name, h.ID, err)
	}
	return f, nil
}

// ErrTaken says that the effect of this fact is committed already. A handler returns it as it is;
// the relay goes on.
var ErrTaken = errors.New("fact: already taken")

// Take moves the consumer's cursor to this fact inside the civic transaction of its effect.
func (h Head) Take(tx db.Transaction) error {
	n, err := tx.Affected(`UPDATE fact_cursor SET seq = $1, moved_at = $2, attempts = 0, retry_at = 0, trouble = ''
		WHERE consumer = $3 AND seq < $1`, h.Seq, db.Micros(tx.Now()), h.consumer)
	if err == nil && n == 0 {
		return ErrTaken
	}
	return err
}
