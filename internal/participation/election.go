package participation

import (
	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/money"
	"parvis/internal/participation/tally"
)

// Stage is how far an election has got.
type Stage string

// The stages, in their order.
const (
	Imported  Stage = "imported"
	Frozen    Stage = "frozen"
	Counted   Stage = "counted"
	Published Stage = "published"
)

// Stages lists them in their order.
func Stages() []Stage { return []Stage{Imported, Frozen, Counted, Published} }

// Election is a vote on a participatory budget.
type Election struct {
	ID           id.ID
	Version      int64
	Year         int
	Seq          int
	Number       string // V-YYYY-N
	Title        string
	Lang         string
	Source       string // where the files come from
	Invented     bool   // projects invented, ballots drawn
	Currency     string
	Opened       calendar.Fuzzy
	Closed       calendar.Fuzzy
	Stage        Stage
	Visibility   act.Visibility
	Author       id.ID  // post
	Rules        string // canonical TOML
	RulesDigest  string // SHA-256, hexadecimal, as the other digests
	ResultDigest string
	FilesDigest  string
	ImportedOn   calendar.Day
	FrozenOn     calendar.Day
	FrozenBy     id.ID // the act
	CountedOn    calendar.Day
	PublishedOn  calendar.Day
	WithdrawnOn  calendar.Day // not empty: a tombstone
	WithdrawnFor string
}

// Ref names the election in acts.
func (e Election) Ref() act.Ref { return act.Ref{Type: "election", ID: e.ID} }

// Public tells whether everyone may read it.
func (e Election) Public() bool { return e.Visibility == act.Public }

func (e Election) row() act.Row { return act.Row{Table: "participation_election", ID: e.ID} }

// Lot is one count within an election.
type Lot struct {
	ID       id.ID
	Version  int64
	Election id.ID
	Rank     int
	Code     string // in the document of rules
	Name     string
	Ballots  string // SHA-256 of the file of its ballots
	Size     int64
	Brought  string // SHA-256 of the file as it was handed in
	Repairs  int
	Kind     string // of ballot, as documents of rules write it: approval, ordinal, points
	Declared string // name of the rule that the file declares
	Most     int64  // most points a project may be given; 0: the file does not say
	Decimals int    // of its amounts
	Voters   int64
	Blank    int64
	Projects int
	Envelope money.Amount // as the file states it
	Result   *Result      // nil before the count
}

func (l Lot) row() act.Row { return act.Row{Table: "participation_lot", ID: l.ID} }

// Project is one candidate of a lot.
type Project struct {
	ID         id.ID
	Version    int64
	Election   id.ID
	Lot        id.ID
	Rank       int // on the ballot
	Code       string
	Title      string
	About      string
	Cost       money.Amount
	Category   string
	District   string
	Point      *Point
	Withdrawn  bool
	Declared   bool // the file says it won
	Votes      int64
	Turn       int // place in the order of selection; 0: not selected
	Why        *Why
	Initiative id.ID // what became of it in the portfolio
}

// Point is a place on Earth, WGS 84 degrees.
type Point struct{ Lat, Lon float64 }

// Ref names the project in acts and in the search.
func (p Project) Ref() act.Ref { return act.Ref{Type: "ballot_project", ID: p.ID} }

func (p Project) row() act.Row { return act.Row{Table: "participation_project", ID: p.ID} }

// Won tells whether the count selected it.
func (p Project) Won() bool { return p.Turn > 0 }

// Document reads the frozen rules. Faults: Invalid when they are not readable any more.
func (e Election) Document() (*tally.Document, error) {
	d, err := readRules(e.Rules)
	if err == nil && d.Hash() != e.RulesDigest {
		return nil, fault.New(fault.Internal, "participation.rules.altered")
	}
	return d, err
}

// Rule is the rule of a document, whose name was checked when it was frozen.
func Rule(d *tally.Document) tally.Rule {
	r, err := tally.ParseRule(d.Rule)
	if err != nil {
		panic(err)
	}
	return r
}
