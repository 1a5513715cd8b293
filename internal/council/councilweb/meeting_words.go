package councilweb

import (
	"cmp"
	"context"
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/portfolio"
	"parvis/internal/ui"
)

// moments are the days of the procedure of a meeting.
func moments(ctx context.Context, v fileView) []ui.Moment {
	m := v.Meeting
	list := []ui.Moment{
		moment(ctx, "councilweb.deadline.convene", m.ConveneBy, m.ConvenedOn != "" || v.Today.After(m.ConveneBy)),
		moment(ctx, "councilweb.deadline.lock", m.LockOn, v.Today.After(m.LockOn)),
		moment(ctx, "councilweb.deadline.day", m.Day, m.Held()),
	}
	if working := council.WorkingDayBy(v.Region, m.ConveneBy); m.ConvenedOn == "" && working != m.ConveneBy {
		list = slices.Insert(list, 0, moment(ctx, "councilweb.deadline.working", working, v.Today.After(working)))
	}
	if m.ConvenedOn != "" {
		list[0].Day, list[0].When = string(m.ConvenedOn), ui.P(ctx).Day(m.ConvenedOn)
		list[0].Title = ui.T(ctx, "councilweb.deadline.convened", "day", m.ConvenedOn)
	}
	for _, d := range v.Deadlines {
		own := ui.Moment{Day: string(d.Due), When: ui.P(ctx).Day(d.Due), Title: d.Name(v.Lang), State: ui.Next, Body: deadlineOfMeeting(v, d)}
		if d.Done != "" {
			own.State = ui.Past
		}
		list = append(list, own)
	}
	slices.SortStableFunc(list, func(a, b ui.Moment) int { return cmp.Compare(a.Day, b.Day) })
	return list
}

func moment(ctx context.Context, key string, day calendar.Day, over bool) ui.Moment {
	m := ui.Moment{Day: string(day), When: ui.P(ctx).Day(day), Title: ui.T(ctx, key), State: ui.Next}
	if over {
		m.State = ui.Past
	}
	return m
}

// questionOptions offers the questions that wait: the words of the question, its project and its age.
func questionOptions(ctx context.Context, waiting []portfolio.Waiting) []ui.Option {
	out := make([]ui.Option, len(waiting))
	for n, w := range waiting {
		hint := w.Title
		if !w.Amount.IsZero() {
			hint += " · " + ui.P(ctx).Money(w.Amount)
		}
		out[n] = ui.Option{Value: string(w.ID), Label: w.Question, Hint: hint}
	}
	return out
}

// refused tells whether the page of an item answers a recused reader nothing: no link leads there.
func refused(i council.ItemFile) bool { return i.Withheld && i.Decision == nil }

// maySay tells whether the visitor may say whether this member comes.
func (v fileView) maySay(m council.Member) bool {
	return v.May["attendance.say"] && (v.Bureau || slices.ContainsFunc(v.Mine, func(mine council.Member) bool { return mine.ID == m.ID }))
}

func sayings(v fileView, m council.Member) []council.Saying {
	if v.Committee.PowersMax > 0 && m.Votes() {
		return []council.Saying{council.Coming, council.Excused, council.Represented}
	}
	return []council.Saying{council.Coming, council.Excused}
}

// summaryHint says that what is written of a matter of a council is its note of synthesis.
func summaryHint(ctx context.Context, v fileView) string {
	if v.Committee.WantsNotes() {
		return ui.T(ctx, "council.note.written")
	}
	return ui.T(ctx, "councilweb.f.summary.hint")
}

// urgencyHint says until when the notice had to leave, and that a council votes on its urgency.
func urgencyHint(ctx context.Context, v fileView) string {
	key := "councilweb.f.urgency.hint"
	if v.Committee.Kind == council.Council {
		key = "councilweb.f.urgency.vote"
	}
	return ui.T(ctx, key, "day", v.Meeting.ConveneBy)
}
