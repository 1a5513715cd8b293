package portfolio

import (
	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/money"
)

// ArbitrationStatus is where a question stands.
type ArbitrationStatus string

// The states of an arbitration. Waiting on purpose is a span beside them, not a state.
const (
	Asked        ArbitrationStatus = "asked"
	Postponed    ArbitrationStatus = "postponed"
	Returned     ArbitrationStatus = "returned"
	Decided      ArbitrationStatus = "decided"
	AskWithdrawn ArbitrationStatus = "withdrawn"
)

func arbitrationStates() Machine {
	return Machine{Name: "arbitration", Start: string(Asked), Moves: []Move{
		{"asked", "decide", "decided", "six answers, a post that may"},
		{"asked", "postpone", "postponed", "a day, a reason"},
		{"asked", "return", "returned", "a question"},
		{"asked", "withdraw", "withdrawn", "reason"},
		{"postponed", "decide", "decided", "six answers, a post that may"},
		{"postponed", "postpone", "postponed", "a day, a reason"},
		{"postponed", "return", "returned", "a question"},
		{"postponed", "withdraw", "withdrawn", "reason"},
		{"returned", "reply", "asked", "an answer"},
		{"returned", "withdraw", "withdrawn", "reason"},
	}}
}

// Option is one of the ways out that the question offers.
type Option struct {
	Label       string       `json:"label"`
	Cost        money.Amount `json:"cost"`
	Consequence string       `json:"consequence"`
}

// Capacity is what an asked post is asked for.
type Capacity string

// The capacities, as the authority rules of a profile name them.
const (
	Decides  Capacity = "decides"
	Opinion  Capacity = "opinion"
	Visa     Capacity = "visa"
	Informed Capacity = "informed"
)

// AskedPost is a post to which the question is put.
type AskedPost struct {
	ID          id.ID
	Version     int64
	Arbitration id.ID
	Post        id.ID
	Capacity    Capacity
	Stance      Stance // of an opinion, a visa or a joint agreement; "" while not given
	StanceOn    calendar.Day
	Remark      string
}

// Stance is what an asked post says short of deciding.
type Stance string

// The stances.
const (
	InFavour Stance = "for"
	Reserved Stance = "reserved"
	Against  Stance = "against"
)

func (p AskedPost) row() act.Row { return act.Row{Table: "portfolio_asked", ID: p.ID} }

// Case is the half page that is put to whoever may answer: what is typed.
type Case struct {
	Question       string
	Context        string
	Options        []Option // up to five
	Recommended    int      // 1 to 5; 0: none
	Recommendation string
	Amount         money.Amount
	Matter         string // "": the initiative's
	Place          string // code; "": the whole city
	Normative      bool   // the answer makes rules for others (a regulation, a tariff)
	Asked          []AskedPost
}

// Arbitration is a question put to whoever may answer it, and the answer.
type Arbitration struct {
	ID         id.ID
	Version    int64
	Year       int
	Seq        int
	Number     string // A-YYYY-N
	Initiative id.ID
	Case
	Answers     Answers
	AskedBy     id.ID // post
	AskedOn     calendar.Day
	Status      ArbitrationStatus
	StatusOn    calendar.Day
	StatusNote  string       // reason of the postponement, question sent back, reason of the withdrawal
	Until       calendar.Day // postponed to
	Chosen      int          // option, 1 to 5; 0: none of them
	Decision    string       // in one sentence
	DecidedBy   id.ID        // post
	DecidedOn   calendar.Day
	DecisionAct id.ID          // found in the log by queries; "" in use cases
	Visibility  act.Visibility // internal until the decision (CRPA L311-2)
}

// Ref names the arbitration in acts.
func (a Arbitration) Ref() act.Ref { return act.Ref{Type: "arbitration", ID: a.ID} }

// Waiting tells whether somebody still has to answer the question.
func (a Arbitration) Waiting() bool { return a.Status == Asked || a.Status == Postponed }

func (a Arbitration) row() act.Row { return act.Row{Table: "portfolio_arbitration", ID: a.ID} }

// Age is how long a question has waited, deliberate waiting apart from silence. Silence is what
// remains of the days since it was asked once the days are taken away during which it was waiting
// on purpose: en maturation, postponed to a day, or sent back to whoever asked.
type Age struct {
	Since      calendar.Day
	Days       int // from the question to today, or to the decision
	Deliberate int // of these, waiting on purpose
	Maturing   bool
}

// Silent is the days of silence.
func (a Age) Silent() int { return max(0, a.Days-a.Deliberate) }

// AgeOf counts the age of a on a day, given its deliberate spans.
func AgeOf(a Arbitration, spans []Span, today calendar.Day) Age {
	end := today
	if !a.Waiting() && a.Status != Returned {
		end = a.StatusOn
	}
	waited := calendar.Period{From: a.AskedOn, To: end}
	age := Age{Since: a.AskedOn, Days: max(0, a.AskedOn.DaysUntil(end))}
	deliberate := map[calendar.Day]bool{}
	for _, s := range spans {
		if s.Arbitration != a.ID || s.Kind == SpanStage {
			continue
		}
		// A deliberate wait has a day: after it, the silence counts again.
		if s.Until != "" && s.Until.Before(s.To) {
			s.To = s.Until
		}
		both := s.Period.Intersect(waited)
		for d := both.From; d.Before(both.To); d = d.AddDays(1) {
			deliberate[d] = true
		}
		age.Maturing = age.Maturing || s.Kind == SpanMaturing && s.Contains(today)
	}
	age.Deliberate = len(deliberate)
	return age
}
