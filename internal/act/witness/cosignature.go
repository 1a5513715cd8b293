package witness

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"golang.org/x/mod/sumdb/note"
)

// algorithm is the signature type of timestamped Ed25519 cosignatures (c2sp.org/signed-note).
const algorithm = 0x04

const cosignatureSize = 8 + ed25519.SignatureSize

// keyHash names a key in a signature line: SHA-256(name ‖ "\n" ‖ 0x04 ‖ public key)[:4].
func keyHash(name string, public ed25519.PublicKey) uint32 {
	sum := sha256.Sum256(append([]byte(name+"\n"), append([]byte{algorithm}, public...)...))
	return binary.BigEndian.Uint32(sum[:])
}

// message is what a cosignature signs.
func message(timestamp uint64, text []byte) []byte {
	return fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", timestamp, text)
}

// Signer cosigns checkpoints. It is a note.Signer.
type Signer struct {
	name    string
	private ed25519.PrivateKey
	now     func() time.Time
}

// Name is the name of the witness.
func (s *Signer) Name() string { return s.name }

// KeyHash identifies the key in a signature line.
func (s *Signer) KeyHash() uint32 { return keyHash(s.name, s.public()) }

func (s *Signer) public() ed25519.PublicKey { return s.private.Public().(ed25519.PublicKey) }

// Sign gives the time in seconds and the signature over it and the text.
func (s *Signer) Sign(text []byte) ([]byte, error) {
	timestamp := uint64(s.now().Unix())
	sig := ed25519.Sign(s.private, message(timestamp, text))
	return append(binary.BigEndian.AppendUint64(nil, timestamp), sig...), nil
}

// VerifierKey is the public key to hand to whoever verifies cosignatures.
func (s *Signer) VerifierKey() string {
	key := append([]byte{algorithm}, s.public()...)
	return fmt.Sprintf("%s+%08x+%s", s.name, s.KeyHash(), base64.StdEncoding.EncodeToString(key))
}

// NewKey makes the private key of a witness, in one line of text.
func NewKey(name string) (string, error) {
	if name == "" || strings.ContainsFunc(name, func(r rune) bool { return r == '+' || unicode.IsSpace(r) }) {
		return "", fmt.Errorf("witness: %q cannot name a witness: no space, no plus", name)
	}
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return "", err
	}
	key := append([]byte{algorithm}, private.Seed()...)
	return fmt.Sprintf("PRIVATE+KEY+%s+%08x+%s", name, keyHash(name, private.Public().(ed25519.PublicKey)),
		base64.StdEncoding.EncodeToString(key)), nil
}

var errPrivate = errors.New("witness: the private key cannot be read") // without the key

// NewSigner reads a private key made by NewKey; now is the witness's clock.
func NewSigner(private string, now func() time.Time) (*Signer, error) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(private), "PRIVATE+KEY+")
	if !ok {
		return nil, errPrivate
	}
	name, hash, seed, err := splitKey(rest, ed25519.SeedSize)
	if err != nil {
		return nil, errPrivate
	}
	s := &Signer{name: name, private: ed25519.NewKeyFromSeed(seed), now: now}
	if s.KeyHash() != hash {
		return nil, errPrivate
	}
	return s, nil
}

// splitKey reads "<name>+<hash>+<base64 of type and key>".
func splitKey(text string, size int) (name string, hash uint32, key []byte, err error) {
	parts := strings.SplitN(text, "+", 3)
	if len(parts) != 3 || parts[0] == "" || len(parts[1]) != 8 {
		return "", 0, nil, fmt.Errorf("witness: %.100q is not a key", text)
	}
	h, err := hex.DecodeString(parts[1])
	if err != nil {
		return "", 0, nil, fmt.Errorf("witness: %.100q is not a key", text)
	}
	key, err = base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 1+size || key[0] != algorithm {
		return "", 0, nil, fmt.Errorf("witness: %.100q is not the key of a witness (type 4, Ed25519)", text)
	}
	return parts[0], binary.BigEndian.Uint32(h), key[1:], nil
}

// Verifier checks the cosignatures of one witness. It is a note.Verifier.
type Verifier struct {
	name   string
	hash   uint32
	public ed25519.PublicKey
}

// NewVerifier reads the public key of a witness.
func NewVerifier(vkey string) (*Verifier, error) {
	name, hash, key, err := splitKey(strings.TrimSpace(vkey), ed25519.PublicKeySize)
	if err != nil {
		return nil, err
	}
	if keyHash(name, key) != hash {
		return nil, fmt.Errorf("witness: the hash of key %q is wrong", name)
	}
	return &Verifier{name: name, hash: hash, public: key}, nil
}

// Name is the name of the witness.
func (v *Verifier) Name() string { return v.name }

// KeyHash identifies the key in a signature line.
func (v *Verifier) KeyHash() uint32 { return v.hash }

// Verify tells whether sig is this witness's over text.
func (v *Verifier) Verify(text, sig []byte) bool {
	if len(sig) != cosignatureSize {
		return false
	}
	timestamp := binary.BigEndian.Uint64(sig)
	return timestamp > 0 && timestamp <= 1<<63-1 && ed25519.Verify(v.public, message(timestamp, text), sig[8:])
}

// Time is when a cosignature says it was made. The signature must have been verified.
func Time(s note.Signature) (time.Time, bool) {
	b, err := base64.StdEncoding.DecodeString(s.Base64)
	if err != nil || len(b) != 4+cosignatureSize {
		return time.Time{}, false
	}
	return time.Unix(int64(binary.BigEndian.Uint64(b[4:])), 0).UTC(), true
}
