package witness

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// largestBody is far over a request with 63 hashes and 16 signatures.
const largestBody = 64 << 10

// Handler answers POST /add-checkpoint and GET /<sha256 of the origin>/checkpoint.
func (w *Witness) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /add-checkpoint", w.serveAdd)
	mux.HandleFunc("GET /{log}/checkpoint", w.serveLast)
	mux.HandleFunc("GET /{$}", w.serveSelf)
	return mux
}

func (w *Witness) serveAdd(out http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(out, r.Body, largestBody))
	if err != nil {
		http.Error(out, "body too large or cut", http.StatusBadRequest)
		return
	}
	request, err := ParseRequest(string(body))
	if err != nil {
		http.Error(out, err.Error(), http.StatusBadRequest)
		return
	}
	lines, err := w.Add(request)
	if err != nil {
		refuse(out, err)
		return
	}
	out.Header().Set("Content-Type", "text/plain; charset=utf-8")
	io.WriteString(out, lines)
}

// refuse answers with the status that c2sp.org/tlog-witness gives to each refusal.
func refuse(out http.ResponseWriter, err error) {
	if stale, ok := errors.AsType[*StaleError](err); ok {
		out.Header().Set("Content-Type", "text/x.tlog.size")
		out.WriteHeader(http.StatusConflict)
		fmt.Fprintf(out, "%d\n", stale.Size)
		return
	}
	status := http.StatusInternalServerError
	for known, code := range map[error]int{
		ErrUnknownLog: http.StatusNotFound, ErrSignature: http.StatusForbidden,
		ErrMalformed: http.StatusBadRequest, ErrInconsistent: http.StatusUnprocessableEntity,
	} {
		if errors.Is(err, known) {
			status = code
		}
	}
	if status == http.StatusInternalServerError {
		err = errors.New("the witness cannot store the checkpoint")
	}
	http.Error(out, err.Error(), status)
}

func (w *Witness) serveLast(out http.ResponseWriter, r *http.Request) {
	note, found, err := w.last(r.PathValue("log"))
	switch {
	case err != nil:
		http.Error(out, "the witness cannot read its state", http.StatusInternalServerError)
	case !found:
		http.NotFound(out, r)
	default:
		out.Header().Set("Content-Type", "text/plain; charset=utf-8")
		out.Header().Set("Cache-Control", "no-cache")
		io.WriteString(out, note)
	}
}

// serveSelf says who this is to a person who opens the address.
func (w *Witness) serveSelf(out http.ResponseWriter, _ *http.Request) {
	out.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprintf(out, "%s\n\n", w.signer.VerifierKey())
	for _, origin := range w.origins() {
		fmt.Fprintf(out, "%s %s\n", fileName(origin), strconv.Quote(origin))
	}
}

var (
	// ErrUnknownLog refuses a log that this witness was not told of.
	ErrUnknownLog = errors.New("witness: unknown log")
	// ErrSignature refuses a checkpoint that the log's key did not sign.
	ErrSignature = errors.New("witness: the checkpoint is not signed by a key of the log")
	// ErrMalformed refuses a request that says something impossible.
	ErrMalformed = errors.New("witness: malformed request")
	// ErrInconsistent refuses a checkpoint that does not continue the last one: evidence against the log.
	ErrInconsistent = errors.New("witness: the checkpoint does not continue the one cosigned before")
)

// StaleError says that the client compared with another checkpoint than the last.
type StaleError struct{ Size int64 }

func (e *StaleError) Error() string {
	return fmt.Sprintf("witness: the last cosigned checkpoint has size %d", e.Size)
}
