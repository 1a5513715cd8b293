package app

import (
	"context"
	"strings"
	"testing"

	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// The words by which what is kept is known: they stand nowhere else.
const (
	fileWords     = "remplissage mesuré"           // of the half page
	paperWords    = "Bilan confidentiel du comité" // title of a paper
	scoreWords    = "Motion réservée au comité"    // of the vote
	debateWords   = "Teneur réservée des échanges" // of the debate
	askedWords    = "Consultation réservée"        // of an opinion that is asked
	actWords      = "Contenu réservé de l’acte"    // of a decision and of the act made of it
	soughtWord    = "tourmaline"                   // of an item that the search knows
	questionWords = "Généraliser la collecte guidée à toute la ville"
)

var secretWords = map[string]string{"file": fileWords, "paper": paperWords, "score": scoreWords, "debate": debateWords, "asked": askedWords, "act": actWords}

// matter is a question at a meeting that sits: a peer takes part, a recused member does not. Another item of the
// meeting, from which the same member withdrew, was decided and made into a formal act.
type matter struct {
	*town
	item, other council.Item
	meeting     council.Meeting
	later       council.Meeting // being prepared
	past        council.Meeting // over: another matter, from which the member withdrew too, is told in its minutes
	paper       council.Paper
	ballot      council.Ballot
	formal      council.Formal

	visas, letters, staged map[string]string // by member: what each was asked, by which letter, and the return each read
}

const recusedMember, peerMember = "Leïla Haddad", "Sandrine Leclerc"

// openMatter puts the question of the visit to a sitting, with what was asked about it, a debate and a vote that is
// counted, and lets one member withdraw from it.
func openMatter(t *testing.T) matter {
	m := matter{town: openValmont(t), visas: map[string]string{}, letters: map[string]string{}, staged: map[string]string{}}
	ctx, mission := context.Background(), m.actorOf(mission)
	f, err := m.Council.File(ctx, m.visitorOf("Sabine Lenoir"), "COPIL-2018-2")
	m.must(err)
	m.item, m.meeting = f.Items[0].Item, f.Meeting
	m.other, err = m.Council.AddItem(ctx, mission, m.meeting.ID, council.ItemForm{Nature: council.ForDecision, Title: "Essai : un point réservé", Summary: soughtWord})
	m.must(err)
	m.paper, err = m.Council.AddPaper(ctx, mission, council.PaperForm{Item: m.item.ID, Kind: council.Report, Title: paperWords, File: strings.NewReader("%PDF-1.4 " + paperWords)})
	m.must(err)
	m.minuted(f)
	m.consult(recusedMember)
	m.consult(peerMember)
	for _, i := range []council.Item{m.item, m.other} {
		_, err = m.Council.DeclareInterest(ctx, m.actorOf(recusedMember), council.InterestForm{Item: i.ID, Event: "recuse", Nature: council.Shares})
		m.must(err)
	}
	m.later, err = m.Council.PrepareMeeting(ctx, mission, m.meeting.Committee, council.MeetingForm{Day: m.meeting.Day.AddMonths(2), Clock: "10:00", Minutes: 60, Place: "Mairie"})
	m.must(err)
	m.sits(m.meeting, f)
	m.item, err = m.Council.WriteDebate(ctx, mission, m.item.ID, m.item.Version, debateWords)
	m.must(err)
	m.ballot = m.votes(m.item, scoreWords)
	m.formalise()
	for _, name := range []string{recusedMember, peerMember} {
		s, err := m.Council.StageReturn(ctx, m.visitorOf(name), []byte("ref;digest;number;signed_on\n"+m.formal.Ref+";"+m.formal.Digest+";12;"+string(m.meeting.Day)+"\n"))
		m.must(err)
		m.staged[name] = string(s.ID)
	}
	return m
}

func (m *town) must(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

// minuted holds a meeting in which a third item is debated and voted on, without the member who withdrew from it, and
// drafts its minutes.
func (m *matter) minuted(f council.File) {
	m.t.Helper()
	ctx, mission := context.Background(), m.actorOf(mission)
	var err error
	m.past, err = m.Council.PrepareMeeting(ctx, mission, m.meeting.Committee, council.MeetingForm{Day: calendar.DayOf(m.clock.Now()), Clock: "09:00", Minutes: 60, Place: "Mairie"})
	m.must(err)
	i, err := m.Council.AddItem(ctx, mission, m.past.ID, council.ItemForm{Nature: council.ForDecision, Title: "Un point déjà traité", Late: "Urgent"})
	m.must(err)
	_, err = m.Council.DeclareInterest(ctx, m.actorOf(recusedMember), council.InterestForm{Item: i.ID, Event: "recuse", Nature: council.Shares})
	m.must(err)
	m.sits(m.past, f)
	i, err = m.Council.WriteDebate(ctx, mission, i.ID, i.Version, debateWords)
	m.must(err)
	m.votes(i, scoreWords)
	now, err := m.Council.Meeting(ctx, m.visitorOf("Sabine Lenoir"), m.past.Number)
	m.must(err)
	_, err = m.Council.CloseMeeting(ctx, mission, m.past.ID, now.Version)
	m.must(err)
	catalog, err := texts()
	m.must(err)
	_, err = m.Council.DraftMinutes(ctx, mission, m.past.ID, catalog.Printer("fr"))
	m.must(err)
}

// consult asks a member what they think of the question, by a letter that leaves.
func (m matter) consult(name string) {
	m.t.Helper()
	by := m.actorOf(name)
	k, err := m.Council.Consult(context.Background(), m.actorOf(mission), council.ConsultForm{Item: m.item.ID, Post: by.Post, Question: askedWords, Days: 10, Paper: m.paper.ID})
	m.must(err)
	m.visas[name] = one[string](m.town, `SELECT id FROM council_visa WHERE circuit = $1`, string(k.ID))
	m.must(m.DB.Writer.Traffic(context.Background(), func(tx *db.Tx) (err error) {
		m.letters[name], err = m.Council.VisaTokenIn(tx, id.ID(m.visas[name]), by.Holder)
		return err
	}))
}

// sits convenes a meeting and opens it on its day, everybody in the room.
func (m matter) sits(meeting council.Meeting, f council.File) {
	m.t.Helper()
	ctx, mission := context.Background(), m.actorOf(mission)
	called, err := m.Council.ConveneMeeting(ctx, mission, meeting.ID, meeting.Version, "Le marché finit demain.")
	m.must(err)
	m.clock.Move(meeting.Starts())
	var in []id.ID
	for _, s := range f.Assembly.Seats {
		in = append(in, s.ID)
	}
	m.must(m.Council.Arrive(ctx, mission, council.ArriveForm{Meeting: meeting.ID, Members: in}))
	_, err = m.Council.OpenMeeting(ctx, mission, meeting.ID, called.Version, "", "")
	m.must(err)
}

func (m matter) votes(i council.Item, motion string) council.Ballot {
	m.t.Helper()
	ctx, mission := context.Background(), m.actorOf(mission)
	b, err := m.Council.OpenBallot(ctx, mission, council.BallotForm{Item: i.ID, Motion: motion, Method: council.Secret})
	m.must(err)
	b, err = m.Council.CloseBallot(ctx, mission, council.CloseForm{Ballot: b.ID, Tally: council.Tally{For: 3, Against: 1}})
	m.must(err)
	return b
}

// formalise decides the other item, kept inside, and sends the act that is made of it.
func (m *matter) formalise() {
	m.t.Helper()
	ctx, mission := context.Background(), m.actorOf(mission)
	m.votes(m.other, actWords)
	d, err := m.Council.TakeDecision(ctx, m.visitorOf(elected).Actor(m.postOf("PDT-COPIL")), council.DecideForm{Item: m.other.ID, Version: m.other.Version, Result: council.ItemAdopted,
		Keep: true, Answers: portfolio.Answers{Segments: []string{"residents"}, Motive: "Il le faut.", Lang: "fr", Basis: []string{"CGCT L2122-18"}}})
	m.must(err)
	m.formal, err = m.Council.PrepareFormal(ctx, mission, council.FormalForm{Decision: d.ID, Kind: council.Regulation,
		FormalText: council.FormalText{Signatory: "Le maire", Title: actWords, MatterCode: "8.8", Transmit: true}})
	m.must(err)
	m.formal, err = m.Council.SendFormal(ctx, mission, m.formal.ID, m.formal.Version)
	m.must(err)
}
