package web

import (
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"parvis/internal/clock"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Rate is a token bucket: so many at once, so many a minute in the long run. The zero value does
// not limit.
type Rate struct {
	Burst     int
	PerMinute float64
}

// Limits are the rates of a site, per network address and per account.
type Limits struct {
	Reads, Writes Rate
}

// DefaultLimits suit a town hall: an office shares one address.
func DefaultLimits() Limits {
	return Limits{Reads: Rate{Burst: 600, PerMinute: 1200}, Writes: Rate{Burst: 60, PerMinute: 60}}
}

// Limiter counts down buckets by key. It is safe for concurrent use and forgets full buckets.
type Limiter struct {
	clock clock.Clock
	rate  Rate
	mu    sync.Mutex
	left  map[string]bucket
	swept time.Time
}

type bucket struct {
	tokens float64
	at     time.Time
}

// NewLimiter makes a limiter, for a handler that needs one of its own (voter codes, e-mail links).
func NewLimiter(c clock.Clock, rate Rate) *Limiter {
	return &Limiter{clock: c, rate: rate, left: map[string]bucket{}, swept: c.Now()}
}

// Take spends one token of key. Without one it says how long to wait.
func (l *Limiter) Take(key string) (wait time.Duration, ok bool) {
	if l.rate.Burst == 0 {
		return 0, true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock.Now()
	l.sweep(now)
	tokens := l.tokens(key, now)
	if tokens < 1 {
		return time.Duration((1 - tokens) / l.rate.PerMinute * float64(time.Minute)), false
	}
	l.left[key] = bucket{tokens - 1, now}
	return 0, true
}

// tokens returns what is in the bucket by now.
func (l *Limiter) tokens(key string, now time.Time) float64 {
	b, ok := l.left[key]
	if !ok {
		return float64(l.rate.Burst)
	}
	gained := now.Sub(b.at).Minutes() * l.rate.PerMinute
	return math.Min(float64(l.rate.Burst), b.tokens+max(0, gained))
}

// sweep forgets the buckets that are full again, once a minute: they are as good as new.
func (l *Limiter) sweep(now time.Time) {
	if now.Sub(l.swept) < time.Minute {
		return
	}
	l.swept = now
	for key := range l.left {
		if l.tokens(key, now) >= float64(l.rate.Burst) {
			delete(l.left, key)
		}
	}
}

type limits struct{ reads, writes *Limiter }

func newLimits(c clock.Clock, cfg Limits) *limits {
	return &limits{NewLimiter(c, cfg.Reads), NewLimiter(c, cfg.Writes)}
}

func (l *limits) take(w http.ResponseWriter, network netip.Prefix, account id.ID, write bool) error {
	limiter := l.reads
	if write {
		limiter = l.writes
	}
	key := "net " + network.String()
	if account != "" {
		key = "account " + string(account)
	}
	wait, ok := limiter.Take(key)
	if ok {
		return nil
	}
	w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	return fault.New(fault.TooMany, "fault.too_many")
}

// clientIP returns the network a request comes from: one IPv4 address, or the /64 that one IPv6
// subscriber has.
func (s *Site) clientIP(r *http.Request) netip.Prefix {
	addr := s.cfg.Proxies.Client(r)
	bits := 64
	if addr.Is4() {
		bits = 32
	}
	network, _ := addr.Prefix(bits)
	return network
}
