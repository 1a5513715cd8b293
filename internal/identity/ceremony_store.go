package identity

import (
	"encoding/json"
	"time"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// CeremonyFor is how long a browser may take between a challenge and its answer.
const CeremonyFor = 10 * time.Minute

// The kinds of ceremonies: an answer to one is refused by the others.
const (
	registering = "register"
	asserting   = "assert"
	federating  = "oidc"
)

// beginCeremony keeps what the answer will be checked against and returns the browser's token.
func beginCeremony(tx *db.Tx, kind string, account id.ID, data any) (string, error) {
	stored, err := json.Marshal(data)
	if err != nil {
		return "", err
	}
	token := id.Token()
	return token, tx.Exec(`INSERT INTO op_ceremony (token, kind, account, data, ends_at) VALUES ($1,$2,$3,$4,$5)`,
		id.Digest(token), kind, account, string(stored), db.Micros(tx.Now().Add(CeremonyFor)))
}

// takeCeremony reads it back, once. Faults: Unauthenticated identity.ceremony.gone.
func takeCeremony(tx *db.Tx, kind, token string, data any) (id.ID, error) {
	type row struct {
		account id.ID
		data    string
	}
	scan := func(r db.Row) (v row, err error) { err = r.Scan(&v.account, &v.data); return }
	v, err := db.One(tx.Context(), tx, scan, `DELETE FROM op_ceremony WHERE token = $1 AND kind = $2 AND ends_at > $3
		RETURNING account, data`, id.Digest(token), kind, db.Micros(tx.Now()))
	if fault.KindOf(err) == fault.NotFound {
		return "", errCeremony()
	}
	if err != nil {
		return "", err
	}
	return v.account, json.Unmarshal([]byte(v.data), data)
}

func errCeremony() error { return fault.New(fault.Unauthenticated, "identity.ceremony.gone") }
