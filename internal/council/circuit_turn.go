package council

import (
	"slices"

	"parvis/internal/id"
)

// lapse applies to one visa what its step says of silence, once its deadline has passed. held tells
// whether somebody sits on the post today: an empty seat never agrees, and no clock runs against it.
// superior is who is asked when silence goes up, the zero one when nobody is above.
func (f *Flow) lapse(visa id.ID, held bool, superior Sought) bool {
	v := f.visa(visa)
	if v.Status != VisaAsked || !v.Due.Before(f.today) || f.Circuit.Status != CircuitOpen {
		return false
	}
	s := f.step(v.Step)
	if !held {
		v.Due = ""
		f.move(v, VisaVacant)
		return true
	}
	switch f.Spec(*s).Silence {
	case SilenceAgrees:
		f.silent(v, s, VisaTacitAgreed)
	case SilenceRefuses:
		f.silent(v, s, VisaTacitRefused)
	case SilenceRises:
		return f.raise(visa, superior)
	default:
		return false
	}
	return true
}

func (f *Flow) silent(v *Visa, s *Step, to VisaStatus) {
	v.AnsweredOn, v.Edition, v.Digest = f.today, f.Circuit.Edition, f.Circuit.Digest
	f.move(v, to)
	f.weigh(s)
}

// raise asks the superior instead. With nobody above, or somebody who was already asked in this round,
// it stays where it is and shows as late.
func (f *Flow) raise(visa id.ID, superior Sought) bool {
	v := f.visa(visa)
	s := f.step(v.Step)
	if superior.Post == "" || !v.Waits() || slices.ContainsFunc(f.Asked(*s), func(o Visa) bool { return o.Post == superior.Post }) {
		return false
	}
	f.move(v, VisaRaised)
	f.ask(s, superior, visa)
	return true
}

// fill begins the delay of a seat that somebody holds at last.
func (f *Flow) fill(visa id.ID) bool {
	v := f.visa(visa)
	if v.Status != VisaVacant || f.Circuit.Status != CircuitOpen {
		return false
	}
	v.AskedOn, v.Due = f.today, f.Spec(*f.step(v.Step)).due(f.region, f.today)
	f.move(v, VisaAsked)
	return true
}

// renew puts a new edition of the paper under the circuit. What was given on the old one is void, unless
// the change is minor and the step tolerates that; every step that lost something begins again, and so
// does whatever was open after it. It tells whether anything changed but the edition.
func (f *Flow) renew(p Paper) bool {
	if f.Circuit.Status == CircuitWithdrawn {
		return false
	}
	f.Circuit.Paper, f.Circuit.Edition, f.Circuit.Digest = p.ID, p.Edition, p.Digest
	f.touched[f.Circuit.ID] = true
	if !f.restart(func(s Step) bool { return f.keeps(s, p.Minor) }) {
		f.showEdition()
		return false
	}
	f.showEdition()
	if f.Circuit.Status != CircuitOpen {
		f.turn(CircuitOpen)
	}
	return true
}

// keeps tells whether a new edition leaves a step as it is. A refused one begins again, since the paper
// answers it.
func (f *Flow) keeps(s Step, minor bool) bool {
	switch {
	case s.Status == StepRefused, s.Status == StepOpen && f.Circuit.Status == CircuitReturned:
		return false
	case f.Spec(s).Kind == InfoStep:
		return minor
	}
	return minor && f.Spec(s).Minor
}

// showEdition puts the edition in force before those who have not answered yet: a form filled from the
// old one is stale.
func (f *Flow) showEdition() {
	for i := range f.Visas {
		if v := &f.Visas[i]; v.Waits() {
			v.Edition, v.Digest = f.Circuit.Edition, f.Circuit.Digest
			f.touched[v.ID] = true
		}
	}
}

// restart makes the steps that keep refuses wait again, and those that are open after them; what was said
// in them is void. It tells whether any did.
func (f *Flow) restart(keep func(Step) bool) bool {
	first := 0 // the lowest rank that begins again
	for i := range f.Steps {
		s := &f.Steps[i]
		lost := s.Status != StepWaiting && !keep(*s)
		after := first > 0 && s.Rank > first && !s.Settled()
		if !lost && !after || s.Status == StepWaiting {
			continue
		}
		if first == 0 {
			first = s.Rank
		}
		f.reset(s)
	}
	return first > 0
}

func (f *Flow) reset(s *Step) {
	for n := range f.Visas {
		v := &f.Visas[n]
		if v.Step == s.ID && v.Round == s.Round && v.Status != VisaVoid && v.Status != VisaDropped {
			f.move(v, VisaVoid)
		}
	}
	s.SettledOn = ""
	f.mark(s, StepWaiting)
}

// resume takes a returned circuit up again without a new edition: the author answers the refusal. The
// refused steps begin again, with those that they name and what stands between; the others stand.
func (f *Flow) resume() error {
	if _, err := next(circuitStates(), f.Circuit.Status, "resume"); err != nil {
		return err
	}
	again := map[int]bool{}
	for _, s := range f.Steps {
		if s.Status != StepRefused {
			continue
		}
		again[s.No] = true
		if back := f.Spec(s).Back; back > 0 {
			for no := back; no < s.No; no++ {
				if no == back || f.Steps[no-1].Rank > f.Steps[back-1].Rank {
					again[no] = true
				}
			}
		}
	}
	f.restart(func(s Step) bool { return s.Settled() && !again[s.No] })
	f.turn(CircuitOpen)
	return nil
}

// withdraw ends a circuit that is no longer wanted.
func (f *Flow) withdraw() error {
	if _, err := next(circuitStates(), f.Circuit.Status, "withdraw"); err != nil {
		return err
	}
	for i := range f.Steps {
		f.close(&f.Steps[i], VisaVoid)
	}
	f.turn(CircuitWithdrawn)
	return nil
}
