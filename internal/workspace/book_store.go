package workspace

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"time"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/tabular"
)

// Staged is a workbook that somebody brought, kept until it is made live or forgotten.
type Staged struct {
	ID      id.ID
	Account id.ID
	Name    string
	Digest  string
	MadeAt  time.Time
}

// stagedFor is how long a workbook waits: it holds personal data.
const stagedFor = 7 * 24 * time.Hour

// Sweep forgets the workbooks that waited too long.
func (w *Workspace) Sweep(ctx context.Context) error {
	return w.DB.Writer.Sweep(ctx, stagedFor, `DELETE FROM op_workspace_book WHERE made_at < $1`)
}

// Stage keeps a workbook that can be read, for a preview. It forgets itself after a week (Sweep).
// Faults: those of tabular.Read.
func (w *Workspace) Stage(ctx context.Context, v identity.Visitor, name string, r io.Reader) (id.ID, error) {
	body, err := io.ReadAll(io.LimitReader(r, tabular.Usual().File+1))
	if err != nil {
		return "", err
	}
	book, err := tabular.Read(bytes.NewReader(body), tabular.Usual())
	if err != nil {
		return "", err
	}
	if _, err := w.openBook(book); err != nil {
		return "", err
	}
	sum := sha256.Sum256(body)
	var staged id.ID
	err = w.DB.Writer.Traffic(ctx, func(tx *db.Tx) error {
		staged = id.New(tx.Now())
		return tx.Exec(`INSERT INTO op_workspace_book (id, account, name, digest, made_at, body) VALUES ($1,$2,$3,$4,$5,$6)`,
			staged, v.Account, name, hex.EncodeToString(sum[:]), db.Micros(tx.Now()), body)
	})
	return staged, err
}

// Book reads a staged workbook of the visitor's own. Faults: NotFound workspace.import.gone.
func (w *Workspace) Book(ctx context.Context, v identity.Visitor, staged id.ID) (Staged, *tabular.Book, error) {
	type kept struct {
		Staged
		body []byte
	}
	k, err := db.One(ctx, w.DB.Readers, func(r db.Row) (k kept, err error) {
		var at int64
		err = r.Scan(&k.ID, &k.Account, &k.Name, &k.Digest, &at, &k.body)
		k.MadeAt = db.Instant(at)
		return k, err
	}, `SELECT id, account, name, digest, made_at, body FROM op_workspace_book WHERE id = $1 AND account = $2`, staged, v.Account)
	if fault.KindOf(err) == fault.NotFound {
		err = fault.New(fault.NotFound, "workspace.import.gone")
	}
	if err != nil {
		return k.Staged, nil, err
	}
	book, err := tabular.Read(bytes.NewReader(k.body), tabular.Usual())
	return k.Staged, book, err
}

// Drop forgets a staged workbook.
func (w *Workspace) Drop(ctx context.Context, v identity.Visitor, staged id.ID) error {
	return w.DB.Writer.Traffic(ctx, func(tx *db.Tx) error {
		return tx.Exec(`DELETE FROM op_workspace_book WHERE id = $1 AND account = $2`, staged, v.Account)
	})
}
