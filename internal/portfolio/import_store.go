package portfolio

import (
	"context"
	"time"

	"parvis/internal/db"
	"parvis/internal/id"
)

// putImport keeps a file that was read for the account that brought it.
func putImport(tx *db.Tx, account id.ID, in Import) error {
	return tx.Exec(`INSERT INTO op_portfolio_import (id, account, source, made_at, body) VALUES ($1,$2,$3,$4,$5)`,
		in.ID, account, in.Source, db.Micros(in.MadeAt), db.JSON(in))
}

// loadImport reads an import of the account's own. Faults: NotFound.
func loadImport(ctx context.Context, q db.Querier, account, staged id.ID) (Import, error) {
	body, err := db.One(ctx, q, db.Scalar[string], `SELECT body FROM op_portfolio_import WHERE id = $1 AND account = $2`, staged, account)
	if err != nil {
		return Import{}, notFound(err, "portfolio.import.not_found")
	}
	return db.FromJSON[Import](body)
}

func deleteImport(tx *db.Tx, account, staged id.ID) error {
	return tx.Exec(`DELETE FROM op_portfolio_import WHERE id = $1 AND account = $2`, staged, account)
}

// bySource reads what was imported from a source before, by what the source calls it.
func bySource(ctx context.Context, q db.Querier, source string) (map[string]Initiative, error) {
	found, err := db.All(ctx, q, scanInitiative, `SELECT `+string(initiativeColumns)+` FROM portfolio_initiative WHERE source = $1`, source)
	out := make(map[string]Initiative, len(found))
	for _, i := range found {
		out[i.SourceRef] = i
	}
	return out, err
}

// Sweep forgets the lists that were staged more than a day ago.
func (r *Room) Sweep(ctx context.Context) error {
	return r.writer.Sweep(ctx, 24*time.Hour, `DELETE FROM op_portfolio_import WHERE made_at < $1`)
}
