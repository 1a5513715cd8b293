package act

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"regexp"
	"slices"

	"parvis/internal/db"
	"parvis/internal/id"
)

// seal notes the salted digest of each changed row as it stands now. A row that is no more keeps no
// seal, and its digest in the payload is zero.
func (tx *Tx) seal(act id.ID, rows []Row) ([]Sealed, error) {
	var sealed []Sealed
	for _, row := range rows {
		salt := newNonce()
		digest, found, err := rowDigest(tx.Context(), tx, row, salt)
		if err != nil {
			return nil, err
		}
		if err := tx.keepSeal(act, row, salt, digest, found); err != nil {
			return nil, err
		}
		sealed = append(sealed, Sealed{Table: row.Table, ID: row.ID, Digest: digest})
	}
	return sealed, nil
}

func (tx *Tx) keepSeal(act id.ID, row Row, salt []byte, digest Digest, found bool) error {
	if !found {
		return tx.Later(`DELETE FROM act_seal WHERE row_table = $1 AND row_id = $2`, row.Table, row.ID)
	}
	return tx.Later(`INSERT INTO act_seal (row_table, row_id, act, salt, digest) VALUES ($1,$2,$3,$4,$5)
		ON CONFLICT (row_table, row_id) DO UPDATE SET act = excluded.act, salt = excluded.salt, digest = excluded.digest`,
		row.Table, row.ID, act, salt, digest[:])
}

var tableName = regexp.MustCompile(`^[a-z][a-z_0-9]*$`)

// rowDigest is HMAC-SHA-256(salt, columns sorted by name). A NULL column is left out, so that a
// migration may add a nullable column without breaking the seals.
func rowDigest(ctx context.Context, q db.Querier, row Row, salt []byte) (Digest, bool, error) {
	if !tableName.MatchString(row.Table) || db.IsTraffic(row.Table) {
		return Digest{}, false, fmt.Errorf("act: %q is not a civic table", row.Table)
	}
	rows, err := q.Query(ctx, `SELECT * FROM `+row.Table+` WHERE id = $1`, row.ID)
	if err != nil {
		return Digest{}, false, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil || !rows.Next() {
		return Digest{}, false, firstError(err, rows.Err())
	}
	values, err := scanAny(rows, len(columns))
	if err != nil {
		return Digest{}, false, err
	}
	return digestRow(salt, columns, values), true, rows.Close()
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func scanAny(rows db.Row, n int) ([]any, error) {
	values, targets := make([]any, n), make([]any, n)
	for i := range values {
		targets[i] = &values[i]
	}
	return values, rows.Scan(targets...)
}

// digestRow writes name and value of each column with their lengths, so that no two rows read alike.
func digestRow(salt []byte, columns []string, values []any) Digest {
	order := make([]int, len(columns))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		if columns[a] < columns[b] {
			return -1
		}
		return 1
	})
	h := hmac.New(sha256.New, salt)
	for _, i := range order {
		if values[i] != nil {
			writePart(h, []byte(columns[i]))
			writePart(h, canonical(values[i]))
		}
	}
	return Digest(h.Sum(nil))
}

func writePart(h hash.Hash, part []byte) {
	var size [8]byte
	binary.BigEndian.PutUint64(size[:], uint64(len(part)))
	h.Write(size[:])
	h.Write(part)
}

// canonical gives the same bytes for the same value on both engines: booleans are 0 or 1.
func canonical(v any) []byte {
	switch v := v.(type) {
	case []byte:
		return v
	case string:
		return []byte(v)
	case bool:
		if v {
			return []byte("1")
		}
		return []byte("0")
	default:
		return fmt.Append(nil, v)
	}
}
