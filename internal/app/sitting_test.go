package app

import (
	"context"

	"parvis/internal/council"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
)

// What the story of Valmont lacks for every form of the committees to meet something real: a meeting that sits, with
// a vote under way; a formal act that was sent; opinions that wait for an answer; a return that was read.

// The motions and titles by which these things are found again.
const (
	underVote  = "Essai : une motion mise aux voix"
	heldAgenda = "COPIL-2018-3"
	nextAgenda = "COPIL-2018-2"
	// nextSession is that of the city council, which was called.
	nextSession = "CM-2018-2"
	sentAct     = "AF-2018-5"
	askedFor    = "Que pensez-vous des suites de janvier ?"
)

// sitter tells these things, the first fault keeping the others from being tried.
type sitter struct {
	*App
	ctx context.Context
	err error
}

func (s *sitter) do(deed func() error) {
	if s.err == nil {
		s.err = deed()
	}
}

// sit tells them once, in the city that all the tests copy.
func sit(a *App) error {
	s := &sitter{a, context.Background(), nil}
	secretary, err := a.as(mission)
	if err != nil {
		return err
	}
	chair, err := a.as(elected)
	if err != nil {
		return err
	}
	by, president := secretary.Actor(""), chair.Actor(postID(a, "PDT-COPIL"))
	next, err := a.Council.File(s.ctx, secretary, nextAgenda)
	if err != nil {
		return err
	}
	s.do(func() error {
		_, err := a.Council.Consult(s.ctx, by, council.ConsultForm{Item: next.Items[2].Item.ID, Post: postID(a, "DIR-DSI"), Question: askedFor, Days: 10})
		return err
	})
	var m council.Meeting
	var items []council.Item
	s.do(func() (err error) {
		m, err = a.Council.PrepareMeeting(s.ctx, by, next.Committee.ID, council.MeetingForm{Day: "2018-03-12", Clock: "09:00", Minutes: 60, Place: "Hôtel de Ville"})
		return err
	})
	for _, title := range []string{"Essai : un point que l’on vote", "Essai : un point décidé", "Essai : un point pour information"} {
		s.do(func() error {
			nature := council.ForDecision
			if len(items) == 2 {
				nature = council.ForInfo
			}
			i, err := a.Council.AddItem(s.ctx, by, m.ID, council.ItemForm{Nature: nature, Title: title, Summary: title, Minutes: 10, Rapporteur: postID(a, "CHEF-MVI"), Late: "Urgent"})
			items = append(items, i)
			return err
		})
	}
	s.do(func() (err error) {
		m, err = a.Council.ConveneMeeting(s.ctx, by, m.ID, m.Version, "Le marché finit demain.")
		return err
	})
	s.do(func() error { return s.gather(next, m) })
	s.do(func() error {
		_, err := a.Council.OpenMeeting(s.ctx, by, m.ID, m.Version, postID(a, "PDT-COPIL"), postID(a, "CHEF-MVI"))
		return err
	})
	s.do(func() error {
		_, err := a.Council.OpenBallot(s.ctx, by, council.BallotForm{Item: items[1].ID, Motion: "Essai : décider", Method: council.Secret})
		return err
	})
	s.do(func() error {
		ballot, err := text(a, `SELECT id FROM council_ballot WHERE item = $1`, string(items[1].ID))
		if err == nil {
			_, err = a.Council.CloseBallot(s.ctx, by, council.CloseForm{Ballot: id.ID(ballot), Tally: council.Tally{For: 5, Abstain: 1}})
		}
		return err
	})
	var d council.Decision
	s.do(func() (err error) {
		d, err = a.Council.TakeDecision(s.ctx, president, council.DecideForm{Item: items[1].ID, Version: items[1].Version, Result: council.ItemAdopted,
			Answers: portfolio.Answers{Segments: []string{"residents"}, Motive: "Il le faut.", Lang: "fr", Basis: []string{"CGCT L2122-18"}, Effective: "2018-04-01"}})
		return err
	})
	s.do(func() error {
		_, err := a.Council.OpenBallot(s.ctx, by, council.BallotForm{Item: items[0].ID, Motion: underVote, Method: council.Show})
		return err
	})
	s.do(func() error { return s.formal(d.ID) })
	s.do(func() error { return s.drawEdition(secretary) })
	s.sessions(next, by, president)
	return s.err
}

// drawEdition prepares the second edition of the circuit of the investment committee.
func (s *sitter) drawEdition(by identity.Visitor) error {
	d, err := s.Council.Drawing(s.ctx, by, "INVEST", "investissement")
	if err == nil {
		_, err = s.Council.DrawTemplate(s.ctx, by.Actor(""), council.TemplateForm{Committee: d.Committee.ID, CircuitTemplate: d.Latest().CircuitTemplate})
	}
	return err
}

// gather lets every member in.
func (s *sitter) gather(f council.File, m council.Meeting) error {
	v, err := s.as(mission)
	if err != nil {
		return err
	}
	var in []id.ID
	for _, seat := range f.Assembly.Seats {
		in = append(in, seat.ID)
	}
	return s.Council.Arrive(s.ctx, v.Actor(""), council.ArriveForm{Meeting: m.ID, Members: in})
}

// formal prepares a formal act and sends it.
func (s *sitter) formal(decision id.ID) error {
	v, err := s.as(mission)
	if err != nil {
		return err
	}
	f, err := s.Council.PrepareFormal(s.ctx, v.Actor(""), council.FormalForm{Decision: decision, Kind: council.Regulation, FormalText: council.FormalText{Signatory: "Le maire",
		Title: "Essai : un acte formel", MatterCode: "8.8", Transmit: true}})
	if err == nil {
		_, err = s.Council.SendFormal(s.ctx, v.Actor(""), f.ID, f.Version)
	}
	return err
}

// staged is a return file that the mission has read and not applied yet.
func (w *town) staged() string {
	w.t.Helper()
	v, err := w.as(mission)
	if err != nil {
		w.t.Fatal(err)
	}
	digest := one[string](w, `SELECT digest FROM council_formal WHERE ref = $1`, sentAct)
	s, err := w.Council.StageReturn(context.Background(), v, []byte("ref;digest;number;signed_on\n"+sentAct+";"+digest+";12;2018-03-12\n"))
	if err != nil {
		w.t.Fatal(err)
	}
	return string(s.ID)
}

// visaLetter is the secret of the letter that asks the directorate which was consulted.
func (w *town) visaLetter() (token string) {
	w.t.Helper()
	err := w.DB.Writer.Traffic(context.Background(), func(tx *db.Tx) (err error) {
		token, err = w.Council.VisaTokenIn(tx, id.ID(w.asked()), holderID(w.App, "DIR-DSI"))
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return token
}
