package witness

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"parvis/internal/act/durable"
	"parvis/internal/act/tree"
)

// Witness cosigns the checkpoints of the logs it was told of. Its state is one file per log: the last
// cosigned checkpoint, with the log's signatures and its own.
type Witness struct {
	signer *Signer
	folder string
	logs   map[string]note.Verifiers // by origin

	mu sync.Mutex
}

// New makes a witness with its state in folder. logs holds the verifier keys of the logs it follows;
// the name of a key is the origin of its log, which may have several.
func New(signer *Signer, folder string, logs []string) (*Witness, error) {
	known := map[string][]note.Verifier{}
	for _, vkey := range logs {
		v, err := note.NewVerifier(strings.TrimSpace(vkey))
		if err != nil {
			return nil, fmt.Errorf("witness: key of a log: %w", err)
		}
		known[v.Name()] = append(known[v.Name()], v)
	}
	w := &Witness{signer: signer, folder: folder, logs: map[string]note.Verifiers{}}
	for origin, keys := range known {
		w.logs[origin] = note.VerifierList(keys...)
	}
	return w, os.MkdirAll(folder, 0o700)
}

// VerifierKey is the witness's public key.
func (w *Witness) VerifierKey() string { return w.signer.VerifierKey() }

func (w *Witness) origins() []string { return slices.Sorted(maps.Keys(w.logs)) }

// Add checks that the checkpoint continues the last one of its log, stores it and gives the signature
// line of the witness.
//
// Errors: ErrMalformed, ErrUnknownLog, ErrSignature, *StaleError, ErrInconsistent, or that of the disk.
func (w *Witness) Add(r Request) (string, error) {
	next, signed, err := w.open(r.Note)
	if err != nil {
		return "", err
	}
	if r.Old > next.Size {
		return "", ErrMalformed
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	last, err := w.load(next.Origin)
	if err != nil {
		return "", err
	}
	if r.Old != last.Size {
		return "", &StaleError{last.Size}
	}
	if err := continues(last, next, r.Proof); err != nil {
		return "", err
	}
	return w.cosign(next, signed)
}

// open verifies the log's signature and drops every other.
func (w *Witness) open(text string) (tree.Checkpoint, *note.Note, error) {
	origin, _, _ := strings.Cut(text, "\n")
	keys, known := w.logs[origin]
	if !known {
		if _, _, ok := strings.Cut(text, "\n\n"); !ok {
			return tree.Checkpoint{}, nil, ErrMalformed
		}
		return tree.Checkpoint{}, nil, ErrUnknownLog
	}
	signed, err := note.Open([]byte(text), keys)
	if err != nil {
		return tree.Checkpoint{}, nil, unsigned(err)
	}
	c, err := tree.ParseCheckpoint(signed.Text)
	if err != nil {
		return c, nil, ErrMalformed
	}
	signed.UnverifiedSigs = nil
	return c, signed, nil
}

// unsigned tells a note without a good signature from text that is no note.
func unsigned(err error) error {
	_, stranger := errors.AsType[*note.UnverifiedNoteError](err)
	_, broken := errors.AsType[*note.InvalidSignatureError](err)
	if stranger || broken {
		return ErrSignature
	}
	return ErrMalformed
}

// continues checks RFC 6962 consistency: nothing that was in last is missing or changed in next.
func continues(last, next tree.Checkpoint, proof []tree.Hash) error {
	var holds bool
	switch {
	case next.Size == 0:
		holds = next.Root == tree.EmptyRoot() && len(proof) == 0
	case last.Size == 0:
		holds = len(proof) == 0
	case last.Size == next.Size:
		holds = last.Root == next.Root && len(proof) == 0
	default:
		holds = tlog.CheckTree(proof, next.Size, next.Root, last.Size, last.Root) == nil
	}
	if !holds {
		return ErrInconsistent
	}
	return nil
}

// cosign stores the checkpoint before anyone sees the cosignature.
func (w *Witness) cosign(c tree.Checkpoint, signed *note.Note) (string, error) {
	full, err := note.Sign(signed, w.signer)
	if err != nil {
		return "", err
	}
	if err := durable.Write(filepath.Join(w.folder, fileName(c.Origin)), full, 0o600); err != nil {
		return "", err
	}
	return ownLines(string(full), w.signer.Name()), nil
}

// ownLines keeps the signature lines of one name.
func ownLines(signed, name string) string {
	var own strings.Builder
	_, signatures, _ := strings.Cut(signed, "\n\n")
	for line := range strings.Lines(signatures) {
		if strings.HasPrefix(line, "— "+name+" ") {
			own.WriteString(line)
		}
	}
	return own.String()
}

// load reads the last cosigned checkpoint; the zero checkpoint when there is none. A state that cannot
// be read is an error: a witness that forgot would cosign a second history.
func (w *Witness) load(origin string) (tree.Checkpoint, error) {
	text, found, err := w.last(fileName(origin))
	if err != nil || !found {
		return tree.Checkpoint{}, err
	}
	body, _, _ := strings.Cut(text, "\n\n")
	c, err := tree.ParseCheckpoint(body + "\n")
	if err == nil && c.Origin != origin {
		err = fmt.Errorf("witness: state of %q holds %q", origin, c.Origin)
	}
	return c, err
}

func fileName(origin string) string {
	sum := sha256.Sum256([]byte(origin))
	return hex.EncodeToString(sum[:])
}

// last reads the state of a log by the hash of its origin.
func (w *Witness) last(hash string) (string, bool, error) {
	if b, err := hex.DecodeString(hash); err != nil || len(b) != sha256.Size || strings.ToLower(hash) != hash {
		return "", false, nil
	}
	text, err := os.ReadFile(filepath.Join(w.folder, hash))
	if errors.Is(err, fs.ErrNotExist) {
		return "", false, nil
	}
	return string(text), err == nil, err
}
