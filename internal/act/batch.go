package act

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"time"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// largestBatch keeps the payload of a batch near 32 KiB.
const largestBatch = 512

// Batch is the payload of a leaf of kind LeafInternal: the salted digests of internal acts, sorted, so
// that their order tells nothing either.
type Batch struct {
	V       int      `json:"v"`
	Digests []Digest `json:"digests"`
}

// waiting is an internal act that no leaf commits to yet.
type waiting struct {
	id       id.ID
	recorded int64
	digest   Digest
}

func scanWaiting(r db.Row) (w waiting, err error) {
	var nonce, payload []byte
	err = r.Scan(&w.id, &w.recorded, &nonce, &payload)
	w.digest = salted(nonce, payload)
	return w, err
}

// gather makes one batch of the internal acts that wait, if they are due: enough of them, or one that
// waited long enough, or all of them when asked. It tells whether others may be due.
func (s *Sequencer) gather(ctx context.Context, all bool) (more bool, err error) {
	acts, err := db.All(ctx, s.readers, scanWaiting,
		`SELECT id, recorded_at, nonce, payload FROM act WHERE leaf = -1 ORDER BY recorded_at, id LIMIT $1`, largestBatch)
	if err != nil || len(acts) == 0 {
		return false, err
	}
	if acts, err = s.wholeInstant(ctx, acts); err != nil {
		return false, err
	}
	took := false
	err = s.log.writer.Civic(ctx, func(tx *db.Tx) error {
		due := all || len(acts) >= s.c.BatchSize || db.Instant(acts[0].recorded).Before(tx.Now().Add(-s.c.BatchWait))
		if !due {
			return nil
		}
		took = true
		return commitBatch(tx, acts)
	})
	return took && len(acts) >= s.c.BatchSize, err
}

// wholeInstant adds what the limit cut off of the last instant: acts of one transaction share theirs,
// and a batch takes everything up to an instant.
func (s *Sequencer) wholeInstant(ctx context.Context, acts []waiting) ([]waiting, error) {
	last := acts[len(acts)-1]
	rest, err := db.All(ctx, s.readers, scanWaiting,
		`SELECT id, recorded_at, nonce, payload FROM act WHERE leaf = -1 AND recorded_at = $1 AND id > $2 ORDER BY id`,
		last.recorded, last.id)
	return append(acts, rest...), err
}

func commitBatch(tx *db.Tx, acts []waiting) error {
	batch := Batch{V: 1}
	for _, a := range acts {
		batch.Digests = append(batch.Digests, a.digest)
	}
	slices.SortFunc(batch.Digests, func(a, b Digest) int { return bytes.Compare(a[:], b[:]) })
	payload, err := json.Marshal(batch)
	if err != nil {
		return err
	}
	nonce := newNonce()
	leaf, err := appendLeaf(tx, newLeaf(LeafInternal, nonce, payload))
	if err != nil {
		return err
	}
	marked, err := tx.Affected(`UPDATE act SET leaf = $1 WHERE leaf = -1 AND recorded_at <= $2`, leaf, acts[len(acts)-1].recorded)
	if err != nil {
		return err
	}
	if marked != int64(len(acts)) {
		return errOvertaken
	}
	return tx.Exec(`INSERT INTO log_batch (leaf, nonce, payload) VALUES ($1,$2,$3)`, leaf, nonce, payload)
}

// Behind is for how long the oldest leaf has waited for the tree, 0 when none waits: a measure for
// operators.
func (s *Sequencer) Behind(ctx context.Context, now time.Time) (time.Duration, error) {
	edge, err := loadEdge(ctx, s.readers)
	if err != nil {
		return 0, err
	}
	oldest, err := db.One(ctx, s.readers, db.Scalar[int64],
		`SELECT recorded_at FROM act WHERE leaf >= $1 AND visibility = 'public' ORDER BY leaf LIMIT 1`, edge.Size())
	if fault.KindOf(err) == fault.NotFound {
		return 0, nil
	}
	return now.Sub(db.Instant(oldest)), err
}
