package tally

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"

	"parvis/internal/fault"
	"parvis/internal/participation/pabulib"
)

// Request says how to recount a file.
type Request struct {
	Rule     string    // name of a rule; "": that of the document, or the one the file declares
	Document *Document // rules of the vote; nil: what the file says
	Lot      string    // lot of the document; "": its only one
	All      bool      // every rule made for the ballots of the file
	Options  pabulib.Options
}

// Answer is what a file gives.
type Answer struct {
	Reports []Report         // an election: one for each rule asked
	Polls   [][]int          // a file of polls: the ranks of each
	Repairs []pabulib.Defect // what tolerant reading repaired
	all     bool
}

// MarshalJSON writes the report of one rule as an object, of all rules as a list, and polls as a
// list of lists of ranks.
func (a *Answer) MarshalJSON() ([]byte, error) {
	switch {
	case a.Polls != nil:
		return json.Marshal(a.Polls)
	case a.all:
		return json.Marshal(a.Reports)
	}
	return json.Marshal(a.Reports[0])
}

// Recount counts a file: a .pb election, or a JSON list of majority judgment polls. The engine tests
// itself first.
func Recount(ctx context.Context, in io.Reader, q Request) (*Answer, error) {
	if err := SelfTest(ctx); err != nil {
		return nil, err
	}
	buffered := bufio.NewReader(in)
	if head, _ := buffered.Peek(64); firstLetter(head) == '[' {
		return recountPolls(buffered)
	}
	r, err := pabulib.Open(buffered, q.Options)
	if err != nil {
		return nil, err
	}
	lot, err := q.lot()
	if err != nil {
		return nil, err
	}
	e, err := FromPabulib(r, func(t *Terms) error { return q.apply(lot, r.Header, t) })
	if err != nil {
		return nil, err
	}
	rules, err := q.rules(r.Header, e.Kind)
	if err != nil {
		return nil, err
	}
	a := &Answer{all: q.All}
	a.Repairs, _ = r.Defects()
	return a, a.count(ctx, e, rules, q.Document)
}

func firstLetter(head []byte) byte {
	for _, c := range head {
		if c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			return c
		}
	}
	return 0
}

func recountPolls(in io.Reader) (*Answer, error) {
	polls, err := ReadPolls(in)
	if err != nil {
		return nil, err
	}
	a := &Answer{Polls: [][]int{}}
	for i, p := range polls {
		ranks, err := MajorityRanks(p.Gradings)
		if err != nil {
			return nil, fault.Wrap(err, fault.KindOf(err), "tally.poll", "number", i+1, "name", p.Name)
		}
		a.Polls = append(a.Polls, ranks)
	}
	return a, nil
}

func (q Request) lot() (LotDocument, error) {
	if q.Document == nil {
		return LotDocument{}, nil
	}
	return q.Document.Lot(q.Lot)
}

// apply sets the terms: those of the document if there is one. Majority judgment on a scoring file
// reads points as grades, 0 the worst.
func (q Request) apply(lot LotDocument, h *pabulib.Header, t *Terms) error {
	if q.Document != nil {
		return q.Document.Apply(lot, t)
	}
	if q.Rule != "majority_judgment" {
		return nil
	}
	most, ok := h.Int("max_points")
	if t.Kind != Points || !ok || most < 1 || most > 99 {
		return fault.New(fault.Invalid, "tally.grades_needed")
	}
	t.Kind, t.Grades, t.Fill = Grades, int(most)+1, FillWorst
	return nil
}

// rules chooses what to count.
func (q Request) rules(h *pabulib.Header, k Kind) ([]Rule, error) {
	if q.All {
		return slices.DeleteFunc(Rules(), func(r Rule) bool { return !r.Fits(k) }), nil
	}
	var r Rule
	var err error
	switch {
	case q.Rule != "":
		r, err = ParseRule(q.Rule)
	case q.Document != nil:
		r, err = ParseRule(q.Document.Rule)
	default:
		r, err = Declared(h)
	}
	return []Rule{r}, err
}

func (a *Answer) count(ctx context.Context, e *Election, rules []Rule, d *Document) error {
	list, err := CountAll(ctx, e, rules)
	if err != nil {
		return err
	}
	for _, out := range list {
		report := NewReport(e, out)
		if d != nil {
			report.Rules = d.Hash()
		}
		a.Reports = append(a.Reports, report)
	}
	return nil
}

// IsRefusal tells an input that was refused from a failure of ours.
func IsRefusal(err error) bool {
	_, defects := errors.AsType[*pabulib.Error](err)
	return defects || fault.KindOf(err) != fault.Internal
}
