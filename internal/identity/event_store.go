package identity

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/id"
)

func keepEvents(tx *db.Tx, events []Event) error {
	for _, e := range events {
		err := tx.Exec(`INSERT INTO op_security_event (id, at, kind, account, session, address, detail) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
			id.New(tx.Now()), db.Micros(tx.Now()), string(e.Kind), e.Account, e.Session, e.Address, e.Detail)
		if err != nil {
			return err
		}
	}
	return nil
}

// Events lists the latest security events, of one account or of all ("").
func (i *Identity) Events(ctx context.Context, account id.ID, limit int) ([]Event, error) {
	return db.All(ctx, i.cfg.Readers, scanEvent, `SELECT at, kind, account, session, address, detail FROM op_security_event
		WHERE $1 = '' OR account = $1 ORDER BY at DESC, id DESC LIMIT $2`, account, limit)
}

func scanEvent(r db.Row) (Event, error) {
	var e Event
	var at int64
	err := r.Scan(&at, &e.Kind, &e.Account, &e.Session, &e.Address, &e.Detail)
	e.At = db.Instant(at)
	return e, err
}

func sweepEvents(tx *db.Tx) error {
	return tx.Exec(`DELETE FROM op_security_event WHERE at <= $1`, db.Micros(tx.Now().Add(-EventsKept)))
}
