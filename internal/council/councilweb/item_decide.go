package councilweb

import (
	"net/http"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/web"
)

// decideForm is the form of a decision. What it leaves empty is filled from the question by the room.
type decideForm struct {
	Version    int64        `form:"version"`
	Result     string       `form:"result,max=20"`
	Chosen     int          `form:"chosen"`
	Text       string       `form:"text,max=2000"`
	Conditions string       `form:"conditions,max=4000"`
	Motive     string       `form:"motive,max=8000"`
	Segments   []string     `form:"for"`
	Basis      string       `form:"basis,max=2000"` // one per line
	Effective  calendar.Day `form:"when"`
	BudgetLine string       `form:"budget_line,max=200"`
	Keep       bool         `form:"keep"`
}

// decide pronounces a decision. It wants a proof of identity younger than five minutes.
func (p *Pages) decide(r *http.Request, by act.Actor, item id.ID, f decideForm) error {
	v := web.From(r)
	if err := identity.RequireFresh(v.Visitor, v.Now); err != nil {
		return err
	}
	actions, err := readActions(r)
	if err != nil {
		return err
	}
	_, err = p.Room.TakeDecision(r.Context(), by, council.DecideForm{Item: item, Version: f.Version, Result: council.ItemStatus(f.Result),
		Chosen: f.Chosen, Text: f.Text, Conditions: f.Conditions, Actions: actions, Keep: f.Keep,
		Answers: portfolio.Answers{Segments: f.Segments, Motive: f.Motive, Lang: v.Lang, Basis: lines(f.Basis), Effective: f.Effective, BudgetLine: f.BudgetLine}})
	return err
}

func lines(text string) []string {
	var out []string
	for _, l := range strings.Split(text, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}
