package demo

import (
	"parvis/internal/calendar"
	"parvis/internal/portfolio/strategy"
)

// aim is an objective in the tree of a strategy: code, code of its parent, weight.
type aim struct {
	code, parent, weight string
	kind                 strategy.NodeKind
	title                strategy.Words
}

// plan is a strategy of Valmont: written by a post, adopted by the mayor after a deliberation.
type plan struct {
	key, written, adopted, by string
	kind                      strategy.Kind
	from, last                calendar.Day
	replaces, why             string
	title, purpose            strategy.Words
	instrument, motive        string
	aims                      []aim
}

const (
	outcome = strategy.Outcome
	process = strategy.Process
)

var plans = []plan{
	{"2013", "2013-01-21 10:00", "2013-02-18 18:30", "DIR-DSI", strategy.ITPlan, "2013-01-01", "2016-12-31", "", "",
		strategy.Words{FR: "Schéma directeur informatique 2013-2016", EN: "IT master plan 2013-2016"},
		strategy.Words{FR: "Donner à la mairie des outils qui marchent tous les jours : un réseau sûr, des postes à jour, les premières démarches en ligne.",
			EN: "Give the town hall tools that work every day: a safe network, up-to-date workstations, the first online procedures."},
		"Délibération 2013-11", "Les pannes de 2012 ont fermé deux fois l’état civil : il faut d’abord que les outils tiennent.",
		[]aim{
			{"SI-1", "", "2", process, strategy.Words{FR: "Un réseau qui ne tombe pas", EN: "A network that does not fail"}},
			{"SI-2", "", "2", process, strategy.Words{FR: "Un poste à jour pour chaque agent", EN: "An up-to-date workstation for every agent"}},
			{"SI-3", "", "1", outcome, strategy.Words{FR: "Des démarches en ligne", EN: "Online procedures"}},
		}},
	{"2014", "2014-07-07 10:00", "2014-10-13 18:30", "CHEF-MVI", strategy.DigitalPlan, "2014-09-01", "2017-12-31", "2013",
		"Le schéma de 2013 équipait la mairie ; la ville, elle, change dehors, avec toutes les directions et pas seulement l’informatique.",
		strategy.Words{FR: "Schéma directeur ville numérique 2014-2017", EN: "Digital city master plan 2014-2017"},
		strategy.Words{FR: "Mettre les données et les capteurs au service de ce que vivent les habitants : la rue, l’eau, la chaleur, les décisions qui les concernent.",
			EN: "Put data and sensors at the service of what residents live: the street, water, heat, the decisions that concern them."},
		"Délibération 2014-87", "Six directions travaillent déjà sur la ville numérique sans le dire aux autres : un seul cap, mesuré, public.",
		[]aim{
			{"VN-1", "", "2", outcome, strategy.Words{FR: "Une ville ouverte", EN: "An open city"}},
			{"SI-3", "VN-1", "1", outcome, strategy.Words{FR: "Des démarches que l’on fait sans se déplacer", EN: "Procedures done without a trip"}},
			{"VN-11", "VN-1", "2", outcome, strategy.Words{FR: "Ouvrir les données que l’on nous demande", EN: "Open the data people ask for"}},
			{"VN-2", "", "3", outcome, strategy.Words{FR: "Une ville qui s’adapte au climat", EN: "A city that adapts to the climate"}},
			{"VN-21", "VN-2", "1", outcome, strategy.Words{FR: "Moins d’eau perdue", EN: "Less water lost"}},
			{"VN-22", "VN-2", "1", outcome, strategy.Words{FR: "La même lumière avec moins d’énergie", EN: "The same light with less energy"}},
			{"VN-23", "VN-2", "1", process, strategy.Words{FR: "Des tournées qui servent", EN: "Rounds that are useful"}},
			{"VN-3", "", "2", outcome, strategy.Words{FR: "Une ville qui décide avec ses habitants", EN: "A city that decides with its residents"}},
			{"SI-1", "", "1", process, strategy.Words{FR: "Un réseau qui ne tombe pas", EN: "A network that does not fail"}},
		}},
	{"2018", "2018-01-16 10:00", "2018-02-12 18:30", "CHEF-MVI", strategy.StrategicPlan, "2018-01-01", "2022-12-31", "2014",
		"Les projets ont changé la ville mais peu la façon dont la mairie travaille ; et l’été 2017 a montré que la chaleur passe avant le reste.",
		strategy.Words{FR: "Plan stratégique 2018-2022", EN: "Strategic plan 2018-2022"},
		strategy.Words{FR: "Tenir la chaleur, décider avec les habitants, et transformer l’administration elle-même pour que les essais deviennent des services.",
			EN: "Withstand the heat, decide with residents, and transform the administration itself so that trials become services."},
		"Délibération 2018-09", "Le bilan du schéma de 2014 est public : on garde ce qui avance, on abandonne ce qui relève du quotidien, on ajoute ce qui manquait.",
		[]aim{
			{"VN-2", "", "3", outcome, strategy.Words{FR: "Une ville qui tient la chaleur et ménage ses ressources", EN: "A city that withstands the heat and spares its resources"}},
			{"VN-21", "VN-2", "1", outcome, strategy.Words{FR: "Moins d’eau perdue", EN: "Less water lost"}},
			{"VN-22", "VN-2", "1", outcome, strategy.Words{FR: "La même lumière avec moins d’énergie", EN: "The same light with less energy"}},
			{"VN-23", "VN-2", "1", process, strategy.Words{FR: "Des tournées qui servent", EN: "Rounds that are useful"}},
			{"PS-24", "VN-2", "2", outcome, strategy.Words{FR: "Des écoles et des places supportables en juin", EN: "Schools and squares that are bearable in June"}},
			{"VN-3", "", "3", outcome, strategy.Words{FR: "Une ville qui décide avec ses habitants", EN: "A city that decides with its residents"}},
			{"PS-1", "", "2", process, strategy.Words{FR: "Une administration qui se transforme", EN: "An administration that transforms itself"}},
			{"PS-11", "PS-1", "1", process, strategy.Words{FR: "Des agents qui ont le temps d’essayer", EN: "Agents who have the time to try"}},
			{"VN-11", "PS-1", "1", outcome, strategy.Words{FR: "Ouvrir les données que l’on nous demande", EN: "Open the data people ask for"}},
		}},
}

// counted is an indicator of Valmont with its series; a value "8700>8820" was corrected afterwards.
type counted struct {
	key, made, objective, unit string
	direction                  strategy.Direction
	baseline, at               string
	low, high                  string
	frequency                  strategy.Frequency
	owner, by                  string
	title                      strategy.Words
	method, source             string
	codes                      []string
	targets                    [][2]string
	measures                   [][3]string // day recorded, period, value
	series                     string      // a CSV brought at once, on imported
	imported                   string
}

var indicators = []counted{
	{"reseau", "2013-03-04 11:00", "SI-1", "heures/an", strategy.Down, "61", "2012", "", "", strategy.Yearly, "DSI", "DIR-DSI",
		strategy.Words{FR: "Heures d’interruption du réseau", EN: "Hours of network outage"}, "Somme des coupures de plus de dix minutes, relevées par la supervision.", "Supervision de la DSI", nil,
		[][2]string{{"2016-12-31", "12"}}, [][3]string{{"2014-01-20", "2013", "44"}, {"2015-01-19", "2014", "23"}, {"2016-01-18", "2015", "15"}, {"2017-01-23", "2016", "11"}}, "", ""},
	{"donnees", "2014-11-17 11:00", "VN-11", "jeux", strategy.Up, "12", "2014-Q3", "", "", strategy.Quarterly, "DSI", "CHEF-MVI",
		strategy.Words{FR: "Jeux de données ouverts et à jour", EN: "Open datasets that are up to date"}, "Jeux publiés dont la dernière mise à jour respecte la fréquence annoncée.", "Catalogue de la Ville", []string{"sdg:16.10"},
		[][2]string{{"2017-12-31", "120"}, {"2020-12-31", "250"}}, [][3]string{{"2015-04-13", "2015-Q1", "31"}, {"2015-10-12", "2015-Q3", "48"}, {"2016-04-18", "2016-Q1", "66"}, {"2016-10-10", "2016-Q3", "82"}, {"2017-07-17", "2017-Q2", "97"}}, "", ""},
	{"eau", "2015-02-09 11:00", "VN-21", "m³/an", strategy.Down, "86000", "2014", "", "", strategy.Yearly, "DEV", "CM-ENV",
		strategy.Words{FR: "Eau d’arrosage des massifs", EN: "Water used on flower beds"}, "Relevé des compteurs d’arrosage, hors terrains de sport.", "Direction des espaces verts", []string{"sdg:6.4"},
		[][2]string{{"2020-12-31", "60000"}}, nil, "Année;Valeur;Source;Remarque\n2015;83 400;Relevé des compteurs;\n2016;78 200;Relevé des compteurs;Printemps pluvieux\n2017;74 900;Relevé des compteurs;\n", "2018-01-29 14:00"},
	{"lumiere", "2015-02-10 11:00", "VN-22", "MWh/an", strategy.Down, "9200", "2013", "", "", strategy.Yearly, "DVD", "CM-ENV",
		strategy.Words{FR: "Électricité de l’éclairage public", EN: "Electricity used by street lighting"}, "Factures du fournisseur, points d’éclairage de voirie.", "Direction de la voirie", []string{"ademe:cae_20", "sdg:7.3"},
		[][2]string{{"2020-12-31", "6400"}}, [][3]string{{"2015-02-16", "2014", "9150"}, {"2016-02-15", "2015", "8700>8820"}, {"2017-02-13", "2016", "8210"}, {"2018-01-22", "2017", "7640"}}, "", ""},
	{"tournees", "2015-03-16 11:00", "VN-23", "km/an", strategy.Down, "41200", "2014", "", "", strategy.Yearly, "DPE", "REF-DPE",
		strategy.Words{FR: "Kilomètres parcourus pour collecter le verre", EN: "Kilometres driven to collect glass"}, "Compteurs des camions de collecte du verre.", "Direction de la propreté et de l’eau", []string{"sdg:11.6"},
		[][2]string{{"2018-12-31", "33000"}, {"2020-12-31", "29000"}}, [][3]string{{"2016-01-25", "2015", "40800"}, {"2017-01-23", "2016", "38400"}, {"2018-01-22", "2017", "36900"}}, "", ""},
	{"votants", "2016-11-07 11:00", "VN-3", "%", strategy.Up, "0", "2014", "", "", strategy.Yearly, "DDCT", "CM-PART",
		strategy.Words{FR: "Part des habitants qui votent le budget participatif", EN: "Share of residents who vote in the participatory budget"}, "Votants, en ligne et sur papier, rapportés aux habitants de plus de sept ans.", "Direction de la démocratie et des quartiers", []string{"sdg:16.7"},
		[][2]string{{"2020-12-31", "10"}}, [][3]string{{"2016-11-14", "2016", "3.1"}, {"2017-11-13", "2017", "4.6"}}, "", ""},
	{"classes", "2018-02-19 11:00", "PS-24", "°C", strategy.Range, "29.4", "2015-06", "19", "26", strategy.Yearly, "DASCO", "CM-ENV",
		strategy.Words{FR: "Température des salles de classe en juin", EN: "Temperature of classrooms in June"}, "Moyenne de 14 h à 16 h des salles équipées, jours d’école de juin.", "Capteurs des écoles, essai de 2015", []string{"sdg:13.1"},
		nil, [][3]string{{"2018-02-19", "2016-06", "28.2"}, {"2018-02-19", "2017-06", "27.1"}}, "", ""},
}

// taken is a position: the day of its decision, its lean, why.
type taken struct {
	at, dilemma string
	lean        strategy.Lean
	instrument  string
	motive      string
}

var positions = []taken{
	{"2014-10-13 18:40", "perimetre", -2, "Délibération 2014-87", "La ville intelligente est dehors, dans la rue : la mairie suivra."},
	{"2014-10-13 18:42", "echelle", -2, "Délibération 2014-87", "Nous ne savons pas encore ce qui marche : essayer petit, mesurer, dire ce que l’on a appris."},
	{"2015-06-15 18:30", "horizon", 1, "Délibération 2015-44", "Les habitants jugent sur ce qu’ils voient : des interventions d’abord, un récit ensuite."},
	{"2018-02-12 18:40", "perimetre", 1, "Délibération 2018-09", "Les essais butent sur nos propres procédures : se transformer soi-même n’est plus un préalable mais un but."},
	{"2018-02-12 18:42", "echelle", 1, "Délibération 2018-09", "Quatre ans d’essais suffisent pour décider : généraliser ce qui tient, arrêter le reste."},
}

// readings are where initiatives stand in the grid, by criterion: code, level, why.
type reading struct {
	initiative, criterion string
	level                 string
	reason                string
}

var grid = []strategy.SetCriterion{
	{Code: "besoin", Rank: 1, Name: strategy.Words{FR: "Le besoin", EN: "The need"}, Question: strategy.Words{FR: "Qui a le problème, et qui l’a dit ?", EN: "Who has the problem, and who said so?"},
		Levels: []strategy.Level{level("Personne ne l’a demandé", "Nobody asked for it", 0), level("Des agents le demandent", "Agents ask for it", 0), level("Des habitants le demandent", "Residents ask for it", 0)}},
	{Code: "echelle", Rank: 2, Dilemma: "echelle", Name: strategy.Words{FR: "L’échelle", EN: "The scale"}, Question: strategy.Words{FR: "Est-ce un essai, ou un service pour tous ?", EN: "Is it a trial, or a service for everybody?"},
		Levels: []strategy.Level{level("Un essai avec une fin", "A trial with an end", -1), level("Un quartier", "One district", 0), level("Toute la ville", "The whole city", 1)}},
	{Code: "donnees", Rank: 3, Name: strategy.Words{FR: "Les données", EN: "The data"}, Question: strategy.Words{FR: "Que sait-on des gens qui passent ?", EN: "What is known of people who pass by?"},
		Levels: []strategy.Level{level("Rien", "Nothing", 0), level("Des comptes, jamais une personne", "Counts, never a person", 0), level("Des données personnelles", "Personal data", 0)}},
	{Code: "apres", Rank: 4, Name: strategy.Words{FR: "L’après", EN: "What comes after"}, Question: strategy.Words{FR: "Qui s’en occupe quand le projet est fini, et avec quel budget ?", EN: "Who looks after it once the project is over, and with what budget?"},
		Levels: []strategy.Level{level("On ne sait pas", "Not known", 0), level("Une direction s’est engagée", "A directorate has committed itself", 0), level("Une direction et un budget", "A directorate and a budget", 0)}},
}

// sobriety is what the second edition adds, because people contested the first.
var sobriety = strategy.SetCriterion{Code: "sobriete", Rank: 5, Name: strategy.Words{FR: "La sobriété", EN: "Sobriety"},
	Question: strategy.Words{FR: "Pouvait-on faire sans machine, ou avec moins ?", EN: "Could it be done without a machine, or with less?"},
	Levels:   []strategy.Level{level("Cela ajoute des machines", "It adds machines", 0), level("Cela en remplace", "It replaces some", 0), level("Cela s’en passe", "It does without", 0)}}

func level(fr, en string, lean int) strategy.Level {
	return strategy.Level{Label: strategy.Words{FR: fr, EN: en}, Lean: lean}
}

var readings2015 = []reading{
	{"halles", "besoin", "1", "Demandé par l’urbanisme avant de redessiner la place."},
	{"halles", "echelle", "0", "Une place, six mois."},
	{"halles", "donnees", "1", "Comptages anonymes, aucun visage."},
	{"arrosage", "echelle", "1", "Deux quartiers avant les autres."},
}

var readings2018 = []reading{
	{"collecte", "besoin", "0", "L’idée vient d’un fournisseur ; le besoin des équipes a été dit ensuite."},
	{"collecte", "echelle", "0", "Quarante conteneurs ; la généralisation attend une décision."},
	{"collecte", "apres", "1", "La propreté s’est engagée, sans budget voté."},
	{"collecte", "sobriete", "0", "Quatre cents capteurs de plus, moins de kilomètres."},
	{"halles", "echelle", "0", "Toujours un essai."},
	{"ecoles", "echelle", "0", "Deux groupes scolaires."},
	{"ecoles", "donnees", "0", "Des degrés, rien d’autre."},
	{"carrefour", "echelle", "0", "Un carrefour."},
	{"opendata", "echelle", "2", "Toutes les directions."},
	{"signaler", "besoin", "2", "Les habitants appelaient quatre numéros."},
	{"signaler", "echelle", "2", "Toute la ville."},
}

// brought is what an initiative is said to contribute.
type brought struct {
	initiative, objective, indicator, amount, claim, evidence string
}

var contributions = []brought{
	{"collecte", "VN-23", "tournees", "4500", "Onze pour cent de kilomètres en moins sur les tournées équipées.", "https://donnees.valmont.example/collecte-verre-bilan-2016"},
	{"arrosage", "VN-21", "eau", "9000", "Arroser selon l’humidité du sol dans deux quartiers.", "https://donnees.valmont.example/arrosage-2017"},
	{"eclairage", "VN-22", "lumiere", "1100", "Abaissement de la lumière entre minuit et cinq heures.", "https://donnees.valmont.example/eclairage-2017"},
	{"opendata", "VN-11", "donnees", "", "Un circuit unique pour les demandes de données des six directions.", ""},
	{"bp", "VN-3", "votants", "", "Les votes de 2016 et de 2017, en ligne et sur papier.", ""},
	{"ecoles", "PS-24", "classes", "", "Montre quelles salles aménager en premier.", ""},
	{"chaleur", "PS-24", "", "", "Une carte des lieux frais à moins de dix minutes à pied.", ""},
	{"startup", "PS-11", "", "", "Un jour par semaine pour douze agents.", ""},
}
