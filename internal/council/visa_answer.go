package council

import (
	"context"
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// VisaForm is the answer to what a post is asked.
type VisaForm struct {
	Visa    id.ID
	Version int64 // of the visa, as it was read: an answer is about that edition of the paper
	Answer  VisaStatus
	Text    string // reserves, reason; a remark otherwise
}

// AnswerVisa gives a visa or an opinion, by the post that is asked or by one that received its signature.
// In every mode of enforcement nobody else's answer counts.
//
// Faults: Conflict council.visa.twice, council.visa.closed, council.visa.stale (a new edition came
// meanwhile); Denied council.visa.not_yours, council.recused; Invalid council.visa.why.*.
func (r *Room) AnswerVisa(ctx context.Context, by act.Actor, in VisaForm) (Visa, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Visa, error) { return r.answerVisa(tx, in) })
}

func (r *Room) answerVisa(tx *act.Tx, in VisaForm) (Visa, error) {
	in.Text = strings.TrimSpace(in.Text)
	v, err := loadVisa(tx.Context(), tx, in.Visa)
	if err != nil {
		return v, err
	}
	c, err := r.openFlow(tx, v.Circuit)
	if err != nil {
		return v, err
	}
	spec := c.f.Spec(*c.f.step(v.Step))
	if err := c.current(v, in); err != nil {
		return v, err
	}
	verb := verbOf(spec, in.Answer)
	g, err := c.allowVisa(verb, v)
	if err != nil {
		return v, err
	}
	err = c.f.answer(Answering{Visa: v.ID, To: in.Answer, Text: in.Text, By: tx.Actor().Post, Holder: tx.Actor().Holder})
	if err != nil {
		return v, err
	}
	if err := c.advance(); err != nil {
		return v, err
	}
	if err := c.save(); err != nil {
		return v, err
	}
	v = *c.f.visa(v.ID)
	return v, c.noteVisa(g, verb, v)
}

// current refuses an answer about a paper that changed meanwhile, unless the visa is closed: that is told
// by the rules of the flow.
func (c *flowChange) current(v Visa, in VisaForm) error {
	limit := form()
	limited(limit, "text", in.Text, maxText)
	if err := limit.OrNil(); err != nil {
		return err
	}
	if v.Waits() && v.Version != in.Version {
		return fault.New(fault.Conflict, "council.visa.stale", "edition", v.Edition)
	}
	return nil
}

func verbOf(spec StepSpec, answer VisaStatus) string {
	switch {
	case spec.Kind == OpinionStep:
		return "opinion.give"
	case answer == VisaRefused:
		return "visa.refuse"
	}
	return "visa.give"
}

// allowVisa asks the powers, and wants the answer to come from the post asked: itself, or through a chain
// that begins at it.
func (c *flowChange) allowVisa(verb string, v Visa) (act.Grant, error) {
	ask := c.ask(verb, v.Ref())
	ask.Roles["asked"] = []id.ID{v.Post}
	delete(ask.Roles, "owner") // presiding the committee does not make one sign for others
	g, err := c.tx.Allow(ask)
	if err != nil || c.tx.Actor().Post == v.Post {
		return g, err
	}
	from := slices.IndexFunc(g.Chain().Steps, func(l act.Link) bool { return l.Kind == "post" && l.ID == v.Post })
	if g.Chain().Lacking || from < 0 {
		return g, fault.New(fault.Denied, "council.visa.not_yours", "verb", ask.Verb)
	}
	return g, nil
}

func (c *flowChange) noteVisa(g act.Grant, verb string, v Visa) error {
	step := act.Ref{Type: "step", ID: v.Step}
	_, err := c.note(g, verb, act.Act{Object: v.Ref(), Version: v.Version, How: act.How{Step: &step},
		Args:  map[string]string{"post": string(v.Post), "answer": string(v.Status), "digest": v.Digest},
		Texts: []act.Text{{Name: "motive", Body: v.Text}}})
	return err
}

// Given is what happened to one answer of a batch.
type Given struct {
	Visa Visa
	Err  error // a fault: that answer was not taken, the others were
}

// AnswerVisas gives several answers, each on its own: one that is refused does not undo the others.
func (r *Room) AnswerVisas(ctx context.Context, by func(Visa) act.Actor, all []VisaForm) ([]Given, error) {
	out := make([]Given, 0, len(all))
	for _, in := range all {
		v, err := loadVisa(ctx, r.reads, in.Visa)
		if err == nil {
			var done Visa
			if done, err = r.AnswerVisa(ctx, by(v), in); err == nil {
				v = done
			}
		}
		if fault.KindOf(err) == fault.Internal || fault.KindOf(err) == fault.Unavailable {
			return out, err
		}
		out = append(out, Given{v, err})
	}
	return out, nil
}
