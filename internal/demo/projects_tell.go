package demo

import (
	"parvis/internal/calendar"
	"parvis/internal/portfolio"
)

// ways are the stages that lead to each stage of a project of the wall.
var ways = map[portfolio.Stage][]portfolio.Stage{
	portfolio.Signalled:    nil,
	portfolio.Qualified:    {portfolio.Qualified},
	portfolio.Investigated: {portfolio.Qualified, portfolio.Investigated},
	portfolio.Tested:       {portfolio.Qualified, portfolio.Investigated, portfolio.Tested},
	portfolio.Iterating:    {portfolio.Qualified, portfolio.Investigated, portfolio.Tested, portfolio.Iterating},
	portfolio.Scaling:      {portfolio.Qualified, portfolio.Investigated, portfolio.Tested, portfolio.Scaling},
	portfolio.Operating:    {portfolio.Qualified, portfolio.Investigated, portfolio.Tested, portfolio.Scaling, portfolio.Operating},
	portfolio.Retired:      {portfolio.Qualified, portfolio.Investigated, portfolio.Tested, portfolio.Scaling, portfolio.Operating, portfolio.Retired},
}

// heads are the posts that answer for each directorate.
var heads = map[string]string{"DFA": "FINANCES"}

func head(unit string) string {
	if post, other := heads[unit]; other {
		return post
	}
	return "DIR-" + unit
}

// projectScenes signals each project on its day, lets the units answer within weeks, and moves it a
// stage at a time, two months apart, never beyond the day on which the story stops.
func projectScenes() []scene {
	var scenes []scene
	for _, p := range projects {
		day := calendar.Day(p.day)
		scenes = append(scenes,
			scene{p.day + " 10:00", p.key, func(t *teller) error { return t.signal(p) }},
			scene{string(day.AddDays(7)) + " 10:30", p.key + " parts", func(t *teller) error { return t.offerParts(p) }},
			scene{string(day.AddDays(21)) + " 15:00", p.key + " answers", func(t *teller) error { return t.answerParts(p) }})
		for n, stage := range ways[p.stage] {
			at := min(day.AddDays(30+60*n), Today.AddDays(n-20))
			scenes = append(scenes, scene{string(at) + " 09:15", p.key + " " + string(stage), func(t *teller) error {
				return t.advance(p.key, "CHEF-MVI", stage)
			}})
		}
		if p.public {
			scenes = append(scenes, scene{string(day.AddDays(28)) + " 17:00", p.key + " published", func(t *teller) error {
				return t.publish(p.key, "CHEF-MVI")
			}})
		}
	}
	return scenes
}

func (t *teller) signal(p project) error {
	brief := portfolio.Brief{Title: p.title, Problem: p.problem, Lang: "fr", Origin: p.origin, Matter: p.matter,
		Places: p.places, Initials: p.initials, Tags: p.tags}
	if p.lat != 0 {
		brief.Point = &portfolio.Point{Lat: p.lat, Lon: p.lon}
	}
	i, err := t.Portfolio.SignalInitiative(t.ctx, t.as("CHEF-MVI"), portfolio.Signal{Brief: brief,
		Sponsors: t.postIDs(p.sponsors...), Owners: t.postIDs(p.owner)})
	t.initiatives[p.key] = i
	return err
}

func (t *teller) offerParts(p project) error {
	for n, part := range p.parts {
		role := portfolio.Contribute
		if n == 0 {
			role = portfolio.Lead
		}
		if err := t.offer(p.key, "CHEF-MVI", offer{part[1:], role, efforts[role]}); err != nil {
			return err
		}
	}
	return nil
}

var efforts = map[portfolio.PartRole]string{
	portfolio.Lead:       "Conduire le projet et en répondre",
	portfolio.Contribute: "Un référent, une demi-journée par semaine",
}

var replies = map[byte]struct {
	kind portfolio.AnswerKind
	text string
}{
	'+': {portfolio.Accept, ""},
	'~': {portfolio.Counter, "D’accord pour un essai sur un seul secteur, avec un bilan avant d’aller plus loin."},
	'-': {portfolio.Decline, "Ce n’est pas notre besoin : l’entretien coûterait plus que le service rendu."},
}

func (t *teller) answerParts(p project) error {
	for _, part := range p.parts {
		reply, answered := replies[part[0]]
		if !answered {
			continue // silence
		}
		if err := t.answer(p.key, part[1:], head(part[1:]), reply.kind, reply.text); err != nil {
			return err
		}
	}
	return nil
}

// sheet reads a project as the head of the mission does.
func (t *teller) sheet(name string) (portfolio.Sheet, error) {
	return t.Portfolio.Sheet(t.ctx, t.insider(), string(t.initiatives[name].ID))
}
