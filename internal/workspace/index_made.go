package workspace

import (
	"context"
	"iter"
	"slices"
	"time"

	"parvis/internal/db"
	"parvis/internal/job"
	"parvis/internal/portfolio"
	"parvis/internal/search"
)

// making is how all documents of a type are made. Whoever changes what they say raises the version: a city whose
// documents were made by another one makes them all again when it starts, since facts tell only of what changes.
type making struct {
	typ     string
	version int
	docs    func(context.Context) iter.Seq2[search.Doc, error]
}

func (w *Workspace) makings() []making {
	all := []making{
		{typeInitiative, 1, func(ctx context.Context) iter.Seq2[search.Doc, error] {
			return w.initiativeDocs(ctx, func(s portfolio.Sheet, at time.Time) []search.Doc { return []search.Doc{initiativeDoc(s, at)} })
		}},
		{typeArbitration, 1, func(ctx context.Context) iter.Seq2[search.Doc, error] { return w.initiativeDocs(ctx, questionDocs) }},
		{typeUnit, 1, w.unitDocs}, {typePost, 1, w.postDocs},
	}
	if w.Council != nil {
		for _, typ := range []string{typeItem, typeDecision} {
			all = append(all, making{typ, 1, func(ctx context.Context) iter.Seq2[search.Doc, error] { return w.itemDocsOf(ctx, typ) }})
		}
	}
	if w.Strategy != nil {
		all = append(all, making{typeStrategy, 1, listed(w.allStrategies)}, making{typeIndicator, 1, listed(w.allIndicators)})
	}
	return all
}

// stale lists what is to be made again.
func (w *Workspace) stale(ctx context.Context) ([]making, error) {
	made, err := search.MadeBy(ctx, w.DB.Readers)
	return slices.DeleteFunc(w.makings(), func(m making) bool { return made[m.typ] == m.version }), err
}

// RebuildKind names the job that makes again what is stale in the index.
const RebuildKind = "search.rebuild"

// AskRebuild puts the job that makes again what another version of the program left in the index; nothing when the
// index is of this one.
func (w *Workspace) AskRebuild(ctx context.Context) error {
	stale, err := w.stale(ctx)
	if err != nil || len(stale) == 0 {
		return err
	}
	return w.DB.Writer.Traffic(ctx, func(tx *db.Tx) error { return job.Put(tx, job.Job{Kind: RebuildKind, Name: RebuildKind}) })
}

// toldEach is after how many documents of a type a rebuild tells how far it is.
const toldEach = 500

// RebuildStale makes again what is stale, a type after the other, beside the readers and writers of the city; one that
// was interrupted goes on with the type at which it was. tell hears how many documents of a type are made.
func (w *Workspace) RebuildStale(ctx context.Context, tell func(typ string, done int)) error {
	stale, err := w.stale(ctx)
	if err != nil {
		return err
	}
	return w.rebuild(ctx, stale, tell)
}

// Rebuild makes the whole index again: initiatives and questions from the portfolio, items, strategies, units and posts
// from the organisation of today, which tells no facts.
func (w *Workspace) Rebuild(ctx context.Context) error {
	return w.rebuild(ctx, w.makings(), func(string, int) {})
}

// RebuildOrganisation makes the documents of units and posts again.
func (w *Workspace) RebuildOrganisation(ctx context.Context) error {
	ours := slices.DeleteFunc(w.makings(), func(m making) bool { return m.typ != typeUnit && m.typ != typePost })
	return w.rebuild(ctx, ours, func(string, int) {})
}

func (w *Workspace) rebuild(ctx context.Context, all []making, tell func(string, int)) error {
	for _, m := range all {
		if err := search.Rebuild(ctx, w.DB.Writer, m.typ, counted(ctx, m, tell)); err != nil {
			return err
		}
		if err := w.DB.Writer.Traffic(ctx, func(tx *db.Tx) error { return search.Made(tx, m.typ, m.version) }); err != nil {
			return err
		}
	}
	return nil
}

// counted tells from time to time, and at the end, how many documents went by.
func counted(ctx context.Context, m making, tell func(string, int)) iter.Seq2[search.Doc, error] {
	return func(yield func(search.Doc, error) bool) {
		n := 0
		for d, err := range m.docs(ctx) {
			if !yield(d, err) {
				return
			}
			if n++; n%toldEach == 0 {
				tell(m.typ, n)
			}
		}
		tell(m.typ, n)
	}
}
