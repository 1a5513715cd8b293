package participationweb

import (
	"slices"

	"parvis/internal/i18n"
	"parvis/internal/money"
	"parvis/internal/participation"
	"parvis/internal/participation/tally"
	"parvis/internal/ui/chart"
)

// whyView answers « pourquoi pas nous ? » for one project: one sentence, the steps that lead to it, a
// figure to look at, and those who stood around it.
type whyView struct {
	Headline string
	Steps    []string
	Gauge    *chart.Gauge
	Grades   []gradePart // majority judgment: the judgments, the best grade first
	Around   []neighbour
}

// neighbour is a project that stood near in the ranking.
type neighbour struct {
	participation.Project
	Place int
	Here  bool
}

// teller puts the figures of a lot into words.
type teller struct {
	p *i18n.Printer
	lotView
	project participation.Project
	why     *participation.Why
}

func (t teller) money(cents int64) money.Amount { return t.LotSheet.Money(cents) }

// tell answers for a project of a counted lot.
func (t teller) tell() whyView {
	w := whyView{Headline: t.p.T(t.headline(), t.figures()...)}
	if t.secret() || t.project.Withdrawn {
		return w
	}
	switch t.Rule.Family {
	case tally.EqualShares:
		t.shares(&w)
	case tally.Majority:
		t.majority(&w)
	case tally.PerDollar, tally.Phragmen:
		w.Steps = append(w.Steps, t.votes())
	default:
		t.ranked(&w)
	}
	w.Steps = append(w.Steps, t.ties()...)
	w.Around = t.around()
	return w
}

// headline is the key of the sentence that says what happened.
func (t teller) headline() string {
	key := "participation.why." + t.why.Cause
	family := map[tally.Family]string{tally.EqualShares: ".shares", tally.Majority: ".majority"}[t.Rule.Family]
	if family != "" && t.p.Has(key+family) {
		return key + family
	}
	return key
}

// figures are what sentences may name.
func (t teller) figures() []any {
	w := t.why
	left := max(w.Left, 0)
	return []any{"cost", t.project.Cost, "left", t.money(left), "short", t.money(max(0, t.project.Cost.Cents-left)), "budget", t.money(t.result().Budget),
		"votes", t.p.N("participation.voices", t.project.Votes), "score", w.Score, "place", w.Place, "of", t.ranks(), "turn", t.project.Turn,
		"holding", t.money(w.Holding), "lacking", t.money(max(0, t.project.Cost.Cents-w.Holding)), "effective", t.p.Percent(float64(w.Effective)/1000, 0),
		"price", t.money(w.Price), "full", w.Full, "poor", w.Poor, "endowment", t.money(t.result().Endowment), "even", t.money(t.even()), "voters", t.result().Voters,
		"grade", t.grade(w.Median), "above", t.share(w.Above), "below", t.share(w.Below), "rank", w.Rank, "seats", t.result().Seats,
		"funded", t.money(w.Funded), "min", t.Doc.Conventions.MinVotes, "threshold", t.Doc.Conventions.Threshold}
}

// ranks is how many projects had a place in the ranking.
func (t teller) ranks() (n int) {
	for _, p := range t.Projects {
		if p.Why != nil && (p.Why.Place > 0 || p.Why.Rank > 0) {
			n++
		}
	}
	return n
}

func (t teller) step(key string) string { return t.p.T("participation.step."+key, t.figures()...) }

func (t teller) votes() string { return t.step("votes") }

// ranked tells a walk down a ranking: votes, place, money left, what is missing.
func (t teller) ranked(w *whyView) {
	w.Steps = append(w.Steps, t.scored())
	if t.why.Place == 0 {
		return
	}
	w.Steps = append(w.Steps, t.step("place"))
	t.turn(w)
	if t.why.Cause == "no_room" && !t.Rule.PerCost {
		w.Steps = append(w.Steps, t.step("cheaper"))
	}
}

// scored says what the ranking counts: votes, or points.
func (t teller) scored() string {
	if t.Rule.PerCost || t.Doc.Ballot.Kind != "approval" {
		return t.step("score")
	}
	return t.votes()
}

// turn says what was left when the turn came.
func (t teller) turn(w *whyView) {
	switch {
	case t.why.Left < 0:
	case t.why.Cause == "no_room":
		w.Steps = append(w.Steps, t.step("no_room"))
	default:
		w.Steps = append(w.Steps, t.step("left"))
	}
	if t.result().Seats > 0 {
		w.Steps = append(w.Steps, t.step("seats"))
	}
}

// shares tells Equal Shares: what everybody had, what supporters paid or still had, then the completion.
func (t teller) shares(w *whyView) {
	w.Steps = append(w.Steps, t.votes(), t.step(t.endowmentKey()))
	if c := t.result().Compared; t.replaced() {
		w.Steps = append(w.Steps, t.p.T("participation.step.compared", "greedy", c.Greedy, "shares", c.EqualShares))
		t.turn(w)
		return
	}
	if t.why.Price > 0 {
		w.Steps = append(w.Steps, t.step(t.priceKey()))
		if t.why.Poor > 0 {
			w.Steps = append(w.Steps, t.step("poor"))
		}
		return
	}
	if t.project.Votes > 0 {
		w.Steps = append(w.Steps, t.step("spent")+t.shared(), t.step("holding"))
		w.Gauge = &chart.Gauge{Label: t.p.T("participation.effective"), Text: t.p.T("participation.effective.text", t.figures()...),
			Value: float64(min(t.why.Effective, 1000)), High: 1000, Target: 1000, HasTarget: true}
	}
	if t.why.Place > 0 && t.Rule.Complete != tally.NoCompletion {
		w.Steps = append(w.Steps, t.step("completion"))
		t.turn(w)
	}
}

// even is what the envelope gives each ballot before any raise, in cents.
func (t teller) even() int64 { return t.result().Budget / max(1, t.result().Voters) }

// endowmentKey says where a share comes from that is larger than what anybody finds by dividing the envelope.
func (t teller) endowmentKey() string {
	if t.Rule.Endowment != tally.Share && t.result().Endowment > t.even()+1 {
		return "endowment_raised"
	}
	return "endowment"
}

// priceKey leaves out how many paid where only ballots could tell.
func (t teller) priceKey() string {
	if t.why.Full == 0 {
		return "price_alone"
	}
	return "price"
}

// shared names the winners that the supporters of a loser paid for.
func (t teller) shared() string {
	var names []string
	for _, s := range t.why.Shared {
		if p, err := t.Project(s.Code); err == nil {
			names = append(names, t.p.T("participation.step.also", "title", p.Title, "n", s.Voters))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return " " + t.p.T("participation.step.shared", "others", t.p.List(names))
}

// majority tells the grades, then the walk down the ranks.
func (t teller) majority(w *whyView) {
	if t.why.Median < 0 {
		return
	}
	w.Steps = append(w.Steps, t.step("grade"), t.step("around"))
	if t.why.Rank > 0 {
		w.Steps = append(w.Steps, t.step("rank"))
		t.turn(w)
	}
	w.Grades = t.parts()
}

// grade names a grade, 0 being the worst.
func (t teller) grade(g int) string {
	names := t.result().Grades
	if g < 0 || g >= len(names) {
		return ""
	}
	return names[len(names)-1-g]
}

// share is a part of the judgments.
func (t teller) share(n int64) string {
	var all int64
	for _, g := range t.why.Grades {
		all += g
	}
	if all == 0 {
		return ""
	}
	return t.p.Percent(float64(n)/float64(all), 0)
}

// ties says against whom the project stood equal, and what decided.
func (t teller) ties() (out []string) {
	for _, tie := range t.result().Ties {
		if !slices.Contains(tie.Projects, t.project.Code) || len(tie.Projects) > 6 {
			continue
		}
		var others []string
		for _, code := range tie.Projects {
			if p, err := t.Project(code); err == nil && code != t.project.Code {
				others = append(others, t.p.T("participation.quoted", "title", p.Title))
			}
		}
		key := "participation.tie.lost."
		if tie.First == t.project.Code {
			key = "participation.tie.won."
		}
		out = append(out, t.p.T(key+tie.By, "others", t.p.List(others)))
	}
	return out
}

// around lists the three places above and below in the ranking that decided.
func (t teller) around() []neighbour {
	all := t.placed()
	at := slices.IndexFunc(all, func(n neighbour) bool { return n.Here })
	if at < 0 || len(all) < 2 {
		return nil
	}
	return all[max(0, at-3):min(len(all), at+4)]
}

func (t teller) placed() []neighbour {
	var all []neighbour
	for _, p := range t.Projects {
		if p.Why == nil {
			continue
		}
		place := p.Why.Place
		if t.Rule.Family == tally.Majority {
			place = p.Why.Rank
		}
		if place > 0 {
			all = append(all, neighbour{p, place, p.Code == t.project.Code})
		}
	}
	slices.SortStableFunc(all, func(a, b neighbour) int { return a.Place - b.Place })
	return all
}

// inBrief is the reason of a loser in a few words, for a table.
func (t teller) inBrief() string {
	key := "participation.brief." + t.why.Cause
	if t.Rule.Family == tally.EqualShares && t.why.Cause == "no_room" && t.project.Votes > 0 && !t.replaced() {
		key = "participation.brief.supporters_short"
	}
	return t.p.T(key, t.figures()...)
}

// replaced tells whether greedy took the place of Equal Shares at the last step.
func (t teller) replaced() bool {
	c := t.result().Compared
	return c != nil && !c.Kept
}
