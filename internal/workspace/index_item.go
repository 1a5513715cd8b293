package workspace

import (
	"context"
	"iter"
	"strings"
	"time"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/search"
)

const (
	typeItem     = "item"
	typeDecision = "decision"
)

// reindexItem makes the documents of an item again.
func (w *Workspace) reindexItem(tx *db.Tx, item id.ID, at time.Time) error {
	if w.Council == nil {
		return nil
	}
	f, err := w.Council.Findable(tx.Context(), item)
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	for _, d := range itemDocs(f, at) {
		if err := search.Put(tx, d); err != nil {
			return err
		}
	}
	return nil
}

// itemDocs are what can be found of an item: what prepares it by those inside, its debate by nobody, and what was
// decided by whoever may read the decision.
func itemDocs(f council.Findable, at time.Time) []search.Doc {
	docs := []search.Doc{{Ref: f.Ref(), Lang: "fr", Title: f.Title, Keywords: f.Sitting.Number, Body: strings.Join(append([]string{f.Summary}, f.Ordered...), "\n"), Route: "council.item",
		Visibility: act.Internal, Updated: at}}
	if d := f.Decision; d != nil {
		docs = append(docs, search.Doc{Ref: d.Ref(), Lang: "fr", Title: f.Title, Keywords: d.Number + " " + f.Sitting.Number,
			Body: d.Text + " " + d.Conditions, Route: "council.item", Visibility: d.Visibility, Updated: at})
	}
	return docs
}

func (w *Workspace) itemDocsOf(ctx context.Context, typ string) iter.Seq2[search.Doc, error] {
	return func(yield func(search.Doc, error) bool) {
		all, err := w.Council.ItemIDs(ctx)
		if err != nil {
			yield(search.Doc{}, err)
			return
		}
		for _, item := range all {
			f, err := w.Council.Findable(ctx, item)
			if err != nil {
				yield(search.Doc{}, err)
				return
			}
			for _, d := range itemDocs(f, max(f.StatusOn, calendar.Day("1970-01-01")).Time()) {
				if d.Ref.Type == typ && !yield(d, nil) {
					return
				}
			}
		}
	}
}

// forgetMeeting removes what could be found of a meeting.
func forgetMeeting(tx *act.Tx, meeting id.ID) error {
	found, err := council.FoundAt(tx.Context(), tx, meeting)
	for _, ref := range found {
		if err := search.Remove(tx.Tx, ref); err != nil {
			return err
		}
	}
	return err
}
