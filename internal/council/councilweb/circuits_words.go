package councilweb

import (
	"context"
	"net/http"
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// offered reads what a form offers.
func (p *Pages) offered(r *http.Request, list func(context.Context, string, calendar.Day) ([]Choice, error)) ([]Choice, error) {
	if list == nil {
		return nil, nil
	}
	v := web.From(r)
	return list(r.Context(), v.Lang, calendar.DayOf(v.Now))
}

func stepTone(s council.Step) ui.Tone {
	switch s.Status {
	case council.StepAgreed:
		return ui.Success
	case council.StepReserved:
		return ui.Warning
	case council.StepRefused, council.StepStuck:
		return ui.Error
	case council.StepOpen:
		return ui.Info
	}
	return ui.Neutral
}

// stepRule says in a few words what a step asks for and what its silence means.
func stepRule(ctx context.Context, s council.StepSpec) string {
	text := ui.T(ctx, "council.step.kind."+string(s.Kind))
	if s.Authoritative {
		text = ui.T(ctx, "council.step.authoritative")
	}
	if s.Need > 0 {
		text += " · " + ui.N(ctx, "council.step.need", s.Need)
	}
	if s.Days == 0 {
		return text
	}
	key := "council.step.days"
	if s.Working {
		key = "council.step.working_days"
	}
	return text + " · " + ui.N(ctx, key, s.Days) + " · " + ui.T(ctx, "council.silence."+string(s.Silence))
}

// pastVisas are those of earlier rounds that somebody answered.
func pastVisas(f *council.Flow) []council.Visa {
	var out []council.Visa
	for _, v := range f.Visas {
		current := slices.ContainsFunc(f.Steps, func(s council.Step) bool { return s.ID == v.Step && s.Round == v.Round })
		if (!current || v.Status == council.VisaVoid) && v.AnsweredOn != "" {
			out = append(out, v)
		}
	}
	return out
}

func templateOptions(ctx context.Context, all []council.CircuitTemplate) []ui.Option {
	out := make([]ui.Option, len(all))
	for i, t := range all {
		out[i] = ui.Option{Value: t.Code, Label: t.Name(web.Of(ctx).Lang)}
	}
	return out
}

func withNone(ctx context.Context, all []Choice) []ui.Option {
	out := []ui.Option{{Label: ui.T(ctx, "council.circuit.none")}}
	for _, c := range all {
		out = append(out, ui.Option{Value: c.Value, Label: c.Label, Group: c.Group})
	}
	return out
}

func paperOptions(ctx context.Context, all []council.Paper) []ui.Option {
	out := []ui.Option{{Label: ui.T(ctx, "council.circuit.no_paper")}}
	for _, p := range all {
		out = append(out, ui.Option{Value: string(p.ID), Label: ui.T(ctx, "council.visas.paper", "title", p.Title, "edition", p.Edition)})
	}
	return out
}
