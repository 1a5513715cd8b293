package recount

import (
	"io"

	"parvis/internal/participation/tally"
)

// The acts that bind an election to the log, and the object they are about.
const (
	FreezeVerb  = "participation.rules.freeze"
	SealVerb    = "participation.ballots.seal"
	PublishVerb = "participation.result.publish"
	Object      = "election"
)

// Draft is everything that will be public of an election.
type Draft struct {
	ID       string // last part of its folder: letters, digits and hyphens
	Title    string
	Country  string
	Unit     string // of the .pb format: the city
	Instance string // of the .pb format: the edition
	Begin    string // first day of the vote, YYYY-MM-DD or YYYY
	End      string
	Engine   string          // the program and its version
	Sealed   bool            // an act of SealVerb precedes the publication
	Rules    *tally.Document // with the same lots as Lots
	Lots     []Ballots       // in the order of Rules.Lots
}

// Ballots opens the ballots of one lot: a .pb file, read strictly once.
type Ballots func() (io.ReadCloser, error)

// Put stores one public file under its name ("lots/1/ballots.pb"), as write gives it.
type Put func(name string, write func(io.Writer) error) error

// Counted is what was counted of one lot.
type Counted struct {
	Election  *tally.Election
	Outcome   *tally.Outcome
	Published string // "ballots", "totals" or "winners"
}
