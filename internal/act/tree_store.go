package act

import (
	"context"

	"parvis/internal/act/tree"
	"parvis/internal/db"
)

type storedLeaf struct {
	idx  int64
	body []byte
}

func scanLeaf(r db.Row) (l storedLeaf, err error) {
	err = r.Scan(&l.idx, &l.body)
	return l, err
}

// leafRange reads the leaves from index from up to to, excluded.
func leafRange(ctx context.Context, q db.Querier, from, to int64) ([]storedLeaf, error) {
	return db.All(ctx, q, scanLeaf, `SELECT idx, body FROM log_leaf WHERE idx >= $1 AND idx < $2 ORDER BY idx`, from, to)
}

// treeSize is the number of leaves in the tree, as its lowest tiles tell.
func treeSize(ctx context.Context, q db.Querier) (int64, error) {
	return db.One(ctx, q, db.Scalar[int64],
		`SELECT COALESCE(MAX(idx * 256 + width), 0) FROM log_tile
		WHERE level = 0 AND idx = (SELECT MAX(idx) FROM log_tile WHERE level = 0)`)
}

func scanTile(r db.Row) (t tree.Tile, err error) {
	err = r.Scan(&t.Level, &t.Index, &t.Data)
	return t, err
}

// loadEdge reads the last tile of each level, from which the tree can be grown.
func loadEdge(ctx context.Context, q db.Querier) (*tree.Edge, error) {
	var last []tree.Tile
	for level := 0; ; level++ {
		tiles, err := db.All(ctx, q, scanTile,
			`SELECT level, idx, data FROM log_tile WHERE level = $1 ORDER BY idx DESC LIMIT 1`, level)
		if err != nil {
			return nil, err
		}
		if len(tiles) == 0 {
			break
		}
		last = append(last, tiles[0])
	}
	if len(last) == 0 {
		return tree.Resume(0, nil)
	}
	return tree.Resume(last[0].Index*tree.Width+int64(last[0].Width()), last)
}

func storeTiles(tx *db.Tx, tiles []tree.Tile) error {
	for _, t := range tiles {
		err := tx.Exec(`INSERT INTO log_tile (level, idx, width, data) VALUES ($1,$2,$3,$4)
			ON CONFLICT (level, idx) DO UPDATE SET width = excluded.width, data = excluded.data`,
			t.Level, t.Index, t.Width(), t.Data)
		if err != nil {
			return err
		}
	}
	return nil
}
