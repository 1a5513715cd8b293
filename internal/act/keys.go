package act

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/mod/sumdb/note"

	"parvis/internal/act/durable"
)

// Keys sign the checkpoints of a log. The folder holds log.key (the private key, for its owner alone)
// and log.pub (the public keys one a line, the current one first, the retired ones kept for ever).
type Keys struct {
	Origin string      // identity of the log: the city's address, without scheme
	Signer note.Signer // the current key
	Public []string    // verifier keys (c2sp.org/signed-note), the current one first
}

const (
	privateFile = "log.key"
	publicFile  = "log.pub"
)

// CreateKeys makes the first key of a log named origin ("ville.example/log") in folder. It never
// replaces a key.
func CreateKeys(folder, origin string) (Keys, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return Keys{}, err
	}
	if _, err := os.Lstat(filepath.Join(folder, privateFile)); err == nil {
		return Keys{}, fmt.Errorf("act: %s already holds a key", folder)
	}
	return installKey(folder, origin, nil)
}

// RotateKeys replaces the key; the old public key stays published. Witnesses must learn the new key.
func RotateKeys(folder string) (Keys, error) {
	old, err := OpenKeys(folder)
	if err != nil {
		return Keys{}, err
	}
	return installKey(folder, old.Origin, old.Public)
}

// installKey writes the public keys first: a key that never signed does no harm in the list, a
// signature by a key that is not in it could not be checked.
func installKey(folder, origin string, retired []string) (Keys, error) {
	private, public, err := newKey(origin)
	if err != nil {
		return Keys{}, err
	}
	list := strings.Join(append([]string{public}, retired...), "\n") + "\n"
	if err := durable.Write(filepath.Join(folder, publicFile), []byte(list), 0o644); err != nil {
		return Keys{}, err
	}
	if err := durable.Write(filepath.Join(folder, privateFile), []byte(private+"\n"), 0o600); err != nil {
		return Keys{}, err
	}
	return OpenKeys(folder)
}

func newKey(origin string) (private, public string, err error) {
	if origin == "" || strings.ContainsFunc(origin, func(r rune) bool { return r == '+' || unicode.IsSpace(r) }) {
		return "", "", fmt.Errorf("act: %q cannot name a log: no space, no plus", origin)
	}
	return note.GenerateKey(rand.Reader, origin)
}

// OpenKeys reads the keys of a log.
func OpenKeys(folder string) (Keys, error) {
	private, err := os.ReadFile(filepath.Join(folder, privateFile))
	if err != nil {
		return Keys{}, err
	}
	public, err := os.ReadFile(filepath.Join(folder, publicFile))
	if err != nil {
		return Keys{}, err
	}
	return parseKeys(strings.TrimSpace(string(private)), strings.Fields(string(public)))
}

func parseKeys(private string, public []string) (Keys, error) {
	signer, err := note.NewSigner(private)
	if err != nil {
		return Keys{}, errors.New("act: the private key of the log cannot be read") // never the key in an error
	}
	current, err := verifierKey(private)
	if err != nil {
		return Keys{}, err
	}
	others := slices.DeleteFunc(slices.Clone(public), func(k string) bool { return k == current })
	return Keys{Origin: signer.Name(), Signer: signer, Public: append([]string{current}, others...)}, nil
}

// verifierKey derives the public key from a private one: "PRIVATE+KEY+<name>+<hash>+<base64>".
func verifierKey(private string) (string, error) {
	parts := strings.SplitN(private, "+", 5)
	if len(parts) != 5 {
		return "", errors.New("act: the private key of the log cannot be read")
	}
	seed, err := base64.StdEncoding.DecodeString(parts[4])
	if err != nil || len(seed) != 1+ed25519.SeedSize {
		return "", errors.New("act: the private key of the log cannot be read")
	}
	public := ed25519.NewKeyFromSeed(seed[1:]).Public().(ed25519.PublicKey)
	return note.NewEd25519VerifierKey(parts[2], public)
}
