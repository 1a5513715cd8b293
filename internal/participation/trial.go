package participation

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/identity"
	"parvis/internal/participation/recount"
	"parvis/internal/participation/tally"
)

// Trial is what another rule gives on the same ballots: nobody voted under it.
type Trial struct {
	Rule    string
	Winners []string // codes, in order
	Spent   int64    // cents
	Without int64    // ballots without a winner
	EJRPlus int
}

// MayTry tells whether a visitor may try other rules on an election: those who prepare rules, on past
// elections; everybody only where the frozen rules say so and the ballots are public. A lot that tells its
// winners alone is never counted again.
func MayTry(v identity.Visitor, e Election, d *tally.Document, l Lot) bool {
	if e.Stage != Counted && e.Stage != Published || l.Result == nil || l.secret() {
		return false
	}
	return v.Inside() || d.Publish.WhatIf && e.Public() && l.Result.Disclosure == recount.AllBallots
}

// RulesToTry lists the rules made for the ballots of a lot under the terms of its document, except the one
// that counted. Terms that only rankings know (seats, a reserve) leave the others out. Grades are read as
// points by all rules but their own: see tried.
func RulesToTry(d *tally.Document, l Lot) []string {
	var names []string
	kind := d.Kind()
	if kind == tally.Grades {
		kind = tally.Points
	}
	ranked := l.Result != nil && (l.Result.Seats > 0 || l.Result.Reserve > 0)
	for _, r := range tally.Rules() {
		walks := r.Family == tally.Greedy || r.Family == tally.Majority
		if r.Name != d.Rule && r.Fits(kind) && (!ranked || walks) && !r.Threshold {
			names = append(names, r.Name)
		}
	}
	return names
}

// tried is the document by which another rule counts. No rule but majority judgment knows what a grade is:
// the others read the worst as 0 points, the next as 1, and so on.
func tried(d *tally.Document, r tally.Rule) *tally.Document {
	if d.Ballot.Kind != "grades" || r.Family == tally.Majority {
		return d
	}
	as := *d
	as.Ballot.Kind, as.Ballot.Grades = "points", nil
	return &as
}

// Try counts a lot by another rule, or finds the count made before. One trial runs at a time.
//
// Faults: Denied; Invalid for a rule without a meaning here; Unavailable when the wait was given up.
func (r *Room) Try(ctx context.Context, v identity.Visitor, s Sheet, l Lot, rule string) (Trial, error) {
	d, err := s.Document()
	if err != nil {
		return Trial{}, err
	}
	if !MayTry(v, s.Election, d, l) {
		return Trial{}, fault.New(fault.Denied, "participation.trial.denied")
	}
	known, err := tally.ParseRule(rule)
	if err != nil {
		return Trial{}, err
	}
	if t, err := loadTrial(ctx, r.reads, l.ID, rule); fault.KindOf(err) != fault.NotFound {
		return t, err
	}
	select {
	case r.trials <- struct{}{}:
		defer func() { <-r.trials }()
	case <-ctx.Done():
		return Trial{}, fault.Wrap(ctx.Err(), fault.Unavailable, "participation.trial.busy")
	}
	return r.try(ctx, d, l, known)
}

func (r *Room) try(ctx context.Context, d *tally.Document, l Lot, rule tally.Rule) (Trial, error) {
	e, err := r.election(l, tried(d, rule))
	if err != nil {
		return Trial{}, err
	}
	out, err := tally.Count(ctx, e, rule)
	if err != nil {
		return Trial{}, err
	}
	q := e.Measure(out.Winners)
	t := Trial{Rule: rule.Name, Winners: e.IDs(out.Winners), Spent: scale(e.Unit).cents(out.Spent), Without: q.WithoutWinner, EJRPlus: len(q.EJRPlus)}
	return t, r.writer.Traffic(ctx, func(tx *db.Tx) error { return putTrial(tx, l.ID, t) })
}
