package council

import (
	"slices"
	"strconv"

	"parvis/internal/act"
	"parvis/internal/id"
)

// flowChange is one use case at work on one circuit.
type flowChange struct {
	*change
	f      *Flow
	item   Item
	before map[id.ID]VisaStatus
	seats  *seeker // read once: see seeker
}

// openFlow loads a circuit for a change of it. A recused post is refused by openItem (I8).
func (r *Room) openFlow(tx *act.Tx, circuit id.ID) (*flowChange, error) {
	f, err := loadFlow(tx.Context(), tx, circuit)
	if err != nil {
		return nil, err
	}
	c, item, err := r.openItem(tx, f.Circuit.Item)
	if err != nil {
		return nil, err
	}
	return r.changeOf(c, f, item), nil
}

func (r *Room) changeOf(c *change, f *Flow, item Item) *flowChange {
	f.today, f.region, f.newID = c.tx.Today(), r.region, c.tx.NewID
	fc := &flowChange{change: c, f: f, item: item, before: map[id.ID]VisaStatus{}}
	for _, v := range f.Visas {
		fc.before[v.ID] = v.Status
	}
	return fc
}

// advance opens every step whose turn has come, and asks the superior of whoever is recused.
func (c *flowChange) advance() error {
	for s := c.f.ready(); s != nil; s = c.f.ready() {
		sought, err := c.seek(c.f.Spec(*s))
		if err != nil {
			return err
		}
		c.f.open(s, sought)
		for _, one := range sought {
			if one.Recused {
				if err := c.passUp(*s, one.Post); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// unstick tries again the steps that nobody could answer, and tells whether somebody can now.
func (c *flowChange) unstick() (bool, error) {
	any := false
	for i := range c.f.Steps {
		s := &c.f.Steps[i]
		if s.Status != StepStuck {
			continue
		}
		sought, err := c.seek(c.f.Spec(*s))
		if err != nil {
			return any, err
		}
		if c.f.enough(*s, sought) {
			c.f.mark(s, StepWaiting)
			any = true
		}
	}
	return any, nil
}

// passUp asks the superior in the place of a recused post.
func (c *flowChange) passUp(s Step, post id.ID) error {
	up, err := c.above(post)
	if err != nil {
		return err
	}
	for _, v := range c.f.Asked(s) {
		if v.Post == post && v.Waits() {
			c.f.raise(v.ID, up)
		}
	}
	return nil
}

// save writes what changed and notes the facts that tell of it.
func (c *flowChange) save() error {
	if c.f.touched[c.f.Circuit.ID] {
		c.f.Circuit.Version++
		if err := c.wrote(c.f.Circuit.row(), putCircuit(c.tx, c.f.Circuit)); err != nil {
			return err
		}
	}
	for i := range c.f.Steps {
		if s := &c.f.Steps[i]; c.f.touched[s.ID] {
			s.Version++
			if err := c.wrote(s.row(), putStep(c.tx, *s)); err != nil {
				return err
			}
		}
	}
	return c.saveVisas()
}

func (c *flowChange) saveVisas() error {
	for i := range c.f.Visas {
		v := &c.f.Visas[i]
		if !c.f.touched[v.ID] {
			continue
		}
		v.Version++
		if err := c.wrote(v.row(), putVisa(c.tx, *v)); err != nil {
			return err
		}
		if v.Status == VisaAsked {
			c.tell(VisaAskedV1{Visa: v.ID, Circuit: c.f.Circuit.ID, Post: v.Post, Version: v.Version})
		}
	}
	if c.f.touched[c.f.Circuit.ID] && c.f.Circuit.Status != CircuitOpen {
		c.tell(CircuitSettledV1{Circuit: c.f.Circuit.ID, Status: c.f.Circuit.Status, OpenedBy: c.f.Circuit.OpenedBy})
	}
	if c.alarms() {
		c.tell(CircuitStuckV1{Circuit: c.f.Circuit.ID, OpenedBy: c.f.Circuit.OpenedBy})
	}
	return nil
}

// alarms tells whether this change found an empty seat, or a step that nobody can answer.
func (c *flowChange) alarms() bool {
	empty := slices.ContainsFunc(c.f.Visas, func(v Visa) bool {
		return c.f.touched[v.ID] && v.Status == VisaVacant && c.before[v.ID] != VisaVacant
	})
	return empty || slices.ContainsFunc(c.f.Steps, func(s Step) bool { return c.f.touched[s.ID] && s.Status == StepStuck })
}

// note records the act that explains what was saved.
func (c *flowChange) note(g act.Grant, verb string, a act.Act) (id.ID, error) {
	if a.Args == nil {
		a.Args = map[string]string{}
	}
	a.Args["item"], a.Args["circuit"] = strconv.Itoa(c.item.Rank), c.f.Circuit.Code
	if a.Object.Zero() {
		a.Object, a.Version = c.f.Circuit.Ref(), c.f.Circuit.Version
	}
	a.Visibility = act.Internal
	return c.record(g, verb, a)
}

// finish lets the circuit go on, saves it and records the act.
func (c *flowChange) finish(verb string, a act.Act) error {
	if err := c.advance(); err != nil {
		return err
	}
	if err := c.save(); err != nil {
		return err
	}
	g, err := c.allowCircuit(verb, c.f.Circuit.Ref())
	if err != nil {
		return err
	}
	_, err = c.note(g, verb, a)
	return err
}

func (c *flowChange) allowCircuit(verb string, object act.Ref) (act.Grant, error) {
	ask := c.ask(verb, object)
	ask.Roles["author"] = []id.ID{c.f.Circuit.OpenedBy}
	return c.tx.Allow(ask)
}
