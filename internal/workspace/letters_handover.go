package workspace

import (
	"parvis/internal/db"
	"parvis/internal/fact"
	"parvis/internal/id"
	"parvis/internal/mail"
	"parvis/internal/portfolio/passation"
	"parvis/internal/powers"
)

// handoverOpened tells who leaves what is to be handed over, and who stands above them that somebody must keep it.
// Whoever opened the handover knows already.
func (w *Workspace) handoverOpened(tx *db.Tx, _ fact.Head, f passation.HandoverOpenedV1) error {
	if w.Passation == nil {
		return nil
	}
	number, err := w.Passation.NumberOf(tx.Context(), insider, f.Handover)
	if err != nil {
		return err
	}
	s, err := w.Passation.Handover(tx.Context(), insider, number)
	if err != nil || s.Status != passation.Open {
		return err
	}
	now := powers.Now(tx.Now())
	above, err := powers.Superior(tx.Context(), tx, s.Post, now)
	if err != nil {
		return err
	}
	for _, to := range []struct {
		post id.ID
		kind string
	}{{s.Post, "leaves"}, {above.Post, "above"}} {
		if to.post == "" || to.post == s.OpenedBy {
			continue
		}
		if err := w.tellHandover(tx, s, to.post, to.kind, now); err != nil {
			return err
		}
	}
	return nil
}

func (w *Workspace) tellHandover(tx *db.Tx, s passation.Sheet, post id.ID, kind string, now powers.Moment) error {
	to, err := w.holders(tx, []id.ID{post}, nil)
	if err != nil {
		return err
	}
	for _, r := range to {
		if kind == "leaves" && r.holder != s.Holder { // who arrived has nothing to take yet
			continue
		}
		title, err := w.name(tx.Context(), tx, s.Post, now, r.Lang)
		if err != nil {
			return err
		}
		m := mail.Message{To: mail.Address{Name: r.Name, Email: r.Email}, Lang: lang(r.Lang), Kind: "workspace.letter.handover." + kind,
			Args: []any{"post", title, "day", s.LeavesOn, "number", s.Number}, Thread: string(s.ID)}
		row(&m, "post", title)
		row(&m, "leaves_on", s.LeavesOn)
		row(&m, "things", s.Progress.Things)
		leads(&m, "handover", w.page(m.Lang, "passation.handover", s.Number))
		if err := w.write(tx, r, "handover", s.Ref(), m); err != nil {
			return err
		}
	}
	return nil
}
