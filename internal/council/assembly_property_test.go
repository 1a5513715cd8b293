package council_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/id"
)

// drawAssembly is any assembly: seats of every role, powers given at random, people in and out of the room.
func drawAssembly(r *rapid.T) (council.Assembly, map[id.ID]bool) {
	a := council.Assembly{Kind: rapid.SampledFrom(council.Kinds()).Draw(r, "kind"), Rules: council.Rules{
		Quorum:    rapid.SampledFrom([]council.Quorum{council.NoQuorum, council.CountQuorum, council.HalfQuorum, council.ThirdQuorum}).Draw(r, "quorum"),
		QuorumMin: rapid.IntRange(1, 9).Draw(r, "min"), PowersMax: rapid.IntRange(0, 2).Draw(r, "powers"), Casting: rapid.Bool().Draw(r, "casting")}}
	away := map[id.ID]bool{}
	for n := range rapid.IntRange(1, 12).Draw(r, "seats") {
		m := council.Member{ID: id.ID(rune('a' + n)), Post: "post-" + id.ID(rune('a'+n)), Period: calendar.Since("2018-01-01"),
			Role: rapid.SampledFrom(council.Roles()).Draw(r, "role")}
		if m.Role == council.Deputy && n > 0 {
			m.StandsIn = a.Seats[rapid.IntRange(0, n-1).Draw(r, "stands in")].ID
		}
		a.Seats = append(a.Seats, m)
		away[m.Post] = rapid.IntRange(0, 5).Draw(r, "recused") == 0
		if rapid.Bool().Draw(r, "in the room") {
			a.Stays = append(a.Stays, council.Presence{Member: m.ID, Post: m.Post, ArrivedAt: noon.Add(-time.Hour)})
		}
		if n > 0 && rapid.Bool().Draw(r, "represented") {
			a.Said = append(a.Said, council.Attendance{Member: m.ID, Answer: council.Represented,
				Proxy: a.Seats[rapid.IntRange(0, n-1).Draw(r, "proxy")].ID})
		}
	}
	return a, away
}

var noon = calendar.Day("2018-01-22").Clock(12, 0)

// I7: voices are of the seats that are left once the recused are taken away; so is the quorum, but for a council.
func TestNobodyVotesTwiceAndTheRecusedDoNot(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		a, away := drawAssembly(r)
		b, voices := a.Base(noon, away), a.Voices(noon, away)
		held, seen := map[id.ID]int{}, map[id.ID]bool{}
		for _, v := range voices {
			if seen[v.Member] {
				r.Fatalf("seat %s has two voices", v.Member)
			}
			seen[v.Member] = true
			if away[v.Post] || away[v.By] {
				r.Fatalf("a recused post votes: %+v", v)
			}
			if v.Power {
				held[v.By]++
			}
		}
		for post, n := range held {
			if n > a.Rules.PowersMax {
				r.Fatalf("%s holds %d powers", post, n)
			}
		}
		if b.Entitled != len(voices) || b.Entitled > b.Seats || b.InRoom > b.Entitled {
			r.Fatalf("the base does not hold together: %+v, %d voices", b, len(voices))
		}
		whole := a.Base(noon, nil)
		if a.Kind.RecusedLeaveBase() && b.Quorum > max(1, b.Seats) {
			r.Fatalf("more must be there than may vote: %+v", b)
		}
		if b.InRoom == 0 && b.Met() && a.Rules.Quorum != council.NoQuorum {
			r.Fatalf("an empty room meets the quorum: %+v", b)
		}
		if whole.Seats != b.Seats+b.Recused || whole.Recused != 0 || b.Quorum > whole.Quorum {
			r.Fatalf("the recused are not taken off: %+v, %+v", whole, b)
		}
	})
}

// A recused member of a committee is as if they were not on it: the rest counts the same. Of a council the law wants
// more: the same voices and the same people in the room, and the quorum of everybody in exercise (CGCT, art. L2121-17).
func TestWhatRecusalTakesAway(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		a, away := drawAssembly(r)
		without := a
		without.Seats = slices.DeleteFunc(slices.Clone(a.Seats), func(m council.Member) bool { return away[m.Post] })
		got, want := a.Base(noon, away), without.Base(noon, nil)
		got.Recused = 0
		if a.Kind == council.Council {
			want.Quorum = a.Base(noon, nil).Quorum
		}
		if got != want {
			r.Fatalf("with recusal %+v, without the seats %+v", got, want)
		}
	})
}

// Nineteen councillors, three of them interested, nine of the others there: a committee deliberates, a council does not.
func TestTheQuorumOfACouncilIsOfTheMembersInExercise(t *testing.T) {
	for kind, want := range map[council.Kind]int{council.Copil: 9, council.Group: 9, council.Investment: 9, council.Council: 10} {
		a := council.Assembly{Kind: kind, Rules: council.Rules{Quorum: council.HalfQuorum}}
		away := map[id.ID]bool{}
		for n := range 19 {
			post := id.ID("post-" + string(rune('a'+n)))
			a.Seats = append(a.Seats, council.Member{ID: id.ID(rune('a' + n)), Post: post, Role: council.Titular})
			away[post] = n < 3
			if n < 12 {
				a.Stays = append(a.Stays, council.Presence{Member: id.ID(rune('a' + n)), ArrivedAt: noon.Add(-time.Hour)})
			}
		}
		if b := a.Base(noon, away); b.InRoom != 9 || b.Quorum != want || b.Met() != (want == 9) {
			t.Errorf("%s: %+v", kind, b)
		}
	}
}

// One more voice for never turns a win into a defeat.
func TestOneMoreVoiceForNeverHurts(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		rules := council.Rules{Casting: rapid.Bool().Draw(r, "casting")}
		rule := rapid.SampledFrom([]council.Voting{council.Consensus, council.Majority, council.Absolute, council.TwoThirds, council.Chair}).Draw(r, "rule")
		draw := func(name string) int { return rapid.IntRange(0, 20).Draw(r, name) }
		tally := council.Tally{For: draw("for"), Against: draw("against"), Abstain: draw("abstain"), Apart: draw("apart")}
		b := council.Base{Seats: tally.Total() + draw("more")}
		president := rapid.SampledFrom([]council.Choice{council.For, council.Against, council.Abstain, ""}).Draw(r, "president")
		before, _ := rules.Outcome(rule, b, tally, president)
		tally.For++
		b.Seats = max(b.Seats, tally.Total())
		after, _ := rules.Outcome(rule, b, tally, president)
		if before == council.Carried && after == council.Defeated && rule != council.Absolute {
			r.Fatalf("%s: %+v was carried and one more voice for loses it", rule, tally)
		}
	})
}

// What the rules of voting mean, on worked cases.
func TestOutcomes(t *testing.T) {
	for _, c := range []struct {
		name      string
		rule      council.Voting
		seats     int
		tally     council.Tally
		casting   bool
		president council.Choice
		want      council.BallotResult
		cast      council.Choice
	}{
		{"majority of the votes cast, abstentions apart", council.Majority, 10, council.Tally{For: 2, Against: 1, Abstain: 6}, false, "", council.Carried, ""},
		{"a tie is lost", council.Majority, 4, council.Tally{For: 2, Against: 2}, false, council.For, council.Defeated, ""},
		{"a tie is decided by the president", council.Majority, 4, council.Tally{For: 2, Against: 2}, true, council.For, council.Carried, council.For},
		{"a president who abstains decides nothing", council.Majority, 5, council.Tally{For: 2, Against: 2, Abstain: 1}, true, council.Abstain, council.Defeated, ""},
		{"absolute: half is not enough", council.Absolute, 4, council.Tally{For: 2, Against: 0}, true, council.For, council.Defeated, ""},
		{"absolute", council.Absolute, 4, council.Tally{For: 3}, false, "", council.Carried, ""},
		{"two thirds of the votes cast", council.TwoThirds, 9, council.Tally{For: 4, Against: 2, Abstain: 3}, false, "", council.Carried, ""},
		{"two thirds missed", council.TwoThirds, 9, council.Tally{For: 3, Against: 2}, false, "", council.Defeated, ""},
		{"consensus", council.Consensus, 9, council.Tally{For: 1, Abstain: 8}, false, "", council.Carried, ""},
		{"no consensus", council.Consensus, 9, council.Tally{For: 8, Against: 1}, false, "", council.Defeated, ""},
		{"without the president's side the advisers decide nothing", council.Chair, 5, council.Tally{For: 4, Abstain: 1}, false, council.Abstain, council.Unsettled, ""},
		{"nor in a secret vote", council.Chair, 5, council.Tally{For: 5}, true, "", council.Unsettled, ""},
		{"a tie of a secret vote is lost", council.Majority, 4, council.Tally{For: 2, Against: 2}, true, "", council.Defeated, ""},
		{"the president decides against the committee", council.Chair, 5, council.Tally{For: 1, Against: 4}, false, council.For, council.Carried, council.For},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, cast := council.Rules{Casting: c.casting}.Outcome(c.rule, council.Base{Seats: c.seats}, c.tally, c.president)
			if got != c.want || cast != c.cast {
				t.Errorf("got %s %q, want %s %q", got, cast, c.want, c.cast)
			}
		})
	}
}

// Deadlines are counted back from J, in Paris, over weekends, holidays and the changes of the hour.
func TestDeadlines(t *testing.T) {
	for _, c := range []struct {
		name         string
		day          calendar.Day
		notice, lock int
		clear        bool
		convene      calendar.Day
		lockOn       calendar.Day
	}{
		{"a Monday, seven days before", "2018-03-19", 7, 3, false, "2018-03-12", "2018-03-16"},
		{"five clear days leave out both ends", "2018-03-19", 5, 1, true, "2018-03-13", "2018-03-16"},
		{"an Easter Monday moves back to Good Friday, which is worked in most of France", "2018-04-09", 7, 0, false, "2018-03-30", "2018-04-09"},
		{"1 May", "2018-05-08", 7, 7, false, "2018-04-30", "2018-04-30"},
		{"over the change to summer time", "2018-03-27", 3, 2, true, "2018-03-23", "2018-03-23"},
		{"a Saturday counts among the clear days of the law", "2018-04-13", 5, 1, true, "2018-04-07", "2018-04-12"},
		{"no notice", "2018-03-14", 0, 0, true, "2018-03-14", "2018-03-14"},
		{"Christmas", "2018-01-01", 7, 7, false, "2017-12-22", "2017-12-22"},
	} {
		t.Run(c.name, func(t *testing.T) {
			convene, lock := council.Rules{Notice: c.notice, LockDays: c.lock, ClearDays: c.clear}.Deadlines(calendar.Metropole, c.day)
			if convene != c.convene || lock != c.lockOn {
				t.Errorf("got %s and %s, want %s and %s", convene, lock, c.convene, c.lockOn)
			}
			if !c.clear && convene.DaysUntil(c.day) < c.notice {
				t.Error("the notice is shorter than the rule")
			}
		})
	}
}
