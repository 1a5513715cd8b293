package council

import (
	"context"

	"parvis/internal/calendar"
	"parvis/internal/db"
)

// StepSpan is how long one step of a circuit took, whoever was asked: it says nothing of a matter or of a post.
type StepSpan struct {
	Kind  StepKind
	Days  int // from its opening to the day on which it was settled
	Asked int // posts that were asked
}

// StepSpans lists the steps that were asked of somebody and are settled, in the order in which they opened.
func (r *Room) StepSpans(ctx context.Context) ([]StepSpan, error) {
	type row struct {
		StepSpan
		no    int
		specs []StepSpec
	}
	all, err := db.All(ctx, r.reads, func(in db.Row) (s row, err error) {
		var from, to calendar.Day
		var specs string
		if err = in.Scan(&s.no, &specs, &from, &to, &s.Asked); err != nil {
			return s, err
		}
		s.Days = from.DaysUntil(to)
		s.specs, err = db.FromJSON[[]StepSpec](specs)
		return s, err
	}, `SELECT s.no, c.steps, s.opened_on, s.settled_on, (SELECT COUNT(*) FROM council_visa v WHERE v.step = s.id AND v.round = s.round)
		FROM council_step s JOIN council_circuit c ON c.id = s.circuit WHERE s.opened_on <> '' AND s.settled_on <> '' ORDER BY s.opened_on, s.id`)
	var spans []StepSpan
	for _, s := range all {
		if s.no > len(s.specs) || s.Asked == 0 {
			continue
		}
		if s.Kind = s.specs[s.no-1].Kind; s.Kind != InfoStep {
			spans = append(spans, s.StepSpan)
		}
	}
	return spans, err
}
