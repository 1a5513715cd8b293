package tree

import (
	"encoding/binary"
	"fmt"
	"math"
)

// AppendEntry adds an entry to a bundle, after its length in two bytes.
func AppendEntry(bundle, entry []byte) ([]byte, error) {
	if len(entry) > math.MaxUint16 {
		return nil, fmt.Errorf("tree: an entry has %d bytes, at most %d fit a bundle", len(entry), math.MaxUint16)
	}
	bundle = binary.BigEndian.AppendUint16(bundle, uint16(len(entry)))
	return append(bundle, entry...), nil
}

// ParseBundle cuts a bundle of exactly n entries.
func ParseBundle(bundle []byte, n int) ([][]byte, error) {
	entries := make([][]byte, 0, n)
	for range n {
		if len(bundle) < 2 {
			return nil, fmt.Errorf("tree: a bundle of %d entries ends after %d", n, len(entries))
		}
		size := int(binary.BigEndian.Uint16(bundle))
		if bundle = bundle[2:]; len(bundle) < size {
			return nil, fmt.Errorf("tree: entry %d of a bundle is cut", len(entries))
		}
		entries = append(entries, bundle[:size])
		bundle = bundle[size:]
	}
	if len(bundle) > 0 {
		return nil, fmt.Errorf("tree: a bundle of %d entries has %d bytes too many", n, len(bundle))
	}
	return entries, nil
}
