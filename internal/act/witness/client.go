package witness

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"parvis/internal/act/tree"
)

// Remote is a witness that a log asks: its public key and the address under which it answers.
type Remote struct {
	Key string // verifier key
	URL string // prefix of add-checkpoint and of <hash>/checkpoint
}

// ParseRemote reads "KEY" or "KEY@URL", as given on a command line and in the file witnesses of a log.
func ParseRemote(text string) (Remote, error) {
	r := Remote{Key: strings.TrimSpace(text)}
	for _, scheme := range []string{"@https://", "@http://"} {
		if at := strings.Index(r.Key, scheme); at > 0 {
			r.Key, r.URL = r.Key[:at], r.Key[at+1:]
		}
	}
	_, err := NewVerifier(r.Key)
	return r, err
}

// String writes "KEY" or "KEY@URL".
func (r Remote) String() string {
	if r.URL == "" {
		return r.Key
	}
	return r.Key + "@" + r.URL
}

// Submit asks the witness to cosign the checkpoint signed, which has the given size. old is the size the
// witness is believed to know, and prove gives the consistency proof from a size; when the witness
// knows another size it is asked once more. The line is the verified cosignature.
func (r Remote) Submit(ctx context.Context, c *http.Client, signed string, size, old int64,
	prove func(old int64) ([]tree.Hash, error)) (line string, err error) {
	for range 2 {
		line, err = r.submit(ctx, c, signed, old, prove)
		stale, ok := errors.AsType[*StaleError](err)
		if !ok {
			return line, err
		}
		if stale.Size > size {
			return "", fmt.Errorf("%w: it knows a tree of %d, ours has %d", ErrInconsistent, stale.Size, size)
		}
		old = stale.Size
	}
	return "", err
}

func (r Remote) submit(ctx context.Context, c *http.Client, signed string, old int64,
	prove func(int64) ([]tree.Hash, error)) (string, error) {
	proof, err := prove(old)
	if err != nil {
		return "", err
	}
	body := Request{Old: old, Proof: proof, Note: signed}.String()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, r.address("add-checkpoint"), strings.NewReader(body))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "text/plain; charset=utf-8")
	status, answer, err := exchange(c, request)
	if err != nil {
		return "", err
	}
	return r.read(signed, status, answer)
}

func (r Remote) read(signed string, status int, answer string) (string, error) {
	switch status {
	case http.StatusOK:
		return r.verified(signed, answer)
	case http.StatusConflict:
		size, err := tree.ParseSize(strings.TrimSuffix(answer, "\n"))
		if err != nil {
			return "", err
		}
		return "", &StaleError{size}
	case http.StatusUnprocessableEntity:
		return "", ErrInconsistent
	case http.StatusNotFound:
		return "", ErrUnknownLog
	case http.StatusForbidden:
		return "", ErrSignature
	default:
		return "", fmt.Errorf("witness: answered %d", status)
	}
}

// verified keeps of the answer the line that this witness's key made on this checkpoint.
func (r Remote) verified(signed, answer string) (string, error) {
	v, err := NewVerifier(r.Key)
	if err != nil {
		return "", err
	}
	body, _, _ := strings.Cut(signed, "\n\n")
	n, err := note.Open([]byte(body+"\n\n"+answer), note.VerifierList(v))
	if err != nil || len(n.Sigs) == 0 {
		return "", fmt.Errorf("witness: the cosignature is not of %s", v.Name())
	}
	return fmt.Sprintf("— %s %s\n", n.Sigs[0].Name, n.Sigs[0].Base64), nil
}

// Latest reads the last checkpoint of a log that the witness cosigned, with its signature checked.
// found is false when the witness knows no such log.
func (r Remote) Latest(ctx context.Context, c *http.Client, origin string) (last tree.Checkpoint, found bool, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, r.address(fileName(origin)+"/checkpoint"), nil)
	if err != nil {
		return last, false, err
	}
	status, answer, err := exchange(c, request)
	if err != nil || status == http.StatusNotFound {
		return last, false, err
	}
	if status != http.StatusOK {
		return last, false, fmt.Errorf("witness: answered %d", status)
	}
	v, err := NewVerifier(r.Key)
	if err != nil {
		return last, false, err
	}
	n, err := note.Open([]byte(answer), note.VerifierList(v))
	if err != nil {
		return last, false, fmt.Errorf("witness: its checkpoint is not signed by %s", v.Name())
	}
	last, err = tree.ParseCheckpoint(n.Text)
	return last, err == nil && last.Origin == origin, err
}

func (r Remote) address(path string) string { return strings.TrimSuffix(r.URL, "/") + "/" + path }

func exchange(c *http.Client, request *http.Request) (status int, body string, err error) {
	answer, err := c.Do(request)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, largestBody))
	return answer.StatusCode, string(text), err
}
