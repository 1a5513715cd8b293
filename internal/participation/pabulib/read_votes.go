package pabulib

import (
	"errors"
	"io"
	"strconv"
	"strings"
)

// readVoteColumns reads the header line of VOTES and prepares the counts.
func (r *Reader) readVoteColumns() error {
	needed := []string{"voter_id", "vote"}
	if t := r.Header.Get("vote_type"); t == "cumulative" || t == "scoring" {
		needed = append(needed, "points")
	}
	cols, err := r.columns(needed...)
	r.Header.VoteColumns = cols
	r.counts = newCounts(r.Header)
	return err
}

// Next returns the next vote, valid until the next call. At the end of the file it returns io.EOF,
// or an *Error when the file is refused: only then is what was read worth keeping.
func (r *Reader) Next() (*Vote, error) {
	if r.ended {
		return nil, io.EOF
	}
	fields, err := r.scan.record()
	if errors.Is(err, io.EOF) {
		return nil, r.finish()
	}
	if err != nil {
		return nil, err
	}
	if r.counts.votes == r.scan.limits.Votes {
		return nil, r.report.stop(r.scan.line, "votes.too_many", "a", r.scan.limits.Votes)
	}
	r.readVote(fields)
	return &r.vote, nil
}

func (r *Reader) readVote(fields []string) {
	cols := r.Header.VoteColumns
	if len(fields) != len(cols) {
		fields = r.row(fields, cols)
	}
	v := &r.vote
	v.Fields, v.Line, v.Choices = fields, r.scan.line, v.Choices[:0]
	v.VoterID = fields[column(cols, "voter_id")]
	r.checkVoter(v)
	r.readChoices(v, fields[column(cols, "vote")])
	if at := column(cols, "points"); at >= 0 {
		r.readPoints(v, fields[at])
	}
	r.dropRepeated(v)
	for i, name := range cols {
		if cause := voteShape(name).fault(fields[i]); cause != "" {
			r.report.add(v.Line, "value."+cause, "kept", "a", name, "b", clip(fields[i]))
		}
	}
	r.checkVote(v)
	r.counts.add(v)
}

func (r *Reader) checkVoter(v *Vote) {
	if v.VoterID == "" {
		r.report.add(v.Line, "vote.no_voter", "kept")
		return
	}
	if !r.voters.add(v.VoterID) {
		r.report.add(v.Line, "vote.voter_twice", "", "a", clip(v.VoterID))
	}
}

// readChoices reads the list of projects. A name that is no project is left out with project -1, so
// that points stay beside their project; dropRepeated takes it away.
func (r *Reader) readChoices(v *Vote, list string) {
	if list == "" {
		return
	}
	for id := range strings.SplitSeq(list, ",") {
		at, known := r.ids[id]
		if !known {
			at = r.unknown(v, id)
		}
		v.Choices = append(v.Choices, Choice{Project: at})
	}
}

func (r *Reader) unknown(v *Vote, id string) int {
	trimmed := strings.TrimSpace(id)
	if at, known := r.ids[trimmed]; known {
		r.report.add(v.Line, "vote.spaces", "trimmed", "a", clip(id))
		return at
	}
	if trimmed == "" {
		r.report.add(v.Line, "vote.empty_choice", "left_out")
		return -1
	}
	r.report.add(v.Line, "vote.unknown_project", "left_out", "a", clip(id))
	return -1
}

func (r *Reader) readPoints(v *Vote, list string) {
	i := 0
	if list != "" {
		for p := range strings.SplitSeq(list, ",") {
			n, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(p), ".0"), 10, 64)
			if err != nil || n > maxPoints {
				r.report.add(v.Line, "vote.points", "", "a", clip(p))
			}
			if i < len(v.Choices) {
				v.Choices[i].Points = n
			}
			i++
		}
	}
	if i != len(v.Choices) {
		r.report.add(v.Line, "vote.points_number", "", "a", len(v.Choices), "b", i)
	}
}

// maxPoints bounds the points of one choice, so that no sum of a whole election overflows.
const maxPoints = 1_000_000_000

// dropRepeated keeps the first mention of each project and takes away what is no project.
func (r *Reader) dropRepeated(v *Vote) {
	kept := v.Choices[:0]
	for _, c := range v.Choices {
		switch {
		case c.Project < 0:
		case r.counts.seen(c.Project):
			r.report.add(v.Line, "vote.twice", "once", "a", clip(r.Header.Projects[c.Project].ID))
		default:
			kept = append(kept, c)
		}
	}
	v.Choices = kept
	r.counts.forget()
}
