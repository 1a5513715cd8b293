package identity

import "parvis/internal/db"

// forget removes everything that is kept under an account.
func forget(tx *db.Tx, a Account) error {
	if err := endSessions(tx, a.ID); err != nil {
		return err
	}
	if err := tx.Exec(`DELETE FROM op_link WHERE email = $1 AND email <> ''`, a.Email); err != nil {
		return err
	}
	for _, statement := range []string{
		`DELETE FROM op_passkey WHERE account = $1`,
		`DELETE FROM op_oidc_link WHERE account = $1`,
		`DELETE FROM op_key_reset WHERE account = $1`,
		`DELETE FROM op_account WHERE id = $1`,
	} {
		if err := tx.Exec(statement, a.ID); err != nil {
			return err
		}
	}
	return nil
}
