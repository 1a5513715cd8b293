package council

import (
	"context"
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
)

// TemplateForm is what is drawn of a circuit.
type TemplateForm struct {
	Committee id.ID
	CircuitTemplate
	Binds   Binding
	Version int64 // of the edition in preparation that was read; 0 when there was none
}

func (f TemplateForm) clean() TemplateForm {
	f.Code, f.NameFR, f.NameEN = strings.TrimSpace(f.Code), strings.TrimSpace(f.NameFR), strings.TrimSpace(f.NameEN)
	f.Steps = slices.Clone(f.Steps)
	for n := range f.Steps {
		s := &f.Steps[n]
		s.NameFR, s.NameEN = strings.TrimSpace(s.NameFR), strings.TrimSpace(s.NameEN)
	}
	return f
}

func (f TemplateForm) check() error {
	err := form()
	f.CircuitTemplate.check(err)
	oneOf(err, "binds", f.Binds, Bindings())
	if f.Code == Consultation || len(f.Code) > maxCode {
		err.At("name_fr", "council.circuit.code")
	}
	return err.OrNil()
}

// maxCode bounds the code of a circuit, in bytes.
const maxCode = 60

// DrawTemplate prepares an edition of a circuit of a committee, or changes the one in preparation. A circuit without a
// code is a new one, called after its French name. Nobody is asked by it before it is published.
//
// Faults: Invalid, at the field of the step: it names nobody, or wants more agreements than it asks for.
func (r *Room) DrawTemplate(ctx context.Context, by act.Actor, f TemplateForm) (Template, error) {
	f = f.clean()
	if err := f.check(); err != nil {
		return Template{}, err
	}
	return do(ctx, r, by, func(tx *act.Tx) (Template, error) {
		c, err := r.openCircuits(tx, f.Committee)
		if err != nil {
			return Template{}, err
		}
		t, err := c.edition(f)
		if err != nil {
			return t, err
		}
		if err := c.answerable(t.Steps); err != nil {
			return t, err
		}
		return t, c.settleTemplate("template.draw", &t, act.Act{})
	})
}

// openCircuits loads a committee for a change of its circuits: one that sits.
func (r *Room) openCircuits(tx *act.Tx, committee id.ID) (*change, error) {
	c, err := r.openCommittee(tx, committee)
	if err == nil && c.c.ClosedOn != "" {
		err = fault.New(fault.Conflict, "council.committee.closed")
	}
	return c, err
}

// edition is the one that a form is about: the one in preparation, or a new one after those that exist.
func (c *change) edition(f TemplateForm) (Template, error) {
	all, err := loadEditions(c.tx.Context(), c.tx, c.c.ID)
	if err != nil {
		return Template{}, err
	}
	if f.Code == "" {
		if f.Code, err = c.newCode(f.NameFR, all); err != nil {
			return Template{}, err
		}
	}
	t := Template{ID: c.tx.NewID(), Committee: c.c.ID, Status: TemplateDrawn}
	t.Edition = 1
	for _, o := range all {
		if o.Code != f.Code {
			continue
		}
		if o.Status == TemplateDrawn {
			t = o
			break
		}
		t.Edition = max(t.Edition, o.Edition+1)
	}
	if err := fresh(f.Version, t.Version, differing{"name_fr", f.NameFR, t.NameFR}); err != nil {
		return t, err
	}
	f.CircuitTemplate.Edition = t.Edition
	t.CircuitTemplate, t.Binds, t.DrawnBy, t.DrawnOn = f.CircuitTemplate, f.Binds, c.tx.Actor().Post, c.tx.Today()
	return t, nil
}

// newCode makes the code of a new circuit from its name, which no other circuit of the committee may have.
func (c *change) newCode(name string, drawn []Template) (string, error) {
	code := codeOf(name)
	profile, err := c.r.profileCircuits(c.tx.Context(), c.tx, c.tx.Today())
	if err != nil {
		return code, err
	}
	taken := slices.ContainsFunc(drawn, func(t Template) bool { return t.Code == code }) ||
		slices.ContainsFunc(profile, func(t CircuitTemplate) bool { return t.Code == code })
	switch {
	case code == "" || code == Consultation:
		return code, invalid("name_fr", "council.circuit.code")
	case taken:
		return code, invalid("name_fr", "council.circuit.taken")
	}
	return code, nil
}

// codeOf writes a name with the letters and figures of an address: « Dossier d’été » is dossier-d-ete.
func codeOf(name string) string {
	var words []string
	for _, w := range strings.FieldsFunc(i18n.Fold(name), func(c rune) bool { return (c < 'a' || c > 'z') && (c < '0' || c > '9') }) {
		if len(strings.Join(words, "-"))+len(w) < maxCode {
			words = append(words, w)
		}
	}
	return strings.Join(words, "-")
}

func (c *change) settleTemplate(verb string, t *Template, a act.Act) error {
	t.Version++
	if err := c.wrote(t.row(), putTemplate(c.tx, *t)); err != nil {
		return err
	}
	a.Args = map[string]string{"circuit": t.Code, "edition": itoa(t.Edition)}
	return c.settle(verb, t.Ref(), t.Version, a)
}
