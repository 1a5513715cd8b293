package identity

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/id"
)

// knownToProvider finds the account of a person matched before. Faults: NotFound.
func knownToProvider(tx *db.Tx, said asserted) (id.ID, error) {
	return db.One(tx.Context(), tx, db.Scalar[id.ID], `SELECT account FROM op_oidc_link WHERE issuer = $1 AND subject = $2`,
		said.issuer, said.subject)
}

func linkToProvider(tx *db.Tx, said asserted, account id.ID) error {
	return tx.Exec(`INSERT INTO op_oidc_link (issuer, subject, account, created_at) VALUES ($1,$2,$3,$4)`,
		said.issuer, said.subject, account, db.Micros(tx.Now()))
}

func providersOf(ctx context.Context, q db.Querier, account id.ID) ([]string, error) {
	return db.All(ctx, q, db.Scalar[string], `SELECT issuer FROM op_oidc_link WHERE account = $1 ORDER BY issuer`, account)
}
