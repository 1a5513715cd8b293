package council

import (
	"context"
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// OpenForm asks for the opinions and visas of a circuit about an item.
type OpenForm struct {
	Item  id.ID
	Code  string // of a circuit of the committee or of the profile
	Paper id.ID  // what is signed off; "" for the item itself
	Unit  id.ID  // the unit that brings the matter, when no initiative names one
}

// OpenCircuit starts a circuit. The first steps are asked at once.
func (r *Room) OpenCircuit(ctx context.Context, by act.Actor, in OpenForm) (Circuit, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Circuit, error) {
		c, item, err := r.openItem(tx, in.Item)
		if err != nil {
			return Circuit{}, err
		}
		t, err := c.template(in.Code)
		if err != nil {
			return Circuit{}, err
		}
		return c.begin(item, t, "", in.Paper, in.Unit)
	})
}

// Consultation is the code of a circuit drawn for the occasion.
const Consultation = "consultation"

// ConsultForm asks a unit, a post or a committee what it thinks of an item.
type ConsultForm struct {
	Item          id.ID
	Post          id.ID // one of these three
	Unit          id.ID
	Committee     string // code
	Question      string
	Authoritative bool // the item cannot be decided against it
	Days          int
	Paper         id.ID
}

// Consult asks for an opinion on an item of a meeting. A committee is asked through its president.
func (r *Room) Consult(ctx context.Context, by act.Actor, in ConsultForm) (Circuit, error) {
	in.Question = strings.TrimSpace(in.Question)
	step, err := in.step()
	if err != nil {
		return Circuit{}, err
	}
	return do(ctx, r, by, func(tx *act.Tx) (Circuit, error) {
		c, item, err := r.openItem(tx, in.Item)
		if err != nil {
			return Circuit{}, err
		}
		t := CircuitTemplate{Code: Consultation, NameFR: "Consultation", NameEN: "Consultation", Steps: []StepSpec{step}}
		return c.begin(item, t, in.Question, in.Paper, "")
	})
}

func (in ConsultForm) step() (StepSpec, error) {
	s := StepSpec{NameFR: "Avis", NameEN: "Opinion", Kind: OpinionStep, Days: in.Days, Silence: SilenceNothing, Authoritative: in.Authoritative}
	for role, arg := range map[string]string{rolePost: string(in.Post), roleUnit: string(in.Unit), "committee": in.Committee} {
		if arg != "" {
			s.Roles = append(s.Roles, role+":"+arg)
		}
	}
	err := form()
	if len(s.Roles) != 1 {
		err.At("post", "council.consult.either")
	}
	required(err, "question", in.Question, maxText)
	within(err, "days", in.Days, 0, maxDays)
	return s, err.OrNil()
}

// template finds a circuit by its code: the committee's own first, then those of the profile in force.
func (c *change) template(code string) (CircuitTemplate, error) {
	all, err := c.r.templates(c.tx.Context(), c.tx, c.c.ID, c.tx.Today())
	if err != nil {
		return CircuitTemplate{}, err
	}
	i := slices.IndexFunc(all, func(t CircuitTemplate) bool { return t.Code == code })
	if i < 0 {
		return CircuitTemplate{}, invalid("code", "council.circuit.unknown_template")
	}
	return all[i], nil
}

// begin lays out a circuit about an item and opens its first steps.
func (c *change) begin(item Item, t CircuitTemplate, question string, paper, unit id.ID) (Circuit, error) {
	if item.Status != Listed {
		return Circuit{}, wrongState("item", string(item.Status))
	}
	k := Circuit{ID: c.tx.NewID(), Code: t.Code, Drawing: t.Edition, NameFR: t.NameFR, NameEN: t.NameEN, Question: question, Meeting: item.Meeting,
		Item: item.ID, Root: item.Root, Initiative: item.Initiative, Arbitration: item.Arbitration, Unit: unit, Specs: t.Steps, OpenedBy: c.tx.Actor().Post}
	if paper != "" {
		p, err := c.paperAbout(item, paper)
		if err != nil {
			return k, err
		}
		k.Thread, k.Paper, k.Edition, k.Digest = p.Thread, p.ID, p.Edition, p.Digest
	}
	fc := c.r.changeOf(c, &Flow{Circuit: k, touched: map[id.ID]bool{}}, item)
	fc.f = newFlow(k, c.tx.Today(), c.r.region, c.tx.NewID)
	fc.f.Circuit.OpenedAct = c.tx.NewID()
	if err := fc.noTwin(); err != nil {
		return k, err
	}
	return fc.launch(question)
}

// paperAbout loads a paper in force about the matter of an item: it may have been handed in at an earlier meeting.
func (c *change) paperAbout(item Item, paper id.ID) (Paper, error) {
	p, err := loadPaper(c.tx.Context(), c.tx, paper)
	if err != nil {
		return p, err
	}
	if p.WithdrawnOn != "" || p.Item == "" {
		return p, invalid("paper", "council.circuit.paper")
	}
	of, err := loadItem(c.tx.Context(), c.tx, p.Item)
	if err == nil && of.Root != item.Root {
		err = invalid("paper", "council.circuit.paper")
	}
	return p, err
}

// noTwin refuses a second circuit of the same kind on the same paper while one runs.
func (c *flowChange) noTwin() error {
	if c.f.Circuit.Code == Consultation {
		return nil
	}
	running, err := circuitsOf(c.tx.Context(), c.tx, c.item.ID)
	if err != nil {
		return err
	}
	for _, k := range running {
		f, err := loadFlow(c.tx.Context(), c.tx, k)
		if err != nil {
			return err
		}
		if f.Circuit.Code == c.f.Circuit.Code && f.Circuit.Thread == c.f.Circuit.Thread && f.Circuit.Status != CircuitWithdrawn {
			return fault.New(fault.Conflict, "council.circuit.already")
		}
	}
	return nil
}

func (c *flowChange) launch(question string) (Circuit, error) {
	if err := c.advance(); err != nil {
		return c.f.Circuit, err
	}
	if err := c.save(); err != nil {
		return c.f.Circuit, err
	}
	g, err := c.allow("circuit.open", c.f.Circuit.Ref()) // nobody is the author of what is not open yet
	if err != nil {
		return c.f.Circuit, err
	}
	a := act.Act{ID: c.f.Circuit.OpenedAct, Texts: []act.Text{{Name: "question", Body: question}}}
	if n := c.f.Circuit.Drawing; n > 0 {
		a.Args = map[string]string{"drawing": itoa(n)}
	}
	_, err = c.note(g, "circuit.open", a)
	return c.f.Circuit, err
}
