package witness

import (
	"fmt"
	"strings"

	"parvis/internal/act/tree"
)

// Request is the body of add-checkpoint: a checkpoint, and the proof that it continues the last one
// that the witness cosigned.
type Request struct {
	Old   int64 // size of the last cosigned checkpoint, 0 for none
	Proof []tree.Hash
	Note  string // the signed checkpoint
}

// String writes the request as it is sent.
func (r Request) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "old %d\n", r.Old)
	for _, h := range r.Proof {
		b.WriteString(h.String() + "\n")
	}
	return b.String() + "\n" + r.Note
}

// ParseRequest reads the body of add-checkpoint.
func ParseRequest(body string) (Request, error) {
	head, note, ok := strings.Cut(body, "\n\n")
	lines := strings.Split(head, "\n")
	size, isOld := strings.CutPrefix(lines[0], "old ")
	if !ok || !isOld {
		return Request{}, fmt.Errorf("witness: not an add-checkpoint request")
	}
	old, err := tree.ParseSize(size)
	if err != nil {
		return Request{}, err
	}
	proof, err := tree.ParseHashes(lines[1:])
	return Request{Old: old, Proof: proof, Note: note}, err
}
