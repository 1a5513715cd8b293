package portfolio

import (
	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/money"
)

// The shapes in which queries answer. All of them hold only what the visitor may read.

// Sort is the order of a list: a closed list.
type Sort string

// The orders.
const (
	ByRecent Sort = "recent" // last signalled or published first
	ByTitle  Sort = "title"
	ByStage  Sort = "stage"
	ByNumber Sort = "number"
)

// Sorts lists the orders, the default first.
func Sorts() []Sort { return []Sort{ByRecent, ByTitle, ByStage, ByNumber} }

// Filter chooses initiatives. Empty fields choose nothing; fields are joined by AND.
type Filter struct {
	Stages    []Stage `json:"stages,omitempty"` // any of these
	Matter    string  `json:"matter,omitempty"`
	Place     string  `json:"place,omitempty"` // code of a place
	Unit      id.ID   `json:"unit,omitempty"`  // holds an open part
	Sponsor   id.ID   `json:"sponsor,omitempty"`
	Owner     id.ID   `json:"owner,omitempty"`
	Objective id.ID   `json:"objective,omitempty"`
	Origin    Origin  `json:"origin,omitempty"`
	Tag       string  `json:"tag,omitempty"`
	Text      string  `json:"text,omitempty"` // every word, each as the beginning of a word
}

// ListQuery asks for one page of a list.
type ListQuery struct {
	Filter
	Sort    Sort // "": recent
	Page    int  // from 1
	PerPage int  // 0: 20; at most 100
}

// Summary is one line of a list.
type Summary struct {
	ID          id.ID
	Number      string
	Title       string
	Problem     string
	Lang        string
	Origin      Origin
	Matter      string
	Places      []string
	Address     string
	Point       *Point
	Tags        []string
	Initials    string
	Stage       Stage
	StageSince  calendar.Day
	Visibility  act.Visibility
	SignalledOn calendar.Day
	PublishedOn calendar.Day
	Lead        id.ID        // unit of the accepted lead, "" while there is none
	LeadStated  bool         // true: only a source says so, the unit has not confirmed
	Budget      money.Amount // planned: authorisations or payments, whichever says more
}

// List is one page of a list with the size of the whole.
type List struct {
	Items   []Summary
	Total   int
	Page    int
	PerPage int
	Stages  map[Stage]int // how many there are by stage, whatever stages the filter wants
}

// Pages counts the pages, at least 1.
func (l List) Pages() int { return max(1, (l.Total+l.PerPage-1)/max(1, l.PerPage)) }

// Counts says how many initiatives of a filter there are by stage, by matter and by place. An
// initiative in two places counts in both.
type Counts struct {
	Total   int
	Stages  map[Stage]int
	Matters map[string]int
	Places  map[string]int
}

// MapView is what the map of a filter shows: points, and counts for those that only name a place.
type MapView struct {
	Points  []MapPoint
	ByPlace map[string]int
	Nowhere int // neither point nor place
}

// MapPoint is one initiative on the map.
type MapPoint struct {
	ID     id.ID
	Number string
	Title  string
	Stage  Stage
	Point  Point
}

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

// Waiting is a question in somebody's list.
type Waiting struct {
	Arbitration
	Title    string // of the initiative
	IniNo    string // its number
	Capacity Capacity
	Age      Age
}

// MyArbitrations is what an elected post finds on its page: longest silence first.
type MyArbitrations struct {
	Waiting  []Waiting // asked and not on purpose
	Maturing []Waiting // waiting on purpose: maturing, postponed or sent back
	Decided  []Waiting // the last ones decided, newest first
}

// ToDo is what a post and its unit have to answer.
type ToDo struct {
	Parts     []PartLine // offered to the unit, not answered
	Counters  []PartLine // offered by the post, to which the unit answered with terms of its own
	Questions []QuestionLine
	Actions   []ActionLine
	Returned  []Waiting  // the post's own questions, sent back with one
	Maturing  []SpanLine // deliberate waits whose answer the post owes
}

// PartLine is a part with the initiative it belongs to.
type PartLine struct {
	Part
	Title, Number string
	Silent        int // days
}

// ActionLine is an action item with its initiative.
type ActionLine struct {
	Action
	Title, Number string
	Late          bool
}

// QuestionLine is an open question with its initiative.
type QuestionLine struct {
	OpenQuestion
	Title, Number string
}

// SpanLine is a span with its initiative.
type SpanLine struct {
	Span
	Title, Number string
}

// GroupBy is what the columns of a board are: a closed list.
type GroupBy string

// The groupings.
const (
	BySponsor    GroupBy = "sponsor"
	ByOwner      GroupBy = "owner"
	ByUnit       GroupBy = "unit"
	ByObjective  GroupBy = "objective"
	ByStageGroup GroupBy = "stage"
)

// Groupings lists them in the order of forms.
func Groupings() []GroupBy { return []GroupBy{BySponsor, ByOwner, ByUnit, ByObjective, ByStageGroup} }

// CardOrder is the order of cards in a column: a closed list.
type CardOrder string

// The orders of cards.
const (
	CardByTitle   CardOrder = "title"
	CardByStage   CardOrder = "stage"
	CardBySilence CardOrder = "silence" // longest first
	CardByNumber  CardOrder = "number"
)

// CardOrders lists them, the default first.
func CardOrders() []CardOrder {
	return []CardOrder{CardByTitle, CardByStage, CardBySilence, CardByNumber}
}

// View says what a board shows.
type View struct {
	Filter    Filter    `json:"filter"`
	GroupBy   GroupBy   `json:"group_by"`
	Order     CardOrder `json:"order,omitempty"`
	PerColumn int       `json:"per_column,omitempty"` // cards shown per column; 0: all
	Shared    int       `json:"-"`                    // cards that the columns share when PerColumn is 0; 0: all
	Over      bool      `json:"over,omitempty"`       // also what is stopped or retired
}

// Board is a saved view.
type Board struct {
	ID      id.ID
	Version int64
	Name    string
	View
	Author   id.ID // post
	ClosedOn calendar.Day
}

func (b Board) row() act.Row { return act.Row{Table: "portfolio_board", ID: b.ID} }

// Wall is a board on a day: its columns and their cards. A card stands in as many columns as the
// initiative has sponsors (or owners, units, objectives).
type Wall struct {
	Day         calendar.Day `json:"day"`
	GroupBy     GroupBy      `json:"group_by"`
	Columns     []Column     `json:"columns"`
	Initiatives int          `json:"initiatives"` // distinct ones
}

// Column is one group. Key is the id of a post, unit or objective, or a stage; "" gathers what has none.
type Column struct {
	Key   string `json:"key"`
	Label string `json:"label"` // title of the post, acronym of the unit, code of the objective; "" for stages
	Total int    `json:"total"`
	Cards []Card `json:"cards"`
}

// Card is an initiative on the wall.
type Card struct {
	ID         id.ID          `json:"id"`
	Version    int64          `json:"-"` // of the initiative today: a card carried elsewhere is carried from this state
	Number     string         `json:"number"`
	Title      string         `json:"title"`
	Initials   string         `json:"initials,omitempty"`
	Tags       []string       `json:"tags,omitempty"`
	Stage      Stage          `json:"stage"`
	StageSince calendar.Day   `json:"stage_since"`
	Visibility act.Visibility `json:"visibility"`
	Suspended  bool           `json:"suspended,omitempty"`
	Maturing   bool           `json:"maturing,omitempty"`
	Sponsors   []id.ID        `json:"sponsors,omitempty"` // in force and held
	Owners     []id.ID        `json:"owners,omitempty"`
	Parts      []CardPart     `json:"parts,omitempty"`
	Silent     int            `json:"silent,omitempty"`   // days of the oldest unanswered part
	Waiting    int            `json:"waiting,omitempty"`  // arbitrations waiting
	WaitDays   int            `json:"waitdays,omitempty"` // days of silence of the oldest
	Objectives []id.ID        `json:"objectives,omitempty"`
}

// CardPart is a part on a card.
type CardPart struct {
	Unit   id.ID      `json:"unit,omitempty"`
	Actor  string     `json:"actor,omitempty"`
	Role   PartRole   `json:"role"`
	Status PartStatus `json:"status"`
	Silent int        `json:"silent,omitempty"` // days
}

// Snapshot is a wall as it stood: a stored document that never changes.
type Snapshot struct {
	ID      id.ID
	Board   id.ID
	Title   string
	TakenOn calendar.Day
	Digest  string // SHA-256 of the stored document, hexadecimal
	Wall    Wall
}

// Change is one difference between two walls.
type Change struct {
	ID     id.ID
	Number string
	Title  string
	Kind   ChangeKind
	Before string // a stage, a status, an id, a number of days…
	After  string
	Of     string // unit of a part, post of a sponsor
}

// ChangeKind is what differs.
type ChangeKind string

// The kinds of changes.
const (
	ChangeNew        ChangeKind = "new"
	ChangeGone       ChangeKind = "gone"
	ChangeStage      ChangeKind = "stage"
	ChangeTitle      ChangeKind = "title"
	ChangeSponsorIn  ChangeKind = "sponsor_in"
	ChangeSponsorOut ChangeKind = "sponsor_out"
	ChangeOwnerIn    ChangeKind = "owner_in"
	ChangeOwnerOut   ChangeKind = "owner_out"
	ChangePart       ChangeKind = "part"
	ChangeWaiting    ChangeKind = "waiting"
	ChangeSuspended  ChangeKind = "suspended"
	ChangeMaturing   ChangeKind = "maturing"
)

// Copil is all that the printed file of a steering committee needs.
type Copil struct {
	Title   string
	Day     calendar.Day
	Wall    Wall
	Sheets  []CopilSheet // one per initiative, in the order of the wall
	Since   calendar.Day // of the snapshot compared with, "" for none
	Changes []Change
	Posts   map[id.ID]Post
	Units   map[id.ID]Unit
}

// CopilSheet is an initiative in the printed file.
type CopilSheet struct {
	Initiative
	Card       Card
	Sponsors   []Holder
	Owners     []Holder
	Parts      []Part
	Milestones []Milestone
	Questions  []OpenQuestion
	Waiting    []ArbitrationLine
	Decided    []ArbitrationLine // since the snapshot compared with, or the last three
	Actions    []Action          // not done
	Budget     []Figure
}
