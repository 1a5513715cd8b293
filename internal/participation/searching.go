package participation

import (
	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fact"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/search"
)

// RouteElection and RouteProject name the pages that show what is found.
const (
	RouteElection = "participation.election"
	RouteProject  = "participation.project"
)

// Searching keeps the search up to date with the votes: a consumer for the relay.
func Searching() fact.Consumer {
	return fact.Consumer{Name: "participation.search", Handlers: []fact.Handler{
		fact.On(func(tx *db.Tx, _ fact.Head, f ElectionChangedV1) error { return findable(tx, f.Election) }),
	}}
}

// findable puts an election and its projects in the search, or takes a tombstone out of it. Projects are
// found once the election is public: before, they are rows of a file.
func findable(tx *db.Tx, election id.ID) error {
	e, err := loadElection(tx.Context(), tx, election)
	if fault.KindOf(err) == fault.Gone {
		return forget(tx, election)
	}
	if err != nil {
		return err
	}
	lots, err := loadLots(tx.Context(), tx, e)
	if err != nil {
		return err
	}
	if err := search.Put(tx, search.Doc{Ref: e.Ref(), Lang: e.Lang, Title: e.Title, Keywords: e.Number, Route: RouteElection,
		Visibility: e.Visibility, Updated: tx.Now()}); err != nil || !e.Public() {
		return err
	}
	for _, l := range lots {
		projects, err := loadProjects(tx.Context(), tx, e, l.ID)
		if err != nil {
			return err
		}
		for _, p := range projects {
			if err := search.Put(tx, p.doc(tx, e, l)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p Project) doc(tx *db.Tx, e Election, l Lot) search.Doc {
	return search.Doc{Ref: p.Ref(), Lang: e.Lang, Title: p.Title, Keywords: l.Name + " " + p.District + " " + p.Category, Body: p.About + " " + e.Title,
		Route: RouteProject, Visibility: act.Public, Updated: tx.Now()}
}

func forget(tx *db.Tx, election id.ID) error {
	if err := search.Remove(tx, act.Ref{Type: "election", ID: election}); err != nil {
		return err
	}
	projects, err := projectIDs(tx.Context(), tx, election)
	for _, p := range projects {
		if err := search.Remove(tx, act.Ref{Type: "ballot_project", ID: p}); err != nil {
			return err
		}
	}
	return err
}
