package strategy

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Contribution is what an initiative is said to bring to an objective, by whom, with what evidence.
// It is a claim: the measure of the indicator is the fact.
type Contribution struct {
	ID         id.ID
	Version    int64
	Initiative id.ID
	Objective  id.ID
	Indicator  id.ID // "" when no indicator shows it
	Claim      string
	Lang       string
	Amount     Quantity // in the unit of the indicator
	Evidence   string   // address
	Post       id.ID
	ClaimedOn  calendar.Day
	EndedOn    calendar.Day
	EndedWhy   string
}

const contributionColumns db.Columns = "id, version, initiative, objective, indicator, claim, lang, amount, evidence, post, claimed_on, ended_on, ended_why"

func contributionFields(c *Contribution) []any {
	return []any{&c.ID, &c.Version, &c.Initiative, &c.Objective, &c.Indicator, &c.Claim, &c.Lang, &c.Amount, &c.Evidence, &c.Post, &c.ClaimedOn, &c.EndedOn, &c.EndedWhy}
}

// Claim is the form of a contribution.
type Claim struct {
	Initiative id.ID
	Objective  id.ID
	Indicator  id.ID
	Claim      string
	Lang       string
	Amount     Quantity
	Evidence   string
}

func (in *Claim) check() error {
	trim(&in.Claim, &in.Evidence)
	f := newForm()
	f.required("initiative", string(in.Initiative), 64)
	f.required("objective", string(in.Objective), 64)
	f.required("claim", in.Claim, maxText)
	f.quantity("amount", &in.Amount, false)
	f.link("evidence", in.Evidence)
	if in.Amount.Known() && in.Indicator == "" {
		f.At("indicator", "strategy.claim.amount_of_what")
	}
	return f.OrNil()
}

// ClaimContribution says that an initiative contributes to an objective. A new claim on the same
// objective and indicator replaces the one that stood.
func (r *Room) ClaimContribution(ctx context.Context, by act.Actor, in Claim) (Contribution, error) {
	return run(ctx, r, by, func(c *change) (Contribution, error) {
		if err := in.check(); err != nil {
			return Contribution{}, err
		}
		if err := c.claimable(in); err != nil {
			return Contribution{}, err
		}
		if err := c.outdate(in); err != nil {
			return Contribution{}, err
		}
		if err := c.carriedBy(in.Initiative); err != nil {
			return Contribution{}, err
		}
		k := Contribution{ID: c.tx.NewID(), Version: 1, Initiative: in.Initiative, Objective: in.Objective, Indicator: in.Indicator, Claim: in.Claim,
			Lang: in.Lang, Amount: in.Amount, Evidence: in.Evidence, Post: by.Post, ClaimedOn: c.today}
		return k, c.recordContribution("contribution.claim", &k, said(said(act.Act{}, "claim", in.Lang, k.Claim), "evidence", "fr", k.Evidence))
	})
}

// carriedBy tells the powers who carries an initiative and who holds a part in it.
func (c *change) carriedBy(initiative id.ID) error {
	ask, err := c.r.portfolio.AskAbout(c.ctx, c.tx, initiative, c.today)
	c.roles = ask.Roles
	return err
}

// claimable wants an initiative and an objective that exist, and an indicator of that objective.
func (c *change) claimable(in Claim) error {
	f := newForm()
	if _, err := initiativeOf(c.ctx, c.tx, in.Initiative); err != nil {
		f.At("initiative", "strategy.unknown_initiative")
	}
	known, err := objectiveExists(c.ctx, c.tx, in.Objective)
	if err != nil {
		return err
	}
	if !known {
		f.At("objective", "strategy.objective.not_found")
	}
	if in.Indicator != "" {
		if i, err := loadIndicator(c.ctx, c.tx, in.Indicator); err != nil || i.Objective != in.Objective {
			f.At("indicator", "strategy.claim.other_objective")
		}
	}
	return f.OrNil()
}

func (c *change) outdate(in Claim) error {
	standing, err := contributionsOf(c.ctx, c.tx, in.Initiative)
	if err != nil {
		return err
	}
	for _, k := range standing {
		if k.Objective != in.Objective || k.Indicator != in.Indicator {
			continue
		}
		k.Version, k.EndedOn = k.Version+1, c.today
		if err := c.putContribution(&k); err != nil {
			return err
		}
	}
	return nil
}

// EndContribution says that an initiative contributes no more, and why.
func (r *Room) EndContribution(ctx context.Context, by act.Actor, contribution id.ID, why, lang string) error {
	_, err := run(ctx, r, by, func(c *change) (Contribution, error) {
		trim(&why)
		f := newForm()
		f.required("why", why, maxText)
		if err := f.OrNil(); err != nil {
			return Contribution{}, err
		}
		k, err := loadContribution(c.ctx, c.tx, contribution)
		if err != nil {
			return k, err
		}
		if k.EndedOn != "" {
			return k, fault.New(fault.Conflict, "strategy.claim.ended")
		}
		k.Version, k.EndedOn, k.EndedWhy = k.Version+1, c.today, why
		c.roles = map[string][]id.ID{"author": {k.Post}}
		return k, c.recordContribution("contribution.end", &k, said(act.Act{}, "why", lang, why))
	})
	return err
}

// recordContribution writes a contribution and its act, as public as its initiative.
func (c *change) recordContribution(verb string, k *Contribution, a act.Act) error {
	if err := c.putContribution(k); err != nil {
		return err
	}
	about, err := initiativeOf(c.ctx, c.tx, k.Initiative)
	if err != nil {
		return err
	}
	code, err := objectiveCode(c.ctx, c.tx, k.Objective)
	if err != nil {
		return err
	}
	a.Object, a.Version, a.Visibility = act.Ref{Type: "contribution", ID: k.ID}, k.Version, about.visibility
	a.Subject, a.Why.Objectives = act.Ref{Type: "initiative", ID: k.Initiative}, []id.ID{k.Objective}
	a.Args = map[string]string{"initiative": about.number, "code": code}
	_, err = c.record(verb, a)
	return err
}
