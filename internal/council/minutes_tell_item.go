package council

import (
	"slices"
	"strings"

	"parvis/internal/id"
	"parvis/internal/portfolio"
)

func (t teller) item(i ItemFile) Block {
	var lines []string
	say := func(key string, args ...any) { lines = append(lines, t.p.T("council.told."+key, args...)) }
	if i.Rapporteur != "" {
		say("rapporteur", "post", t.post(i.Rapporteur))
	}
	if i.President != "" {
		say("presided", "post", t.post(i.President))
	}
	if i.Late != "" {
		say("late", "reason", i.Late)
	}
	for _, p := range i.inView(i.Papers) {
		say("paper", "title", p.Title, "edition", p.Edition)
	}
	for _, x := range i.Interests {
		if x.Status == Recused {
			say(t.recusedKey(), "post", t.post(x.Post))
		}
	}
	if i.Debate != "" {
		lines = append(lines, i.Debate)
	}
	for _, b := range i.Ballots {
		lines = append(lines, t.ballot(b)...)
	}
	lines = append(lines, t.outcome(i)...)
	return Block{Key: "item:" + string(i.ID), Item: i.ID, Title: t.p.T("council.told.item", "rank", i.Rank, "title", i.Title), Text: strings.Join(lines, "\n")}
}

// ballot tells a vote: with names when it was public.
func (t teller) ballot(b BallotFile) []string {
	if b.Status != BallotClosed {
		return []string{t.p.T("council.told.ballot.cancelled", "motion", b.Motion)}
	}
	lines := []string{t.p.T("council.told.ballot."+string(b.Method), "motion", b.Motion, "entitled", b.Entitled, "for", b.For,
		"against", b.Against, "abstain", b.Abstain, "apart", b.Apart)}
	if b.Requested > 0 {
		lines = append(lines, t.p.T("council.told.requested", "n", b.Requested, "in", b.InRoom))
	}
	if t.Committee.Kind == Council || b.Base.Recused > 0 {
		lines = append(lines, t.p.T("council.told.quorum.item", "in", b.InRoom, "needed", b.Quorum))
	}
	for _, choice := range t.Committee.Kind.Named(b.Method) {
		if posts := t.voters(b, choice); len(posts) > 0 {
			lines = append(lines, t.p.T("council.told.voices."+string(choice), "posts", t.posts(posts)))
		}
	}
	if b.Casting != "" {
		lines = append(lines, t.p.T("council.told.casting"))
	}
	return append(lines, t.p.T("council.told.result."+string(b.Result)))
}

func (t teller) recusedKey() string {
	if t.Committee.Kind.RecusedLeaveBase() {
		return "recused"
	}
	return "recused.council"
}

// voters are the posts that made a choice, in the order of the seats.
func (t teller) voters(b BallotFile, choice Choice) []id.ID {
	var out []id.ID
	for _, s := range t.Assembly.Seats {
		for _, v := range b.Voices {
			if v.Member == s.ID && v.Choice == choice {
				out = append(out, v.Post)
			}
		}
	}
	return out
}

func (t teller) outcome(i ItemFile) []string {
	d := i.Decision
	if d == nil {
		return append([]string{t.p.T("council.told.status."+string(i.Status), "reason", i.StatusNote)}, t.ordered(i)...)
	}
	lines := []string{t.p.T("council.told."+t.File.Called(*d)+"."+string(d.Result), "number", i.Numbered(), "text", d.Text)}
	if d.Ballot == "" { // by consensus, or by whoever presides: the other rules want a vote
		lines = append(lines, t.p.T("council.told.unvoted."+string(t.Assembly.Rules.Voting)))
	}
	if d.Conditions != "" {
		lines = append(lines, t.p.T("council.told.conditions", "text", d.Conditions))
	}
	if d.Answers.Motive != "" {
		lines = append(lines, t.p.T("council.told.motive", "text", d.Answers.Motive))
	}
	return append(lines, t.ordered(i)...)
}

// ordered tells what must be done, by whom and until when.
func (t teller) ordered(i ItemFile) []string {
	var lines []string
	for _, a := range t.Actions {
		if i.Ordered(a) {
			lines = append(lines, t.p.T("council.told.action", "what", a.What, "unit", t.Units[a.Unit].Name, "due", a.Due))
		}
	}
	return lines
}

// Ordered tells whether an action item comes from the item: the committee ordered it there, or it follows the question that
// was decided there.
func (i ItemFile) Ordered(a portfolio.Action) bool {
	if a.From.Item != "" {
		return a.From.Item == i.ID
	}
	d := i.Decision
	return d != nil && (slices.Contains(d.Actions, a.ID) || d.Arbitration != "" && a.Arbitration == d.Arbitration)
}
