package act

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"parvis/internal/id"
)

// Digest is a SHA-256, written in hexadecimal.
type Digest [sha256.Size]byte

// String writes d in hexadecimal.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// MarshalText writes d in hexadecimal.
func (d Digest) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads 64 hexadecimal digits.
func (d *Digest) UnmarshalText(text []byte) error {
	if hex.DecodedLen(len(text)) != len(d) {
		return fmt.Errorf("act: a digest has %d hexadecimal digits, got %d", 2*len(d), len(text))
	}
	_, err := hex.Decode(d[:], text)
	return err
}

// salted is sha256(nonce ‖ body). A bare digest of a name or a short text could be guessed.
func salted(nonce, body []byte) Digest {
	h := sha256.New()
	h.Write(nonce)
	h.Write(body)
	return Digest(h.Sum(nil))
}

func newNonce() []byte {
	b := make([]byte, 16)
	rand.Read(b)
	return b
}

// The kinds of leaves.
const (
	LeafAct      = "acte"    // one public act
	LeafInternal = "interne" // a batch of internal acts
)

// Leaf is an entry of the public log.
type Leaf struct {
	V      int    `json:"v"`
	Kind   string `json:"kind"`
	ID     id.ID  `json:"id"`
	Digest Digest `json:"digest"`
}

// newLeaf makes the bytes of a leaf. They are stored and served as they are, never made again.
func newLeaf(kind string, nonce, payload []byte) []byte {
	b, err := json.Marshal(Leaf{V: 1, Kind: kind, ID: id.Random(), Digest: salted(nonce, payload)})
	if err != nil {
		panic(err) // a struct of strings always marshals
	}
	return b
}
