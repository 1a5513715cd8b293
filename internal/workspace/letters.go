package workspace

import (
	"cmp"
	"context"
	"time"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fact"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/mail"
	"parvis/internal/notify"
	"parvis/internal/portfolio"
	"parvis/internal/powers"
)

// letters writes to the people whom a fact concerns. Letter and cursor move in one transaction: a fact
// is written about once. What was told before this consumer first ran is not written about.
func (w *Workspace) letters() fact.Consumer {
	return fact.Consumer{Name: "workspace.letters", FromNow: true, Handlers: []fact.Handler{
		fact.On(w.partProposed), fact.On(w.partAnswered), fact.On(w.arbitrationAsked), fact.On(w.decisionTaken),
		fact.On(w.actionCreated), fact.On(w.followed),
		fact.On(w.visaAsked), fact.On(w.circuitSettled), fact.On(w.circuitStuck), fact.On(w.meetingConvened), fact.On(w.meetingMoved), fact.On(w.agendaChanged), fact.On(w.seatCalled),
		fact.On(w.meetingCancelled), fact.On(w.handoverOpened),
	}}
}

// reader is somebody to write to.
type reader struct {
	seat
	identity.Account
}

// readers finds the accounts of holders, each once. Who has no account, no address, or may no longer
// sign in, is not written to.
func (w *Workspace) readers(ctx context.Context, q db.Querier, seats []seat) ([]reader, error) {
	seen := map[id.ID]bool{}
	var all []reader
	for _, s := range seats {
		if s.person == "" || seen[s.person] {
			continue
		}
		seen[s.person] = true
		a, err := w.Identity.AccountOfPerson(ctx, q, s.person)
		if fault.KindOf(err) == fault.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		if a.Email != "" && !a.Disabled {
			all = append(all, reader{s, a})
		}
	}
	return all, nil
}

// visitor is the reader as one who opens the page: what a page keeps from them is not written to them either (I8).
func (r reader) visitor() identity.Visitor {
	return identity.Visitor{Kind: identity.Agent, Account: r.ID, Person: r.person, Posts: []identity.PostRef{{ID: r.post, Holder: r.holder}}}
}

// holders are those who hold posts today and to whom a letter may be written about what read reads; nil reads nothing
// that is kept from anybody.
func (w *Workspace) holders(tx *db.Tx, posts []id.ID, read func(identity.Visitor) error) ([]reader, error) {
	seats, err := holdersOf(tx.Context(), tx, posts, powers.Now(tx.Now()))
	if err != nil {
		return nil, err
	}
	to, err := w.readers(tx.Context(), tx, seats)
	if err != nil || read == nil {
		return to, err
	}
	return allowed(to, read)
}

// allowed leaves out the readers to whom a thing is refused on its page: those who withdrew from the matter.
func allowed(to []reader, read func(identity.Visitor) error) ([]reader, error) {
	var left []reader
	for _, r := range to {
		err := read(r.visitor())
		if fault.KindOf(err) == fault.Denied {
			continue
		}
		if err != nil {
			return nil, err
		}
		left = append(left, r)
	}
	return left, nil
}

// sheet reads the initiative of a fact; false when it was withdrawn since.
func (w *Workspace) sheet(ctx context.Context, v identity.Visitor, initiative id.ID) (portfolio.Sheet, bool, error) {
	s, err := w.Portfolio.Sheet(ctx, v, string(initiative))
	switch fault.KindOf(err) {
	case fault.NotFound, fault.Gone:
		return s, false, nil
	}
	return s, err == nil, err
}

// letter begins a message about an initiative.
func (w *Workspace) letter(to reader, kind string, i portfolio.Initiative, args ...any) mail.Message {
	return errandAbout(i).letter(to, kind, args...)
}

// errand is what a letter is about: a project, or an item of a committee.
type errand struct {
	title, number string
	thing         string // of its row and of its link: initiative, item
	ref           act.Ref
	route, key    string // of its page
}

func errandAbout(i portfolio.Initiative) errand {
	return errand{i.Title, i.Number, "initiative", i.Ref(), "portfolio.initiative", i.Number}
}

func (e errand) letter(to reader, kind string, args ...any) mail.Message {
	args = append([]any{"title", e.title, "number", e.number}, args...)
	return mail.Message{To: mail.Address{Name: to.Name, Email: to.Email}, Lang: lang(to.Lang), Kind: "workspace.letter." + kind, Args: args,
		Rows:   []mail.Row{{Label: "workspace.row." + e.thing, Value: e.number + " · " + e.title}},
		Thread: string(e.ref.ID)}
}

// row adds a line to the table of a letter, unless there is nothing to say.
func row(m *mail.Message, label string, value any) {
	if value == "" || value == calendar.Day("") || value == calendar.Hour("") {
		return
	}
	m.Rows = append(m.Rows, mail.Row{Label: "workspace.row." + label, Value: value})
}

// leads adds a link to a letter, when this city has the page.
func leads(m *mail.Message, label, url string) {
	if url != "" {
		m.Actions = append(m.Actions, mail.Action{Label: "workspace.action." + label, URL: url})
	}
}

// deadline makes the entry of an agenda for the last day on which something can be done. It is an event
// of a whole day: the agendas of most town halls ignore VTODO.
func (w *Workspace) deadline(m *mail.Message, tx db.Transaction, thing id.ID, version int64, day calendar.Day, url string) {
	if !day.Valid() {
		return
	}
	summary := w.Catalog.Printer(m.Lang).T(m.Kind+".subject", m.Args...)
	m.Calendar = &calendar.Calendar{Lang: cmp.Or(m.Lang, "fr"), Events: []calendar.Event{{
		UID: string(thing) + "@" + w.Domain, Sequence: int(version), Stamp: tx.Now(), Days: calendar.On(day),
		Summary: summary, URL: url, Remind: 24 * time.Hour}}}
}

// name is what a post or a unit is called, in the language of the reader.
func (w *Workspace) name(ctx context.Context, q db.Querier, thing id.ID, m powers.Moment, lang string) (string, error) {
	labels, err := powers.Labels(ctx, q, []id.ID{thing}, m)
	l := labels[thing]
	if lang == "en" && l.NameEN != "" {
		return l.NameEN, err
	}
	return l.Name, err
}

// write sends a letter to somebody who works for the city, as often as they want such letters.
func (w *Workspace) write(tx db.Transaction, to reader, kind string, about act.Ref, m mail.Message) error {
	return w.Notifier.Write(tx, to.Account.ID, notify.Notice{Kind: noticePrefix + kind, About: about, Args: m.Args}, m)
}

// send queues a letter. An address that is none must not keep everybody else's letters waiting.
func (w *Workspace) send(tx db.Transaction, m mail.Message) error {
	err := w.Mailer.Queue(tx, m)
	if fault.KindOf(err) == fault.Invalid {
		return nil
	}
	return err
}
