package demo

import (
	"fmt"

	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// assembly is what the story has named of the city council: the one committee whose decisions are deliberations.
type assembly struct {
	council.Committee
	seats map[string]id.ID // by code of the post
	held  council.Meeting
	items map[string]council.Item
	taken []council.Decision
}

// assemblyScenes tells one session of the city council, from its notice to what the State received of it, and
// the notice of the next one.
func assemblyScenes() []scene {
	return []scene{
		{"2018-01-10 11:00", "the city council", tellAssembly},
		{"2018-02-06 10:00", "a session is prepared", tellSessionPrepared},
		{"2018-02-09 09:00", "the councillors are called", tellSessionCalled},
		{"2018-02-19 18:00", "the session opens", tellSessionOpened},
		{"2018-02-19 18:40", "open data: a vote by names", tellOpenDataVoted},
		{"2018-02-19 19:10", "the convention with the university", tellConventionVoted},
		{"2018-02-19 19:30", "the session closes", tellSessionClosed},
		{"2018-02-20 10:00", "the deliberations leave", tellDeliberationsLeave},
		{"2018-02-22 15:00", "the deliberations come back", tellDeliberationsBack},
		{"2018-02-23 09:00", "the list of deliberations", tellListPublished},
		{"2018-02-26 10:00", "its minutes are drafted", tellSessionMinuted},
		{"2018-03-09 11:00", "the next session is called", tellNextSession},
	}
}

// tellAssembly founds the council under the rules of the law: five clear days, more than half, one power.
func tellAssembly(t *teller) (err error) {
	s := &assembly{seats: map[string]id.ID{}, items: map[string]council.Item{}}
	t.assembly = s
	s.Committee, err = t.Council.FoundCommittee(t.ctx, t.as("SGV"), council.CommitteeForm{Code: "CM", Kind: council.Council,
		NameFR: "Conseil municipal", NameEN: "City council", Unit: t.units["CM"], Public: true,
		Mission: "Règle par ses délibérations les affaires de la commune.",
		Rules: council.Rules{Quorum: council.HalfQuorum, Voting: council.Majority, Casting: true, Method: council.Show, PowersMax: 1,
			Notice: 5, ClearDays: true, LockDays: 1}})
	if err != nil {
		return err
	}
	for _, seat := range []struct {
		post string
		role council.Role
	}{{"MAIRE", council.President}, {"ADJ-NUM", council.Titular}, {"ADJ-PRO", council.Titular}, {"ADJ-VOI", council.Titular}, {"ADJ-VER", council.Titular},
		{"ADJ-URB", council.Titular}, {"ADJ-FIN", council.Titular}, {"ADJ-DEM", council.Titular}, {"SGV", council.Secretary}} {
		m, err := t.Council.SeatMember(t.ctx, t.as("SGV"), council.SeatForm{Committee: s.ID, Post: t.posts[seat.post], Role: seat.role})
		if err != nil {
			return err
		}
		s.seats[seat.post] = m.ID
	}
	return nil
}

func (t *teller) session(day calendar.Day) (council.Meeting, error) {
	return t.Council.PrepareMeeting(t.ctx, t.as("SGV"), t.assembly.ID, council.MeetingForm{Day: day, Clock: "18:00", Minutes: 180, Place: "Hôtel de Ville, salle du conseil"})
}

func (t *teller) submit(m council.Meeting, name string, f council.ItemForm, report string) error {
	f.OpenDoors, f.Minutes = true, 20
	i, err := t.Council.AddItem(t.ctx, t.as("SGV"), m.ID, f)
	if err != nil {
		return err
	}
	t.assembly.items[name] = i
	_, err = t.Council.AddPaper(t.ctx, t.as("SGV"), council.PaperForm{Item: i.ID, Kind: council.Report, Title: report, File: sample(report)})
	return err
}

func tellSessionPrepared(t *teller) (err error) {
	s := t.assembly
	if s.held, err = t.session("2018-02-19"); err != nil {
		return err
	}
	for _, i := range []struct {
		name, report string
		form         council.ItemForm
	}{
		{"open", "Rapport : des données ouvertes par défaut, leurs exceptions, leur coût", council.ItemForm{Nature: council.ForDecision, Title: "Ouverture des données de la Ville : principe et gratuité",
			Rapporteur: t.posts["ADJ-NUM"], Initiative: t.initiatives["opendata"].ID,
			Summary: "La Ville ouvre ses données par défaut, gratuitement, sous licence ouverte ; les exceptions sont motivées et publiées.\n" +
				"Quarante et un jeux sont prêts, douze demandent qu’on en retire des noms. Le coût est de deux postes déjà ouverts et de 18 000 € par an d’hébergement ; " +
				"aucune recette n’est perdue, aucune donnée n’ayant été vendue."}},
		{"university", "Rapport : évaluer le démonstrateur avec l’université", council.ItemForm{Nature: council.ForDecision,
			Title: "Convention avec l’université de Valmont : évaluer les essais de la Ville", Rapporteur: t.posts["ADJ-URB"],
			Summary: "L’université évalue trois essais en deux ans, publie ses méthodes et ses résultats ; la Ville verse 24 000 €.\n" +
				"La somme est inscrite au budget principal. La convention peut être dénoncée au bout d’un an ; les données personnelles des riverains n’y entrent pas."}},
		{"fees", "Rapport : la redevance des réseaux", council.ItemForm{Nature: council.ForDecision, Title: "Redevance d’occupation du domaine public par les réseaux de capteurs",
			Rapporteur: t.posts["ADJ-FIN"], Summary: "Un tarif par point d’appui, selon l’emprise.\nTrois opérateurs occupent aujourd’hui le domaine public sans redevance ; le tarif proposé rapporterait de 9 000 à 14 000 € par an."}},
		{"delegated", "Compte rendu des décisions prises par délégation", council.ItemForm{Nature: council.ForInfo, Title: "Compte rendu des décisions prises par délégation du conseil",
			Rapporteur: t.posts["MAIRE"], Summary: "CGCT, art. L2122-23."}},
	} {
		if err := t.submit(s.held, i.name, i.form, i.report); err != nil {
			return err
		}
	}
	return nil
}

func tellSessionCalled(t *teller) (err error) {
	s := t.assembly
	if s.held, err = t.Council.ConveneMeeting(t.ctx, t.as("SGV"), s.held.ID, s.held.Version, ""); err != nil {
		return err
	}
	_, err = t.Council.CallOtherwise(t.ctx, t.as("SGV"), council.CallForm{Meeting: s.held.ID, Member: s.seats["ADJ-VER"], Means: council.ByPaper, On: "2018-02-09"})
	return err
}

func tellSessionOpened(t *teller) (err error) {
	s := t.assembly
	if err := t.Council.SayAttendance(t.ctx, t.as("SGV"), s.held.ID, s.seats["ADJ-DEM"], council.Represented, s.seats["ADJ-NUM"]); err != nil {
		return err
	}
	var in []id.ID
	for _, post := range []string{"MAIRE", "ADJ-NUM", "ADJ-PRO", "ADJ-VOI", "ADJ-VER", "ADJ-URB", "ADJ-FIN", "SGV"} {
		in = append(in, s.seats[post])
	}
	if err := t.Council.Arrive(t.ctx, t.as("SGV"), council.ArriveForm{Meeting: s.held.ID, Members: in}); err != nil {
		return err
	}
	s.held, err = t.Council.OpenMeeting(t.ctx, t.as("SGV"), s.held.ID, s.held.Version, t.posts["MAIRE"], t.posts["ADJ-URB"])
	return err
}

// deliberate votes by names on a matter and pronounces what the council adopts.
func (t *teller) deliberate(name, motive string, b council.BallotForm, against, abstain []string) error {
	s := t.assembly
	i := s.items[name]
	b.Item = i.ID
	opened, err := t.Council.OpenBallot(t.ctx, t.as("SGV"), b)
	if err != nil {
		return err
	}
	voices := map[id.ID]council.Choice{}
	for _, post := range []string{"MAIRE", "ADJ-NUM", "ADJ-PRO", "ADJ-VOI", "ADJ-VER", "ADJ-URB", "ADJ-FIN", "ADJ-DEM"} {
		voices[s.seats[post]] = council.For
	}
	for _, post := range against {
		voices[s.seats[post]] = council.Against
	}
	for _, post := range abstain {
		voices[s.seats[post]] = council.Abstain
	}
	if _, err := t.Council.CloseBallot(t.ctx, t.as("SGV"), council.CloseForm{Ballot: opened.ID, Voices: voices}); err != nil {
		return err
	}
	d, err := t.Council.TakeDecision(t.ctx, t.as("MAIRE"), council.DecideForm{Item: i.ID, Version: i.Version, Result: council.ItemAdopted,
		Answers: portfolio.Answers{Segments: []string{"residents"}, Motive: motive, Lang: "fr", Basis: []string{"CGCT L2121-29"}, Effective: "2018-03-01"}})
	s.taken = append(s.taken, d)
	return err
}

func tellOpenDataVoted(t *teller) error {
	return t.deliberate("open", "Chacun peut réutiliser ce que la Ville a payé pour mesurer.", council.BallotForm{Method: council.RollCall, Requested: 3,
		Motion: "Ouvrir par défaut et gratuitement les données de la Ville, sous licence ouverte ; motiver et publier chaque exception"},
		[]string{"ADJ-FIN"}, []string{"ADJ-VOI"})
}

func tellConventionVoted(t *teller) error {
	return t.deliberate("university", "Un essai se juge par d’autres que ceux qui l’ont mené.", council.BallotForm{
		Motion: "Approuver la convention d’évaluation avec l’université de Valmont et autoriser la maire à la signer"}, nil, nil)
}

func tellSessionClosed(t *teller) (err error) {
	s := t.assembly
	fees, told := s.items["fees"], s.items["delegated"]
	if _, err := t.Council.WithdrawItem(t.ctx, t.as("SGV"), fees.ID, fees.Version, "Le tarif est à revoir avec les opérateurs."); err != nil {
		return err
	}
	if _, err := t.Council.TakeNote(t.ctx, t.as("SGV"), told.ID, told.Version, ""); err != nil {
		return err
	}
	s.held, err = t.Council.CloseMeeting(t.ctx, t.as("SGV"), s.held.ID, s.held.Version)
	return err
}

// tellDeliberationsLeave hands what the council adopted to the tool that signs and transmits it.
func tellDeliberationsLeave(t *teller) error {
	for n, text := range []council.FormalText{
		{Title: "Ouverture des données de la Ville : principe et gratuité", Transmit: true, MatterCode: "9.1"},
		{Title: "Convention avec l’université de Valmont pour l’évaluation des essais", Transmit: true, MatterCode: "9.1",
			BudgetYear: "2018", BudgetName: "Budget principal"},
	} {
		if err := t.leaves("SGV", t.assembly.taken[n], council.Deliberation, text); err != nil {
			return err
		}
	}
	return nil
}

// tellDeliberationsBack takes their numbers and the receipts of the State, and publishes them.
func tellDeliberationsBack(t *teller) error {
	var back []returned
	for n, d := range t.assembly.taken {
		back = append(back, returned{d, fmt.Sprintf("2018-%03d;20/02/2018;21/02/2018;21/02/2018;000-200000000-20180219-%03d-DE;PREF000;;22/02/2018;"+
			"https://valmont.example/actes/2018-%03d", n+11, n+11, n+11)})
	}
	return t.comeBack("SGV", back...)
}

func tellListPublished(t *teller) error {
	_, err := t.Council.PublishList(t.ctx, t.as("SGV"), t.assembly.held.ID, 0, nil, true)
	return err
}

func tellSessionMinuted(t *teller) error {
	words, err := inFrench()
	if err != nil {
		return err
	}
	_, err = t.Council.DraftMinutes(t.ctx, t.as("SGV"), t.assembly.held.ID, words)
	return err
}

// tellNextSession calls the councillors to what they will find under « Affaires soumises », after the minutes of the
// session before.
func tellNextSession(t *teller) error {
	m, err := t.session("2018-03-26")
	if err != nil {
		return err
	}
	if err := t.submit(m, "budget", council.ItemForm{Nature: council.ForDecision, Title: "Budget participatif 2018\u00a0: règlement et enveloppe",
		Rapporteur: t.posts["ADJ-DEM"], Summary: "Le règlement de l’édition 2018 et son enveloppe, avant l’ouverture du vote.\n" +
			"Le règlement reprend celui de 2016, avec deux changements : chaque quartier a sa part, et les frais d’étude sont dits pour chaque idée."}, "Rapport : le budget participatif 2018"); err != nil {
		return err
	}
	words, err := inFrench()
	if err != nil {
		return err
	}
	if _, err := t.Council.AddApprovals(t.ctx, t.as("SGV"), m.ID, "", words); err != nil {
		return err
	}
	_, err = t.Council.ConveneMeeting(t.ctx, t.as("SGV"), m.ID, m.Version, "")
	return err
}
