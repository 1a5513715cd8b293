package identity

import (
	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// keepOneAdmin refuses to leave the city without an administrator who can sign in.
func keepOneAdmin(tx *db.Tx, leaving id.ID) error {
	others, err := db.One(tx.Context(), tx, db.Scalar[int64], `SELECT COUNT(*) FROM account_standing
		WHERE administrator AND NOT disabled AND id <> $1`, leaving)
	if err == nil && others == 0 {
		err = fault.New(fault.Conflict, "identity.admin.last")
	}
	return err
}

func standingOf(tx *db.Tx, account id.ID) (standing, error) {
	scan := func(r db.Row) (s standing, err error) {
		err = r.Scan(&s.account, &s.version, &s.administrator, &s.disabled, &s.keysReset)
		return s, err
	}
	return db.One(tx.Context(), tx, scan, `SELECT a.id, COALESCE(s.version, 0), COALESCE(s.administrator, FALSE),
		COALESCE(s.disabled, FALSE), COALESCE(s.keys_reset, 0)
		FROM op_account a LEFT JOIN account_standing s ON s.id = a.id WHERE a.id = $1`, account)
}

func saveStanding(tx *act.Tx, s standing) error {
	return tx.Exec(`INSERT INTO account_standing (id, version, administrator, disabled, keys_reset) VALUES ($1,$2,$3,$4,$5)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, administrator = excluded.administrator,
		disabled = excluded.disabled, keys_reset = excluded.keys_reset`,
		s.account, s.version, s.administrator, s.disabled, s.keysReset)
}
