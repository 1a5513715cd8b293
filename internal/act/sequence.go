package act

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"parvis/internal/act/witness"
	"parvis/internal/db"
)

// Sequencing says how the log becomes public.
type Sequencing struct {
	Keys      Keys
	Every     time.Duration    // between two checkpoints; 0: 5 s
	BatchSize int              // internal acts that make a batch due at once; 0: 64
	BatchWait time.Duration    // the longest an internal act waits for its batch; 0: 1 h
	Witnesses []witness.Remote // who is asked to cosign
	Client    *http.Client     // how witnesses are reached; nil: a plain one
	Logger    *slog.Logger     // nil: slog's default
}

// Sequencer grows the tree with the leaves that were committed, in their order, and signs
// checkpoints. It keeps nothing in memory between two rounds: it may be killed at any point, and
// several processes may run one each on the same database (a round that finds the tree grown by
// another is given up and begun again).
type Sequencer struct {
	log     *Log
	readers *db.Readers
	c       Sequencing
}

// NewSequencer makes the sequencer of l; readers see the same database as l's writer.
func NewSequencer(l *Log, readers *db.Readers, c Sequencing) *Sequencer {
	if c.Every == 0 {
		c.Every = 5 * time.Second
	}
	if c.BatchSize == 0 {
		c.BatchSize = 64
	}
	c.BatchSize = min(c.BatchSize, largestBatch)
	if c.BatchWait == 0 {
		c.BatchWait = time.Hour
	}
	if c.Client == nil {
		c.Client = &http.Client{Timeout: witnessTime}
	}
	if c.Logger == nil {
		c.Logger = slog.Default()
	}
	return &Sequencer{log: l, readers: readers, c: c}
}

// Run integrates until ctx ends, at most once every Every, then once more so that nothing
// acknowledged waits while the program is stopped.
func (s *Sequencer) Run(ctx context.Context) {
	grown := make(chan struct{}, 1)
	go s.cosignEach(ctx, grown)
	for pause(ctx, s.log.wake, s.c.Every) {
		s.round(ctx)
		nudge(grown)
		pause(ctx, nil, s.c.Every)
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	s.round(last)
}

func (s *Sequencer) round(ctx context.Context) {
	if err := s.Integrate(ctx); err != nil && ctx.Err() == nil {
		s.c.Logger.Error("log not integrated", "error", err)
	}
}

// pause waits for wake or for d; false when ctx ended first.
func pause(ctx context.Context, wake <-chan struct{}, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-wake:
	case <-timer.C:
	}
	return ctx.Err() == nil
}

// errOvertaken says that another process did this round's work.
var errOvertaken = errors.New("act: another sequencer was faster")

// Integrate gathers the internal acts that are due, puts every waiting leaf in the tree and signs a
// checkpoint if the tree grew.
func (s *Sequencer) Integrate(ctx context.Context) error {
	return s.integrate(ctx, false)
}

// Flush is Integrate, with the internal acts that are not due yet: before a backup, and in tests.
func (s *Sequencer) Flush(ctx context.Context) error {
	return s.integrate(ctx, true)
}

func (s *Sequencer) integrate(ctx context.Context, all bool) error {
	if err := s.untilDone(ctx, func() (bool, error) { return s.gather(ctx, all) }); err != nil {
		return err
	}
	return s.untilDone(ctx, func() (bool, error) { return s.grow(ctx) })
}

// untilDone repeats step while it says that more waits, or that another process was faster.
func (s *Sequencer) untilDone(ctx context.Context, step func() (more bool, err error)) error {
	for ctx.Err() == nil {
		more, err := step()
		if err != nil && !errors.Is(err, errOvertaken) {
			return err
		}
		if err == nil && !more {
			return nil
		}
	}
	return ctx.Err()
}
