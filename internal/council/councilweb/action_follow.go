package councilweb

import (
	"net/http"
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/portfolio"
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
		"reopen": web.Decoded(func(r *http.Request, by act.Actor, about string, f followForm) error {
			return nothing(p.Portfolio.ReopenAction(r.Context(), by, id.ID(about), f.Version, f.Reason))
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

// followView is a list of what a committee asked for, with what the reader may say of it. Closed are those that were
// closed last, beside the list: a mistake can be taken back.
type followView struct {
	List, Closed []portfolio.Action
	May          map[id.ID]council.Following
	Book         book
	Today        calendar.Day
	To           string // where the forms lead
}

// follow adds to a list what the reader may say of it, on a page that has forms.
func (p *Pages) follow(r *http.Request, view *followView, to string) (err error) {
	view.To = to
	view.May, err = p.Room.Follow(r.Context(), web.From(r).Visitor, slices.Concat(view.List, view.Closed))
	return err
}

// actionAsked is the key of what the forms of an action item ask.
func actionAsked(a portfolio.Action) string {
	if a.Status == portfolio.ActionOpen {
		return "councilweb.action.follow"
	}
	return "councilweb.action.reopen"
}
