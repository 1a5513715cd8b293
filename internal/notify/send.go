package notify

import (
	"context"
	"errors"
	"strings"
	"time"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/job"
	"parvis/internal/mail"
)

const sendKind = "notify.notice.send"

// Jobs are the works of the notifier: what is to be sent at once, what comes due, the weekly round.
func (n *Notifier) Jobs(d *db.DB) []job.Kind {
	send := func(ctx context.Context, _ job.Task) error { return n.send(ctx, d) }
	return []job.Kind{
		job.On(sendKind, func(ctx context.Context, t job.Task, _ any) error { return send(ctx, t) }),
		job.Every("notify.turn.send", job.Each(time.Minute), send),
		job.Every("notify.round.send", job.Weekly(time.Monday, gatherHour, gatherMinute), func(ctx context.Context, _ job.Task) error { return n.round(ctx, d) }),
	}
}

// send queues the mails of everything that is due, one reader a transaction. The instant is the
// writer's, so that what was told just before is due.
func (n *Notifier) send(ctx context.Context, d *db.DB) error {
	var readers []string
	err := d.Writer.Traffic(ctx, func(tx *db.Tx) (err error) {
		readers, err = due(tx.Context(), tx, tx.Now())
		return err
	})
	for _, r := range readers {
		err = errors.Join(err, d.Writer.Traffic(ctx, func(tx *db.Tx) error { return n.sendTo(tx, r) }))
	}
	return err
}

func (n *Notifier) sendTo(tx *db.Tx, reader string) error {
	all, err := dueFor(tx, reader)
	if err != nil || len(all) == 0 {
		return err
	}
	p, err := n.person(tx, reader)
	if err != nil {
		return err
	}
	if p.Email != "" {
		for _, m := range n.messages(reader, p, all) {
			if err := n.config.Mailer.Queue(tx, m); err != nil && fault.KindOf(err) != fault.Invalid {
				return err // an address that is none is nobody's fault here, and must not stop the others
			}
		}
	}
	return told(tx, all)
}

// person finds to whom a reader's mails go; the zero person when there is nobody any more.
func (n *Notifier) person(tx *db.Tx, reader string) (Person, error) {
	if follow, ok := isFollow(reader); ok {
		f, err := followByID(tx.Context(), tx, follow)
		if fault.KindOf(err) == fault.NotFound {
			return Person{}, nil
		}
		return Person{Email: f.Email, Lang: f.Lang}, err
	}
	people, err := n.config.Directory(tx.Context(), tx, []id.ID{id.ID(reader)})
	if err != nil || len(people) == 0 {
		return Person{}, err
	}
	return people[0], nil
}

// messages says what is told at once one by one, and gathers the rest.
func (n *Notifier) messages(reader string, p Person, all []pending) []mail.Message {
	var out []mail.Message
	var later []pending
	for _, notice := range all {
		if notice.frequency == Now {
			out = append(out, n.single(reader, p, notice))
		} else {
			later = append(later, notice)
		}
	}
	if len(later) > 0 {
		out = append(out, n.gathered(reader, p, later))
	}
	return out
}

func (n *Notifier) single(reader string, p Person, notice pending) mail.Message {
	link := n.config.Links.Thing(p.Lang, notice.about)
	m := mail.Message{To: mail.Address{Name: p.Name, Email: p.Email}, Lang: p.Lang, Kind: notice.kind, Args: notice.args,
		Actions:     []mail.Action{{Label: "notify.open", URL: link}},
		Unsubscribe: n.endLink(p.Lang, reader, n.kinds[notice.kind]),
		Thread:      notice.about.Type + "/" + string(notice.about.ID),
	}
	if notice.due.Known() {
		m.Rows = []mail.Row{{Label: "notify.due", Value: notice.due}}
		m.Calendar = n.todo(p, notice, link)
	}
	return m
}

// todo is the task that an agenda may take over.
func (n *Notifier) todo(p Person, notice pending, link string) *calendar.Calendar {
	_, domain, _ := strings.Cut(p.Email, "@")
	return &calendar.Calendar{Lang: p.Lang, Todos: []calendar.Todo{{
		UID: string(notice.about.ID) + "-" + notice.kind + "@" + domain, Stamp: notice.made, Due: notice.due,
		Summary: n.config.Mailer.Say(p.Lang, notice.kind+".item", notice.args...), URL: link,
	}}}
}

func (n *Notifier) gathered(reader string, p Person, all []pending) mail.Message {
	m := mail.Message{To: mail.Address{Name: p.Name, Email: p.Email}, Lang: p.Lang, Kind: "notify.gathered",
		Args:        []any{"day", calendar.DayOf(all[len(all)-1].made)},
		Unsubscribe: n.config.Links.End(p.Lang, n.endToken(reader, ""))}
	byKind := map[string][]pending{}
	var order []string
	for _, notice := range all {
		if byKind[notice.kind] == nil {
			order = append(order, notice.kind)
		}
		byKind[notice.kind] = append(byKind[notice.kind], notice)
	}
	for _, kind := range order {
		for i, notice := range byKind[kind] {
			item := mail.Item{Key: kind + ".item", Args: notice.args, URL: n.config.Links.Thing(p.Lang, notice.about)}
			if i == 0 {
				item.Heading = kind + ".label"
			}
			m.Items = append(m.Items, item)
		}
	}
	return m
}

// Missing lists the texts that the catalogues lack for the kinds declared: a test of app expects none.
func (n *Notifier) Missing(c *i18n.Catalog) []string {
	var missing []string
	for _, lang := range i18n.Languages() {
		for name := range n.kinds {
			for _, part := range []string{".subject", ".body", ".item", ".label"} {
				if name != Waiting && !c.Printer(lang).Has(name+part) {
					missing = append(missing, lang+": "+name+part)
				}
			}
		}
	}
	return missing
}
