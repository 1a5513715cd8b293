package tally

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io"

	"github.com/BurntSushi/toml"
	"parvis/internal/fault"
)

//go:embed presets/*.toml
var presets embed.FS

// DocumentFormat names the version of the document of rules.
const DocumentFormat = "parvis-rules/1"

// Document is the rules of a vote, fixed before it opens: whoever has it and the ballots has the
// result. Amounts are whole numbers of 10^-Decimals units of currency.
type Document struct {
	Format   string `toml:"format"`
	Title    string `toml:"title"`
	Rule     string `toml:"rule"`
	Currency string `toml:"currency"`
	Decimals int    `toml:"decimals"`
	Budget   int64  `toml:"budget"` // of all lots together; 0: their sum

	Ballot      BallotRules   `toml:"ballot"`
	Conventions Conventions   `toml:"conventions"`
	Publish     Publication   `toml:"publish"`
	Lots        []LotDocument `toml:"lots"`
}

// BallotRules say what a voter may write.
type BallotRules struct {
	Kind         string   `toml:"kind"` // approval, ordinal, points, grades, amounts
	MinLength    int      `toml:"min_length"`
	MaxLength    int      `toml:"max_length"` // 0: no limit
	MaxPoints    int      `toml:"max_points"`
	MaxSumPoints int      `toml:"max_sum_points"`
	Grades       []string `toml:"grades"` // the best first
}

// Conventions settle what a rule's name leaves open.
type Conventions struct {
	MinVotes  int64    `toml:"min_votes"`
	CostBar   int64    `toml:"cost_bar"`  // 3: a project needs votes/n ≥ cost/(3 × budget); 0: none
	Threshold int64    `toml:"threshold"` // of greedy_score_threshold
	Missing   string   `toml:"missing"`   // a missing grade: worst, median or refused
	Fit       string   `toml:"fit"`       // a project that does not fit: skip or stop
	Order     []string `toml:"order"`     // last ties, ids; empty: by the bytes of the id
}

// Publication says what will be published, and whether other rules may be tried in public.
type Publication struct {
	Ballots bool `toml:"ballots"`
	Totals  bool `toml:"totals"`
	WhatIf  bool `toml:"what_if"`
}

// LotDocument is one count within a vote: an envelope, a number of seats, or both.
type LotDocument struct {
	ID        string `toml:"id"`
	Name      string `toml:"name"`
	Budget    int64  `toml:"budget"`
	Seats     int    `toml:"seats"`
	Cap       int64  `toml:"cap"`        // a project that costs more is out; 0: none
	Reserve   int64  `toml:"reserve"`    // kept for popular districts first
	MaxLength int    `toml:"max_length"` // projects a voter may name in this lot; 0: as the ballot
}

// ReadDocument reads rules in TOML. A key it does not know is refused: a rule nobody applies is worse
// than an error.
func ReadDocument(in io.Reader) (*Document, error) {
	d := &Document{}
	md, err := toml.NewDecoder(io.LimitReader(in, 1<<20)).Decode(d)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "tally.rules_syntax")
	}
	if unknown := md.Undecoded(); len(unknown) > 0 {
		return nil, fault.New(fault.Invalid, "tally.rules_key", "key", unknown[0].String())
	}
	return d, d.Validate()
}

// Presets lists the names of the rules that come with Parvis.
func Presets() []string { return []string{"plus_de_voix", "jugement_majoritaire", "parts_egales"} }

// Preset gives the rules that come under a name.
func Preset(name string) (*Document, error) {
	f, err := presets.Open("presets/" + name + ".toml")
	if err != nil {
		return nil, fault.New(fault.NotFound, "tally.preset", "preset", name)
	}
	defer f.Close()
	return ReadDocument(f)
}

// Hash is the SHA-256 of the canonical form, in hexadecimal: what an act freezes and a result names.
func (d *Document) Hash() string {
	h := sha256.Sum256(d.Canonical())
	return hex.EncodeToString(h[:])
}
