package strategyweb

import (
	"net/http"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/web"
)

// sheetView is the page of a strategy.
type sheetView struct {
	frame
	strategy.Sheet
	Others []strategy.Strategy // that this one may replace or be compared with
}

// current shows the strategy in force; without one, the latest that may be read.
func (p *Pages) current(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	s, found, err := p.Room.InForce(r.Context(), v.Visitor, p.Room.Today())
	if err != nil {
		return err
	}
	if !found {
		all, err := p.Room.Strategies(r.Context(), v.Visitor)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return web.Render(w, r, noStrategyPage(p.frame(r)))
		}
		s = all[0]
	}
	view, err := p.sheetOf(r, s.Number)
	if err != nil {
		return err
	}
	return web.Render(w, r, strategyPage(view))
}

func (p *Pages) sheetOf(r *http.Request, which string) (sheetView, error) {
	view := sheetView{frame: p.frame(r)}
	var err error
	if view.Sheet, err = p.Room.Sheet(r.Context(), view.Visitor, which); err != nil {
		return view, err
	}
	for _, s := range view.Succession {
		if s.ID != view.ID {
			view.Others = append(view.Others, s)
		}
	}
	view.Journal = p.journal(r, view.Ref())
	return view, p.name(r, &view.frame, []id.ID{view.AdoptedBy}, nil)
}

func (p *Pages) sheet(w http.ResponseWriter, r *http.Request) error {
	view, err := p.sheetOf(r, r.PathValue("number"))
	if err != nil {
		return err
	}
	if r.PathValue("number") != view.Number {
		return web.See(w, r, web.From(r).URL("strategy.sheet", view.Number))
	}
	return web.Render(w, r, strategyPage(view))
}

// former is the one that this strategy replaces, as far as it may be read.
func (s sheetView) former() (strategy.Strategy, bool) {
	for _, o := range s.Others {
		if o.ID == s.Replaces {
			return o, true
		}
	}
	return strategy.Strategy{}, false
}

type compareView struct {
	frame
	strategy.Compared
	All []strategy.Strategy
}

// compare shows what became of each objective; without a choice, between the two latest.
func (p *Pages) compare(w http.ResponseWriter, r *http.Request) error {
	view := compareView{frame: p.frame(r)}
	var err error
	if view.All, err = p.Room.Strategies(r.Context(), view.Visitor); err != nil {
		return err
	}
	from, to := r.FormValue("from"), r.FormValue("to")
	if from == "" && to == "" && len(view.All) > 1 {
		from, to = view.All[1].Number, view.All[0].Number
	}
	if from != "" && to != "" {
		if view.Compared, err = p.Room.Compare(r.Context(), view.Visitor, from, to); err != nil {
			return err
		}
	}
	return web.Render(w, r, comparePage(view))
}

type writeForm struct {
	Version     int64         `form:"version"`
	Title       string        `form:"title,max=200"`
	TitleEN     string        `form:"title_en,max=200"`
	Purpose     string        `form:"purpose,max=8000"`
	PurposeEN   string        `form:"purpose_en,max=8000"`
	Kind        strategy.Kind `form:"kind,max=40"`
	From        calendar.Day  `form:"from"`
	Last        calendar.Day  `form:"last"`
	Replaces    id.ID         `form:"replaces,max=64"`
	ReplacesWhy string        `form:"replaces_why,max=8000"`
}

func (f writeForm) write(r *http.Request, strategyID id.ID) strategy.Write {
	return strategy.Write{ID: strategyID, Version: f.Version, Title: strategy.Words{FR: f.Title, EN: f.TitleEN}, Purpose: strategy.Words{FR: f.Purpose, EN: f.PurposeEN},
		Kind: f.Kind, From: f.From, Last: f.Last, Replaces: f.Replaces, ReplacesWhy: f.ReplacesWhy, Lang: web.From(r).Lang}
}

func (p *Pages) newStrategy(w http.ResponseWriter, r *http.Request) error {
	view := sheetView{frame: p.frame(r)}
	var err error
	if view.Others, err = p.Room.Strategies(r.Context(), view.Visitor); err != nil {
		return err
	}
	if r.Method == http.MethodGet {
		return web.Render(w, r, newStrategyPage(view))
	}
	var to string
	return perform(w, r, map[string]web.Deed{"write": web.Decoded(func(r *http.Request, by act.Actor, _ string, f writeForm) error {
		s, err := p.Room.Write(r.Context(), by, f.write(r, ""))
		to = web.From(r).URL("strategy.edit", s.Number)
		return err
	})}, newStrategyPage(view), &to)
}

type nodeForm struct {
	Version int64             `form:"version"`
	Parent  id.ID             `form:"parent,max=64"`
	Code    string            `form:"code,max=40"`
	Title   string            `form:"title,max=200"`
	TitleEN string            `form:"title_en,max=200"`
	Kind    strategy.NodeKind `form:"kind,max=20"`
	Weight  string            `form:"weight,max=20"`
	Rank    int               `form:"rank"`
}

type versionForm struct {
	Version int64  `form:"version"`
	Why     string `form:"why,max=8000"`
}

func (p *Pages) editStrategy(w http.ResponseWriter, r *http.Request) error {
	view, err := p.sheetOf(r, r.PathValue("number"))
	if err != nil {
		return err
	}
	if r.Method == http.MethodGet {
		return web.Render(w, r, editStrategyPage(view))
	}
	to := web.From(r).URL("strategy.edit", view.Number)
	return perform(w, r, p.strategyDeeds(view.Strategy), editStrategyPage(view), &to)
}

// strategyDeeds are the forms of the page of a draft; what follows the dot is a node or a paper.
func (p *Pages) strategyDeeds(s strategy.Strategy) map[string]web.Deed {
	return map[string]web.Deed{
		"write": web.Decoded(func(r *http.Request, by act.Actor, _ string, f writeForm) error {
			_, err := p.Room.Write(r.Context(), by, f.write(r, s.ID))
			return err
		}),
		"node": web.Decoded(func(r *http.Request, by act.Actor, node string, f nodeForm) error {
			_, err := p.Room.SetNode(r.Context(), by, strategy.SetNode{Strategy: s.ID, ID: id.ID(node), Version: f.Version, Parent: f.Parent, Code: f.Code,
				Title: strategy.Words{FR: f.Title, EN: f.TitleEN}, Kind: f.Kind, Weight: f.Weight, Rank: f.Rank})
			return err
		}),
		"remove-node": web.Decoded(func(r *http.Request, by act.Actor, node string, f versionForm) error {
			return p.Room.RemoveNode(r.Context(), by, id.ID(node), f.Version)
		}),
		"paper": web.Decoded(func(r *http.Request, by act.Actor, _ string, f paperForm) error {
			return p.attachPaper(r, by, s, f)
		}),
		"publish-paper": func(r *http.Request, by act.Actor, paper string) error {
			return p.Room.PublishPaper(r.Context(), by, id.ID(paper))
		},
		"remove-paper": func(r *http.Request, by act.Actor, paper string) error {
			return p.Room.RemovePaper(r.Context(), by, id.ID(paper))
		},
		"publish": web.Decoded(func(r *http.Request, by act.Actor, _ string, f versionForm) error {
			return p.Room.Publish(r.Context(), by, s.ID, f.Version)
		}),
		"adopt": web.Decoded(func(r *http.Request, by act.Actor, _ string, f versionForm) error {
			answers, err := readAnswers(r)
			if err != nil {
				return err
			}
			_, err = p.Room.Adopt(r.Context(), by, strategy.Adopt{Strategy: s.ID, Version: f.Version, Answers: answers})
			return err
		}),
	}
}

// shownServing is how many of the initiatives that serve one objective are listed; the others are counted.
const shownServing = 50

type gapsView struct {
	frame
	strategy.Gaps
	Gauges []strategy.Gauge
}

type claimForm struct {
	Initiative string            `form:"initiative,max=40"`
	Objective  id.ID             `form:"objective,max=64"`
	Indicator  id.ID             `form:"indicator,max=64"`
	Claim      string            `form:"claim,max=8000"`
	Amount     strategy.Quantity `form:"amount,max=30"`
	Evidence   string            `form:"evidence,max=2000"`
	Why        string            `form:"why,max=8000"`
}

// gaps shows which initiatives serve what, and what does not meet; agents claim contributions there.
func (p *Pages) gaps(w http.ResponseWriter, r *http.Request) error {
	view := gapsView{frame: p.frame(r)}
	var err error
	if view.Gaps, err = p.Room.Gaps(r.Context(), view.Visitor); err != nil {
		return err
	}
	if view.Gauges, err = p.Room.Gauges(r.Context(), view.Visitor, view.Today); err != nil {
		return err
	}
	if r.Method == http.MethodGet {
		return web.Render(w, r, gapsPage(view))
	}
	to := web.From(r).URL("strategy.gaps")
	return perform(w, r, p.claimDeeds(), gapsPage(view), &to)
}

func (p *Pages) claimDeeds() map[string]web.Deed {
	return map[string]web.Deed{
		"claim": web.Decoded(func(r *http.Request, by act.Actor, _ string, f claimForm) error {
			named, err := p.Portfolio.Named(r.Context(), web.From(r).Visitor, []id.ID{id.ID(f.Initiative)})
			if err != nil {
				return err
			}
			if len(named) == 0 {
				return fault.New(fault.Invalid, "strategy.form").At("initiative", "strategy.unknown_initiative")
			}
			_, err = p.Room.ClaimContribution(r.Context(), by, strategy.Claim{Initiative: named[0].ID, Objective: f.Objective, Indicator: f.Indicator,
				Claim: f.Claim, Lang: web.From(r).Lang, Amount: f.Amount, Evidence: f.Evidence})
			return err
		}),
		"end-claim": web.Decoded(func(r *http.Request, by act.Actor, claim string, f claimForm) error {
			return p.Room.EndContribution(r.Context(), by, id.ID(claim), f.Why, web.From(r).Lang)
		}),
	}
}
