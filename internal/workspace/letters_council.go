package workspace

import (
	"cmp"
	"context"
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/db"
	"parvis/internal/fact"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/mail"
	"parvis/internal/notify"
)

// visaAsked writes to whoever holds the post that is asked, with the link that answers. A visa asked again
// has a fact of its own: the letter about the edition before is not written.
func (w *Workspace) visaAsked(tx *db.Tx, _ fact.Head, f council.VisaAskedV1) error {
	if w.Council == nil {
		return nil
	}
	l, err := w.Council.Visa(tx.Context(), insider, f.Visa)
	if fault.KindOf(err) == fault.NotFound || err == nil && (l.Version != f.Version || l.Status != council.VisaAsked) {
		return nil
	}
	if err != nil {
		return err
	}
	to, err := w.holders(tx, []id.ID{f.Post}, func(v identity.Visitor) error {
		_, err := w.Council.Visa(tx.Context(), v, f.Visa)
		return err
	})
	if err != nil {
		return err
	}
	for _, r := range to {
		if err := w.askVisa(tx, r, l); err != nil {
			return err
		}
	}
	return nil
}

func (w *Workspace) askVisa(tx *db.Tx, to reader, l council.VisaLine) error {
	m := mail.Message{To: mail.Address{Name: to.Name, Email: to.Email}, Lang: lang(to.Lang), Kind: "workspace.letter.visa." + string(l.Spec.Kind),
		Args: []any{"title", l.Title, "meeting", l.Meeting, "day", l.On}, Thread: string(l.Circuit)}
	row(&m, "item", l.Title)
	row(&m, "step", l.Spec.Name(m.Lang))
	row(&m, "question", l.Question)
	if l.Paper.ID != "" {
		row(&m, "paper", l.Paper.Title)
		row(&m, "edition", int64(l.Paper.Edition))
	}
	row(&m, "due", l.Due)
	if l.Due != "" {
		row(&m, "silence", i18n.Key("workspace.silence."+string(l.Spec.Silence)))
	}
	page := w.page(m.Lang, "council.visa", l.ID)
	if !l.Spec.NoMail {
		token, err := w.Council.VisaTokenIn(tx, l.ID, to.holder)
		if err != nil {
			return err
		}
		page = w.page(m.Lang, "council.visa.letter", token)
	}
	leads(&m, "visa", page)
	w.deadline(&m, tx, l.ID, l.Version, l.Due, page)
	return w.write(tx, to, "visa", l.About(), m)
}

// circuitSettled tells whoever opened a circuit that it is agreed, or that somebody refused.
func (w *Workspace) circuitSettled(tx *db.Tx, _ fact.Head, f council.CircuitSettledV1) error {
	if f.Status != council.CircuitAgreed && f.Status != council.CircuitReturned {
		return nil
	}
	return w.tellOpener(tx, f.Circuit, f.OpenedBy, string(f.Status), func(k council.Circuit) bool { return k.Status == f.Status })
}

// circuitStuck tells whoever opened a circuit that somebody is missing to answer.
func (w *Workspace) circuitStuck(tx *db.Tx, _ fact.Head, f council.CircuitStuckV1) error {
	return w.tellOpener(tx, f.Circuit, f.OpenedBy, "stuck", func(k council.Circuit) bool { return k.Status == council.CircuitOpen })
}

func (w *Workspace) tellOpener(tx *db.Tx, circuit, opener id.ID, what string, still func(council.Circuit) bool) error {
	if w.Council == nil {
		return nil
	}
	k, item, err := w.Council.CircuitAndItem(tx.Context(), circuit)
	if err != nil || !still(k) {
		return err
	}
	to, err := w.holders(tx, []id.ID{opener}, func(v identity.Visitor) error {
		_, err := w.Council.CircuitsOf(tx.Context(), v, item.ID)
		return err
	})
	if err != nil {
		return err
	}
	for _, r := range to {
		m := mail.Message{To: mail.Address{Name: r.Name, Email: r.Email}, Lang: lang(r.Lang), Kind: "workspace.letter.circuit." + what,
			Args: []any{"title", item.Title}, Thread: string(circuit)}
		row(&m, "item", item.Title)
		row(&m, "circuit", k.Name(m.Lang))
		leads(&m, "circuit", w.page(m.Lang, "council.circuits", item.ID))
		if err := w.write(tx, r, "circuit", item.Ref(), m); err != nil {
			return err
		}
	}
	return nil
}

// AwaitedCommittees lists what waits for somebody in the committees: visas and opinions, circuits that came back,
// minutes to finish, lists of deliberations to publish, deadlines of meetings, then the meetings of the two weeks to come.
func (w *Workspace) AwaitedCommittees(ctx context.Context, v identity.Visitor) ([]notify.Awaited, error) {
	waits, err := w.Council.Pending(ctx, v)
	if err != nil {
		return nil, err
	}
	meetings, err := w.Council.Upcoming(ctx, v, false)
	if err != nil {
		return nil, err
	}
	l := list{to: v.Account}
	for _, one := range waits.Visas {
		key := "visa"
		if one.Due == "" {
			key = "visa_open"
		}
		l.add(key, one.About(), "title", one.Title, "day", cmp.Or(one.Due, one.AskedOn), "meeting", one.Meeting)
	}
	for _, one := range waits.Returned {
		l.add("circuit", one.Ref(), "title", one.Title, "meeting", one.Meeting, "day", one.StatusOn)
	}
	for _, m := range waits.Minutes {
		l.add("minutes", act.Ref{Type: "meeting", ID: m.ID}, "committee", i18n.ByLang{"fr": m.Of.NameFR, "en": m.Of.NameEN}, "day", m.Day)
	}
	for _, m := range waits.Lists {
		l.add("list", act.Ref{Type: "meeting", ID: m.ID}, "committee", i18n.ByLang{"fr": m.Of.NameFR, "en": m.Of.NameEN}, "day", m.Day, "due", council.ListDue(m.Day))
	}
	for _, d := range waits.Deadlines {
		l.add("deadline", act.Ref{Type: "meeting", ID: d.Sitting.ID}, "what", i18n.ByLang{"fr": d.Name("fr"), "en": d.Name("en")}, "meeting", d.Sitting.Number, "day", d.Due)
	}
	until := w.Council.Today().AddDays(14)
	for _, m := range slices.DeleteFunc(meetings, func(m council.MeetingLine) bool { return m.Day.After(until) || m.Status == council.Cancelled }) {
		l.add("meeting", act.Ref{Type: "meeting", ID: m.ID}, "committee", i18n.ByLang{"fr": m.Of.NameFR, "en": m.Of.NameEN}, "meeting", m.Number, "day", m.Day, "clock", calendar.Hour(m.Clock))
	}
	return l.all, nil
}
