package identityweb

import (
	"context"

	"parvis/internal/calendar"
	"parvis/internal/identity"
	"parvis/internal/ui"
)

// shownKinds is the order of a preview: who comes, who goes, then what changes.
var shownKinds = []identity.EntryKind{identity.Leaves, identity.Arrives, identity.Takes, identity.Ends, identity.Prolongs,
	identity.Requotes, identity.Renames, identity.Remails}

// onPost tells whether a kind of difference is about holding a post, or about the person alone.
func onPost(kind identity.EntryKind) bool {
	return kind != identity.Arrives && kind != identity.Renames && kind != identity.Remails
}

func ofKind(all []identity.Entry, kind identity.EntryKind) []identity.Entry {
	var list []identity.Entry
	for _, e := range all {
		if e.Kind == kind && len(list) < entriesShown {
			list = append(list, e)
		}
	}
	return list
}

// change says in a few words what an entry changes.
func change(ctx context.Context, e identity.Entry) string {
	key := "identity.directory.change." + string(e.Kind)
	switch e.Kind {
	case identity.Takes:
		if e.NewPost {
			return ui.T(ctx, "identity.directory.change.new_post", "code", e.After)
		}
		return ui.T(ctx, "identity.directory.change.free_post")
	case identity.Ends:
		if e.After == "" {
			return ui.T(ctx, "identity.directory.change.absent")
		}
		return ui.T(ctx, key, "before", lastDay(ctx, e.Before), "after", lastDay(ctx, e.After))
	case identity.Prolongs:
		return ui.T(ctx, key, "before", lastDay(ctx, e.Before), "after", lastDay(ctx, e.After))
	case identity.Arrives:
		return e.Email
	case identity.Leaves:
		return ui.T(ctx, "identity.directory.change.absent")
	}
	if e.Before == "" {
		return e.After
	}
	return ui.T(ctx, "identity.directory.change.from_to", "before", e.Before, "after", e.After)
}

func lastDay(ctx context.Context, day string) string {
	if day == "" {
		return ui.T(ctx, "identity.directory.open")
	}
	return ui.P(ctx).Day(calendar.Day(day))
}

func directoryFigures(ctx context.Context, p identity.Preview) []ui.Figure {
	number := func(n int) string { return ui.P(ctx).Number(int64(n)) }
	arrivals, departures := p.Count(identity.Arrives), p.Count(identity.Leaves)
	return []ui.Figure{
		{Label: ui.T(ctx, "identity.directory.kinds.arrives"), Value: number(arrivals)},
		{Label: ui.T(ctx, "identity.directory.kinds.leaves"), Value: number(departures)},
		{Label: ui.T(ctx, "identity.directory.others"), Value: number(len(p.Entries) - arrivals - departures)},
		{Label: ui.T(ctx, "identity.directory.defects.title"), Value: number(len(p.Defects))},
	}
}

func directoryCrumbs(ctx context.Context) []ui.Item {
	return []ui.Item{{Label: ui.T(ctx, "identity.directory.title"), URL: ui.Link(ctx, "admin.directory")}}
}
