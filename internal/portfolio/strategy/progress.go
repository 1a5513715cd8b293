package strategy

import (
	"math/big"

	"parvis/internal/calendar"
)

// Progress is how far an indicator has come towards its target. Everything in it is exact.
//
// Up and down: done = (latest − baseline) / (target − baseline). 0 is where it began, 1 is reached; it
// is negative when the measure went the wrong way and above 1 when it went further. Range: done is 1
// between the bounds; outside, 1 − distance / distance of the baseline, both to the nearest bound.
//
// The target is the first whose day is not past, or the last one. Expected is done on a straight line
// from the baseline through the targets, on the last day of the latest measure.
type Progress struct {
	Latest   *Measure
	Target   *Target
	Done     *big.Rat // nil when it cannot be told: no measure, no baseline, no target, or a target equal to the baseline
	Expected *big.Rat
}

// State is progress in one word.
type State string

// The states.
const (
	Unmeasured State = "unmeasured" // nothing to say yet
	Behind     State = "behind"     // less than the straight line
	OnTrack    State = "on_track"
	Reached    State = "reached"
)

// State sums the progress up.
func (p Progress) State() State {
	switch {
	case p.Done == nil:
		return Unmeasured
	case p.Done.Cmp(big.NewRat(1, 1)) >= 0:
		return Reached
	case p.Expected != nil && p.Done.Cmp(p.Expected) < 0:
		return Behind
	}
	return OnTrack
}

// Held is Done between 0 and 1, for means and drawings; nil with it.
func (p Progress) Held() *big.Rat {
	switch zero, whole := new(big.Rat), big.NewRat(1, 1); {
	case p.Done == nil:
		return nil
	case p.Done.Sign() < 0:
		return zero
	case p.Done.Cmp(whole) > 0:
		return whole
	}
	return p.Done
}

// Progress computes how far the indicator has come on a day. Measures are those that stand, by their
// last day; targets by their day.
func (i Indicator) Progress(measures []Measure, targets []Target, today calendar.Day) Progress {
	var p Progress
	for n := range measures {
		if m := &measures[n]; !m.LastDay.After(today) || p.Latest == nil {
			p.Latest = m
		}
	}
	for n := range targets {
		if p.Target = &targets[n]; !targets[n].Due.Before(today) {
			break
		}
	}
	if p.Latest == nil || !p.Latest.Value.Known() {
		return p
	}
	if i.Direction == Range {
		p.Done = i.inRange(p.Latest.Value.Rat())
		return p
	}
	if p.Target == nil || !i.Baseline.Known() {
		return p
	}
	p.Done = ratio(i.Baseline.Rat(), p.Latest.Value.Rat(), p.Target.Value.Rat())
	if at := i.line(targets, p.Latest.LastDay); at != nil {
		p.Expected = ratio(i.Baseline.Rat(), at, p.Target.Value.Rat())
	}
	return p
}

// ratio is (value − from) / (to − from); nil when there is no way to go.
func ratio(from, value, to *big.Rat) *big.Rat {
	way := new(big.Rat).Sub(to, from)
	if way.Sign() == 0 {
		return nil
	}
	return new(big.Rat).Quo(new(big.Rat).Sub(value, from), way)
}

// outside is the distance of a value to the nearest bound, 0 between them.
func (i Indicator) outside(v *big.Rat) *big.Rat {
	if low := i.Low.Rat(); low != nil && v.Cmp(low) < 0 {
		return new(big.Rat).Sub(low, v)
	}
	if high := i.High.Rat(); high != nil && v.Cmp(high) > 0 {
		return new(big.Rat).Sub(v, high)
	}
	return new(big.Rat)
}

func (i Indicator) inRange(v *big.Rat) *big.Rat {
	d := i.outside(v)
	if d.Sign() == 0 {
		return big.NewRat(1, 1)
	}
	if !i.Baseline.Known() {
		return nil
	}
	began := i.outside(i.Baseline.Rat())
	if began.Sign() == 0 {
		return new(big.Rat) // it began between the bounds and left them
	}
	return new(big.Rat).Sub(big.NewRat(1, 1), new(big.Rat).Quo(d, began))
}

// line is the value on the straight line from the baseline through the targets on a day; nil before
// the baseline or without one.
func (i Indicator) line(targets []Target, day calendar.Day) *big.Rat {
	from, value := i.BaselineAt.End(), i.Baseline.Rat()
	if from == "" || value == nil || day.Before(from) {
		return nil
	}
	for _, t := range targets {
		if !t.Due.Before(day) {
			days := from.DaysUntil(t.Due)
			if days <= 0 {
				return t.Value.Rat()
			}
			part := big.NewRat(int64(from.DaysUntil(day)), int64(days))
			step := new(big.Rat).Sub(t.Value.Rat(), value)
			return step.Add(value, step.Mul(step, part))
		}
		from, value = t.Due, t.Value.Rat()
	}
	return value
}

// Rolled is the progress of an objective made of what stands below it. Covered is how much of its
// weight was measured: 1 when everything was.
type Rolled struct {
	Done    *big.Rat // between 0 and 1; nil when nothing was measured
	Covered *big.Rat
}

// Roll gives each branch the mean of what stands below it, weighted by the shares of those that were measured. A leaf takes
// the plain mean of its own indicators; those of an objective with others below it count as one more of these, of their
// average weight. own are the progresses by objective.
func Roll(tree []*Branch, own func(*Branch) []Progress, into func(*Branch, Rolled)) Rolled {
	return gather(tree, own, into).mean()
}

func gather(tree []*Branch, own func(*Branch) []Progress, into func(*Branch, Rolled)) tally {
	t := tally{new(big.Rat), new(big.Rat), new(big.Rat), new(big.Rat)}
	for _, b := range tree {
		list := own(b)
		r := rollLeaf(list)
		if !b.Leaf() {
			below := gather(b.Children, own, into)
			if len(list) > 0 {
				below.add(big.NewRat(1, int64(len(b.Children))), r)
			}
			r = below.mean()
		}
		into(b, r)
		t.add(b.Share, r)
	}
	return t
}

// tally adds up what stands side by side: the progress of what was measured by its weight, that weight, what was covered of
// all the weight, and this.
type tally struct{ sum, measured, covered, all *big.Rat }

func (t tally) add(weight *big.Rat, r Rolled) {
	if r.Done != nil {
		t.sum.Add(t.sum, new(big.Rat).Mul(weight, r.Done))
		t.measured.Add(t.measured, weight)
	}
	t.covered.Add(t.covered, new(big.Rat).Mul(weight, r.Covered))
	t.all.Add(t.all, weight)
}

func (t tally) mean() Rolled {
	r := Rolled{Covered: t.covered}
	if t.all.Sign() > 0 {
		r.Covered = new(big.Rat).Quo(t.covered, t.all)
	}
	if t.measured.Sign() > 0 {
		r.Done = new(big.Rat).Quo(t.sum, t.measured)
	}
	return r
}

func rollLeaf(list []Progress) Rolled {
	sum, n := new(big.Rat), int64(0)
	for _, p := range list {
		if held := p.Held(); held != nil {
			sum.Add(sum, held)
			n++
		}
	}
	if n == 0 {
		return Rolled{Covered: new(big.Rat)}
	}
	return Rolled{Done: sum.Quo(sum, big.NewRat(n, 1)), Covered: big.NewRat(n, int64(len(list)))}
}
