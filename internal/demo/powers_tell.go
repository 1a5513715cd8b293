package demo

import (
	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/powers"
)

// profiles are the three ways in which Valmont has organised its mission.
var profiles = []struct{ name, at, legalAct, motive string }{
	{powers.LeadDirectorate, began + " 07:30", "Note de service 2013-01",
		"La ville numérique commence là où sont les compétences techniques : la direction des systèmes d’information."},
	{powers.MunicipalTeam, "2014-06-02 09:00", "Arrêté d’organisation 2014-61",
		"Aucune direction ne peut trancher seule ce qui en touche plusieurs : la mission est placée auprès du secrétariat général."},
	{powers.WithInvestment, "2018-01-08 09:00", "Délibération 2017-212",
		"Au-delà de 90 000 €, un comité d’investissement tranche sur pièces, pour décider plus vite et en public."},
}

func powersScenes() []scene {
	scenes := []scene{{began + " 07:15", "administrator", firstAdministrator}}
	for i, p := range profiles {
		scenes = append(scenes, scene{p.at, "profile " + p.name, func(t *teller) error { return t.installProfile(i) }})
	}
	for _, s := range silos {
		scenes = append(scenes, scene{s.from + " 08:30", "referent " + s.unit, func(t *teller) error {
			return t.do(t.as("SGV"), func(tx *act.Tx) error {
				return powers.SetReferent(tx, t.units[s.unit], powers.TopicElected, t.posts[s.post], calendar.Since(calendar.Day(s.from)))
			})
		}})
	}
	for _, d := range delegations {
		scenes = append(scenes, scene{d.recorded + " 11:00", "delegation " + d.arrete, func(t *teller) error { return t.delegate(d) }})
	}
	return scenes
}

func (t *teller) installProfile(i int) error {
	p, by := profiles[i], t.as("SGV")
	if i == 0 {
		by = t.Founder
	}
	return t.do(by, func(tx *act.Tx) error {
		_, err := powers.InstallProfile(tx, powers.Installation{Document: powers.Shipped(p.name), From: tx.Today(),
			LegalAct: p.legalAct, Motive: p.motive, Lang: "fr", Basis: []string{p.legalAct}})
		return err
	})
}

func (t *teller) delegate(d delegation) error {
	scope := powers.Scope{AmountMax: -1, Verbs: []string{"portfolio.*"}}
	if d.cents > 0 {
		scope.AmountMax = d.cents
	}
	if d.matter != "" {
		scope.Matters = []string{d.matter}
	}
	return t.do(t.as("MAIRE"), func(tx *act.Tx) error {
		_, err := powers.Delegate(tx, powers.NewDelegation{Giver: t.posts[d.from], Receiver: t.posts[d.to], Nature: d.nature,
			Scope: scope, Period: calendar.Since(calendar.Day(d.day)), LegalAct: d.arrete})
		return err
	})
}
