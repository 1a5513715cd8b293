package scdl

import (
	"strconv"
	"strings"
)

// actes is the nomenclature ACTES by which acts are told apart when they are transmitted: nine matters, and under each
// those of the second level (the common part of the lists that prefectures notify, circular of 15 March 2004; each may
// differ, so that a name can always be typed). Levels below are in no file of ours.
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

// MatterName is how the schema wants a matter of the second level named ("8.7": « Domaines de compétences par
// thèmes/Transports »); "" for a code that the nomenclature does not have.
func MatterName(code string) string {
	first, second, ok := level(code)
	if !ok || first > len(actes) || second > len(actes[first-1].second) {
		return ""
	}
	return actes[first-1].name + "/" + actes[first-1].second[second-1]
}

// level reads « 7.10 ».
func level(code string) (first, second int, ok bool) {
	before, after, found := strings.Cut(code, ".")
	first, bad := strconv.Atoi(before)
	second, worse := strconv.Atoi(after)
	return first, second, found && bad == nil && worse == nil && first > 0 && second > 0
}
