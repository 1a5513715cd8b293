package recount

import (
	"embed"
	"io"
	"regexp"

	"parvis/internal/fault"
	"parvis/internal/participation/tally"
)

// Messages are the words of refusals and of the report.
//
//go:embed messages/*.toml
var Messages embed.FS

// The acts that bind an election to the log, and the object they are about.
const (
	FreezeVerb   = "participation.rules.freeze"
	SealVerb     = "participation.ballots.seal"
	PublishVerb  = "participation.result.publish"
	WithdrawVerb = "participation.election.withdraw"
	Object       = "election"
)

// Draft is everything that will be public of an election.
type Draft struct {
	ID       string // its folder: letters, digits and hyphens
	Title    string
	Country  string
	Unit     string // of the .pb format: the city
	Instance string // of the .pb format: the edition
	Begin    string // first day of the vote, YYYY-MM-DD or YYYY; less precise days become years
	End      string
	Engine   string          // the program and its version
	Sealed   bool            // an act of SealVerb precedes the publication
	Rules    *tally.Document // with as many lots as Lots, in the same order
	Lots     []Ballots
}

// Ballots opens the ballots of one lot: a .pb file. It may be called several times.
type Ballots func() (io.ReadCloser, error)

// Put stores one public file under its name ("lots/1/ballots.pb"), as write gives it.
type Put func(name string, write func(io.Writer) error) error

// Counted is what was counted of one lot.
type Counted struct {
	Election  *tally.Election
	Outcome   *tally.Outcome
	Published Disclosure
}

// Disclosure is how much is published of a lot.
type Disclosure string

// The disclosures, from the most to the least.
const (
	AllBallots  Disclosure = "ballots" // every ballot, without its voter
	OnlyTotals  Disclosure = "totals"  // sums per project
	OnlyWinners Disclosure = "winners" // the winners and their order, nothing else
)

// Below leastForBallots ballots one may be recognised by who cast it; below leastForTotals even the sums
// tell how most people voted.
const (
	leastForBallots = 100
	leastForTotals  = 20
)

// Disclose decides how much is published of a lot of n ballots: what its rules promise, never more than
// its size allows.
func Disclose(n int64, p tally.Publication) Disclosure {
	switch {
	case p.Ballots && n >= leastForBallots:
		return AllBallots
	case (p.Ballots || p.Totals) && n >= leastForTotals:
		return OnlyTotals
	}
	return OnlyWinners
}

var safeID = regexp.MustCompile(`^[0-9A-Za-z](-?[0-9A-Za-z]+)*$`)

func (d *Draft) check() error {
	if !safeID.MatchString(d.ID) || len(d.ID) > 100 {
		return fault.New(fault.Invalid, "recount.id", "id", d.ID)
	}
	if len(d.Lots) != len(d.Rules.Lots) {
		return fault.New(fault.Invalid, "recount.lots", "files", len(d.Lots), "rules", len(d.Rules.Lots))
	}
	return nil
}
