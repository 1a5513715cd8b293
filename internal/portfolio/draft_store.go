package portfolio

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Every statement here names the account: a draft is its author's alone.

func scanDraft(r db.Row) (Draft, error) {
	var d Draft
	var at int64
	err := r.Scan(&d.ID, &d.Kind, &d.Initiative, &d.Title, &d.Body, &at)
	d.SavedAt = db.Instant(at)
	return d, err
}

// putDraft keeps a draft of an account. Faults: NotFound for a draft of somebody else, which does not
// exist for this one.
func putDraft(tx *db.Tx, account id.ID, d Draft) error {
	n, err := tx.Affected(`INSERT INTO op_portfolio_draft (id, account, kind, initiative, title, body, saved_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT (id) DO UPDATE SET title = excluded.title, body = excluded.body,
		saved_at = excluded.saved_at WHERE op_portfolio_draft.account = excluded.account`,
		d.ID, account, string(d.Kind), d.Initiative, d.Title, d.Body, db.Micros(d.SavedAt))
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "portfolio.draft.not_found")
	}
	return err
}

func loadDrafts(ctx context.Context, q db.Querier, account id.ID) ([]Draft, error) {
	return db.All(ctx, q, scanDraft, `SELECT id, kind, initiative, title, body, saved_at FROM op_portfolio_draft
		WHERE account = $1 AND account <> '' ORDER BY saved_at DESC, id`, account)
}

func loadDraft(ctx context.Context, q db.Querier, account, draft id.ID) (Draft, error) {
	d, err := db.One(ctx, q, scanDraft, `SELECT id, kind, initiative, title, body, saved_at FROM op_portfolio_draft
		WHERE id = $1 AND account = $2 AND account <> ''`, draft, account)
	return d, notFound(err, "portfolio.draft.not_found")
}

func deleteDraft(tx *db.Tx, account, draft id.ID) error {
	return tx.Exec(`DELETE FROM op_portfolio_draft WHERE id = $1 AND account = $2`, draft, account)
}
