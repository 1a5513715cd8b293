package workspace

import (
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fact"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/powers"
)

// answers are the three ways to answer an offer; each is a link to the same page, which shows a button.
var answers = []portfolio.AnswerKind{portfolio.Accept, portfolio.Counter, portfolio.Decline}

// partProposed asks whoever leads the unit to accept, to counter or to decline. Terms that changed
// since have a fact of their own.
func (w *Workspace) partProposed(tx *db.Tx, _ fact.Head, f portfolio.PartProposedV1) error {
	s, part, ok, err := w.part(tx, f.Initiative, f.Part)
	if err != nil || !ok || part.Version != f.Version || part.Status != portfolio.Proposed {
		return err
	}
	seats, err := w.headsOf(tx.Context(), tx, f.Unit, powers.Now(tx.Now()))
	if err != nil {
		return err
	}
	to, err := w.readers(tx.Context(), tx, seats)
	if err != nil {
		return err
	}
	for _, r := range to {
		if err := w.offer(tx, r, s, part); err != nil {
			return err
		}
	}
	return nil
}

func (w *Workspace) offer(tx *db.Tx, to reader, s portfolio.Sheet, part portfolio.Part) error {
	now := powers.Now(tx.Now())
	unit, err := w.name(tx.Context(), tx, part.Unit, now, to.Lang)
	if err != nil {
		return err
	}
	by, err := w.name(tx.Context(), tx, part.OfferedBy, now, to.Lang)
	if err != nil {
		return err
	}
	token, err := w.Portfolio.AnswerTokenIn(tx, part.ID, to.post, to.holder)
	if err != nil {
		return err
	}
	until := calendar.DayOf(tx.Now().Add(portfolio.AnswerLifetime))
	m := w.letter(to, "part", s.Initiative, "unit", unit, "to_unit", toWhom(unit, to.Lang), "until", until)
	row(&m, "problem", s.Problem)
	row(&m, "role", i18n.Key("workspace.role."+string(part.Role)))
	row(&m, "effort", part.Effort)
	row(&m, "offered_by", by)
	row(&m, "until", until)
	page := w.page(lang(to.Lang), "portfolio.letter", token)
	for _, kind := range answers {
		if page != "" {
			leads(&m, string(kind), page+"?answer="+string(kind))
		}
	}
	w.deadline(&m, tx, part.ID, part.Version, until, page)
	return w.write(tx, to, "part", s.Ref(), m)
}

// partAnswered tells whoever offered a part what the unit answered.
func (w *Workspace) partAnswered(tx *db.Tx, _ fact.Head, f portfolio.PartAnsweredV1) error {
	s, part, ok, err := w.part(tx, f.Initiative, f.Part)
	if err != nil || !ok || part.Status != f.Status {
		return err
	}
	now := powers.Now(tx.Now())
	to, err := w.holders(tx, []id.ID{f.OfferedBy}, nil)
	if err != nil {
		return err
	}
	for _, r := range to {
		unit, err := w.name(tx.Context(), tx, part.Unit, now, r.Lang)
		if err != nil {
			return err
		}
		m := w.letter(r, "answer."+string(part.Status), s.Initiative, "unit", asSubject(unit, r.Lang))
		row(&m, "role", i18n.Key("workspace.role."+string(part.Role)))
		row(&m, "terms", part.Counter)
		row(&m, "reason", part.Reason)
		leads(&m, "initiative", w.page(lang(r.Lang), "portfolio.initiative", s.Number))
		if err := w.write(tx, r, "answer", s.Ref(), m); err != nil {
			return err
		}
	}
	return nil
}

// part reads a part with its initiative; false when either is no more.
func (w *Workspace) part(tx *db.Tx, initiative, part id.ID) (portfolio.Sheet, portfolio.Part, bool, error) {
	s, ok, err := w.sheet(tx.Context(), insider, initiative)
	if err != nil || !ok {
		return s, portfolio.Part{}, false, err
	}
	i := slices.IndexFunc(s.Parts, func(p portfolio.Part) bool { return p.ID == part })
	if i < 0 {
		return s, portfolio.Part{}, false, nil
	}
	return s, s.Parts[i], true, nil
}

// toWhom says to whom something is proposed, with the article that French wants.
func toWhom(name, chosen string) string {
	if lang(chosen) == i18n.English {
		return "to " + name
	}
	return i18n.Joined("à " + i18n.Definite(name))
}

// asSubject begins a sentence with a name.
func asSubject(name, chosen string) string {
	if lang(chosen) == i18n.English {
		return name
	}
	return i18n.Joined(i18n.Definite(name))
}

// lang is the language of an address: French unless the reader chose another.
func lang(chosen string) string {
	if chosen == i18n.English {
		return i18n.English
	}
	return i18n.French
}
