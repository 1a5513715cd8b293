package act

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"golang.org/x/mod/sumdb/note"

	"parvis/internal/db"
	"parvis/internal/id"
)

// Fsck is what the operator's check of the state against the log found.
type Fsck struct {
	Rows     int64 // civic rows compared with their seals
	Acts     int64
	Texts    int64
	Erased   int64
	Leaves   int64
	Waiting  int64 // internal acts that no leaf commits to yet
	Defects  []Defect
	lastActs map[Row]lastAct // what the last act on each row says of it
	pace     pace
}

// lastAct is what an act says of a row; several acts of one transaction may speak of the same row.
type lastAct struct {
	recorded int64
	says     map[id.ID]Digest
}

// OK tells whether nothing was found.
func (f *Fsck) OK() bool { return len(f.Defects) == 0 }

func (f *Fsck) found(d Defect) { f.Defects = append(f.Defects, d) }

// Check compares the state of the city with its log: civic rows with their seals, seals with the last
// act on their row, acts and texts and batches with their leaves, leaves with the tree, checkpoints with
// the tree and the keys. It sees one moment of the database and changes nothing.
//
// What it cannot find: rows, seals, acts, leaves, tiles and checkpoints all rewritten together by who
// holds the key. That is for verify, with a kept checkpoint or a witness. Nor does it cover what an act
// keeps beside its payload for the operator alone: the account.
//
// tell hears how many rows have been read, of how many; nil when nobody waits.
func Check(ctx context.Context, d *db.DB, keys []string, tell func(done, total int64)) (*Fsck, error) {
	q, end, err := moment(ctx, d)
	if err != nil {
		return nil, err
	}
	defer end()
	return CheckIn(ctx, q, keys, tell)
}

// CheckIn is Check inside a transaction that is already open.
func CheckIn(ctx context.Context, q db.Querier, keys []string, tell func(done, total int64)) (*Fsck, error) {
	f := &Fsck{lastActs: map[Row]lastAct{}, pace: pace{tell: tell}}
	if err := f.pace.measure(ctx, q); err != nil {
		return nil, err
	}
	var known []note.Verifier
	for _, k := range keys {
		v, err := note.NewVerifier(k)
		if err != nil {
			return nil, err
		}
		known = append(known, v)
	}
	for _, step := range []func(context.Context, db.Querier) error{
		f.checkActs, f.checkTexts, f.checkBatches, f.checkSeals, f.checkState,
		func(ctx context.Context, q db.Querier) error { return f.checkTree(ctx, q, note.VerifierList(known...)) },
	} {
		if err := step(ctx, q); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(f.Defects, func(a, b Defect) int {
		return cmp.Or(cmp.Compare(a.Row.Table, b.Row.Table), cmp.Compare(a.Leaf, b.Leaf), cmp.Compare(a.Row.ID, b.Row.ID), cmp.Compare(a.Act, b.Act))
	})
	return f, nil
}

// moment opens a transaction that sees one state of the database, whoever writes meanwhile.
func moment(ctx context.Context, d *db.DB) (db.Querier, func() error, error) {
	o := &sql.TxOptions{ReadOnly: true}
	if d.Engine == db.Postgres {
		o.Isolation = sql.LevelRepeatableRead
	}
	tx, err := d.Readers.Raw().BeginTx(ctx, o)
	if err != nil {
		return nil, nil, err
	}
	return snapshot{tx}, tx.Rollback, nil
}

type snapshot struct{ *sql.Tx }

func (s snapshot) Query(ctx context.Context, statement string, args ...any) (*sql.Rows, error) {
	return s.Tx.QueryContext(ctx, statement, args...)
}

// each reads rows one by one: the acts of a city do not fit in memory twice.
func each[T any](ctx context.Context, q db.Querier, scan func(db.Row) (T, error), use func(T), statement string, args ...any) error {
	rows, err := q.Query(ctx, statement, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return err
		}
		use(v)
	}
	return rows.Err()
}
