package powers

import (
	"context"
	"slices"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

// inquiry is one question at one moment under one profile: what Decide and Who share.
type inquiry struct {
	ctx      context.Context
	q        db.Querier
	ask      act.Ask
	at       Moment
	engages  bool // the verb decides, signs or visas
	profile  *Profile
	deciding []*Rule
	others   []*Rule

	heirs map[id.ID][]id.ID    // units and those they took over from, read when needed
	borne map[string][]seat    // who bears a role, by its text, as far as already known
	body  *id.ID               // the competent body, read when needed
	gifts map[id.ID][]received // by the post that received them, as far as already known
}

func (e *Engine) inquire(ctx context.Context, q db.Querier, ask act.Ask, m Moment) (*inquiry, error) {
	digest, err := forceOn(ctx, q, m.On(ask.Day))
	if err != nil {
		return nil, err
	}
	return e.inquireUnder(ctx, q, ask, m, digest)
}

// inquireUnder is inquire when the profile in force is known; "" when there is none.
func (e *Engine) inquireUnder(ctx context.Context, q db.Querier, ask act.Ask, m Moment, digest string) (*inquiry, error) {
	in := &inquiry{ctx: ctx, q: q, ask: ask, at: m.On(ask.Day), engages: e.decision(ask.Verb)}
	if digest == "" {
		return in, nil
	}
	var err error
	if in.profile, err = e.Profile(ctx, q, digest); err != nil {
		return nil, err
	}
	in.deciding, in.others = in.profile.applicable(ask)
	return in, nil
}

// verdict is what a seat may do: by which rule, by which chain.
type verdict struct {
	rule  *Rule
	steps []act.Link
	joint bool // the rule is joint, and this seat completes it
}

// deepestChain bounds a chain of delegations.
const deepestChain = 8

// judge finds the shortest way by which the seat may decide: its own competence, else a chain of
// delegations. No way: a verdict without rule.
func (in *inquiry) judge(s seat) (verdict, error) {
	type hop struct {
		seat seat
		path []received
	}
	seen := map[id.ID]bool{s.Post: true}
	for level := []hop{{seat: s}}; len(level) > 0 && len(level[0].path) <= deepestChain; {
		var above []hop
		for _, h := range level {
			v, err := in.own(h.seat)
			if err != nil || v.rule != nil {
				v.steps = in.explain(v, s, h.seat, h.path)
				return v, err
			}
			if len(in.deciding) == 0 {
				return v, nil
			}
			given, err := in.given(h.seat.Post)
			if err != nil {
				return v, err
			}
			for _, d := range given {
				mine := len(h.path) > 0 || d.ToHolder == "" || d.ToHolder == s.Holder
				if mine && !seen[d.Giver.Post] && d.Covers(in.ask) {
					seen[d.Giver.Post] = true
					above = append(above, hop{d.Giver, append(slices.Clone(h.path), d)})
				}
			}
		}
		level = above
	}
	return verdict{}, nil
}

// own looks for a rule that gives the power to the seat itself.
func (in *inquiry) own(s seat) (verdict, error) {
	for _, r := range in.deciding {
		ok, joint, err := in.gives(r, s)
		if err != nil {
			return verdict{}, err
		}
		if ok {
			ok, err = in.competent(s)
			return verdict{rule: keep(r, ok), joint: joint && ok}, err
		}
	}
	return verdict{}, nil
}

func keep(r *Rule, ok bool) *Rule {
	if ok {
		return r
	}
	return nil
}

// gives tells whether the rule gives its power to the seat; a joint rule gives it to a seat that
// completes it, every other seat having agreed.
func (in *inquiry) gives(r *Rule, s seat) (ok, joint bool, err error) {
	if r.Role.form != roleAll {
		ok, err = r.Role.bears(s, in.ask, in.heirOf)
		return ok, false, err
	}
	chairs, err := in.joint(r.Role)
	if err != nil {
		return false, false, err
	}
	sits := slices.ContainsFunc(chairs, func(c chair) bool { return c.takenBy(s.Post) })
	for _, c := range chairs {
		if !c.takenBy(s.Post) && !c.agreed(in.ask.Roles["agreed"]) {
			return false, true, nil
		}
	}
	return sits, true, nil
}

// competent tells whether the matter belongs to the body of the seat. It is asked of acts that engage
// the city; a unit shared between bodies acts for each.
func (in *inquiry) competent(s seat) (bool, error) {
	if !in.engages || in.ask.Matter == "" || s.Shared {
		return true, nil
	}
	if in.body == nil {
		body, err := competentBody(in.ctx, in.q, in.ask.Matter, in.at)
		if err != nil {
			return false, err
		}
		in.body = &body
	}
	return *in.body == "" || *in.body == s.Body, nil
}

// heirOf tells whether unit is one of those named, or took over from one (I20: what comes after a merger
// goes to the new unit; what came before stays where it was).
func (in *inquiry) heirOf(unit id.ID, of []id.ID) (bool, error) {
	if len(of) == 0 || slices.Contains(of, unit) {
		return len(of) > 0, nil
	}
	line, err := in.ancestry(unit)
	return slices.ContainsFunc(line, func(u id.ID) bool { return slices.Contains(of, u) }), err
}

func (in *inquiry) ancestry(unit id.ID) ([]id.ID, error) {
	if line, known := in.heirs[unit]; known {
		return line, nil
	}
	line := []id.ID{unit}
	for i := 0; i < len(line); i++ {
		before, err := forerunners(in.ctx, in.q, line[i], in.at)
		if err != nil {
			return nil, err
		}
		for _, u := range before {
			if !slices.Contains(line, u) {
				line = append(line, u)
			}
		}
	}
	if in.heirs == nil {
		in.heirs = map[id.ID][]id.ID{}
	}
	in.heirs[unit] = line
	return line, nil
}

// explain writes the chain of reasons: the rule, the post whose competence it is, each delegation down to
// the post that acts, and what the record only knew afterwards.
func (in *inquiry) explain(v verdict, actor, root seat, path []received) []act.Link {
	if v.rule == nil {
		return nil
	}
	steps := []act.Link{{Kind: "rule", Ref: v.rule.Name}, {Kind: "post", ID: root.Post, Ref: root.Code}}
	for i := len(path) - 1; i >= 0; i-- {
		d := path[i]
		steps = append(steps, act.Link{Kind: "delegation", ID: d.ID, Ref: d.LegalAct})
		if in.late(d.First) {
			steps = append(steps, act.Link{Kind: "late", ID: d.ID, Ref: d.LegalAct})
		}
		to := actor
		if i > 0 {
			to = path[i-1].Giver
		}
		steps = append(steps, act.Link{Kind: "post", ID: to.Post, Ref: to.Code})
	}
	if in.late(actor.HeldSince) {
		steps = append(steps, act.Link{Kind: "late", ID: actor.Holder})
	}
	return steps
}

// late tells whether something was recorded only after the day asked about.
func (in *inquiry) late(first int64) bool {
	return first > 0 && (Span{First: first}).lateFor(in.at.Day)
}

// given lists the delegations that a post received. Who reads those of every candidate at once beforehand.
func (in *inquiry) given(post id.ID) ([]received, error) {
	if list, read := in.gifts[post]; read {
		return list, nil
	}
	found, err := receivedBy(in.ctx, in.q, in.at, post)
	return found[post], err
}
