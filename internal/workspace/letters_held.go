package workspace

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/mail"
	"parvis/internal/portfolio"
)

// SendHeld tells those who follow a project, in one letter, what they were not told of while a vote was near. Nothing
// leaves while one is.
func (w *Workspace) SendHeld(ctx context.Context) error {
	if quiet, err := w.hushed(ctx); quiet || err != nil {
		return err
	}
	projects, err := heldBack(ctx, w.DB.Readers)
	for _, i := range projects {
		if err := w.DB.Writer.Traffic(ctx, func(tx *db.Tx) error { return w.sendHeld(tx, i) }); err != nil {
			return err
		}
	}
	return err
}

func (w *Workspace) sendHeld(tx *db.Tx, initiative id.ID) error {
	acts, err := release(tx, initiative)
	if err != nil {
		return err
	}
	s, ok, err := w.sheet(tx.Context(), identity.Visitor{}, initiative)
	if err != nil || !ok {
		return err
	}
	to, err := w.Portfolio.Followers(tx.Context(), initiative)
	if err != nil {
		return err
	}
	for _, follower := range to {
		m, err := w.digest(tx, follower, s, acts)
		if err == nil && len(m.Items) > 0 {
			err = w.send(tx, m)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// digest says of each act what a letter of its own would have said.
func (w *Workspace) digest(tx *db.Tx, to portfolio.Follower, s portfolio.Sheet, acts []id.ID) (mail.Message, error) {
	m := w.toFollower(to, "held", s)
	for _, a := range acts {
		cause, err := act.Find(tx.Context(), tx, act.Resident, a)
		if fault.KindOf(err) == fault.NotFound {
			continue
		}
		if err != nil {
			return m, err
		}
		kind := told[cause.Verb]
		args, ok, err := w.said(tx, to, kind, s, cause)
		if err != nil {
			return m, err
		}
		if ok {
			m.Items = append(m.Items, mail.Item{Key: "workspace.letter.held." + kind, Args: append(args, "day", calendar.DayOf(cause.RecordedAt))})
		}
	}
	return m, nil
}
