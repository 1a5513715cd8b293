package powers

import (
	"context"
	"crypto/subtle"
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Decide is the act.Decider of the city: may this actor do this, today, as the record stands inside the
// transaction? The answer carries its chain of reasons. Under the enforcement "indicatif" an agent who
// holds a post is never refused, but the chain says Lacking when no power is established; "controle"
// refuses then what engages the city (decided, signed, visaed), "bloquant" refuses everything.
//
// Faults, all Denied: powers.denied.not_held, powers.denied.lacking, powers.denied.resident,
// powers.denied.system, powers.denied.founding, powers.denied.no_profile.
func (e *Engine) Decide(tx *db.Tx, by act.Actor, ask act.Ask) (act.Chain, error) {
	return e.DecideAt(tx.Context(), tx, by, ask, Now(tx.Now()))
}

// DecideAt answers as Decide for another moment: what was in force on the day asked about (ask.Day, else
// m.Day), as the record stood at m.Known.
func (e *Engine) DecideAt(ctx context.Context, q db.Querier, by act.Actor, ask act.Ask, m Moment) (act.Chain, error) {
	switch by.Kind {
	case act.System:
		return e.system(ctx, q, by, ask)
	case act.Resident:
		return e.resident(ctx, q, ask, m)
	}
	return e.agent(ctx, q, by, ask, m)
}

func denied(err error, key string, args ...any) error {
	if err != nil {
		return err
	}
	return fault.New(fault.Denied, key, args...)
}

// agent answers for whoever holds a post: first as that post, then as the others the same person holds.
func (e *Engine) agent(ctx context.Context, q db.Querier, by act.Actor, ask act.Ask, m Moment) (act.Chain, error) {
	held, err := incumbencies(ctx, q, by.Post, by.Holder, m.On(ask.Day))
	if err != nil {
		return act.Chain{}, err
	}
	if len(held) == 0 || held[0].Profile == "" {
		if some, err := anyProfile(ctx, q); err != nil || !some {
			return act.Chain{}, denied(err, "powers.denied.no_profile")
		}
	}
	if len(held) == 0 || held[0].Post != by.Post {
		return act.Chain{}, denied(nil, "powers.denied.not_held", "day", m.On(ask.Day).Day)
	}
	if by.Holder == "" {
		held = held[:1] // the post is known, the person is not
	}
	in, err := e.inquireUnder(ctx, q, ask, m, held[0].Profile)
	if err != nil {
		return act.Chain{}, err
	}
	return in.first(held)
}

// first answers with the first of the seats that has the power, else says what is lacking.
func (in *inquiry) first(held []incumbency) (act.Chain, error) {
	in.gifts = map[id.ID][]received{}
	for _, h := range held {
		if !h.Receives {
			in.gifts[h.Post] = nil // known to be none
		}
	}
	for _, h := range held {
		v, err := in.judge(h.seat)
		if err != nil {
			return act.Chain{}, err
		}
		if v.rule != nil {
			return in.allowed(v)
		}
	}
	return in.lacking(held[0].seat)
}

func (in *inquiry) chain() act.Chain {
	c := act.Chain{Mode: act.Indicative, Profile: in.profile.Ref()}
	if in.profile != nil {
		c.Mode = in.profile.Enforcement
	}
	return c
}

func (in *inquiry) allowed(v verdict) (act.Chain, error) {
	c := in.chain()
	c.Role, c.Rule, c.Steps = string(Decides), v.rule.Name, v.steps
	var err error
	c.Missing, err = in.pending()
	return c, err
}

// lacking says what is missing, and refuses when the city wants its powers enforced.
func (in *inquiry) lacking(s seat) (act.Chain, error) {
	c := in.chain()
	if c.Mode == act.Blocking || c.Mode == act.Controlled && in.engages {
		return c, denied(nil, "powers.denied.lacking", "verb", in.ask.Verb)
	}
	c.Lacking = true
	c.Steps = []act.Link{{Kind: "post", ID: s.Post, Ref: s.Code}}
	for _, r := range in.others {
		if ok, err := r.Role.bears(s, in.ask, in.heirOf); err != nil {
			return c, err
		} else if ok {
			c.Role, c.Rule = string(r.Mode), r.Name
			break
		}
	}
	for _, r := range in.deciding {
		missing, err := in.wanting(r, s)
		if err != nil {
			return c, err
		}
		c.Missing = append(c.Missing, missing...)
	}
	return c, nil
}

// wanting says what a rule asks for that the seat does not bring.
func (in *inquiry) wanting(r *Rule, s seat) ([]act.Link, error) {
	if r.Role.form != roleAll {
		return []act.Link{{Kind: "rule", Ref: r.Name}}, nil
	}
	chairs, err := in.joint(r.Role)
	if err != nil {
		return nil, err
	}
	var out []act.Link
	for _, c := range chairs {
		switch {
		case c.empty():
			out = append(out, c.link())
		case !c.takenBy(s.Post) && !c.agreed(in.ask.Roles["agreed"]):
			l := c.link()
			l.Kind = "agreement"
			out = append(out, l)
		}
	}
	return out, nil
}

// pending lists the opinions and visas that the rules ask for and that were not given.
func (in *inquiry) pending() ([]act.Link, error) {
	var out []act.Link
	for _, r := range in.others {
		key := map[RuleMode]string{Opinion: "opined", Visa: "visaed"}[r.Mode]
		if key == "" {
			continue
		}
		given, err := in.borneBy(r.Role, in.ask.Roles[key])
		if err != nil {
			return nil, err
		}
		if !given {
			out = append(out, act.Link{Kind: string(r.Mode), Ref: r.Role.Text})
		}
	}
	return out, nil
}

// borneBy tells whether one of the posts bears the role.
func (in *inquiry) borneBy(r Role, posts []id.ID) (bool, error) {
	for _, post := range posts {
		seats, err := seatsOfPost(in.ctx, in.q, in.at, post)
		if err != nil {
			return false, err
		}
		if len(seats) > 0 {
			if ok, err := r.bears(seats[0], in.ask, in.heirOf); ok || err != nil {
				return ok, err
			}
		}
	}
	return false, nil
}

// resident answers for people of the city: a rule must name residents, or anyone.
func (e *Engine) resident(ctx context.Context, q db.Querier, ask act.Ask, m Moment) (act.Chain, error) {
	in, err := e.inquire(ctx, q, ask, m)
	if err != nil {
		return act.Chain{}, err
	}
	i := slices.IndexFunc(in.deciding, func(r *Rule) bool { return r.Role.form == roleResident || r.Role.form == roleAnyone })
	if i < 0 {
		return act.Chain{}, denied(nil, "powers.denied.resident", "verb", ask.Verb)
	}
	c := in.chain()
	c.Role, c.Rule = "own", in.deciding[i].Name
	c.Steps = []act.Link{{Kind: "rule", Ref: c.Rule}}
	return c, nil
}

// system answers for machines. A machine goes on with what a person set off and decides nothing; the
// founder lays the foundations while no profile is installed.
func (e *Engine) system(ctx context.Context, q db.Querier, by act.Actor, ask act.Ask) (act.Chain, error) {
	if by.Account != "" && subtle.ConstantTimeCompare([]byte(by.Account), []byte(e.founder)) == 1 {
		return e.founding(ctx, q, ask)
	}
	known := false
	if by.SetOffBy != "" {
		var err error
		if known, err = actExists(ctx, q, by.SetOffBy); err != nil {
			return act.Chain{}, err
		}
	}
	if !known || e.decision(ask.Verb) {
		return act.Chain{}, denied(nil, "powers.denied.system", "verb", ask.Verb)
	}
	return act.Chain{Role: "system", Steps: []act.Link{{Kind: "act", ID: by.SetOffBy}}}, nil
}

func (e *Engine) founding(ctx context.Context, q db.Querier, ask act.Ask) (act.Chain, error) {
	installed, err := anyProfile(ctx, q)
	ours := ask.Verb == "act.city.found" || strings.HasPrefix(ask.Verb, "powers.") || strings.HasPrefix(ask.Verb, "identity.")
	if err != nil || installed || !ours {
		return act.Chain{}, denied(err, "powers.denied.founding", "verb", ask.Verb)
	}
	return act.Chain{Role: "bootstrap", Mode: act.Indicative}, nil
}
