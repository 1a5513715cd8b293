package participation

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

const fileColumns db.Columns = "id, version, election, name, digest, size"

func putFile(tx *act.Tx, election id.ID, f File) error {
	return tx.Exec(fileColumns.Upsert("participation_file"), f.ID, 1, election, f.Name, f.Digest, f.Size)
}

func loadFiles(ctx context.Context, q db.Querier, election id.ID) ([]File, error) {
	return db.All(ctx, q, func(r db.Row) (f File, err error) {
		return f, r.Scan(&f.ID, &f.Name, &f.Digest, &f.Size)
	}, `SELECT id, name, digest, size FROM participation_file WHERE election = $1 ORDER BY name, id`, election)
}
