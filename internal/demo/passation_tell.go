package demo

import (
	"parvis/internal/id"
	"parvis/internal/portfolio/passation"
)

// passationScenes tells how the project officer for data left at the end of 2017: two things of three
// were handed over in time, the head of the mission keeps the third, and the successor took one with a
// reserve. Of a departure of the summer nobody thought: its handover opened by itself, and waits.
func passationScenes() []scene {
	return []scene{
		{"2017-12-11 09:30", "handover opened", tellDeparture},
		{"2017-12-20 16:00", "handed over", tellHandedOver},
		{"2017-12-22 17:30", "a récit", tellStory},
		{"2018-02-12 11:00", "taken", tellTaken},
		{"2018-02-19 02:15", "a departure without handover", func(t *teller) error {
			_, err := t.Passation.OpenDue(t.ctx)
			return err
		}},
	}
}

func tellDeparture(t *teller) error {
	_, err := t.Passation.Open(t.ctx, t.as("CHEF-MVI"), passation.OpenForm{Post: t.posts["CM-DATA"], Holder: t.holders["CM-DATA"],
		LeavesOn: "2017-12-31", Interim: t.posts["CHEF-MVI"]})
	return err
}

// sheets are what the one who left wrote of each project, by its key; of the third nothing.
var sheets = map[string]passation.Checklist{
	"velos": {State: "Six ponts sur six sont équipés, les comptages arrivent chaque nuit.", Next: "Vérifier le capteur du pont de la Rive, muet deux jours en novembre.",
		Papers: "GED, dossier « Comptages » ; notice du capteur dans l’armoire B.", Contacts: "Référent ville intelligente de la voirie."},
	"energie": {State: "Les factures de 41 bâtiments sont reprises, 12 manquent.", Next: "Obtenir les douze factures qui manquent.",
		Papers: "Tableau « Énergie 2017 » sur le partage de la direction du patrimoine.", Contacts: "Direction du patrimoine, direction des finances."},
}

// departing reads the handover as those inside do.
func (t *teller) departing() (passation.Sheet, error) {
	return t.Passation.Handover(t.ctx, t.insider(), "T-2017-1")
}

// about lists the things of a handover that concern some projects.
func (t *teller) about(s passation.Sheet, keys ...string) (items []passation.Item) {
	for _, key := range keys {
		for _, i := range s.Items {
			if i.Thing.ID == t.initiatives[key].ID {
				items = append(items, i)
			}
		}
	}
	return items
}

func tellHandedOver(t *teller) error {
	s, err := t.departing()
	if err != nil {
		return err
	}
	var handed []id.ID
	for _, key := range []string{"velos", "energie"} {
		for _, i := range t.about(s, key) {
			if err := t.Passation.Describe(t.ctx, t.as("CM-DATA"), i.ID, i.Version, sheets[key]); err != nil {
				return err
			}
			handed = append(handed, i.ID)
		}
	}
	return t.Passation.Hand(t.ctx, t.as("CM-DATA"), s.ID, handed)
}

func tellStory(t *teller) error {
	s, err := t.Passation.WriteStory(t.ctx, t.as("CM-DATA"), passation.Story{Title: "Trois ans à demander des données", Lang: "fr",
		Body: "Je suis arrivé en février 2015 avec l’idée que les données étaient quelque part et qu’il suffisait de les ouvrir. " +
			"La première année, j’ai surtout appris à qui demander.\n\n" +
			"Une direction ne refuse pas une donnée : elle craint qu’on la lui reproche. Le jour où nous avons publié ensemble un fichier avec ses trous, " +
			"en disant pourquoi ils étaient là, les autres sont venus.\n\n" +
			"Ce que je n’ai pas su faire : compter ce que l’ouverture a changé pour les habitants. C’est par là que je commencerais aujourd’hui."})
	if err != nil {
		return err
	}
	_, err = t.Passation.PublishStory(t.ctx, t.as("CM-DATA"), s.ID, s.Version)
	return err
}

func tellTaken(t *teller) error {
	s, err := t.departing()
	if err != nil {
		return err
	}
	for _, some := range []struct {
		keys    []string
		reserve string
	}{
		{[]string{"velos"}, ""},
		{[]string{"energie"}, "Le tableau cité n’est plus sur le partage : la direction du patrimoine le cherche."},
	} {
		var items []id.ID
		for _, i := range t.about(s, some.keys...) {
			items = append(items, i.ID)
		}
		if err := t.Passation.Take(t.ctx, t.as("CM-DATA"), s.ID, items, some.reserve); err != nil {
			return err
		}
	}
	return nil
}
