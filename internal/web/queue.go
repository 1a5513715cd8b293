package web

import (
	"context"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// queue bounds how many pages are made at once, so that a burst waits in order instead of taking all the memory.
// A page gives its place back when it begins to be sent: a slow reader holds none. Forms never wait here: what a
// person typed is not to be lost.
type queue struct {
	places  chan struct{}
	waiting atomic.Int64
	longest int64         // line beyond which visitors are asked to come back
	patient time.Duration // wait beyond which they are too
	refused prometheus.Counter
}

// Each place may have so many waiting behind it, for so long.
const (
	behindEach = 32
	patience   = 10 * time.Second
)

// newQueue makes a queue of n places; 0: four for each processor, sixteen at least.
func newQueue(n int, refused prometheus.Counter) *queue {
	if n == 0 {
		n = max(16, 4*runtime.GOMAXPROCS(0))
	}
	return &queue{places: make(chan struct{}, n), longest: int64(n * behindEach), patient: patience, refused: refused}
}

// enter waits for a place and gives the function that leaves it, which may be called more than once; false when the
// visitor should come back later.
func (q *queue) enter(r *http.Request) (leave func(), ok bool) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return func() {}, true
	}
	select {
	case q.places <- struct{}{}:
	default:
		if !q.wait(r.Context()) {
			q.refused.Inc()
			return nil, false
		}
	}
	return sync.OnceFunc(func() { <-q.places }), true
}

func (q *queue) wait(ctx context.Context) bool {
	defer q.waiting.Add(-1)
	if q.waiting.Add(1) > q.longest {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, q.patient)
	defer cancel()
	select {
	case q.places <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

// crowded asks to come back. It is plain and short on purpose: there is no time to make a page.
func crowded(w http.ResponseWriter) {
	w.Header().Set("Retry-After", "5")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(http.StatusServiceUnavailable)
	w.Write([]byte("Trop de demandes en ce moment. Réessayez dans quelques secondes.\nToo many requests at the moment. Please try again in a few seconds.\n"))
}
