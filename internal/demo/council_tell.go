package demo

import (
	"io"
	"slices"
	"strings"

	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/council/councilweb"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// sessions is what the story has named of the committees so far.
type sessions struct {
	copil council.Committee
	seats map[string]id.ID // by code of the post
	held  council.Meeting
	next  council.Meeting
	items map[string]council.Item

	deadlines map[string]council.Deadline

	opened   council.Decision // of the register of sensors, in January
	bought   council.Decision // of the counters, the same day
	invest   council.Committee
	spending council.Meeting // of the investment committee
}

// committeeScenes tells the steering committee: one meeting held in January 2018, minuted and published, and
// the one that the mission prepares when visitors arrive.
func committeeScenes() []scene {
	return []scene{
		{"2018-01-08 10:00", "the steering committee", tellCommittee},
		{"2018-01-10 10:00", "the investment committee", tellInvestment},
		{"2018-01-09 11:00", "a meeting is prepared", tellPrepared},
		{"2018-01-15 09:00", "the meeting is called", tellConvened},
		{"2018-01-22 16:00", "one is excused, one gives a power", tellExcused},
		{"2018-01-25 14:30", "the meeting opens", tellOpened},
		{"2018-01-25 14:45", "the portfolio is looked at", tellNoted},
		{"2018-01-25 15:10", "sensors: a vote and a decision", tellSensorsDecided},
		{"2018-01-25 15:40", "canteens: an opinion", tellCanteens},
		{"2018-01-25 16:00", "counters: a choice", tellCountersChosen},
		{"2018-01-25 16:20", "the meeting closes", tellClosed},
		{"2018-01-29 10:00", "the minutes", tellMinutes},
		{"2018-02-05 17:00", "the minutes are published", tellMinutesPublished},
		{"2018-02-26 17:00", "what was asked for is done", tellReminded},
		{"2018-03-05 10:00", "the next meeting is prepared", tellNextPrepared},
		{"2018-03-05 11:00", "the investment committee is called", tellInvestmentCalled},
		{"2018-03-06 14:00", "somebody withdraws", tellWithdrawal},
		{"2018-03-09 10:30", "finance signs off", tellFinanceVisa},
	}
}

// tellCommittee founds it as the governance profile describes it, with its seats.
func tellCommittee(t *teller) (err error) {
	t.sessions = sessions{seats: map[string]id.ID{}, items: map[string]council.Item{}}
	t.sessions.copil, err = t.Council.FoundCommittee(t.ctx, t.as("CHEF-MVI"), council.CommitteeForm{Code: "COPIL", Kind: council.Copil,
		NameFR: "Comité de pilotage ville intelligente", NameEN: "Smart city steering committee", Unit: t.units["COPIL"], Public: true,
		Mission: "Suit le portefeuille, donne son avis sur ce qui dépasse une direction, décide de la méthode.",
		Rules: council.Rules{Quorum: council.HalfQuorum, Voting: council.Majority, Casting: true, Method: council.Show, PowersMax: 1,
			Notice: 7, LockDays: 3}})
	if err != nil {
		return err
	}
	for _, s := range []struct {
		post string
		role council.Role
		of   string
	}{{"PDT-COPIL", council.President, ""}, {"ADJ-PRO", council.Titular, ""}, {"ADJ-VOI", council.Titular, ""}, {"SGV", council.Titular, ""},
		{"DIR-DPE", council.Titular, ""}, {"DIR-DVD", council.Titular, ""}, {"DIR-DSI", council.Titular, ""}, {"REF-DPE", council.Deputy, "DIR-DPE"},
		{"CHEF-MVI", council.Secretary, ""}, {"FINANCES", council.Advisory, ""}} {
		m, err := t.seat(t.sessions.copil, s.post, s.role, t.sessions.seats[s.of])
		if err != nil {
			return err
		}
		t.sessions.seats[s.post] = m.ID
	}
	return nil
}

func (t *teller) seat(in council.Committee, post string, role council.Role, standsIn id.ID) (council.Member, error) {
	return t.Council.SeatMember(t.ctx, t.as("CHEF-MVI"), council.SeatForm{Committee: in.ID, Post: t.posts[post], Role: role, StandsIn: standsIn})
}

func (t *teller) meeting(of council.Committee, day calendar.Day, clock string) (council.Meeting, error) {
	return t.Council.PrepareMeeting(t.ctx, t.as("CHEF-MVI"), of.ID, council.MeetingForm{Day: day, Clock: clock, Minutes: 120, Place: "Hôtel de Ville, salle des Échevins"})
}

func (t *teller) putOn(m council.Meeting, name string, f council.ItemForm, papers ...string) error {
	i, err := t.Council.AddItem(t.ctx, t.as("CHEF-MVI"), m.ID, f)
	t.sessions.items[name] = i
	for _, title := range papers {
		if err == nil {
			_, err = t.Council.AddPaper(t.ctx, t.as("CHEF-MVI"), council.PaperForm{Item: i.ID, Kind: council.Report, Title: title,
				File: sample(title)})
		}
	}
	return err
}

// sample is a paper of the invented city.
func sample(title string) io.Reader {
	return strings.NewReader(title + "\n\nDocument d’exemple de la ville inventée de Valmont.\n")
}

func tellPrepared(t *teller) (err error) {
	if t.sessions.held, err = t.meeting(t.sessions.copil, "2018-01-25", "14:30"); err != nil {
		return err
	}
	for _, i := range []struct {
		name  string
		form  council.ItemForm
		paper string
	}{
		{"portfolio", council.ItemForm{Nature: council.ForInfo, Title: "Point d’étape du portefeuille", Minutes: 15, Rapporteur: t.posts["CHEF-MVI"], OpenDoors: true,
			Summary: "Vingt-cinq initiatives, dont sept en exploitation. Trois attendent une réponse d’une direction depuis plus d’un mois."}, "Tableau de bord, janvier 2018"},
		{"register", council.ItemForm{Nature: council.ForDecision, Title: "Tenir un registre public des capteurs", Minutes: 25, Rapporteur: t.posts["CM-DATA"], OpenDoors: true,
			Initiative: t.initiatives["opendata"].ID,
			Summary: "Les capteurs posés par sept directions ne sont connus que d’elles. Un registre public dit où ils sont, " +
				"ce qu’ils mesurent, qui en répond, et quand ils seront déposés."}, "Note de la mission : le registre des capteurs"},
		{"canteens", council.ItemForm{Nature: council.ForOpinion, Title: "Moins de restes à la cantine : ouvrir les données école par école", Minutes: 20,
			Rapporteur: t.posts["CM-ENV"], OpenDoors: true, Initiative: t.initiatives["cantines"].ID,
			Summary: "Publier les repas commandés et servis par école aide les familles et les équipes, et expose chaque école à la comparaison."},
			"Note : publier sans classer"},
		{"counters", council.ItemForm{Nature: council.ForDecision, Title: "Compter les passages à douze carrefours : choisir l’offre", Minutes: 15,
			Rapporteur: t.posts["CM-ENV"], Initiative: t.initiatives["carrefour"].ID,
			Summary: "L’essai de la Gare compte enfin les vélos et les piétons. Quatre offres ont été reçues pour douze carrefours ; " +
				"la mieux classée coûte 48 000 € hors taxes pour quatre ans."}, "Analyse des quatre offres"},
	} {
		if err := t.putOn(t.sessions.held, i.name, i.form, i.paper); err != nil {
			return err
		}
	}
	return nil
}

func tellConvened(t *teller) (err error) {
	t.sessions.held, err = t.Council.ConveneMeeting(t.ctx, t.as("CHEF-MVI"), t.sessions.held.ID, t.sessions.held.Version, "")
	return err
}

func tellExcused(t *teller) error {
	s := t.sessions
	if err := t.Council.SayAttendance(t.ctx, t.as("DIR-DPE"), s.held.ID, s.seats["DIR-DPE"], council.Excused, ""); err != nil {
		return err
	}
	return t.Council.SayAttendance(t.ctx, t.as("ADJ-PRO"), s.held.ID, s.seats["ADJ-PRO"], council.Represented, s.seats["ADJ-VOI"])
}

func tellOpened(t *teller) (err error) {
	s := &t.sessions
	in := []id.ID{s.seats["PDT-COPIL"], s.seats["ADJ-VOI"], s.seats["SGV"], s.seats["DIR-DVD"], s.seats["DIR-DSI"], s.seats["REF-DPE"], s.seats["CHEF-MVI"]}
	if err := t.Council.Arrive(t.ctx, t.as("CHEF-MVI"), council.ArriveForm{Meeting: s.held.ID, Members: in}); err != nil {
		return err
	}
	s.held, err = t.Council.OpenMeeting(t.ctx, t.as("CHEF-MVI"), s.held.ID, s.held.Version, t.posts["PDT-COPIL"], t.posts["CHEF-MVI"])
	return err
}

// tellNoted asks for what is about no project: one thing is done by the next meeting, the other waits for it.
func tellNoted(t *teller) error {
	i := t.sessions.items["portfolio"]
	_, err := t.Council.TakeNote(t.ctx, t.as("CHEF-MVI"), i.ID, i.Version,
		"Le secrétariat général demande que chaque direction réponde dans le mois ; M. Ferrand annonce une réponse de la DSI sur trois demandes.",
		portfolio.NewAction{What: reminder, Unit: t.units["SG"], Due: "2018-02-28"},
		portfolio.NewAction{What: "Désigner qui supplée la directrice de la voirie au comité", Unit: t.units["DVD"], Due: "2018-03-16"})
	return err
}

// reminder is what the committee asked the general secretariat to do.
const reminder = "Dire chaque mois à chaque direction les parts qui l’attendent"

func tellReminded(t *teller) error {
	f, err := t.Council.File(t.ctx, t.insider(), t.sessions.held.Number)
	if err != nil {
		return err
	}
	a := f.Actions[slices.IndexFunc(f.Actions, func(a portfolio.Action) bool { return a.What == reminder })]
	_, err = t.Portfolio.FinishAction(t.ctx, t.as("SGV"), a.ID, a.Version, "La première liste est partie le 26 février.")
	return err
}

// tellSensorsDecided votes on the register of sensors: six voices, one by power and one by a deputy.
func tellSensorsDecided(t *teller) error {
	s := t.sessions
	i, err := t.Council.WriteDebate(t.ctx, t.as("CHEF-MVI"), s.items["register"].ID, s.items["register"].Version,
		"La voirie craint que l’emplacement exact attire les vols ; il est convenu de publier la rue et non le mât.")
	if err != nil {
		return err
	}
	b, err := t.Council.OpenBallot(t.ctx, t.as("CHEF-MVI"), council.BallotForm{Item: i.ID, Motion: "Ouvrir au public un registre des capteurs de la Ville, à la rue près"})
	if err != nil {
		return err
	}
	voices := map[id.ID]council.Choice{}
	for post, choice := range map[string]council.Choice{"PDT-COPIL": council.For, "ADJ-PRO": council.For, "ADJ-VOI": council.For, "SGV": council.For,
		"DIR-DPE": council.For, "DIR-DVD": council.Abstain, "DIR-DSI": council.For} {
		voices[s.seats[post]] = choice
	}
	if _, err := t.Council.CloseBallot(t.ctx, t.as("CHEF-MVI"), council.CloseForm{Ballot: b.ID, Voices: voices}); err != nil {
		return err
	}
	t.sessions.opened, err = t.Council.TakeDecision(t.ctx, t.as("PDT-COPIL"), council.DecideForm{Item: i.ID, Version: i.Version, Result: council.ItemAdopted,
		Conditions: "La rue, jamais le mât ; aucun capteur d’image ou de son sans fiche d’impact publiée avec lui.",
		Answers: portfolio.Answers{Segments: []string{"residents", "agents"}, Motive: "Chacun doit pouvoir savoir ce que la Ville mesure dans la rue.", Lang: "fr",
			Basis: []string{"Règlement du comité de pilotage", "CRPA L312-1-1"}, Effective: "2018-02-01"},
		Actions: []portfolio.NewAction{
			{What: "Rassembler les listes des sept directions", Unit: t.units["DSI"], Due: "2018-02-28"},
			{What: "Rédiger la fiche type d’un capteur", Unit: t.units["MVI"], Due: "2018-03-30"},
		}})
	return err
}

func tellCanteens(t *teller) error {
	i := t.sessions.items["canteens"]
	b, err := t.Council.OpenBallot(t.ctx, t.as("CHEF-MVI"), council.BallotForm{Item: i.ID, Motion: "Avis favorable à la publication par école, sans classement", Method: council.Secret})
	if err != nil {
		return err
	}
	if _, err := t.Council.CloseBallot(t.ctx, t.as("CHEF-MVI"), council.CloseForm{Ballot: b.ID, Tally: council.Tally{For: 5, Against: 1, Abstain: 1}}); err != nil {
		return err
	}
	_, err = t.Council.TakeDecision(t.ctx, t.as("PDT-COPIL"), council.DecideForm{Item: i.ID, Version: i.Version, Result: council.ItemAdopted,
		Answers: portfolio.Answers{Segments: []string{"residents"}, Motive: "Les équipes des cantines sont d’accord si personne n’en fait un palmarès.", Lang: "fr",
			Basis: []string{"Règlement du comité de pilotage"}}})
	return err
}

// tellCountersChosen chooses among the offers: the mayor signs the contract.
func tellCountersChosen(t *teller) error {
	i := t.sessions.items["counters"]
	b, err := t.Council.OpenBallot(t.ctx, t.as("CHEF-MVI"), council.BallotForm{Item: i.ID, Motion: "Retenir l’offre la mieux classée pour douze carrefours"})
	if err != nil {
		return err
	}
	voices := map[id.ID]council.Choice{}
	for _, post := range []string{"PDT-COPIL", "ADJ-PRO", "ADJ-VOI", "SGV", "DIR-DPE", "DIR-DVD", "DIR-DSI"} {
		voices[t.sessions.seats[post]] = council.For
	}
	if _, err := t.Council.CloseBallot(t.ctx, t.as("CHEF-MVI"), council.CloseForm{Ballot: b.ID, Voices: voices}); err != nil {
		return err
	}
	t.sessions.bought, err = t.Council.TakeDecision(t.ctx, t.as("PDT-COPIL"), council.DecideForm{Item: i.ID, Version: i.Version, Result: council.ItemAdopted,
		Answers: portfolio.Answers{Segments: []string{"residents", "agents"}, Motive: "On ne règle pas un carrefour sur un comptage de 1998.", Lang: "fr",
			Basis: []string{"Règlement du comité de pilotage"}, Effective: "2018-02-12"}})
	return err
}

func tellClosed(t *teller) (err error) {
	t.sessions.held, err = t.Council.CloseMeeting(t.ctx, t.as("CHEF-MVI"), t.sessions.held.ID, t.sessions.held.Version)
	return err
}

func tellMinutes(t *teller) error {
	words, err := inFrench()
	if err != nil {
		return err
	}
	_, err = t.Council.DraftMinutes(t.ctx, t.as("CHEF-MVI"), t.sessions.held.ID, words)
	return err
}

// inFrench words what the law wants in French.
func inFrench() (*i18n.Printer, error) {
	words, err := i18n.Load(councilweb.Messages)
	if err != nil {
		return nil, err
	}
	return words.Printer(i18n.French), nil
}

// tellMinutesPublished masks the name of an agent that the debate quotes, then publishes.
func tellMinutesPublished(t *teller) error {
	f, err := t.Council.File(t.ctx, t.insider(), t.sessions.held.Number)
	if err != nil {
		return err
	}
	m, err := t.Council.ApproveMinutes(t.ctx, t.as("CHEF-MVI"), t.sessions.held.ID, f.Minutes.Version)
	if err != nil {
		return err
	}
	key := "item:" + string(t.sessions.items["portfolio"].ID)
	if m, err = t.Council.MaskMinutes(t.ctx, t.as("CHEF-MVI"), t.sessions.held.ID, m.Version, []council.Mask{{Key: key, Passage: "M. Ferrand"}}); err != nil {
		return err
	}
	_, err = t.Council.PublishMinutes(t.ctx, t.as("CHEF-MVI"), t.sessions.held.ID, m.Version, true)
	return err
}

// tellNextPrepared prepares the meeting of the coming week: the question that has waited for two years is on
// its agenda as it stands, for an opinion, since the investment committee decides it.
func tellNextPrepared(t *teller) (err error) {
	s := &t.sessions
	if s.next, err = t.meeting(s.copil, "2018-03-20", "14:30"); err != nil {
		return err
	}
	added, err := t.Council.AddQuestions(t.ctx, t.as("CHEF-MVI"), s.next.ID, council.ForOpinion, []id.ID{t.question}, "")
	if err != nil {
		return err
	}
	_, err = t.Council.AddPaper(t.ctx, t.as("CHEF-MVI"), council.PaperForm{Item: added[0].ID, Kind: council.Report, Title: "Bilan de l’essai sur 40 conteneurs",
		File: sample("Bilan de l’essai sur 40 conteneurs")})
	if err != nil {
		return err
	}
	if err := t.putOn(s.next, "wifi", council.ItemForm{Nature: council.ForDecision, Title: "Wi-Fi des bibliothèques : renouveler ou changer d’opérateur", Minutes: 20,
		Rapporteur: t.posts["CM-PART"], Initiative: t.initiatives["wifi"].ID,
		Summary: "Le marché finit en juin. Trois offres ont été reçues ; le comité choisit la manière, le service achète."}, "Comparaison des trois manières"); err != nil {
		return err
	}
	return t.putOn(s.next, "school", council.ItemForm{Nature: council.ForInfo, Title: "Suites des décisions de janvier", Minutes: 10, OpenDoors: true,
		Rapporteur: t.posts["CHEF-MVI"], Summary: "Les suites en retard sont dites une par une."})
}

// tellWithdrawal: whoever worked for one of the firms withdraws from the matter.
func tellWithdrawal(t *teller) error {
	_, err := t.Council.DeclareInterest(t.ctx, t.as("DIR-DSI"), council.InterestForm{Item: t.sessions.items["wifi"].ID, Event: "recuse", Nature: council.Employment,
		Note: "Ancien salarié de l’un des trois opérateurs."})
	return err
}
