package pabulib

import "hash/maphash"

// voterSet remembers which voters have voted, by two independent hashes of 64 bits: 16 bytes a
// voter, open addressing. Two voters are mistaken for one with a probability below 2^-80 in the
// largest file the limits allow.
type voterSet struct {
	seeds [2]maphash.Seed
	slots [][2]uint64
	used  int
}

func newVoterSet() *voterSet {
	return &voterSet{seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}, slots: make([][2]uint64, 1024)}
}

// add reports whether the voter is new.
func (s *voterSet) add(id string) bool {
	if s.used*4 > len(s.slots)*3 {
		s.grow()
	}
	key := [2]uint64{maphash.String(s.seeds[0], id), maphash.String(s.seeds[1], id) | 1}
	return s.put(key)
}

func (s *voterSet) put(key [2]uint64) bool {
	mask := uint64(len(s.slots) - 1)
	for at := key[0] & mask; ; at = (at + 1) & mask {
		switch s.slots[at] {
		case key:
			return false
		case [2]uint64{}:
			s.slots[at] = key
			s.used++
			return true
		}
	}
}

func (s *voterSet) grow() {
	old := s.slots
	s.slots, s.used = make([][2]uint64, 2*len(old)), 0
	for _, key := range old {
		if key != ([2]uint64{}) {
			s.put(key)
		}
	}
}
