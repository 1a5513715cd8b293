package councilweb

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"parvis/internal/council"
	"parvis/internal/id"
)

// drawingForm is a circuit as it is being drawn: everything that was typed, whichever button was pressed. Nothing of
// it is kept before it is drawn.
type drawingForm struct {
	Version      int64
	Committee    string // code
	Name, NameEN string
	Binds        string
	Matter       id.ID // the item on which it is tried
	Steps        []stepForm
}

// stepForm is a step as its fields hold it: their names end with its number.
type stepForm struct {
	Name, NameEN, Kind, Need, Days, Silence, Back string
	Asked                                         []string // roles
	With, Working, IfAny, Minor, NoMail           bool
}

// stepsRead bounds what is read of a form; the room bounds what is drawn.
const stepsRead = 40

// bindingOpinion is, in the form, an opinion that must be favourable.
const bindingOpinion = "binding"

// readDrawing reads a form. What was chosen beside a step joins those whom it asks, unless the search did not find it.
func readDrawing(values url.Values, found bool) drawingForm {
	version, _ := strconv.ParseInt(values.Get("version"), 10, 64)
	f := drawingForm{Version: version, Committee: values.Get("committee"), Name: values.Get("name_fr"), NameEN: values.Get("name_en"),
		Binds: values.Get("binds"), Matter: id.ID(values.Get("matter"))}
	count, _ := strconv.Atoi(values.Get("count"))
	for n := range min(count, stepsRead) {
		f.Steps = append(f.Steps, readStep(values, strconv.Itoa(n+1), found))
	}
	return f
}

func readStep(values url.Values, n string, found bool) stepForm {
	get := func(name string) string { return values.Get(name + n) }
	yes := func(name string) bool { return get(name) == "true" }
	s := stepForm{Name: get("name"), NameEN: get("name_en"), Kind: get("kind"), Need: get("need"), Days: get("days"), Silence: get("silence"),
		Back: get("back"), With: yes("with"), Working: yes("working"), IfAny: yes("if_any"), Minor: yes("minor"), NoMail: yes("no_mail")}
	for _, role := range values["asked"+n] {
		s.asks(role)
	}
	if found {
		s.asks(get("roles"))
		s.asks(prefixed("this-unit:", get("unit")))
		s.asks(prefixed("this-post:", get("post")))
	}
	return s
}

func prefixed(prefix, value string) string {
	if value == "" {
		return ""
	}
	return prefix + value
}

func (s *stepForm) asks(role string) {
	if role != "" && len(role) < 100 && !slices.Contains(s.Asked, role) {
		s.Asked = append(s.Asked, role)
	}
}

// values writes the form as a browser would send it, so that a refused one comes back as it was typed.
func (f drawingForm) values() url.Values {
	out := url.Values{}
	set := func(name, value string) { out.Set(name, value) }
	set("version", number(f.Version))
	set("committee", f.Committee)
	set("name_fr", f.Name)
	set("name_en", f.NameEN)
	set("binds", f.Binds)
	set("matter", string(f.Matter))
	for i, s := range f.Steps {
		n := strconv.Itoa(i + 1)
		for name, value := range map[string]string{"name": s.Name, "name_en": s.NameEN, "kind": s.Kind, "need": s.Need, "days": s.Days,
			"silence": s.Silence, "back": s.Back, "with": strconv.FormatBool(s.With), "working": strconv.FormatBool(s.Working)} {
			set(name+n, value)
		}
		for name, value := range map[string]bool{"if_any": s.IfAny, "minor": s.Minor, "no_mail": s.NoMail} {
			if value {
				set(name+n, "true")
			}
		}
	}
	return out
}

// drawn fills the form from an edition.
func drawn(t council.Template) drawingForm {
	f := drawingForm{Name: t.NameFR, NameEN: t.NameEN, Binds: string(t.Binds)}
	if t.Status == council.TemplateDrawn {
		f.Version = t.Version
	}
	for _, s := range t.Steps {
		kind := string(s.Kind)
		if s.Authoritative {
			kind = bindingOpinion
		}
		f.Steps = append(f.Steps, stepForm{Name: s.NameFR, NameEN: s.NameEN, Kind: kind, Need: shown(s.Need), Days: shown(s.Days), Silence: string(s.Silence),
			Back: shown(s.Back), Asked: s.Roles, With: s.With, Working: s.Working, IfAny: s.IfAny, Minor: s.Minor, NoMail: s.NoMail})
	}
	return f
}

// shown writes a number of which zero means that nothing was said.
func shown(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// said reads it back. What is no number above zero is -1: the room refuses it at its field.
func said(text string) int {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return -1
	}
	return n
}

// room turns the form into the room's.
func (f drawingForm) room(committee id.ID, code string) council.TemplateForm {
	return council.TemplateForm{Committee: committee, Version: f.Version, Binds: council.Binding(f.Binds),
		CircuitTemplate: council.CircuitTemplate{Code: code, NameFR: f.Name, NameEN: f.NameEN, Steps: f.specs()}}
}

func (f drawingForm) specs() []council.StepSpec {
	out := make([]council.StepSpec, len(f.Steps))
	for n, s := range f.Steps {
		kind, binding := council.StepKind(s.Kind), s.Kind == bindingOpinion
		if binding {
			kind = council.OpinionStep
		}
		out[n] = council.StepSpec{NameFR: s.Name, NameEN: s.NameEN, Kind: kind, Authoritative: binding, Roles: s.Asked, With: s.With && n > 0, Need: said(s.Need),
			Days: said(s.Days), Working: s.Working, Silence: council.Silence(s.Silence), IfAny: s.IfAny, Minor: s.Minor, NoMail: s.NoMail, Back: said(s.Back)}
	}
	return out
}
