package portfolio

import (
	"context"
	"time"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// DraftKind is what a draft will become.
type DraftKind string

// The kinds of drafts.
const (
	DraftInitiative  DraftKind = "initiative"
	DraftArbitration DraftKind = "arbitration"
)

// Draft is an unfinished form. It leaves no trace in the log and only its author reads it. Body is
// the form as the page wrote it (JSON of Signal or of Case).
type Draft struct {
	ID         id.ID
	Kind       DraftKind
	Initiative id.ID // DraftArbitration: about which
	Title      string
	Body       string
	SavedAt    time.Time
}

// maxDraft bounds a stored form, in bytes.
const maxDraft = 64 << 10

// SaveDraft keeps an unfinished form for its author; an empty ID makes a new one.
func (r *Room) SaveDraft(ctx context.Context, v identity.Visitor, d Draft) (Draft, error) {
	if !v.Inside() || v.Account == "" {
		return d, fault.New(fault.Denied, "portfolio.agents_only")
	}
	if len(d.Body) > maxDraft {
		return d, fault.New(fault.TooLarge, "portfolio.draft.too_large", "max", maxDraft)
	}
	if d.Kind != DraftInitiative && d.Kind != DraftArbitration {
		return d, invalid("kind", "portfolio.choose")
	}
	err := r.writer.Traffic(ctx, func(tx *db.Tx) error {
		if d.ID == "" {
			d.ID = id.New(tx.Now())
		}
		d.SavedAt = tx.Now()
		return putDraft(tx, v.Account, d)
	})
	return d, err
}

// Drafts lists the visitor's own drafts, the last saved first.
func (r *Room) Drafts(ctx context.Context, v identity.Visitor) ([]Draft, error) {
	return loadDrafts(ctx, r.reads, v.Account)
}

// Draft reads one of the visitor's own drafts.
func (r *Room) Draft(ctx context.Context, v identity.Visitor, draft id.ID) (Draft, error) {
	return loadDraft(ctx, r.reads, v.Account, draft)
}

// DropDraft deletes one of the visitor's own drafts.
func (r *Room) DropDraft(ctx context.Context, v identity.Visitor, draft id.ID) error {
	return r.writer.Traffic(ctx, func(tx *db.Tx) error {
		return deleteDraft(tx, v.Account, draft)
	})
}

// dropDraft deletes the draft that has become a civic thing, if it is the actor's own.
func dropDraft(tx *act.Tx, draft id.ID) error {
	if draft == "" {
		return nil
	}
	return deleteDraft(tx.Tx, tx.Actor().Account, draft)
}
