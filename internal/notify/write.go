package notify

import (
	"fmt"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/mail"
)

// Write sends a letter that a room has written whole to one account. Whoever wants such things at once gets it as it
// is, when their quiet hours are over; for whoever prefers to have them gathered, the notice stands for it.
func (n *Notifier) Write(tx db.Transaction, to id.ID, notice Notice, m mail.Message) error {
	k, ok := n.kinds[notice.Kind]
	if !ok {
		return fmt.Errorf("notify: unknown kind %q", notice.Kind)
	}
	args, err := encodeArgs(notice.Args)
	if err != nil {
		return err
	}
	notice.To, notice.Followers = []id.ID{to}, false
	readers, err := n.readers(tx, k, notice)
	for _, r := range readers {
		if err := n.write(tx, r, k, notice, args, m); err != nil {
			return err
		}
	}
	return err
}

func (n *Notifier) write(tx db.Transaction, r reader, k Kind, notice Notice, args string, m mail.Message) error {
	frequency, err := chosen(tx.Context(), tx, r.key, k.Name, k.Default)
	if err != nil || frequency == Never {
		return err
	}
	if frequency != Now {
		_, err := tell(tx, r, notice, args)
		return err
	}
	quiet, err := quietOf(tx.Context(), tx, r.key, r.quiet)
	if err != nil {
		return err
	}
	if at := quiet.next(tx.Now()); at.After(tx.Now()) {
		m.After = at
	}
	m.Unsubscribe = n.endLink(m.Lang, r.key, k)
	err = n.config.Mailer.Queue(tx, m)
	if fault.KindOf(err) == fault.Invalid {
		return nil // an address that is none must not keep everybody else's letters waiting
	}
	return err
}

// endLink is where a kind is switched off; "" for those that cannot be.
func (n *Notifier) endLink(lang, reader string, k Kind) string {
	if k.Required {
		return ""
	}
	return n.config.Links.End(lang, n.endToken(reader, k.Name))
}
