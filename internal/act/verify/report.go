package verify

import (
	"time"

	"parvis/internal/act/tree"
)

// Code names what is wrong; it is also the end of its message key, "verify.problem.<code>".
type Code string

// What verify finds. Each is a defect of the log or a sign of tampering.
const (
	FileMissing    Code = "file_missing"    // a file that the checkpoint implies cannot be read
	FileMalformed  Code = "file_malformed"  // a file is not in its format
	Signature      Code = "signature"       // the checkpoint is not signed by the key of the log
	RootDiffers    Code = "root"            // the leaves do not give the root that was signed
	TileDiffers    Code = "tile"            // a tile of hashes is not what the leaves give
	LeafMalformed  Code = "leaf_malformed"  // a leaf is not of a known form, or its id is not its own
	OpeningMissing Code = "opening_missing" // nothing is published of what a leaf commits to
	PayloadDiffers Code = "payload"         // a payload does not have the digest of its leaf
	ActMalformed   Code = "act_malformed"   // a payload does not read as an act
	ActTwice       Code = "act_twice"       // two leaves hold the same act
	TimeBackwards  Code = "time"            // an act was recorded before the one it follows
	Unanswered     Code = "unanswered"      // a decision leaves one of the six questions open
	ChainBroken    Code = "chain"           // a chain of power names nothing
	CorrectsNone   Code = "corrects"        // a correction of an act that did not come before
	TextMissing    Code = "text_missing"    // a text is gone without an act of effacement
	TextDiffers    Code = "text"            // a text does not have the digest of its act
	TextUnknown    Code = "text_unknown"    // a text that no act names
	BatchMalformed Code = "batch"           // a batch of internal acts is not a sorted list of digests
	OldSignature   Code = "old_signature"   // a kept checkpoint is of another log, or not signed by its keys
	RolledBack     Code = "rolled_back"     // the log is shorter than one that was signed before
	Rewritten      Code = "rewritten"       // what was signed before is no longer in the log
	Uncosigned     Code = "uncosigned"      // a witness that was asked for did not cosign
	WitnessAhead   Code = "witness_ahead"   // a witness saw a longer log, or another one
	TooLong        Code = "too_long"        // more leaves than this verification may read
)

// Problem is one thing found wrong.
type Problem struct {
	Code   Code
	Leaf   int64  // -1: not about one leaf
	Detail string // file, act, witness…
}

// Report is what a verification found.
type Report struct {
	Source   string
	Head     tree.Checkpoint
	KeyGiven bool   // the key of the log came from who verifies, not from the log itself
	Key      string // verifier key that the checkpoint was checked with

	Acts     int64 // public acts opened
	Batches  int64 // batches of internal acts
	Internal int64 // internal acts in them
	Texts    int64 // texts read
	Erased   int64 // texts effaced by an act

	First, Last time.Time // of recording

	Since     []tree.Checkpoint // kept checkpoints that the log continues
	Cosigned  []Cosigned        // witnesses asked for that cosigned
	Strangers int               // signatures of others, not checked

	Problems []Problem // at most Options.MaxProblems
	Found    int64     // problems found, kept or not
}

// Cosigned is the word of a witness.
type Cosigned struct {
	Name string
	At   time.Time
	Seen int64 // size of the log that the witness itself knows, when it was asked; -1 when not
}

// OK tells whether nothing was found wrong.
func (r *Report) OK() bool { return r.Found == 0 }

// Has tells whether a problem of that code was found.
func (r *Report) Has(code Code) bool {
	for _, p := range r.Problems {
		if p.Code == code {
			return true
		}
	}
	return false
}
