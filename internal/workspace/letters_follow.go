package workspace

import (
	"cmp"
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fact"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/mail"
	"parvis/internal/portfolio"
)

// told are the verbs of which those who follow a project hear, with what the letter says. Whatever is not
// here is written nowhere: a letter for each comma would make everybody leave.
var told = map[string]string{
	"portfolio.initiative.advance":  "stage",
	"portfolio.initiative.skip":     "stage",
	"portfolio.part.accept":         "partner",
	"portfolio.part.agree":          "partner",
	"portfolio.arbitration.decide":  "decision",
	"portfolio.arbitration.publish": "decision",
}

// followed writes to the confirmed followers of a public initiative, when the act behind the change is
// public itself: that something internal happened is not said.
func (w *Workspace) followed(tx *db.Tx, h fact.Head, f portfolio.InitiativeChangedV1) error {
	if !f.Public || h.Cause == "" {
		return nil
	}
	cause, err := act.Find(tx.Context(), tx, act.Resident, h.Cause)
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	kind, known := told[cause.Verb]
	if err != nil || !known {
		return err
	}
	quiet, err := w.hushed(tx.Context())
	if err != nil {
		return err
	}
	if quiet {
		return hold(tx, h.Cause, f.Initiative)
	}
	to, err := w.Portfolio.Followers(tx.Context(), f.Initiative)
	if err != nil || len(to) == 0 {
		return err
	}
	s, ok, err := w.sheet(tx.Context(), identity.Visitor{}, f.Initiative)
	if err != nil || !ok {
		return err
	}
	for _, follower := range to {
		m, ok, err := w.news(tx, follower, kind, s, cause)
		if err != nil {
			return err
		}
		if ok {
			if err := w.send(tx, m); err != nil {
				return err
			}
		}
	}
	return nil
}

// hushed tells whether news of projects are kept back: before a vote a city does not write to residents about what it
// achieves (Code électoral L52-1, L52-8). The pages say it all the same, and one letter once it is over (SendHeld).
func (w *Workspace) hushed(ctx context.Context) (bool, error) {
	if w.Quiet == nil {
		return false, nil
	}
	return w.Quiet(ctx)
}

// toFollower begins a letter to somebody who follows a project.
func (w *Workspace) toFollower(to portfolio.Follower, kind string, s portfolio.Sheet) mail.Message {
	m := w.letter(reader{Account: identity.Account{Email: to.Email, Lang: to.Lang}}, kind, s.Initiative)
	leads(&m, "initiative", w.page(lang(to.Lang), "portfolio.initiative", s.Number))
	m.Unsubscribe = w.page(lang(to.Lang), "portfolio.follow.leave", to.Leave)
	return m
}

// news is what a follower reads: only what everybody may.
func (w *Workspace) news(tx *db.Tx, to portfolio.Follower, kind string, s portfolio.Sheet, cause act.Entry) (mail.Message, bool, error) {
	m := w.toFollower(to, "followed."+kind, s)
	args, ok, err := w.said(tx, to, kind, s, cause)
	for n := 0; n+1 < len(args); n += 2 {
		row(&m, args[n].(string), args[n+1])
	}
	return m, ok, err
}

// said is what a change of a project is, as named arguments; false when it is not to be told yet.
func (w *Workspace) said(tx *db.Tx, to portfolio.Follower, kind string, s portfolio.Sheet, cause act.Entry) ([]any, bool, error) {
	switch kind {
	case "stage":
		return []any{"stage", stageName(portfolio.Stage(cmp.Or(cause.Args["to"], string(s.Stage))))}, true, nil
	case "partner":
		unit, err := w.name(tx.Context(), tx, id.ID(cause.Args["unit"]), w.latest(), to.Lang)
		return []any{"unit", unit}, true, err
	}
	a, err := w.Portfolio.Arbitration(tx.Context(), identity.Visitor{}, string(cause.What.ID))
	if fault.KindOf(err) == fault.NotFound {
		return nil, false, nil // decided, and not published yet
	}
	return []any{"question", a.Question, "decision", a.Decision, "decided_on", a.DecidedOn}, true, err
}
