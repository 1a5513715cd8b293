package strategyweb

import (
	"net/http"
	"strconv"
	"strings"

	"parvis/internal/act"
	"parvis/internal/id"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/web"
)

type gridForm struct {
	Version   int64  `form:"version"`
	Title     string `form:"title,max=200"`
	TitleEN   string `form:"title_en,max=200"`
	Intro     string `form:"intro,max=8000"`
	IntroEN   string `form:"intro_en,max=8000"`
	Changes   string `form:"changes,max=8000"`
	ChangesEN string `form:"changes_en,max=8000"`
}

type criterionForm struct {
	Version    int64  `form:"version"`
	Code       string `form:"code,max=40"`
	Rank       int    `form:"rank"`
	Name       string `form:"name,max=200"`
	NameEN     string `form:"name_en,max=200"`
	Question   string `form:"question,max=8000"`
	QuestionEN string `form:"question_en,max=8000"`
	Dilemma    string `form:"dilemma,max=40"`
	Levels     string `form:"levels,max=2000"`    // one per line
	LevelsEN   string `form:"levels_en,max=2000"` // in the same order
	Leans      string `form:"leans,max=200"`      // "-1 0 1"
}

// levels reads the lines of the levels; a line that leans is followed by its direction.
func (f criterionForm) levels() []strategy.Level {
	english, leans := lines(f.LevelsEN), strings.Fields(f.Leans)
	var out []strategy.Level
	for n, text := range lines(f.Levels) {
		l := strategy.Level{Label: strategy.Words{FR: text}}
		if n < len(english) {
			l.Label.EN = english[n]
		}
		if n < len(leans) {
			l.Lean, _ = strconv.Atoi(leans[n]) // what is no number leans nowhere
		}
		out = append(out, l)
	}
	return out
}

// workshop is where the next edition is written.
func (p *Pages) workshop(w http.ResponseWriter, r *http.Request) error {
	view := gridView{frame: p.frame(r)}
	var err error
	if view.Editions, err = p.Room.Grids(r.Context(), view.Visitor); err != nil {
		return err
	}
	if view.Dilemmas, err = p.Room.Dilemmas(r.Context()); err != nil {
		return err
	}
	if len(view.Editions) > 0 && !view.Editions[0].Frozen() {
		if view.Reading, err = p.Room.Reading(r.Context(), view.Visitor, view.Editions[0].Edition); err != nil {
			return err
		}
	}
	if r.Method == http.MethodGet {
		return web.Render(w, r, workshopPage(view))
	}
	to := web.From(r).URL("strategy.grid.write")
	return perform(w, r, p.gridDeeds(view, &to), workshopPage(view), &to)
}

func (p *Pages) gridDeeds(view gridView, to *string) map[string]web.Deed {
	return map[string]web.Deed{
		"grid": web.Decoded(func(r *http.Request, by act.Actor, _ string, f gridForm) error {
			_, err := p.Room.WriteGrid(r.Context(), by, strategy.WriteGrid{ID: view.ID, Version: f.Version, Title: strategy.Words{FR: f.Title, EN: f.TitleEN},
				Intro: strategy.Words{FR: f.Intro, EN: f.IntroEN}, Changes: strategy.Words{FR: f.Changes, EN: f.ChangesEN}})
			return err
		}),
		"criterion": web.Decoded(func(r *http.Request, by act.Actor, criterion string, f criterionForm) error {
			_, err := p.Room.SetCriterion(r.Context(), by, strategy.SetCriterion{Grid: view.ID, ID: id.ID(criterion), Version: f.Version, Code: f.Code, Rank: f.Rank,
				Name: strategy.Words{FR: f.Name, EN: f.NameEN}, Question: strategy.Words{FR: f.Question, EN: f.QuestionEN}, Dilemma: f.Dilemma, Levels: f.levels()})
			return err
		}),
		"remove-criterion": web.Decoded(func(r *http.Request, by act.Actor, criterion string, f versionForm) error {
			return p.Room.RemoveCriterion(r.Context(), by, id.ID(criterion), f.Version)
		}),
		"publish-grid": web.Decoded(func(r *http.Request, by act.Actor, _ string, f versionForm) error {
			g, err := p.Room.PublishGrid(r.Context(), by, view.ID, f.Version)
			*to = web.From(r).URL("strategy.grid.edition", g.Edition)
			return err
		}),
	}
}
