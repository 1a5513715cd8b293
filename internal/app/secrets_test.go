package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/money"
	"parvis/internal/portfolio"
)

// insideTitle is the internal initiative of the story to which keepSecrets adds.
const insideTitle = "Stationnement de livraison à la minute"

// publicTitle is the public initiative of the visit.
const publicTitle = "Collecte guidée par capteurs"

// keepSecrets adds to the story one of each thing that must stay inside the city, written by the head
// of the mission: what the leak test looks for.
func keepSecrets(a *App) error {
	v, err := a.as(mission)
	if err != nil {
		return err
	}
	ctx, by := context.Background(), v.Actor("")
	inside, err1 := initiativeOf(a, insideTitle)
	open, err2 := initiativeOf(a, publicTitle)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	room := a.Portfolio
	asked := func() (act.Actor, id.ID, error) {
		which, err := text(a, `SELECT id FROM portfolio_arbitration WHERE initiative = $1`, open)
		return act.Actor{Kind: act.Agent, Post: postID(a, "ADJ-VOI"), Holder: holderID(a, "ADJ-VOI"), Channel: "web"}, id.ID(which), err
	}
	steps := []func() error{
		func() error {
			return room.WriteNote(ctx, by, open, "Confidence : la régie redoute un préavis pendant la pose des boîtiers.")
		},
		func() error {
			return room.WriteNote(ctx, by, inside, "Confidence : deux livreurs refusent de témoigner sous leur nom.")
		},
		func() error {
			return room.OpenQuestion(ctx, by, portfolio.OpenForm{Initiative: inside, Kind: portfolio.Legal,
				Question: "Zone grise : la régie peut-elle verbaliser d’après un capteur de sol ?", Post: by.Post, Due: "2018-06-30"})
		},
		func() error {
			_, err := room.AttachPaper(ctx, by, portfolio.Attach{Initiative: open, Paper: blob.Paper{Title: "Projet de courrier aux syndicats de la propreté",
				Link: "https://ged.valmont.example/courrier-syndicats-4471"}})
			return err
		},
		func() error {
			_, err := room.AskArbitration(ctx, by, question(inside, v.Posts[0].ID))
			return err
		},
		func() error {
			by, which, err := asked()
			if err != nil {
				return err
			}
			return room.GiveStance(ctx, by, which, portfolio.Reserved, "Réserve orale : le calendrier gêne la campagne de réfection.")
		},
		func() error {
			body, err := json.Marshal(map[string]string{"Title": "Ébauche : péage des trottinettes égarées", "Problem": "Personne ne sait encore que nous y pensons."})
			if err != nil {
				return err
			}
			_, err = room.SaveDraft(ctx, v, portfolio.Draft{Kind: portfolio.DraftInitiative, Title: "Ébauche : péage des trottinettes égarées", Body: string(body)})
			return err
		},
		func() error {
			b, err := room.SaveBoard(ctx, by, portfolio.Board{Name: "Dossiers fragiles avant le remaniement", View: portfolio.View{GroupBy: portfolio.GroupBy("stage")}})
			if err != nil {
				return err
			}
			_, err = room.TakeSnapshot(ctx, by, b.ID, "Photographie du comité restreint de mars")
			return err
		},
		func() error {
			_, err := room.Follow(ctx, v, open, "abonnee.discrete@example.org", "fr")
			return err
		},
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return a.Settle(ctx)
}

func question(initiative, opinion id.ID) portfolio.AskForm {
	return portfolio.AskForm{Initiative: initiative, Case: portfolio.Case{
		Question:    "Faut-il réserver douze places du boulevard aux livreurs du matin ?",
		Context:     "Le relevé de janvier compte quarante arrêts en double file par heure, surtout devant l’école.",
		Options:     []portfolio.Option{{Label: "Réserver les douze places", Cost: money.Euros(8000), Consequence: "La terrasse du glacier recule"}, {Label: "Ne rien réserver"}},
		Recommended: 1, Recommendation: "Le moindre mal tant que la voirie n’a pas répondu.", Amount: money.Euros(8000),
		Asked: []portfolio.AskedPost{{Post: opinion, Capacity: portfolio.Decides}}}}
}

func initiativeOf(a *App, title string) (id.ID, error) {
	found, err := text(a, `SELECT id FROM portfolio_initiative WHERE title = $1`, title)
	return id.ID(found), err
}

func text(a *App, sql string, args ...any) (string, error) {
	return db.One(context.Background(), a.DB.Readers, db.Scalar[string], sql, args...)
}

func postID(a *App, code string) id.ID {
	post, _ := text(a, `SELECT DISTINCT thing FROM powers_post WHERE code = $1`, code)
	return id.ID(post)
}

// holderID is by which holding the post is held on the day of the visit.
func holderID(a *App, code string) id.ID {
	holder, _ := text(a, `SELECT thing FROM powers_holder WHERE post = $1 AND ended_at > $2 AND day_from <= '2018-03-12' AND day_to > '2018-03-12'`,
		postID(a, code), a.cfg.clock().Now().UnixMicro())
	return id.ID(holder)
}

// letters reads what the city has sent, as the people who received it do.
func (w *town) letters() []string {
	w.t.Helper()
	files, err := filepath.Glob(filepath.Join(w.dir, "mail", "*.eml"))
	if err != nil {
		w.t.Fatal(err)
	}
	var read []string
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			w.t.Fatal(err)
		}
		m, err := mail.ReadMessage(bytes.NewReader(raw))
		if err != nil {
			w.t.Fatal(err)
		}
		read = append(read, m.Header.Get("To")+"\n"+plain(w.t, m.Header, m.Body))
	}
	return read
}

type header interface{ Get(string) string }

// plain reads a message with all its parts.
func plain(t testing.TB, h header, body io.Reader) string {
	if strings.EqualFold(h.Get("Content-Transfer-Encoding"), "quoted-printable") {
		body = quotedprintable.NewReader(body)
	}
	kind, params, _ := mime.ParseMediaType(h.Get("Content-Type"))
	if !strings.HasPrefix(kind, "multipart/") {
		raw, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw) + "\n"
	}
	var all strings.Builder
	for parts := multipart.NewReader(body, params["boundary"]); ; {
		p, err := parts.NextRawPart()
		if err == io.EOF {
			return all.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(plain(t, p.Header, p))
	}
}
