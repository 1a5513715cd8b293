package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"sync"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/money"
	"parvis/internal/participation"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/measures"
	"parvis/internal/portfolio/passation"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/tabular"
)

// What the story of Valmont lacks for every form to meet something in the state that it asks for, so that who is
// refused is refused for want of a power and of nothing else. These things are found again by their titles.
const (
	suspended  = "Essai : un projet suspendu"
	maturing   = "Essai : un projet en maturation"
	questioned = "Essai : un projet que l’on questionne"
	returned   = "Essai : quel coût en fonctionnement ?"
	learning   = "Essai : combien de temps tiennent les piles ?"
	settled    = "Essai : poser dix bancs ?"
	shunned    = "Essai : des bancs dont une direction se déporte ?"
	drafted    = "Essai : une stratégie palafitte"
	measured   = "Essai : des bancs ostrogothes comptés"
	untold     = "Essai : un récit zinzolin que l’on écrit"
	unfrozen   = "Essai : un vote callipyge"
	left       = "ancien.lecteur@example.org"
)

// ready tells them once, in the city that all the tests copy.
func ready(a *App) error {
	s := &sitter{a, context.Background(), nil}
	v, err := a.as(mission)
	if err != nil {
		return err
	}
	by := v.Actor("")
	s.projects(by)
	s.handover(by)
	s.strategies(v, by)
	s.vote(v, by)
	s.do(func() error { return s.reader(v) })
	return s.err
}

// at is whoever holds a post of Valmont, for a use case.
func (s *sitter) at(code string) act.Actor {
	return act.Actor{Kind: act.Agent, Account: id.ID("essai-" + strings.ToLower(code)), Post: postID(s.App, code), Holder: holderID(s.App, code), Channel: "web"}
}

// reading is how the mission reads.
func (s *sitter) reading() (v identity.Visitor) {
	s.do(func() (err error) {
		v, err = s.as(mission)
		return err
	})
	return v
}

// signal makes an initiative of the mission.
func (s *sitter) signal(by act.Actor, title string) (i portfolio.Initiative) {
	s.do(func() (err error) {
		i, err = s.Portfolio.SignalInitiative(s.ctx, by, portfolio.Signal{Brief: portfolio.Brief{Title: title, Problem: title + " : il faut bien essayer.", Sufferer: "Les passants",
			Lang: "fr", Origin: portfolio.Demand, Matter: "proprete"}})
		return err
	})
	return i
}

// projects are one that is suspended, one in maturation, and one about which questions were put in every state.
func (s *sitter) projects(by act.Actor) {
	stopped, ripe, asked := s.signal(by, suspended), s.signal(by, maturing), s.signal(by, questioned)
	s.do(func() error {
		return s.Portfolio.SuspendInitiative(s.ctx, by, portfolio.Suspend{Initiative: stopped.ID, Reason: "Faute de moyens", Reexamine: "2018-09-01"})
	})
	s.do(func() error {
		return s.Portfolio.LetMature(s.ctx, by, portfolio.Mature{Initiative: ripe.ID, Learn: "La tenue des piles", Post: by.Post, Until: "2018-09-01"})
	})
	s.do(func() error {
		_, err := s.Portfolio.PublishInitiative(s.ctx, by, portfolio.Publish{Initiative: asked.ID, Version: asked.Version})
		return err
	})
	s.do(func() error {
		unit, err := text(s.App, `SELECT DISTINCT thing FROM powers_unit WHERE code = 'DPE'`)
		if err != nil {
			return err
		}
		p, err := s.Portfolio.OfferPart(s.ctx, by, portfolio.Offer{Initiative: asked.ID, Unit: id.ID(unit), Role: portfolio.Contribute, Effort: "Deux agents"})
		if err == nil {
			_, err = s.Portfolio.AnswerPart(s.ctx, s.at("DIR-DPE"), portfolio.Answer{Part: p.ID, Version: p.Version, Kind: portfolio.Accept})
		}
		return err
	})
	ask := func(question string) (a portfolio.Arbitration) {
		s.do(func() (err error) {
			a, err = s.Portfolio.AskArbitration(s.ctx, by, portfolio.AskForm{Initiative: asked.ID, Case: portfolio.Case{Question: question, Context: "Un an d’essai",
				Amount: money.Euros(1000), Asked: []portfolio.AskedPost{{Post: by.Post, Capacity: portfolio.Decides}}}})
			return err
		})
		return a
	}
	back, wait, done, away := ask(returned), ask(learning), ask(settled), ask(shunned)
	s.do(func() error {
		_, err := s.Council.DeclareInterest(s.ctx, s.at("DIR-DVD"), council.InterestForm{Question: away.ID, Event: "recuse"})
		return err
	})
	s.do(func() error {
		_, err := s.Portfolio.ReturnArbitration(s.ctx, by, back.ID, "Quel coût ?")
		return err
	})
	s.do(func() error {
		return s.Portfolio.LetMature(s.ctx, by, portfolio.Mature{Initiative: asked.ID, Arbitration: wait.ID, Learn: "La tenue des piles", Post: by.Post, Until: "2018-09-01"})
	})
	s.do(func() error {
		_, err := s.Portfolio.DecideArbitration(s.ctx, by, portfolio.DecideForm{Arbitration: done.ID, Version: done.Version, Decision: "Poser dix bancs", Keep: true,
			Answers: portfolio.Answers{Motive: "On attend debout.", Segments: []string{"residents"}, Basis: []string{"CGCT L2122-18"}}})
		return err
	})
}

// handover is one in which something may be described, handed over, taken, taken off and added. The head of the mission is the interim.
func (s *sitter) handover(by act.Actor) {
	leaves := s.at("CM-ENV")
	var h passation.Handover
	var sheet passation.Sheet
	s.do(func() (err error) {
		h, err = s.Passation.Open(s.ctx, by, passation.OpenForm{Post: leaves.Post, Holder: leaves.Holder, LeavesOn: "2018-05-01", Interim: by.Post})
		return err
	})
	s.do(func() (err error) {
		v, err := s.as(mission)
		if err == nil {
			sheet, err = s.Passation.Handover(s.ctx, v, h.Number)
		}
		if err == nil && len(sheet.Items) < 3 {
			err = errors.New("whoever leaves holds fewer than three things")
		}
		return err
	})
	for n := range 2 {
		s.do(func() error {
			return s.Passation.Describe(s.ctx, leaves, sheet.Items[n].ID, sheet.Items[n].Version, passation.Checklist{State: "En cours", Next: "Rappeler l’architecte", Papers: "Carton 14 du couloir", Contacts: "Le syndic de l’îlot"})
		})
	}
	s.do(func() error { return s.Passation.Hand(s.ctx, leaves, h.ID, []id.ID{sheet.Items[0].ID}) })
	s.do(func() error { return s.Portfolio.EndOwner(s.ctx, by, sheet.Items[2].Thing.ID, leaves.Post) })
	s.do(func() error {
		i, err := initiativeOf(s.App, maturing)
		if err == nil {
			err = s.Portfolio.AddOwner(s.ctx, by, i, leaves.Post)
		}
		return err
	})
	s.do(func() error {
		return s.Measures.ContestDatum(s.ctx, by, measures.Contest{Measure: "m1", Why: "Essai : notre part est finie depuis un an"})
	})
	s.do(func() error {
		_, err := s.Passation.WriteStory(s.ctx, by, passation.Story{Title: untold, Body: "J’ai appris à attendre.", Lang: "fr"})
		return err
	})
}

// strategies are a draft with an objective, an edition of the grid that is being written, an indicator that the
// mission keeps, an annotation that waits.
func (s *sitter) strategies(v identity.Visitor, by act.Actor) {
	var draft strategy.Strategy
	s.do(func() (err error) {
		draft, err = s.Strategy.Write(s.ctx, by, strategy.Write{Title: strategy.Words{FR: drafted}, Purpose: strategy.Words{FR: "Essayer"}, Kind: "schema_numerique",
			From: "2019-01-01", Last: "2022-12-31", Lang: "fr"})
		return err
	})
	s.do(func() error {
		adopted, err := text(s.App, `SELECT id FROM strategy_strategy WHERE number = 'S-2018-1'`)
		if err == nil {
			_, err = s.Strategy.AttachPaper(s.ctx, by, strategy.Attach{Strategy: id.ID(adopted), Paper: blob.Paper{Title: "Essai : brouillon du bilan à mi-parcours", File: strings.NewReader("À relire.")}})
		}
		return err
	})
	s.do(func() error {
		_, err := s.Strategy.SetNode(s.ctx, by, strategy.SetNode{Strategy: draft.ID, Code: "E1", Title: strategy.Words{FR: "Essai : un objectif"}, Kind: "outcome", Weight: "1", Rank: 1})
		return err
	})
	s.do(func() error {
		objective, err := text(s.App, `SELECT objective FROM strategy_node WHERE removed_on = '' AND strategy <> $1 ORDER BY strategy, rank, id LIMIT 1`, string(draft.ID))
		if err == nil {
			_, err = s.Strategy.SetIndicator(s.ctx, by, strategy.SetIndicator{Objective: id.ID(objective), Title: strategy.Words{FR: measured}, Unit: "bancs", Direction: "up",
				Baseline: "10", BaselineAt: "2017", Method: "Compter", Source: "Registre", Frequency: "year", Owner: v.Posts[0].UnitID, Lang: "fr"})
		}
		return err
	})
	s.do(func() error {
		which, err := text(s.App, `SELECT id FROM strategy_indicator WHERE title_fr = $1`, measured)
		if err == nil {
			_, err = s.Strategy.RecordMeasure(s.ctx, by, strategy.Record{Indicator: id.ID(which), Period: "2017-12", Value: "12", Source: "Registre", Note: "Essai : deux bancs étaient au garage", Lang: "fr"})
		}
		return err
	})
	s.do(func() error { // a position that the mayor keeps inside
		which, err := text(s.App, `SELECT id FROM strategy_dilemma WHERE code = 'finalite'`)
		if err == nil {
			_, err = s.Strategy.TakePosition(s.ctx, s.at("MAIRE"), strategy.Take{Dilemma: id.ID(which), Lean: 1, Keep: true, Answers: portfolio.Answers{Motive: "Essai : le social d’abord",
				Segments: []string{"residents"}, Basis: []string{"CGCT L2121-29"}, Lang: "fr", Procedure: "deliberation", Instrument: "DEL-2018-8"}})
		}
		return err
	})
	inner := func() (id.ID, error) { return initiativeOf(s.App, maturing) }
	s.do(func() error {
		i, err := inner()
		if err == nil {
			_, err = s.Strategy.Place(s.ctx, by, strategy.Place{Subject: act.Ref{Type: "initiative", ID: i}, Criterion: s.criterion(), Level: s.level(), Reason: "Essai : lu par la mission seule", Lang: "fr"})
		}
		return err
	})
	s.do(func() error {
		objective, err := text(s.App, `SELECT objective FROM strategy_indicator WHERE title_fr = $1`, measured)
		i, other := inner()
		if err = errors.Join(err, other); err == nil {
			_, err = s.Strategy.ClaimContribution(s.ctx, by, strategy.Claim{Initiative: i, Objective: id.ID(objective), Claim: "Essai : moins de piles à la poubelle", Lang: "fr"})
		}
		return err
	})
	s.do(func() error {
		_, err := s.Strategy.WriteGrid(s.ctx, by, strategy.WriteGrid{Title: strategy.Words{FR: "Essai : référentiel 3"}, Intro: strategy.Words{FR: "Lire les projets"}, Changes: strategy.Words{FR: "Un critère de plus"}})
		return err
	})
	s.do(func() error {
		voice, err := s.as(resident)
		if err == nil {
			_, err = s.Strategy.Annotate(s.ctx, voice, voice.Actor(""), strategy.Annotate{Edition: 2, Kind: "question", Body: "Essai : et les enfants ?", Lang: "fr", As: strategy.AsResident})
		}
		return err
	})
}

// ballots is a vote of three people, as a .pb file.
const ballots = "META\nkey;value\ndescription;Essai\ncountry;Ville inventée\nunit;Valmont\ninstance;2019\nnum_projects;2\nnum_votes;3\nbudget;1000\nvote_type;approval\nrule;unknown\n" +
	"date_begin;01.02.2018\ndate_end;05.02.2018\ncurrency;EUR\nlanguage;fr\nPROJECTS\nproject_id;cost;name\n01;600;Essai : des bancs\n02;700;Essai : un préau\n" +
	"VOTES\nvoter_id;vote\n1;01\n2;01,02\n3;02\n"

// vote is one that was brought and whose rules are not frozen.
func (s *sitter) vote(v identity.Visitor, by act.Actor) {
	var staged participation.Staged
	s.do(func() (err error) {
		staged, err = s.Participation.Stage(s.ctx, v, participation.Bring{File: "essai.pb", Strict: true, In: strings.NewReader(ballots)})
		return err
	})
	s.do(func() error {
		_, err := s.Participation.ImportElection(s.ctx, v, by, participation.Import{Staged: staged.ID, Title: unfrozen, Lang: "fr", Source: "Essai", Invented: true})
		return err
	})
}

// reader follows an initiative by an address that was confirmed: the letters hold the secret that ends it.
func (s *sitter) reader(v identity.Visitor) error {
	i, err := initiativeOf(s.App, publicTitle)
	if err != nil {
		return err
	}
	ask, err := s.Portfolio.Follow(s.ctx, v, i, left, "fr")
	if err != nil {
		return err
	}
	return s.Portfolio.ConfirmFollow(s.ctx, ask.Confirm)
}

// rules are those that would be frozen for the vote that has none.
func (w *town) rules() (election, version, rules string) {
	w.t.Helper()
	v := w.visitorOf(mission)
	number := one[string](w, `SELECT number FROM participation_election WHERE title = $1`, unfrozen)
	sheet, err := w.Participation.Sheet(context.Background(), v, number)
	if err != nil {
		w.t.Fatal(err)
	}
	document, err := w.Participation.ProposeRules(context.Background(), sheet.Election, sheet.Lots, "plus_de_voix")
	if err != nil {
		w.t.Fatal(err)
	}
	return number, strconv.FormatInt(sheet.Version, 10), string(document.Canonical())
}

// number and question find initiatives and questions by what they are called.
func (w *town) number(title string) string {
	w.t.Helper()
	return one[string](w, `SELECT number FROM portfolio_initiative WHERE title = $1`, title)
}

func (w *town) question(words string) string {
	w.t.Helper()
	return one[string](w, `SELECT number FROM portfolio_arbitration WHERE question = $1`, words)
}

// book is a spreadsheet with one delegation that the city does not have.
var book = sync.OnceValue(func() string {
	var file bytes.Buffer
	err := tabular.WriteXLSX(&file, tabular.Output{Sheet: "Délégations", Header: []string{"Arrêté", "De", "À", "Nature", "Matières", "Depuis le"},
		Rows: func(yield func([]any) bool) {
			yield([]any{"ARR-ESSAI", "MAIRE", "SGV", "signature", "voirie", "12/03/2018"})
		}})
	if err != nil {
		panic(err)
	}
	return file.String()
})

// staffList is a directory with one agent who comes.
const staffList = "Matricule;Nom;Prénom;Courriel;Unité;Fonction;Depuis\nM-ESSAI;Petit;Anne;anne.petit@valmont.example;MVI;Chargée d’essai;01/03/2018\n"

// criterion and level are the first of the edition of the grid that is in force.
func (s *sitter) criterion() (code string) {
	s.do(func() (err error) {
		code, err = text(s.App, `SELECT c.code FROM strategy_criterion c JOIN strategy_grid g ON g.id = c.grid WHERE g.visibility = 'public' ORDER BY g.edition DESC, c.rank, c.id LIMIT 1`)
		return err
	})
	return code
}

func (s *sitter) level() (code string) {
	s.do(func() error {
		found, err := text(s.App, `SELECT c.levels FROM strategy_criterion c JOIN strategy_grid g ON g.id = c.grid WHERE g.visibility = 'public' ORDER BY g.edition DESC, c.rank, c.id LIMIT 1`)
		var levels []struct{ Code string }
		if err = errors.Join(err, json.Unmarshal([]byte(found), &levels)); err == nil && len(levels) > 0 {
			code = levels[0].Code
		}
		return err
	})
	return code
}
