package verify

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"parvis/internal/act"
	"parvis/internal/id"
)

// sequence reads the acts one after the other.
type sequence struct {
	v        *run
	leaves   map[id.ID]bool  // ids of leaves
	acts     map[id.ID]bool  // ids of acts
	recorded int64           // of the act before
	missing  map[id.ID]int64 // texts not published, by id, with the leaf that names them
	effaced  map[id.ID]bool  // texts that an act effaced
}

func newSequence(v *run) *sequence {
	return &sequence{v: v, leaves: map[id.ID]bool{}, acts: map[id.ID]bool{},
		missing: map[id.ID]int64{}, effaced: map[id.ID]bool{}}
}

// leaf reads one leaf and what it commits to.
func (s *sequence) leaf(index int64, entry []byte, o act.Opening) {
	var l act.Leaf
	if err := canonical(entry, &l); err != nil || l.V != 1 || len(l.ID) != 26 || s.leaves[l.ID] {
		s.v.problem(LeafMalformed, index, string(l.ID))
		return
	}
	s.leaves[l.ID] = true
	if o.Payload == "" {
		s.v.problem(OpeningMissing, index, string(l.ID))
		return
	}
	if digest, err := o.Digest(); err != nil || digest != l.Digest || !wellSalted(o.Nonce) || o.Kind != l.Kind {
		s.v.problem(PayloadDiffers, index, string(l.ID))
		return
	}
	switch l.Kind {
	case act.LeafAct:
		s.act(index, o)
	case act.LeafInternal:
		s.batch(index, o)
	default:
		s.v.problem(LeafMalformed, index, l.Kind)
	}
}

// canonical refuses a leaf that could be read in two ways: its bytes must be those that the format gives.
func canonical(entry []byte, l *act.Leaf) error {
	if err := json.Unmarshal(entry, l); err != nil {
		return err
	}
	if again, err := json.Marshal(l); err != nil || !bytes.Equal(again, entry) {
		return errors.New("verify: not the form of a leaf")
	}
	return nil
}

// wellSalted tells whether a nonce is long enough to hide what it salts: 16 bytes.
func wellSalted(nonce string) bool { return hex.DecodedLen(len(nonce)) >= 16 }

func (s *sequence) act(index int64, o act.Opening) {
	var p act.Payload
	if err := json.Unmarshal([]byte(o.Payload), &p); err != nil || p.V != 1 || p.ID == "" || p.Verb == "" || p.What.Zero() {
		s.v.problem(ActMalformed, index, string(p.ID))
		return
	}
	s.v.rep.Acts++
	if s.acts[p.ID] {
		s.v.problem(ActTwice, index, string(p.ID))
	}
	if p.Corrects != "" && !s.acts[p.Corrects] {
		s.v.problem(CorrectsNone, index, string(p.ID))
	}
	s.acts[p.ID] = true
	s.time(index, p)
	for _, gap := range gaps(p) {
		s.v.problem(Unanswered, index, gap)
	}
	if !chainHolds(p) {
		s.v.problem(ChainBroken, index, string(p.ID))
	}
	if p.Verb == "act.text.erase" {
		s.effaced[p.What.ID] = true
	}
	s.texts(index, p, o)
	if s.v.o.Acts != nil {
		s.v.o.Acts(index, p)
	}
}

// time checks that acts were recorded in the order of their leaves; those of one transaction share an
// instant.
func (s *sequence) time(index int64, p act.Payload) {
	if p.When.Recorded < s.recorded || p.When.Recorded <= 0 {
		s.v.problem(TimeBackwards, index, string(p.ID))
	}
	s.recorded = max(s.recorded, p.When.Recorded)
	at := time.UnixMicro(p.When.Recorded).UTC()
	if s.v.rep.First.IsZero() {
		s.v.rep.First = at
	}
	s.v.rep.Last = at
}

// texts checks the texts that an act names against those published with it.
func (s *sequence) texts(index int64, p act.Payload, o act.Opening) {
	published := map[id.ID]act.OpenedText{}
	for _, t := range o.Texts {
		published[t.ID] = t
	}
	for _, held := range p.Texts {
		t, there := published[held.ID]
		delete(published, held.ID)
		if !there {
			s.missing[held.ID] = index
			continue
		}
		if digest, err := t.Digest(); err != nil || digest != held.Digest || !wellSalted(t.Nonce) {
			s.v.problem(TextDiffers, index, held.Name)
		}
		s.v.rep.Texts++
	}
	for range published {
		s.v.problem(TextUnknown, index, string(p.ID))
	}
}

// batch checks that a batch is a strictly sorted list of digests.
func (s *sequence) batch(index int64, o act.Opening) {
	var b act.Batch
	err := json.Unmarshal([]byte(o.Payload), &b)
	sorted := len(b.Digests) > 0
	for i := 1; i < len(b.Digests); i++ {
		sorted = sorted && bytes.Compare(b.Digests[i-1][:], b.Digests[i][:]) < 0
	}
	if err != nil || b.V != 1 || !sorted || len(o.Texts) > 0 {
		s.v.problem(BatchMalformed, index, "")
		return
	}
	s.v.rep.Batches++
	s.v.rep.Internal += int64(len(b.Digests))
}

// end excuses the missing texts that an act effaced, and reports the others.
func (s *sequence) end() {
	for _, text := range slices.SortedFunc(maps.Keys(s.missing), func(a, b id.ID) int {
		return cmp.Or(cmp.Compare(s.missing[a], s.missing[b]), cmp.Compare(a, b))
	}) {
		if s.effaced[text] {
			s.v.rep.Erased++
			continue
		}
		s.v.problem(TextMissing, s.missing[text], string(text))
	}
}
