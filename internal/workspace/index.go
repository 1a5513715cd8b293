package workspace

import (
	"context"
	"iter"
	"strings"
	"time"

	"parvis/internal/act"
	"parvis/internal/council"
	"parvis/internal/db"
	"parvis/internal/fact"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/powers"
	"parvis/internal/search"
)

// The types of things that can be found, as the tabs of the search page name them.
const (
	typeInitiative  = "initiative"
	typeArbitration = "arbitration"
	typeUnit        = "unit"
	typePost        = "post"
)

// index keeps what can be found of the initiatives and of the questions put about them, of the items of committees, of
// strategies and their indicators.
func (w *Workspace) index() fact.Consumer {
	return fact.Consumer{Name: "workspace.index", Handlers: []fact.Handler{
		fact.On(func(tx *db.Tx, h fact.Head, f portfolio.InitiativeChangedV1) error {
			return w.reindex(tx, f.Initiative, h.HappenedAt)
		}),
		fact.On(func(tx *db.Tx, h fact.Head, f council.ItemChangedV1) error {
			return w.reindexItem(tx, f.Item, h.HappenedAt)
		}),
		fact.On(func(tx *db.Tx, h fact.Head, f strategy.ChangedV1) error {
			return w.reindexAim(tx, f.Thing, h.HappenedAt)
		}),
	}}
}

// reindex makes the documents of an initiative again, or removes those of one that was withdrawn.
func (w *Workspace) reindex(tx *db.Tx, initiative id.ID, at time.Time) error {
	s, err := w.Portfolio.Sheet(tx.Context(), insider, string(initiative))
	switch fault.KindOf(err) {
	case fault.NotFound, fault.Gone:
		return forget(tx, initiative)
	}
	if err != nil {
		return err
	}
	for _, d := range append(questionDocs(s, at), initiativeDoc(s, at)) {
		if err := search.Put(tx, d); err != nil {
			return err
		}
	}
	return nil
}

// forget removes what could be found of a tombstone.
func forget(tx *db.Tx, initiative id.ID) error {
	asked, err := portfolio.ArbitrationIDs(tx.Context(), tx, initiative)
	if err != nil {
		return err
	}
	for _, a := range asked {
		if err := search.Remove(tx, act.Ref{Type: typeArbitration, ID: a}); err != nil {
			return err
		}
	}
	return search.Remove(tx, act.Ref{Type: typeInitiative, ID: initiative})
}

// initiativeDoc is what can be found of an initiative by whoever may read it: a public one is found by
// nothing that is internal, such as a unit that has not answered yet.
func initiativeDoc(s portfolio.Sheet, at time.Time) search.Doc {
	words := append([]string{s.Number, s.Initials, s.Address}, s.Tags...)
	for _, p := range s.Parts {
		if u, known := s.Units[p.Unit]; known && (p.Partner() || p.Status == portfolio.Reported) {
			words = append(words, u.Code, u.Name)
		}
	}
	for _, p := range s.Papers {
		if p.Visibility == act.Public || !s.Public() && p.Arbitration == "" {
			words = append(words, p.Title)
		}
	}
	return search.Doc{Ref: s.Ref(), Lang: s.Lang, Title: s.Title, Keywords: strings.Join(words, " "),
		Body: s.Problem + " " + s.Sufferer, Route: "portfolio.initiative", Visibility: s.Visibility, Updated: at}
}

func questionDocs(s portfolio.Sheet, at time.Time) []search.Doc {
	var all []search.Doc
	for _, a := range s.Arbitrations {
		d := search.Doc{Ref: a.Ref(), Lang: s.Lang, Title: a.Question, Keywords: a.Number + " " + s.Number + " " + s.Title,
			Body: a.Decision + " " + a.Context, Route: "portfolio.arbitration", Visibility: a.Visibility, Updated: at}
		if !s.Public() {
			d.Visibility = act.Internal // a question is never more public than what it is about
		}
		all = append(all, d)
	}
	return all
}

func (w *Workspace) initiativeDocs(ctx context.Context, docs func(portfolio.Sheet, time.Time) []search.Doc) iter.Seq2[search.Doc, error] {
	return func(yield func(search.Doc, error) bool) {
		rows, err := w.Portfolio.Rows(ctx, insider, portfolio.Filter{})
		if err != nil {
			yield(search.Doc{}, err)
			return
		}
		for _, r := range rows {
			s, err := w.Portfolio.Sheet(ctx, insider, string(r.ID))
			if k := fault.KindOf(err); k == fault.NotFound || k == fault.Gone {
				continue // withdrawn meanwhile
			}
			if err != nil {
				yield(search.Doc{}, err)
				return
			}
			for _, d := range docs(s, latest(s)) {
				if !yield(d, nil) {
					return
				}
			}
		}
	}
}

// latest is when something last happened to an initiative, as far as its days tell.
func latest(s portfolio.Sheet) time.Time {
	return max(s.SignalledOn, s.StageSince, s.PublishedOn).Time()
}

// bilingual gives a document in each language in which a thing is named.
func bilingual(d search.Doc, english string) []search.Doc {
	d.Lang = "fr"
	if english == "" || english == d.Title {
		return []search.Doc{d}
	}
	en := d
	en.Lang, en.Title = "en", english
	return []search.Doc{d, en}
}

func (w *Workspace) unitDocs(ctx context.Context) iter.Seq2[search.Doc, error] {
	return func(yield func(search.Doc, error) bool) {
		all, err := powers.Organigram(ctx, w.DB.Readers, w.latest(), false)
		if err != nil {
			yield(search.Doc{}, err)
			return
		}
		for _, u := range all {
			d := search.Doc{Ref: act.Ref{Type: typeUnit, ID: u.ID}, Title: u.Name, Keywords: u.Code + " " + u.Short,
				Route: "powers.unit", Visibility: act.Public, Updated: u.From.Time()}
			for _, doc := range bilingual(d, u.NameEN) {
				if !yield(doc, nil) {
					return
				}
			}
		}
	}
}

// postDocs makes no document of who holds a post: people are found by their post, not the reverse.
func (w *Workspace) postDocs(ctx context.Context) iter.Seq2[search.Doc, error] {
	return func(yield func(search.Doc, error) bool) {
		names, err := w.unitNames(ctx)
		if err != nil {
			yield(search.Doc{}, err)
			return
		}
		all, err := powers.Posts(ctx, w.DB.Readers, w.latest())
		if err != nil {
			yield(search.Doc{}, err)
			return
		}
		for _, p := range all {
			d := search.Doc{Ref: act.Ref{Type: typePost, ID: p.ID}, Title: p.Title, Keywords: p.Code + " " + names[p.Unit],
				Route: "powers.post", Visibility: act.Public, Updated: p.From.Time()}
			for _, doc := range bilingual(d, p.TitleEN) {
				if !yield(doc, nil) {
					return
				}
			}
		}
	}
}

func (w *Workspace) unitNames(ctx context.Context) (map[id.ID]string, error) {
	all, err := powers.UnitsInLife(ctx, w.DB.Readers, w.latest())
	names := make(map[id.ID]string, len(all))
	for _, u := range all {
		names[u.ID] = u.Name + " " + u.Abbr
	}
	return names, err
}
