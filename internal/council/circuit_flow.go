package council

import (
	"fmt"
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// Flow is a circuit with its steps and everything that was asked, in one place: the rules of circuits
// are its methods, and none of them reads or writes anything else.
type Flow struct {
	Circuit Circuit
	Steps   []Step // by number
	Visas   []Visa // in the order in which they were asked

	today   calendar.Day
	region  calendar.Region
	newID   func() id.ID
	touched map[id.ID]bool
}

// Sought is a post that bears the role of a step when the step opens.
type Sought struct {
	Post    id.ID
	Held    bool
	Recused bool // by whoever holds it now
}

// newFlow lays out a circuit from its steps; nothing is open yet.
func newFlow(c Circuit, today calendar.Day, region calendar.Region, newID func() id.ID) *Flow {
	f := &Flow{Circuit: c, today: today, region: region, newID: newID, touched: map[id.ID]bool{}}
	f.Circuit.Status, f.Circuit.StatusOn, f.Circuit.OpenedOn = CircuitOpen, today, today
	f.touched[c.ID] = true
	for i, rank := range ranks(c.Specs) {
		s := Step{ID: newID(), Circuit: c.ID, No: i + 1, Rank: rank, Status: StepWaiting}
		f.touched[s.ID] = true
		f.Steps = append(f.Steps, s)
	}
	return f
}

// Spec is what describes a step.
func (f *Flow) Spec(s Step) StepSpec { return f.Circuit.Specs[s.No-1] }

// Asked lists what is asked in the current round of a step.
func (f *Flow) Asked(s Step) []Visa {
	var out []Visa
	for _, v := range f.Visas {
		if v.Step == s.ID && v.Round == s.Round {
			out = append(out, v)
		}
	}
	return out
}

func (f *Flow) step(step id.ID) *Step {
	i := slices.IndexFunc(f.Steps, func(s Step) bool { return s.ID == step })
	return &f.Steps[i]
}

func (f *Flow) visa(visa id.ID) *Visa {
	i := slices.IndexFunc(f.Visas, func(v Visa) bool { return v.ID == visa })
	if i < 0 {
		return nil
	}
	return &f.Visas[i]
}

// ready is the next step to open: a waiting one whose ranks before are all settled.
func (f *Flow) ready() *Step {
	if f.Circuit.Status != CircuitOpen {
		return nil
	}
	for i := range f.Steps {
		s := &f.Steps[i]
		if slices.ContainsFunc(f.Steps, func(o Step) bool { return o.Rank < s.Rank && !o.Settled() }) {
			return nil
		}
		if s.Status == StepWaiting {
			return s
		}
	}
	return nil
}

// open asks whoever bears the role of a step. With too few posts to ever agree the step is stuck.
func (f *Flow) open(s *Step, sought []Sought) {
	spec := f.Spec(*s)
	if spec.Kind == InfoStep {
		s.Round, s.OpenedOn = s.Round+1, f.today
		for _, one := range sought {
			f.ask(s, one, "")
		}
		for _, v := range f.Asked(*s) {
			f.move(f.visa(v.ID), VisaDropped)
		}
		f.settle(s, StepAgreed)
		return
	}
	if len(sought) == 0 && spec.IfAny {
		s.Round, s.OpenedOn = s.Round+1, f.today
		f.settle(s, StepAgreed)
		return
	}
	if !f.enough(*s, sought) {
		f.mark(s, StepStuck)
		return
	}
	s.Round, s.OpenedOn = s.Round+1, f.today
	f.mark(s, StepOpen)
	for _, one := range sought {
		f.ask(s, one, "")
	}
}

// enough tells whether so many posts could agree on a step.
func (f *Flow) enough(s Step, sought []Sought) bool {
	return len(sought) > 0 && f.Spec(s).Need <= len(sought)
}

func (f *Flow) ask(s *Step, who Sought, from id.ID) *Visa {
	f.Visas = append(f.Visas, Visa{ID: f.newID(), Circuit: f.Circuit.ID, Step: s.ID, Round: s.Round, Post: who.Post, RaisedFrom: from, Status: VisaAsked,
		Edition: f.Circuit.Edition, Digest: f.Circuit.Digest, AskedOn: f.today, Due: f.Spec(*s).due(f.region, f.today)})
	v := &f.Visas[len(f.Visas)-1]
	f.touched[v.ID] = true
	if !who.Held || who.Recused {
		v.Due = ""
		f.move(v, VisaVacant)
	}
	return v
}

func (f *Flow) mark(s *Step, to StepStatus) {
	lawful(stepStates(), s.Status, to)
	s.Status = to
	f.touched[s.ID] = true
}

func (f *Flow) move(v *Visa, to VisaStatus) {
	lawful(visaStates(), v.Status, to)
	v.Status = to
	f.touched[v.ID] = true
}

// lawful holds the rules of circuits to their tables, which are what is documented. A rule that leaves its table is a
// mistake in this package, never of whoever uses it: it stops the transaction.
func lawful[S ~string](m portfolio.Machine, from, to S) {
	if !m.Leads(string(from), string(to)) {
		panic(fmt.Sprintf("council: no event leads a %s from %s to %s", m.Name, from, to))
	}
}

func (f *Flow) turn(to CircuitStatus) {
	lawful(circuitStates(), f.Circuit.Status, to)
	f.Circuit.Status, f.Circuit.StatusOn = to, f.today
	f.touched[f.Circuit.ID] = true
}

// Answering is the answer of a post, or of who has its signature.
type Answering struct {
	Visa   id.ID
	To     VisaStatus // agreed, reserved, refused or abstained
	Text   string
	By     id.ID
	Holder id.ID
}

// answer takes an answer. Faults: Conflict council.visa.twice, council.visa.closed; Invalid.
func (f *Flow) answer(a Answering) error {
	v := f.visa(a.Visa)
	s := f.step(v.Step)
	if err := f.mayAnswer(*v, f.Spec(*s), a); err != nil {
		return err
	}
	v.Text, v.AnsweredBy, v.Holder, v.AnsweredOn, v.Edition, v.Digest = a.Text, a.By, a.Holder, f.today, f.Circuit.Edition, f.Circuit.Digest
	f.move(v, a.To)
	f.weigh(s)
	return nil
}

func (f *Flow) mayAnswer(v Visa, spec StepSpec, a Answering) error {
	switch {
	case v.Given():
		return fault.New(fault.Conflict, "council.visa.twice", "status", string(v.Status), "day", v.AnsweredOn)
	case !v.Waits() || f.Circuit.Status != CircuitOpen:
		return fault.New(fault.Conflict, "council.visa.closed", "status", string(v.Status))
	case !slices.Contains([]VisaStatus{VisaAgreed, VisaReserved, VisaRefused, VisaAbstained}, a.To),
		a.To == VisaAbstained && spec.Kind == VisaStep:
		return invalid("answer", "council.choose")
	case a.Text == "" && (a.To == VisaReserved || a.To == VisaRefused):
		return invalid("text", "council.visa.why."+string(a.To))
	}
	return nil
}

// weigh settles a step when what was given is enough, or can no longer be.
func (f *Flow) weigh(s *Step) {
	if s.Status != StepOpen {
		return
	}
	spec, asked := f.Spec(*s), f.Asked(*s)
	asked = slices.DeleteFunc(asked, func(v Visa) bool { return v.Status == VisaRaised })
	need := spec.Need
	if need == 0 {
		need = len(asked)
	}
	good, given, hope, reserves := 0, 0, 0, false
	for _, v := range asked {
		switch {
		case v.Favourable():
			good, given = good+1, given+1
			reserves = reserves || v.Status == VisaReserved
		case v.Given():
			given++
		case v.Waits():
			hope++
		}
	}
	switch {
	case spec.Binds() && good >= need, !spec.Binds() && given >= need:
		to := StepAgreed
		if reserves || good < need {
			to = StepReserved // an opinion that is not favourable does not stop the circuit, and shows
		}
		f.settle(s, to)
	case spec.Binds() && good+hope < need:
		f.refuse(s)
	}
}

// settle closes a step that lets the circuit go on; whoever was not needed any more is told so.
func (f *Flow) settle(s *Step, to StepStatus) {
	s.SettledOn = f.today
	f.mark(s, to)
	f.close(s, VisaDropped)
	if !slices.ContainsFunc(f.Steps, func(o Step) bool { return !o.Settled() }) {
		f.turn(CircuitAgreed)
	}
}

// close ends what a step still waited for.
func (f *Flow) close(s *Step, to VisaStatus) {
	for i := range f.Visas {
		if v := &f.Visas[i]; v.Step == s.ID && v.Round == s.Round && v.Waits() {
			f.move(v, to)
		}
	}
}

// refuse sends the circuit back to its author: what the other steps waited for is no longer asked.
func (f *Flow) refuse(s *Step) {
	s.SettledOn = f.today
	f.mark(s, StepRefused)
	for i := range f.Steps {
		f.close(&f.Steps[i], VisaVoid)
	}
	f.turn(CircuitReturned)
}
