package identity

import (
	"context"
	"time"

	"parvis/internal/db"
	"parvis/internal/id"
)

func scanKeyReset(r db.Row) (KeyReset, error) {
	var k KeyReset
	var at int64
	err := r.Scan(&k.Account, &k.AskedBy, &at)
	k.AskedAt = db.Instant(at)
	return k, err
}

func insertKeyReset(tx *db.Tx, account, by id.ID) error {
	return tx.Exec(`INSERT INTO op_key_reset (account, asked_by, asked_at) VALUES ($1,$2,$3)
		ON CONFLICT (account) DO UPDATE SET asked_by = excluded.asked_by, asked_at = excluded.asked_at`,
		account, by, db.Micros(tx.Now()))
}

func keyResetsSince(ctx context.Context, q db.Querier, since time.Time) ([]KeyReset, error) {
	return db.All(ctx, q, scanKeyReset, `SELECT account, asked_by, asked_at FROM op_key_reset WHERE asked_at > $1
		ORDER BY asked_at, account`, db.Micros(since))
}

// takeKeyReset removes a reset that waits, and tells who asked for it. Faults: NotFound.
func takeKeyReset(tx *db.Tx, account id.ID, since time.Time) (id.ID, error) {
	return db.One(tx.Context(), tx, db.Scalar[id.ID], `DELETE FROM op_key_reset WHERE account = $1 AND asked_at > $2
		RETURNING asked_by`, account, db.Micros(since))
}
