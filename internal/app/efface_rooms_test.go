package app

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/passation"
	"parvis/internal/workspace"
)

// planted writes the neighbour's name, besides what slipped writes of an initiative, in an item of a committee that
// sits, in a handover, in a published récit, in the withdrawal of a vote and in what is signalled and revised of a
// project.
func (m matter) planted() {
	m.t.Helper()
	ctx, by := context.Background(), m.actorOf(mission)
	must := func(err error) {
		m.t.Helper()
		if err != nil {
			m.t.Fatal(err)
		}
	}
	i, err := m.Portfolio.SignalInitiative(ctx, by, portfolio.Signal{Brief: portfolio.Brief{Title: "Le jardin de " + neighbour, Problem: neighbour + " ne dort plus.",
		Sufferer: neighbour, Lang: "fr", Origin: portfolio.Demand, OriginNote: "Un mot de " + neighbour, Address: "Chez " + neighbour, Matter: "proprete", Initials: "ZQ"}})
	must(err)
	brief := i.Brief
	brief.Problem = neighbour + " ne dort toujours pas."
	_, err = m.Portfolio.ReviseInitiative(ctx, by, portfolio.Revise{Initiative: i.ID, Version: i.Version, Brief: brief})
	must(err)
	_, err = m.Council.AddPaper(ctx, by, council.PaperForm{Item: m.item.ID, Kind: council.Annex, Title: "Lettre de " + neighbour, File: strings.NewReader("%PDF-1.4 x")})
	must(err)
	_, err = m.Council.DeclareInterest(ctx, m.actorOf(peerMember), council.InterestForm{Item: m.item.ID, Event: "declare", Nature: council.Family, Note: neighbour + " est ma tante"})
	must(err)
	_, err = m.Council.Consult(ctx, by, council.ConsultForm{Item: m.item.ID, Post: by.Post, Question: "Que faire pour " + neighbour + " ?", Days: 10})
	must(err)
	visa := one[string](m.town, `SELECT id FROM council_visa WHERE status = 'asked' ORDER BY asked_on DESC, id DESC LIMIT 1`)
	_, err = m.Council.AnswerVisa(ctx, by, council.VisaForm{Visa: id.ID(visa), Version: 1, Answer: council.VisaReserved, Text: "Entendre " + neighbour + " avant"})
	must(err)
	m.item, err = m.Council.WriteDebate(ctx, by, m.item.ID, m.item.Version, "On a parlé de "+neighbour+" longtemps.")
	must(err)
	item := id.ID(one[string](m.town, `SELECT id FROM passation_item WHERE status = 'listed'`))
	must(m.Passation.Describe(ctx, by, item, 1, passation.Checklist{State: neighbour + " attend", Next: "Rappeler " + neighbour, Papers: "Dossier " + neighbour, Contacts: neighbour}))
	story, err := m.Passation.WriteStory(ctx, by, passation.Story{Title: "Ma rencontre avec " + neighbour, Body: "Un matin, " + neighbour + " est venue.", Lang: "fr"})
	must(err)
	_, err = m.Passation.PublishStory(ctx, by, story.ID, story.Version)
	must(err)
	e := one[string](m.town, `SELECT id FROM participation_election WHERE stage = 'published' AND withdrawn_on = '' ORDER BY number LIMIT 1`)
	at := one[int64](m.town, `SELECT version FROM participation_election WHERE id = $1`, e)
	_, err = m.Participation.Withdraw(ctx, by, id.ID(e), at, neighbour+" l’a demandé")
	must(err)
	m.deliver()
}

// archived is everything that leaves the city as files: the workbook and the whole archive, each opened down to the
// texts inside.
func (w *town) archived() string {
	w.t.Helper()
	if err := w.Integrate(context.Background()); err != nil {
		w.t.Fatal(err)
	}
	var all strings.Builder
	for _, export := range []func(context.Context, io.Writer) error{w.Workspace.ExportBook, w.everything} {
		var out bytes.Buffer
		if err := export(context.Background(), &out); err != nil {
			w.t.Fatal(err)
		}
		all.WriteString(unzipped(w.t, out.Bytes()))
	}
	return all.String()
}

func (w *town) everything(ctx context.Context, out io.Writer) error {
	_, err := w.Workspace.ExportAll(ctx, workspace.Operator(), out)
	return err
}

func unzipped(t testing.TB, raw []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return string(raw) // a plain file
	}
	var all strings.Builder
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		inside, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(unzipped(t, inside))
	}
	return all.String()
}

// rooms are the columns of people's words in which the name stands, of each room at least those that planted fills.
var rooms = strings.Fields(`portfolio_initiative.title portfolio_initiative.problem portfolio_initiative.sufferer portfolio_initiative.origin_note portfolio_initiative.address portfolio_part.effort council_paper.title council_interest.note council_circuit.question council_visa.text
	council_item.debate passation_item.state passation_item.contacts passation_story.title passation_story.body participation_election.withdrawn_for`)

// What is effaced is effaced from every room and from every file that leaves the city.
func TestWhatIsEffacedLeavesEveryRoomAndEveryExport(t *testing.T) {
	m := openMatter(t)
	m.slipped()
	m.planted()
	const word = "Quetzalcoatl"
	before := strings.Join(m.rowsWith(word), " ")
	for _, column := range rooms {
		if !strings.Contains(before, column) {
			t.Errorf("the name was not planted in %s: this test would see nothing there", column)
		}
	}
	files := m.archived()
	if n := strings.Count(files, word); n < 4 || !strings.Contains(files, "Le jardin de "+neighbour) {
		t.Fatalf("the exports hold the name %d times: this test would see nothing", n)
	}
	for _, text := range m.textsWith(word) {
		if one[string](m.town, `SELECT erased_by FROM act_text WHERE id = $1`, text) != "" {
			continue // taken along by another that said the same
		}
		got := m.enter(administrator).post("/fr/journal/textes/"+text+"/effacer", fill("reason=La personne le demande"))
		if got.Status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.Status, excerpt(got.Body, "<h1"))
		}
	}
	m.deliver()
	if left := m.rowsWith(word); len(left) > 0 || m.inFile(word) {
		t.Errorf("the database still holds the name: %v", left)
	}
	if strings.Contains(m.archived(), word) {
		t.Error("an export still holds the name")
	}
	report, err := act.Check(context.Background(), m.DB, m.Keys.Public, nil)
	if err != nil || !report.OK() {
		t.Errorf("the city does not agree with its log: %+v, %v", report, err)
	}
}

// textsWith lists the texts of acts in which a word stands.
func (w *town) textsWith(word string) (texts []string) {
	for _, text := range all(w, `SELECT t.id || ' ' || t.body FROM act_text t ORDER BY t.id`) {
		if which, body, _ := strings.Cut(text, " "); strings.Contains(body, word) {
			texts = append(texts, which)
		}
	}
	return texts
}
