package demo

import (
	"strings"
	"time"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/strategy"
)

// aims is what the story has named of the strategy so far.
type aims struct {
	strategies map[string]strategy.Strategy
	objectives map[string]id.ID // by code
	indicators map[string]strategy.Indicator
	dilemmas   map[string]id.ID
	measures   map[string]id.ID // by indicator and period
	accounts   map[string]id.ID // by address
}

func newAims() aims {
	return aims{map[string]strategy.Strategy{}, map[string]id.ID{}, map[string]strategy.Indicator{}, map[string]id.ID{}, map[string]id.ID{}, map[string]id.ID{}}
}

// strategyScenes tells three strategies that follow each other, what was measured, the positions taken,
// and two editions of the reading grid.
func strategyScenes() []scene {
	var scenes []scene
	for _, p := range plans {
		scenes = append(scenes, scene{p.written, "strategy " + p.key, func(t *teller) error { return t.writePlan(p) }},
			scene{p.adopted, "strategy " + p.key + " adopted", func(t *teller) error { return t.adoptPlan(p) }})
	}
	for _, i := range indicators {
		scenes = append(scenes, i.scenes()...)
	}
	scenes = append(scenes, scene{"2014-09-29 10:00", "dilemmas", tellDilemmas})
	for _, p := range positions {
		scenes = append(scenes, scene{p.at, "position " + p.dilemma, func(t *teller) error { return t.take(p) }})
	}
	return append(scenes,
		scene{"2015-03-02 10:00", "grid 1", tellFirstGrid},
		scene{"2015-09-14 10:00", "readings 2015", func(t *teller) error { return t.place(readings2015) }},
		scene{"2017-10-16 16:00", "a directorate contests", tellContest},
		scene{"2017-11-20 10:00", "grid 2", tellSecondGrid},
		scene{"2018-02-20 10:00", "contributions", tellContributions},
		scene{"2018-02-21 10:00", "readings 2018", func(t *teller) error { return t.place(readings2018) }},
		scene{"2018-03-10 18:00", "residents annotate", tellResidents},
		scene{"2018-03-11 10:00", "an answer", tellAnswer})
}

func (t *teller) writePlan(p plan) error {
	s, err := t.Strategy.Write(t.ctx, t.as(p.by), strategy.Write{Title: p.title, Purpose: p.purpose, Kind: p.kind, From: p.from, Last: p.last,
		Replaces: t.aims.strategies[p.replaces].ID, ReplacesWhy: p.why, Lang: "fr"})
	if err != nil {
		return err
	}
	t.aims.strategies[p.key] = s
	nodes := map[string]id.ID{}
	for rank, a := range p.aims {
		n, err := t.Strategy.SetNode(t.ctx, t.as(p.by), strategy.SetNode{Strategy: s.ID, Parent: nodes[a.parent], Code: a.code, Title: a.title, Kind: a.kind,
			Weight: a.weight, Rank: rank + 1})
		if err != nil {
			return err
		}
		nodes[a.code], t.aims.objectives[a.code] = n.ID, n.Objective
		t.Clock.Advance(time.Minute)
	}
	return nil
}

func (t *teller) adoptPlan(p plan) error {
	s := t.aims.strategies[p.key]
	adopted, err := t.Strategy.Adopt(t.ctx, t.as("MAIRE"), strategy.Adopt{Strategy: s.ID, Version: s.Version, Answers: portfolio.Answers{
		Segments: []string{"residents", "agents"}, Motive: p.motive, Lang: "fr", Basis: []string{p.instrument}, Procedure: "deliberation", Instrument: p.instrument}})
	if err != nil {
		return err
	}
	t.aims.strategies[p.key] = adopted
	if err := t.Strategy.Publish(t.ctx, t.as(p.by), adopted.ID, adopted.Version); err != nil {
		return err
	}
	return t.attachPlan(p.by, adopted)
}

// scenes makes the indicator on its day, and records each measure on its own.
func (c counted) scenes() []scene {
	scenes := []scene{{c.made, "indicator " + c.key, func(t *teller) error { return t.count(c) }}}
	for _, m := range c.measures {
		first, corrected, wrong := strings.Cut(m[2], ">")
		scenes = append(scenes, scene{m[0] + " 11:30", "measure " + c.key + " " + m[1], func(t *teller) error { return t.measure(c, m[1], first) }})
		if wrong {
			later := string(calendar.Day(m[0]).AddDays(28))
			scenes = append(scenes, scene{later + " 11:30", "correction " + c.key + " " + m[1], func(t *teller) error { return t.correct(c, m[1], corrected) }})
		}
	}
	if c.series != "" {
		scenes = append(scenes, scene{c.imported, "series " + c.key, func(t *teller) error { return t.bring(c) }})
	}
	return scenes
}

func (t *teller) count(c counted) error {
	i, err := t.Strategy.SetIndicator(t.ctx, t.as(c.by), strategy.SetIndicator{Objective: t.aims.objectives[c.objective], Title: c.title, Unit: c.unit, Direction: c.direction,
		Baseline: strategy.Quantity(c.baseline), BaselineAt: calendar.Fuzzy(c.at), Low: strategy.Quantity(c.low), High: strategy.Quantity(c.high), Method: c.method,
		Source: c.source, Frequency: c.frequency, Owner: t.units[c.owner], Codes: c.codes, Lang: "fr"})
	if err != nil {
		return err
	}
	if err := t.Strategy.PublishIndicator(t.ctx, t.as(c.by), i.ID, i.Version); err != nil {
		return err
	}
	t.aims.indicators[c.key] = i
	for _, target := range c.targets {
		if _, err := t.Strategy.SetTarget(t.ctx, t.as(c.by), i.ID, calendar.Day(target[0]), strategy.Quantity(target[1])); err != nil {
			return err
		}
	}
	return nil
}

func (t *teller) measure(c counted, period, value string) error {
	m, err := t.Strategy.RecordMeasure(t.ctx, t.as(c.by), strategy.Record{Indicator: t.aims.indicators[c.key].ID, Period: calendar.Fuzzy(period),
		Value: strategy.Quantity(value), Lang: "fr"})
	t.aims.measures[c.key+period] = m.ID
	return err
}

func (t *teller) correct(c counted, period, value string) error {
	_, err := t.Strategy.RecordMeasure(t.ctx, t.as(c.by), strategy.Record{Indicator: t.aims.indicators[c.key].ID, Corrects: t.aims.measures[c.key+period],
		Period: calendar.Fuzzy(period), Value: strategy.Quantity(value), Note: "Deux factures de décembre manquaient.", Lang: "fr"})
	return err
}

func (t *teller) bring(c counted) error {
	p, err := t.Strategy.StageSeries(t.ctx, t.insider(), t.aims.indicators[c.key].ID, strings.NewReader(c.series))
	if err != nil {
		return err
	}
	_, err = t.Strategy.ImportSeries(t.ctx, t.insider(), t.as(c.by), strategy.Import{Series: p.ID})
	return err
}

func tellDilemmas(t *teller) error {
	if err := t.Strategy.SetUsualDilemmas(t.ctx, t.as("CHEF-MVI")); err != nil {
		return err
	}
	all, err := t.Strategy.Dilemmas(t.ctx)
	for _, d := range all {
		t.aims.dilemmas[d.Code] = d.ID
	}
	return err
}

func (t *teller) take(p taken) error {
	_, err := t.Strategy.TakePosition(t.ctx, t.as("MAIRE"), strategy.Take{Dilemma: t.aims.dilemmas[p.dilemma], Lean: p.lean, Answers: portfolio.Answers{
		Segments: []string{"residents", "agents"}, Motive: p.motive, Lang: "fr", Basis: []string{p.instrument}, Procedure: "deliberation", Instrument: p.instrument}})
	return err
}

func tellFirstGrid(t *teller) error {
	g, err := t.Strategy.WriteGrid(t.ctx, t.as("CHEF-MVI"), strategy.WriteGrid{
		Title: strategy.Words{FR: "Le référentiel de Valmont", EN: "The reading grid of Valmont"},
		Intro: strategy.Words{FR: "Quatre questions posées à chaque projet, quel que soit celui qui l’apporte. Il n’y a pas de bonne réponse : il y a une réponse dite, datée et signée d’une fonction.",
			EN: "Four questions put to every project, whoever brings it. There is no right answer: there is an answer given, dated and signed by a post."}})
	if err != nil {
		return err
	}
	for _, k := range grid {
		k.Grid = g.ID
		if _, err := t.Strategy.SetCriterion(t.ctx, t.as("CHEF-MVI"), k); err != nil {
			return err
		}
	}
	_, err = t.Strategy.PublishGrid(t.ctx, t.as("CHEF-MVI"), g.ID, g.Version)
	return err
}

// tellContest: the parks directorate says that the grid forgets what machines cost; the next edition hears it.
func tellContest(t *teller) error {
	a, err := t.Strategy.Annotate(t.ctx, t.insider(), t.as("DIR-DEV"), strategy.Annotate{Edition: 1, Kind: strategy.Contest, Lang: "fr",
		Body: "La grille ne demande jamais si l’on pouvait se passer d’une machine. Chaque capteur posé dans un massif est un capteur à changer dans cinq ans."})
	if err != nil {
		return err
	}
	if err := t.Strategy.Moderate(t.ctx, t.as("CHEF-MVI"), a.ID, a.Version, strategy.Shown, "", "fr"); err != nil {
		return err
	}
	t.Clock.Advance(time.Hour)
	return t.Strategy.AnswerAnnotation(t.ctx, t.as("CHEF-MVI"), a.ID, a.Version+1, "C’est juste. La deuxième édition ajoutera un critère de sobriété.", "fr")
}

func tellSecondGrid(t *teller) error {
	g, err := t.Strategy.WriteGrid(t.ctx, t.as("CHEF-MVI"), strategy.WriteGrid{
		Title:   strategy.Words{FR: "Le référentiel de Valmont", EN: "The reading grid of Valmont"},
		Intro:   strategy.Words{FR: "Cinq questions posées à chaque projet, quel que soit celui qui l’apporte.", EN: "Five questions put to every project, whoever brings it."},
		Changes: strategy.Words{FR: "Un critère de sobriété, à la demande de la direction des espaces verts.", EN: "A criterion of sobriety, asked for by the parks directorate."}})
	if err != nil {
		return err
	}
	added := sobriety
	added.Grid = g.ID
	if _, err := t.Strategy.SetCriterion(t.ctx, t.as("CHEF-MVI"), added); err != nil {
		return err
	}
	_, err = t.Strategy.PublishGrid(t.ctx, t.as("CHEF-MVI"), g.ID, g.Version)
	return err
}

func (t *teller) place(list []reading) error {
	for _, r := range list {
		_, err := t.Strategy.Place(t.ctx, t.as("CM-ENV"), strategy.Place{Subject: t.initiatives[r.initiative].Ref(), Criterion: r.criterion, Level: r.level, Reason: r.reason, Lang: "fr"})
		if err != nil {
			return err
		}
		t.Clock.Advance(time.Minute)
	}
	return nil
}

func tellContributions(t *teller) error {
	for _, b := range contributions {
		_, err := t.Strategy.ClaimContribution(t.ctx, t.as("CHEF-MVI"), strategy.Claim{Initiative: t.initiatives[b.initiative].ID, Objective: t.aims.objectives[b.objective],
			Indicator: t.aims.indicators[b.indicator].ID, Amount: strategy.Quantity(b.amount), Claim: b.claim, Evidence: b.evidence, Lang: "fr"})
		if err != nil {
			return err
		}
		t.Clock.Advance(time.Minute)
	}
	return nil
}

// tellResidents: one annotation is answered the day after, the other waits for whoever moderates.
func tellResidents(t *teller) error {
	resident := act.Actor{Kind: act.Resident, Account: t.aims.accounts["habitante@valmont.example"], Channel: "web"}
	for _, a := range []strategy.Annotate{
		{Criterion: "donnees", Kind: strategy.Question, Body: "« Des comptes, jamais une personne » : qui vérifie que les images sont bien effacées ?", As: strategy.AsResident},
		{Criterion: "apres", Kind: strategy.Contest, Body: "« On ne sait pas » ne devrait pas être une réponse possible pour un projet déjà public.", As: strategy.AsAssociation, Name: "Les Halles vivantes"},
	} {
		a.Edition, a.Lang = 2, "fr"
		if _, err := t.Strategy.Annotate(t.ctx, t.insider(), resident, a); err != nil {
			return err
		}
		t.Clock.Advance(time.Hour)
	}
	return nil
}

func tellAnswer(t *teller) error {
	waiting, err := t.Strategy.ToModerate(t.ctx, t.insider())
	if err != nil || len(waiting) == 0 {
		return err
	}
	a := waiting[0]
	if err := t.Strategy.Moderate(t.ctx, t.as("CHEF-MVI"), a.ID, a.Version, strategy.Shown, "", "fr"); err != nil {
		return err
	}
	t.Clock.Advance(time.Hour)
	return t.Strategy.AnswerAnnotation(t.ctx, t.as("CHEF-MVI"), a.ID, a.Version+1, "Personne encore, en dehors de la Ville. Nous proposons que le délégué à la protection des données le fasse chaque année et le publie.", "fr")
}
