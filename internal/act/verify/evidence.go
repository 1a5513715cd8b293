package verify

import (
	"context"
	"encoding/base64"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/note"

	"parvis/internal/act/tree"
	"parvis/internal/act/witness"
)

// kept is a checkpoint that somebody kept: at its size the log must have its root.
type kept struct {
	head tree.Checkpoint
	by   string
}

// keep reads the kept checkpoints. Any key of the log may have signed them, retired ones too.
func (v *run) keep() {
	for _, text := range v.o.Since {
		_, old, err := openSigned(text, v.keys)
		if err != nil || old.Origin != v.rep.Head.Origin {
			v.problem(OldSignature, -1, fmt.Sprint(old.Origin, " ", err))
			continue
		}
		v.expect(kept{old, "checkpoint"}, RolledBack)
	}
}

// expect notes what the log must have been at a size; short is the problem of a log that is shorter.
func (v *run) expect(k kept, short Code) {
	if k.head.Size > v.rep.Head.Size {
		v.problem(short, -1, fmt.Sprintf("%s: %d > %d", k.by, k.head.Size, v.rep.Head.Size))
		return
	}
	if other, twice := v.since[k.head.Size]; twice && other.head.Root != k.head.Root {
		v.problem(Rewritten, -1, k.by)
	}
	v.since[k.head.Size] = k
	if k.head.Size == 0 {
		v.atSize() // no leaf will come by
	}
}

// atSize compares the tree as it stands with what was kept of it.
func (v *run) atSize() {
	k, known := v.since[v.edge.Size()]
	if !known {
		return
	}
	root, err := v.edge.Root()
	if err != nil || root != k.head.Root {
		v.problem(Rewritten, v.edge.Size()-1, k.by)
		return
	}
	v.rep.Since = append(v.rep.Since, k.head)
}

// witnesses checks that each witness cosigned the checkpoint; one whose address is given is also asked
// what it last saw, which a log that hides its newest leaves cannot choose.
func (v *run) witnesses(ctx context.Context, signed *note.Note) {
	for _, w := range v.o.Witnesses {
		key, err := witness.NewVerifier(w.Key)
		if err != nil {
			v.problem(Uncosigned, -1, err.Error())
			continue
		}
		c := Cosigned{Name: key.Name(), Seen: -1}
		for _, s := range signed.UnverifiedSigs {
			if at, ok := cosignedBy(key, signed.Text, s); ok {
				c.At = at
			}
		}
		if c.At.IsZero() {
			v.problem(Uncosigned, -1, key.Name())
		}
		if w.URL != "" {
			c.Seen = v.askWitness(ctx, w, key.Name())
		}
		if !c.At.IsZero() {
			v.rep.Cosigned = append(v.rep.Cosigned, c)
			v.rep.Strangers--
		}
	}
}

// cosignedBy checks one signature line against the key of a witness.
func cosignedBy(key *witness.Verifier, text string, s note.Signature) (time.Time, bool) {
	if s.Name != key.Name() || s.Hash != key.KeyHash() {
		return time.Time{}, false
	}
	raw, err := base64.StdEncoding.DecodeString(s.Base64)
	if err != nil || len(raw) < 4 || !key.Verify([]byte(text), raw[4:]) {
		return time.Time{}, false
	}
	return witness.Time(s)
}

func (v *run) askWitness(ctx context.Context, w witness.Remote, name string) int64 {
	seen, found, err := w.Latest(ctx, v.o.Client, v.rep.Head.Origin)
	if err != nil {
		v.problem(Uncosigned, -1, name+": "+err.Error())
		return -1
	}
	if found {
		v.expect(kept{seen, name}, WitnessAhead)
	}
	return seen.Size
}
