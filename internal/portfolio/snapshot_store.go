package portfolio

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

const snapshotColumns db.Columns = "id, version, board, title, taken_on, taken_at, digest, body"

func scanSnapshot(r db.Row) (Snapshot, error) {
	var s Snapshot
	err := r.Scan(&s.ID, &s.Board, &s.Title, &s.TakenOn, &s.Digest)
	return s, err
}

// putSnapshot keeps a wall as the document whose digest the snapshot bears.
func putSnapshot(tx *act.Tx, s Snapshot, body string) error {
	return tx.Exec(snapshotColumns.Upsert("portfolio_snapshot"), s.ID, 1, s.Board, s.Title, string(s.TakenOn), db.Micros(tx.Now()), s.Digest, body)
}

// loadSnapshots reads the snapshots of a board without their documents, which weigh.
func loadSnapshots(ctx context.Context, q db.Querier, board id.ID) ([]Snapshot, error) {
	return db.All(ctx, q, scanSnapshot,
		`SELECT id, board, title, taken_on, digest FROM portfolio_snapshot WHERE board = $1 ORDER BY taken_at DESC, id`, board)
}

// loadSnapshot reads a snapshot and its document. Faults: NotFound.
func loadSnapshot(ctx context.Context, q db.Querier, snapshot id.ID) (s Snapshot, body string, err error) {
	s, err = db.One(ctx, q, func(r db.Row) (Snapshot, error) {
		var s Snapshot
		err := r.Scan(&s.ID, &s.Board, &s.Title, &s.TakenOn, &s.Digest, &body)
		return s, err
	}, `SELECT id, board, title, taken_on, digest, body FROM portfolio_snapshot WHERE id = $1`, snapshot)
	return s, body, notFound(err, "portfolio.snapshot.not_found")
}
