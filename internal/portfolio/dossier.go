package portfolio

import (
	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/money"
)

// HolderRole tells sponsors (élu·e référent·e) from owners (porteur).
type HolderRole string

// The roles of posts in an initiative.
const (
	Sponsor HolderRole = "sponsor"
	Owner   HolderRole = "owner"
)

// Holder is a post that carries or runs an initiative for a time.
type Holder struct {
	ID         id.ID
	Version    int64
	Initiative id.ID
	Role       HolderRole
	Post       id.ID
	calendar.Period
}

func (h Holder) row() act.Row { return act.Row{Table: "portfolio_holder", ID: h.ID} }

// Milestone is a step, planned and reached on dates known as well as they are.
type Milestone struct {
	ID         id.ID
	Version    int64
	Initiative id.ID
	Rank       int
	Label      string
	Planned    calendar.Fuzzy
	Actual     calendar.Fuzzy
	Dropped    string // why it will not be
}

func (m Milestone) row() act.Row { return act.Row{Table: "portfolio_milestone", ID: m.ID} }

// Late tells whether every day that the plan may mean is past and the step is not reached.
func (m Milestone) Late(today calendar.Day) bool {
	return m.Actual == "" && m.Dropped == "" && m.Planned.End().Before(today)
}

// Credit is the kind of budget authority (autorisation d'engagement, crédit de paiement).
type Credit string

// The credits.
const (
	AE Credit = "AE"
	CP Credit = "CP"
)

// BudgetNature is how real a figure is.
type BudgetNature string

// The natures.
const (
	Planned   BudgetNature = "planned"
	Voted     BudgetNature = "voted"
	Committed BudgetNature = "committed"
	Paid      BudgetNature = "paid"
)

// Figure is a budget figure imported from the finance tool: it is never typed twice. Year 0 is a
// figure that the source does not attach to a year.
type Figure struct {
	ID         id.ID
	Version    int64
	Initiative id.ID
	Year       int
	Credit     Credit
	Nature     BudgetNature
	Amount     money.Amount
	Source     string
	StatedOn   calendar.Day
}

func (f Figure) row() act.Row { return act.Row{Table: "portfolio_budget", ID: f.ID} }

// OpenKind tells legal questions from what is simply not known.
type OpenKind string

// The kinds of open questions.
const (
	Legal   OpenKind = "legal"   // « zone grise »
	Unknown OpenKind = "unknown" // « ce que nous ne savons pas encore »
)

// OpenQuestion is something that must be found out, by a post, by a day.
type OpenQuestion struct {
	ID         id.ID
	Version    int64
	Initiative id.ID
	Kind       OpenKind
	Question   string
	Post       id.ID
	Due        calendar.Day
	OpenedOn   calendar.Day
	Answer     string
	ClosedOn   calendar.Day
	Visibility act.Visibility // legal questions start internal, unknowns follow the initiative
}

func (q OpenQuestion) row() act.Row { return act.Row{Table: "portfolio_question", ID: q.ID} }

// Late tells whether the answer is overdue.
func (q OpenQuestion) Late(today calendar.Day) bool {
	return q.ClosedOn == "" && q.Due.Before(today)
}

// Paper is an edition of a document: a file, or a link to the GED with its digest.
type Paper struct {
	ID          id.ID
	Version     int64
	Initiative  id.ID
	Arbitration id.ID // "" when it belongs to the initiative at large
	Thread      id.ID // id of the first edition
	Edition     int   // 1, 2…
	Title       string
	Link        string
	Digest      string // SHA-256, hexadecimal; the name of the blob when Link is ""
	Media       blob.Media
	Size        int64 // bytes
	Visibility  act.Visibility
	AddedOn     calendar.Day
	RemovedOn   calendar.Day
}

// Ref names the paper in acts.
func (p Paper) Ref() act.Ref { return act.Ref{Type: "paper", ID: p.ID} }

// Of makes a paper a blob.Edition.
func (p Paper) Of() (thread id.ID, number int) {
	if p.RemovedOn != "" {
		return p.Thread, 0
	}
	return p.Thread, p.Edition
}

func (p Paper) row() act.Row { return act.Row{Table: "portfolio_paper", ID: p.ID} }

func (n Note) row() act.Row { return act.Row{Table: "portfolio_note", ID: n.ID} }

// Objective is an aim of the strategy that initiatives serve.
type Objective struct {
	ID      id.ID
	Version int64
	Code    string
	TitleFR string
	TitleEN string // "" when not translated
	calendar.Period
}

func (o Objective) row() act.Row { return act.Row{Table: "portfolio_objective", ID: o.ID} }
