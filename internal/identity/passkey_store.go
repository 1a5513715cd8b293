package identity

import (
	"context"
	"encoding/json"

	"github.com/go-webauthn/webauthn/webauthn"

	"parvis/internal/db"
	"parvis/internal/id"
)

func scanPasskey(r db.Row) (Passkey, error) {
	var k Passkey
	var credential string
	var created, used int64
	if err := r.Scan(&k.ID, &k.Account, &k.Label, &credential, &created, &used); err != nil {
		return k, err
	}
	k.CreatedAt, k.UsedAt = db.Instant(created), db.Instant(used)
	err := json.Unmarshal([]byte(credential), &k.credential)
	k.Synced = k.credential.Flags.BackupState
	return k, err
}

func passkeysOf(ctx context.Context, q db.Querier, account id.ID) ([]Passkey, error) {
	return db.All(ctx, q, scanPasskey, `SELECT id, account, label, credential, created_at, used_at FROM op_passkey
		WHERE account = $1 ORDER BY created_at, id`, account)
}

// insertPasskey tells false when the key is known already, to this account or another.
func insertPasskey(tx *db.Tx, k Passkey) (bool, error) {
	stored, err := json.Marshal(k.credential)
	if err != nil {
		return false, err
	}
	n, err := tx.Affected(`INSERT INTO op_passkey (id, account, label, credential, created_at, used_at)
		VALUES ($1,$2,$3,$4,$5,$6) ON CONFLICT (id) DO NOTHING`,
		k.ID, k.Account, k.Label, string(stored), db.Micros(k.CreatedAt), db.Micros(k.UsedAt))
	return n == 1, err
}

// usePasskey notes the new counter and state of a key.
func usePasskey(tx *db.Tx, c webauthn.Credential) error {
	stored, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return tx.Exec(`UPDATE op_passkey SET credential = $1, used_at = $2 WHERE id = $3`, string(stored), db.Micros(tx.Now()), keyID(c.ID))
}

func renamePasskey(tx *db.Tx, account id.ID, key, label string) (int64, error) {
	return tx.Affected(`UPDATE op_passkey SET label = $1 WHERE id = $2 AND account = $3`, label, key, account)
}

func deletePasskey(tx *db.Tx, account id.ID, key string) (int64, error) {
	return tx.Affected(`DELETE FROM op_passkey WHERE id = $1 AND account = $2`, key, account)
}

func forgetPasskeys(tx *db.Tx, account id.ID) error {
	return tx.Exec(`DELETE FROM op_passkey WHERE account = $1`, account)
}
