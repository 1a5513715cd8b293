package act

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"parvis/internal/act/tree"
	"parvis/internal/act/witness"
	"parvis/internal/db"
	"parvis/internal/fault"
)

// witnessTime is how long a witness may take to answer.
const witnessTime = 15 * time.Second

// cosignEach asks the witnesses each time the tree grew, apart from the sequencer: a slow witness must
// not hold up the log.
func (s *Sequencer) cosignEach(ctx context.Context, grown <-chan struct{}) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-grown:
		}
		if err := s.Cosign(ctx); err != nil && ctx.Err() == nil {
			s.c.Logger.Warn("checkpoint not cosigned", "error", err)
		}
	}
}

// Cosign asks every witness that has not yet cosigned the last checkpoint, all at once.
func (s *Sequencer) Cosign(ctx context.Context) error {
	head, err := LastHead(ctx, s.readers)
	if fault.KindOf(err) == fault.NotFound || len(s.c.Witnesses) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, witnessTime)
	defer cancel()
	errs := make([]error, len(s.c.Witnesses))
	var all sync.WaitGroup
	for i, w := range s.c.Witnesses {
		all.Go(func() { errs[i] = s.ask(ctx, w, head) })
	}
	all.Wait()
	return errors.Join(errs...)
}

// ask submits a checkpoint to one witness and keeps its cosignature.
func (s *Sequencer) ask(ctx context.Context, w witness.Remote, head Head) error {
	v, err := witness.NewVerifier(w.Key)
	if err != nil {
		return err
	}
	known, err := db.One(ctx, s.readers, db.Scalar[int64],
		`SELECT COALESCE(MAX(size), 0) FROM log_cosignature WHERE witness = $1`, v.Name())
	if err != nil || known >= head.Size {
		return err
	}
	line, err := w.Submit(ctx, s.c.Client, head.Note, head.Size, known, func(old int64) ([]tree.Hash, error) {
		return Consistency(ctx, s.readers, old, head.Size)
	})
	if err != nil {
		return fmt.Errorf("act: witness %s: %w", v.Name(), err)
	}
	return s.log.writer.Traffic(ctx, func(tx *db.Tx) error {
		return tx.Exec(`INSERT INTO log_cosignature (size, witness, line, signed_at) VALUES ($1,$2,$3,$4)
			ON CONFLICT (size, witness) DO NOTHING`, head.Size, v.Name(), line, db.Micros(tx.Now()))
	})
}

// Head is a signed checkpoint as it is kept.
type Head struct {
	Size     int64
	SignedAt time.Time
	Note     string // signed by the log; Cosigned adds the witnesses' lines
}

func scanHead(r db.Row) (h Head, err error) {
	var at int64
	err = r.Scan(&h.Size, &at, &h.Note)
	h.SignedAt = db.Instant(at)
	return h, err
}

// LastHead reads the last checkpoint; fault.NotFound before the first.
func LastHead(ctx context.Context, q db.Querier) (Head, error) {
	return db.One(ctx, q, scanHead, `SELECT size, signed_at, note FROM log_checkpoint ORDER BY size DESC LIMIT 1`)
}

// Cosignature is the line by which a witness signed a checkpoint.
type Cosignature struct {
	Witness string
	Line    string
	At      time.Time // when the log received it
}

// Cosignatures lists who cosigned the checkpoint of the given size.
func Cosignatures(ctx context.Context, q db.Querier, size int64) ([]Cosignature, error) {
	return db.All(ctx, q, func(r db.Row) (c Cosignature, err error) {
		var at int64
		err = r.Scan(&c.Witness, &c.Line, &at)
		c.At = db.Instant(at)
		return c, err
	}, `SELECT witness, line, signed_at FROM log_cosignature WHERE size = $1 ORDER BY witness`, size)
}

// tiles reads hashes from the stored tiles.
func tiles(ctx context.Context, q db.Querier) tlog.HashReader {
	return tree.Reader(func(level int, index int64) ([]byte, error) {
		return TileData(ctx, q, level, index)
	})
}

// TileData reads the hashes of a tile; fault.NotFound when there is none yet.
func TileData(ctx context.Context, q db.Querier, level int, index int64) ([]byte, error) {
	return db.One(ctx, q, db.Scalar[[]byte], `SELECT data FROM log_tile WHERE level = $1 AND idx = $2`, level, index)
}

// Consistency proves that the tree of size size continues that of size old (RFC 6962 §2.1.2).
func Consistency(ctx context.Context, q db.Querier, old, size int64) ([]tree.Hash, error) {
	if old == 0 || old >= size {
		return nil, nil
	}
	return tlog.ProveTree(size, old, tiles(ctx, q))
}

// Inclusion proves that leaf is in the tree of size size (RFC 6962 §2.1.1).
func Inclusion(ctx context.Context, q db.Querier, leaf, size int64) ([]tree.Hash, error) {
	return tlog.ProveRecord(size, leaf, tiles(ctx, q))
}
