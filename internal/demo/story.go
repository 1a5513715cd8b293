package demo

import (
	"time"

	"parvis/internal/calendar"
	"parvis/internal/money"
	"parvis/internal/portfolio"
)

// storyScenes tells what the mission and the directorates did.
func storyScenes() []scene {
	scenes := append(powersScenes(), projectScenes()...)
	scenes = append(scenes, scene{"2015-10-15 18:00", "the wall of 2015", tellWall})
	scenes = append(scenes, voteScenes()...)
	scenes = append(scenes, strategyScenes()...)
	scenes = append(scenes, committeeScenes()...)
	scenes = append(scenes, deadlineScenes()...)
	scenes = append(scenes, formalScenes()...)
	scenes = append(scenes, assemblyScenes()...)
	scenes = append(scenes, passationScenes()...)
	scenes = append(scenes, paperScenes()...)
	return append(scenes, collectionScenes()...)
}

// tellWall keeps the wall of the mission, by elected sponsor, as it stood for the committee of 2015.
func tellWall(t *teller) error {
	board, err := t.Portfolio.SaveBoard(t.ctx, t.as("CHEF-MVI"), portfolio.Board{Name: "Le mur de la mission",
		View: portfolio.View{GroupBy: portfolio.BySponsor}})
	if err != nil {
		return err
	}
	_, err = t.Portfolio.TakeSnapshot(t.ctx, t.as("CHEF-MVI"), board.ID, "Comité de pilotage du 15 octobre 2015")
	return err
}

// collection is the initiative that the visit follows: it began with an offer.
const collection = "collecte"

// collectionScenes tells « Collecte guidée par capteurs »: an offer, three deputies, three directorates
// of which one accepted, one countered and one is silent, and a question that has waited for two years.
func collectionScenes() []scene {
	return []scene{
		{"2016-02-15 10:00", "offer received", tellOffer},
		{"2016-03-01 09:30", "parts offered", tellPartsOffered},
		{"2016-03-03 14:00", "the lead is accepted", tellLeadAccepted},
		{"2016-03-21 11:15", "cleanliness accepts", tellQualified},
		{"2016-04-04 16:40", "roads counters", tellRoadsCounter},
		{"2016-04-05 10:00", "the question is put", tellQuestion},
		{"2016-05-02 09:00", "what is not known", tellUnknowns},
		{"2016-06-20 09:00", "published", tellPublished},
		{"2018-01-15 10:00", "the committee is now competent", tellReturned},
		{"2018-01-19 16:00", "the question is put to the committee", tellPutAgain},
		{"2018-03-09 10:00", "a part leaves by mail", tellLetter},
	}
}

func tellOffer(t *teller) error {
	i, err := t.Portfolio.SignalInitiative(t.ctx, t.as("CM-ENV"), portfolio.Signal{
		Brief: portfolio.Brief{
			Title: "Collecte guidée par capteurs",
			Problem: "Les camions passent devant des conteneurs à verre à moitié vides, et d’autres débordent le week-end. " +
				"Les équipes roulent pour rien, les habitants marchent dans le verre.",
			Sufferer: "Les habitants des quartiers Les Halles et Gare-Nord ; les équipes de collecte du secteur est",
			Lang:     "fr", Origin: portfolio.Supply,
			OriginNote: "Un fournisseur de capteurs a proposé d’équiper toute la ville. La Ville répond à partir de son propre besoin.",
			Matter:     "proprete", Places: []string{"halles", "gare"},
			Point: &portfolio.Point{Lat: 47.3105, Lon: 1.0885}, Initials: "NB+VO+JPC", Tags: []string{"capteurs", "propreté", "offre"},
		},
		Sponsors: t.postIDs("ADJ-PRO", "ADJ-VOI", "ADJ-NUM"), Owners: t.postIDs("CHEF-MVI"),
	})
	t.initiatives[collection] = i
	return err
}

func tellPartsOffered(t *teller) error {
	return t.offer(collection, "CHEF-MVI",
		offer{"DPE", portfolio.Lead, "Deux chefs d’équipe, refonte des tournées du secteur est"},
		offer{"DVD", portfolio.Contribute, "Autoriser la pose de 400 capteurs sur le domaine public et ouvrir les chantiers"},
		offer{"DSI", portfolio.Contribute, "Héberger les données et les ouvrir dans le catalogue de la Ville"})
}

func tellLeadAccepted(t *teller) error {
	return t.answer(collection, "DPE", "DIR-DPE", portfolio.Accept, "")
}

func tellQualified(t *teller) error {
	return t.advance(collection, "CHEF-MVI", portfolio.Qualified, portfolio.Investigated)
}

func tellRoadsCounter(t *teller) error {
	return t.answer(collection, "DVD", "DIR-DVD", portfolio.Counter,
		"D’accord pour 120 conteneurs du secteur est, sans nouveau mât : les capteurs se posent dans les cuves existantes.")
}

func tellQuestion(t *teller) error {
	a, err := t.Portfolio.AskArbitration(t.ctx, t.as("CHEF-MVI"), portfolio.AskForm{
		Initiative: t.initiatives[collection].ID,
		Case: portfolio.Case{
			Question: "Généraliser la collecte guidée à toute la ville ?",
			Context: "Essai de six mois sur 40 conteneurs : l’écart entre remplissage mesuré et constaté est de 9 %, " +
				"les kilomètres baissent de 11 %. La voirie accepte une partie, la DSI n’a pas répondu.",
			Options: []portfolio.Option{
				{Label: "Généraliser à toute la ville", Cost: money.Euros(180000), Consequence: "400 capteurs, tournées refaites dans les deux secteurs"},
				{Label: "Étendre au secteur est seulement", Cost: money.Euros(62000), Consequence: "120 capteurs, ce que la voirie accepte aujourd’hui"},
				{Label: "Arrêter", Cost: money.Euros(0), Consequence: "Dépose des 40 capteurs, bilan publié"},
			},
			Recommended: 1, Recommendation: "Les deux hypothèses de l’essai sont tenues ; le coût est couvert par les kilomètres évités en trois ans.",
			Amount: money.Euros(180000),
			Asked: []portfolio.AskedPost{
				{Post: t.posts["ADJ-NUM"], Capacity: portfolio.Decides},
				{Post: t.posts["ADJ-PRO"], Capacity: portfolio.Opinion},
				{Post: t.posts["ADJ-VOI"], Capacity: portfolio.Opinion},
			},
		},
		Answers: portfolio.Answers{
			Segments: []string{"residents", "agents"}, Basis: []string{"CGCT L2224-13"},
			Evidence: []string{"Bilan de l’essai, mars 2016"}, Procedure: "arbitration",
		},
	})
	t.question, t.put = a.ID, a.Case
	return err
}

func tellUnknowns(t *teller) error {
	for _, q := range []portfolio.OpenForm{
		{Kind: portfolio.Unknown, Question: "Combien de temps tient la pile d’un capteur dans une cuve humide ?", Post: t.posts["REF-DPE"], Due: "2016-12-31"},
		{Kind: portfolio.Legal, Question: "Les données de remplissage appartiennent-elles à la Ville si le fournisseur les héberge ?", Post: t.posts["DIR-DAJ"], Due: "2016-09-30"},
	} {
		q.Initiative = t.initiatives[collection].ID
		if err := t.Portfolio.OpenQuestion(t.ctx, t.as("CHEF-MVI"), q); err != nil {
			return err
		}
	}
	for _, m := range []portfolio.SetMilestone{
		{Label: "Essai sur 40 conteneurs", Planned: "2015-Q4", Actual: "2016-03"},
		{Label: "Décision", Planned: "2016-Q2"},
		{Label: "Déploiement", Planned: "2017"},
	} {
		m.Initiative = t.initiatives[collection].ID
		if err := t.Portfolio.SetMilestone(t.ctx, t.as("CHEF-MVI"), m); err != nil {
			return err
		}
	}
	return t.Portfolio.ImportBudget(t.ctx, t.as("CHEF-MVI"), t.initiatives[collection].ID, "Export du logiciel financier, 30 avril 2016",
		[]portfolio.Figure{
			{Year: 2016, Credit: portfolio.AE, Nature: portfolio.Planned, Amount: money.Euros(180000)},
			{Year: 2016, Credit: portfolio.CP, Nature: portfolio.Paid, Amount: money.Euros(18400)},
		})
}

func tellReturned(t *teller) error {
	_, err := t.Portfolio.ReturnArbitration(t.ctx, t.as("ADJ-NUM"), t.question,
		"Au-delà de 90 000 €, c’est désormais au comité d’investissement de trancher : merci de le saisir.")
	return err
}

func tellPutAgain(t *teller) error {
	put := t.put
	put.Asked = append([]portfolio.AskedPost{{Post: t.posts["PDT-INVEST"], Capacity: portfolio.Decides}}, put.Asked[1:]...)
	_, err := t.Portfolio.ReplyArbitration(t.ctx, t.as("CHEF-MVI"), t.question, "Le comité d’investissement est saisi.", &put)
	return err
}

// tellLetter asks the IT directorate for a part: its head receives a letter and may answer from it.
func tellLetter(t *teller) error {
	return t.offer("cantines", "CHEF-MVI",
		offer{"DSI", portfolio.Contribute, "Ouvrir les données des repas commandés et servis, école par école"})
}

func tellPublished(t *teller) error { return t.publish(collection, "CHEF-MVI") }

// offer is a part offered to a unit.
type offer struct {
	unit   string
	role   portfolio.PartRole
	effort string
}

func (t *teller) offer(name, by string, offers ...offer) error {
	for _, o := range offers {
		_, err := t.Portfolio.OfferPart(t.ctx, t.as(by), portfolio.Offer{Initiative: t.initiatives[name].ID,
			Unit: t.units[o.unit], Role: o.role, Effort: o.effort})
		if err != nil {
			return err
		}
		t.Clock.Advance(time.Minute) // so that their order is the same in every telling
	}
	return nil
}

// answer gives a unit's answer to the part it was offered.
func (t *teller) answer(name, unit, by string, kind portfolio.AnswerKind, text string) error {
	sheet, err := t.sheet(name)
	if err != nil {
		return err
	}
	for _, p := range sheet.Parts {
		if p.Unit == t.units[unit] {
			_, err = t.Portfolio.AnswerPart(t.ctx, t.as(by), portfolio.Answer{Part: p.ID, Version: p.Version, Kind: kind, Text: text})
			return err
		}
	}
	return nil
}

func (t *teller) advance(name, by string, stages ...portfolio.Stage) error {
	for _, to := range stages {
		sheet, err := t.sheet(name)
		if err != nil {
			return err
		}
		_, err = t.Portfolio.AdvanceInitiative(t.ctx, t.as(by), portfolio.Advance{Initiative: sheet.ID, Version: sheet.Version, To: to,
			Note: "Étape franchie", Review: calendar.DayOf(t.Clock.Now()).AddMonths(12)})
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *teller) publish(name, by string) error {
	sheet, err := t.sheet(name)
	if err != nil {
		return err
	}
	_, err = t.Portfolio.PublishInitiative(t.ctx, t.as(by), portfolio.Publish{Initiative: sheet.ID, Version: sheet.Version, Decisions: true})
	return err
}
