package demo

// Every project here is invented and every ballot is drawn by votes_draw.go: nobody voted. The pages say so.

// candidate is a project put to the vote. Appeal is how much it draws those whom its theme draws.
type candidate struct {
	title, about string
	theme        string
	euros        int
	appeal       float64
	lat, lon     float64
}

// ballotLot is one count: who votes there, and on what.
type ballotLot struct {
	name, quarter string
	euros         int
	ballots       int
	candidates    []candidate
}

const (
	nature  = "Nature en ville"
	moving  = "Rues et déplacements"
	schools = "Écoles et jeunesse"
	culture = "Culture et fêtes"
	sport   = "Sport"
	mutual  = "Solidarité"
)

// vote2017 is held in the whole city and in five quarters, by equal shares. One quarter is too small for
// its ballots to be published.
var vote2017 = []ballotLot{
	{"Toute la ville", "", 600_000, 2437, []candidate{
		{"Cent fontaines et bancs à l’ombre", "Des points d’eau et des bancs sous des arbres, à moins de cinq minutes de chaque immeuble.", nature, 180_000, 1.5, 47.3012, 1.1008},
		{"Une piste cyclable continue de la Gare au Port", "Relier les trois morceaux de piste existants, avec des bordures.", moving, 240_000, 1.7, 47.3060, 1.1040},
		{"Skatepark du Plateau", "Un bol, une aire de rue, des gradins et de l’eau. Dessiné avec celles et ceux qui roulent.", sport, 210_000, 1.2, 47.3125, 1.1370},
		{"Cinéma en plein air, douze soirs", "Un écran gonflable qui tourne d’un quartier à l’autre en juillet.", culture, 60_000, 1.3, 47.2960, 1.0990},
		{"Bagagerie solidaire", "Un lieu pour poser ses affaires quand on dort dehors, ouvert tous les jours.", mutual, 75_000, 0.9, 47.3198, 1.1036},
		{"Ateliers vélo dans quatre quartiers", "Des outils, des pièces récupérées et des bénévoles, le samedi.", moving, 45_000, 1.1, 47.2880, 1.1300},
		{"Cours d’école ouvertes le samedi", "Quatre cours accessibles à tout le quartier, avec une animatrice.", schools, 90_000, 1.4, 47.2893, 1.1299},
		{"Murs peints par les collèges", "Douze murs, douze classes, un artiste pour chacune.", culture, 55_000, 0.8, 47.3188, 1.0730},
		{"Frigos partagés", "Dix frigos de rue contre le gaspillage, entretenus par des associations.", mutual, 25_000, 1.0, 47.3101, 1.0851},
		{"Terrain de rugby synthétique", "Remplacer la pelouse du stade de la Rive-Gauche.", sport, 380_000, 1.0, 47.2790, 1.0770},
		{"Nichoirs et prairies fauchées tard", "Trois cents nichoirs, vingt prairies, des panneaux pour les reconnaître.", nature, 35_000, 0.9, 47.3030, 1.0620},
		{"Une ludothèque qui roule", "Un bus de jeux qui s’arrête chaque jour dans un autre quartier.", schools, 110_000, 0.9, 47.3240, 1.1030},
		{"Toilettes publiques accessibles", "Six toilettes gratuites, ouvertes la nuit, où un fauteuil entre.", mutual, 150_000, 1.1, 47.2950, 1.1010},
		{"Concert de la Saint-Jean sur les quais", "Une grande soirée gratuite au Port-Vieux.", culture, 120_000, 0.7, 47.2750, 1.1066},
	}},
	{"Les Halles", "halles", 120_000, 684, []candidate{
		{"Bancs du marché couvert", "Vingt bancs et des prises d’eau pour les exposants.", moving, 28_000, 1.2, 47.3170, 1.0740},
		{"Verger de la rue Basse", "Quarante arbres fruitiers que chacun peut cueillir.", nature, 35_000, 1.3, 47.3205, 1.0702},
		{"Boîte à livres chauffée", "Un abri vitré pour lire en hiver.", culture, 18_000, 0.8, 47.3190, 1.0760},
		{"Table de tennis de table dehors", "Deux tables en béton et un peu d’ombre.", sport, 12_000, 1.0, 47.3212, 1.0745},
		{"Rue aux enfants, le mercredi", "La rue de l’école fermée aux voitures l’après-midi.", schools, 40_000, 1.4, 47.3181, 1.0695},
		{"Salle de répétition au sous-sol du marché", "Isoler et équiper une cave de la Ville.", culture, 85_000, 1.0, 47.3174, 1.0731},
	}},
	{"Gare-Nord", "gare", 120_000, 541, []candidate{
		{"Ombrière devant la gare", "De l’ombre sur le parvis, où l’on attend au soleil.", nature, 70_000, 1.3, 47.3221, 1.1051},
		{"Garage à vélos fermé", "Soixante places, avec un badge.", moving, 62_000, 1.4, 47.3226, 1.1045},
		{"Potager des cheminots", "Trente parcelles sur une friche prêtée.", nature, 22_000, 0.9, 47.3262, 1.1002},
		{"Permanence d’écrivain public", "Deux matinées par semaine, pendant un an.", mutual, 16_000, 1.0, 47.3235, 1.1012},
		{"Panier de basket et marquage", "Refaire le terrain de la rue des Aiguilles.", sport, 24_000, 1.1, 47.3249, 1.1066},
		{"Fresque du pont", "Peindre le pont avec les habitants.", culture, 30_000, 0.8, 47.3231, 1.1030},
	}},
	{"Les Tanneries", "tanneries", 120_000, 398, []candidate{
		{"Cour fraîche à l’école des Tanneries", "Remplacer le bitume par de la terre, des arbres et de l’eau.", schools, 88_000, 1.5, 47.2899, 1.1291},
		{"Jeux d’eau au square", "Des jets au sol, sans bassin.", nature, 56_000, 1.2, 47.2880, 1.1322},
		{"Épicerie coopérative", "Aménager un local vide de la Ville.", mutual, 48_000, 1.0, 47.2895, 1.1340},
		{"Agrès de musculation", "Six agrès en bois au bord de l’eau.", sport, 26_000, 0.9, 47.2866, 1.1310},
		{"Fête des voisins, cinq ans", "Tables, sono et vaisselle prêtées.", culture, 14_000, 1.0, 47.2890, 1.1305},
	}},
	{"Port-Vieux", "port", 120_000, 312, []candidate{
		{"Ponton pour les avirons", "Un ponton bas, accessible en fauteuil.", sport, 74_000, 1.1, 47.2742, 1.1070},
		{"Lumières basses sur les quais", "Éclairer le sol et pas le ciel : les chauves-souris reviennent.", nature, 52_000, 1.2, 47.2752, 1.1048},
		{"Bibliothèque de la marinière", "Une péniche de livres pour enfants.", schools, 66_000, 1.0, 47.2736, 1.1082},
		{"Bouées et perches de secours", "Huit postes le long des quais.", mutual, 9_000, 1.3, 47.2747, 1.1060},
		{"Kiosque à musique", "Le rebâtir à sa place de 1932.", culture, 95_000, 1.0, 47.2760, 1.1055},
	}},
	{"Beaulieu", "beaulieu", 40_000, 64, []candidate{
		{"Arrêt de bus abrité", "Un abri et un banc à l’arrêt du Moulin.", moving, 17_000, 1.2, 47.3002, 1.0620},
		{"Haie des écoliers", "Planter deux cents mètres de haie le long du chemin.", nature, 8_000, 1.1, 47.3021, 1.0601},
		{"Four à pain", "Un four commun, allumé le dimanche.", culture, 21_000, 1.0, 47.3012, 1.0640},
		{"Traversée plus lente", "Deux plateaux devant l’école.", moving, 26_000, 1.0, 47.2996, 1.0588},
	}},
}

// vote2016 is held in the whole city by majority judgment: every project receives a grade.
var vote2016 = []ballotLot{
	{"Toute la ville", "", 400_000, 1268, []candidate{
		{"Îlots de fraîcheur pour les anciens", "De l’ombre, de l’eau et un banc à moins de trois cents mètres des foyers de personnes âgées.", nature, 120_000, 1.5, 47.3045, 1.0960},
		{"Compteurs de vélos à chaque pont", "Savoir combien de personnes roulent avant de tracer des pistes.", moving, 40_000, 0.9, 47.2950, 1.0961},
		{"Wi-Fi dans les cars scolaires", "Pour les trajets de plus de trente minutes.", schools, 65_000, 0.4, 47.3150, 1.1200},
		{"Jardins au pied des immeubles", "Terre, outils et eau pour vingt résidences.", nature, 85_000, 1.2, 47.3135, 1.1352},
		{"Maison des récits", "Recueillir et faire entendre les souvenirs des quartiers.", culture, 90_000, 0.7, 47.2975, 1.1035},
		{"Gymnase ouvert la nuit", "De 22 h à 1 h, le vendredi, avec des éducateurs.", sport, 70_000, 0.8, 47.2830, 1.0790},
		{"Consigne à casiers pour les sans-abri", "Quarante casiers, un accueil, des prises.", mutual, 60_000, 1.0, 47.3215, 1.1040},
		{"Panneaux d’affichage lumineux", "Douze écrans pour annoncer les travaux.", moving, 180_000, 0.2, 47.3000, 1.1000},
		{"Préaux repeints par les élèves", "Huit écoles, huit préaux.", schools, 48_000, 1.1, 47.2900, 1.1288},
		{"Manège gratuit en décembre", "Sur la place du Parvis, trois semaines.", culture, 75_000, 0.6, 47.3010, 1.1012},
	}},
}

// vote2018 is held in the six collèges; its result waits to be published.
var vote2018 = []ballotLot{
	{"Les six collèges", "", 30_000, 712, []candidate{
		{"Hamacs sous les platanes du collège Langevin", "Vingt hamacs, accrochés par l’équipe des espaces verts.", nature, 4_000, 1.3, 47.3121, 1.1341},
		{"Radio des collèges", "Un studio mobile qui passe deux mois dans chaque collège.", culture, 11_000, 1.1, 47.3201, 1.0725},
		{"Garage à trottinettes", "Cent places fermées, devant trois collèges.", moving, 9_000, 1.2, 47.3239, 1.1022},
		{"Foyer ouvert le midi", "Un canapé, des jeux, un animateur.", schools, 8_000, 1.4, 47.2903, 1.1295},
		{"Fontaines à eau dans les couloirs", "Douze fontaines pour boire sans descendre.", mutual, 12_000, 1.0, 47.2790, 1.0771},
		{"Mur d’escalade du gymnase", "Six voies, des tapis, une formation.", sport, 16_000, 1.1, 47.2841, 1.0795},
	}},
}
