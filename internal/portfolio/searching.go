package portfolio

import (
	"strings"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fact"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/search"
)

// Searching keeps the search up to date with the portfolio: a consumer for the relay.
func Searching() fact.Consumer {
	return fact.Consumer{Name: "portfolio.search", Handlers: []fact.Handler{
		fact.On(func(tx *db.Tx, _ fact.Head, f InitiativeChangedV1) error { return findable(tx, f.Initiative) }),
		fact.On(func(tx *db.Tx, _ fact.Head, f DecisionTakenV1) error {
			a, err := loadArbitration(tx.Context(), tx, f.Arbitration)
			if err != nil {
				return err
			}
			return findableDecision(tx, a)
		}),
	}}
}

// RouteSheet and RouteArbitration name the pages that show what is found.
const (
	RouteSheet       = "portfolio.initiative"
	RouteArbitration = "portfolio.arbitration"
)

// findable puts an initiative in the search, or takes a tombstone out of it.
func findable(tx *db.Tx, initiative id.ID) error {
	i, err := loadInitiative(tx.Context(), tx, initiative)
	if fault.KindOf(err) == fault.Gone {
		return search.Remove(tx, act.Ref{Type: "initiative", ID: initiative})
	}
	if err != nil {
		return err
	}
	if err := search.Put(tx, i.doc(tx)); err != nil {
		return err
	}
	// Decisions follow the visibility of their initiative when a person publishes it with them.
	decided, err := decisionsOf(tx.Context(), tx, initiative)
	for _, a := range decided {
		if err := findableDecision(tx, a); err != nil {
			return err
		}
	}
	return err
}

func (i Initiative) doc(tx *db.Tx) search.Doc {
	return search.Doc{Ref: i.Ref(), Lang: i.Lang, Title: i.Title, Route: RouteSheet, Visibility: i.Visibility, Updated: tx.Now(),
		Keywords: strings.Join(append([]string{i.Number, i.Matter}, i.Tags...), " "),
		Body:     strings.Join([]string{i.Problem, i.Sufferer, i.Address}, " ")}
}

func findableDecision(tx *db.Tx, a Arbitration) error {
	return search.Put(tx, search.Doc{Ref: a.Ref(), Lang: a.Answers.Lang, Title: a.Question, Keywords: a.Number, Route: RouteArbitration,
		Body: a.Decision + " " + a.Answers.Motive, Visibility: a.Visibility, Updated: tx.Now()})
}
