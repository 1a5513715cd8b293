package portfolioweb

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/portfolio"
	"parvis/internal/ui"
)

// otherLang is the lang attribute of a text that people typed: "" would mean an unknown language, so
// the page's own is repeated.
func otherLang(ctx context.Context, lang string) string {
	if lang == "" {
		return ui.FrameOf(ctx).Lang
	}
	return lang
}

func leadKey(stated bool) string {
	if stated {
		return "portfolio.line.lead_stated"
	}
	return "portfolio.line.lead"
}

// stageTone colours a stage; its name says the same.
func stageTone(s portfolio.Stage) ui.Tone {
	switch s {
	case portfolio.Signalled, portfolio.Qualified:
		return ui.Neutral
	case portfolio.Operating, portfolio.Scaling:
		return ui.Success
	case portfolio.Dormant:
		return ui.Warning
	case portfolio.Stopped, portfolio.Retired:
		return ui.Outline
	}
	return ui.Info
}

// partTone colours the state of a part; its sentence says the same.
func partTone(p portfolio.Part) ui.Tone {
	switch p.Status {
	case portfolio.Accepted:
		return ui.Success
	case portfolio.Countered, portfolio.Proposed:
		return ui.Warning
	case portfolio.Declined:
		return ui.Error
	case portfolio.Reported:
		return ui.Outline
	}
	return ui.Neutral
}

func internal(v act.Visibility) bool { return v != act.Public }

// steps is the ordinary way of an initiative, as far as it has come. Where it left the way (stopped,
// dormant, back to the drawing board), that stage is shown after the ones it went through.
func steps(ctx context.Context, s portfolio.Sheet) []ui.Step {
	way := []portfolio.Stage{portfolio.Signalled, portfolio.Qualified, portfolio.Investigated, portfolio.Tested,
		portfolio.Scaling, portfolio.Operating}
	been := map[portfolio.Stage]bool{}
	for _, span := range s.Stages {
		been[span.Stage] = true
	}
	var out []ui.Step
	on := false
	for _, stage := range way {
		state := ui.Next
		switch {
		case stage == s.Stage:
			state, on = ui.Now, true
		case been[stage]:
			state = ui.Past
		}
		out = append(out, ui.Step{Label: ui.T(ctx, "portfolio.stage."+string(stage)), State: state})
		if !on && !been[stage] && leftTheWay(s.Stage) {
			break
		}
	}
	if on {
		return out
	}
	return aside(ctx, out, s.Stage)
}

func leftTheWay(s portfolio.Stage) bool {
	return s == portfolio.Stopped || s == portfolio.Dormant || s == portfolio.Retired || s == portfolio.Iterating
}

// aside puts a stage beside the ordinary way after the last one that was gone through.
func aside(ctx context.Context, way []ui.Step, stage portfolio.Stage) []ui.Step {
	last := 0
	for i, s := range way {
		if s.State == ui.Past {
			last = i + 1
		}
	}
	return append(way[:last:last], ui.Step{Label: ui.T(ctx, "portfolio.stage."+string(stage)), State: ui.Now})
}

// silence says since when nobody answered, in words.
func silence(ctx context.Context, since, today calendar.Day) string {
	return ui.T(ctx, "portfolio.silence", "since", ui.P(ctx).Day(since), "age", ui.P(ctx).Age(since, today))
}
