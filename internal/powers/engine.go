package powers

import (
	"context"
	"sync"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

// Engine answers who may do what. It keeps the profiles it has parsed, and nothing else: posts,
// holders and delegations are read each time, inside the transaction that depends on them.
type Engine struct {
	verbs   act.Verbs
	founder id.ID // the secret that only the maker of the engine was handed

	mu     sync.RWMutex
	parsed map[string]*Profile // by digest
}

// NewEngine makes the engine of a city, and the founder: the one actor who may lay the foundations
// while no profile is installed. Only whoever makes the engine that the log asks, app, receives it.
func NewEngine(verbs act.Verbs) (*Engine, act.Actor) {
	e := &Engine{verbs: verbs, founder: id.Random(), parsed: map[string]*Profile{}}
	return e, act.Actor{Kind: act.System, Account: e.founder, Channel: "command"}
}

// keptProfiles bounds the cache; a city has a handful of profiles in its history.
const keptProfiles = 16

// ProfileOn reads the profile in force at a moment; nil when there is none.
func (e *Engine) ProfileOn(ctx context.Context, q db.Querier, m Moment) (*Profile, error) {
	digest, err := forceOn(ctx, q, m)
	if err != nil || digest == "" {
		return nil, err
	}
	return e.Profile(ctx, q, digest)
}

// Profile reads a profile by its digest. Faults: NotFound powers.profile.unknown.
func (e *Engine) Profile(ctx context.Context, q db.Querier, digest string) (*Profile, error) {
	e.mu.RLock()
	p := e.parsed[digest]
	e.mu.RUnlock()
	if p != nil {
		return p, nil
	}
	document, err := Document(ctx, q, digest)
	if err != nil {
		return nil, err
	}
	if p, err = ParseProfile(document); err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.parsed) >= keptProfiles {
		clear(e.parsed)
	}
	e.parsed[digest] = p
	return p, nil
}

// decision tells whether a verb engages the city: decided, signed, visaed; or published, which cannot be
// undone.
func (e *Engine) decision(verb string) bool {
	switch e.verbs[verb].Force {
	case act.Decided, act.Signed, act.Visaed, act.Published:
		return true
	}
	return false
}
