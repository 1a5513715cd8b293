package council

import (
	"context"
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
)

// Awaited is a step without which a matter is neither voted on nor decided: one that binds, a visa or an « avis
// conforme », and that is not agreed; or a plain opinion that is not given, in a circuit that the matter must follow.
// Whoever must consult does not decide before having heard, whatever the answer is. Without a circuit, it is a whole one
// that the matter must follow and that nobody has opened.
type Awaited struct {
	Circuit Circuit
	Step    Step
	Spec    StepSpec
	Posts   []id.ID // that have not agreed, or not answered a plain opinion; empty while the step has not begun
	ToOpen  Template
	Item    id.ID // for which it is to be opened
}

// Opened tells whether somebody was asked already.
func (a Awaited) Opened() bool { return a.Circuit.ID != "" }

// awaited lists the steps that bind, and the circuits to open. A committee that only advises waits for what it asked
// itself; whoever decides waits for all that was asked about the matter, wherever it was on an agenda.
func (r *Room) awaited(ctx context.Context, q db.Querier, i Item) ([]Awaited, error) {
	binding := circuitsBinding
	if i.Nature != ForDecision {
		binding = circuitsBindingHere
	}
	circuits, err := binding(ctx, q, i)
	if err != nil {
		return nil, err
	}
	all, err := awaitedIn(ctx, q, circuits, StepSpec.Binds)
	if err != nil {
		return nil, err
	}
	return withFollowed(ctx, q, all, i)
}

// withFollowed adds, of the circuits that an item must follow, those that are not open and the opinions not given in
// those that are.
func withFollowed(ctx context.Context, q db.Querier, all []Awaited, i Item) ([]Awaited, error) {
	missing, running, err := followed(ctx, q, i)
	if err != nil {
		return nil, err
	}
	for _, t := range missing {
		all = append(all, Awaited{ToOpen: t, Item: i.ID})
	}
	unheard, err := awaitedIn(ctx, q, running, StepSpec.Consults)
	return append(all, unheard...), err
}

// Awaited lists what an item waits for before it may be voted on, for those inside.
func (r *Room) Awaited(ctx context.Context, v identity.Visitor, i Item) ([]Awaited, error) {
	kept, err := r.Withheld(ctx, v)
	if err != nil || !v.Inside() || i.Status != Listed || kept.Item(i) {
		return nil, err
	}
	return r.awaited(ctx, r.reads, i)
}

// awaitedIn lists the steps of some kinds of circuits that are not settled.
func awaitedIn(ctx context.Context, q db.Querier, circuits []id.ID, kind func(StepSpec) bool) (out []Awaited, err error) {
	for _, k := range circuits {
		f, err := loadFlow(ctx, q, k)
		if err != nil {
			return nil, err
		}
		out = append(out, f.awaited(kind)...)
	}
	return out, nil
}

// awaited lists the steps of some kinds, of a circuit that is not over, that are not settled.
func (f *Flow) awaited(kind func(StepSpec) bool) []Awaited {
	if f.Circuit.Status != CircuitOpen && f.Circuit.Status != CircuitReturned {
		return nil
	}
	var out []Awaited
	for _, s := range f.Steps {
		if !kind(f.Spec(s)) || s.Settled() {
			continue
		}
		a := Awaited{Circuit: f.Circuit, Step: s, Spec: f.Spec(s)}
		for _, v := range f.Asked(s) {
			if a.Spec.lacks(v) {
				a.Posts = append(a.Posts, v.Post)
			}
		}
		out = append(out, a)
	}
	return out
}

// lacks tells whether a step waits for what one post says, or for it to say something else.
func (s StepSpec) lacks(v Visa) bool {
	if !s.Binds() {
		return v.Waits()
	}
	return !v.Favourable() && v.Status != VisaRaised && v.Status != VisaDropped
}

// unbound refuses to vote or decide on an item while it waits for a step. Faults: Conflict
// council.circuit.awaits, which names the steps and whom they wait for.
func (c *change) unbound(i Item) error {
	all, err := c.r.awaited(c.tx.Context(), c.tx, i)
	if err != nil {
		return err
	}
	return c.r.refuseAwaited(c.tx, all)
}

// Unbound refuses to decide a question of the portfolio while a step that binds it is not agreed, or while a circuit
// that its items must follow before a decision is not open. Faults: as for the items of a meeting.
func (r *Room) Unbound(tx *act.Tx, arbitration id.ID) error {
	ctx := tx.Context()
	circuits, err := circuitsBindingQuestion(ctx, tx, arbitration)
	if err != nil {
		return err
	}
	all, err := awaitedIn(ctx, tx, circuits, StepSpec.Binds)
	if err != nil {
		return err
	}
	items, err := itemsAsking(ctx, tx, arbitration)
	if err != nil {
		return err
	}
	for _, i := range items {
		if i.Nature != ForDecision {
			continue
		}
		if all, err = withFollowed(ctx, tx, all, i); err != nil {
			return err
		}
	}
	return r.refuseAwaited(tx, all)
}

func (r *Room) refuseAwaited(tx *act.Tx, all []Awaited) error {
	if len(all) == 0 {
		return nil
	}
	var posts []id.ID
	for _, a := range all {
		if !a.Opened() {
			return fault.New(fault.Conflict, "council.circuit.to_open", "what", i18n.ByLang{
				i18n.French: a.ToOpen.Name(i18n.French), i18n.English: a.ToOpen.Name(i18n.English)})
		}
		posts = append(posts, a.Posts...)
	}
	known, err := r.dir.Posts(tx.Context(), tx, posts, tx.Today())
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, "council.circuit.awaits", "what", i18n.ByLang{
		i18n.French: toldAwaited(all, known, i18n.French), i18n.English: toldAwaited(all, known, i18n.English)})
}

// toldAwaited names steps in a language, each with whom it waits for.
func toldAwaited(all []Awaited, known map[id.ID]portfolio.Post, lang string) string {
	out := make([]string, len(all))
	for n, a := range all {
		var who []string
		for _, p := range a.Posts {
			if t := inLang(lang, known[p].Title, known[p].TitleEN); t != "" && !slices.Contains(who, t) {
				who = append(who, t)
			}
		}
		if out[n] = a.Spec.Name(lang); len(who) > 0 {
			out[n] += " (" + strings.Join(who, ", ") + ")"
		}
	}
	return strings.Join(out, ", ")
}
