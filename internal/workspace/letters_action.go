package workspace

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/fact"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/powers"
)

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
		to, err = allowed(to, func(v identity.Visitor) error { return w.mayDo(tx.Context(), v, a) })
	}
	if err != nil {
		return err
	}
	for _, r := range to {
		page := w.page(lang(r.Lang), about.route, about.key)
		m := about.letter(r, "action", "what", a.What, "due", a.Due)
		row(&m, "what", a.What)
		row(&m, "due", a.Due)
		leads(&m, about.thing, page)
		w.deadline(&m, tx, f.Action, f.Version, f.Due, page)
		if err := w.write(tx, r, "action", about.ref, m); err != nil {
			return err
		}
	}
	return nil
}

// errandOf reads what an action item is about, its project or else its item; false when that was withdrawn since.
func (w *Workspace) errandOf(ctx context.Context, a portfolio.Action) (errand, bool, error) {
	if a.Initiative != "" {
		s, ok, err := w.sheet(ctx, insider, a.Initiative)
		return errandAbout(s.Initiative), ok, err
	}
	i, err := w.Council.Findable(ctx, a.From.Item)
	return errand{i.Title, a.From.Number, typeItem, i.Ref(), "council.item", string(i.ID)}, err == nil, err
}

// mayDo refuses whoever withdrew from the question or from the item that an action item comes from.
func (w *Workspace) mayDo(ctx context.Context, v identity.Visitor, a portfolio.Action) error {
	found, err := w.Portfolio.ActionsOf(ctx, v, a.ID)
	if err == nil && len(found) == 0 {
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
