package demo

import (
	"maps"
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/powers"
)

// organisationScenes tells the organigram day by day, each thing recorded on the day it happens.
func organisationScenes() []scene {
	days := map[string]bool{began: true}
	for _, u := range units {
		days[u.from] = true
	}
	for _, s := range seats {
		days[s.from] = true
		for _, h := range s.held {
			days[h.from] = true
			if h.to != "" {
				days[h.to] = true
			}
		}
	}
	var scenes []scene
	for _, day := range slices.Sorted(maps.Keys(days)) {
		hour := " 08:00"
		if day == began {
			hour = " 07:00" // the foundation comes before anything else
		}
		scenes = append(scenes, scene{day + hour, "organisation", func(t *teller) error { return t.organise(calendar.Day(day)) }})
	}
	return scenes
}

// organise records what begins and ends on a day, as the founder on the first and for the secretary
// general afterwards.
func (t *teller) organise(day calendar.Day) error {
	by := t.Founder
	if day != began {
		by = t.as("SGV")
	}
	return t.do(by, func(tx *act.Tx) error {
		if day == began {
			if err := t.found(tx); err != nil {
				return err
			}
		}
		for _, step := range []func(*act.Tx, calendar.Day) error{t.endHoldings, t.createUnits, t.createPosts, t.appoint} {
			if err := step(tx, day); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *teller) found(tx *act.Tx) (err error) {
	life := calendar.Since(began)
	t.bodies["VALMONT"], err = powers.FoundBody(tx, powers.NewBody{Kind: "commune", Code: "VALMONT",
		Name: "Ville de Valmont", NameEN: "City of Valmont", Period: life})
	if err != nil {
		return err
	}
	t.bodies["METROPOLE"], err = powers.FoundBody(tx, powers.NewBody{Kind: "metropole", Code: "METROPOLE",
		Name: "Métropole du Val", NameEN: "Val Metropolitan Authority", Period: life})
	if err != nil {
		return err
	}
	for matter, body := range competences {
		if err := powers.AssignCompetence(tx, matter, t.bodies[body], began, "Statuts de la métropole"); err != nil {
			return err
		}
	}
	return nil
}

func (t *teller) endHoldings(tx *act.Tx, day calendar.Day) error {
	for _, s := range seats {
		for _, h := range s.held {
			if calendar.Day(h.to) == day && unitOf(s.unit).to != h.to { // an end known from the start needs no other
				if err := powers.EndHolding(tx, t.holders[s.code], day, ""); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (t *teller) createUnits(tx *act.Tx, day calendar.Day) error {
	for _, u := range units {
		if calendar.Day(u.from) != day {
			continue
		}
		created, err := powers.CreateUnit(tx, powers.NewUnit{Body: t.bodies["VALMONT"], Kind: u.kind, Code: u.code,
			Name: u.name, NameEN: u.en, Short: u.code, Parent: t.units[u.above], Period: u.period()})
		if err != nil {
			return err
		}
		t.units[u.code] = created
	}
	return nil
}

// period is the life of the unit. An end known from the start (a service created for a time) is
// recorded with it.
func (u unit) period() calendar.Period {
	p := calendar.Since(calendar.Day(u.from))
	if u.to != "" {
		p.To = calendar.Day(u.to)
	}
	return p
}

func (t *teller) createPosts(tx *act.Tx, day calendar.Day) error {
	for _, s := range seats {
		if calendar.Day(s.from) != day {
			continue
		}
		period := calendar.Since(day)
		if end := unitOf(s.unit).to; end != "" {
			period.To = calendar.Day(end)
		}
		post, err := powers.CreatePost(tx, powers.NewPost{Unit: t.units[s.unit], Code: s.code, Title: s.title, TitleEN: s.en,
			Layer: s.layer, Head: s.head, Named: s.layer == "elu" || s.layer == "haut_fonctionnaire", Period: period})
		if err != nil {
			return err
		}
		t.posts[s.code] = post
	}
	return nil
}

func unitOf(code string) unit {
	return units[slices.IndexFunc(units, func(u unit) bool { return u.code == code })]
}

func (t *teller) appoint(tx *act.Tx, day calendar.Day) error {
	for _, s := range seats {
		for _, h := range s.held {
			if calendar.Day(h.from) != day {
				continue
			}
			if err := t.appointOne(tx, s, h); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *teller) appointOne(tx *act.Tx, s seat, h holding) error {
	if _, known := t.people[h.who]; !known {
		given, family, _ := strings.Cut(h.who, " ")
		person, err := powers.AddPerson(tx, powers.NewPerson{Given: given, Family: family, Source: "démonstration"})
		if err != nil {
			return err
		}
		t.people[h.who] = person
	}
	period := calendar.Since(calendar.Day(h.from))
	if end := unitOf(s.unit).to; end != "" {
		period.To = calendar.Day(end)
	}
	holder, err := powers.Appoint(tx, powers.Appointment{Post: t.posts[s.code], Person: t.people[h.who], Period: period})
	t.holders[s.code] = holder
	return err
}
