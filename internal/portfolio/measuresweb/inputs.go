package measuresweb

import (
	"bytes"
	"cmp"
	"context"
	"net/http"
	"slices"

	"parvis/internal/id"
	"parvis/internal/portfolio/measures"
	"parvis/internal/tabular"
	"parvis/internal/web"
)

// inputColumns are those of the file of every measure, in order; what does not apply to one is blank.
func inputColumns() []string {
	return []string{"figure", "project", "unit", "directorate", "actor", "sector", "role", "introduced_by", "from", "to", "value"}
}

// inputs gives the data that a measure is made of: a table for machines, whose first row names the columns.
func (p *Pages) inputs(w http.ResponseWriter, r *http.Request) error {
	measure := r.PathValue("measure")
	all, err := p.Room.Inputs(r.Context(), web.From(r).Visitor, measure)
	if err != nil {
		return err
	}
	rows, err := p.inputRows(r.Context(), all)
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if err := tabular.WriteCSV(&body, tabular.Output{Header: inputColumns(), Rows: rows}, tabular.Machine()); err != nil {
		return err
	}
	w.Header().Set("Content-Type", web.CSV+"; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+measure+`.csv"`)
	w.Write(body.Bytes()) // a reader that has gone can be told nothing
	return nil
}

func (p *Pages) inputRows(ctx context.Context, all []measures.Input) (func(func([]any) bool), error) {
	var units []id.ID
	for _, i := range all {
		units = append(units, i.Unit, i.Directorate, i.IntroducedBy)
	}
	slices.Sort(units)
	names, err := p.Names(ctx, slices.Compact(units), web.Of(ctx).Lang)
	called := func(unit id.ID) string { return cmp.Or(names[unit], string(unit)) }
	return func(yield func([]any) bool) {
		for _, i := range all {
			row := []any{i.Figure, i.Project, called(i.Unit), called(i.Directorate), i.Actor, i.Sector, i.Role, called(i.IntroducedBy), string(i.From), string(i.To), i.Value}
			if !yield(row) {
				return
			}
		}
	}, err
}
