package notify

import (
	"context"
	"slices"
	"strings"
	"time"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Choice is what an account chose, or has by default, for one kind.
type Choice struct {
	Kind      string // its text is Kind.label
	Frequency Frequency
	Default   Frequency
	Offers    []Frequency
}

// Choices lists the kinds that concern an account, in the order of their names.
func (n *Notifier) Choices(ctx context.Context, q db.Querier, account id.ID, agent bool) ([]Choice, error) {
	var all []Choice
	for name, k := range n.kinds {
		if k.Agents && !agent {
			continue
		}
		f, err := chosen(ctx, q, string(account), name, k.Default)
		if err != nil {
			return nil, err
		}
		all = append(all, Choice{name, f, k.Default, k.Offers()})
	}
	slices.SortFunc(all, func(x, y Choice) int { return strings.Compare(x.Kind, y.Kind) })
	return all, nil
}

// Choose keeps how often an account wants to hear of a kind. Faults: Invalid notify.choice.
func (n *Notifier) Choose(tx db.Transaction, account id.ID, kind string, f Frequency) error {
	if k, ok := n.kinds[kind]; !ok || !slices.Contains(k.Offers(), f) {
		return fault.New(fault.Invalid, "notify.choice")
	}
	if f == Never {
		return n.end(tx, string(account), kind)
	}
	return choose(tx, string(account), kind, f)
}

// Quiet gives the quiet hours of an account.
func (n *Notifier) Quiet(ctx context.Context, q db.Querier, account id.ID, agent bool) (Quiet, error) {
	fallback := Quiet{}
	if agent {
		fallback = quietAgents
	}
	return quietOf(ctx, q, string(account), fallback)
}

// Told is a notice as the site shows it.
type Told struct {
	ID    id.ID
	Kind  string // its line is Kind.item with Args
	About act.Ref
	Args  []any
	Due   calendar.Day
	Made  time.Time
	Seen  bool
}

// Inbox lists the last 100 notices of an account, the newest first, told by mail or not yet.
func (n *Notifier) Inbox(ctx context.Context, q db.Querier, account id.ID) ([]Told, error) {
	return db.All(ctx, q, func(r db.Row) (t Told, err error) {
		var args string
		var made, seen int64
		if err = r.Scan(&t.ID, &t.Kind, &t.About.Type, &t.About.ID, &args, &t.Due, &made, &seen); err != nil {
			return t, err
		}
		t.Made, t.Seen = db.Instant(made), seen > 0
		t.Args, err = decodeArgs(args)
		return t, err
	}, `SELECT id, kind, about_type, about_id, args, due, made_at, seen_at FROM op_notice WHERE reader = $1
		ORDER BY made_at DESC, id DESC LIMIT 100`, account)
}

// Seen notes that an account has read everything up to an instant on the site.
func (n *Notifier) Seen(tx db.Transaction, account id.ID, until time.Time) error {
	return tx.Exec(`UPDATE op_notice SET seen_at = $1 WHERE reader = $2 AND seen_at = 0 AND made_at <= $3`, db.Micros(tx.Now()), account, db.Micros(until))
}
