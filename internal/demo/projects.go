package demo

import "parvis/internal/portfolio"

// project is a line of the wall of 2015 and after. The units that answered say how: "+" accepted,
// "~" countered, "-" declined, "?" silent; the first leads.
type project struct {
	key, day        string
	title, problem  string
	origin          portfolio.Origin
	matter          string
	places          []string
	lat, lon        float64
	initials        string
	tags            []string
	sponsors, parts []string
	owner           string
	stage           portfolio.Stage
	public          bool
}

const (
	need  = portfolio.Demand
	offr  = portfolio.Supply
	oblig = portfolio.Obligation
)

var projects = []project{
	{"halles", "2014-09-15", "Place des Halles : mesurer avant de redessiner", "On ne sait pas qui traverse la place, quand, ni où il fait trop chaud ou trop bruyant ; chaque service a son avis.", need, "urbanisme", []string{"halles"}, 47.3092, 1.0822, "AC", []string{"démonstrateur", "place"}, []string{"ADJ-URB", "ADJ-NUM"}, []string{"+DU", "+DVD", "+DSI", "?DEV"}, "CM-ENV", portfolio.Tested, true},
	{"bp", "2014-06-10", "Budget participatif en ligne et sur papier", "Les habitants proposent déjà, mais personne ne leur répond et rien ne dit ce que devient une idée.", need, "participation", nil, 0, 0, "VC", []string{"participation"}, []string{"ADJ-DEM", "ADJ-NUM"}, []string{"+DDCT", "+DSI", "+DFA"}, "CM-PART", portfolio.Operating, true},
	{"arrosage", "2015-01-20", "Arroser selon le sol, pas selon l’horloge", "Les massifs sont arrosés même quand il a plu ; l’eau et les heures de nuit sont perdues.", need, "espaces_verts", []string{"plateau", "centre"}, 47.3118, 1.1302, "PO", []string{"eau", "capteurs"}, []string{"ADJ-VER"}, []string{"+DEV", "+DPE"}, "CM-ENV", portfolio.Scaling, true},
	{"bruit", "2015-02-10", "Bruit des terrasses : mesurer avec les riverains", "Riverains et cafetiers ne parlent pas du même bruit ; la police municipale arrive après.", need, "numerique", []string{"port"}, 47.2836, 1.1022, "NB", []string{"capteurs", "nuit"}, []string{"ADJ-NUM"}, []string{"+DEV", "-DAE", "?DAJ"}, "CM-DATA", portfolio.Investigated, true},
	{"opendata", "2014-10-06", "Ouvrir les données que l’on nous demande", "Les mêmes demandes de données arrivent à six directions qui répondent chacune à sa façon.", oblig, "numerique", nil, 0, 0, "NB", []string{"données"}, []string{"ADJ-NUM"}, []string{"+DSI", "+DAJ", "+DU"}, "CM-DATA", portfolio.Operating, true},
	{"ecoles", "2015-03-02", "Chaleur dans les écoles", "En juin, des salles de classe dépassent 32 °C sans que personne puisse le montrer.", need, "scolaire", []string{"tanneries", "gare"}, 47.2899, 1.1291, "BF", []string{"climat", "capteurs"}, []string{"ADJ-FIN", "ADJ-NUM"}, []string{"+DASCO", "~DPA", "?DSI"}, "CM-ENV", portfolio.Tested, true},
	{"stationnement", "2015-03-20", "Stationnement de livraison à la minute", "Les livreurs tournent ou se garent en double file ; les places de livraison servent à tout.", offr, "voirie", []string{"centre"}, 47.3012, 1.1005, "JPC+NB", []string{"offre", "mobilité"}, []string{"ADJ-VOI"}, []string{"+DVD", "?DAE"}, "CHEF-MVI", portfolio.Qualified, false},
	{"eclairage", "2015-04-08", "Éclairage public qui s’abaisse la nuit", "L’éclairage coûte plus que les crèches et dérange les chauves-souris du Port-Vieux.", need, "voirie", []string{"port", "rive"}, 47.2829, 1.0899, "JPC", []string{"énergie"}, []string{"ADJ-VOI", "ADJ-VER"}, []string{"+DVD", "+DEV"}, "CM-ENV", portfolio.Scaling, true},
	{"wifi", "2015-04-22", "Wi-Fi dans les bibliothèques et les parcs", "Beaucoup d’habitants font leurs démarches au téléphone, sans forfait.", need, "culture", nil, 0, 0, "NB", []string{"accès"}, []string{"ADJ-NUM"}, []string{"+DSI", "+DAC"}, "CM-PART", portfolio.Operating, true},
	{"hackathon", "2015-05-11", "Concours de nuit : bus et données", "Les développeurs de la ville ne savent pas à qui demander une donnée de transport.", need, "transports", nil, 0, 0, "NB", []string{"hackathon"}, []string{"ADJ-NUM"}, []string{"+DAE", "+DVD"}, "CM-DATA", portfolio.Retired, true},
	{"arbres", "2015-05-28", "Adopter un arbre de rue", "Les pieds d’arbres meurent en août, les riverains voudraient arroser et n’osent pas.", need, "espaces_verts", []string{"gare"}, 47.3189, 1.1043, "PO", []string{"nature", "participation"}, []string{"ADJ-VER", "ADJ-DEM"}, []string{"+DEV", "+DDCT"}, "CM-PART", portfolio.Iterating, true},
	{"carrefour", "2015-06-09", "Carrefour de la Gare : compter tous les passages", "Le carrefour est réglé sur un comptage de 1998 qui ne compte ni vélos ni piétons.", need, "voirie", []string{"gare"}, 47.3203, 1.1049, "JPC", []string{"mobilité", "capteurs"}, []string{"ADJ-VOI"}, []string{"+DVD", "+DU", "~DSI"}, "CM-ENV", portfolio.Tested, true},
	{"poubelles", "2015-06-24", "Poubelles compactantes solaires", "Un industriel propose de remplacer toutes les corbeilles de la ville.", offr, "proprete", []string{"centre"}, 47.3020, 1.0990, "VO", []string{"offre"}, []string{"ADJ-PRO"}, []string{"-DPE", "+DVD"}, "CHEF-MVI", portfolio.Qualified, false},
	{"signaler", "2014-11-03", "Signaler un problème dans la rue", "Les habitants appellent quatre numéros et n’ont jamais de réponse.", need, "participation", nil, 0, 0, "VC+VO", []string{"relation usagers"}, []string{"ADJ-DEM", "ADJ-PRO", "ADJ-VOI"}, []string{"+DDCT", "+DPE", "+DVD", "+DSI"}, "CM-PART", portfolio.Operating, true},
	{"energie", "2015-09-02", "Consommation des bâtiments municipaux", "La facture arrive deux mois après, par bâtiment et sur papier.", oblig, "numerique", nil, 0, 0, "BF", []string{"énergie"}, []string{"ADJ-FIN"}, []string{"+DPA", "+DFA", "+DSI"}, "CM-DATA", portfolio.Investigated, true},
	{"stade", "2015-09-21", "Réserver un terrain de sport", "Les clubs réservent au stylo dans un cahier au stade.", need, "numerique", []string{"rive"}, 47.2828, 1.0772, "NB", []string{"relation usagers"}, []string{"ADJ-NUM"}, []string{"+DJS", "?DSI"}, "CM-PART", portfolio.Qualified, false},
	{"crues", "2015-10-05", "Niveau du Val en temps réel", "En janvier 2015 les quais ont été fermés deux heures trop tard.", oblig, "voirie", []string{"port"}, 47.2842, 1.1030, "JPC", []string{"risques", "capteurs"}, []string{"ADJ-VOI", "ADJ-URB"}, []string{"+DVD", "+DSI", "+DU"}, "CM-ENV", portfolio.Scaling, true},
	{"velos", "2016-01-18", "Compter les vélos à chaque pont", "On trace des pistes sans savoir combien de personnes roulent.", need, "voirie", []string{"port", "centre"}, 47.2950, 1.0961, "JPC", []string{"mobilité"}, []string{"ADJ-VOI"}, []string{"+DVD", "+DSI"}, "CM-DATA", portfolio.Operating, true},
	{"startup", "2016-09-12", "Startup de ville : des idées d’agents", "Les agents savent ce qui ne marche pas ; personne ne leur donne le temps de le réparer.", need, "numerique", nil, 0, 0, "NB", []string{"administration"}, []string{"ADJ-NUM", "ADJ-FIN"}, []string{"+DRH", "+DSI"}, "CHEF-MVI", portfolio.Tested, true},
	{"cinema", "2016-10-10", "Tournages : une seule porte", "Un tournage demande sept autorisations à sept guichets.", need, "culture", nil, 0, 0, "NB", []string{"administration"}, []string{"ADJ-NUM"}, []string{"+DAC", "+DVD", "?DPE"}, "CM-PART", portfolio.Investigated, false},
	{"chaleur", "2017-02-06", "Îlots de fraîcheur pendant la canicule", "Les personnes âgées ne savent pas où trouver de l’ombre et de l’eau.", need, "espaces_verts", nil, 0, 0, "PO", []string{"climat"}, []string{"ADJ-VER"}, []string{"+DEV", "+DU", "+DDCT"}, "CM-ENV", portfolio.Iterating, true},
	{"chantiers", "2017-03-13", "Chantiers : prévenir avant le marteau-piqueur", "Trois concessionnaires ouvrent la même rue en un an, les riverains l’apprennent au réveil.", need, "voirie", nil, 0, 0, "JPC", []string{"relation usagers"}, []string{"ADJ-VOI", "ADJ-DEM"}, []string{"+DVD", "~DPE", "?DSI"}, "CHEF-MVI", portfolio.Investigated, true},
	{"cantines", "2017-09-18", "Moins de restes à la cantine", "Un quart des repas préparés finit à la poubelle.", need, "scolaire", nil, 0, 0, "BF", []string{"climat"}, []string{"ADJ-FIN", "ADJ-PRO"}, []string{"+DASCO", "+DPE"}, "CM-ENV", portfolio.Qualified, true},
	{"transfo", "2017-11-06", "Un laboratoire d’innovation publique dans la maison", "Les projets changent la ville mais pas la façon dont la mairie travaille.", need, "numerique", nil, 0, 0, "NB", []string{"administration"}, []string{"ADJ-NUM"}, []string{"+DRH", "?DFA"}, "CHEF-MVI", portfolio.Signalled, false},
}
