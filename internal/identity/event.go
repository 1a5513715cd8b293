package identity

import (
	"context"
	"log/slog"
	"time"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

// EventKind names what happened, in the security log.
type EventKind string

// The kinds of security events (OWASP ASVS 5.0, 16.3).
const (
	LinkSent       EventKind = "link.sent"
	LinkUnknown    EventKind = "link.unknown" // asked for an address nobody has
	LinkTooMany    EventKind = "link.too_many"
	LinkRefused    EventKind = "link.refused" // unknown, consumed or expired
	Registered     EventKind = "account.registered"
	SignedIn       EventKind = "signed_in"
	SignInRefused  EventKind = "sign_in.refused"
	Confirmed      EventKind = "confirmed" // proved again within a session
	SignedOut      EventKind = "signed_out"
	SessionRevoked EventKind = "session.revoked"
	PasskeyAdded   EventKind = "passkey.added"
	PasskeyRemoved EventKind = "passkey.removed"
	PasskeyCloned  EventKind = "passkey.cloned" // the counter went back: refused
	KeysResetAsked EventKind = "passkey.reset_asked"
	KeysReset      EventKind = "passkey.reset"
	AccountChanged EventKind = "account.changed"
	AccountErased  EventKind = "account.erased"
	DataExported   EventKind = "account.exported"
)

// Event is one line of the security log. Detail is a word of the program, never what was typed.
type Event struct {
	At      time.Time
	Kind    EventKind
	Account id.ID
	Session id.ID
	Address string
	Detail  string
}

// EventsKept is how long security events are kept (CNIL, délibération 2021-122: six months to one year).
const EventsKept = 180 * 24 * time.Hour

// journal collects the events of a transaction.
type journal struct {
	from   Client
	events []Event
}

func (j *journal) note(kind EventKind, account, session id.ID, detail string) {
	j.events = append(j.events, Event{Kind: kind, Account: account, Session: session, Address: j.from.Address, Detail: detail})
}

// traffic runs fn in a transaction, keeps the events it noted, and tells them to the logger once they
// are committed. An fn that wants to refuse and still leave a trace returns nil and refuses afterwards.
func (i *Identity) traffic(ctx context.Context, from Client, fn func(*db.Tx, *journal) error) error {
	var j journal
	err := i.cfg.Writer.Traffic(ctx, func(tx *db.Tx) error {
		j = journal{from: from}
		if err := fn(tx, &j); err != nil {
			return err
		}
		return keepEvents(tx, j.events)
	})
	if err == nil {
		i.tell(ctx, j.events)
	}
	return err
}

// decided runs a civic decision and leaves its event in the security log too.
func (i *Identity) decided(ctx context.Context, v Visitor, e Event, fn func(*act.Tx) error) error {
	e.Session = v.Session
	_, err := act.Do(ctx, i.cfg.Log, v.Actor(""), func(tx *act.Tx) (struct{}, error) {
		if err := fn(tx); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, keepEvents(tx.Tx, []Event{e})
	})
	if err == nil {
		i.tell(ctx, []Event{e})
	}
	return err
}

func (i *Identity) tell(ctx context.Context, events []Event) {
	for _, e := range events {
		i.cfg.Security.LogAttrs(ctx, slog.LevelInfo, string(e.Kind), slog.String("account", string(e.Account)),
			slog.String("session", string(e.Session)), slog.String("address", e.Address), slog.String("detail", e.Detail))
	}
}
