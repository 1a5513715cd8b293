package strategyweb

import (
	"context"
	"strconv"
	"strings"

	"parvis/internal/id"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/ui"
)

// levelLines, levelLinesEN and leanLine write the levels of a criterion as its form takes them.
func levelLines(k strategy.Criterion, of func(strategy.Level) string, between string) string {
	var out []string
	for _, l := range k.Levels {
		out = append(out, of(l))
	}
	return strings.Join(out, between)
}

func levelFR(l strategy.Level) string { return l.Label.FR }

func levelEN(l strategy.Level) string { return l.Label.EN }

func levelLean(l strategy.Level) string { return strconv.Itoa(l.Lean) }

func gridCrumbs(ctx context.Context) []ui.Item {
	return []ui.Item{{Label: ui.T(ctx, "strategy.grid.title"), URL: ui.Link(ctx, "strategy.grid")}}
}

// editionOf is the number of an edition that a placement names.
func (v placementView) editionOf(grid id.ID) strategy.Reading { return v.Editions[grid] }

// nowText says where the city stands on an axis.
func nowText(ctx context.Context, s strategy.Standing) string {
	if s.Now == nil {
		return ui.T(ctx, "strategy.position.none")
	}
	return leanText(ctx, s.Dilemma, s.Now.Lean)
}

func remarkTone(k strategy.Remark) ui.Tone {
	if k == strategy.Contest {
		return ui.Warning
	}
	return ui.Outline
}

// voice says as whom somebody speaks; a resident is never named.
func voice(ctx context.Context, f frame, a strategy.Annotation) string {
	switch {
	case a.As == strategy.AsUnit && f.post(a.Post).Text != "":
		return f.post(a.Post).Text
	case a.Name != "":
		return a.Name
	}
	return ui.T(ctx, "strategy.voice."+string(a.As))
}

func gridFormTitle(ctx context.Context, g gridView) string {
	if g.ID == "" {
		return ui.T(ctx, "strategy.grid.next")
	}
	return ui.T(ctx, "strategy.grid.edition", "edition", g.Edition)
}

// clip shortens a text for a label.
func clip(text string) string {
	if r := []rune(text); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return text
}

// leanText says a place on an axis in words.
func leanText(ctx context.Context, d strategy.Dilemma, l strategy.Lean) string {
	pole := say(ctx, d.Left)
	if l > 0 {
		pole = say(ctx, d.Right)
	}
	key := map[int]string{0: "strategy.lean.between", 1: "strategy.lean.rather", 2: "strategy.lean.fully"}[max(int(l), -int(l))]
	return ui.T(ctx, key, "pole", pole)
}

// leanX is the place of a position on the drawing of its axis, 400 wide.
func leanX(l strategy.Lean) string { return strconv.Itoa(200 + 80*int(l)) }

// earlierText says a position of the past.
func earlierText(ctx context.Context, d strategy.Dilemma, p strategy.Position) string {
	return ui.T(ctx, "strategy.position.on", "day", p.TakenOn, "position", leanText(ctx, d, p.Lean))
}
