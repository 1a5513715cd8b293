package participationweb

import (
	"context"

	"parvis/internal/calendar"
	"parvis/internal/participation"
	"parvis/internal/ui"
)

// otherLang is the language of a text when it is not the page's.
func otherLang(ctx context.Context, lang string) string {
	if lang == ui.FrameOf(ctx).Lang {
		return ""
	}
	return lang
}

// dates says when the vote was held, as well as it is known.
func dates(ctx context.Context, e participation.Election) string {
	p := ui.P(ctx)
	switch {
	case e.Opened == "" && e.Closed == "":
		return ""
	case (e.Opened == e.Closed || e.Closed == "") && e.Opened.Precision() == calendar.ToDay:
		return p.T("participation.on", "day", e.Opened)
	case e.Opened == e.Closed || e.Closed == "":
		return p.T("participation.in", "when", p.Fuzzy(e.Opened))
	case e.Opened.Precision() == calendar.ToDay && e.Closed.Precision() == calendar.ToDay:
		return p.T("participation.from_to", "from", e.Opened.Start(), "to", e.Closed.Start())
	}
	return p.T("participation.between", "from", p.Fuzzy(e.Opened), "to", p.Fuzzy(e.Closed))
}

// crumbs lead back to the list, and to the election from a page below it.
func crumbs(ctx context.Context, e electionView, below ...ui.Item) []ui.Item {
	list := []ui.Item{{Label: ui.T(ctx, "participation.list.title"), URL: ui.Link(ctx, "participation.list")}}
	list = append(list, ui.Item{Label: e.Title, URL: ui.Link(ctx, "participation.election", e.Number), Lang: otherLang(ctx, e.Lang)})
	return append(list, below...)
}

// tabs are the faces of an election.
func tabs(ctx context.Context, e electionView, here string) []ui.Item {
	var list []ui.Item
	add := func(name string) {
		list = append(list, ui.Item{Label: ui.T(ctx, "participation.tab."+name), URL: ui.Link(ctx, "participation."+name, e.Number), Current: name == here})
	}
	add("election")
	if e.Doc != nil {
		add("rules")
	}
	if e.Counted() {
		add("quality")
		add("verify")
	}
	if e.Inside {
		add("manage")
	}
	return list
}

// stageTone colours a stage.
func stageTone(s participation.Stage) ui.Tone {
	if s == participation.Published {
		return ui.Success
	}
	return ui.Warning
}

// steps are the stages of an election and where it stands.
func steps(ctx context.Context, e participation.Election) []ui.Step {
	var out []ui.Step
	reached := false
	for _, s := range participation.Stages() {
		step := ui.Step{Label: ui.T(ctx, "participation.stage."+string(s)), State: ui.Past}
		if reached {
			step.State = ui.Next
		}
		if s == e.Stage {
			reached = true
			step.State = ui.Now
		}
		out = append(out, step)
	}
	return out
}

// short abridges a digest for the eye; the whole of it is in the title.
func short(digest string) string {
	if len(digest) < 16 {
		return digest
	}
	return digest[:16] + "…"
}
