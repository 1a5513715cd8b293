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
		n, err := tx.Affected(`INSERT INTO op_portfolio_draft (id, account, kind, initiative, title, body, saved_at)
			VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT (id) DO UPDATE SET title = excluded.title, body = excluded.body,
			saved_at = excluded.saved_at WHERE op_portfolio_draft.account = excluded.account`,
			d.ID, v.Account, string(d.Kind), d.Initiative, d.Title, d.Body, db.Micros(d.SavedAt))
		if err == nil && n == 0 {
			return fault.New(fault.NotFound, "portfolio.draft.not_found") // somebody else's: it does not exist for v
		}
		return err
	})
	return d, err
}

// Drafts lists the visitor's own drafts, the last saved first.
func (r *Room) Drafts(ctx context.Context, v identity.Visitor) ([]Draft, error) {
	return db.All(ctx, r.reads, scanDraft, `SELECT id, kind, initiative, title, body, saved_at FROM op_portfolio_draft
		WHERE account = $1 AND account <> '' ORDER BY saved_at DESC, id`, v.Account)
}

// Draft reads one of the visitor's own drafts.
func (r *Room) Draft(ctx context.Context, v identity.Visitor, draft id.ID) (Draft, error) {
	d, err := db.One(ctx, r.reads, scanDraft, `SELECT id, kind, initiative, title, body, saved_at FROM op_portfolio_draft
		WHERE id = $1 AND account = $2 AND account <> ''`, draft, v.Account)
	return d, notFound(err, "portfolio.draft.not_found")
}

// DropDraft deletes one of the visitor's own drafts.
func (r *Room) DropDraft(ctx context.Context, v identity.Visitor, draft id.ID) error {
	return r.writer.Traffic(ctx, func(tx *db.Tx) error {
		return tx.Exec(`DELETE FROM op_portfolio_draft WHERE id = $1 AND account = $2`, draft, v.Account)
	})
}

func scanDraft(r db.Row) (Draft, error) {
	var d Draft
	var at int64
	err := r.Scan(&d.ID, &d.Kind, &d.Initiative, &d.Title, &d.Body, &at)
	d.SavedAt = db.Instant(at)
	return d, err
}

// dropDraft deletes the draft that has become a civic thing, if it is the actor's own.
func dropDraft(tx *act.Tx, draft id.ID) error {
	if draft == "" {
		return nil
	}
	return tx.Exec(`DELETE FROM op_portfolio_draft WHERE id = $1 AND account = $2`, draft, tx.Actor().Account)
}
