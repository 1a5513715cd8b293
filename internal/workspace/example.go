package workspace

import (
	"fmt"

	"parvis/internal/calendar"
	"parvis/internal/money"
)

// exampleDirectorates are the ten directorates of the example, with the deputy in charge of each and the
// matter of their work.
var exampleDirectorates = [][5]string{
	{"DPE", "Direction de la propreté et de l’eau", "ADJ-PROPRETE", "Adjointe chargée de la propreté", "proprete"},
	{"DVD", "Direction de la voirie et des déplacements", "ADJ-VOIRIE", "Adjoint chargé de la voirie", "voirie"},
	{"DSI", "Direction des systèmes d’information", "ADJ-NUM", "Adjointe chargée du numérique", "numerique"},
	{"DEVE", "Direction des espaces verts", "ADJ-VERT", "Adjoint chargé des espaces verts", "espaces-verts"},
	{"DASCO", "Direction des affaires scolaires", "ADJ-ECOLES", "Adjointe chargée des écoles", "scolaire"},
	{"DAC", "Direction des affaires culturelles", "ADJ-CULTURE", "Adjoint chargé de la culture", "culture"},
	{"DJS", "Direction de la jeunesse et des sports", "ADJ-SPORT", "Adjointe chargée des sports", "sport"},
	{"DLH", "Direction du logement et de l’habitat", "ADJ-LOGEMENT", "Adjoint chargé du logement", "logement"},
	{"DFA", "Direction des finances et des achats", "ADJ-FINANCES", "Adjointe chargée des finances", "finances"},
	{"DRH", "Direction des ressources humaines", "ADJ-RH", "Adjoint chargé du personnel", "personnel"},
}

// Invented names, as common as can be.
var (
	exampleGiven  = []string{"Camille", "Dominique", "Claude", "Alex", "Sacha", "Maxime", "Noa", "Lou", "Charlie", "Andréa", "Yaël", "Eden"}
	exampleFamily = []string{"Aubrac", "Belmas", "Corvisier", "Delaunoy", "Esteban", "Fontvieille", "Garancher", "Hautecloque", "Isambert",
		"Jourdeuil", "Kerbrat", "Lestrade", "Mauroy-Blin", "Nédellec", "Orsoni", "Perrichon", "Quesnoy", "Rochambel", "Sandrier", "Tavernost",
		"Urbain", "Vauzelles", "Wartel", "Yvonnet"}
)

const exampleSince calendar.Day = "2014-04-05"

func exampleLines() map[string][]line {
	return map[string][]line{sheetUnits: exampleUnits(), sheetElected: exampleElected(), sheetPosts: examplePosts(),
		sheetDelegations: exampleDelegations(), sheetProjects: exampleProjects()}
}

func exampleUnits() []line {
	units := []line{
		{"code": "EXEC", "name": "Le maire et ses adjoints", "kind": "exécutif", "from": exampleSince},
		{"code": "SG", "name": "Secrétariat général", "kind": "secrétariat général", "parent": "EXEC", "from": exampleSince},
		{"code": "MISSION", "name": "Mission ville intelligente", "kind": "mission", "parent": "SG", "from": exampleSince},
	}
	for _, d := range exampleDirectorates {
		units = append(units, line{"code": d[0], "name": d[1], "short": d[0], "kind": "direction", "parent": "SG", "from": exampleSince})
	}
	return units
}

func exampleElected() []line {
	person := func(n int, code, title string) line {
		return line{"code": code, "title": title, "given": exampleGiven[n%12], "family": exampleFamily[n], "matricule": fmt.Sprintf("E%02d", n+1),
			"email": fmt.Sprintf("elu%d@valmont.example", n+1), "held_from": exampleSince}
	}
	mayor := person(0, "MAIRE", "Maire")
	mayor["head"] = "oui"
	all := []line{mayor}
	for n, d := range exampleDirectorates {
		deputy := person(n+1, d[2], d[3])
		deputy["doors"] = []string{d[0]}
		all = append(all, deputy)
	}
	return append(all, person(11, "CM-OPPOSITION", "Conseillère municipale"))
}

func examplePosts() []line {
	agent := func(n int, code, title, unit string) line {
		return line{"code": code, "title": title, "unit": unit, "head": "oui", "given": exampleGiven[n%12], "family": exampleFamily[(n+12)%24],
			"matricule": fmt.Sprintf("A%02d", n+1), "email": fmt.Sprintf("agent%d@valmont.example", n+1), "held_from": exampleSince}
	}
	all := []line{agent(0, "SGV", "Secrétaire général", "SG"), agent(1, "CHEF-MVI", "Cheffe de la mission", "MISSION")}
	for n, d := range exampleDirectorates {
		all = append(all, agent(n+2, "DIR-"+d[0], "Direction "+d[0], d[0]))
	}
	return all
}

// exampleDelegations: the mayor delegates functions to ten deputies, and signature to fifteen officers.
func exampleDelegations() []line {
	var all []line
	add := func(giver, receiver, source, nature, matter string, euros int64) {
		all = append(all, line{"source": source, "legal_act": fmt.Sprintf("ARR-2014-%02d", len(all)+1), "giver": giver, "receiver": receiver, "nature": nature,
			"matters": []string{matter}, "amount": money.Cents(euros * 100), "from": exampleSince})
	}
	for _, d := range exampleDirectorates {
		add("MAIRE", d[2], "", "fonction", d[4], 200_000)
	}
	for n, d := range exampleDirectorates {
		add(d[2], "DIR-"+d[0], fmt.Sprintf("ARR-2014-%02d", n+1), "signature", d[4], 25_000)
	}
	for _, d := range exampleDirectorates[:5] {
		add("MAIRE", "SGV", "", "signature", d[4], 90_000)
	}
	return all
}

var exampleIdeas = [][2]string{
	{"Bacs pleins signalés", "Les bacs débordent le samedi sur les marchés."},
	{"Éclairage à la demande", "Les allées restent éclairées toute la nuit sans passant."},
	{"Cours d’école fraîches", "Les cours bitumées dépassent 40 °C en juin."},
	{"Carrefours plus sûrs", "Les piétons attendent trop longtemps et traversent au rouge."},
}

func exampleProjects() []line {
	stages := []string{"signalé", "qualifié", "à l’étude", "expérimentation"}
	var all []line
	for n := range 40 {
		d := exampleDirectorates[n%10]
		idea := exampleIdeas[n/10]
		all = append(all, line{"ref": fmt.Sprintf("VAL-%02d", n+1), "title": fmt.Sprintf("%s (%s)", idea[0], d[0]), "problem": idea[1],
			"sufferer": "Les habitants", "origin": "demande", "stage": stages[n/10], "sponsors": []string{d[2]}, "owner": "CHEF-MVI", "lead": d[0],
			"units": []string{exampleDirectorates[(n+1)%10][0]}, "matter": d[4], "budget": money.Cents(int64(n+1) * 500_000), "year": int64(2018),
			"start": calendar.Fuzzy("2018"), "tags": []string{"exemple"}})
	}
	return all
}
