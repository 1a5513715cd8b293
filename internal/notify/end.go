package notify

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// The links of mails carry what they are for, signed: they must work for years, without signing in,
// and nobody can make one for somebody else (HMAC-SHA-256 cut to 128 bits, RFC 2104 §5).
const (
	toEnd     = "end"
	toConfirm = "confirm"
)

func (n *Notifier) token(purpose, reader, kind string) string {
	payload := purpose + "|" + reader + "|" + kind
	return base64.RawURLEncoding.EncodeToString([]byte(payload)) + "." + base64.RawURLEncoding.EncodeToString(n.sign(payload))
}

func (n *Notifier) endToken(reader, kind string) string { return n.token(toEnd, reader, kind) }

func (n *Notifier) sign(payload string) []byte {
	h := hmac.New(sha256.New, n.config.Secret)
	h.Write([]byte("notify|" + payload))
	return h.Sum(nil)[:16]
}

func (n *Notifier) open(token, purpose string) (reader, kind string, err error) {
	refused := fault.New(fault.NotFound, "notify.link")
	payload64, mac64, _ := strings.Cut(token, ".")
	payload, err1 := base64.RawURLEncoding.DecodeString(payload64)
	mac, err2 := base64.RawURLEncoding.DecodeString(mac64)
	if err1 != nil || err2 != nil || !hmac.Equal(mac, n.sign(string(payload))) {
		return "", "", refused
	}
	parts := strings.Split(string(payload), "|")
	if len(parts) != 3 || parts[0] != purpose {
		return "", "", refused
	}
	return parts[1], parts[2], nil
}

// Subscription is what a link would end, for the page that shows its button.
type Subscription struct {
	Kind    string  // name of the kind; "" for everything that is gathered, or for About
	About   act.Ref // what is followed by an address alone; zero otherwise
	Already bool    // nothing of it is sent any more
}

// Read tells what a link would end. It changes nothing: mail scanners open every link.
func (n *Notifier) Read(ctx context.Context, q db.Querier, token string) (Subscription, error) {
	reader, kind, err := n.open(token, toEnd)
	if err != nil {
		return Subscription{}, err
	}
	if follow, ok := isFollow(reader); ok {
		f, err := followByID(ctx, q, follow)
		if fault.KindOf(err) == fault.NotFound {
			return Subscription{Already: true}, nil
		}
		return Subscription{About: f.About}, err
	}
	if kind == "" {
		return Subscription{}, nil
	}
	f, err := chosen(ctx, q, reader, kind, n.kinds[kind].Default)
	return Subscription{Kind: kind, Already: f == Never}, err
}

// End ends what the link says. Doing it twice changes nothing more.
func (n *Notifier) End(tx db.Transaction, token string) error {
	reader, kind, err := n.open(token, toEnd)
	if err != nil {
		return err
	}
	if follow, ok := isFollow(reader); ok {
		return unfollow(tx, follow)
	}
	if n.kinds[kind].Required {
		return fault.New(fault.Invalid, "notify.required")
	}
	if kind != "" {
		return n.end(tx, reader, kind)
	}
	return n.endGathered(tx, reader)
}

// end also drops what was waiting to be sent.
func (n *Notifier) end(tx db.Transaction, reader, kind string) error {
	if err := choose(tx, reader, kind, Never); err != nil {
		return err
	}
	return tx.Exec(`DELETE FROM op_notice WHERE reader = $1 AND kind = $2 AND told_at = 0`, reader, kind)
}

func (n *Notifier) endGathered(tx db.Transaction, reader string) error {
	for name, k := range n.kinds {
		f, err := chosen(tx.Context(), tx, reader, name, k.Default)
		if err != nil {
			return err
		}
		if (f == Daily || f == Weekly) && name != Waiting && !k.Required {
			if err := n.end(tx, reader, name); err != nil {
				return err
			}
		}
	}
	return nil
}

func unfollow(tx db.Transaction, follow id.ID) error {
	if err := tx.Exec(`DELETE FROM op_notice WHERE reader = $1`, followPrefix+string(follow)); err != nil {
		return err
	}
	return tx.Exec(`DELETE FROM op_notify_follow WHERE id = $1`, follow)
}
