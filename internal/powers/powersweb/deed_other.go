package powersweb

import (
	"bytes"
	"cmp"
	"context"
	"net/http"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/powers"
	"parvis/internal/ui"
	"parvis/internal/web"
)

type closeView struct {
	typed
	Today calendar.Day
}

// closePost ends a post, with whoever holds it, the delegations it gave and received, the doors it answers.
func (p *Pages) closePost(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	view, err := p.postView(r)
	if err != nil {
		return err
	}
	var f endForm
	title, back := in(ctx, view.Title, view.TitleEN), ui.Link(ctx, "powers.post", string(view.ID))
	d := &deed{field: "day", day: func() calendar.Day { return f.Day }}
	d.page = deedView{Title: ui.T(ctx, "powersweb.close.title"), Lede: title, To: ui.Link(ctx, "powers.post.close", string(view.ID)), Back: back,
		Button: ui.T(ctx, "powersweb.close.do"), Danger: true}
	d.read = func() error {
		err := web.Decode(r, &f)
		if err == nil && f.Day <= view.From {
			err = fault.New(fault.Invalid, "fault.invalid").At("day", "powersweb.close.too_early", "day", view.From)
		}
		return err
	}
	d.lines = func(ctx context.Context) ([]string, error) {
		lines := []string{ui.T(ctx, "powersweb.close.line", "title", title, "day", f.Day)}
		for _, h := range view.Current {
			lines = append(lines, ui.T(ctx, "powersweb.close.held", "name", cmp.Or(h.Who.Name(), ui.T(ctx, "powersweb.holder"))))
		}
		return lines, nil
	}
	d.run = func(tx *act.Tx) error { return powers.ClosePost(tx, view.ID, f.Day, f.LegalAct) }
	d.done = func() (string, string, []any) { return back, "powersweb.close.done", []any{"title", title} }
	d.page.Fields = closeFields(closeView{typedIn(r), view.Today})
	return p.perform(w, r, d)
}

// competenceForm gives a matter to a body.
type competenceForm struct {
	Matter   string       `form:"matter,required,max=80"`
	Body     id.ID        `form:"body,required,max=64"`
	From     calendar.Day `form:"from,required"`
	LegalAct string       `form:"legal_act,required,max=80"`
}

type competenceView struct {
	typed
	Bodies []ui.Option
	Now    []competenceLine
	Today  calendar.Day
}

type competenceLine struct {
	Matter, Body, LegalAct string
	Since                  calendar.Day
}

func (p *Pages) competenceView(r *http.Request, m powers.Moment) (view competenceView, names map[id.ID]string, err error) {
	ctx := r.Context()
	bodies, err := powers.Bodies(ctx, p.Read, m)
	if err != nil {
		return view, nil, err
	}
	names = map[id.ID]string{}
	for _, b := range bodies {
		names[b.ID] = in(ctx, b.Name, b.NameEN)
		view.Bodies = append(view.Bodies, ui.Option{Value: string(b.ID), Label: names[b.ID]})
	}
	held, err := powers.Competences(ctx, p.Read, m)
	for _, c := range held {
		view.Now = append(view.Now, competenceLine{c.Matter, names[c.Body], c.LegalAct, c.From})
	}
	view.Today = m.Day
	return view, names, err
}

func (p *Pages) assignCompetence(w http.ResponseWriter, r *http.Request) error {
	ctx, m := r.Context(), powers.Now(web.From(r).Now)
	view, names, err := p.competenceView(r, m)
	if err != nil {
		return err
	}
	var f competenceForm
	to := ui.Link(ctx, "powers.competence")
	d := &deed{field: "body", day: func() calendar.Day { return f.From }}
	d.page = deedView{Title: ui.T(ctx, "powersweb.competence.title"), Lede: ui.T(ctx, "powersweb.competence.lede"), To: to,
		Back: ui.Link(ctx, "powers.organigram"), Button: ui.T(ctx, "powersweb.deed.do")}
	d.read = func() error { return web.Decode(r, &f) }
	d.lines = func(ctx context.Context) ([]string, error) {
		before := ui.T(ctx, "powersweb.competence.nobody")
		for _, c := range view.Now {
			if c.Matter == f.Matter {
				before = c.Body
			}
		}
		return []string{ui.T(ctx, "powersweb.competence.line", "matter", f.Matter, "before", before, "after", names[f.Body])}, nil
	}
	d.run = func(tx *act.Tx) error { return powers.AssignCompetence(tx, f.Matter, f.Body, f.From, f.LegalAct) }
	d.done = func() (string, string, []any) { return to, "powersweb.competence.done", []any{"matter", f.Matter} }
	view.typed = typedIn(r)
	d.page.Fields = competenceFields(view)
	return p.perform(w, r, d)
}

// verify records that the register of delegations was read against the arrêtés.
func (p *Pages) verify(w http.ResponseWriter, r *http.Request) error {
	ctx, m := r.Context(), powers.Now(web.From(r).Now)
	bodies, err := powers.Bodies(ctx, p.Read, m)
	if err != nil {
		return err
	}
	if len(bodies) == 0 {
		return fault.New(fault.NotFound, "powers.body.unknown")
	}
	standing, err := powers.Delegations(ctx, p.Read, m)
	if err != nil {
		return err
	}
	to := ui.Link(ctx, "powers.delegations")
	d := &deed{field: "sure", day: func() calendar.Day { return m.Day }}
	d.page = deedView{Title: ui.T(ctx, "powersweb.verify.title"), Lede: ui.T(ctx, "powersweb.verify.lede"), To: ui.Link(ctx, "powers.verify"), Back: to,
		Button: ui.T(ctx, "powersweb.verify.do")}
	d.read = func() error {
		if r.PostFormValue("sure") != "true" {
			return fault.New(fault.Invalid, "fault.invalid").At("sure", "powersweb.verify.unsure")
		}
		return nil
	}
	d.lines = func(ctx context.Context) ([]string, error) {
		return []string{ui.N(ctx, "powersweb.verify.line", len(standing))}, nil
	}
	d.run = func(tx *act.Tx) error { return powers.VerifyDelegations(tx, bodies[0].ID) }
	d.done = func() (string, string, []any) { return to, "powersweb.verify.done", nil }
	d.page.Fields = verifyFields()
	return p.perform(w, r, d)
}

// profileForm puts a profile in force: a document sent, or pasted, or shipped with Parvis.
type profileForm struct {
	Shipped  string       `form:"shipped,max=80"`
	Document string       `form:"document"`
	From     calendar.Day `form:"from,required"`
	LegalAct string       `form:"legal_act,required,max=80"`
	Motive   string       `form:"motive,required,max=2000"`
	Basis    string       `form:"basis,required,max=400"`
}

type profileFormView struct {
	typed
	Shipped []ui.Option
	Today   calendar.Day
}

func (p *Pages) installProfile(w http.ResponseWriter, r *http.Request) error {
	ctx, m := r.Context(), powers.Now(web.From(r).Now)
	view := profileFormView{Today: m.Day, Shipped: shippedOptions(ctx)}
	var f profileForm
	var rules compareView
	d := &deed{field: "document", day: func() calendar.Day { return f.From }, rules: func() *compareView { return &rules }}
	d.page = deedView{Title: ui.T(ctx, "powersweb.install.title"), Lede: ui.T(ctx, "powersweb.install.lede"), To: ui.Link(ctx, "powers.profile.install"),
		Back: ui.Link(ctx, "powers.profiles"), Button: ui.T(ctx, "powersweb.install.do"), Upload: true, Danger: true}
	d.read = func() error {
		if err := web.Decode(r, &f); err != nil {
			return err
		}
		f.Document = r.PostForm.Get("document")
		profile, err := p.newProfile(r, f)
		if err != nil {
			return err
		}
		return p.compareProfiles(r, &rules, profile, m.On(f.From))
	}
	d.run = func(tx *act.Tx) error {
		_, err := powers.InstallProfile(tx, powers.Installation{Document: []byte(f.Document), From: f.From, LegalAct: f.LegalAct, Motive: f.Motive,
			Lang: web.From(r).Lang, Basis: lines(f.Basis)})
		return err
	}
	d.done = func() (string, string, []any) { return ui.Link(ctx, "powers.profiles"), "powersweb.install.done", nil }
	if r.Method == http.MethodPost {
		if err := keepDocument(r); err != nil {
			return err
		}
	}
	view.typed = typedIn(r)
	d.page.Fields = profileFields(view)
	return p.perform(w, r, d)
}

// keepDocument puts the file that was sent, or the shipped profile that was chosen, into the text field: the second step
// installs what the first one showed.
func keepDocument(r *http.Request) error {
	sent, err := readAll(r, "file", 256<<10)
	if err != nil {
		return err
	}
	if sent == "" && r.PostFormValue("document") == "" {
		sent = string(powers.Shipped(r.PostFormValue("shipped")))
	}
	if sent != "" {
		r.PostForm.Set("document", sent)
	}
	if kept := strings.TrimSpace(strings.ReplaceAll(r.PostForm.Get("document"), "\r\n", "\n")); kept != "" {
		r.PostForm.Set("document", kept+"\n") // as files end, whatever a browser did to the field: the same profile has the same digest
	}
	r.PostForm.Del("shipped")
	return nil
}

// newProfile reads the document; what is wrong is told line by line, under the field.
func (p *Pages) newProfile(r *http.Request, f profileForm) (*powers.Profile, error) {
	missing := fault.New(fault.Invalid, "fault.invalid")
	if f.Document == "" {
		return nil, missing.At("document", "powersweb.install.missing")
	}
	profile, err := powers.ParseProfile([]byte(f.Document))
	bad, ok := err.(*fault.Error)
	if !ok {
		return profile, err
	}
	for _, defect := range bad.Fields {
		missing.At("document", "powersweb.install.line", "line", defect.Name, "problem", web.From(r).P.Field(defect))
	}
	if len(bad.Fields) == 0 {
		missing.At("document", bad.Key, bad.Args...)
	}
	return nil, missing
}

// compareProfiles says what the new profile changes, verb by verb.
func (p *Pages) compareProfiles(r *http.Request, view *compareView, after *powers.Profile, m powers.Moment) error {
	before, was, err := p.profileOn(r, m)
	if err != nil {
		return err
	}
	titles, err := p.titles(r.Context(), after, m)
	if err != nil {
		return err
	}
	*view = compareView{From: m.Day, To: m.Day, Before: before, After: after, Was: was, Is: speak(r.Context(), after, titles),
		Rules: powers.Difference(before, after), Compared: true}
	return nil
}

func shippedOptions(ctx context.Context) []ui.Option {
	options := []ui.Option{{Label: ui.T(ctx, "powersweb.install.own")}}
	for _, name := range powers.ShippedNames() {
		if profile, err := powers.ParseProfile(powers.Shipped(name)); err == nil {
			options = append(options, ui.Option{Value: name, Label: profile.Name.In(ui.FrameOf(ctx).Lang)})
		}
	}
	return options
}

// lines reads texts apart by line ends.
func lines(s string) []string {
	var all []string
	for _, l := range bytes.Split([]byte(s), []byte("\n")) {
		if t := strings.TrimSpace(string(l)); t != "" {
			all = append(all, t)
		}
	}
	return all
}
