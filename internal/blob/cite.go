package blob

import (
	"context"
	"errors"
	"os"
	"time"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
)

// Cite ties a stored file to its owner, in the transaction of the change that hands it in. It fails
// when the file is no longer there: a form may come back so late that the file was swept.
func (s *Store) Cite(tx db.Transaction, b Blob, owner act.Ref) error {
	f, err := s.Get(b.Digest)
	if err != nil {
		return err
	}
	f.Close()
	err = tx.Exec(`INSERT INTO blob (digest, size, media, stored_at) VALUES ($1, $2, $3, $4) ON CONFLICT (digest) DO NOTHING`,
		string(b.Digest), b.Size, string(b.Media), db.Micros(tx.Now()))
	if err != nil {
		return err
	}
	return tx.Exec(`INSERT INTO op_blob_use (digest, owner_type, owner_id) VALUES ($1, $2, $3)
		ON CONFLICT (digest, owner_type, owner_id) DO NOTHING`, string(b.Digest), owner.Type, owner.ID)
}

// Release unties a file from one owner. Once nobody cites it, it is an orphan.
func Release(tx db.Transaction, d Digest, owner act.Ref) error {
	err := tx.Exec(`DELETE FROM op_blob_use WHERE digest = $1 AND owner_type = $2 AND owner_id = $3`, string(d), owner.Type, owner.ID)
	if err != nil {
		return err
	}
	return tx.Exec(`DELETE FROM blob WHERE digest = $1 AND NOT EXISTS (SELECT 1 FROM op_blob_use WHERE op_blob_use.digest = blob.digest)`, string(d))
}

// Find tells what is known of a cited file.
func Find(ctx context.Context, q db.Querier, d Digest) (Blob, error) {
	return db.One(ctx, q, scanBlob, `SELECT digest, size, media FROM blob WHERE digest = $1`, string(d))
}

// Of lists the files of an owner.
func Of(ctx context.Context, q db.Querier, owner act.Ref) ([]Blob, error) {
	return db.All(ctx, q, scanBlob, `SELECT b.digest, b.size, b.media FROM op_blob_use u JOIN blob b ON b.digest = u.digest
		WHERE u.owner_type = $1 AND u.owner_id = $2 ORDER BY b.stored_at, b.digest`, owner.Type, owner.ID)
}

func scanBlob(r db.Row) (b Blob, err error) { return b, r.Scan(&b.Digest, &b.Size, &b.Media) }

// Orphan is a file on disk that nothing cites.
type Orphan struct {
	Digest Digest // "" for what a crash left of an upload
	Path   string
}

// Orphans lists the files that nothing cites and that were handed in before an instant: give it a
// day, because a form may be sent some time after its file.
func (s *Store) Orphans(ctx context.Context, q db.Querier, before time.Time) (all []Orphan, err error) {
	err = s.files(before, func(o Orphan) error {
		if cited, err := isCited(ctx, q, o); cited || err != nil {
			return err
		}
		all = append(all, o)
		return nil
	})
	return all, err
}

func isCited(ctx context.Context, q db.Querier, o Orphan) (bool, error) {
	if o.Digest == "" {
		return false, nil
	}
	_, err := Find(ctx, q, o.Digest)
	if fault.KindOf(err) == fault.NotFound {
		return false, nil
	}
	return true, err
}

// Sweep removes the orphans handed in before an instant. It asks again inside a transaction, because
// those are serial: whoever cites the file at the same moment either keeps it or learns that it is gone.
func (s *Store) Sweep(ctx context.Context, d *db.DB, before time.Time) (removed int, err error) {
	orphans, err := s.Orphans(ctx, d.Readers, before)
	for _, o := range orphans {
		err = errors.Join(err, d.Writer.Traffic(ctx, func(tx *db.Tx) error {
			if cited, err := isCited(ctx, tx, o); cited || err != nil {
				return err
			}
			removed++
			return os.Remove(o.Path)
		}))
	}
	return removed, err
}

// Missing lists the cited files that are not on disk or whose bytes have changed.
func (s *Store) Missing(ctx context.Context, q db.Querier) ([]Digest, error) {
	all, err := db.All(ctx, q, db.Scalar[Digest], `SELECT digest FROM blob ORDER BY digest`)
	var bad []Digest
	for _, d := range all {
		if s.Verify(d) != nil {
			bad = append(bad, d)
		}
	}
	return bad, err
}
