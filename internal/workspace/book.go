package workspace

import (
	"slices"
	"strings"

	"parvis/internal/fault"
	"parvis/internal/portfolio"
	"parvis/internal/tabular"
)

// The sheets of the workbook, by the names that people see.
const (
	sheetUnits       = "Directions"
	sheetElected     = "Élus"
	sheetPosts       = "Fonctions"
	sheetDelegations = "Délégations"
	sheetProjects    = portfolio.ProjectSheet
)

// column is one column of a sheet, with the help that stands under its header in the template.
type column struct {
	tabular.Column
	help  string
	width float64
}

// layout is one sheet of the workbook.
type layout struct {
	name    string
	aliases []string
	columns []column
}

func (l layout) bound() []tabular.Column {
	var all []tabular.Column
	for _, c := range l.columns {
		all = append(all, c.Column)
	}
	return all
}

func col(field, names, help string, width float64) column {
	return column{Column: tabular.Column{Field: field, Names: strings.Split(names, "|")}, help: help, width: width}
}

// must marks a column that has to be there and filled.
func (c column) must() column {
	c.Required, c.Filled = true, true
	return c
}

// layouts is the workbook, in the order of its sheets. What depends on another sheet comes after it.
func layouts() []layout {
	return []layout{unitLayout(), electedLayout(), postLayout(), delegationLayout(), projectLayout()}
}

func unitLayout() layout {
	return layout{sheetUnits, []string{"Units", "Entités"}, []column{
		col("code", "Code|Unit", "Sigle sans espace, unique : DVD, SG, MISSION", 14).must(),
		col("name", "Nom|Intitulé|Name", "Nom complet", 44).must(),
		col("name_en", "Nom anglais|English name", "Facultatif", 30),
		col("short", "Sigle|Short name", "Nom court montré sur les tableaux", 12),
		col("kind", "Type|Nature|Kind", "direction, service, mission, secrétariat général, exécutif, cabinet, comité, arrondissement, opérateur…", 22),
		col("parent", "Rattachée à|Rattachement|Parent", "Code de l’entité au-dessus", 16),
		col("body", "Collectivité|Body", "Code de la collectivité ; vide : la ville", 14),
		col("from", "Depuis le|Début|From", "Vide : le premier jour dont parle le classeur", 14),
		col("to", "Jusqu’au|Jusqu'au|Fin|To", "Dernier jour ; vide : sans fin", 14),
		col("legal_act", "Acte|Arrêté|Délibération|Legal act", "Numéro de l’acte, nécessaire pour renommer, rattacher ou supprimer", 20),
	}}
}

// holding are the columns of whoever holds a post, the same for elected members and agents.
func holding() []column {
	return []column{
		col("given", "Prénom|Given name", "Vide si la fonction est vacante", 16),
		col("family", "Nom|Nom de famille|Family name", "Vide si la fonction est vacante", 20),
		col("matricule", "Matricule|Staff number", "Facultatif : reconnaît la personne d’un fichier à l’autre", 14),
		col("email", "Courriel|Adresse électronique|Email", "Ouvre un compte, pour les parts et les arbitrages par lettre", 30),
	}
}

func electedLayout() layout {
	return layout{sheetElected, []string{"Elus", "Élu·es", "Elected"}, slices.Concat([]column{
		col("code", "Code|Code de la fonction|Post", "Unique, sans espace : MAIRE, ADJ-VOIRIE", 18).must(),
		col("title", "Fonction|Intitulé|Title", "Adjointe chargée de la voirie", 40).must(),
		col("title_en", "Fonction en anglais|English title", "Facultatif", 30),
	}, holding(), []column{
		col("unit", "Entité|Unit", "Code ; vide : l’exécutif de la ville", 14),
		col("doors", "Directions suivies|Filière|Units followed", "Codes séparés par ; (l’élu référent de chacune)", 24),
		col("head", "Dirige l’entité|Dirige l'entité|Leads", "oui pour le maire", 14),
		col("held_from", "Mandat depuis le|Depuis le|From", "Vide : le premier jour dont parle le classeur", 14),
		col("held_to", "Mandat jusqu’au|Jusqu’au|Jusqu'au|To", "Dernier jour ; vide : sans fin", 14),
		col("from", "Fonction depuis le|Post from", "Vide : comme le mandat", 16),
		col("to", "Fonction jusqu’au|Post to", "Dernier jour ; vide : sans fin", 16),
		col("legal_act", "Acte|Arrêté|Legal act", "Numéro de l’acte", 18),
	})}
}

func postLayout() layout {
	return layout{sheetPosts, []string{"Posts", "Postes"}, slices.Concat([]column{
		col("code", "Code|Post", "Unique, sans espace : DIR-DVD", 18).must(),
		col("title", "Intitulé|Fonction|Title", "Directrice de la voirie", 40).must(),
		col("title_en", "Intitulé anglais|English title", "Facultatif", 30),
		col("unit", "Direction|Entité|Unit", "Code de l’entité", 14).must(),
		col("layer", "Catégorie|Layer", "haut fonctionnaire, service, terrain, cabinet, externe", 20),
		col("head", "Dirige l’entité|Dirige l'entité|Leads", "oui ou non", 14),
		col("named", "Nom public|Named", "oui si le public peut lire le nom (CRPA L311-6)", 12),
	}, holding(), []column{
		col("interim", "Intérim|Interim", "oui ou non", 10),
		col("held_from", "Titulaire depuis le|Held from", "Vide : le premier jour dont parle le classeur", 18),
		col("held_to", "Titulaire jusqu’au|Held to", "Dernier jour ; vide : sans fin", 18),
		col("from", "Fonction depuis le|Depuis le|From", "Vide : comme le titulaire", 16),
		col("to", "Fonction jusqu’au|Jusqu’au|Jusqu'au|To", "Dernier jour ; vide : sans fin", 16),
		col("legal_act", "Acte|Arrêté|Legal act", "Numéro de l’acte", 18),
	})}
}

func delegationLayout() layout {
	return layout{sheetDelegations, []string{"Delegations"}, []column{
		col("legal_act", "Arrêté|Acte|Numéro|Legal act", "Numéro sans espace : ARR-2020-12", 20).must(),
		col("giver", "De|Délégant|From post", "Code de la fonction qui délègue", 16).must(),
		col("receiver", "À|Délégataire|To post", "Code de la fonction qui reçoit", 16).must(),
		col("source", "Au titre de|Source", "Numéro de l’arrêté reçu, quand le délégant remet une part de ce qu’il a reçu", 20),
		col("nature", "Nature|Type", "fonction, signature ou attribution", 14),
		col("matters", "Matières|Domaines|Matters", "Codes séparés par ; vide : toutes", 24),
		col("territories", "Territoires|Territories", "Codes séparés par ; vide : toute la ville", 20),
		col("verbs", "Actes délégués|Verbs", "Vide : tous ; portfolio.arbitration.*", 26),
		col("objects", "Objets|Objects", "Vide : tous ; arbitration, part…", 16),
		col("amount", "Montant maximum|Plafond|Maximum", "En euros ; vide : sans plafond", 16),
		col("from", "Depuis le|Début|From", "Premier jour", 14).must(),
		col("to", "Jusqu’au|Jusqu'au|Fin|To", "Dernier jour ; vide : sans fin", 14),
		col("revoked_by", "Révoquée par|Revoked by", "Numéro de l’arrêté qui y met fin", 20),
	}}
}

// projectLayout takes the columns of the portfolio's own list.
func projectLayout() layout {
	help := map[string]string{"ref": "Ce par quoi le projet est reconnu au prochain import ; vide : son titre", "title": "En quelques mots",
		"problem": "Le problème que quelqu’un a, avant toute solution", "sufferer": "Qui a le problème", "origin": "demande, offre ou obligation",
		"stage": "signalé, qualifié, à l’étude, expérimentation, généralisation, en service…", "note": "Nécessaire pour un projet arrêté ou en sommeil",
		"review": "Projet en sommeil : date", "sponsors": "Codes des fonctions des élus, séparés par ;", "owner": "Codes des fonctions",
		"lead": "Code ; la direction devra confirmer", "units": "Codes séparés par ;", "matter": "Code", "places": "Codes séparés par ;",
		"budget": "En euros, autorisations", "year": "2018", "start": "2018, 2018-03 ou une date", "end": "2018, 2018-T2 ou une date",
		"initials": "Pour le tableau", "tags": "Séparées par ;"}
	l := layout{name: sheetProjects, aliases: []string{"Projects"}}
	for _, c := range portfolio.ProjectColumns() {
		width := 18.0
		if c.Field == "title" || c.Field == "problem" {
			width = 44
		}
		l.columns = append(l.columns, column{Column: c, help: help[c.Field], width: width})
	}
	return l
}

// helpMark begins the row of help under the headers; such rows are not read.
const helpMark = "↳ "

// opened is a sheet whose columns are known.
type opened struct {
	layout
	sheet *tabular.Sheet // without the rows of help
	table *tabular.Table // nil when the headers are wrong
	wrong *fault.Error   // what is wrong with the headers
}

// open finds the sheets of the workbook. A sheet that is not there is not imported; a book with none of
// them is refused.
func open(book *tabular.Book) (map[string]*opened, error) {
	found := map[string]*opened{}
	for _, l := range layouts() {
		sheet := find(book, l)
		if sheet == nil {
			continue
		}
		o := &opened{layout: l, sheet: withoutHelp(sheet)}
		table, err := o.sheet.Bind(l.bound()...)
		if f, bad := err.(*fault.Error); bad {
			o.wrong = f
		} else {
			o.table = table
		}
		found[l.name] = o
	}
	if len(found) == 0 {
		return nil, fault.New(fault.Invalid, "workspace.import.no_sheet", "sheets", sheetNames())
	}
	return found, nil
}

func sheetNames() []string {
	var names []string
	for _, l := range layouts() {
		names = append(names, l.name)
	}
	return names
}

func find(book *tabular.Book, l layout) *tabular.Sheet {
	for _, name := range append([]string{l.name}, l.aliases...) {
		if s := book.Sheet(name); s != nil {
			return s
		}
	}
	return nil
}

// withoutHelp leaves out the rows of help; the others keep their numbers.
func withoutHelp(s *tabular.Sheet) *tabular.Sheet {
	kept := *s
	kept.Rows = slices.DeleteFunc(slices.Clone(s.Rows), func(r tabular.Row) bool {
		i := slices.IndexFunc(r.Cells, func(c tabular.Cell) bool { return c.Kind != tabular.Blank })
		return i >= 0 && strings.HasPrefix(r.Cells[i].Text, strings.TrimSpace(helpMark))
	})
	return &kept
}

// kindWords are the words by which people name the kinds of units, folded.
func kindWords() map[string]string {
	return map[string]string{"direction": "directorate", "directorate": "directorate", "service": "service", "bureau": "service",
		"mission": "mission", "secretariat general": "secretariat_general", "secretariat_general": "secretariat_general",
		"direction generale": "secretariat_general", "executif": "executive", "executive": "executive", "municipalite": "executive",
		"assemblee": "assembly", "conseil": "assembly", "assembly": "assembly", "cabinet": "cabinet", "arrondissement": "arrondissement",
		"comite": "committee", "committee": "committee", "groupe de travail": "working_group", "working_group": "working_group",
		"jury": "jury", "operateur": "operator", "operator": "operator", "organisme exterieur": "external_org",
		"external_org": "external_org", "groupement": "consortium", "consortium": "consortium"}
}

// kindNames are the same words as they are written.
func kindNames() map[string]string {
	return map[string]string{"directorate": "direction", "service": "service", "mission": "mission", "secretariat_general": "secrétariat général",
		"executive": "exécutif", "assembly": "assemblée", "cabinet": "cabinet", "arrondissement": "arrondissement", "committee": "comité",
		"working_group": "groupe de travail", "jury": "jury", "operator": "opérateur", "external_org": "organisme extérieur",
		"consortium": "groupement"}
}

func layerWords() map[string]string {
	return map[string]string{"elu": "elu", "cabinet": "cabinet", "haut fonctionnaire": "haut_fonctionnaire",
		"haut_fonctionnaire": "haut_fonctionnaire", "encadrement": "haut_fonctionnaire", "service": "service", "agent": "service",
		"terrain": "terrain", "externe": "externe", "elected": "elu", "field": "terrain", "external": "externe"}
}

func natureWords() map[string]string {
	return map[string]string{"fonction": "fonction", "delegation de fonction": "fonction", "function": "fonction", "signature": "signature",
		"delegation de signature": "signature", "attribution": "attribution"}
}
