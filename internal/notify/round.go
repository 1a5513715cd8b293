package notify

import (
	"context"
	"errors"
	"slices"
	"time"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/mail"
)

// round sends each agent what waits for them, once a week. Whoever has nothing waiting is not written to.
func (n *Notifier) round(ctx context.Context, d *db.DB) error {
	var day calendar.Day
	err := d.Writer.Traffic(ctx, func(tx *db.Tx) error { day = monday(calendar.DayOf(tx.Now())); return nil })
	if err != nil {
		return err
	}
	waiting, order, err := n.waiting(ctx, d.Readers, day)
	for _, account := range order {
		err = errors.Join(err, d.Writer.Traffic(ctx, func(tx *db.Tx) error { return n.sendRound(tx, account, day, waiting[account]) }))
	}
	return err
}

// monday names the round: one that failed and is tried again on Tuesday is still Monday's.
func monday(day calendar.Day) calendar.Day {
	for day.Weekday() != time.Monday {
		day = day.AddDays(-1)
	}
	return day
}

// waiting asks every room. A room that fails does not silence the others.
func (n *Notifier) waiting(ctx context.Context, q db.Querier, day calendar.Day) (map[id.ID][]Awaited, []id.ID, error) {
	all := map[id.ID][]Awaited{}
	var order []id.ID
	var errs []error
	for _, source := range n.config.Sources {
		some, err := source(ctx, q, day)
		errs = append(errs, err)
		for _, a := range some {
			if all[a.Account] == nil {
				order = append(order, a.Account)
			}
			all[a.Account] = append(all[a.Account], a)
		}
	}
	slices.Sort(order)
	return all, order, errors.Join(errs...)
}

func (n *Notifier) sendRound(tx *db.Tx, account id.ID, day calendar.Day, all []Awaited) error {
	frequency, err := chosen(tx.Context(), tx, string(account), Waiting, Weekly)
	if err != nil || frequency == Never {
		return err
	}
	first, err := tx.Affected(`INSERT INTO op_notify_round (reader, day) VALUES ($1, $2) ON CONFLICT (reader, day) DO NOTHING`, account, string(day))
	if err != nil || first == 0 {
		return err
	}
	people, err := n.config.Directory(tx.Context(), tx, []id.ID{account})
	if err != nil || len(people) == 0 || people[0].Email == "" || !people[0].Agent {
		return err
	}
	err = n.config.Mailer.Queue(tx, n.roundMail(people[0], day, all))
	if fault.KindOf(err) == fault.Invalid {
		return nil
	}
	return err
}

func (n *Notifier) roundMail(p Person, day calendar.Day, all []Awaited) mail.Message {
	m := mail.Message{To: mail.Address{Name: p.Name, Email: p.Email}, Lang: p.Lang, Kind: Waiting, Args: []any{"day", day},
		Actions:     []mail.Action{{Label: "notify.open_waiting", URL: n.config.Links.Awaited(p.Lang)}},
		Unsubscribe: n.config.Links.End(p.Lang, n.endToken(string(p.Account), Waiting))}
	heading := ""
	for _, a := range all {
		item := mail.Item{Key: a.Key, Args: a.Args, URL: n.config.Links.Thing(p.Lang, a.About)}
		if a.Heading != heading {
			item.Heading, heading = a.Heading, a.Heading
		}
		m.Items = append(m.Items, item)
	}
	return m
}
