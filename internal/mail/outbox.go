package mail

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/job"
)

// Config says in whose name mails are written.
type Config struct {
	From   Address
	City   string // shown at the head and the foot
	Site   string // address of the site
	Domain string // of Message-IDs; "" is the domain of From
}

// Mailer renders messages and keeps the outbox.
type Mailer struct {
	config  Config
	catalog *i18n.Catalog
	layout  layout
}

// New makes the mailer of a city.
func New(c Config, catalog *i18n.Catalog) (*Mailer, error) {
	if err := c.From.check(); err != nil {
		return nil, err
	}
	if c.Domain == "" {
		c.Domain = c.From.Email[lastAt(c.From.Email)+1:]
	}
	l, err := newLayout()
	return &Mailer{config: c, catalog: catalog, layout: l}, err
}

// deliverKind names the job of delivering one message.
const deliverKind = "mail.message.deliver"

type delivery struct{ Mail id.ID }

// Queue renders a message and puts it in the outbox, in the transaction that causes it.
//
// Errors: fault.Invalid mail.address when the address is not one mailbox; fault.TooLarge.
func (m *Mailer) Queue(tx db.Transaction, msg Message) error {
	l, err := m.compose(msg)
	if err != nil {
		return err
	}
	content, err := json.Marshal(l)
	if err != nil {
		return err
	}
	mailID := id.New(tx.Now())
	err = tx.Exec(`INSERT INTO mail_outbox (id, kind, recipient, lang, subject, content, state, queued_at, sent_at, trouble)
		VALUES ($1, $2, $3, $4, $5, $6, 'queued', $7, 0, '')`,
		mailID, msg.Kind, msg.To.Email, l.Lang, l.Subject, string(content), db.Micros(tx.Now()))
	if err != nil {
		return err
	}
	return job.Put(tx, job.Job{Kind: deliverKind, Payload: delivery{mailID}, RunAt: msg.After})
}

func (m *Mailer) compose(msg Message) (letter, error) {
	if err := msg.check(); err != nil {
		return letter{}, err
	}
	return m.render(msg)
}

// Preview renders a message without queueing it, for whoever wants to see what would be sent.
func (m *Mailer) Preview(msg Message) (Envelope, error) {
	l, err := m.compose(msg)
	return Envelope{letter: l, From: m.config.From, domain: m.config.Domain}, err
}

// Transport carries a message: SMTP in a town hall, Folder in demonstrations and tests. A refusal for
// good is an error that wraps ErrRefused; any other is tried again.
type Transport interface {
	Send(ctx context.Context, e Envelope) error
}

// ErrRefused says that trying again would be refused again: an unknown mailbox, a message too large.
var ErrRefused = errors.New("mail: refused")

// Deliver is the job that hands queued messages to the transport.
func (m *Mailer) Deliver(d *db.DB, t Transport) job.Kind {
	return job.On(deliverKind, func(ctx context.Context, task job.Task, what delivery) error {
		e, err := m.envelope(ctx, d.Readers, what.Mail)
		if fault.KindOf(err) == fault.NotFound {
			return nil // sent before, or erased with its reader's account
		}
		if err != nil {
			return err
		}
		err = t.Send(ctx, e)
		if err != nil && !errors.Is(err, ErrRefused) {
			return err
		}
		return d.Writer.Traffic(context.WithoutCancel(ctx), func(tx *db.Tx) error {
			return errors.Join(task.Finish(tx), settle(tx, what.Mail, err))
		})
	})
}

// settle notes the outcome. The content of what was sent is erased; that of a refused message stays
// for the operator until it is purged.
func settle(tx *db.Tx, mailID id.ID, refused error) error {
	if refused != nil {
		return tx.Exec(`UPDATE mail_outbox SET state = 'failed', trouble = $1 WHERE id = $2`, oneLine(refused.Error()), mailID)
	}
	return tx.Exec(`UPDATE mail_outbox SET state = 'sent', sent_at = $1, subject = '', content = '' WHERE id = $2`, db.Micros(tx.Now()), mailID)
}

func (m *Mailer) envelope(ctx context.Context, q db.Querier, mailID id.ID) (Envelope, error) {
	return db.One(ctx, q, func(r db.Row) (Envelope, error) {
		e := Envelope{ID: mailID, From: m.config.From, domain: m.config.Domain}
		var content string
		var at int64
		if err := r.Scan(&content, &at); err != nil {
			return e, err
		}
		e.At = db.Instant(at)
		return e, json.Unmarshal([]byte(content), &e.letter)
	}, `SELECT content, queued_at FROM mail_outbox WHERE id = $1 AND state = 'queued'`, mailID)
}

// Standing is a message as the operator sees it, without its content.
type Standing struct {
	ID        id.ID
	Kind      string
	Recipient string
	State     string // queued, sent or failed
	QueuedAt  time.Time
	SentAt    time.Time
	Trouble   string
}

// Standings lists the last 200 messages in a state, the newest first.
func Standings(ctx context.Context, q db.Querier, state string) ([]Standing, error) {
	return db.All(ctx, q, func(r db.Row) (s Standing, err error) {
		var queued, sent int64
		err = r.Scan(&s.ID, &s.Kind, &s.Recipient, &s.State, &queued, &sent, &s.Trouble)
		s.QueuedAt, s.SentAt = db.Instant(queued), db.Instant(sent)
		return s, err
	}, `SELECT id, kind, recipient, state, queued_at, sent_at, trouble FROM mail_outbox WHERE state = $1
		ORDER BY queued_at DESC, id DESC LIMIT 200`, state)
}

// Purge removes what was sent or refused before an instant.
func Purge(tx db.Transaction, before time.Time) error {
	return tx.Exec(`DELETE FROM mail_outbox WHERE state <> 'queued' AND queued_at < $1`, db.Micros(before))
}

// Erase removes every message to an address, queued ones too: its owner asks to be forgotten.
func Erase(tx db.Transaction, email string) error {
	return tx.Exec(`DELETE FROM mail_outbox WHERE recipient = $1`, email)
}
