package strategy

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
)

func (c *change) putAnnotation(a *Annotation) error {
	return c.put("strategy_annotation", annotationColumns, annotationFields(a))
}

func loadAnnotation(ctx context.Context, q db.Querier, annotation id.ID) (Annotation, error) {
	a, err := db.One(ctx, q, scan(annotationFields), `SELECT `+string(annotationColumns)+` FROM strategy_annotation WHERE id = $1`, annotation)
	return a, missing(err, "strategy.annotation.not_found")
}

// Annotations lists those of an edition that are shown, the oldest first.
func (r *Room) Annotations(ctx context.Context, grid id.ID) ([]Annotation, error) {
	return read(ctx, r.reads, annotationFields, `SELECT `+string(annotationColumns)+` FROM strategy_annotation WHERE grid = $1 AND status = 'shown' ORDER BY written_on, id`, grid)
}

// ToModerate lists the annotations that wait, and those shown that nobody answered, the oldest first.
// It is for those who work for the city.
func (r *Room) ToModerate(ctx context.Context, v identity.Visitor) ([]Annotation, error) {
	if !v.Inside() {
		return nil, nil
	}
	return read(ctx, r.reads, annotationFields, `SELECT `+string(annotationColumns)+` FROM strategy_annotation
		WHERE status = 'waiting' OR status = 'shown' AND answered_on = '' ORDER BY status DESC, written_on, id`)
}
