package app

import (
	"fmt"

	"parvis/internal/act"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// Sittings in every state in which a form of the committees may act, found again by their titles.
const (
	openSession  = "Essai : une séance ouverte"
	brokenOff    = "Essai : une séance suspendue"
	overSession  = "Essai : une séance levée"
	toldSession  = "Essai : une séance racontée"
	fixedSession = "Essai : une séance approuvée"
)

// sessions tells them: one that is open with an item to vote on, one to decide and one to take note of, one that was broken off, three that
// are over and whose minutes are not written, drafted and approved. What two of them decided becomes formal acts, one
// prepared and one that came back signed. A circuit was refused.
func (s *sitter) sessions(f council.File, by, president act.Actor) {
	_, items := s.session(f, by, openSession, 1, council.ForDecision, council.ForDecision, council.ForInfo)
	s.voted(by, items[1])
	s.do(func() error {
		_, err := s.Council.WriteDebate(s.ctx, by, items[0].ID, items[0].Version, "Essai : il a été dit que rien ne presse.")
		return err
	})
	broken, _ := s.session(f, by, brokenOff, 0, council.ForInfo)
	s.do(func() error {
		_, err := s.Council.SuspendMeeting(s.ctx, by, broken.ID, broken.Version, "Pause")
		return err
	})
	over, items := s.session(f, by, overSession, 0, council.ForDecision, council.ForDecision, council.ForInfo)
	for n, i := range items[:2] {
		s.voted(by, i)
		s.do(func() error {
			d, err := s.Council.TakeDecision(s.ctx, president, council.DecideForm{Item: i.ID, Version: i.Version, Result: council.ItemAdopted, Keep: n == 0,
				Answers: portfolio.Answers{Segments: []string{"residents"}, Motive: "Il le faut.", Lang: "fr", Basis: []string{"CGCT L2122-18"}, Effective: "2018-04-01"}})
			if err == nil {
				err = s.signed(by, d.ID, n == 1)
			}
			return err
		})
	}
	s.closed(by, over)
	for _, title := range []string{toldSession, fixedSession} {
		m, _ := s.session(f, by, title, 0, council.ForInfo)
		s.closed(by, m)
		s.minuted(by, m, title == fixedSession)
	}
	s.refused(f, by)
	s.unapproved()
}

// unapproved takes the approval of its minutes off the agenda of the city council, which waits to be put on it again.
func (s *sitter) unapproved() {
	s.do(func() error {
		next, err := s.Council.File(s.ctx, s.reading(), nextSession)
		if err == nil {
			_, err = s.Council.WithdrawItem(s.ctx, s.at("SGV"), next.Items[0].ID, next.Items[0].Version, "Le texte est à relire")
		}
		return err
	})
}

// session is a sitting that was convened, joined by all but some of the members, and opened.
func (s *sitter) session(f council.File, by act.Actor, title string, absent int, natures ...council.Nature) (m council.Meeting, items []council.Item) {
	s.do(func() (err error) {
		m, err = s.Council.PrepareMeeting(s.ctx, by, f.Committee.ID, council.MeetingForm{Title: title, Day: "2018-03-12", Clock: "09:00", Minutes: 60, Place: "Hôtel de Ville"})
		return err
	})
	items = make([]council.Item, len(natures))
	for n, nature := range natures {
		s.do(func() (err error) {
			items[n], err = s.Council.AddItem(s.ctx, by, m.ID, council.ItemForm{Nature: nature, Title: fmt.Sprintf("%s, point %d", title, n+1), Summary: fmt.Sprintf("%s : résumé réservé au comité, point smaragdine %d", title, n+1), Minutes: 10,
				Rapporteur: postID(s.App, "CHEF-MVI"), Late: "Urgent"})
			return err
		})
	}
	s.do(func() (err error) {
		m, err = s.Council.ConveneMeeting(s.ctx, by, m.ID, m.Version, "Le marché finit demain.")
		return err
	})
	s.do(func() error {
		var in []id.ID
		for _, seat := range f.Assembly.Seats[:len(f.Assembly.Seats)-absent] {
			in = append(in, seat.ID)
		}
		return s.Council.Arrive(s.ctx, by, council.ArriveForm{Meeting: m.ID, Members: in})
	})
	s.do(func() (err error) {
		m, err = s.Council.OpenMeeting(s.ctx, by, m.ID, m.Version, postID(s.App, "PDT-COPIL"), postID(s.App, "CHEF-MVI"))
		return err
	})
	return m, items
}

// voted holds a vote on an item and counts it.
func (s *sitter) voted(by act.Actor, i council.Item) {
	s.do(func() error {
		b, err := s.Council.OpenBallot(s.ctx, by, council.BallotForm{Item: i.ID, Motion: "Essai : décider", Method: council.Secret})
		if err == nil {
			_, err = s.Council.CloseBallot(s.ctx, by, council.CloseForm{Ballot: b.ID, Tally: council.Tally{For: 4}})
		}
		return err
	})
}

func (s *sitter) closed(by act.Actor, m council.Meeting) {
	s.do(func() error {
		now, err := s.Council.Meeting(s.ctx, s.reading(), m.Number)
		if err == nil {
			_, err = s.Council.CloseMeeting(s.ctx, by, m.ID, now.Version)
		}
		return err
	})
}

// signed prepares a formal act; one that comes back was sent and signed.
func (s *sitter) signed(by act.Actor, decision id.ID, back bool) error {
	f, err := s.Council.PrepareFormal(s.ctx, by, council.FormalForm{Decision: decision, Kind: council.Regulation, FormalText: council.FormalText{Signatory: "Le maire",
		Title: "Essai : un acte formel", MatterCode: "8.8", Transmit: true}})
	if err != nil || !back {
		return err
	}
	if f, err = s.Council.SendFormal(s.ctx, by, f.ID, f.Version); err != nil {
		return err
	}
	staged, err := s.Council.StageReturn(s.ctx, s.reading(), []byte("ref;digest;number;signed_on\n"+f.Ref+";"+f.Digest+";12;2018-03-12\n"))
	if err == nil {
		_, err = s.Council.ApplyReturn(s.ctx, by, s.reading(), staged.ID)
	}
	return err
}

// minuted writes the minutes of a sitting, and has them approved.
func (s *sitter) minuted(by act.Actor, m council.Meeting, approved bool) {
	s.do(func() error {
		catalog, err := texts()
		if err != nil {
			return err
		}
		minutes, err := s.Council.DraftMinutes(s.ctx, by, m.ID, catalog.Printer("fr"))
		if err == nil && approved {
			_, err = s.Council.ApproveMinutes(s.ctx, by, m.ID, minutes.Version)
		}
		return err
	})
}

// refused is a circuit whose first step was refused: it waits for an answer.
func (s *sitter) refused(f council.File, by act.Actor) {
	s.do(func() error {
		unit, err := text(s.App, `SELECT DISTINCT thing FROM powers_unit WHERE code = 'DPE'`)
		if err != nil {
			return err
		}
		c, err := s.Council.OpenCircuit(s.ctx, by, council.OpenForm{Item: f.Items[1].Item.ID, Code: "dossier", Unit: id.ID(unit)})
		if err != nil {
			return err
		}
		visa, err := text(s.App, `SELECT id FROM council_visa WHERE circuit = $1 AND status = 'asked' ORDER BY id LIMIT 1`, string(c.ID))
		if err != nil {
			return err
		}
		asked, err := text(s.App, `SELECT DISTINCT p.code FROM powers_post p JOIN council_visa v ON v.post = p.thing WHERE v.id = $1`, visa)
		if err == nil {
			_, err = s.Council.AnswerVisa(s.ctx, s.at(asked), council.VisaForm{Visa: id.ID(visa), Version: 1, Answer: council.VisaRefused, Text: "Le budget manque"})
		}
		return err
	})
}
