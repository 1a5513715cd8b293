package workspace

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fact"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/mail"
	"parvis/internal/portfolio"
	"parvis/internal/powers"
)

// errand is what an action item is about, a project or an item of a committee, as its letter says it.
type errand struct {
	title, number string
	thing         string // of the row and of the link: initiative, item
	ref           act.Ref
	route, key    string                       // of its page
	may           func(identity.Visitor) error // Denied to whom nothing of it is sent
}

// actionCreated tells whoever must do what a decision entails or a committee asks, with the day for their agenda.
func (w *Workspace) actionCreated(tx *db.Tx, _ fact.Head, f portfolio.ActionItemCreatedV1) error {
	found, err := w.Portfolio.ActionsOf(tx.Context(), insider, f.Action)
	if err != nil || len(found) == 0 || found[0].Version != f.Version || found[0].Status != portfolio.ActionOpen {
		return err
	}
	a := found[0]
	about, ok, err := w.errandOf(tx.Context(), a)
	if err != nil || !ok {
		return err
	}
	seats, err := w.doers(tx, f)
	if err != nil {
		return err
	}
	to, err := w.readers(tx.Context(), tx, seats)
	if err == nil {
		to, err = allowed(to, about.may)
	}
	if err != nil {
		return err
	}
	for _, r := range to {
		page := w.page(lang(r.Lang), about.route, about.key)
		m := about.letter(r, a)
		leads(&m, about.thing, page)
		w.deadline(&m, tx, f.Action, f.Version, f.Due, page)
		if err := w.write(tx, r, "action", about.ref, m); err != nil {
			return err
		}
	}
	return nil
}

func (e errand) letter(to reader, a portfolio.Action) mail.Message {
	m := mail.Message{To: mail.Address{Name: to.Name, Email: to.Email}, Lang: lang(to.Lang), Kind: "workspace.letter.action",
		Args:   []any{"title", e.title, "number", e.number, "what", a.What, "due", a.Due},
		Rows:   []mail.Row{{Label: "workspace.row." + e.thing, Value: e.number + " · " + e.title}},
		Thread: string(e.ref.ID)}
	row(&m, "what", a.What)
	row(&m, "due", a.Due)
	return m
}

// errandOf reads what an action item is about; false when it was withdrawn since. Whoever is recused from it is sent nothing.
func (w *Workspace) errandOf(ctx context.Context, a portfolio.Action) (errand, bool, error) {
	e := errand{may: func(v identity.Visitor) error { return w.mayDo(ctx, v, a) }}
	if a.Initiative == "" {
		i, err := w.Council.Findable(ctx, a.From.Item)
		if fault.KindOf(err) == fault.NotFound {
			return e, false, nil
		}
		e.title, e.number, e.thing, e.ref, e.route, e.key = i.Title, a.From.Number, "item", i.Ref(), "council.item", string(i.ID)
		return e, err == nil, err
	}
	s, ok, err := w.sheet(ctx, insider, a.Initiative)
	e.title, e.number, e.thing, e.ref, e.route, e.key = s.Title, s.Number, "initiative", s.Ref(), "portfolio.initiative", s.Number
	return e, ok, err
}

// mayDo refuses whoever is recused from the question or from the matter that an action item comes from.
func (w *Workspace) mayDo(ctx context.Context, v identity.Visitor, a portfolio.Action) error {
	if a.Arbitration != "" {
		_, err := w.Portfolio.Arbitration(ctx, v, string(a.Arbitration))
		return err
	}
	if w.Council == nil || a.From.Item == "" {
		return nil
	}
	i, err := w.Council.Findable(ctx, a.From.Item)
	if err != nil {
		return err
	}
	kept, err := w.Council.Withheld(ctx, v)
	if err == nil && kept.Item(i.Item) {
		err = fault.New(fault.Denied, "council.recused")
	}
	return err
}

// doers is the post named, if somebody holds it, else whoever leads the unit.
func (w *Workspace) doers(tx *db.Tx, f portfolio.ActionItemCreatedV1) ([]seat, error) {
	now := powers.Now(tx.Now())
	if f.Post != "" {
		seats, err := holdersOf(tx.Context(), tx, []id.ID{f.Post}, now)
		if err != nil || len(seats) > 0 {
			return seats, err
		}
	}
	return w.headsOf(tx.Context(), tx, f.Unit, now)
}
