package participation

import (
	"math/big"

	"parvis/internal/money"
	"parvis/internal/participation/recount"
	"parvis/internal/participation/tally"
)

// Result is what the count says of a lot. Amounts are in cents of its currency.
type Result struct {
	Rule             string
	Disclosure       recount.Disclosure
	Budget           int64 // 0: no envelope, the seats alone counted
	Seats            int   // 0: the envelope alone counted
	Reserve          int64
	Spent            int64
	Voters           int64
	Won              int   // projects selected
	WithoutWinner    int64 // ballots that support no winner
	SupportedWinners int64 // winners supported, summed over ballots
	SupportedCost    int64 // cost of the winners supported, summed over ballots
	Districts        []Share
	Categories       []Share
	EJRPlus          []string // codes of the projects that break EJR+
	Ties             []Tie
	Endowment        int64 // Equal Shares: what every voter began with
	Raises           int64
	Completed        int // winners from this place on come from the completion
	Compared         *tally.Comparison
	Grades           []string // majority judgment: the best first, as the rules name them
	Partial          string   // per-dollar: the project that receives a part
}

// Share compares what a district or a category receives with the votes it was given.
type Share struct {
	Name          string
	Spent, Votes  int64
	Projects, Won int
}

// Tie is a choice that the scores left open.
type Tie struct {
	Projects []string // codes
	First    string
	By       string // cost, votes, order
}

// Why is why a project won or lost. Amounts are in cents.
type Why struct {
	Cause     string // one of tally.Causes
	Place     int    // in the ranking that decided; 0: none
	Left      int64  // of the envelope when its turn came; -1: its turn never came, or there is no envelope
	Score     int64
	Price     int64 // Equal Shares: what a supporter paid at most; 0: none
	Full      int64 // voters who paid it in full
	Poor      int64 // voters who gave all they had left
	Holding   int64 // what its supporters have left together at the end
	Effective int64 // that, in thousandths of its cost
	Grades    []int64
	Median    int // grade, 0 the worst; -1 none
	Above     int64
	Below     int64
	Rank      int
	Funded    int64
	Shared    []Shared // a project that lost, where ballots are public: the winners that its supporters support most
}

// Shared is how many supporters of a project also support another one.
type Shared struct {
	Code   string
	Voters int64
}

// scale turns minor units of an election into cents, towards zero.
type scale int64

func (unit scale) cents(minor int64) int64 {
	v := new(big.Int).Mul(big.NewInt(minor), big.NewInt(100))
	return v.Quo(v, big.NewInt(int64(unit))).Int64()
}

func (unit scale) ratCents(minor *big.Rat) int64 {
	if minor == nil {
		return 0
	}
	v := new(big.Rat).Mul(minor, big.NewRat(100, int64(unit)))
	v.Add(v, big.NewRat(1, 2))
	return new(big.Int).Quo(v.Num(), v.Denom()).Int64()
}

// resultOf puts an outcome in the form in which it is kept.
func resultOf(e *tally.Election, out *tally.Outcome, d *tally.Document, how recount.Disclosure) *Result {
	q, unit := e.Measure(out.Winners), scale(e.Unit)
	r := &Result{Rule: out.Rule, Disclosure: how, Budget: unit.cents(e.Budget), Seats: e.Seats, Reserve: unit.cents(e.Reserve),
		Spent: unit.cents(out.Spent), Voters: q.Voters, Won: len(out.Winners), WithoutWinner: q.WithoutWinner, SupportedWinners: q.SupportedWinners,
		SupportedCost: unit.cents(q.SupportedCost), Districts: shares(q.Districts, unit), Categories: shares(q.Categories, unit),
		EJRPlus: e.IDs(q.EJRPlus), Endowment: unit.ratCents(out.Endowment), Raises: out.Raises, Completed: out.Completed, Compared: out.Comparison}
	for _, t := range out.Ties {
		r.Ties = append(r.Ties, Tie{e.IDs(t.Projects), e.Projects[t.Chosen].ID, t.By})
	}
	if e.Kind == tally.Grades {
		r.Grades = d.Ballot.Grades
	}
	if len(out.Funded) > 0 && out.Partial >= 0 {
		r.Partial = e.Projects[out.Partial].ID
	}
	return r
}

func shares(parts []tally.Part, unit scale) []Share {
	out := make([]Share, len(parts))
	for i, p := range parts {
		out[i] = Share{p.Name, unit.cents(p.Spent), p.Votes, p.Projects, p.Won}
	}
	return out
}

// whyOf puts a reason in the form in which it is kept.
func whyOf(e *tally.Election, out *tally.Outcome, reason tally.Reason) *Why {
	unit := scale(e.Unit)
	w := &Why{Cause: reason.Cause, Place: reason.Place, Left: -1, Score: reason.Score, Price: unit.ratCents(reason.Price), Full: reason.Full,
		Poor: reason.Poor, Holding: unit.cents(reason.Holding), Effective: reason.Effective(e.Projects[reason.Project].Cost),
		Median: reason.Gauge.Median, Above: reason.Gauge.Above, Below: reason.Gauge.Below, Rank: reason.Rank, Funded: unit.cents(reason.Funded)}
	if reason.Left >= 0 && e.Budget > 0 {
		w.Left = unit.cents(reason.Left)
	}
	if e.Kind == tally.Grades {
		w.Grades = out.Gradings[reason.Project]
	}
	return w
}

// Money gives cents the currency of an election.
func (e Election) Money(cents int64) money.Amount {
	return money.Amount{Cents: cents, Currency: e.Currency}
}
