package council

import (
	"context"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
)

// Quiet is a période préélectorale: from its first day until the end of the vote, what promotes the
// achievements or the management of the city is not shown (Code électoral L52-1). What the law wants
// published stays.
type Quiet struct {
	ID       id.ID
	Version  int64
	Election string
	Ballot   calendar.Day // first day of the vote
	calendar.Period
	SetBy   id.ID
	SetOn   calendar.Day
	EndedOn calendar.Day
}

func (q Quiet) row() act.Row { return act.Row{Table: "council_quiet", ID: q.ID} }

// QuietForm sets a freeze. Without a first day it begins six months before the month of the vote, as the
// law says for general elections; without a last day it ends the day after a second round, a week later.
type QuietForm struct {
	Election string
	Ballot   calendar.Day
	From     calendar.Day
	Until    calendar.Day // last day of the freeze
}

// QuietFrom is the first day of the six months that precede the month of a vote (Code électoral L52-1,
// second paragraph).
func QuietFrom(ballot calendar.Day) calendar.Day {
	y, m, _ := ballot.Date()
	return calendar.NewDay(y, m, 1).AddMonths(-6)
}

// SetQuiet freezes promotion from a day to another. It is public: the pages say why they show less.
func (r *Room) SetQuiet(ctx context.Context, by act.Actor, in QuietForm) (Quiet, error) {
	in.Election = strings.TrimSpace(in.Election)
	err := form()
	required(err, "election", in.Election, maxTitle)
	checkDay(err, "ballot", in.Ballot)
	if in.From == "" && in.Ballot.Valid() {
		in.From = QuietFrom(in.Ballot)
	}
	if in.Until == "" && in.Ballot.Valid() {
		in.Until = in.Ballot.AddDays(7)
	}
	if in.Ballot.Valid() && (!in.From.Valid() || !in.Until.Valid() || in.From.After(in.Ballot) || in.Until.Before(in.Ballot)) {
		err.At("from", "council.quiet.days")
	}
	if bad := err.OrNil(); bad != nil {
		return Quiet{}, bad
	}
	return do(ctx, r, by, func(tx *act.Tx) (Quiet, error) {
		x := Quiet{ID: tx.NewID(), Election: in.Election, Ballot: in.Ballot, Period: calendar.Through(in.From, in.Until), SetBy: by.Post, SetOn: tx.Today()}
		return x, recordQuiet(tx, "quiet.set", &x)
	})
}

// EndQuiet takes a freeze back: the vote was moved, or it was set by mistake.
func (r *Room) EndQuiet(ctx context.Context, by act.Actor, quiet id.ID, version int64) (Quiet, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Quiet, error) {
		x, err := loadQuiet(tx.Context(), tx, quiet)
		if err != nil {
			return x, err
		}
		if err := fresh(version, x.Version); err != nil {
			return x, err
		}
		x.EndedOn = tx.Today()
		return x, recordQuiet(tx, "quiet.end", &x)
	})
}

func recordQuiet(tx *act.Tx, verb string, x *Quiet) error {
	x.Version++
	if err := putQuiet(tx, *x); err != nil {
		return err
	}
	ref := act.Ref{Type: "quiet", ID: x.ID}
	g, err := tx.Allow(act.Ask{Verb: "council." + verb, Object: ref})
	if err != nil {
		return err
	}
	tx.Record(g, act.Act{Verb: "council." + verb, Object: ref, Version: x.Version, Rows: []act.Row{x.row()},
		When:  act.When{Effective: x.From, Until: x.To},
		Args:  map[string]string{"from": string(x.From), "until": string(x.To.AddDays(-1)), "ballot": string(x.Ballot)},
		Texts: []act.Text{{Name: "election", Body: x.Election}}})
	return nil
}

// Quiets lists the freezes that hold today or are to come.
func (r *Room) Quiets(ctx context.Context) ([]Quiet, error) {
	return quietsFrom(ctx, r.reads, r.Today())
}

// QuietToday is the freeze that holds today; false when none does.
func (r *Room) QuietToday(ctx context.Context) (Quiet, bool, error) {
	all, err := r.Quiets(ctx)
	for _, x := range all {
		if x.Contains(r.Today()) {
			return x, true, err
		}
	}
	return Quiet{}, false, err
}
