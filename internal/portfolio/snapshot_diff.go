package portfolio

import (
	"cmp"
	"slices"
	"strconv"

	"parvis/internal/id"
)

// Diff tells what changed from one wall to another, by initiative. Days of silence grow by themselves
// and are no change.
func Diff(before, after Wall) []Change {
	a, b := cardsByID(before), cardsByID(after)
	var out []Change
	for i, was := range a {
		is, still := b[i]
		if !still {
			out = append(out, was.changed(ChangeGone, string(was.Stage), "", ""))
			continue
		}
		out = append(out, diffCard(was, is)...)
	}
	for i, is := range b {
		if _, was := a[i]; !was {
			out = append(out, is.changed(ChangeNew, "", string(is.Stage), ""))
		}
	}
	slices.SortFunc(out, func(x, y Change) int {
		return cmp.Or(compareNumbers(x.Number, y.Number), cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Of, y.Of), cmp.Compare(x.Before, y.Before))
	})
	return out
}

func cardsByID(w Wall) map[id.ID]Card {
	out := map[id.ID]Card{}
	for _, col := range w.Columns {
		for _, c := range col.Cards {
			out[c.ID] = c
		}
	}
	return out
}

func (c Card) changed(kind ChangeKind, before, after, of string) Change {
	return Change{ID: c.ID, Number: c.Number, Title: c.Title, Kind: kind, Before: before, After: after, Of: of}
}

func diffCard(was, is Card) []Change {
	var out []Change
	value := func(kind ChangeKind, before, after string) {
		if before != after {
			out = append(out, is.changed(kind, before, after, ""))
		}
	}
	value(ChangeStage, string(was.Stage), string(is.Stage))
	value(ChangeTitle, was.Title, is.Title)
	value(ChangeSuspended, strconv.FormatBool(was.Suspended), strconv.FormatBool(is.Suspended))
	value(ChangeMaturing, strconv.FormatBool(was.Maturing), strconv.FormatBool(is.Maturing))
	value(ChangeWaiting, strconv.Itoa(was.Waiting), strconv.Itoa(is.Waiting))
	out = append(out, diffPosts(is, was.Sponsors, is.Sponsors, ChangeSponsorOut, ChangeSponsorIn)...)
	out = append(out, diffPosts(is, was.Owners, is.Owners, ChangeOwnerOut, ChangeOwnerIn)...)
	return append(out, diffParts(was, is)...)
}

func diffPosts(c Card, was, is []id.ID, gone, come ChangeKind) []Change {
	var out []Change
	for _, p := range was {
		if !slices.Contains(is, p) {
			out = append(out, c.changed(gone, string(p), "", string(p)))
		}
	}
	for _, p := range is {
		if !slices.Contains(was, p) {
			out = append(out, c.changed(come, "", string(p), string(p)))
		}
	}
	return out
}

// diffParts compares the state of each unit's part in each role.
func diffParts(was, is Card) []Change {
	type key struct {
		who  string
		role PartRole
	}
	states := func(c Card) map[key]string {
		out := map[key]string{}
		for _, p := range c.Parts {
			out[key{cmp.Or(string(p.Unit), p.Actor), p.Role}] = string(p.Status)
		}
		return out
	}
	a, b := states(was), states(is)
	var out []Change
	for k, before := range a {
		if after := b[k]; after != before {
			out = append(out, is.changed(ChangePart, before, after, k.who))
		}
	}
	for k, after := range b {
		if _, had := a[k]; !had {
			out = append(out, is.changed(ChangePart, "", after, k.who))
		}
	}
	return out
}
