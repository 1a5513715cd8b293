package council

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

func putVisaToken(tx db.Transaction, token string, t visaToken) error {
	return tx.Exec(`INSERT INTO op_council_token (hash, visa, version, post, holder, expires_at, used_at) VALUES ($1,$2,$3,$4,$5,$6,0)`,
		id.Digest(token), t.visa, t.version, t.post, t.holder, db.Micros(t.expires))
}

func loadVisaToken(ctx context.Context, q db.Querier, token string) (visaToken, error) {
	t, err := db.One(ctx, q, func(r db.Row) (visaToken, error) {
		var t visaToken
		var expires, used int64
		err := r.Scan(&t.visa, &t.version, &t.post, &t.holder, &expires, &used)
		t.expires, t.used = db.Instant(expires), db.Instant(used)
		return t, err
	}, `SELECT visa, version, post, holder, expires_at, used_at FROM op_council_token WHERE hash = $1`, id.Digest(token))
	return t, notFound(err, "council.token.unknown")
}

func useVisaToken(tx *act.Tx, token string) error {
	return tx.Exec(`UPDATE op_council_token SET used_at = $1 WHERE hash = $2`, db.Micros(tx.Now()), id.Digest(token))
}

// specOf reads what describes the step of a visa.
func specOf(ctx context.Context, q db.Querier, visa id.ID) (StepSpec, error) {
	return db.One(ctx, q, func(r db.Row) (s StepSpec, err error) {
		var no int
		var steps string
		if err = r.Scan(&no, &steps); err != nil {
			return s, err
		}
		all, err := db.FromJSON[[]StepSpec](steps)
		if err != nil {
			return s, err
		}
		return all[no-1], nil
	}, `SELECT s.no, c.steps FROM council_visa v JOIN council_step s ON s.id = v.step JOIN council_circuit c ON c.id = v.circuit WHERE v.id = $1`, visa)
}
