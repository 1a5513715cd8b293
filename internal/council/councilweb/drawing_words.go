package councilweb

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/ui"
)

// argument is what a role of a form is about: "this-post:42" is about 42.
func argument(role, form string) (string, bool) {
	return strings.CutPrefix(role, form+":")
}

// plainRoles are the roles that are called by a word of the catalogue, besides those of the matter.
var plainRoles = []string{"chair", "sg", "mission"}

// roleText says whom a role asks, in words.
func (a asking) roleText(ctx context.Context, asked council.AskedRole) string {
	form, arg, _ := strings.Cut(asked.Role, ":")
	if slices.Contains(plainRoles, asked.Role) || slices.Contains(council.MatterRoles(), asked.Role) {
		return ui.T(ctx, "council.role."+strings.ReplaceAll(asked.Role, ":", "."))
	}
	switch form {
	case "committee", "members":
		if name, ok := a.Committees[arg]; ok {
			return ui.T(ctx, "council.role."+form, "name", name)
		}
	case "this-unit":
		if l, ok := a.Units[id.ID(arg)]; ok {
			return ui.T(ctx, "council.role.unit", "name", l.Long)
		}
	case "this-post", "post":
		if len(asked.Posts) > 0 {
			return a.Posts[asked.Posts[0].Post].Long
		}
	}
	return ui.T(ctx, "council.role.other", "role", asked.Role)
}

// named tells whether the words of a role already name the only post that bears it.
func (a asking) named(asked council.AskedRole) bool {
	form, _, _ := strings.Cut(asked.Role, ":")
	return form == "this-post" || form == "post"
}

// today says who bears a role today, or why that is not known.
func (a asking) today(ctx context.Context, asked council.AskedRole) string {
	switch {
	case asked.Unknown:
		return ui.T(ctx, "council.drawing.today.unknown")
	case asked.Depends && asked.Role == "author":
		return ui.T(ctx, "council.drawing.today.author")
	case asked.Depends:
		return ui.T(ctx, "council.drawing.today.depends")
	case len(asked.Posts) == 0:
		return ui.T(ctx, "council.drawing.today.nobody")
	}
	var out []string
	for _, one := range asked.Posts {
		out = append(out, a.seat(ctx, one, a.named(asked)))
	}
	return ui.T(ctx, "council.drawing.today", "who", strings.Join(out, ", "))
}

// seat says who sits on a post: the person where the directory names one, or that nobody does.
func (a asking) seat(ctx context.Context, s council.Sought, named bool) string {
	l := a.Posts[s.Post]
	text := l.Long
	switch {
	case !s.Held && named:
		return ui.T(ctx, "councilweb.vacant")
	case !s.Held:
		text += " (" + ui.T(ctx, "councilweb.vacant") + ")"
	case named && l.Person != "":
		text = l.Person
	case l.Person != "":
		text += " (" + l.Person + ")"
	case named:
		return ui.T(ctx, "council.drawing.today.held")
	}
	if s.Recused {
		text += ", " + ui.T(ctx, "council.drawing.today.recused")
	}
	return text
}

// wanting tells whether a role finds nobody to ask although nothing more will be known.
func wanting(asked council.AskedRole) bool {
	return asked.Unknown || !asked.Depends && !slices.ContainsFunc(asked.Posts, func(s council.Sought) bool { return s.Held })
}

// ranked groups steps that run together; the numbers are those of the steps.
func ranked(steps []council.Asking) [][]int {
	var out [][]int
	for n, s := range steps {
		if n == 0 || !s.Spec.With {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], n)
	}
	return out
}

// bindingText says what an edition holds back.
func bindingText(ctx context.Context, b council.Binding) string {
	if b == council.BindsNothing {
		return ui.T(ctx, "council.binds.none")
	}
	return ui.T(ctx, "council.binds."+string(b))
}

// finer tells whether a step has one of the rules that few need: they are shown unfolded then.
func (s stepForm) finer() bool {
	return s.IfAny || s.Minor || s.NoMail || s.Back != ""
}

// usedText says how often a circuit served.
func usedText(ctx context.Context, d council.Drawing) string {
	if d.Opened == 0 {
		return ui.T(ctx, "council.drawing.unused")
	}
	text := ui.N(ctx, "council.drawing.used", d.Opened)
	if d.Running > 0 {
		text += ui.N(ctx, "council.drawing.running", d.Running)
	}
	return text
}

// finerRules are the rules of a step that few have.
func finerRules(ctx context.Context, s council.StepSpec) []string {
	var out []string
	for key, on := range map[string]bool{"if_any": s.IfAny, "minor": s.Minor, "no_mail": s.NoMail} {
		if on {
			out = append(out, ui.T(ctx, "council.drawing."+key))
		}
	}
	slices.Sort(out)
	if s.Back > 0 {
		out = append(out, ui.T(ctx, "council.drawing.back.said", "n", s.Back))
	}
	return out
}

// past are the editions that are neither in force nor in preparation.
func (v drawingView) past() []council.Template {
	var out []council.Template
	for _, e := range v.Editions {
		if e.Status != council.TemplateInForce && e.Status != council.TemplateDrawn {
			out = append(out, e)
		}
	}
	return out
}

func editionText(ctx context.Context, e council.Template) string {
	return ui.T(ctx, "council.drawing.edition", "edition", e.Edition) + " · " + ui.T(ctx, "council.template.status."+string(e.Status), "day", e.ClosedOn)
}

func circuitStatusTone(s council.CircuitStatus) ui.Tone {
	switch s {
	case council.CircuitAgreed:
		return ui.Success
	case council.CircuitReturned:
		return ui.Error
	case council.CircuitOpen:
		return ui.Info
	}
	return ui.Outline
}

func drawHead(ctx context.Context, v drawView) ui.Head {
	h := ui.Head{Title: ui.T(ctx, "council.drawings.new"), Lede: ui.T(ctx, "council.drawing.lede"), NoIndex: true,
		Crumbs: []ui.Item{{Label: ui.T(ctx, "council.drawings.title"), URL: ui.Link(ctx, "council.drawings")}}}
	if v.Sheet != nil {
		h.Title = ui.T(ctx, "council.drawing.draw.title", "name", v.Sheet.Name(langOf(ctx)))
		h.Crumbs = append(h.Crumbs, ui.Item{Label: v.Sheet.Name(langOf(ctx)), URL: ui.Link(ctx, "council.drawing", v.Sheet.Committee.Code, v.Sheet.Code)})
	}
	return h
}

// full tells whether the circuit has as many steps as one may have.
func (v drawView) full() bool { return len(v.Form.Steps) >= council.MaxSteps }

// room says how many steps a circuit may have, before one meets the limit.
func (v drawView) room(ctx context.Context) string {
	if v.full() {
		return ui.T(ctx, "council.drawing.full", "max", council.MaxSteps)
	}
	return ui.T(ctx, "council.drawing.most", "max", council.MaxSteps)
}

// to is the address of the form.
func (v drawView) to(ctx context.Context) string {
	if v.Sheet == nil {
		return ui.Link(ctx, "council.drawing.new")
	}
	return ui.Link(ctx, "council.drawing.edition", v.Sheet.Committee.Code, v.Sheet.Code)
}

// stepsNamed says of each problem in which step it is: ten fields of a page may bear the same name.
func stepsNamed(page templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		if a := ui.FrameOf(ctx).Attempt; a != nil {
			for n := range a.Problems {
				p := &a.Problems[n]
				if step := strings.TrimLeft(p.Field, "abcdefghijklmnopqrstuvwxyz_"); step != "" {
					p.Text = ui.T(ctx, "council.drawing.step.problem", "n", step, "problem", p.Text)
				}
			}
		}
		return page.Render(ctx, w)
	})
}
