package councilweb

import (
	"context"
	"slices"
	"strings"

	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/council/scdl"
	"parvis/internal/fault"
	"parvis/internal/ui"
	"parvis/internal/web"
)

func invalidField(field, key string) error {
	return fault.New(fault.Invalid, "council.form").At(field, key)
}

func formalTone(f council.Formal) ui.Tone {
	switch f.Status {
	case council.FormalPublished:
		return ui.Success
	case council.FormalReturned, council.FormalSent:
		return ui.Info
	}
	return ui.Neutral
}

func kindOptions(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, k := range council.FormalKinds() {
		out = append(out, ui.Option{Value: string(k), Label: ui.T(ctx, "council.formal.kind."+string(k))})
	}
	return out
}

// actesOptions are the matters of the nomenclature, under the first level that each belongs to; they are in French, as
// the file that carries them is.
func actesOptions(ctx context.Context) []ui.Option {
	out := []ui.Option{{Label: ui.T(ctx, "council.formal.matter.choose")}}
	for _, m := range scdl.Matters() {
		out = append(out, ui.Option{Value: m.Code, Label: m.Code + " " + m.Second, Group: m.First})
	}
	return out
}

func decisionOptions(all []council.DecisionLine) []ui.Option {
	out := make([]ui.Option, len(all))
	for i, d := range all {
		out[i] = ui.Option{Value: string(d.ID), Label: d.Number + " · " + d.Title}
	}
	return out
}

// decisionLabel names the decision of which an act is proposed.
func decisionLabel(v formalsView) string {
	for _, d := range v.Decisions {
		if d.ID == v.Proposed.Decision {
			return d.Number
		}
	}
	return ""
}

// meetingCounts says where the acts of a meeting stand.
func meetingCounts(ctx context.Context, m council.FormalsOfMeeting) string {
	var said []string
	for _, c := range []struct {
		key string
		n   int
	}{{"council.formals.count.prepared", m.Prepared}, {"council.formals.count.sent", m.Sent}, {"council.formals.count.returned", m.Returned}} {
		if c.n > 0 {
			said = append(said, ui.N(ctx, c.key, c.n))
		}
	}
	return strings.Join(said, ", ")
}

// leavesAs says how a paper leaves with an act.
func leavesAs(ctx context.Context, p council.SentPaper) string {
	if p.Path == "" {
		return ui.T(ctx, "council.formal.leaves.link", "edition", p.Edition)
	}
	return ui.T(ctx, "council.formal.leaves.file", "edition", p.Edition, "size", ui.P(ctx).Bytes(p.Size))
}

// Over tells whether nothing is left to do with the act here.
func (v formalView) Over() bool { return v.Status == council.FormalWithdrawn }

type namedDay struct {
	name string
	day  calendar.Day
}

// days are those that are known, in the order in which they come.
func (v formalView) days() []namedDay {
	var out []namedDay
	for _, d := range []namedDay{{"adopted", v.AdoptedOn}, {"sent", v.SentOn}, {"signed", v.Signed}, {"transmitted", v.Transmitted},
		{"received", v.Received}, {"notified", v.Notified}, {"posted", v.Posted}, {"appealed", v.Appealed}, {"refused", v.Refused}, {"published", v.PublishedOn}} {
		if d.day != "" && (v.Inside || d.name != "sent") {
			out = append(out, d)
		}
	}
	return out
}

// shownDigest is the digest of the text that the page shows.
func (v formalView) shownDigest() string {
	if v.Inside {
		return v.Digest
	}
	return v.PublishedDigest
}

func (v formalView) maskLines() string {
	lines := make([]string, len(v.Masks))
	for i, m := range v.Masks {
		lines[i] = m.Passage
	}
	return strings.Join(lines, "\n")
}

func textLines(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
}

type changed struct{ name, before, after string }

// returnChanges lists what a line says that is not known yet.
func returnChanges(ctx context.Context, l council.ReturnLine) []changed {
	day := func(d calendar.Day) string {
		if d == "" {
			return ""
		}
		return ui.P(ctx).Day(d)
	}
	b, a := l.Before, l.After()
	all := []changed{{"number", b.Number, a.Number}, {"signed_on", day(b.Signed), day(a.Signed)},
		{"transmitted_on", day(b.Transmitted), day(a.Transmitted)}, {"received_on", day(b.Received), day(a.Received)},
		{"receipt", b.Receipt, a.Receipt}, {"authority", b.Authority, a.Authority}, {"notified_on", day(b.Notified), day(a.Notified)},
		{"posted_on", day(b.Posted), day(a.Posted)}, {"url", b.URL, a.URL}}
	return slices.DeleteFunc(all, func(c changed) bool { return c.after == "" })
}

func langOf(ctx context.Context) string { return web.Of(ctx).Lang }
