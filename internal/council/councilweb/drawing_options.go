package councilweb

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"parvis/internal/council"
	"parvis/internal/ui"
)

// roleOptions offers whom a step may ask, but for units and posts.
func (v drawView) roleOptions(ctx context.Context) []ui.Option {
	out := []ui.Option{{Label: ui.T(ctx, "council.drawing.none")}}
	add := func(group, role, label string) {
		out = append(out, ui.Option{Value: role, Label: label, Group: ui.T(ctx, group)})
	}
	for _, role := range council.MatterRoles() {
		add("council.drawing.group.matter", role, ui.T(ctx, "council.role."+strings.ReplaceAll(role, ":", ".")))
	}
	for _, role := range plainRoles {
		add("council.drawing.group.city", role, ui.T(ctx, "council.role."+role))
	}
	for _, form := range []string{"committee", "members"} {
		for _, code := range sortedKeys(v.Would.Committees) {
			add("council.drawing.group."+form, form+":"+code, ui.T(ctx, "council.role."+form, "name", v.Would.Committees[code]))
		}
	}
	return out
}

func sortedKeys(m map[string]string) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int { return strings.Compare(m[a]+a, m[b]+b) })
	return keys
}

func stepKindOptions(ctx context.Context) []ui.Option {
	return wordOptions(ctx, "council.drawing.kind.", []string{"visa", bindingOpinion, "opinion", "info"})
}

// needOptions offers how many of those asked must agree; a number that was drawn otherwise stays.
func needOptions(ctx context.Context, stored string) []ui.Option {
	out := []ui.Option{{Label: ui.T(ctx, "council.drawing.need.all")}}
	for n := 1; n <= 5; n++ {
		out = append(out, ui.Option{Value: strconv.Itoa(n), Label: ui.N(ctx, "council.drawing.enough", n)})
	}
	if n, err := strconv.Atoi(stored); err == nil && n > 5 {
		out = append(out, ui.Option{Value: stored, Label: ui.N(ctx, "council.drawing.enough", n)})
	}
	return out
}

// backOptions offers the steps from which a refusal of step n begins again.
func backOptions(ctx context.Context, n int) []ui.Option {
	out := []ui.Option{{Label: ui.T(ctx, "council.drawing.back.here")}}
	for k := 1; k < n; k++ {
		out = append(out, ui.Option{Value: strconv.Itoa(k), Label: ui.T(ctx, "council.drawing.step", "n", k)})
	}
	return out
}

func withOptions(ctx context.Context) []ui.Option {
	return []ui.Option{{Value: "false", Label: ui.T(ctx, "council.drawing.after")}, {Value: "true", Label: ui.T(ctx, "council.drawing.together")}}
}

func matterOptions(ctx context.Context, all []council.Item) []ui.Option {
	out := []ui.Option{{Label: ui.T(ctx, "council.drawing.matter.none")}}
	for _, i := range all {
		out = append(out, ui.Option{Value: string(i.ID), Label: i.Title})
	}
	return out
}

func committeeOptions(all []council.CommitteeLine, lang string) []ui.Option {
	out := make([]ui.Option, len(all))
	for n, c := range all {
		out[n] = ui.Option{Value: c.Code, Label: c.Name(lang)}
	}
	return out
}

func bindingOptions(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, b := range council.Bindings() {
		out = append(out, ui.Option{Value: string(b), Label: bindingText(ctx, b)})
	}
	return out
}

func workingOptions(ctx context.Context) []ui.Option {
	return []ui.Option{{Value: "true", Label: ui.T(ctx, "council.drawing.working.true")}, {Value: "false", Label: ui.T(ctx, "council.drawing.working.false")}}
}
