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

// partSentence says the state of a part as a sentence.
func partSentence(ctx context.Context, p portfolio.Part, today calendar.Day) string {
	key := "portfolio.part.says." + string(p.Status)
	switch {
	case p.Status == portfolio.Proposed && p.SilentDays(today) == 0:
		key = "portfolio.part.says.proposed_today"
	case p.Status == portfolio.Accepted && p.Consent == portfolio.ByCounter:
		key = "portfolio.part.says.agreed"
	case p.Status == portfolio.Ended && p.To == calendar.Forever:
		key = "portfolio.part.says.ended_unknown"
	}
	return ui.T(ctx, key, "offered", p.OfferedOn, "answered", p.AnsweredOn, "from", p.From, "to", p.To,
		"age", ui.P(ctx).Age(p.OfferedOn, today), "source", p.Source)
}

func ageTone(a portfolio.Age) ui.Tone {
	switch {
	case a.Maturing:
		return ui.Info
	case a.Silent() > 60:
		return ui.Error
	}
	return ui.Warning
}

// ageText counts the silence apart from the wait that somebody chose.
func ageText(ctx context.Context, age portfolio.Age, a portfolio.Arbitration, today calendar.Day) string {
	p := ui.P(ctx)
	text := ui.T(ctx, "portfolio.age.asked", "day", age.Since, "age", p.Age(age.Since, age.Since.AddDays(age.Days)))
	if age.Deliberate > 0 {
		text += " " + ui.T(ctx, "portfolio.age.apart", "deliberate", p.Age(age.Since, age.Since.AddDays(age.Deliberate)),
			"silent", silentText(ctx, age))
	}
	if a.Status == portfolio.Postponed {
		text += " " + ui.T(ctx, "portfolio.age.postponed", "until", a.Until, "note", a.StatusNote)
	}
	return text
}

func silentText(ctx context.Context, age portfolio.Age) string {
	if age.Silent() == 0 {
		return ui.T(ctx, "portfolio.age.none")
	}
	return ui.P(ctx).Age(age.Since, age.Since.AddDays(age.Silent()))
}

func actionTone(a portfolio.Action, today calendar.Day) ui.Tone {
	switch {
	case a.Late(today):
		return ui.Error
	case a.Status == portfolio.ActionDone:
		return ui.Success
	case a.Status == portfolio.ActionDropped:
		return ui.Outline
	}
	return ui.Info
}

func actionKey(a portfolio.Action, today calendar.Day) string {
	if a.Late(today) {
		return "portfolio.action.status.late"
	}
	return "portfolio.action.status." + string(a.Status)
}

// moments shows the steps as a timeline, their state in words.
func moments(ctx context.Context, list []portfolio.Milestone, today calendar.Day) []ui.Moment {
	p := ui.P(ctx)
	out := make([]ui.Moment, len(list))
	for i, m := range list {
		out[i] = ui.Moment{Title: m.Label, State: ui.Next, When: p.Fuzzy(m.Planned)}
		switch {
		case m.Dropped != "":
			out[i].Body = ui.Str(ui.T(ctx, "portfolio.milestone.dropped", "reason", m.Dropped))
		case m.Actual != "":
			out[i].State, out[i].When = ui.Past, p.Fuzzy(m.Actual)
			if m.Planned != "" && m.Planned != m.Actual {
				out[i].Body = ui.Str(ui.T(ctx, "portfolio.milestone.planned", "day", m.Planned))
			}
		case m.Late(today):
			out[i].Body = ui.Str(ui.T(ctx, "portfolio.milestone.late"))
		}
		if m.Planned == "" && m.Actual == "" {
			out[i].When = ui.T(ctx, "portfolio.milestone.undated")
		}
	}
	return out
}

func objectiveTitle(ctx context.Context, o portfolio.Objective) string {
	title := o.TitleFR
	if ui.FrameOf(ctx).Lang == "en" && o.TitleEN != "" {
		title = o.TitleEN
	}
	return o.Code + " · " + title
}

// figureLabel says what a figure is: "Voté 2016 (AE)".
func figureLabel(ctx context.Context, f portfolio.Figure) string {
	label := ui.T(ctx, "portfolio.nature."+string(f.Nature))
	if y := yearOf(f); y != "" {
		label += " " + y
	}
	return label + " (" + string(f.Credit) + ")"
}
