package verify

import (
	"parvis/internal/act"
	"parvis/internal/act/tree"
	"parvis/internal/act/witness"
)

// Inclusion is what a proof shows: that a leaf is in the log of that head.
type Inclusion struct {
	Head     tree.Checkpoint
	Index    int64
	Leaf     act.Leaf
	Cosigned []Cosigned
}

// Proof verifies a c2sp.org/tlog-proof offline: key is the verifier key of the log, witnesses those whose
// cosignatures are looked for (the caller judges how many are enough). The leaf comes in the proof
// itself.
func Proof(text, key string, witnesses ...string) (Inclusion, error) {
	p, err := tree.ParseProof(text)
	if err != nil {
		return Inclusion{}, err
	}
	signed, head, err := openSigned(p.Note, []string{key})
	if err != nil {
		return Inclusion{}, err
	}
	in := Inclusion{Head: head, Index: p.Index}
	if err := p.Check(head, p.Extra); err != nil {
		return in, err
	}
	for _, vkey := range witnesses {
		w, err := witness.NewVerifier(vkey)
		if err != nil {
			return in, err
		}
		for _, s := range signed.UnverifiedSigs {
			if at, ok := cosignedBy(w, signed.Text, s); ok {
				in.Cosigned = append(in.Cosigned, Cosigned{Name: w.Name(), At: at, Seen: -1})
			}
		}
	}
	return in, canonical(p.Extra, &in.Leaf)
}
