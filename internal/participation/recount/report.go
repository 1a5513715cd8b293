package recount

// Code names what is wrong; it is also the end of its message key, "recount.problem.<code>".
type Code string

// What a verification finds.
const (
	FileMissing   Code = "file_missing"   // a file that the manifest names cannot be read
	FileDiffers   Code = "file_differs"   // a file is not the one that the manifest names
	FileMalformed Code = "file_malformed" // a file is not in its format, or could be read in two ways
	FileList      Code = "file_list"      // the manifest does not name the files that it should
	ActMissing    Code = "act_missing"    // an act that binds the election is not in the log
	ActTwice      Code = "act_twice"      // a second act that does not correct the first
	ActLate       Code = "act_late"       // rules frozen, or ballots sealed, after what must follow
	ActDiffers    Code = "act_differs"    // a file does not have the digest that the act holds
	BallotInvalid Code = "ballot_invalid" // a ballot that the rules do not allow
	NumberDiffers Code = "number_differs" // numbers of ballots are not those that are published
	Disclosed     Code = "disclosed"      // more, or less, is published of a lot than its rules and its size allow
	ResultDiffers Code = "result_differs" // the count gives another result
	Uncountable   Code = "uncountable"    // the rules cannot be applied
)

// Problem is one thing found wrong.
type Problem struct {
	Code   Code   `json:"code"`
	Where  string `json:"where,omitempty"` // file, or field of the result
	Detail string `json:"detail,omitempty"`
}

// Report is what the verification of one election found.
type Report struct {
	Source    string      `json:"source"`
	ID        string      `json:"id"`
	Title     string      `json:"title"`
	Rule      string      `json:"rule"`
	Lots      []LotReport `json:"lots"`
	Frozen    *Deed       `json:"frozen,omitempty"` // the act in force
	Sealed    *Deed       `json:"sealed,omitempty"`
	Published *Deed       `json:"published,omitempty"`
	Withdrawn *Deed       `json:"withdrawn,omitempty"`
	Problems  []Problem   `json:"problems"`
}

// LotReport is what was found of a lot.
type LotReport struct {
	ID        string     `json:"id"`
	Published Disclosure `json:"published"`
	Ballots   int64      `json:"ballots,omitempty"`
	Winners   int        `json:"winners"`
	Recounted bool       `json:"recounted"` // false: what is published is not enough to count again
}

// OK tells whether nothing was found wrong.
func (r *Report) OK() bool { return len(r.Problems) == 0 }

// Gone tells an election that was withdrawn, files and all: its acts remain, and nothing to count.
func (r *Report) Gone() bool { return r.Withdrawn != nil && r.Title == "" }

// Has tells whether a problem of that code was found.
func (r *Report) Has(code Code) bool {
	for _, p := range r.Problems {
		if p.Code == code {
			return true
		}
	}
	return false
}
