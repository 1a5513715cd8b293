package identity

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"time"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Directory is a file of the staff that was read and may be applied: the whole staff on its day, one
// line for each holding of a post, keyed on the matricule.
type Directory struct {
	ID        id.ID
	Account   id.ID // who brought it
	File      string
	Digest    string // SHA-256 of the file
	Day       calendar.Day
	CreatedAt time.Time
	AppliedAt time.Time // zero while it is only staged
	Act       id.ID
	Rows      int64
}

// Defect is what is wrong with the file, at a line and cell.
type Defect struct {
	Place string // "E4"
	Key   string
	Args  []any
}

// directoryFor is how long a file that was not applied is kept: it is personal data.
const directoryFor = 7 * 24 * time.Hour

// StageDirectory reads a file (CSV or XLSX) and keeps it with its defects, for a preview. Nothing else
// changes. Faults: Denied identity.admin_only; Invalid or TooLarge when it cannot be read at all.
func (i *Identity) StageDirectory(ctx context.Context, v Visitor, file string, r io.Reader) (id.ID, error) {
	if !v.Is(Admin) {
		return "", errNotAdmin()
	}
	hash := sha256.New()
	rows, defects, err := readDirectory(io.TeeReader(r, hash))
	if err != nil {
		return "", err
	}
	d := Directory{Account: v.Account, File: file, Digest: hex.EncodeToString(hash.Sum(nil))}
	err = i.cfg.Writer.Traffic(ctx, func(tx *db.Tx) error {
		d.ID, d.Day, d.CreatedAt = id.New(tx.Now()), calendar.DayOf(tx.Now()), tx.Now()
		return keepDirectory(tx, d, rows, defects)
	})
	return d.ID, err
}

// Directories lists the files read lately, the last first.
func (i *Identity) Directories(ctx context.Context) ([]Directory, error) {
	return latestDirectories(ctx, i.cfg.Readers)
}

// Preview is what applying a directory would change today.
type Preview struct {
	Directory
	Difference
}

// PreviewDirectory compares the file with the organisation as it stands now.
func (i *Identity) PreviewDirectory(ctx context.Context, directory id.ID) (Preview, error) {
	d, err := directoryByID(ctx, i.cfg.Readers, directory)
	if err != nil {
		return Preview{}, err
	}
	diff, err := difference(ctx, i.cfg.Readers, d.ID, calendar.DayOf(i.cfg.Clock.Now()))
	return Preview{d, diff}, err
}

// DropDirectory forgets a file that was not applied.
func (i *Identity) DropDirectory(ctx context.Context, v Visitor, directory id.ID) error {
	if !v.Is(Admin) {
		return errNotAdmin()
	}
	return i.cfg.Writer.Traffic(ctx, func(tx *db.Tx) error {
		dropped, err := dropDirectory(tx, directory)
		if err == nil && !dropped {
			err = fault.New(fault.Conflict, "identity.directory.applied")
		}
		return err
	})
}

// difference reads both sides and compares them.
func difference(ctx context.Context, q db.Querier, directory id.ID, day calendar.Day) (Difference, error) {
	rows, err := directoryRows(ctx, q, directory)
	if err != nil {
		return Difference{}, err
	}
	defects, err := directoryDefects(ctx, q, directory)
	if err != nil {
		return Difference{}, err
	}
	since := day // lines may begin in the past, on posts that others have left since
	for _, r := range rows {
		if r.From != "" {
			since = min(since, r.From)
		}
	}
	now, err := readStaff(ctx, q, day, since)
	if err != nil {
		return Difference{}, err
	}
	diff := compare(rows, now, day)
	diff.Defects = append(defects, diff.Defects...)
	return diff.sealed()
}

// sealed notes the digest by which an approval names exactly this difference.
func (d Difference) sealed() (Difference, error) {
	said, err := json.Marshal(d.Entries)
	sum := sha256.Sum256(said)
	d.Digest = hex.EncodeToString(sum[:])
	return d, err
}
