package portfolio

import (
	"context"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Offer is the form by which a unit or an outside actor is asked to take a part.
type Offer struct {
	Initiative id.ID
	Unit       id.ID  // or
	Actor      string // the name of an outside actor that is no unit
	Sector     Sector // of an outside actor, also of one that is a unit (an operator, an outside organisation)
	Role       PartRole
	Effort     string
	Replaces   id.ID // lead: the lead part that it takes over once accepted
	// IntroducedBy is the unit thanks to which who is asked is known here: its mise en relation is recorded with the part.
	IntroducedBy id.ID
}

// OfferPart asks a unit to take a part. Nothing is agreed by that: the unit answers, or is silent.
func (r *Room) OfferPart(ctx context.Context, by act.Actor, in Offer) (Part, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Part, error) {
		in.Actor, in.Effort = strings.TrimSpace(in.Actor), strings.TrimSpace(in.Effort)
		if err := in.check(); err != nil {
			return Part{}, err
		}
		c, err := r.open(tx, in.Initiative)
		if err != nil {
			return Part{}, err
		}
		if err := c.mayOffer(in); err != nil {
			return Part{}, err
		}
		return c.offer(in)
	})
}

func (in Offer) check() error {
	err := fault.New(fault.Invalid, "portfolio.form")
	if (in.Unit == "") == (in.Actor == "") {
		err.At("unit", "portfolio.part.unit_or_actor")
	}
	if !in.Role.Valid() {
		err.At("role", "portfolio.choose")
	}
	if in.Actor != "" && (in.Role == Lead || in.Role == CoLead) {
		err.At("role", "portfolio.part.outside_lead")
	}
	if !in.Sector.valid() {
		err.At("sector", "portfolio.choose")
	}
	if in.IntroducedBy != "" && in.IntroducedBy == in.Unit {
		err.At("introduced_by", "portfolio.part.introduced_by_itself")
	}
	limited(err, "actor", in.Actor, maxTitle)
	limited(err, "effort", in.Effort, maxText)
	return err.OrNil()
}

// mayOffer refuses what could never be accepted.
func (c *change) mayOffer(in Offer) error {
	if in.Unit != "" {
		if _, err := c.r.unit(c.tx, in.Unit, "unit"); err != nil {
			return err
		}
	}
	if in.IntroducedBy != "" {
		if _, err := c.r.unit(c.tx, in.IntroducedBy, "introduced_by"); err != nil {
			return err
		}
	}
	for _, p := range c.parts {
		if in.Unit != "" && p.Unit == in.Unit && p.Role == in.Role && p.Open() {
			return fault.New(fault.Conflict, "portfolio.part.already", "status", string(p.Status))
		}
	}
	if in.Replaces != "" {
		old, found := c.part(in.Replaces)
		if !found || in.Role != Lead || old.Role != Lead || !old.Open() {
			return invalid("replaces", "portfolio.part.replaces")
		}
	}
	return c.mayCoLead(in.Role)
}

func (c *change) mayCoLead(role PartRole) error {
	if role != CoLead || c.r.dir.CoLeads == nil {
		return nil
	}
	ok, err := c.r.dir.CoLeads(c.tx.Context(), c.tx, c.tx.Today())
	if err == nil && !ok {
		err = fault.New(fault.Conflict, "portfolio.part.no_co_lead")
	}
	return err
}

func (c *change) part(part id.ID) (Part, bool) {
	for _, p := range c.parts {
		if p.ID == part {
			return p, true
		}
	}
	return Part{}, false
}

func (c *change) offer(in Offer) (Part, error) {
	p := Part{ID: c.tx.NewID(), Version: 1, Initiative: c.i.ID, Unit: in.Unit, Actor: in.Actor, Sector: in.Sector, Role: in.Role,
		IntroducedBy: in.IntroducedBy,
		Effort:       in.Effort, Status: Proposed, Replaces: in.Replaces, OfferedBy: c.tx.Actor().Post, OfferedOn: c.tx.Today(),
		Period: calendar.Period{To: calendar.Forever}}
	g, err := c.allowPart("part.offer", p)
	if err != nil {
		return p, err
	}
	if err := c.wrote(p.row(), putPart(c.tx, p)); err != nil {
		return p, err
	}
	c.tell(PartProposedV1{p.ID, c.i.ID, p.Unit, p.Role, p.Version})
	return p, c.recordPart(g, "part.offer", p, "")
}

// AmendPart changes the terms of a part that is not agreed, as an answer to a counter offer or not.
// The unit answers again: what it said before was about other terms.
func (r *Room) AmendPart(ctx context.Context, by act.Actor, part id.ID, version int64, role PartRole, effort string) (Part, error) {
	return r.changePart(ctx, by, part, version, "part.amend", "amend", func(c *change, p *Part) error {
		if !role.Valid() {
			return invalid("role", "portfolio.choose")
		}
		if err := c.mayCoLead(role); err != nil {
			return err
		}
		p.Role, p.Effort, p.OfferedBy, p.OfferedOn = role, strings.TrimSpace(effort), c.tx.Actor().Post, c.tx.Today()
		p.AnsweredBy, p.AnsweredOn, p.Counter = "", "", ""
		c.tell(PartProposedV1{p.ID, c.i.ID, p.Unit, p.Role, p.Version + 1})
		return nil
	})
}

// WithdrawPart takes back an offer that is not agreed.
func (r *Room) WithdrawPart(ctx context.Context, by act.Actor, part id.ID, version int64, reason string) (Part, error) {
	return r.changePart(ctx, by, part, version, "part.withdraw", "withdraw", func(c *change, p *Part) error {
		return p.because(reason)
	})
}

// AgreeToCounter takes a unit's counter offer as it stands: its terms become the part, and its own act
// is its consent (I4).
func (r *Room) AgreeToCounter(ctx context.Context, by act.Actor, part id.ID, version int64) (Part, error) {
	return r.changePart(ctx, by, part, version, "part.agree", "agree", func(c *change, p *Part) error {
		p.Effort, p.Consent = p.Counter, ByCounter
		return c.begins(p)
	})
}

// EndPart ends an agreed part. The only lead of an active initiative does not end: another takes over (I3).
func (r *Room) EndPart(ctx context.Context, by act.Actor, part id.ID, version int64, reason string) (Part, error) {
	return r.changePart(ctx, by, part, version, "part.end", "end", func(c *change, p *Part) error {
		if p.Role == Lead && c.i.Stage.Active() {
			return fault.New(fault.Conflict, "portfolio.part.last_lead", "number", c.i.Number)
		}
		p.To = c.tx.Today()
		return p.because(reason)
	})
}

// because notes why; a reason is required.
func (p *Part) because(reason string) error {
	if p.Reason = strings.TrimSpace(reason); p.Reason == "" {
		return invalid("reason", "portfolio.required")
	}
	if len([]rune(p.Reason)) > maxText {
		return invalid("reason", "portfolio.too_long", "max", maxText)
	}
	return nil
}

// changePart moves a part along its table: the event must be in it, the version must be the one seen.
func (r *Room) changePart(ctx context.Context, by act.Actor, part id.ID, version int64, verb, event string,
	edit func(*change, *Part) error) (Part, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Part, error) {
		return r.movePart(tx, part, version, verb, event, edit)
	})
}

func (r *Room) movePart(tx *act.Tx, part id.ID, version int64, verb, event string, edit func(*change, *Part) error) (Part, error) {
	p, err := loadPart(tx.Context(), tx, part)
	if err != nil {
		return p, err
	}
	c, err := r.open(tx, p.Initiative)
	if err != nil {
		return p, err
	}
	next, err := partStates().Next(string(p.Status), event)
	if err != nil {
		return p, err
	}
	if err := fresh(version, p.Version); err != nil {
		return p, err
	}
	g, err := c.allowPart(verb, p)
	if err != nil {
		return p, err
	}
	if err := edit(c, &p); err != nil {
		return p, err
	}
	p.Status = PartStatus(next)
	return p, c.settle(g, verb, &p)
}

// settle writes a part and records its act.
func (c *change) settle(g act.Grant, verb string, p *Part) error {
	p.Version++
	if err := c.wrote(p.row(), putPart(c.tx, *p)); err != nil {
		return err
	}
	return c.recordPart(g, verb, *p, p.Reason)
}

func (c *change) allowPart(verb string, p Part) (act.Grant, error) {
	ask, err := c.ask(verb, p.Ref())
	if err != nil {
		return act.Grant{}, err
	}
	if p.Unit != "" {
		ask.Roles["unit"] = []id.ID{p.Unit}
	}
	return c.tx.Allow(ask)
}

func (c *change) recordPart(g act.Grant, verb string, p Part, reason string) error {
	a := act.Act{Object: p.Ref(), Version: p.Version,
		Args: map[string]string{"initiative": c.i.Number, "unit": string(p.Unit), "role": string(p.Role)},
		Texts: []act.Text{{Name: "motive", Body: reason}, {Name: "actor", Body: p.Actor}, {Name: "effort", Body: p.Effort},
			{Name: "counter", Body: p.Counter}}}
	for name, value := range map[string]string{"sector": string(p.Sector), "introduced_by": string(p.IntroducedBy)} {
		if value != "" {
			a.Args[name] = value
		}
	}
	if p.Partner() || p.Status == Ended {
		a.Visibility = c.shown() // partnership in a public initiative is public; the talk before it is not
	}
	_, err := c.record(g, verb, a)
	return err
}
