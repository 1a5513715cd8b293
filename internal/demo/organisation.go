package demo

// began is the day on which the record of Valmont begins; what was there before is as old as the record.
const began = "2013-01-02"

// unit is a line of the organigram: code, kind, names, the unit above, its period.
type unit struct {
	code, kind, name, en, above string
	from, to                    string
}

var units = []unit{
	{"CM", "assembly", "Conseil municipal", "City council", "", began, ""},
	{"MAIRIE", "executive", "Maire et adjoint·es", "Mayor and deputy mayors", "CM", began, ""},
	{"CAB", "cabinet", "Cabinet de la maire", "Mayor's office", "MAIRIE", began, ""},
	{"SG", "secretariat_general", "Secrétariat général", "General secretariat", "MAIRIE", began, ""},
	{"DSI", "directorate", "Direction des systèmes d’information", "IT directorate", "SG", began, ""},
	{"DPE", "directorate", "Direction de la propreté et de l’eau", "Cleanliness and water directorate", "SG", began, ""},
	{"DVD", "directorate", "Direction de la voirie et des déplacements", "Roads and mobility directorate", "SG", began, ""},
	{"DEV", "directorate", "Direction des espaces verts", "Parks directorate", "SG", began, ""},
	{"DU", "directorate", "Direction de l’urbanisme", "Planning directorate", "SG", began, ""},
	{"DPA", "directorate", "Direction du patrimoine et de l’architecture", "Buildings directorate", "SG", began, ""},
	{"DASCO", "directorate", "Direction des affaires scolaires", "Schools directorate", "SG", began, ""},
	{"DAC", "directorate", "Direction des affaires culturelles", "Culture directorate", "SG", began, ""},
	{"DJS", "directorate", "Direction de la jeunesse et des sports", "Youth and sports directorate", "SG", began, ""},
	{"DFA", "directorate", "Direction des finances et des achats", "Finance and purchasing directorate", "SG", began, ""},
	{"DAJ", "directorate", "Direction des affaires juridiques", "Legal directorate", "SG", began, ""},
	{"DRH", "directorate", "Direction des ressources humaines", "Human resources directorate", "SG", began, ""},
	{"DDCT", "directorate", "Direction de la démocratie et des quartiers", "Democracy and districts directorate", "SG", began, ""},
	{"DAE", "directorate", "Direction de l’attractivité et de l’emploi", "Economy and jobs directorate", "SG", began, ""},
	{"DSIN", "service", "Service innovation numérique", "Digital innovation service", "DSI", began, "2014-06-01"},
	{"MVI", "mission", "Mission ville intelligente", "Smart city mission", "SG", "2014-06-01", ""},
	{"COPIL", "committee", "Comité de pilotage ville intelligente", "Smart city steering committee", "SG", "2014-06-01", ""},
	{"INVEST", "committee", "Comité d’investissement innovation", "Innovation investment committee", "SG", "2018-01-01", ""},
}

// seat is a post with who has held it: code, unit, title, layer, and the holdings in order.
type seat struct {
	code, unit, title, en, layer string
	head                         bool
	from                         string
	held                         []holding
}

// holding is a person in a seat for a time; said, when later than from, is a recording that came late.
type holding struct {
	who      string
	from, to string
}

var seats = []seat{
	{"MAIRE", "MAIRIE", "Maire", "Mayor", "elu", true, began, []holding{{"Hélène Marchetti", began, ""}}},
	{"ADJ-NUM", "MAIRIE", "Adjointe au numérique et à l’innovation", "Deputy mayor for digital affairs and innovation", "elu", false, began,
		[]holding{{"Nadia Belkacem", began, ""}}},
	{"ADJ-PRO", "MAIRIE", "Adjoint à la propreté et à l’eau", "Deputy mayor for cleanliness and water", "elu", false, began,
		[]holding{{"Bruno Castel", began, "2014-04-05"}, {"Vincent Oriol", "2014-04-05", ""}}},
	{"ADJ-VOI", "MAIRIE", "Adjointe à la voirie et aux déplacements", "Deputy mayor for roads and mobility", "elu", false, began,
		[]holding{{"Jeanne Peltier-Caradec", "2014-04-05", ""}}},
	{"ADJ-VER", "MAIRIE", "Adjoint aux espaces verts et à la nature en ville", "Deputy mayor for parks and urban nature", "elu", false, began,
		[]holding{{"Paul Oudin", began, ""}}},
	{"ADJ-URB", "MAIRIE", "Adjoint à l’urbanisme", "Deputy mayor for planning", "elu", false, began,
		[]holding{{"Adrien Cazenave", "2014-04-05", ""}}},
	{"ADJ-FIN", "MAIRIE", "Adjointe aux finances", "Deputy mayor for finance", "elu", false, began,
		[]holding{{"Béatrice Fontan", began, ""}}},
	{"ADJ-DEM", "MAIRIE", "Adjointe à la participation et aux quartiers", "Deputy mayor for participation and districts", "elu", false, "2014-04-05",
		[]holding{{"Virginie Cormier", "2014-04-05", ""}}},

	{"DIRCAB", "CAB", "Directeur de cabinet", "Chief of staff", "cabinet", true, began, []holding{{"Étienne Vasseur", began, ""}}},
	{"SGV", "SG", "Secrétaire générale de la Ville", "Secretary general of the City", "haut_fonctionnaire", true, began, []holding{{"Claire Delmas", began, ""}}},
	{"DEONTOLOGUE", "SG", "Référente déontologue des élu·es et des agents", "Ethics officer for elected members and staff", "externe", false, "2017-09-01",
		[]holding{{"Agnès Thibault", "2017-09-01", ""}}},
	{"DIR-DSI", "DSI", "Directeur des systèmes d’information", "Head of IT", "haut_fonctionnaire", true, began, []holding{{"Gilles Ferrand", began, ""}}},
	{"DIR-DPE", "DPE", "Directrice de la propreté et de l’eau", "Head of cleanliness and water", "haut_fonctionnaire", true, began, []holding{{"Sandrine Leclerc", began, ""}}},
	{"DIR-DVD", "DVD", "Directeur de la voirie et des déplacements", "Head of roads and mobility", "haut_fonctionnaire", true, began, []holding{{"Marc Aubry", began, "2016-10-01"}, {"Leïla Haddad", "2016-10-01", ""}}},
	{"DIR-DEV", "DEV", "Directrice des espaces verts", "Head of parks", "haut_fonctionnaire", true, began, []holding{{"Cécile Roux", began, ""}}},
	{"DIR-DU", "DU", "Directeur de l’urbanisme", "Head of planning", "haut_fonctionnaire", true, began, []holding{{"Pascal Mercier", began, ""}}},
	{"DIR-DPA", "DPA", "Directrice du patrimoine", "Head of buildings", "haut_fonctionnaire", true, began, []holding{{"Anne Gauthier", "2013-05-01", ""}}},
	{"DIR-DASCO", "DASCO", "Directeur des affaires scolaires", "Head of schools", "haut_fonctionnaire", true, began, []holding{{"Hugues Lemoine", began, ""}}},
	{"DIR-DAC", "DAC", "Directrice des affaires culturelles", "Head of culture", "haut_fonctionnaire", true, began, []holding{{"Isabelle Morvan", began, ""}}},
	{"DIR-DJS", "DJS", "Directeur de la jeunesse et des sports", "Head of youth and sports", "haut_fonctionnaire", true, began, []holding{{"Karim Saadi", "2014-09-01", ""}}},
	{"FINANCES", "DFA", "Directeur des finances et des achats", "Head of finance and purchasing", "haut_fonctionnaire", true, began, []holding{{"Philippe Garnier", began, ""}}},
	{"DIR-DAJ", "DAJ", "Directrice des affaires juridiques", "Head of legal affairs", "haut_fonctionnaire", true, began, []holding{{"Florence Imbert", began, ""}}},
	{"DIR-DRH", "DRH", "Directeur des ressources humaines", "Head of human resources", "haut_fonctionnaire", true, began, []holding{{"Olivier Blanchet", "2013-02-01", ""}}},
	{"DIR-DDCT", "DDCT", "Directrice de la démocratie et des quartiers", "Head of democracy and districts", "haut_fonctionnaire", true, began, []holding{{"Mathilde Renard", "2014-04-14", ""}}},
	{"DIR-DAE", "DAE", "Directeur de l’attractivité et de l’emploi", "Head of economy and jobs", "haut_fonctionnaire", true, began, []holding{{"Stéphane Collin", began, ""}}},

	{"CHEF-DSIN", "DSIN", "Chef du service innovation numérique", "Head of digital innovation", "service", true, began, []holding{{"Thomas Guérin", began, "2014-06-01"}}},
	{"CHEF-MVI", "MVI", "Cheffe de la mission ville intelligente", "Head of the smart city mission", "service", true, "2014-06-01", []holding{{"Sabine Lenoir", "2014-06-02", ""}}},
	{"CM-ENV", "MVI", "Chargé de mission environnement urbain", "Project officer, urban environment", "service", false, "2014-06-01", []holding{{"Guilhem Rivière", "2014-09-01", "2017-07-01"}, {"Maïa Duval", "2017-07-01", ""}}},
	{"CM-PART", "MVI", "Chargée de mission participation", "Project officer, participation", "service", false, "2014-06-01", []holding{{"Emma Quentin", "2015-01-05", ""}}},
	{"CM-DATA", "MVI", "Chargé de mission données", "Project officer, data", "service", false, "2015-02-01", []holding{{"Rémi Astier", "2015-02-02", "2017-12-31"}, {"Inès Caron", "2018-02-05", ""}}},
	{"REF-DPE", "DPE", "Référente ville intelligente, propreté", "Smart city contact, cleanliness", "service", false, "2014-09-01", []holding{{"Nathalie Bonnet", "2014-09-01", ""}}},
	{"REF-DVD", "DVD", "Référent ville intelligente, voirie", "Smart city contact, roads", "service", false, "2014-09-01", []holding{{"Samuel Tissier", "2014-09-01", ""}}},
	{"EQ-DPE", "DPE", "Chef d’équipe collecte, secteur est", "Collection crew leader, east sector", "terrain", false, began, []holding{{"Didier Wagner", began, ""}}},
	{"PDT-INVEST", "INVEST", "Présidente du comité d’investissement", "Chair of the investment committee", "elu", true, "2018-01-01", []holding{{"Nadia Belkacem", "2018-01-08", ""}}},
	{"PDT-COPIL", "COPIL", "Présidente du comité de pilotage", "Chair of the steering committee", "elu", true, "2014-06-01", []holding{{"Nadia Belkacem", "2014-06-02", ""}}},
}

// competences says which body answers for a matter.
var competences = map[string]string{
	"proprete": "VALMONT", "voirie": "VALMONT", "numerique": "VALMONT", "espaces_verts": "VALMONT", "urbanisme": "VALMONT",
	"culture": "VALMONT", "scolaire": "VALMONT", "participation": "VALMONT", "transports": "METROPOLE",
}

// silos are the elected members in charge of directorates (the filières), from a day on. Nobody stands
// for roads before April 2014.
var silos = []struct{ unit, post, from string }{
	{"DSI", "ADJ-NUM", began}, {"DPE", "ADJ-PRO", began}, {"DEV", "ADJ-VER", began}, {"DFA", "ADJ-FIN", began},
	{"DVD", "ADJ-VOI", "2014-04-05"}, {"DU", "ADJ-URB", "2014-04-05"}, {"DDCT", "ADJ-DEM", "2014-04-05"},
}

// delegation is an arrêté by which the mayor delegates a function or a signature.
type delegation struct {
	from, to, nature, matter string
	cents                    int64 // 0: no limit
	day, recorded, arrete    string
}

var delegations = []delegation{
	{"MAIRE", "ADJ-NUM", "fonction", "numerique", 0, "2014-04-07", "2014-04-07", "A-2014-031"},
	{"MAIRE", "ADJ-PRO", "fonction", "proprete", 0, "2014-04-07", "2014-04-07", "A-2014-032"},
	{"MAIRE", "ADJ-VER", "fonction", "espaces_verts", 0, "2014-04-07", "2014-04-07", "A-2014-034"},
	{"MAIRE", "ADJ-VOI", "fonction", "voirie", 0, "2014-04-07", "2014-07-10", "A-2014-033"}, // recorded three months late
	{"MAIRE", "SGV", "signature", "", 9000000, "2014-06-02", "2014-06-02", "A-2014-058"},
	{"MAIRE", "FINANCES", "signature", "", 2500000, "2015-01-05", "2015-01-05", "A-2015-002"},
}
