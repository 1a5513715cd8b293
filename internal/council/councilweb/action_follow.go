package councilweb

import (
	"context"
	"net/http"
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// followForm says what became of an action item. Unit and Post are those of now: to put off is not to hand on.
type followForm struct {
	Version int64        `form:"version"`
	Remark  string       `form:"note,max=8000"`
	Reason  string       `form:"reason,max=8000"`
	Unit    id.ID        `form:"unit,max=64"`
	Post    id.ID        `form:"post,max=64"`
	Due     calendar.Day `form:"due"`
}

// actionDeeds say what became of what a committee asked for, on its page and on that of its next meeting.
func (p *Pages) actionDeeds() map[string]web.Deed {
	return map[string]web.Deed{
		"finish": web.Decoded(func(r *http.Request, by act.Actor, about string, f followForm) error {
			return nothing(p.Portfolio.FinishAction(r.Context(), by, id.ID(about), f.Version, f.Remark))
		}),
		"put_off": web.Decoded(func(r *http.Request, by act.Actor, about string, f followForm) error {
			later := portfolio.NewAction{Unit: f.Unit, Post: f.Post, Due: f.Due}
			return nothing(p.Portfolio.ReassignAction(r.Context(), by, id.ID(about), f.Version, later))
		}),
		"drop": web.Decoded(func(r *http.Request, by act.Actor, about string, f followForm) error {
			return nothing(p.Portfolio.DropAction(r.Context(), by, id.ID(about), f.Version, f.Reason))
		}),
	}
}

func openActions(all []portfolio.Action) []portfolio.Action {
	return slices.DeleteFunc(slices.Clone(all), func(a portfolio.Action) bool { return a.Status != portfolio.ActionOpen })
}

// earlier are the action items that were ordered before the meeting: those that are open, and those that were closed since
// the committee last asked for something, of which it is told once.
func (v fileView) earlier() []portfolio.Action {
	var since calendar.Day
	before := slices.DeleteFunc(slices.Clone(v.Actions), func(a portfolio.Action) bool {
		return a.From.Meeting == v.Meeting.ID || v.Meeting.Day.Before(a.CreatedOn)
	})
	for _, a := range before {
		since = max(since, a.CreatedOn)
	}
	return slices.DeleteFunc(before, func(a portfolio.Action) bool { return a.Status != portfolio.ActionOpen && a.StatusOn.Before(since) })
}

// followTo is where the forms of earlier action items lead: the page of the meeting has them, its printed file has none.
func (v fileView) followTo(ctx context.Context) string {
	if v.Route != "council.meeting" {
		return ""
	}
	return string(ui.Link(ctx, "council.meeting", v.Meeting.Number))
}
