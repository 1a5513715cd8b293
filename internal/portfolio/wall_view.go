package portfolio

import (
	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
)

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
