package verify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"parvis/internal/act"
	"parvis/internal/act/tree"
	"parvis/internal/act/witness"
)

// Options say whom the verifier trusts, and what it may spend.
type Options struct {
	Key         string                          // verifier key of the log; "": the one that the log publishes itself
	Since       []string                        // checkpoints kept from before, as they were served
	Witnesses   []witness.Remote                // witnesses that must have cosigned; with a URL the witness itself is asked
	Client      *http.Client                    // how witnesses are asked
	Timeout     time.Duration                   // of the whole; 0: one hour
	MaxLeaves   int64                           // 0: 10 million
	MaxProblems int                             // 0: 100
	Progress    func(done, total int64)         // called as leaves are read; may be nil
	Acts        func(leaf int64, p act.Payload) // called with each public act, in order; may be nil
}

const (
	largestNote   = 64 << 10
	largestBundle = tree.Width * (2 + 1<<16)
	largestText   = 64 << 20 // what 256 leaves open to
)

// run is one verification.
type run struct {
	o     Options
	from  Source
	keys  []string       // the current key of the log, then its retired ones
	since map[int64]kept // kept checkpoints by size
	edge  *tree.Edge
	acts  *sequence
	rep   *Report
}

// Verify reads the whole log of from. The error is one that kept it from being read to its end (the
// context ended); what is wrong with the log is in the report.
func Verify(ctx context.Context, from Source, o Options) (*Report, error) {
	o = o.withDefaults()
	ctx, cancel := context.WithTimeout(ctx, o.Timeout)
	defer cancel()
	v := &run{o: o, from: from, since: map[int64]kept{}, rep: &Report{Source: from.String()}}
	v.edge, _ = tree.Resume(0, nil)
	v.acts = newSequence(v)
	return v.rep, v.all(ctx)
}

func (o Options) withDefaults() Options {
	o.Timeout = cmp.Or(o.Timeout, time.Hour)
	o.MaxLeaves = cmp.Or(o.MaxLeaves, 10_000_000)
	o.MaxProblems = cmp.Or(o.MaxProblems, 100)
	if o.Client == nil {
		o.Client = &http.Client{Timeout: time.Minute}
	}
	return o
}

func (v *run) all(ctx context.Context) error {
	signed, ok := v.head(ctx)
	if !ok {
		return ctx.Err()
	}
	v.witnesses(ctx, signed)
	v.keep()
	if v.rep.Head.Size > v.o.MaxLeaves {
		v.problem(TooLong, -1, fmt.Sprint(v.rep.Head.Size))
		return nil
	}
	for index := int64(0); index*tree.Width < v.rep.Head.Size && ctx.Err() == nil; index++ {
		if !v.bundle(ctx, index) {
			return ctx.Err() // without its leaves nothing after can be checked
		}
		if v.o.Progress != nil {
			v.o.Progress(v.edge.Size(), v.rep.Head.Size)
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	v.partialTiles(ctx)
	if root, err := v.edge.Root(); err != nil || root != v.rep.Head.Root {
		v.problem(RootDiffers, -1, "checkpoint")
	}
	v.acts.end()
	return ctx.Err()
}

func (v *run) problem(code Code, leaf int64, detail string) {
	v.rep.Found++
	if len(v.rep.Problems) < v.o.MaxProblems {
		v.rep.Problems = append(v.rep.Problems, Problem{code, leaf, printable(detail)})
	}
}

// printable keeps what a hostile log says from reaching a terminal as commands.
func printable(s string) string {
	if len(s) > 120 {
		s = s[:120]
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || (r >= 0x80 && r < 0xa0) || r == 0xfffd {
			return '?'
		}
		return r
	}, s)
}

// head reads the checkpoint and checks that the current key of the log signed it.
func (v *run) head(ctx context.Context) (*note.Note, bool) {
	if v.keys = v.readKeys(ctx); len(v.keys) == 0 {
		return nil, false
	}
	text, err := v.from.Read(ctx, "checkpoint", largestNote)
	if err != nil {
		v.problem(FileMissing, -1, "checkpoint: "+err.Error())
		return nil, false
	}
	v.rep.Key = v.keys[0]
	signed, head, err := openSigned(string(text), v.keys[:1])
	if err != nil {
		v.problem(Signature, -1, err.Error())
		return nil, false
	}
	v.rep.Head, v.rep.Strangers = head, len(signed.UnverifiedSigs)
	return signed, true
}

// readKeys gives the current key first: the one given, else the first that the log publishes.
func (v *run) readKeys(ctx context.Context) []string {
	text, err := v.from.Read(ctx, "keys", largestNote)
	published := strings.Fields(string(text))
	if v.o.Key != "" {
		v.rep.KeyGiven = true
		others := slices.DeleteFunc(published, func(k string) bool { return k == v.o.Key })
		return append([]string{v.o.Key}, others...)
	}
	if err != nil || len(published) == 0 {
		v.problem(FileMissing, -1, "keys")
		return nil
	}
	return published
}

// openSigned checks that one of the keys signed the checkpoint, and that its name is the log's.
func openSigned(text string, vkeys []string) (*note.Note, tree.Checkpoint, error) {
	var keys []note.Verifier
	for _, k := range vkeys {
		if key, err := note.NewVerifier(k); err == nil {
			keys = append(keys, key)
		}
	}
	signed, err := note.Open([]byte(text), note.VerifierList(keys...))
	if err != nil {
		return nil, tree.Checkpoint{}, err
	}
	head, err := tree.ParseCheckpoint(signed.Text)
	if err == nil && head.Origin != signed.Sigs[0].Name {
		err = errors.New("verify: the key is of another log")
	}
	return signed, head, err
}
