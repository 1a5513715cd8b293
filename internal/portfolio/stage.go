package portfolio

// Stage is where an initiative stands.
type Stage string

// The stages.
const (
	Signalled    Stage = "signalled"
	Qualified    Stage = "qualified"
	Investigated Stage = "investigated"
	Tested       Stage = "tested"
	Scaling      Stage = "scaling"
	Iterating    Stage = "iterating"
	Stopped      Stage = "stopped"
	Dormant      Stage = "dormant"
	Operating    Stage = "operating"
	Retired      Stage = "retired"
)

// Stages lists the stages in the order of the wall.
func Stages() []Stage {
	return []Stage{Signalled, Qualified, Investigated, Tested, Iterating, Scaling, Operating, Dormant, Stopped, Retired}
}

// Valid tells whether s is one of the stages.
func (s Stage) Valid() bool { return s.rank() >= 0 }

func (s Stage) rank() int {
	for i, other := range Stages() {
		if s == other {
			return i
		}
	}
	return -1
}

// Active tells whether work goes on, so that somebody must lead it (I3). An idea that is only
// signalled or qualified may still be looking for its lead.
func (s Stage) Active() bool {
	switch s {
	case Investigated, Tested, Iterating, Scaling, Operating:
		return true
	}
	return false
}

// Over tells whether the initiative has ended.
func (s Stage) Over() bool { return s == Stopped || s == Retired }

// stages is the ordinary way. Anything else is a skip, which only a decision can order. The event is
// named by the stage it leads to: that is what people choose.
func stages() Machine {
	return Machine{Name: "initiative", Start: string(Signalled), Moves: []Move{
		{"signalled", "qualified", "qualified", ""},
		{"qualified", "investigated", "investigated", "one accepted lead"},
		{"investigated", "tested", "tested", "one accepted lead"},
		{"tested", "scaling", "scaling", "one accepted lead"},
		{"tested", "iterating", "iterating", "one accepted lead"},
		{"tested", "stopped", "stopped", "post-mortem"},
		{"tested", "dormant", "dormant", "resumption note, review date"},
		{"iterating", "tested", "tested", "one accepted lead"},
		{"dormant", "tested", "tested", "one accepted lead"},
		{"scaling", "operating", "operating", "one accepted lead"},
		{"operating", "retired", "retired", ""},
	}}
}

// NextStages lists the stages that can follow s without skipping.
func NextStages(s Stage) []Stage {
	var out []Stage
	for _, e := range stages().Events(string(s)) {
		out = append(out, Stage(e))
	}
	return out
}
