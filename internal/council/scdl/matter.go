package scdl

import (
	"slices"
	"strconv"
)

// actes is the nomenclature ACTES by which acts are told apart when they are transmitted: nine matters, and under each
// those of the second level (the common part of the lists that prefectures notify, circular of 15 March 2004). Levels below
// are in no file of ours.
var actes = []struct {
	name   string
	second []string
}{
	{"Commande publique", []string{"Marchés publics", "Délégation de service public", "Conventions de mandat", "Autres types de contrats",
		"Transactions (protocole d’accord transactionnel)", "Actes relatifs à la maîtrise d’œuvre", "Actes spéciaux et divers"}},
	{"Urbanisme", []string{"Documents d’urbanisme", "Actes relatifs au droit d’occupation ou d’utilisation des sols", "Droit de préemption urbain"}},
	{"Domaine et patrimoine", []string{"Acquisitions", "Aliénations", "Locations", "Limites territoriales",
		"Autres actes de gestion du domaine public", "Autres actes de gestion du domaine privé"}},
	{"Fonction publique", []string{"Personnel titulaire et stagiaire", "Personnel contractuel", "Fonction publique hospitalière",
		"Autres catégories de personnels", "Régime indemnitaire"}},
	{"Institutions et vie politique", []string{"Élection exécutif", "Fonctionnement des assemblées", "Désignation de représentants",
		"Délégation de fonctions", "Délégation de signature", "Exercice des mandats locaux", "Intercommunalité", "Décision d’ester en justice"}},
	{"Libertés publiques et pouvoirs de police", []string{"Police municipale", "Pouvoirs du président du conseil départemental",
		"Pouvoirs du président du conseil régional", "Autres actes réglementaires", "Actes pris au nom de l’État"}},
	{"Finances locales", []string{"Décisions budgétaires", "Fiscalité", "Emprunts", "Interventions économiques", "Subventions",
		"Contributions budgétaires", "Avances", "Fonds de concours", "Prise de participation", "Divers"}},
	{"Domaines de compétences par thèmes", []string{"Enseignement", "Aide sociale", "Voirie", "Aménagement du territoire",
		"Politique de la ville, habitat, logement", "Emploi, formation professionnelle", "Transports", "Environnement", "Culture"}},
	{"Autres domaines de compétences", []string{"Autres domaines de compétences des communes", "Autres domaines de compétences des départements",
		"Autres domaines de compétences des régions", "Vœux et motions"}},
}

// Matter is a matter of the second level: its code ("8.7"), and its two names.
type Matter struct{ Code, First, Second string }

// Name is how the schema wants the matter named: « Domaines de compétences par thèmes/Transports ».
func (m Matter) Name() string { return m.First + "/" + m.Second }

// Matters lists the matters in the order of the nomenclature.
func Matters() []Matter {
	var out []Matter
	for i, first := range actes {
		for j, second := range first.second {
			out = append(out, Matter{strconv.Itoa(i+1) + "." + strconv.Itoa(j+1), first.name, second})
		}
	}
	return out
}

// MatterName is the name of the matter of a code, "" for a code that the nomenclature does not have.
func MatterName(code string) string {
	all := Matters()
	if i := slices.IndexFunc(all, func(m Matter) bool { return m.Code == code }); i >= 0 {
		return all[i].Name()
	}
	return ""
}
