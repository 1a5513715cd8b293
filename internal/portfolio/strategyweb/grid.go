package strategyweb

import (
	"net/http"
	"strconv"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/web"
)

// gridView is the page of an edition of the reading grid.
type gridView struct {
	frame
	strategy.Reading
	Editions    []strategy.Grid
	Annotations []strategy.Annotation
	Placed      []strategy.Placement
	Titles      map[id.ID]portfolio.Named // of the placed initiatives
	Account     bool                      // the visitor is somebody and may annotate
	Dilemmas    []strategy.Dilemma
}

func (p *Pages) currentGrid(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(r)
	g, found, err := p.latest(r, f)
	if err != nil {
		return err
	}
	if !found {
		return web.Render(w, r, noGridPage(f))
	}
	return web.See(w, r, web.From(r).URL("strategy.grid.edition", g.Edition))
}

// latest is the latest published edition.
func (p *Pages) latest(r *http.Request, f frame) (strategy.Grid, bool, error) {
	all, err := p.Room.Grids(r.Context(), f.Visitor)
	for _, g := range all {
		if g.Frozen() {
			return g, true, err
		}
	}
	return strategy.Grid{}, false, err
}

func (p *Pages) gridOf(r *http.Request) (gridView, error) {
	view := gridView{frame: p.frame(r), Titles: map[id.ID]portfolio.Named{}}
	view.Account = view.Visitor.Account != ""
	edition, err := strconv.Atoi(r.PathValue("edition"))
	if err != nil {
		return view, fault.New(fault.NotFound, "strategy.grid.not_found")
	}
	if view.Reading, err = p.Room.Reading(r.Context(), view.Visitor, edition); err != nil {
		return view, err
	}
	if view.Editions, err = p.Room.Grids(r.Context(), view.Visitor); err != nil {
		return view, err
	}
	if view.Annotations, err = p.Room.Annotations(r.Context(), view.ID); err != nil {
		return view, err
	}
	if view.Dilemmas, err = p.Room.Dilemmas(r.Context()); err != nil {
		return view, err
	}
	return view, p.placed(r, &view)
}

// placed reads what stands in the edition, and its names.
func (p *Pages) placed(r *http.Request, view *gridView) (err error) {
	if view.Placed, err = p.Room.PlacedInitiatives(r.Context(), view.Visitor, view.ID); err != nil {
		return err
	}
	var which, posts []id.ID
	for _, pl := range view.Placed {
		which = append(which, pl.Subject.ID)
	}
	named, err := p.Portfolio.Named(r.Context(), view.Visitor, which)
	if err != nil {
		return err
	}
	for _, n := range named {
		view.Titles[n.ID] = n
	}
	for _, a := range view.Annotations {
		posts = append(posts, a.Post, a.AnsweredBy)
	}
	return p.name(r, &view.frame, posts, nil)
}

type annotateForm struct {
	Criterion string          `form:"criterion,max=40"`
	Kind      strategy.Remark `form:"kind,max=20"`
	Body      string          `form:"body,max=4000"`
	As        strategy.Voice  `form:"voice,max=20"`
	Name      string          `form:"name,max=200"`
}

func (p *Pages) grid(w http.ResponseWriter, r *http.Request) error {
	view, err := p.gridOf(r)
	if err != nil {
		return err
	}
	if r.Method == http.MethodGet {
		return web.Render(w, r, gridPage(view))
	}
	to := web.From(r).URL("strategy.grid.edition", view.Edition) + "#annotations"
	return perform(w, r, map[string]deed{"annotate": decoded(func(r *http.Request, by act.Actor, _ string, f annotateForm) error {
		_, err := p.Room.Annotate(r.Context(), view.Visitor, by, strategy.Annotate{Edition: view.Edition, Criterion: f.Criterion, Kind: f.Kind, Body: f.Body,
			Lang: view.Lang, As: f.As, Name: f.Name})
		return err
	})}, gridPage(view), &to)
}

// placedOn counts the initiatives on each level of a criterion.
func (g gridView) placedOn(criterion, level string) (out []portfolio.Named) {
	for _, pl := range g.Placed {
		if n, known := g.Titles[pl.Subject.ID]; known && pl.Criterion == criterion && pl.Level == level {
			out = append(out, n)
		}
	}
	return out
}

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

func (p *Pages) gridDeeds(view gridView, to *string) map[string]deed {
	return map[string]deed{
		"grid": decoded(func(r *http.Request, by act.Actor, _ string, f gridForm) error {
			_, err := p.Room.WriteGrid(r.Context(), by, strategy.WriteGrid{ID: view.ID, Version: f.Version, Title: strategy.Words{FR: f.Title, EN: f.TitleEN},
				Intro: strategy.Words{FR: f.Intro, EN: f.IntroEN}, Changes: strategy.Words{FR: f.Changes, EN: f.ChangesEN}})
			return err
		}),
		"criterion": decoded(func(r *http.Request, by act.Actor, criterion string, f criterionForm) error {
			_, err := p.Room.SetCriterion(r.Context(), by, strategy.SetCriterion{Grid: view.ID, ID: id.ID(criterion), Version: f.Version, Code: f.Code, Rank: f.Rank,
				Name: strategy.Words{FR: f.Name, EN: f.NameEN}, Question: strategy.Words{FR: f.Question, EN: f.QuestionEN}, Dilemma: f.Dilemma, Levels: f.levels()})
			return err
		}),
		"remove-criterion": decoded(func(r *http.Request, by act.Actor, criterion string, f versionForm) error {
			return p.Room.RemoveCriterion(r.Context(), by, id.ID(criterion), f.Version)
		}),
		"publish-grid": decoded(func(r *http.Request, by act.Actor, _ string, f versionForm) error {
			g, err := p.Room.PublishGrid(r.Context(), by, view.ID, f.Version)
			*to = web.From(r).URL("strategy.grid.edition", g.Edition)
			return err
		}),
	}
}

type moderationView struct {
	frame
	Waiting []strategy.Annotation
}

type moderateForm struct {
	Version int64  `form:"version"`
	Why     string `form:"why,max=8000"`
	Answer  string `form:"answer,max=8000"`
}

// moderation is where annotations are shown, refused and answered.
func (p *Pages) moderation(w http.ResponseWriter, r *http.Request) error {
	view := moderationView{frame: p.frame(r)}
	var err error
	if view.Waiting, err = p.Room.ToModerate(r.Context(), view.Visitor); err != nil {
		return err
	}
	var posts []id.ID
	for _, a := range view.Waiting {
		posts = append(posts, a.Post)
	}
	if err := p.name(r, &view.frame, posts, nil); err != nil {
		return err
	}
	if r.Method == http.MethodGet {
		return web.Render(w, r, moderationPage(view))
	}
	to := web.From(r).URL("strategy.grid.annotations")
	return perform(w, r, p.moderationDeeds(view.Lang), moderationPage(view), &to)
}

func (p *Pages) moderationDeeds(lang string) map[string]deed {
	moderate := func(to strategy.Moderation) deed {
		return decoded(func(r *http.Request, by act.Actor, annotation string, f moderateForm) error {
			return p.Room.Moderate(r.Context(), by, id.ID(annotation), f.Version, to, f.Why, lang)
		})
	}
	return map[string]deed{
		"show":   moderate(strategy.Shown),
		"refuse": moderate(strategy.Refused),
		"answer": decoded(func(r *http.Request, by act.Actor, annotation string, f moderateForm) error {
			return p.Room.AnswerAnnotation(r.Context(), by, id.ID(annotation), f.Version, f.Answer, lang)
		}),
	}
}

// placementView is where one initiative stands in the grid.
type placementView struct {
	frame
	Project  portfolio.Sheet
	Grid     strategy.Reading
	InForce  bool
	Standing map[string]strategy.Placement // by criterion, in the edition in force
	Earlier  []strategy.Placement          // replaced, or in other editions
	Editions map[id.ID]strategy.Reading
}

func (p *Pages) placementOf(r *http.Request) (view placementView, err error) {
	view = placementView{frame: p.frame(r), Standing: map[string]strategy.Placement{}, Editions: map[id.ID]strategy.Reading{}}
	if view.Project, err = p.Portfolio.Sheet(r.Context(), view.Visitor, r.PathValue("number")); err != nil {
		return view, err
	}
	g, found, err := p.latest(r, view.frame)
	if err != nil || !found {
		return view, err
	}
	view.InForce = true
	if view.Grid, err = p.Room.Reading(r.Context(), view.Visitor, g.Edition); err != nil {
		return view, err
	}
	return view, p.standing(r, &view)
}

func (p *Pages) standing(r *http.Request, view *placementView) error {
	list, err := p.Room.Placements(r.Context(), view.Project.Ref())
	if err != nil {
		return err
	}
	var posts []id.ID
	for _, pl := range list {
		posts = append(posts, pl.Post)
		if pl.Grid == view.Grid.ID && pl.ReplacedOn == "" {
			view.Standing[pl.Criterion] = pl
		} else {
			view.Earlier = append(view.Earlier, pl)
		}
	}
	editions, err := p.Room.Grids(r.Context(), view.Visitor)
	if err != nil {
		return err
	}
	for _, e := range editions {
		if view.Editions[e.ID], err = p.Room.Reading(r.Context(), view.Visitor, e.Edition); err != nil {
			return err
		}
	}
	return p.name(r, &view.frame, posts, nil)
}

type placeForm struct {
	Level  string `form:"level,max=40"`
	Reason string `form:"reason,max=8000"`
	Seen   id.ID  `form:"seen,max=64"`
}

func (p *Pages) placement(w http.ResponseWriter, r *http.Request) error {
	view, err := p.placementOf(r)
	if err != nil {
		return err
	}
	if r.Method == http.MethodGet {
		return web.Render(w, r, placementPage(view))
	}
	to := web.From(r).URL("strategy.placement", view.Project.Number)
	return perform(w, r, map[string]deed{"place": decoded(func(r *http.Request, by act.Actor, criterion string, f placeForm) error {
		_, err := p.Room.Place(r.Context(), by, strategy.Place{Subject: view.Project.Ref(), Criterion: criterion, Level: f.Level, Reason: f.Reason, Lang: view.Lang, Seen: f.Seen})
		return err
	})}, placementPage(view), &to)
}
