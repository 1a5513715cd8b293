package portfolio

import (
	"parvis/internal/calendar"
	"parvis/internal/id"
)

// Sheet is everything about one initiative that the visitor may read.
type Sheet struct {
	Initiative
	Inside       bool // the visitor works for the city: what is internal is here too
	Today        calendar.Day
	Stages       []Span // history of stages, oldest first
	Suspended    *Span  // the suspension in force
	Maturing     *Span  // the deliberate wait in force
	Waits        []Span // past suspensions and waits
	Sponsors     []Holder
	Owners       []Holder
	Former       []Holder // sponsors and owners whose term or charge has ended (I27)
	Vacant       []Holder // of the charge in force, posts that nobody holds today
	Parts        []Part   // inside: all; outside: accepted and ended ones, and reported ones as such
	Milestones   []Milestone
	Budget       []Figure
	Questions    []OpenQuestion // legal
	Unknowns     []OpenQuestion
	Papers       []Paper
	Notes        []Note // inside only
	Arbitrations []ArbitrationLine
	Actions      []Action
	Objectives   []Objective
	Posts        map[id.ID]Post // every post named above, as it is today
	Units        map[id.ID]Unit

	spans []Span // all of them, for the ages of the questions
}

// Lead is the accepted lead part; false while there is none.
func (s Sheet) Lead() (Part, bool) {
	for _, p := range s.Parts {
		if p.Role == Lead && p.Partner() {
			return p, true
		}
	}
	return Part{}, false
}

// Next lists the stages that can follow without a skip.
func (s Sheet) Next() []Stage { return NextStages(s.Stage) }

// ArbitrationLine is a question on the sheet of its initiative.
type ArbitrationLine struct {
	Arbitration
	Age Age
}

// ArbitrationSheet is the half page, with the six answers filled from the context.
type ArbitrationSheet struct {
	Arbitration
	Initiative Summary
	Age        Age
	Waits      []Span
	Draft      Answers    // what the context answers so far
	Missing    []Question // what it does not, for the visitor who would decide
	MayAnswer  bool       // one of the visitor's posts is asked to decide
	Actions    []Action
	Papers     []Paper
	Parts      []Part
	Posts      map[id.ID]Post
	Units      map[id.ID]Unit
}
