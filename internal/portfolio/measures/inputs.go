package measures

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// Input is one datum that a measure is made of. What does not apply is blank.
type Input struct {
	Figure            string // of the measure: "demand", "refusal"…; "part" for the parts of which several are made
	Project           string // number
	Unit, Directorate id.ID
	Actor             string // an outside actor, by a number that holds within the file: the measure needs to tell them apart, no more
	Sector, Role      string
	IntroducedBy      id.ID
	From, To          calendar.Day
	Value             string
}

// Names lists the measures in the order of pages.
func Names() []string { return []string{"m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9"} }

// Inputs are the data that a measure is made of, so that anyone may compute again what they read (R4, R5). Who may read a
// measure may read them; as a figure of few observations is not told, what it alone is made of is left out.
//
// Faults: NotFound network.measure_unknown for a measure that the visitor may not read; Denied network.before_opinion
// for one that waits for the opinion of the CST.
func (r *Room) Inputs(ctx context.Context, v identity.Visitor, measure string) ([]Input, error) {
	if !slices.Contains(Names(), measure) || !v.Inside() && slices.Contains([]string{"m2", "m4", "m7", "m8"}, measure) {
		return nil, fault.New(fault.NotFound, "network.measure_unknown")
	}
	p, err := r.Profile(ctx, v)
	if err != nil {
		return nil, err
	}
	if waits := measure >= "m2" && measure <= "m6"; waits && len(p.Opinions) == 0 {
		return nil, fault.New(fault.Denied, "network.before_opinion")
	}
	parts, err := r.parts(ctx)
	if err != nil {
		return nil, err
	}
	units, err := r.Units(ctx)
	if err != nil {
		return nil, err
	}
	all, err := r.inputsOf(ctx, measure, parts, units)
	return told(all, measure, p.Figures), err
}

func (r *Room) inputsOf(ctx context.Context, measure string, parts []part, units Units) ([]Input, error) {
	switch measure {
	case "m2":
		return r.seatInputs(ctx, parts, units)
	case "m7":
		return r.costInputs(ctx, parts)
	case "m8":
		return r.continuityInputs(ctx, parts)
	case "m9":
		return r.demandInputs(ctx, parts, units)
	}
	of := accepted(parts)
	if measure == "m3" || measure == "m4" || measure == "m6" { // of the city alone
		of = slices.DeleteFunc(of, func(p part) bool { return p.Unit == "" || units.away(p.Unit) })
	}
	return partInputs("part", of, units), nil
}

// told leaves out what only figures of too few observations are made of.
func told(all []Input, measure string, figures []Figure) []Input {
	any, of := false, map[string]bool{}
	for _, f := range figures {
		if own := f.Measure; own == measure || measure == "m4" && own == "m3" { // M4 is drawn from the ties of M3
			any = any || f.Told
			of[f.Key] = of[f.Key] || f.Told
		}
	}
	return slices.DeleteFunc(all, func(i Input) bool {
		own, named := of[i.Figure]
		sector, apart := of["sector."+i.Sector]
		return !any || named && !own || apart && !sector
	})
}

// partInputs are parts, without a word of who answers for them.
func partInputs(figure string, parts []part, units Units) (out []Input) {
	actors := map[string]string{}
	for _, p := range parts {
		in := Input{Figure: figure, Project: p.Number, Unit: p.Unit, Role: p.Role, IntroducedBy: p.IntroducedBy}
		if p.Unit != "" {
			in.Directorate = id.ID(units.silo(p.Unit))
		}
		if sector, outside := sectorOf(p, units); outside {
			in.Sector = sector
		}
		if p.Actor != "" {
			if actors[p.Actor] == "" {
				actors[p.Actor] = "A" + strconv.Itoa(len(actors)+1)
			}
			in.Actor = actors[p.Actor]
		}
		out = append(out, in)
	}
	return out
}

// seatInputs are the doors, what projects touch, and the directorates that were asked.
func (r *Room) seatInputs(ctx context.Context, parts []part, units Units) (out []Input, err error) {
	var doors []Door
	if r.Doors != nil {
		if doors, err = r.Doors(ctx); err != nil {
			return nil, err
		}
	}
	for _, d := range doors {
		out = append(out, Input{Figure: "door", Unit: d.Unit, Directorate: id.ID(units.silo(d.Unit)), Value: d.Topic})
	}
	all, err := r.subjects(ctx)
	for _, s := range all {
		words := append([]string{s.Matter}, s.Tags...)
		for _, code := range s.Places {
			words = append(words, code, r.PlaceName(code))
		}
		words = slices.DeleteFunc(words, func(w string) bool { return w == "" })
		out = append(out, Input{Figure: "project", Project: s.Number, Value: strings.Join(words, " | ")})
	}
	inCity := slices.DeleteFunc(slices.Clone(parts), func(p part) bool { return p.Unit == "" })
	return append(out, partInputs("asked", inCity, units)...), err
}

// costInputs are answers, questions that wait, and steps of circuits.
func (r *Room) costInputs(ctx context.Context, parts []part) (out []Input, err error) {
	for _, p := range parts {
		if p.Unit != "" && p.Answered != "" {
			out = append(out, Input{Figure: "answer", Project: p.Number, From: p.Offered, To: p.Answered})
		}
	}
	asked, err := r.undecided(ctx)
	if err != nil {
		return nil, err
	}
	for _, day := range asked {
		out = append(out, Input{Figure: "undecided", From: day, To: r.Today()})
	}
	if r.Steps == nil {
		return out, nil
	}
	steps, err := r.Steps(ctx)
	for _, s := range steps {
		out = append(out, Input{Figure: s.Kind, Role: strconv.Itoa(s.Asked), Value: strconv.Itoa(s.Days)})
	}
	return out, err
}

// continuityInputs are how many posts run each project, whether it is led, and what became of what was left.
func (r *Room) continuityInputs(ctx context.Context, parts []part) (out []Input, err error) {
	owners, err := r.owners(ctx)
	if err != nil {
		return nil, err
	}
	numbers, led := map[string]string{}, map[string]bool{}
	for _, p := range parts {
		numbers[string(p.Initiative)] = p.Number
		led[string(p.Initiative)] = led[string(p.Initiative)] || p.Role == "lead" && p.Status == "accepted" && p.To > r.Today()
	}
	for _, o := range owners {
		out = append(out, Input{Figure: "alone", Project: numbers[o.Of], Value: strconv.Itoa(o.N)},
			Input{Figure: "leaderless", Project: numbers[o.Of], Value: strconv.FormatBool(!led[o.Of])})
	}
	left, err := r.handovers(ctx)
	if err != nil {
		return nil, err
	}
	for _, h := range left {
		out = append(out, Input{Figure: "vacancy", From: h.left, To: h.taken})
	}
	items, err := r.handed(ctx)
	for _, c := range items {
		out = append(out, Input{Figure: "handover", Role: c.Of, Value: strconv.Itoa(c.N)})
	}
	return out, err
}

// demandInputs are the origin of each public project, the parts of those who may supply, and refusals.
func (r *Room) demandInputs(ctx context.Context, parts []part, units Units) (out []Input, err error) {
	origins, err := r.originOfEach(ctx)
	for _, o := range origins {
		out = append(out, Input{Figure: "demand", Project: o.number, Value: o.origin})
	}
	suppliers := slices.DeleteFunc(accepted(parts), func(p part) bool { return p.Actor == "" || !supplies(p.Sector) })
	out = append(out, partInputs("suppliers", suppliers, units)...)
	for _, p := range parts {
		if p.Public && p.Status == "declined" && p.Answered != "" {
			out = append(out, Input{Figure: "refusal", From: p.Offered, To: p.Answered})
		}
	}
	return out, err
}
