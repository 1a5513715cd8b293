package measures

import (
	"context"
	"strconv"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Result is the public profile as it was kept once in a year: inputs follow the records that they are made of, results
// are kept by the year (R9).
type Result struct {
	ID      id.ID
	Year    int
	Figures []Figure
	Post    id.ID
	KeptOn  calendar.Day
}

// Figure finds one figure of a year; false when it was not told.
func (r Result) Figure(measure, key string) (Figure, bool) {
	for _, f := range r.Figures {
		if f.Measure == measure && f.Key == key {
			return f, f.Told
		}
	}
	return Figure{}, false
}

// KeepYear keeps the public figures of today as those of the year. A year is kept once.
func (r *Room) KeepYear(ctx context.Context, by act.Actor) error {
	given, err := r.opinions(ctx)
	if err != nil {
		return err
	}
	parts, err := r.parts(ctx)
	if err != nil {
		return err
	}
	units, err := r.Units(ctx)
	if err != nil {
		return err
	}
	figures, err := r.public(ctx, len(given) > 0, parts, units)
	if err != nil {
		return err
	}
	return r.write(ctx, by, nil, func(tx *act.Tx) (act.Act, error) {
		year, _, _ := tx.Today().Date()
		kept := Result{ID: id.New(tx.Now()), Year: year, Figures: figures, Post: by.Post, KeptOn: tx.Today()}
		if n, err := countYears(tx, year); err != nil || n > 0 {
			if err == nil {
				err = fault.New(fault.Conflict, "network.year_kept", "year", year)
			}
			return act.Act{}, err
		}
		return act.Act{Verb: "measures.keep", Object: act.Ref{Type: "measures", ID: kept.ID}, Version: 1, Visibility: act.Public,
			Args: map[string]string{"year": strconv.Itoa(year)}, Rows: []act.Row{{Table: "measures_result", ID: kept.ID}}}, putResult(tx, kept)
	})
}
