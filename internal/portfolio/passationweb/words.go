package passationweb

import (
	"cmp"
	"context"
	"strings"

	"parvis/internal/calendar"
	"parvis/internal/portfolio/passation"
	"parvis/internal/ui"
)

// risksShown bounds the projects of one kind of alarm on the page.
const risksShown = 25

func labelText(ctx context.Context, l Label) string {
	return cmp.Or(l.Text, ui.T(ctx, "passation.some_post"))
}

func crumbs(ctx context.Context) []ui.Item {
	return []ui.Item{{Label: ui.T(ctx, "passation.title"), URL: ui.Link(ctx, "passation.list")}}
}

func storyCrumbs(ctx context.Context) []ui.Item {
	return []ui.Item{{Label: ui.T(ctx, "passation.stories.title"), URL: ui.Link(ctx, "passation.stories")}}
}

func leaves(ctx context.Context, f frame, h passation.Handover) string {
	key := "passation.leaves"
	if !f.Today.Before(h.LeavesOn) {
		key = "passation.left"
	}
	return ui.T(ctx, key, "day", h.LeavesOn)
}

func leavingKey(l passation.Leaving) string {
	if l.Gone {
		return "passation.left"
	}
	return "passation.leaves"
}

func leavingTone(l passation.Leaving) ui.Tone {
	if l.Gone {
		return ui.Error
	}
	return ui.Warning
}

func statusTone(s passation.Status) ui.Tone {
	return map[passation.Status]ui.Tone{passation.Open: ui.Info, passation.Complete: ui.Success, passation.Dropped: ui.Neutral}[s]
}

func itemTone(s passation.ItemStatus) ui.Tone {
	return map[passation.ItemStatus]ui.Tone{passation.Listed: ui.Warning, passation.Handed: ui.Info, passation.Taken: ui.Success, passation.Released: ui.Neutral}[s]
}

func share(ctx context.Context, n, of int) string {
	return ui.T(ctx, "passation.share", "n", n, "of", of)
}

// kindText names a kind of things; one that a later room adds without a word is shown as it is called.
func kindText(ctx context.Context, kind string) string {
	if key := "passation.kind." + kind; ui.P(ctx).Has(key) {
		return ui.T(ctx, key)
	}
	return kind
}

func describeKey(i passation.Item) string {
	if i.Complete() {
		return "passation.describe.again"
	}
	return "passation.describe.title"
}

// itemOptions are things among which one chooses; those that are not described cannot be handed over.
func itemOptions(ctx context.Context, items []passation.Item, described bool) []ui.Option {
	options := make([]ui.Option, len(items))
	for n, i := range items {
		options[n] = ui.Option{Value: string(i.ID), Label: i.Label, Hint: kindText(ctx, i.Kind)}
		if described && !i.Complete() {
			options[n].Disabled, options[n].Hint = true, ui.T(ctx, "passation.not_described")
		}
	}
	return options
}

func holdingOptions(ctx context.Context, all []Holding) []ui.Option {
	options := make([]ui.Option, len(all))
	for n, h := range all {
		options[n] = ui.Option{Value: string(h.ID), Label: cmp.Or(h.Name, ui.T(ctx, "passation.some_holder")), Hint: ui.P(ctx).Period(h.Period)}
	}
	return options
}

// lastDay is the end of a holding, "" while it has none.
func lastDay(h Holding) calendar.Day {
	if h.Period.To == calendar.Forever {
		return ""
	}
	return h.Period.To
}

func langOptions(ctx context.Context) []ui.Option {
	return []ui.Option{{Value: "fr", Label: ui.T(ctx, "passation.lang.fr")}, {Value: "en", Label: ui.T(ctx, "passation.lang.en")}}
}

func storyLang(v storyView) string { return cmp.Or(v.Story.Lang, v.frame.Lang) }

func storyTitle(ctx context.Context, s passation.Story) string {
	return cmp.Or(s.Title, ui.T(ctx, "passation.story.untitled"))
}

func storyLede(ctx context.Context, v storyView) string {
	text := labelText(ctx, v.post(v.Post))
	if v.PublishedOn != "" {
		text = ui.T(ctx, "passation.story.told_on", "post", text, "day", v.PublishedOn)
	}
	return text
}

// paragraphs are the parts of a text between blank lines.
func paragraphs(text string) (out []string) {
	for _, p := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// beginning is the first words of a récit, cut between two words.
func beginning(text string) string {
	const most = 220
	first := ""
	if all := paragraphs(text); len(all) > 0 {
		first = all[0]
	}
	if len(first) <= most {
		return first
	}
	cut := strings.LastIndexByte(first[:most], ' ')
	return first[:max(cut, 0)] + "…"
}
