package demo

import "parvis/internal/council"

// tellInvestment founds the committee that grants what goes over 90 000 €, with the sign-offs that it asks for
// before it meets.
func tellInvestment(t *teller) (err error) {
	s := &t.sessions
	s.invest, err = t.Council.FoundCommittee(t.ctx, t.as("CHEF-MVI"), council.CommitteeForm{Code: "INVEST", Kind: council.Investment,
		NameFR: "Comité d’investissement innovation", NameEN: "Innovation investment committee", Unit: t.units["INVEST"], Public: true,
		Mission: "Accorde ce qui dépasse ce que le secrétariat général peut engager seul.",
		Rules:   council.Rules{Quorum: council.HalfQuorum, Voting: council.Chair, Method: council.Show, Notice: 7, LockDays: 1}})
	if err != nil {
		return err
	}
	for _, seat := range []struct {
		post string
		role council.Role
	}{{"PDT-INVEST", council.President}, {"ADJ-FIN", council.Titular}, {"SGV", council.Titular}, {"CHEF-MVI", council.Secretary},
		{"FINANCES", council.Advisory}, {"DIR-DSI", council.Advisory}} {
		if _, err := t.seat(s.invest, seat.post, seat.role, ""); err != nil {
			return err
		}
	}
	visa := func(fr, en, role string, days int) council.StepSpec {
		return council.StepSpec{NameFR: fr, NameEN: en, Kind: council.VisaStep, Roles: []string{role}, Days: days, Working: true, Silence: council.SilenceNothing}
	}
	last := visa("Visa de l’élu·e du secteur", "Sign-off of the deputy in charge", "sponsor", 1)
	last.Need = 1
	drawn, err := t.Council.DrawTemplate(t.ctx, t.as("CHEF-MVI"), council.TemplateForm{Committee: s.invest.ID, Binds: council.BindsDecisions,
		CircuitTemplate: council.CircuitTemplate{Code: "investissement", NameFR: "Dossier d’investissement", NameEN: "Investment file", Steps: []council.StepSpec{
			visa("Visa des finances et des achats", "Sign-off of finance and purchasing", "post:FINANCES", 5),
			visa("Visa du numérique", "Sign-off of IT", "post:DIR-DSI", 1), last}}})
	if err != nil {
		return err
	}
	_, err = t.Council.PublishTemplate(t.ctx, t.as("CHEF-MVI"), drawn.ID, drawn.Version)
	return err
}

// tellInvestmentCalled calls it for the day on which visitors arrive, and asks for the sign-offs of its file.
func tellInvestmentCalled(t *teller) (err error) {
	s := &t.sessions
	if s.spending, err = t.meeting(s.invest, Today, "17:00"); err != nil {
		return err
	}
	if err := t.putOn(s.spending, "schools", council.ItemForm{Nature: council.ForDecision, Title: "Mesurer la chaleur dans vingt écoles de plus", Minutes: 30,
		Rapporteur: t.posts["CM-ENV"], Initiative: t.initiatives["ecoles"].ID, OpenDoors: true,
		Summary: "L’essai de 2017 a montré des salles à 33 °C en juin. Équiper vingt écoles coûte 96 000 € ; les mesures serviraient au plan de rénovation."},
		"Note au comité : vingt écoles de plus"); err != nil {
		return err
	}
	if err := t.putOn(s.spending, "credits", council.ItemForm{Nature: council.ForInfo, Title: "Crédits de l’année : ce qui est engagé", Minutes: 10, OpenDoors: true,
		Rapporteur: t.posts["FINANCES"], Summary: "Un tiers des crédits d’innovation de 2018 est engagé."}); err != nil {
		return err
	}
	f, err := t.Council.File(t.ctx, t.insider(), s.spending.Number)
	if err != nil {
		return err
	}
	if _, err := t.Council.OpenCircuit(t.ctx, t.as("CHEF-MVI"), council.OpenForm{Item: s.items["schools"].ID, Code: "investissement",
		Paper: f.Items[0].Papers[0].ID}); err != nil {
		return err
	}
	s.spending, err = t.Council.ConveneMeeting(t.ctx, t.as("CHEF-MVI"), s.spending.ID, s.spending.Version, "")
	return err
}

// tellFinanceVisa gives the first of the sign-offs; the second is asked, and its letter leaves.
func tellFinanceVisa(t *teller) error {
	flows, err := t.Council.CircuitsOf(t.ctx, t.insider(), t.sessions.items["schools"].ID)
	if err != nil {
		return err
	}
	asked := flows[0].Visas[0]
	_, err = t.Council.AnswerVisa(t.ctx, t.as("FINANCES"), council.VisaForm{Visa: asked.ID, Version: asked.Version, Answer: council.VisaAgreed,
		Text: "Crédits inscrits au budget primitif."})
	return err
}
