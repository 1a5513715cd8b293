package councilweb

import (
	"context"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"parvis/internal/blob"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/ui"
)

// givenStances are the opinions already given on the question of an item.
func givenStances(i council.ItemFile) []portfolio.AskedPost {
	if i.Question == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(i.Question.Asked), func(a portfolio.AskedPost) bool { return a.Stance == "" })
}

func recusals(i council.ItemFile) []council.Interest {
	return slices.DeleteFunc(slices.Clone(i.Interests), func(x council.Interest) bool { return x.Status != council.Recused })
}

// declared says what a member declared: of what kind and when.
func declared(ctx context.Context, b book, x council.Interest) string {
	words := ui.T(ctx, "councilweb.interest.line", "post", b.post(x.Post).Long, "status", ui.T(ctx, "councilweb.interest.status."+string(x.Status)), "day", x.StatusOn)
	if x.Nature == "" {
		return words
	}
	return words + ui.T(ctx, "councilweb.interest.line.nature", "nature", ui.T(ctx, "councilweb.interest.nature."+string(x.Nature)))
}

// baseLine says who could vote.
func baseLine(ctx context.Context, b council.BallotFile) string {
	words := ui.T(ctx, "councilweb.ballot.base", "entitled", b.Entitled, "quorum", b.Quorum, "in", b.InRoom)
	if b.Base.Recused > 0 {
		words += " " + ui.N(ctx, "councilweb.ballot.recused", b.Base.Recused)
	}
	return words
}

// others are the editions that are not in force.
func others(papers []council.Paper) []council.Paper {
	force := blob.Latest(papers)
	return slices.DeleteFunc(slices.Clone(papers), func(p council.Paper) bool {
		return slices.ContainsFunc(force, func(f council.Paper) bool { return f.ID == p.ID })
	})
}

func threadOptions(ctx context.Context, papers []council.Paper) (out []ui.Option) {
	for _, p := range papers {
		out = append(out, ui.Edition(ctx, string(p.Thread), p.Title, p.Edition))
	}
	return out
}

func laterOptions(ctx context.Context, later []council.Meeting) []ui.Option {
	out := []ui.Option{{Label: ui.T(ctx, "councilweb.item.postpone.unset")}}
	for _, m := range later {
		out = append(out, ui.Option{Value: string(m.ID), Label: m.Number + ", " + when(ctx, m)})
	}
	return out
}

// seatOptions are of whom the bureau notes something.
func seatOptions(ctx context.Context, v itemView) []ui.Option {
	out := []ui.Option{{Label: ui.T(ctx, "councilweb.interest.me")}}
	for _, m := range v.Assembly.Seats {
		out = append(out, ui.Option{Value: string(m.Post), Label: v.Book.post(m.Post).Long})
	}
	return out
}

// declarable is what may be declared of a matter; a recusal ends by a form of its own.
func declarable() []string { return []string{"recuse", "declare", "deny"} }

func natureOptions(ctx context.Context) []ui.Option {
	return append([]ui.Option{{}}, wordOptions(ctx, "councilweb.interest.nature.", council.InterestNatures())...)
}

// segmentOptions are for whom a committee decides, as the portfolio names them.
func segmentOptions(ctx context.Context) []ui.Option {
	return wordOptions(ctx, "councilweb.segment.", []string{"residents", "visitors", "agents", "elected", "firms", "associations"})
}

// optionOptions offers the ways out of the question, and none of them.
func optionOptions(ctx context.Context, i council.ItemFile) []ui.Option {
	out := []ui.Option{{Value: "0", Label: ui.T(ctx, "councilweb.option.none")}}
	for n, o := range i.Question.Options {
		out = append(out, ui.Option{Value: itoa(n + 1), Label: o.Label})
	}
	return out
}

// last is the last vote of an item that was counted.
func last(i council.ItemFile) (council.BallotFile, bool) {
	for _, b := range slices.Backward(i.Ballots) {
		if b.Status == council.BallotClosed {
			return b, true
		}
	}
	return council.BallotFile{}, false
}

// result is what the last vote decided, "" without a vote.
func result(i council.ItemFile) string {
	b, _ := last(i)
	return string(b.Result)
}

// voted is the option that the last vote carried, else the one that is recommended.
func voted(i council.ItemFile) int {
	if b, ok := last(i); ok {
		return b.Option
	}
	return i.Question.Recommended
}

// forHint says that the question already answers « pour qui ».
func forHint(ctx context.Context, i council.ItemFile) string {
	if i.Question != nil {
		return ui.T(ctx, "councilweb.pronounce.for.hint")
	}
	return ""
}

// defaultBasis is on what a decision without a question rests: the rules of the committee.
func defaultBasis(ctx context.Context, v fileView, i council.ItemFile) string {
	if i.Question != nil {
		return ""
	}
	if i.Subject.Type == "meeting" {
		return "CGCT, art. L2121-15"
	}
	return ui.T(ctx, "councilweb.pronounce.basis.rules", "committee", v.Committee.Name(v.Lang))
}

func resultTone(r council.BallotResult) ui.Tone {
	if r == council.Carried {
		return ui.Success
	}
	return ui.Error
}

// given is the voice that a seat already gave; after a refusal, what was typed.
func given(ctx context.Context, b council.BallotFile, s council.Seat) council.Choice {
	if a := ui.FrameOf(ctx).Attempt; a != nil {
		if typed, sent := a.Values["voice."+string(s.Member)]; sent {
			return council.Choice(typed[0])
		}
	}
	for _, v := range b.Voices {
		if v.Member == s.Member {
			return v.Choice
		}
	}
	return ""
}

func (v fileView) voting() bool { _, _, on := v.OpenBallot(); return on }

// mySeats are the voices of a public vote that the visitor may give, being in the room, and has not given yet.
func (v fileView) mySeats(b council.BallotFile) []council.Seat {
	if b.Method == council.Secret || !v.MayAct || v.Meeting.Status != council.Opened {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(b.Seats), func(s council.Seat) bool {
		mine := slices.ContainsFunc(v.Mine, func(m council.Member) bool { return m.Post == s.By }) && v.Assembly.InRoom(s.By, v.Now)
		return !mine || slices.ContainsFunc(b.Voices, func(x council.Voice) bool { return x.Member == s.Member })
	})
}

// chair proposes who presides: the president of the committee when in the room.
func (v fileView) chair() id.ID {
	for _, m := range v.Assembly.Present(v.Now) {
		if m.Role == council.President {
			return m.Post
		}
	}
	return ""
}

// form fills the form of an item as it stands.
func (v itemView) form() itemForm {
	f := itemForm{Nature: string(v.Nature), Title: v.Title, Summary: v.Summary, Rapporteur: v.Rapporteur, Minutes: v.ItemFile.Minutes, OpenDoors: v.OpenDoors}
	if v.Project != nil {
		f.Project = v.Project.Number
	}
	return f
}

// follows are the action items of the decision of an item.
func (v fileView) follows(i council.ItemFile) []portfolio.Action {
	return slices.DeleteFunc(slices.Clone(v.Actions), func(a portfolio.Action) bool { return !i.Ordered(a) })
}

// six are the six answers of a decision.
func six(ctx context.Context, v fileView, i council.ItemFile) ui.Six {
	d := i.Decision
	var whom []string
	for _, s := range d.Answers.Segments {
		whom = append(whom, ui.T(ctx, "councilweb.segment."+s))
	}
	for _, u := range d.Answers.Units {
		whom = append(whom, v.Book.unit(u).Long)
	}
	whom = append(whom, d.Answers.Places...)
	why := d.Answers.Motive
	if len(d.Answers.Basis) > 0 {
		why = strings.TrimSpace(why + " " + ui.T(ctx, "councilweb.six.basis", "basis", strings.Join(d.Answers.Basis, " ; ")))
	}
	return ui.Six{Who: str(v.Committee.Name(v.Lang) + ", " + v.Book.post(d.DecidedBy).Long), What: str(d.Text), Whom: str(strings.Join(whom, ", ")),
		Why: str(why), When: str(ui.P(ctx).Day(d.Answers.Effective)), How: str(ui.T(ctx, "councilweb.six.how", "meeting", v.Meeting.Number, "day", d.DecidedOn))}
}

func str(s string) templ.Component { return ui.Str(s) }
