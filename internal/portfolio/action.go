package portfolio

import (
	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
)

// ActionStatus is where an action item stands. Late is not a state: it is an open one past its day.
type ActionStatus string

// The states of an action item.
const (
	ActionOpen    ActionStatus = "open"
	ActionDone    ActionStatus = "done"
	ActionDropped ActionStatus = "dropped"
)

func actionStates() Machine {
	return Machine{Name: "action", Start: string(ActionOpen), Moves: []Move{
		{"open", "finish", "done", ""},
		{"open", "reassign", "open", "unit, post or day"},
		{"open", "drop", "dropped", "reason"},
		{"done", "reopen", "open", "reason"},
		{"dropped", "reopen", "open", "reason"},
	}}
}

// Action is something that a decision entails, or that a committee asked for (suite à donner). It is about an initiative,
// or else about the item From of a meeting.
type Action struct {
	ID          id.ID
	Version     int64
	Initiative  id.ID // "" when the committee ordered it about none
	Arbitration id.ID
	What        string
	Unit        id.ID
	Post        id.ID
	Due         calendar.Day
	Status      ActionStatus
	StatusOn    calendar.Day
	Reason      string
	CreatedOn   calendar.Day
	From        Sitting // zero for what follows a question of the portfolio
}

// Sitting is the item of a committee that ordered an action item. Committees are a later room: their things are known by
// their ids here.
type Sitting struct {
	Committee, Meeting, Item id.ID
	Number                   string // of the meeting
}

// Ref names the action item in acts.
func (a Action) Ref() act.Ref { return act.Ref{Type: "action", ID: a.ID} }

// Late tells whether it is still open after its day.
func (a Action) Late(today calendar.Day) bool { return a.Status == ActionOpen && a.Due.Before(today) }

// Events are what may become of it as it stands.
func (a Action) Events() []string { return actionStates().Events(string(a.Status)) }

// matter is what one may have withdrawn from: the question that it follows, or else the item that ordered it.
func (a Action) matter() act.Ref {
	if a.Arbitration == "" && a.From.Item != "" {
		return act.Ref{Type: "item", ID: a.From.Item}
	}
	return Arbitration{ID: a.Arbitration}.Ref()
}

func (a Action) row() act.Row { return act.Row{Table: "portfolio_action", ID: a.ID} }
